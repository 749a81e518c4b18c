# SPDX-License-Identifier: GPL-2.0-or-later
"""Parts of a sheet as QGIS has them: unmapped ground, the names in the detail map, the locator."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from qgis.core import (
    Qgis,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsExpressionContextUtils,
    QgsLayoutItemLegend,
    QgsLinePatternFillSymbolLayer,
    QgsMapLayerStyle,
    QgsPalLayerSettings,
    QgsPointPatternFillSymbolLayer,
    QgsSymbolLegendNode,
)
from qgis.PyQt.QtCore import Qt

from eco_onemap.core.law.rules import Measure, Relation, Rule
from eco_onemap.core.layers.catalogue import CoverageEntry, CoverageKind
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.ground import describe_ground
from eco_onemap.layout.labels import AREA_SIZE_PT, NAME_SIZE_PT
from eco_onemap.layout.layer_rows import layer_rows
from eco_onemap.layout.layers import load_catalogue
from eco_onemap.layout.nearest_lines import find_nearest_lines
from eco_onemap.layout.paper import Paper
from eco_onemap.layout.record import site_record
from eco_onemap.layout.repeated_names import find_repeated_names
from eco_onemap.layout.riskmap import build_risk_map
from eco_onemap.layout.wording import Say
from tests.layout.town import (
    X0,
    Layer,
    assess_town,
    line,
    point,
    rect,
    town_layers,
    write_layer,
    write_town,
)


@pytest.fixture(scope="module")
def town(tmp_path_factory, qgis_app):
    return assess_town(write_town(tmp_path_factory.mktemp("town")))


def covering(folder, name, *shapes) -> str:
    """A file of polygons that says what is covered."""
    features = [(shape, {"code": str(number)}) for number, shape in enumerate(shapes)]
    write_layer(folder / f"{name}.gpkg", Layer(name, "", "", features))
    return str(folder / f"{name}.gpkg")


def test_ground_outside_the_region_is_hatched_once_and_explained(tmp_path):
    # the one map reaches to x = 1000; in it water zones are mapped east of x = -200 only
    region = covering(tmp_path, "region", rect(-9000, -9000, 10_000, 18_000))
    mapped = covering(tmp_path, "mapped", rect(-200, -9000, 9000, 18_000))
    layers = [
        replace(layer, more={"coverage": CoverageEntry(CoverageKind.FILE, mapped)})
        if layer.id == "water"
        else layer
        for layer in town_layers()
    ]
    town = assess_town(replace(write_town(tmp_path, layers), region=region))
    layout = build_risk_map(town, "S-1", "zh")
    unmapped = next(
        layer for layer in layout.itemById("map").layers() if layer.name() == "@unmapped"
    )
    outside, gap = sorted(
        (feature.geometry().boundingBox() for feature in unmapped.getFeatures()),
        key=lambda box: -box.xMinimum(),
    )
    assert outside.xMinimum() == pytest.approx(X0 + 1000, abs=0.5)
    assert gap.xMaximum() == pytest.approx(X0 - 200, abs=0.5)
    legend = next(item for item in layout.items() if isinstance(item, QgsLayoutItemLegend))
    nodes = legend.model().rootGroup().findLayers()
    nodes = [node for node in nodes if node.layer().name() == "@unmapped"]
    told = [node.customProperty("legend/title-label") for node in nodes]
    told = [text.replace("\n", "") for text in told]
    assert told == ["未填图：饮用水水源保护区", "一张图区域以外：各图层均未填图"]


def test_wide_patterns_are_seen_in_the_legend(tmp_path):
    """A swatch has two lines of a hatch, or two rows of marks, at least."""
    region = covering(tmp_path, "region", rect(-9000, -9000, 10_000, 18_000))
    town = assess_town(replace(write_town(tmp_path, town_layers()), region=region))
    layout = build_risk_map(town, "S-1", "zh")
    legend = next(item for item in layout.items() if isinstance(item, QgsLayoutItemLegend))
    across = math.hypot(legend.symbolWidth(), legend.symbolHeight())
    seen = set()
    for node in legend.model().rootGroup().findLayers():
        for entry in legend.model().layerLegendNodes(node):
            if not isinstance(entry, QgsSymbolLegendNode):
                continue
            for part in (entry.customSymbol() or entry.symbol()).symbolLayers():
                if isinstance(part, QgsLinePatternFillSymbolLayer):
                    assert part.distance() < across / 2
                    seen.add(node.layer().name())
                if isinstance(part, QgsPointPatternFillSymbolLayer):
                    assert part.distanceY() <= legend.symbolHeight() / 2
                    assert part.distanceX() <= legend.symbolWidth() / 2
                    seen.add(node.layer().name())
    assert {"@unmapped", "@overlap", "生态保护红线", "环境管控单元"} <= seen


def test_names_of_points_keep_off_their_symbols(town):
    loaded = load_catalogue(town.catalogue, town.options.as_of)
    (schools,) = loaded.parts("schools")
    settings = schools.labeling().settings()
    assert settings.offsetType == Qgis.LabelOffsetType.FromSymbolBounds
    assert settings.placement == Qgis.LabelPlacement.OrderedPositionsAroundPoint
    assert settings.dist > 0


def test_what_is_not_mapped_at_the_site_tells_its_nearest_as_known_only(tmp_path):
    region = covering(tmp_path, "region", rect(-9000, -9000, 8000, 18_000))  # west of the site
    town = assess_town(replace(write_town(tmp_path, town_layers()), region=region))
    for language, told in (
        ("zh", "未填图；已知最近者距 49.99 m"),
        ("en", "not mapped; nearest known 49.99 m"),
    ):
        record = site_record(town.in_language(language), "S-1", language)
        measures = {row.title: row.measure for row in layer_rows(record, Say(language))}
        assert measures["环境敏感目标"].replace("\u00a0", " ") == told


def test_overlaps_are_named_on_the_detail_map_only(town):
    layout = build_risk_map(town, "S-1", "zh")
    detail = layout.itemById("detail")
    labels = next(layer for layer in detail.layers() if layer.name() == "@overlap_labels")
    assert {f["label"].partition("\n")[0] for f in labels.getFeatures()} == {"生态保护红线"}
    assert detail.extent().contains(labels.extent())
    settings = labels.labeling().settings()  # kept: its properties live no longer than it
    show = settings.dataDefinedProperties().property(QgsPalLayerSettings.Property.Show)
    for map_id, expected in (("detail", True), ("map", False)):
        assert show.valueAsBool(context_of(map_id), not expected)[0] is expected


def context_of(map_id: str) -> QgsExpressionContext:
    """What an expression knows when the map item of this name is drawn."""
    scope = QgsExpressionContextScope()
    scope.setVariable("map_id", map_id)
    context = QgsExpressionContext()
    context.appendScope(scope)
    return context


def test_the_locator_shows_plain_areas_and_all_of_the_sheet(tmp_path, town):
    layout = build_risk_map(town, "S-1", "zh")
    locator = layout.itemById("locator")
    assert set(locator.layerStyleOverrides()) == {layer.id() for layer in locator.layers()}
    for layer in locator.layers():
        style = QgsMapLayerStyle(locator.layerStyleOverrides()[layer.id()])
        plain = layer.clone()
        style.writeToLayer(plain)
        edge = plain.renderer().symbol().symbolLayer(0)
        assert edge.strokeStyle() == Qt.PenStyle.SolidLine
        assert edge.strokeWidth() < 0.2
        assert plain.labelsEnabled()
    beyond = {"F": ("区外", rect(-12_000, 0, 100, 100))}
    far = assess_town(write_town(tmp_path, town_layers()), beyond)
    layout = build_risk_map(far, "F", "zh")
    assert layout.itemById("locator").extent().contains(layout.itemById("map").extent())


def test_areas_are_named_larger_on_an_overview_than_on_a_locator(town):
    loaded = load_catalogue(town.catalogue, town.options.as_of)
    (layer,) = loaded.parts("admin")
    settings = layer.labeling().settings()
    size = settings.dataDefinedProperties().property(QgsPalLayerSettings.Property.Size)
    for map_id, expected in (("map", AREA_SIZE_PT), ("locator", NAME_SIZE_PT)):
        assert size.valueAsDouble(context_of(map_id), 0.0)[0] == expected


def shown_names(layout, title: str) -> list[str]:
    """The names that the features of a layer bear on the main map."""
    layer = next(one for one in layout.itemById("map").layers() if one.name() == title)
    settings = layer.labeling().settings()
    show = settings.dataDefinedProperties().property(QgsPalLayerSettings.Property.Show)
    context = layout.createExpressionContext()
    context.appendScope(QgsExpressionContextUtils.layerScope(layer))
    context.lastScope().setVariable("map_id", "map")
    context.setFields(layer.fields())
    names = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        if show.valueAsBool(context, False)[0]:
            names.append(feature[settings.fieldName])
    return sorted(names)


def test_what_is_stored_in_parts_is_named_once_and_points_each(tmp_path, town):
    assert shown_names(build_risk_map(town, "S-1", "zh"), "饮用水水源保护区") == ["东溪水源地"]
    schools = Layer(
        "schools",
        "sensitive",
        "环境敏感目标",
        [(point(-50, 150), {"MC": "卫生所"}), (point(200, -700), {"MC": "卫生所"})],
        {"name": "MC"},
    )
    others = [layer for layer in town_layers() if layer.id != "schools"]
    twice = assess_town(write_town(tmp_path, [*others, schools]))
    assert shown_names(build_risk_map(twice, "S-1", "zh"), "环境敏感目标") == ["卫生所", "卫生所"]


def test_the_part_most_in_sight_bears_the_name(tmp_path):
    # the larger part lies mostly beyond the sheet; of the other one more is in sight
    parts = [
        (rect(-50_000, 500, 50_100, 100), {"MC": "北山"}),
        (rect(0, 700, 400, 400), {"MC": "北山"}),
    ]
    redline = Layer("redline", "eco_redline", "生态保护红线", parts, {"name": "MC"})
    others = [layer for layer in town_layers() if layer.id != "redline"]
    town = assess_town(write_town(tmp_path, [*others, redline]))
    loaded = load_catalogue(town.catalogue, town.options.as_of)
    (layer,) = loaded.parts("redline")
    far, near = sorted(layer.getFeatures(), key=lambda one: -one.geometry().area())
    sheet = rect(-100, 400, 1000, 800)
    found = find_repeated_names([layer], sheet, "EPSG:4548", loaded.project)
    assert found == f" {layer.id()}:{far.id()} "
    assert near.geometry().area() < far.geometry().area()


def test_small_villages_are_named_beside_them(tmp_path):
    village = Layer(
        "villages", "sensitive", "村庄", [(rect(300, -500, 30, 30), {"MC": "南村"})], {"name": "MC"}
    )
    town = assess_town(write_town(tmp_path, [*town_layers(), village]))
    loaded = load_catalogue(town.catalogue, town.options.as_of)
    (layer,) = loaded.parts("villages")
    (redline,) = loaded.parts("redline")
    places, areas = (one.labeling().settings() for one in (layer, redline))
    outside = Qgis.LabelPolygonPlacementFlag.AllowPlacementOutsideOfPolygon
    assert places.polygonPlacementFlags() & outside
    assert not areas.polygonPlacementFlags() & outside
    smallest = places.thinningSettings().minimumFeatureSize()
    assert smallest < areas.thinningSettings().minimumFeatureSize() / 5


def test_lines_go_first_to_what_the_check_speaks_of(town):
    """The coast ranks behind schools and water, until a rule finds the site near it."""
    law = town.packs[0].rules[0].basis
    near = Rule("C1", {"zh": "近岸"}, Verdict.STUDY, Relation.WITHIN_DISTANCE, law, ("coastline",))
    near = replace(near, measure=Measure.DISTANCE, threshold=1000.0)
    for rules, first in (((), "water"), ((near,), "coast")):
        record = site_record(assess_town(town.catalogue, more_rules=rules), "S-1", "zh")
        ground = describe_ground(record, Paper())
        loaded = load_catalogue(town.catalogue, town.options.as_of)
        lines = find_nearest_lines(loaded, record, ground, shapely.box(*ground.shown))
        assert lines[0].layer_id == first
        assert {line.layer_id for line in lines} == {"water", "schools", "coast"}


def test_the_stretches_of_a_line_inside_constraints_stand_out_below_it(town):
    through = assess_town(town.catalogue, {"L": ("管线", line((-2000, 300), (2000, 300)))})
    layout = build_risk_map(through, "L", "zh")
    layers = {layer.name(): layer for layer in layout.itemById("map").layers()}
    passed, site = (layers[name].renderer().symbol().width() for name in ("@overlap", "@site"))
    assert passed >= site + 1.0  # half a millimetre on either side
