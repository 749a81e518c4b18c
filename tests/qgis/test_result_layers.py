# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers of results arrive styled, from the toolbox and from the dock."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
)

from eco_onemap.core.vocabulary import HitKind, Verdict
from eco_onemap.gui.results.result_layers import add_result_layers
from eco_onemap.processing.result_styles import STYLES
from tests.qgis.world import World, make_world

VERDICTS, KINDS = [each.value for each in Verdict], [each.value for each in HitKind]


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


def classes(layer: QgsVectorLayer) -> list[str]:
    renderer = layer.renderer()
    assert isinstance(renderer, QgsCategorizedSymbolRenderer)
    return [category.value() for category in renderer.categories()]


def looks(layer: QgsVectorLayer) -> list[str]:
    """Return what tells the classes apart without colour: patterns, dashes, icons."""
    found = []
    for category in layer.renderer().categories():
        layers = [each.properties() for each in category.symbol().symbolLayers()]
        subs = [each.subSymbol() for each in category.symbol().symbolLayers()]
        layers += [part.properties() for sub in subs if sub for part in sub.symbolLayers()]
        names = ("style", "outline_style", "line_style", "name", "line_width")
        found.append(str([[one.get(name) for name in names] for one in layers]))
    return found


@pytest.mark.parametrize("kind", ["Point", "LineString", "Polygon"])
@pytest.mark.parametrize(("table", "values"), [("site_verdict", VERDICTS), ("hit", KINDS)])
def test_each_class_has_a_symbol_of_its_own(kind, table, values):
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:4490", "x", "memory")
    STYLES[table](layer, "zh")
    assert classes(layer) == values
    labels = [category.label() for category in layer.renderer().categories()]
    assert len(set(labels)) == len(labels)
    if (table, kind) != ("hit", "Point"):
        assert len(set(looks(layer))) == len(values)


def test_the_dock_adds_them_to_the_project(world):
    project = QgsProject()
    group = add_result_layers(world.assessment(), "zh", project)
    layers = [node.layer() for node in group.findLayers()]
    assert [layer.featureCount() for layer in layers] == [2, 1]  # site c has no geometry
    assert [classes(layer) for layer in layers] == [VERDICTS, KINDS]
    assert [layer.crs().authid() for layer in layers] == ["EPSG:4490"] * 2
    told = {f["site_id"]: f["verdict"] for f in layers[0].getFeatures()}
    expected = world.assessment().site_verdict.rows()
    assert told == {row["site_id"]: row["verdict"] for row in expected if row["site_id"] != "c"}


def test_layers_of_the_toolbox_arrive_styled(processing_module, world):
    project = QgsProject()
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(project)
    loaded = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", project)
    sinks = {"SITE_VERDICT": loaded, "HIT": loaded}
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("ecoonemap:sitingcheck")
    results, is_done = algorithm.run(world.parameters(**sinks), context, feedback)
    assert is_done, feedback.textLog()
    waiting = context.layersToLoadOnCompletion()
    for name, values in (("SITE_VERDICT", VERDICTS), ("HIT", KINDS)):
        details = waiting[results[name]]
        layer = context.getMapLayer(results[name])
        details.postProcessor().postProcessLayer(layer, context, feedback)
        assert classes(layer) == values
