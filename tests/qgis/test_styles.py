# SPDX-License-Identifier: GPL-2.0-or-later
"""The shipped styles: made from the table, and loaded by QGIS."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from qgis.core import QgsMapLayer, QgsVectorLayer

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.layout.style_table import role_styles, style_file
from eco_onemap.layout.styles import apply_style
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
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.qml")}
    shipped = {p.name: p.read_text(encoding="utf-8") for p in resource("styles").glob("*.qml")}
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


def test_symbols_differ_in_grey_or_in_pattern():
    """Polygon symbols of constraint roles stay apart without colour: by lightness or hatch."""
    looks = {}
    for role, style in role_styles().items():
        if style.constraint and "polygon" in style.geometries:
            layer = QgsVectorLayer("Polygon?crs=EPSG:4490", "layer", "memory")
            layer.loadNamedStyle(
                str(style_file(role, "polygon")), QgsMapLayer.StyleCategory.Symbology
            )
            items = layer.renderer().legendSymbolItems()  # own their symbols
            looks[role] = tuple(_look(part) for part in items[0].symbol().symbolLayers())
    assert len(set(looks.values())) == len(looks)


def _look(part):
    """What is left of a symbol layer in grey: kind, lightness, angle and width of lines."""
    grey = round(part.color().lightnessF() * part.color().alphaF(), 1)
    angle = part.lineAngle() if hasattr(part, "lineAngle") else None
    width = part.width() if part.layerType() == "SimpleLine" else None
    return part.layerType(), grey, angle, width
