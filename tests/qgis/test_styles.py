# SPDX-License-Identifier: GPL-2.0-or-later
"""The shipped styles: made from the table, and loaded by QGIS."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsMapLayer,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.layout.style_table import role_styles, style_file
from eco_onemap.layout.styles import apply_style, name_classes
from eco_onemap.paths import resource

ROOT = Path(__file__).resolve().parents[2]
DRAWN = [(role, kind) for role, style in role_styles().items() for kind in style.geometries]
WKB = {"polygon": "Polygon", "line": "LineString", "point": "Point"}
ROLES = sorted(set(role_styles()) - {"other"})


def test_every_role_has_a_style():
    assert {"eco_redline", "drinking_zone", "soil_register", "sea_risk_grid"} <= set(ROLES)
    assert len(ROLES) >= 28
    assert all(resource("styles", f"{role}.qml").is_file() for role in ROLES)


def test_the_script_gives_the_committed_files(tmp_path, qgis_app):
    script = runpy.run_path(str(ROOT / "scripts" / "make_styles.py"))
    script["main"](tmp_path)
    made, shipped = (
        {str(p.relative_to(top)): p.read_text(encoding="utf-8") for p in top.rglob("*.qml")}
        for top in (tmp_path, resource("styles"))
    )
    assert set(made) == set(shipped)
    assert [name for name in made if made[name] != shipped[name]] == []


@pytest.mark.parametrize(("role", "kind"), DRAWN)
def test_styles_load_into_layers_of_their_geometry(role, kind):
    layer = QgsVectorLayer(f"{WKB[kind]}?crs=EPSG:4490", "layer", "memory")
    problem, good = layer.loadNamedStyle(
        str(style_file(role, kind)), QgsMapLayer.StyleCategory.Symbology
    )
    assert good, problem
    assert layer.renderer().legendSymbolItems()
    assert all(item.symbol() is not None for item in layer.renderer().legendSymbolItems())


@pytest.mark.parametrize(("role", "kind"), DRAWN)
def test_classes_are_taken_from_the_mapped_attribute(role, kind):
    by = role_styles()[role].by
    if not by:
        return
    layer = QgsVectorLayer(f"{WKB[kind]}?crs=EPSG:4490&field=源字段:string", "layer", "memory")
    apply_style(layer, LayerEntry("l", role, "层", "", fields={by: "源字段"}))
    assert layer.renderer().classAttribute() == "源字段"


def test_a_free_role_has_the_general_style():
    assert style_file("of_my_own", "line").name == "other.line.qml"
    assert style_file("coastline", "polygon").name == "other.qml"
    assert style_file("soil_register", "point").name == "soil_register.point.qml"


@pytest.mark.parametrize(("role", "kind"), DRAWN)
def test_classes_are_named_in_english_for_english_readers(role, kind):
    layer = QgsVectorLayer(f"{WKB[kind]}?crs=EPSG:4490&field=c:string", "layer", "memory")
    by = role_styles()[role].by
    entry = LayerEntry("l", role, "层", "", fields={by: "c"} if by else {})
    apply_style(layer, entry, "planning")
    chinese = [item.label() for item in layer.renderer().legendSymbolItems()]
    name_classes(layer, entry, "zh")
    assert [item.label() for item in layer.renderer().legendSymbolItems()] == chinese
    name_classes(layer, entry, "en")
    labels = [item.label() for item in layer.renderer().legendSymbolItems()]
    assert labels == [role_styles()[role].english.get(label, label) for label in chinese]
    assert all(label.isascii() for label in labels)


def test_the_border_that_two_counties_share_is_drawn_once(qgis_app):
    """Along it there is as much ink as along a border of one: no dashes fill the others' gaps."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:4548", "layer", "memory")
    layer.loadNamedStyle(str(style_file("admin", "polygon")), QgsMapLayer.StyleCategory.Symbology)
    west, east = ("0 0, 50 0, 50 83, 0 83, 0 0", "50 0, 99 0, 99 83, 50 83, 50 0")
    inks = []
    for rings in ([west], [west, east]):
        features = []
        for ring in rings:
            feature = QgsFeature()
            feature.setGeometry(QgsGeometry.fromWkt(f"Polygon (({ring}))"))
            features.append(feature)
        layer.dataProvider().truncate()
        layer.dataProvider().addFeatures(features)
        inks.append(share_of_ink(layer, 50.0))
    assert 0.3 < inks[0] < 0.9
    assert inks[1] == pytest.approx(inks[0], abs=0.06)


def share_of_ink(layer: QgsVectorLayer, x: float) -> float:
    """The share of the dark along an upright line over a map of one millimetre per unit."""
    dots = 12
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputDpi(25.4 * dots)
    settings.setOutputSize(QSize(110 * dots, 90 * dots))
    settings.setExtent(QgsRectangle(-5, -3, 105, 87))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image, column = job.renderedImage(), round((x + 5) * dots)
    rows = range(5 * dots, 85 * dots)
    return sum(image.pixelColor(column, row).lightness() < 140 for row in rows) / len(rows)
