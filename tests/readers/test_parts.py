# SPDX-License-Identifier: GPL-2.0-or-later
"""Fingerprints, geometries in bulk, names of CRS, and the sentences of the readers."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import fiona.model
import numpy as np
import pytest
import rasterio.crs
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from eco_onemap import readers
from eco_onemap.core.messages import LANGUAGES, placeholders, sentences
from eco_onemap.readers.crs_names import find_crs_name
from eco_onemap.readers.fingerprint import fingerprint
from eco_onemap.readers.geometries import GeometryCollector
from eco_onemap.readers.layers import open_vector

from .sources import write_layer

# --- fingerprint ------------------------------------------------------------------------------


def test_fingerprint_of_one_file_is_its_sha256(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(b"x" * 3_000_000)  # more than one block
    assert fingerprint(path) == hashlib.sha256(b"x" * 3_000_000).hexdigest()


def test_fingerprint_of_a_shapefile_covers_what_is_read_of_it(tmp_path: Path) -> None:
    files = {name: tmp_path / f"a.{name}" for name in ("shp", "dbf", "prj", "cpg", "shx", "sbn")}
    for name, file in files.items():
        file.write_bytes(name.encode())
    seen = [fingerprint(files["shp"])]
    for name in ("shp", "dbf", "prj", "cpg"):
        files[name].write_bytes(b"new")
        seen.append(fingerprint(files["shp"]))
    assert len(set(seen)) == 5
    files["sbn"].write_bytes(b"new")  # an index is no content
    assert fingerprint(files["shp"]) == seen[-1]


def test_fingerprint_knows_where_one_file_ends(tmp_path: Path) -> None:
    prints = []
    for folder, contents in (("a", (b"12", b"3")), ("b", (b"1", b"23"))):
        (tmp_path / folder).mkdir()
        for ending, content in zip((".shp", ".dbf"), contents, strict=True):
            (tmp_path / folder / f"x{ending}").write_bytes(content)
        prints.append(fingerprint(tmp_path / folder / "x.shp"))
    assert prints[0] != prints[1]


def test_fingerprint_does_not_depend_on_the_folder_s_name(tmp_path: Path) -> None:
    prints = set()
    for name in ("a.gdb", "b.gdb"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "table").write_bytes(b"rows")
        prints.add(fingerprint(tmp_path / name))
    assert len(prints) == 1


def test_fingerprint_counts_changes_that_wait_beside_a_geopackage(tmp_path: Path) -> None:
    path, waiting = tmp_path / "a.gpkg", tmp_path / "a.gpkg-wal"
    path.write_bytes(b"rows")
    alone = fingerprint(path)
    waiting.touch()
    assert fingerprint(path) == alone == hashlib.sha256(b"rows").hexdigest()
    waiting.write_bytes(b"changes")
    assert fingerprint(path) != alone


# --- geometries -------------------------------------------------------------------------------

number = st.floats(-180, 180, allow_nan=False).map(lambda value: round(value, 6))
point = st.tuples(number, number)
line = st.lists(point, min_size=2, max_size=6)
ring = st.lists(point, min_size=3, max_size=6).map(lambda points: [*points, points[0]])
polygon = st.lists(ring, min_size=0, max_size=3)
shapes = st.one_of(
    st.none(),
    st.tuples(st.just("Point"), point),
    st.tuples(st.just("MultiPoint"), st.lists(point, max_size=4)),
    st.tuples(st.just("LineString"), line),
    st.tuples(st.just("MultiLineString"), st.lists(line, max_size=3)),
    st.tuples(st.just("Polygon"), polygon),
    st.tuples(st.just("MultiPolygon"), st.lists(polygon.filter(bool), max_size=3)),
)


def collected(*found: tuple[str, object] | None) -> np.ndarray:
    collector = GeometryCollector()
    for one in found:
        collector.add(
            None if one is None else fiona.model.Geometry(type=one[0], coordinates=one[1])
        )
    return collector.geometries()


@given(st.lists(shapes, max_size=8))
def test_bulk_conversion_equals_shapely_s_one_by_one(found: list) -> None:
    expected = [
        None if one is None else shapely.geometry.shape({"type": one[0], "coordinates": one[1]})
        for one in found
    ]
    made = collected(*found)
    assert len(made) == len(expected)
    for left, right in zip(made, expected, strict=True):
        assert left == right
        assert (left is None) == (right is None)


def test_open_and_short_rings_are_kept_for_the_repair() -> None:
    square = [(0, 0), (1, 0), (1, 1), (0, 1)]
    made = collected(
        ("Polygon", [square]), ("Polygon", [[(0, 0), (1, 1), (0, 0)]]), ("LineString", [(5, 5)])
    )
    assert made[0].area == 1
    assert made[1].bounds == (0, 0, 1, 1)
    assert made[1].area == 0
    assert made[2].bounds == (5, 5, 5, 5)


def test_collections_in_collections() -> None:
    inner = fiona.model.Geometry(type="Point", coordinates=(1, 2, 3))
    middle = fiona.model.Geometry(type="GeometryCollection", geometries=[inner, inner])
    collector = GeometryCollector()
    collector.add(fiona.model.Geometry(type="GeometryCollection", geometries=[middle]))
    (made,) = collector.geometries()
    assert made.wkt == "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POINT (1 2), POINT (1 2)))"


def test_half_a_million_points_are_read_whole(tmp_path: Path) -> None:
    # 100 polygons of 5,000 points
    turn = np.linspace(0, 2 * np.pi, 5000, endpoint=False)
    rings = [
        np.column_stack([118 + n + np.cos(turn) / 2, 24 + np.sin(turn) / 2]) for n in range(100)
    ]
    rows = [(shapely.Polygon(ring).wkt, {"n": number}) for number, ring in enumerate(rings)]
    path = write_layer(tmp_path / "big.gpkg", rows, fields={"n": "int:9"}, geometry="Polygon")
    with open_vector(path) as file:
        layer = file.read(file.only_name())
    assert shapely.get_num_coordinates(layer.geometries).sum() == 100 * 5001


# --- names of CRS -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", [4490, 4527, 4548, 2363, 4326, 3857])
def test_crs_with_a_code_is_named_by_it(code: int) -> None:
    assert find_crs_name(rasterio.crs.CRS.from_epsg(code).to_wkt()) == f"EPSG:{code}"


def test_crs_without_a_code_is_passed_on_as_it_is() -> None:
    wkt = CRS("+proj=tmerc +lon_0=118.5 +x_0=500000 +ellps=GRS80").to_wkt()
    assert find_crs_name(wkt) == wkt


@pytest.mark.parametrize("wkt", ["", None, "nonsense", 'LOCAL_CS["mine grid",UNIT["metre",1]]'])
def test_what_is_no_crs_on_earth(wkt: str | None) -> None:
    assert find_crs_name(wkt) is None


# --- sentences --------------------------------------------------------------------------------


def test_every_sentence_that_the_readers_use_exists_in_each_language() -> None:
    code = "\n".join(
        file.read_text(encoding="utf-8") for file in Path(readers.__path__[0]).rglob("*.py")
    )
    used = set(re.findall(r'"((?:reader|site_file|txt)\.[a-z_]+)"', code))
    vocabularies = ("stage", "planned_use", "nature", "industry")
    vocabularies += ("start_chainage", "chainage_direction")
    used |= {f"site_file.note_unknown_{name}" for name in vocabularies}
    own = {key for key in sentences("en") if re.match(r"(reader|site_file|txt)\.", key)}
    assert used == own
    for key in own:
        wanted = {language: placeholders(sentences(language)[key]) for language in LANGUAGES}
        assert wanted["en"] == wanted["zh"]
