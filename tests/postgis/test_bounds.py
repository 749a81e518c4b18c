# SPDX-License-Identifier: GPL-2.0-or-later
"""Only a part of a table is read; what lies outside of it is never called free."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from eco_onemap.core.assess import assess
from eco_onemap.core.errors import CatalogueError
from eco_onemap.core.law.rules import LegalBasis, Relation, Rule, RulePack
from eco_onemap.core.layers.catalogue import Catalogue, CoverageEntry, CoverageKind, parse_catalogue
from eco_onemap.core.layers.coverage import Coverage, rectangle, within_bounds
from eco_onemap.core.options import Options
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.databases import request_of
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.postgis.connection import open_database
from eco_onemap.readers.postgis.selection import select
from eco_onemap.readers.postgis.tables import find_table
from tests.readers.layer_source_contract import sentence
from tests.readers.sources import write_layer

MIDDLE = (116.52, 23.9, 116.72, 24.1)
"""Meets the squares from 116.5°E (its right half), 116.6°E and 116.7°E (its left part)."""

read = FileLayers().read_features


def test_features_that_meet_the_rectangle_are_read_whole(squares) -> None:
    table = read(squares.entry(bounds=MIDDLE))
    assert table.columns["名称"].tolist() == ["square 5", "square 6", "square 7"]
    assert table.geometries[0].bounds == pytest.approx((116.5, 24, 116.55, 24.05))


def test_features_without_geometry_are_always_read(squares) -> None:
    squares.run("INSERT INTO eco.squares (gid, kind) VALUES (99, 1)")
    table = read(squares.entry(bounds=MIDDLE))
    assert table.feature_ids.tolist() == ["6", "7", "8", "99"]


@pytest.mark.parametrize("srid", [4547, 4527, 3857, 32650])
def test_the_rectangle_is_brought_to_the_table_s_crs(squares, srid: int) -> None:
    squares.run(
        f"CREATE TABLE eco.moved AS SELECT gid, ST_Transform(geom, {srid}) AS geom"
        " FROM eco.squares ORDER BY gid DESC"
    )
    table = read(squares.entry("eco.moved", bounds=MIDDLE))
    assert sorted(table.columns["gid"].tolist()) == [6, 7, 8]


def test_the_rectangle_needs_a_crs(squares) -> None:
    squares.run("CREATE TABLE eco.bare AS SELECT gid, ST_SetSRID(geom, 0) AS geom FROM eco.squares")
    assert "crs:" in sentence(read, squares.entry("eco.bare", bounds=MIDDLE))
    assert len(read(squares.entry("eco.bare", bounds=MIDDLE, crs="EPSG:4490"))) == 3


def test_geography_takes_the_rectangle_too(squares) -> None:
    squares.run("CREATE TABLE eco.globe AS SELECT gid, geom::geography AS g FROM eco.squares")
    assert sorted(read(squares.entry("eco.globe", bounds=MIDDLE)).columns["gid"]) == [6, 7, 8]


def test_the_index_is_used(squares) -> None:
    squares.run("CREATE INDEX ON eco.squares USING gist (geom)", "ANALYZE eco.squares")
    request = request_of(squares.entry("eco.squares", bounds=MIDDLE))
    with open_database(request.address) as database:
        rows = select(database, find_table(database, request.layer), request).rows
        database.rows("SELECT set_config('enable_seqscan', 'off', false)")
        with database.connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + rows.as_string(database.connection))
            plan = "\n".join(line for (line,) in cursor)
    assert "squares_geom_idx" in plan
    assert "Seq Scan" not in plan


def site_set(*boxes):
    count = len(boxes)
    names = np.array([f"s{number}" for number in range(count)], dtype=object)
    geometries = np.array([shapely.box(*box) for box in boxes], dtype=object)
    return build_site_set(RawSites(geometries, "EPSG:4490", names, names, {}, "sites", "0"))


INSIDE, NEAR_THE_EDGE, OUTSIDE = (
    (116.56, 24.01, 116.57, 24.02),
    (116.705, 24.06, 116.71, 24.07),
    (116.91, 24.01, 116.92, 24.02),  # on a square that was not read
)


@pytest.mark.parametrize("coverage", ["complete", "extent", "file", "unknown"])
def test_outside_the_rectangle_nothing_is_mapped(squares, tmp_path: Path, coverage: str) -> None:
    region = [("POLYGON ((115 23, 119 23, 119 25, 115 25, 115 23))", {})]
    path = write_layer(tmp_path / "region.gpkg", region, fields={})
    stated = CoverageEntry(CoverageKind(coverage), str(path) if coverage == "file" else "")
    one = squares.entry("eco.squares", bounds=MIDDLE, coverage=stated, required=True)
    sites = site_set(INSIDE, NEAR_THE_EDGE, OUTSIDE)
    result = assess(sites, Catalogue("c", (one,), region=str(path)), [], Options(), FileLayers())
    statuses = result.site_layer["status"].tolist()
    known = "not_mapped" if coverage == "unknown" else "no_hit"
    # "extent": the squares end at 24.05°N, so a site north of them is not in it
    near = "not_mapped" if coverage == "extent" else known
    assert statuses == [known, near, "not_mapped"]
    mapped = result.site_layer["mapped_pct"]
    assert np.isnan(mapped[2]) if coverage == "unknown" else mapped[2] == 0.0
    verdicts = ["clear" if status == "no_hit" else "no_data" for status in statuses]
    assert result.site_verdict["verdict"].tolist() == verdicts
    record = dict(zip(result.run["key"], result.run["value"], strict=True))
    assert record["layer.redline.bounds"] == "116.52,23.9,116.72,24.1"


def test_distance_rules_that_reach_over_the_edge_are_told(squares, tmp_path: Path) -> None:
    region = [("POLYGON ((115 23, 119 23, 119 25, 115 25, 115 23))", {})]
    path = write_layer(tmp_path / "region.gpkg", region, fields={})
    complete = CoverageEntry(CoverageKind.COMPLETE)
    one = squares.entry("eco.squares", where="kind = 0", bounds=MIDDLE, coverage=complete)
    basis = (LegalBasis("Law", "1", verified=True),)
    rule = Rule("R", {"en": "near"}, Verdict.STUDY, Relation.WITHIN_DISTANCE, basis, (one.role,),
                threshold=3000.0)  # fmt: skip
    pack = RulePack("test", "1", "", "en", (rule,))
    catalogue = Catalogue("c", (one,), region=str(path))
    sites = site_set(INSIDE, NEAR_THE_EDGE)  # 4 km and 1 km from the edge
    result = assess(sites, catalogue, [pack], Options(), FileLayers())
    told = [row for row in result.not_evaluated.rows() if row["what"] == "rule:R"]
    assert [row["site_id"] for row in told] == ["s1"]


def test_coverage_is_cut_to_the_rectangle() -> None:
    square = Coverage(rectangle((110.0, 20.0, 112.0, 22.0)), assumed=True)
    cut = within_bounds(square, (111.0, 21.0, 113.0, 23.0))
    assert cut.assumed
    assert shapely.area(cut.area.pieces).tolist() == [1.0]
    nothing = within_bounds(square, (112.0, 22.0, 113.0, 23.0))  # touches a corner
    assert len(nothing.area.pieces) == 0
    assert within_bounds(Coverage(None), (110.0, 20.0, 112.0, 22.0)).area is None


def test_the_cache_tells_rectangles_apart(squares, tmp_path: Path) -> None:
    cache, layers = CompiledCache(tmp_path), FileLayers()
    sites, found = site_set(OUTSIDE), []
    for bounds in (MIDDLE, (116.0, 23.0, 119.0, 25.0), None):
        one = squares.entry("eco.squares", bounds=bounds)
        result = assess(sites, Catalogue("c", (one,)), [], Options(), layers, None, cache)
        found.append(result.site_layer["hits"].tolist())
    assert found == [[0], [1], [1]]
    squares.run("DELETE FROM eco.squares WHERE gid = 10")  # the square of the site
    result = assess(sites, Catalogue("c", (one,)), [], Options(), layers, None, cache)
    assert result.site_layer["hits"].tolist() == [0]


TEXT = """
onemap: 1
title: t
bounds: [116, 23, 119, 25]
layers:
  - {id: a, role: eco_redline, title: a, source: "postgresql://h/d", coverage: complete}
  - {id: b, role: eco_redline, title: b, source: "postgresql://h/d", bounds: [1, 2, 3.5, 4]}
  - {id: c, role: eco_redline, title: c, source: c.gpkg}
"""


def test_bounds_of_a_catalogue(tmp_path: Path) -> None:
    layers = parse_catalogue(TEXT, tmp_path / "onemap.yaml").layers
    assert [one.bounds for one in layers] == [(116, 23, 119, 25), (1, 2, 3.5, 4), None]


@pytest.mark.parametrize(
    "bounds", ["[1, 2, 3]", "[3, 2, 1, 4]", "[1, 2, 3, 95]", "5", "[a, 2, 3, 4]", "[1, 4, 3, 2]"]
)
def test_wrong_bounds_are_refused(tmp_path: Path, bounds: str) -> None:
    with pytest.raises(CatalogueError, match=r"layers\[1\].bounds"):
        parse_catalogue(TEXT.replace("[1, 2, 3.5, 4]", bounds), tmp_path / "onemap.yaml")


def test_bounds_of_a_file_are_refused(tmp_path: Path) -> None:
    text = TEXT.replace("source: c.gpkg", "source: c.gpkg, bounds: [1, 2, 3, 4]")
    with pytest.raises(CatalogueError, match=r"layers\[2\].bounds"):
        parse_catalogue(text, tmp_path / "onemap.yaml")


def test_a_rectangle_outside_of_the_crs_is_refused(squares) -> None:
    squares.run("CREATE TABLE eco.m AS SELECT ST_Transform(geom, 2154) AS geom FROM eco.squares")
    one = squares.entry("eco.m", bounds=(-180.0, -90.0, 180.0, 90.0))
    assert "EPSG:2154" in sentence(read, one)  # a cone has no south pole
    assert len(read(replace(one, bounds=(105.0, 10.0, 125.0, 50.0)))) == 20
