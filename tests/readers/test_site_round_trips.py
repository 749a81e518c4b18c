# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites written as each kind of file, read back by the same readers."""

from __future__ import annotations

import math
from dataclasses import replace

import fiona
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from eco_onemap.core.errors import OutputError
from eco_onemap.core.geometry.crs import to_cgcs2000
from eco_onemap.core.geometry.gauss_kruger import FAMILIES, SIX_DEGREES, THREE_DEGREES
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.crs_applying import settled
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.core.sites.crs_reasoning import decide_crs
from eco_onemap.core.sites.joining import join_sites
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.outputs.site_files.boundary_text import (
    BoundaryTextOptions,
    compose_site_text,
    write_site_text,
)
from eco_onemap.outputs.site_files.grids import find_grid
from eco_onemap.outputs.site_files.writing import ENDINGS, WritingOptions, write_sites
from eco_onemap.readers.sites import read_sites
from eco_onemap.readers.sites.txt import parse_txt

from .test_corpus import FOLDER, GOOD, name_of, read

EXAMPLE = FOLDER / "one_parcel.txt"
HALF_MILLIMETRE = 0.000_5 + 1e-8  # a float of 8 digits before the point is exact to 7e-9


def raw(*geometries: shapely.Geometry, crs: str = "EPSG:4527", **more) -> RawSites:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    ids = np.array([str(number) for number in range(1, len(array) + 1)], dtype=object)
    names = np.array([f"地块{text}" for text in ids], dtype=object)
    return replace(RawSites(array, crs, ids, names, {}, "made", "0" * 64), **more)


def square(west: float, south: float, side: float) -> shapely.Polygon:
    east, north = 39_611_000 + west, 2_711_000 + south
    return shapely.box(east, north, east + side, north + side)


def assert_same(found: RawSites, expected: RawSites, tolerance: float) -> None:
    assert found.ids.tolist() == expected.ids.tolist()
    for one, other in zip(found.geometries, expected.geometries, strict=True):
        assert one.normalize().equals_exact(other.normalize(), tolerance), (one.wkt, other.wkt)


# --- the worked example ------------------------------------------------------------------------


def test_the_worked_example_is_written_as_it_stands():
    text, notes = compose_site_text(read_sites(EXAMPLE))
    written = text.split("\r\n")
    original = EXAMPLE.read_bytes().decode("gb18030").replace("\r\n", "\n").split("\n")
    parcels = original.index("[地块坐标]")
    assert written[written.index("[地块坐标]") :] == original[parcels:]
    assert notes == ()


def test_the_area_of_the_worked_example_on_the_ellipsoid_and_in_the_plane():
    # The published 1 077 712.58 m² is that of the unrounded corners, 0.01° apart with a hole of
    # 0.002°; the coordinates to a millimetre that the file has give 1 077 712.63 m².
    outer = shapely.box(118.10, 24.50, 118.11, 24.51)
    hole = shapely.box(118.103, 24.503, 118.105, 24.505)
    unrounded = shapely.difference(outer, hole)
    assert areas_m2(np.array([unrounded]))[0] == pytest.approx(1_077_712.58, abs=0.005)
    polygons = read_sites(EXAMPLE).geometries
    assert areas_m2(to_cgcs2000(polygons, "EPSG:4527"))[0] == pytest.approx(1_077_712.63, abs=0.005)
    assert shapely.area(polygons)[0] == pytest.approx(1_078_046.41, abs=0.1)


def test_six_encodings_give_the_same_site():
    files = sorted(FOLDER.glob("square_*.txt"))
    assert len(files) == 6
    assert len({path.read_bytes() for path in files}) == 6
    sites = [read_sites(path) for path in files]
    assert len({shapely.to_wkb(one.geometries[0]) for one in sites}) == 1
    assert {(one.crs, one.names[0], one.ids[0]) for one in sites} == {("EPSG:4527", "地块", "1")}


# --- each format -------------------------------------------------------------------------------


def usable(row: dict[str, str]) -> bool:
    return "CIRCLE" not in row["geometry"] and "-" not in row["geometry"].split("|")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("row", [row for row in GOOD if usable(row)], ids=name_of)
def test_each_good_file_as_each_format(row, ending, monkeypatch, tmp_path):
    sites = read(row, monkeypatch)
    sites = in_one_system(sites)
    angular = sites.crs == "EPSG:4490"
    if row["geometry"].startswith(("POINT", "LINE")) and ending == ".dat":
        pytest.skip("a point file cannot say that its points are a line")
    out = tmp_path / f"sites{ending}"
    crs = "EPSG:4527" if angular and ending in (".txt", ".dat") else sites.crs
    write_sites(out, sites, WritingOptions(crs=crs))
    found = read_sites(out, crs=crs)
    assert found.crs == crs
    decimals = 9 if crs == "EPSG:4490" and ending == ".csv" else 3
    if ending == ".gpkg":
        assert_same(found, sites, 0.0)
    else:
        assert_same(found, rounded(moved(sites, crs), decimals), 10.0**-decimals / 1000)


def in_one_system(sites: RawSites) -> RawSites:
    if sites.crs is None and len(set(shapely.bounds(sites.geometries)[:, 0] // 1_000_000)) > 1:
        return settled(sites, decide_crs(sites, SiteSettings()).used)[0]  # as the commands do
    if shapely.bounds(sites.geometries).max() < 180:
        return replace(sites, crs="EPSG:4490")
    return replace(sites, crs=sites.crs or crs_of(sites.evidence))


def crs_of(evidence: CrsEvidence) -> str:
    return "EPSG:4527" if evidence.zone else "EPSG:4548"


def moved(sites: RawSites, crs: str) -> RawSites:
    transformer = Transformer.from_crs(sites.crs, crs, always_xy=True)
    there = shapely.transform(
        sites.geometries, lambda xy: np.column_stack(transformer.transform(*xy.T))
    )
    return replace(sites, geometries=there, crs=crs)


def rounded(sites: RawSites, decimals: int) -> RawSites:
    """Round as the format does: 3 decimals of a metre move a vertex by half a millimetre."""
    geometries = shapely.transform(sites.geometries, lambda xy: np.round(xy, decimals))
    return replace(sites, geometries=geometries)


def test_facts_travel_in_csv_and_geopackage(tmp_path):
    columns = {
        "planned_use": np.array(["industrial", ""], dtype=object),
        "stage": np.array(["", "siting"], dtype=object),
        "industry": np.array(["C26", ""], dtype=object),
        "tags": np.array(["chemical,new", ""], dtype=object),
        "declared_area_m2": np.array([np.nan, 2500.0]),
    }
    sites = raw(square(0, 0, 10), square(100, 0, 50), columns=columns)
    for ending in (".csv", ".gpkg"):
        write_sites(tmp_path / f"s{ending}", sites)
        found = read_sites(tmp_path / f"s{ending}")
        assert found.names.tolist() == sites.names.tolist()
        for name, values in columns.items():
            np.testing.assert_array_equal(found.columns[name], values, err_msg=f"{ending} {name}")


def test_a_geopackage_keeps_the_file_s_own_coordinates(tmp_path):
    write_sites(tmp_path / "s.gpkg", raw(square(0, 0, 10)))
    with fiona.open(tmp_path / "s.gpkg") as layer:
        assert layer.crs.to_epsg() == 4527
        assert layer.bounds == (39_611_000, 2_711_000, 39_611_010, 2_711_010)


def test_a_closed_line_and_one_through_its_start_stay_one_line():
    corners = [(0, 0), (0, 10), (10, 10), (0, 0), (20, 5)]
    points = [(39_611_000 + x, 2_711_000 + y) for x, y in corners]
    sites = raw(shapely.LineString(points), shapely.LineString(points[:4]))
    text, _ = compose_site_text(sites)
    assert_same(parse_txt(text, "s.txt"), sites, HALF_MILLIMETRE)


# --- the header of boundary point files ----------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("zone", [*SIX_DEGREES, *THREE_DEGREES])
@pytest.mark.parametrize("numbered", [True, False])
def test_every_zone_comes_back_as_the_same_code(family, zone, numbered):
    datum = FAMILIES[family]
    crs = datum.numbered(zone) if numbered else datum.unnumbered(zone)
    east = 500_000 + (zone * 1_000_000 if numbered else 0)
    text, _ = compose_site_text(raw(shapely.box(east, 2_711_000, east + 9, 2_711_009), crs=crs))
    assert parse_txt(text, "s.txt").crs == crs


def test_a_grid_is_known_by_its_numbers_where_it_has_no_code():
    esri = CRS.from_epsg(4527).to_wkt("WKT1_ESRI").replace("CGCS2000_3_Degree_GK_Zone_39", "某带")
    grid = find_grid(esri)
    assert (grid.family.name, grid.zone, grid.numbered) == ("CGCS2000", 39, True)


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:3857", "EPSG:32650", "EPSG:27700", "no such"])
def test_what_is_no_grid_of_china(crs):
    assert find_grid(crs) is None
    with pytest.raises(OutputError) as caught:
        compose_site_text(raw(square(0, 0, 1), crs=crs))
    assert crs in str(caught.value)


@pytest.mark.parametrize(("encoding", "mark"), [("GB18030", b""), ("UTF-8", b"\xef\xbb\xbf")])
def test_encodings_header_and_line_ends(encoding, mark, tmp_path):
    header = {"数据产生单位": "某某测绘院", "数据产生日期": "2026-11-20"}
    options = BoundaryTextOptions(encoding, 2, header)
    write_site_text(tmp_path / "s.txt", raw(square(0, 0, 1.234)), options)
    content = (tmp_path / "s.txt").read_bytes()
    assert content.startswith(mark + "[属性描述]\r\n".encode(encoding))
    text = content.decode("utf-8-sig" if mark else "gb18030")
    assert "\n" not in text.replace("\r\n", "")
    assert "数据产生单位=某某测绘院\r\n数据产生日期=2026-11-20\r\n" in text
    assert "精度=0.01\r\n" in text
    assert "J2,1,2711001.23,39611001.23\r\n" in text


def test_names_that_would_break_a_line():
    names = np.array(["甲,乙，丙\n丁@"], dtype=object)
    text, _ = compose_site_text(raw(square(0, 0, 1), names=names, ids=names))
    found = parse_txt(text, "s.txt")
    assert found.names.tolist() == ["甲、乙、丙 丁"]
    assert found.ids.tolist() == ["甲、乙、丙 丁"]


def test_the_declared_area_is_kept_and_a_missing_one_measured():
    areas = {"declared_area_m2": np.array([12_345.0, np.nan])}
    sites = raw(square(0, 0, 100), square(200, 0, 100), columns=areas)
    declared = parse_txt(compose_site_text(sites)[0], "s.txt").columns["declared_area_m2"]
    measured = areas_m2(to_cgcs2000(sites.geometries, "EPSG:4527"))
    assert declared.tolist() == pytest.approx([12_345.0, measured[1]], abs=0.5)


def test_what_is_too_small_for_the_decimals_is_told():
    plate = shapely.Polygon(square(0, 0, 10).exterior, [square(5, 5, 0.0001).exterior])
    text, notes = compose_site_text(raw(plate))
    assert [note.key for note in notes] == ["site_output.note_rings"]
    assert all(note.text(language) for note in notes for language in LANGUAGES)
    assert parse_txt(text, "s.txt").geometries[0].equals(square(0, 0, 10))
    thin = shapely.Polygon(square(0, 0, 10).exterior, [square(0.3, 0.3, 9.4).exterior])
    notes = compose_site_text(raw(thin), BoundaryTextOptions(decimals=0))[1]
    assert [note.key for note in notes] == ["site_output.note_crossing"]


def test_sites_without_geometry_are_left_out_and_told():
    mixed = shapely.GeometryCollection([square(0, 0, 1), shapely.Point(39_611_000, 2_711_000)])
    sites = raw(square(0, 0, 1), None, mixed, shapely.Polygon())
    text, notes = compose_site_text(sites)
    assert [note.args["site"] for note in notes] == ["2", "3", "4"]
    assert len(parse_txt(text, "s.txt")) == 1
    with pytest.raises(OutputError):
        compose_site_text(raw(None))


def test_degrees_go_to_the_zone_around_them(tmp_path):
    degrees = raw(shapely.box(120.1, 24.5, 120.11, 24.51), crs="EPSG:4490")
    notes = write_sites(tmp_path / "s.txt", degrees)
    assert [note.key for note in notes] == ["site_output.note_moved"]
    found = read_sites(tmp_path / "s.txt")
    assert found.crs == "EPSG:4528"
    back = shapely.bounds(moved(found, "EPSG:4490").geometries[0])
    np.testing.assert_allclose(back, [120.1, 24.5, 120.11, 24.51], atol=1e-8)


@pytest.mark.parametrize("name", ["s.shp", "s", "s.txt.zip"])
def test_an_ending_that_is_not_written(name, tmp_path):
    with pytest.raises(OutputError) as caught:
        write_sites(tmp_path / name, raw(square(0, 0, 1)))
    assert name in str(caught.value)


def test_joined_files_have_unique_identifiers_and_all_columns():
    area = {"declared_area_m2": np.array([1.0])}
    use = {"planned_use": np.array(["industrial"], dtype=object)}
    joined = join_sites([raw(square(0, 0, 1), columns=area), raw(square(9, 0, 1), columns=use)])
    assert joined.ids.tolist() == ["1", "1-2"]
    assert joined.columns["planned_use"].tolist() == ["", "industrial"]
    np.testing.assert_array_equal(joined.columns["declared_area_m2"], [1.0, np.nan])


# --- any polygons ------------------------------------------------------------------------------


@st.composite
def cells(draw) -> shapely.Geometry:
    """Cells of a lattice, united, turned, stretched and moved: holes, islands, parts that touch."""
    chosen = draw(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=35))
    united = shapely.union_all([shapely.box(x, y, x + 1, y + 1) for x, y in chosen])
    size = draw(st.floats(0.02, 500.0))
    angle = draw(st.floats(0.0, math.pi))
    east, north = draw(st.floats(39_400_000, 39_600_000)), draw(st.floats(400_000, 5_800_000))
    turn = size * np.array(
        [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]
    )
    return shapely.transform(united, lambda xy: xy @ turn + [east, north])


@st.composite
def stars(draw) -> shapely.Polygon:
    """A ring of any number of points around a middle, with a smaller one as its hole."""
    count = draw(st.integers(3, 40))
    radii = draw(st.lists(st.floats(5.0, 900.0), min_size=count, max_size=count))
    east, north = draw(st.floats(39_400_000, 39_600_000)), draw(st.floats(400_000, 5_800_000))
    turns = np.arange(count) * 2 * math.pi / count + draw(st.floats(0, 1))
    ring = np.column_stack([np.cos(turns), np.sin(turns)]) * np.array(radii)[:, None]
    middle = np.array([east, north])
    hole = [ring * draw(st.floats(0.1, 0.8)) + middle] if draw(st.booleans()) else []
    return shapely.Polygon(ring + middle, hole)


@given(st.lists(st.one_of(cells(), stars()), min_size=1, max_size=4), st.sampled_from(ENDINGS[1:]))
@settings(max_examples=250)
def test_any_polygons_come_back_within_half_a_millimetre(tmp_path_factory, polygons, ending):
    sites = raw(*polygons)
    out = tmp_path_factory.mktemp("any") / f"s{ending}"
    notes = write_sites(out, sites)
    found = read_sites(out, crs="EPSG:4527")
    assert notes == ()
    assert found.ids.tolist() == sites.ids.tolist()
    assert found.problems == {}
    for geometry, original in zip(found.geometries, sites.geometries, strict=True):
        rounded = shapely.transform(original, lambda xy: np.round(xy, 3))
        assert geometry.normalize().equals_exact(rounded.normalize(), 1e-6)
        moved = shapely.get_coordinates(rounded) - shapely.get_coordinates(original)
        assert np.abs(moved).max() <= HALF_MILLIMETRE
