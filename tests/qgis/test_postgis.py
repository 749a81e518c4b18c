# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers from PostGIS inside QGIS: read as outside of it, drawn through QGIS's own provider."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsMapLayer,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from eco_onemap.core.layers.building.draft import draft_layer, entry_of
from eco_onemap.core.layers.catalogue import Catalogue, read_catalogue
from eco_onemap.core.layers.sources import LayerSource
from eco_onemap.gui.one_map.tree import (
    LAYER_PROPERTY,
    PROBLEM_PROPERTY,
    build_tree,
    restyle_tree,
)
from eco_onemap.layout.layers import load_catalogue
from eco_onemap.qgis_bridge.database_layers import build_table_layers
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.qgis_bridge.project_layers import describe_project
from tests.postgis.conftest import Database, database, squares  # noqa: F401 (fixtures)
from tests.postgis.loading import OwnWay, ThroughDatabase, load, new_database
from tests.qgis.test_sitingcheck import ALGORITHM, Listener, layer_rows
from tests.qgis.world import make_world
from tests.readers.layer_source_contract import LayerSourceContract
from tests.readers.sources import entry


class TestPostgisThroughQgisLayers(OwnWay, LayerSourceContract):
    @pytest.fixture
    def layers(self, postgis) -> LayerSource:
        # QGIS's provider sets this for the whole process; the tests' own writer would follow it.
        gdal.SetConfigOption("SHAPE_ENCODING", None)
        return ThroughDatabase(QgisLayers(), postgis)


def test_the_siting_check_reads_layers_and_sites_from_postgis(
    processing_module, postgis, tmp_path: Path
) -> None:
    gdal.SetConfigOption("SHAPE_ENCODING", None)
    world = make_world(tmp_path)
    from_files = processing_module.run(ALGORITHM, world.parameters(HIT="TEMPORARY_OUTPUT"))
    name = new_database(postgis)
    for layer in ("zones", "schools", "sites"):
        load(postgis, name, tmp_path / f"{layer}.gpkg")
    address = postgis.address(name, "planner")
    text = world.catalogue.read_text(encoding="utf-8")
    for layer in ("zones", "schools"):
        text = text.replace(f"source: {layer}.gpkg", f'source: "{address}", layer: public.{layer}')
    world.catalogue.write_text(text, encoding="utf-8")
    feedback = Listener()
    (sites,) = build_table_layers(entry(address, layer="sites"))
    parameters = world.parameters(HIT="TEMPORARY_OUTPUT", RUN="TEMPORARY_OUTPUT", SITES=sites)
    del parameters["SITES_FILE"]
    result = processing_module.run(ALGORITHM, parameters, feedback=feedback)
    assert layer_rows(result["HIT"]) == layer_rows(from_files["HIT"])
    record = dict(layer_rows(result["RUN"]))
    assert record["layer.zones.source"].endswith(f"/{name} (public.zones)")
    told = "\n".join((*feedback.said, *feedback.warnings, *map(str, record.values())))
    assert address not in told
    assert postgis.password not in told


def drawn(*entries) -> tuple[dict, dict]:
    """Return each drawn layer's type and number of features, and why the others are not."""
    loaded = load_catalogue(Catalogue("c", entries), date(2026, 11, 23))
    kinds = {
        key: (layer.geometryType(), layer.featureCount()) for key, layer in loaded.layers.items()
    }
    return kinds, {key: why.text("en") for key, why in loaded.failed.items()}


def test_tables_and_views_are_drawn(squares: Database) -> None:  # noqa: F811 (the fixture)
    squares.run(
        "CREATE VIEW eco.red AS SELECT * FROM eco.squares WHERE kind = 1",
        "CREATE TABLE eco.mixed (id serial PRIMARY KEY, geom geometry(Geometry, 4490))",
        "INSERT INTO eco.mixed (geom) SELECT geom FROM eco.squares",
        "INSERT INTO eco.mixed (geom) SELECT ST_Centroid(geom) FROM eco.squares LIMIT 3",
        "CREATE TABLE eco.plain (a int)",
    )
    assert drawn(squares.entry("eco.squares", where="kind = 2")) == (
        {"redline": (Qgis.GeometryType.Polygon, 6)},
        {},
    )
    assert drawn(squares.entry("eco.red"))[0] == {"redline": (Qgis.GeometryType.Polygon, 7)}
    assert drawn(squares.entry("eco.mixed"))[0] == {
        "redline": (Qgis.GeometryType.Polygon, 20),
        "redline#1": (Qgis.GeometryType.Point, 3),
    }
    assert drawn(squares.entry("eco.plain")) == ({}, {})
    failed = drawn(squares.entry("eco.nowhere"))[1]["redline"]
    assert "eco.squares" in failed
    assert squares.server.password not in failed


def test_a_table_stands_in_the_tree_and_takes_colours(
    squares: Database,  # noqa: F811 (the fixture)
) -> None:
    project, day = QgsProject(), date(2026, 11, 23)
    entries = (
        squares.entry("eco.squares", fields={"name": "名称"}),
        replace(squares.entry("eco.nowhere"), id="lost", title="lost"),
    )
    catalogue = Catalogue("c", entries)
    tree = build_tree(catalogue, Path("onemap.yaml"), project, day, lambda _: None)
    assert list(tree.problems) == ["lost"]
    layers = {
        node.layer().customProperty(LAYER_PROPERTY): node.layer()
        for node in tree.group.findLayers()
    }
    table, lost = layers["redline"], layers["lost"]
    assert table.featureCount() == 20
    assert not table.startEditing()
    assert table.labelsEnabled()
    usual = table.renderer().symbol().color()
    assert restyle_tree(catalogue, project, "planning") == 1
    assert table.renderer().symbol().color() != usual
    told = lost.customProperty(PROBLEM_PROPERTY)
    assert "server" in told
    for text in (told, lost.source(), lost.serverProperties().abstract()):
        assert squares.server.password not in text
    project.clear()


def ink(layer: QgsMapLayer) -> int:
    """Return how many pixels a layer draws on a white picture of its ground."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    settings.setOutputSize(QSize(80, 80))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image, white = job.renderedImage(), QColor("white").rgb()
    return sum(image.pixel(x, y) != white for x in range(80) for y in range(80))


def test_files_rasters_and_tables_stand_in_one_map(
    squares: Database,  # noqa: F811 (the fixture)
    tmp_path: Path,
) -> None:
    world = make_world(tmp_path)
    text = world.catalogue.read_text(encoding="utf-8")
    address = squares.address()
    table = f'  - {{id: table, role: eco_redline, title: 红线, source: "{address}", '
    world.catalogue.write_text(
        text + table + "layer: eco.squares, fields: {name: 名称}, coverage: extent}\n",
        encoding="utf-8",
    )
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    read = QgisLayers().read_features(squares.entry("eco.squares"))
    project, day = QgsProject(), date(2026, 11, 23)
    tree = build_tree(
        read_catalogue(world.catalogue), world.catalogue, project, day, lambda _: None
    )
    assert list(tree.problems) == ["丢失的湿地"]
    found = {
        node.layer().customProperty(LAYER_PROPERTY): node.layer()
        for node in tree.group.findLayers()
        if node.layer().isValid()
    }
    assert {key: layer.providerType() for key, layer in found.items()} == {
        "zones": "ogr",
        "schools": "ogr",
        "risk": "gdal",
        "table": "postgres",
    }
    assert [key for key, layer in found.items() if ink(layer) == 0] == []
    project.clear()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    again = QgisLayers().read_features(squares.entry("eco.squares"))
    assert again.fingerprint == read.fingerprint


def test_a_table_in_the_project_can_be_put_into_a_catalogue(
    squares: Database,  # noqa: F811 (the fixture)
) -> None:
    (layer,) = build_table_layers(squares.entry("eco.squares", where="kind = 1"))
    (found,) = describe_project([layer])
    described = found.description
    assert described is not None, found.why
    assert (described.layer, described.where) == ("eco.squares(geom)", "kind = 1")
    assert squares.server.password not in described.source
    assert described.source.endswith(f"/{squares.name}")
    names = next(field for field in described.fields if field.name == "名称")
    assert names.values[:2] == ("square 1", "square 4")
    # the entry that the builder would make is one that a check reads, once it may log in
    made = entry_of(draft_layer(described, "admin"), Path("/maps"), (), "zh")
    read = QgisLayers().read_features(
        squares.entry(made["layer"], where=made["where"], fields=made["fields"])
    )
    assert len(read.feature_ids) == 7
    assert made["fields"]["name"] == "名称"
