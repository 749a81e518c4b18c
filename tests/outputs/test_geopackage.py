# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoPackages read back by other programs: fiona, GDAL's validator, QGIS."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import fiona
import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from eco_onemap.core import schema
from eco_onemap.core.errors import OutputError
from eco_onemap.core.table import ResultTable
from eco_onemap.outputs.geopackage import write_geopackage

from .builders import build_assessment, square, table


@pytest.fixture
def tables() -> tuple[ResultTable, ...]:
    return build_assessment().in_language("zh").tables


@pytest.fixture
def results(tmp_path: Path, tables: tuple[ResultTable, ...]) -> Path:
    path = tmp_path / "results.gpkg"
    write_geopackage(path, tables, "海湾市")
    return path


def hits(geometries: list[shapely.Geometry | None]) -> ResultTable:
    rows = [{"site_id": f"S{number}", "hits": number} for number in range(len(geometries))]
    return table("hit", schema.HIT, rows, geometries)


def query(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(statement).fetchall()


def test_holds_all_tables_in_order(results: Path, tables: tuple[ResultTable, ...]) -> None:
    assert fiona.listlayers(results) == [
        "site_verdict",
        "hit",
        "site_layer",
        "finding",
        "not_evaluated",
        "raster_class",
        "run",
    ]
    names = query(results, "SELECT table_name, data_type FROM gpkg_contents ORDER BY rowid")
    assert [name for name, _ in names] == [t.name for t in tables]
    assert [kind for _, kind in names].count("features") == 2


def test_rows_read_back_as_they_were(results: Path, tables: tuple[ResultTable, ...]) -> None:
    for written in tables:
        with fiona.open(results, layer=written.name) as layer:
            read = [dict(feature.properties) for feature in layer]
        expected = []
        for row in written.rows():
            expected.append(
                {
                    name: None if value == "" or value != value or value == -1 else value
                    for name, value in row.items()
                }
            )
        assert read == expected


def test_geometries_and_crs_read_back(results: Path, tables: tuple[ResultTable, ...]) -> None:
    for written in (tables[0], tables[2]):
        with fiona.open(results, layer=written.name) as layer:
            assert layer.crs.to_epsg() == 4490
            read = np.array([shape(feature.geometry) for feature in layer], dtype=object)
            assert shapely.equals_exact(read, written.geometries).all()
            assert layer.bounds == pytest.approx(shapely.total_bounds(written.geometries))


def test_spatial_filter_finds_what_lies_in_the_window(results: Path) -> None:
    # the five sites stand 0.02° apart from 118.10° on; the window meets the second and third
    with fiona.open(results, layer="site_verdict") as layer:
        found = [f.properties["site_id"] for f in layer.filter(bbox=(118.125, 24.5, 118.145, 24.6))]
    assert found == ["S-02", "S-03"]


def test_columns_carry_their_meaning(results: Path) -> None:
    meanings = query(
        results,
        "SELECT description FROM gpkg_data_columns"
        " WHERE table_name = 'site_verdict' AND column_name = 'area_ellipsoid_m2'",
    )
    assert meanings == [("area on the CGCS2000 ellipsoid",)]


def test_passes_the_validator_of_gdal(results: Path) -> None:
    validate_gpkg = pytest.importorskip("osgeo_utils.samples.validate_gpkg")
    errors = validate_gpkg.check(
        str(results), abort_at_first_error=False, extra_checks=True, warning_as_error=True
    )
    assert errors == []


def test_database_and_spatial_index_are_sound(results: Path) -> None:
    assert query(results, "PRAGMA integrity_check") == [("ok",)]
    assert query(results, "PRAGMA foreign_key_check") == []
    assert query(results, "SELECT rtreecheck('rtree_hit_geom')") == [("ok",)]


def test_same_input_gives_same_bytes(results: Path, tables: tuple[ResultTable, ...]) -> None:
    again = results.with_name("again.gpkg")
    write_geopackage(again, tables, "海湾市")
    assert again.read_bytes() == results.read_bytes()
    write_geopackage(again, tables, "海湾市", last_change="2026-11-23T00:00:00.000Z")
    assert again.read_bytes() != results.read_bytes()


def test_features_without_extent_are_kept_but_not_indexed(tmp_path: Path) -> None:
    path = tmp_path / "hit.gpkg"
    # no geometry, an empty one, a point without extent, a polygon with heights
    polygon = shapely.force_3d(square(118.0, 24.0), 7.0)
    write_geopackage(
        path, [hits([None, shapely.Polygon(), shapely.Point(119, 25), polygon])], "test"
    )
    assert query(path, "SELECT fid, geom IS NULL FROM hit") == [(1, 1), (2, 0), (3, 0), (4, 0)]
    assert query(path, "SELECT id FROM rtree_hit_geom ORDER BY id") == [(3,), (4,)]
    bounds = query(path, "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents")
    assert bounds == [(118.0, 24.0, 119.0, 25.0)]
    with fiona.open(path) as layer:
        shapes = [feature.geometry for feature in layer]
    assert shapes[0] is None
    assert shape(shapes[3]).equals(square(118.0, 24.0))


def test_a_table_without_rows_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "empty.gpkg"
    write_geopackage(path, [hits([])], "test")
    with fiona.open(path) as layer:
        assert len(layer) == 0
    assert query(path, "SELECT min_x, max_y FROM gpkg_contents") == [(None, None)]


def test_later_edits_keep_the_spatial_index(tmp_path: Path) -> None:
    path = tmp_path / "hit.gpkg"
    write_geopackage(path, [hits([square(118.0, 24.0)])], "test")
    with fiona.open(path, "a", layer="hit") as layer:
        properties = dict.fromkeys(layer.schema["properties"])
        layer.write({"geometry": square(119.0, 25.0).__geo_interface__, "properties": properties})
    assert query(path, "SELECT id FROM rtree_hit_geom WHERE minx > 118.5") == [(2,)]
    assert query(path, "SELECT rtreecheck('rtree_hit_geom')") == [("ok",)]


def test_missing_folder_is_said(tmp_path: Path, tables: tuple[ResultTable, ...]) -> None:
    with pytest.raises(OutputError) as raised:
        write_geopackage(tmp_path / "nowhere" / "results.gpkg", tables, "test")
    assert raised.value.message.key == "output.folder_missing"
    assert "nowhere" in str(raised.value)


def test_folder_as_target_is_said(tmp_path: Path, tables: tuple[ResultTable, ...]) -> None:
    with pytest.raises(OutputError) as raised:
        write_geopackage(tmp_path, tables, "test")
    assert raised.value.message.key == "output.target_is_folder"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that takes no files")
def test_unwritable_folder_is_said(tables: tuple[ResultTable, ...]) -> None:
    with pytest.raises(OutputError) as raised:
        write_geopackage(Path("/proc/self/results.gpkg"), tables, "test")
    assert raised.value.message.key == "output.unwritable"


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_target_with_an_open_journal_is_left_alone(
    results: Path, tables: tuple[ResultTable, ...], ending: str
) -> None:
    before = results.read_bytes()
    results.with_name(results.name + ending).write_bytes(b"a program is at work")
    with pytest.raises(OutputError) as raised:
        write_geopackage(results, tables[:1], "test")
    assert raised.value.message.key == "output.target_open"
    assert results.read_bytes() == before


def test_locked_target_is_left_alone(results: Path, tables: tuple[ResultTable, ...]) -> None:
    before = results.read_bytes()
    with closing(sqlite3.connect(results, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError) as raised:
            write_geopackage(results, tables[:1], "test")
    assert raised.value.message.key == "output.target_open"
    assert results.read_bytes() == before


def test_failure_half_way_leaves_nothing_behind(results: Path) -> None:
    before = results.read_bytes()
    good = hits([square(118.0, 24.0)])
    bad = table("finding", schema.FINDING, [{"message": object()}])  # SQLite cannot store this
    with pytest.raises(OutputError) as raised:
        write_geopackage(results, [good, bad], "test")
    assert raised.value.message.key == "output.unwritable"
    assert results.read_bytes() == before
    assert [path.name for path in results.parent.iterdir()] == ["results.gpkg"]


def test_replaces_results_and_other_files(results: Path, tables: tuple[ResultTable, ...]) -> None:
    fresh = results.read_bytes()
    for content in (b"", b"no database at all"):
        results.write_bytes(content)
        write_geopackage(results, tables, "海湾市")
        assert results.read_bytes() == fresh


IN_QGIS = """
import sys
from qgis.core import Qgis, QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
said = []
app.messageLog().messageReceived.connect(lambda text, tag, level: said.append((tag, text)))
for name in ("site_verdict", "hit", "site_layer", "run"):
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    assert layer.isValid(), name
    assert not layer.error().messageList(), name
    print(name, layer.featureCount(), layer.crs().authid() or "-")
layer = QgsVectorLayer(f"{sys.argv[1]}|layername=site_verdict", "sites", "ogr")
request = QgsFeatureRequest(QgsRectangle(118.125, 24.5, 118.145, 24.6))
print([feature["site_id"] for feature in layer.getFeatures(request)])
print("said:", [text for tag, text in said if "gpkg" in text.lower()])
del layer
app.exitQgis()
"""


@pytest.mark.slow
def test_opens_in_qgis(results: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_QGIS, str(results)],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "site_verdict 5 EPSG:4490",
        "hit 10 EPSG:4490",
        "site_layer 40 -",
        "run 4 -",
        "['S-02', 'S-03']",
        "said: []",
    ]
