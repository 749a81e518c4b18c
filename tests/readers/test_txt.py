# SPDX-License-Identifier: GPL-2.0-or-later
"""Boundary point TXT files (界址点)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.readers.sites import read_sites
from eco_onemap.readers.sites.txt import parse_txt

from .parcels import EAST, NORTH, boundary_file, parcel, square

EXAMPLE = Path(__file__).parents[1] / "data" / "sites" / "one_parcel.txt"


def keys(sites: RawSites) -> list[str]:
    for note in sites.notes:
        assert all(note.text(language) for language in LANGUAGES)
    return [note.key for note in sites.notes]


def refusal(content: str | bytes, crs: str | None = None) -> SiteError:
    with pytest.raises(SiteError) as caught:
        parse_txt(content, "parcels.txt", crs)
    for language in LANGUAGES:
        assert "parcels.txt" in caught.value.message.text(language) or crs
    return caught.value


def one(content: str | bytes) -> shapely.Geometry:
    sites = parse_txt(content, "parcels.txt")
    assert len(sites) == 1
    return sites.geometries[0]


def box(south: float, west: float, side: float) -> shapely.Polygon:
    return shapely.box(EAST + west, NORTH + south, EAST + west + side, NORTH + south + side)


# --- the worked example: a square of 0.01° with a hole of 0.002°, zone 39 --------------------


def test_worked_example() -> None:
    sites = read_sites(EXAMPLE)
    (polygon,) = sites.geometries
    assert sites.crs == "EPSG:4527"
    assert sites.ids.tolist() == ["1"]
    assert sites.names.tolist() == ["示例地块一"]
    assert sites.columns["planned_use"].tolist() == ["industrial"]
    assert sites.columns["declared_area_m2"] == pytest.approx([1_077_713.0])
    assert sites.source == str(EXAMPLE)
    assert sites.fingerprint == hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    assert sites.problems == {}
    assert keys(sites) == []
    assert [len(ring.coords) for ring in (polygon.exterior, *polygon.interiors)] == [5, 5]


def test_worked_example_lies_where_its_longitudes_and_latitudes_say() -> None:
    (polygon,) = read_sites(EXAMPLE).geometries
    back = Transformer.from_crs("EPSG:4527", "EPSG:4490", always_xy=True)
    outer = np.column_stack(back.transform(*np.array(polygon.exterior.coords).T))
    hole = np.column_stack(back.transform(*np.array(polygon.interiors[0].coords).T))
    square = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]])
    # coordinates are written to a millimetre, which is 1e-8 degrees
    np.testing.assert_allclose(outer, [118.10, 24.50] + square * 0.01, atol=1e-8)
    # the hole runs the other way round
    np.testing.assert_allclose(hole, [118.103, 24.503] + square[:, ::-1] * 0.002, atol=1e-8)


def test_worked_example_has_the_published_plane_area() -> None:
    (polygon,) = read_sites(EXAMPLE).geometries
    # published from unrounded coordinates: a millimetre along 4.9 km of boundary is 2.5 m² at most
    assert polygon.area == pytest.approx(1_078_046.41, abs=0.1)


def test_worked_example_unrounded_has_both_published_areas(tmp_path: Path) -> None:
    """Outer ring 118.10–118.11° E, 24.50–24.51° N, less a hole, its corners to a micrometre."""
    to_plane = Transformer.from_crs("EPSG:4490", "EPSG:4527", always_xy=True)
    rows = EXAMPLE.read_text(encoding="gb18030").splitlines()
    start = next(n for n, row in enumerate(rows) if row.endswith("@")) + 1
    rings = (((0, 0, 10, 10), 1), ((3, 3, 5, 5), 2))
    corners = [
        (ring, 118.10 + 0.001 * x, 24.50 + 0.001 * y)
        for (w, s, e, n), ring in rings
        for x, y in ((w, s), (e, s), (e, n), (w, n), (w, s))
    ]
    for number, (ring, longitude, latitude) in enumerate(corners):
        easting, northing = to_plane.transform(longitude, latitude)
        rows[start + number] = f"J{number + 1},{ring},{northing:.6f},{easting:.6f}"
    path = tmp_path / "unrounded.txt"
    path.write_text("\n".join(rows), encoding="gb18030")
    raw = read_sites(path)
    assert raw.geometries[0].area == pytest.approx(1_078_046.41, abs=0.005)
    whole = build_site_set(raw, SiteSettings())
    assert areas_m2(whole.geometries)[0] == pytest.approx(1_077_712.58, abs=0.005)


# --- how files are written -------------------------------------------------------------------

PLAIN = boundary_file(parcel(square(1, 0, 0, 100)))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, line_end: str) -> None:
    sites = parse_txt(PLAIN.replace("\n", line_end).encode(encoding), "parcels.txt")
    assert sites.geometries[0].equals(box(0, 0, 100))
    assert sites.names.tolist() == ["地块"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    assert one(PLAIN.encode(encoding)).equals(box(0, 0, 100))


def test_full_width_punctuation() -> None:
    wide = PLAIN.translate(str.maketrans(",=[]@.", "，＝【】＠．")).replace("39", "３９")
    sites = parse_txt(wide, "parcels.txt")
    assert sites.geometries[0].equals(box(0, 0, 100))
    assert sites.crs == "EPSG:4527"


def test_blank_lines_spaces_and_further_sections() -> None:
    text = "[项目信息]\n项目名称=示例\n\n" + PLAIN.replace(",", " , ").replace("\n", " \n\n")
    assert one(text).equals(box(0, 0, 100))


def test_bare_point_numbers_and_further_values_in_rows() -> None:
    rows = PLAIN.replace("J", "").replace(".000\n", ".000,12.5\n")
    assert one(rows).equals(box(0, 0, 100))


def test_parcel_line_of_thirteen_values() -> None:
    long_line = "5,0.01,G-7,地块七,面,F50G,住宅用地,0701,TBLX,0101,7,6,备注,@"
    text = boundary_file(long_line + "\n" + parcel(square(1, 0, 0, 100)).split("\n", 1)[1])
    sites = parse_txt(text, "parcels.txt")
    assert sites.ids.tolist() == ["G-7"]
    assert sites.columns["planned_use"].tolist() == ["residential"]
    assert sites.columns["declared_area_m2"].tolist() == [100.0]


def test_file_without_sections() -> None:
    assert one(parcel(square(1, 0, 0, 100))).equals(box(0, 0, 100))


def test_several_parcels() -> None:
    text = boundary_file(
        parcel(square(1, 0, 0, 100), "1", "甲"),
        parcel(square(1, 0, 200, 50), "1", "乙", use="荒地", hectares=""),
        parcel(square(1, 0, 400, 25), "", "丙", use=""),
    )
    sites = parse_txt(text, "parcels.txt")
    assert shapely.area(sites.geometries).tolist() == [10_000, 2500, 625]
    assert sites.ids.tolist() == ["1", "1-2", "3"]
    assert sites.names.tolist() == ["甲", "乙", "丙"]
    assert sites.columns["planned_use"].tolist() == ["industrial", "", ""]
    np.testing.assert_array_equal(sites.columns["declared_area_m2"], [15_000, np.nan, 15_000])
    assert keys(sites) == ["site_file.note_ids", "site_file.note_unknown_planned_use"]
    assert "荒地" in sites.notes[-1].text("zh")


def test_lines_and_points() -> None:
    rows = square(1, 0, 0, 100)
    text = boundary_file(
        parcel(rows[:3], "1", shape="线"),
        parcel(rows[:2] + square(2, 0, 500, 100)[:2], "2", shape="线"),
        parcel(rows[:1], "3", shape="点"),
        parcel(rows[:3], "4", shape="点"),
    )
    line, lines, point, points = parse_txt(text, "parcels.txt").geometries
    assert line.equals(shapely.LineString([(y, x) for _, _, x, y in rows[:3]]))
    assert [part.length for part in lines.geoms] == [100, 100]
    assert point.equals(shapely.Point(EAST, NORTH))
    assert len(points.geoms) == 3


# --- rings ------------------------------------------------------------------------------------

RINGS = {
    # a parcel with two holes, in any order of rings
    "holes": ([(0, 0, 100), (10, 10, 20), (50, 50, 20)], 10_000 - 400 - 400, 1, 2),
    # a hole that is written before its parcel
    "hole first": ([(10, 10, 20), (0, 0, 100)], 10_000 - 400, 1, 1),
    # two parts side by side, and two that touch along an edge
    "parts": ([(0, 0, 100), (0, 200, 50)], 10_000 + 2500, 2, 0),
    "touching parts": ([(0, 0, 100), (0, 100, 50)], 10_000 + 2500, 2, 0),
    # an island in a hole
    "island": ([(0, 0, 100), (10, 10, 80), (40, 40, 10)], 10_000 - 6400 + 100, 2, 1),
    # a hole in the second part
    "hole of a part": ([(0, 0, 100), (0, 200, 50), (10, 210, 10)], 10_000 + 2400, 2, 1),
    # a hole that touches the boundary from inside, at a corner's edge
    "touching hole": ([(0, 0, 100), (0, 0, 50)], 7500, 1, 1),
}


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("case", RINGS)
def test_containment_decides_what_is_a_hole(case: str, closed: bool) -> None:
    squares, area, parts, holes = RINGS[case]
    rows = [row for ring, place in enumerate(squares, 1) for row in square(ring, *place, closed)]
    sites = parse_txt(boundary_file(parcel(rows)), "parcels.txt")
    (geometry,) = sites.geometries
    polygons = getattr(geometry, "geoms", [geometry])
    assert geometry.area == pytest.approx(area, abs=1e-6)
    assert len(polygons) == parts
    assert sum(len(polygon.interiors) for polygon in polygons) == holes
    assert keys(sites) == ([] if closed else ["txt.note_closed"] * len(squares))


def test_rings_with_one_number_are_told_apart_by_their_closing() -> None:
    rows = square(1, 0, 0, 100) + square(1, 10, 10, 20) + square(1, 0, 200, 50)
    assert one(boundary_file(parcel(rows))).area == pytest.approx(10_000 - 400 + 2500)


def test_closing_row_with_another_ring_number() -> None:
    outer = square(1, 0, 0, 100)
    outer[-1] = ("1", "3", *outer[-1][2:])
    sites = parse_txt(boundary_file(parcel(outer + square(2, 10, 10, 20))), "parcels.txt")
    assert sites.geometries[0].area == pytest.approx(9600)
    assert keys(sites) == []


def test_closing_row_with_the_next_ring_s_number() -> None:
    outer = square(1, 0, 0, 100)
    outer[-1] = ("1", "2", *outer[-1][2:])
    hole = square(2, 10, 10, 20)
    assert one(boundary_file(parcel(outer + hole))).area == pytest.approx(9600)
    # and with yet another ring of the same number
    more = square(2, 50, 50, 20)
    assert one(boundary_file(parcel(outer + hole + more))).area == pytest.approx(9200)


def test_closing_row_given_twice() -> None:
    rows = square(1, 0, 0, 100)
    assert one(boundary_file(parcel([*rows, rows[-1]]))).equals(box(0, 0, 100))


def test_ring_that_crosses_another_is_no_hole() -> None:
    # two squares that share a quarter of the smaller one: the ground of both counts
    rows = square(1, 0, 0, 100) + square(2, 60, 60, 50)
    sites = parse_txt(boundary_file(parcel(rows)), "parcels.txt")
    assert keys(sites) == ["txt.note_crossing"]
    assert shapely.union_all(list(sites.geometries[0].geoms)).area == 10_000 + 2500 - 1600


def test_hole_a_rounding_error_outside_is_a_hole() -> None:
    hole = square(2, 0, 10, 50)
    hole = [(p, r, x - 0.005 if x == NORTH else x, y) for p, r, x, y in hole]
    geometry = one(boundary_file(parcel(square(1, 0, 0, 100) + hole)))
    assert geometry.area == pytest.approx(10_000 - 50 * 50.005, abs=1e-3)


def test_invalid_ring_is_kept_for_the_repair() -> None:
    # a bow tie
    rows = square(1, 0, 0, 100)
    rows[1], rows[2] = rows[2], rows[1]
    assert not one(boundary_file(parcel(rows))).is_valid


def test_ring_of_two_points_is_a_problem_of_its_parcel_only() -> None:
    text = boundary_file(
        parcel(square(1, 0, 0, 100)[:2], "1", "残缺"), parcel(square(1, 0, 0, 100), "2")
    )
    sites = parse_txt(text, "parcels.txt")
    assert sites.geometries[0] is None
    assert sites.geometries[1].area == 10_000
    assert list(sites.problems) == [0]
    told = sites.problems[0].text("zh")
    assert "残缺" in told
    assert "12" in told  # 8 keys, 2 sections, the parcel's line


def test_parcel_without_points_is_a_problem() -> None:
    sites = parse_txt(boundary_file(parcel([], "1"), parcel(square(1, 0, 0, 9), "2")), "p.txt")
    assert sites.geometries[0] is None
    assert sites.problems[0].key == "txt.problem_no_points"


@pytest.mark.parametrize(("declared", "noted"), [("5", 0), ("4", 0), ("", 0), ("7", 1)])
def test_declared_number_of_points(declared: str, noted: int) -> None:
    sites = parse_txt(boundary_file(parcel(square(1, 0, 0, 9), points=declared)), "p.txt")
    assert keys(sites) == ["txt.note_count"] * noted


# --- the grid ---------------------------------------------------------------------------------


def at(easting: float) -> str:
    """Return a parcel of one square whose west edge has this easting."""
    return parcel([(p, r, x, easting + y - EAST) for p, r, x, y in square(1, 0, 0, 100)])


FAMILIES = {
    "2000国家大地坐标系": "China Geodetic Coordinate System 2000",
    "1980西安坐标系": "Xian 1980",
    "1954年北京坐标系": "Beijing 1954",
}


@pytest.mark.parametrize("zone", [*range(13, 24), *range(25, 46)])
@pytest.mark.parametrize("system", FAMILIES)
@pytest.mark.parametrize("prefixed", [True, False])
def test_every_zone_has_its_central_meridian(zone: int, system: str, prefixed: bool) -> None:
    text = boundary_file(
        at((zone * 1_000_000 if prefixed else 0) + 500_000),
        坐标系=system,
        几度分带="",
        带号=str(zone),
    )
    crs = CRS(parse_txt(text, "parcels.txt").crs)
    meridian = 3 * zone if zone > 24 else 6 * zone - 3
    parameters = {one.name: one.value for one in crs.coordinate_operation.params}
    assert parameters["Longitude of natural origin"] == meridian
    assert parameters["False easting"] == (zone * 1_000_000 if prefixed else 0) + 500_000
    assert parameters["Scale factor at natural origin"] == 1
    assert crs.geodetic_crs.name == FAMILIES[system]


@pytest.mark.parametrize(
    ("header", "easting", "code"),
    [
        ({"带号": ""}, 39_611_000, 4527),  # the easting's prefix alone
        ({"带号": "", "几度分带": ""}, 20_611_000, 4498),
        ({"带号": "39带", "几度分带": "3度带"}, 611_000, 4548),  # the header alone
        ({"带号": "第39带", "几度分带": "三度"}, 39_611_000, 4527),
        ({"带号": "", "中央子午线": "117°"}, 611_000, 4548),
        ({"带号": "", "几度分带": "6", "中央子午线": "117.0"}, 611_000, 4509),
        ({"坐标系": "CGCS2000"}, 39_611_000, 4527),
        ({"坐标系": "国家2000"}, 39_611_000, 4527),
        ({"坐标系": "80国家大地坐标系"}, 39_611_000, 2363),
        ({"坐标系": "北京54"}, 39_611_000, 2415),
    ],
)
def test_zone_from_header_or_prefix(header: dict[str, str], easting: float, code: int) -> None:
    assert parse_txt(boundary_file(at(easting), **header), "p.txt").crs == f"EPSG:{code}"


@pytest.mark.parametrize(
    ("header", "easting", "key"),
    [
        ({"带号": "40"}, 39_611_000, "txt.zone_conflict"),
        ({"带号": "40", "几度分带": ""}, 39_611_000, "txt.zone_conflict"),
        ({"中央子午线": "120"}, 39_611_000, "txt.bad_header"),
        ({"带号": "", "中央子午线": "120"}, 39_611_000, "txt.zone_conflict"),
        ({"带号": "39", "几度分带": "6"}, 611_000, "txt.width_conflict"),
        ({"带号": "", "几度分带": "6"}, 39_611_000, "txt.width_conflict"),
        ({"带号": "24"}, 611_000, "txt.bad_header"),
        ({"带号": "三十九"}, 39_611_000, "txt.bad_header"),
        ({"带号": "", "中央子午线": "117.5"}, 611_000, "txt.bad_header"),
        ({"带号": "", "中央子午线": "117°30′"}, 611_000, "txt.bad_header"),
        ({"几度分带": "1.5"}, 39_611_000, "txt.bad_header"),
        ({"计量单位": "千米"}, 39_611_000, "txt.bad_header"),
        ({"投影类型": "墨卡托"}, 39_611_000, "txt.bad_header"),
        ({"坐标系": "厦门92坐标系"}, 39_611_000, "txt.unknown_system"),
        ({"坐标系": "WGS84"}, 39_611_000, "txt.unknown_system"),
        ({"坐标系": "2000独立坐标系"}, 39_611_000, "txt.unknown_system"),
        ({}, 24_611_000, "txt.out_of_range"),  # there is no zone 24
        ({}, 118.1, "txt.out_of_range"),  # longitude and latitude
    ],
)
def test_grid_is_never_guessed(header: dict[str, str], easting: float, key: str) -> None:
    assert refusal(boundary_file(at(easting), **header)).message.key == key


def test_a_zone_that_nothing_tells_stays_open() -> None:
    header = {"带号": "", "几度分带": ""}
    sites = parse_txt(boundary_file(at(611_000), **header), "p.txt")
    assert sites.crs is None
    assert sites.evidence == CrsEvidence(
        declared="2000国家大地坐标系",
        projection="高斯克吕格",
        datum="CGCS2000",
        angular=False,
        axis_order="yx",
    )


def test_a_parcel_in_two_zones_is_refused_with_both_lines() -> None:
    rows = square(1, 0, 0, 100)
    rows[3] = (*rows[3][:3], 40_311_000.0)
    error = refusal(boundary_file(at(EAST), parcel(rows), 带号=""))
    assert error.message.key == "txt.several_zones"
    assert "line 20" in str(error)  # 7 keys, 2 sections, 6 of the first parcel, its line, 4 points
    assert "line 17" in str(error)
    assert "zone 40" in str(error)


def test_given_crs_serves_where_nothing_tells_the_zone() -> None:
    sites = parse_txt(boundary_file(at(611_000), 带号=""), "p.txt", "EPSG:4548")
    assert sites.crs == "EPSG:4548"
    assert keys(sites) == ["txt.note_given"]
    local = parse_txt(boundary_file(at(611_000), 坐标系="厦门92坐标系"), "p.txt", "EPSG:4548")
    assert local.crs == "EPSG:4548"


def test_given_crs_does_not_overrule_the_file() -> None:
    sites = parse_txt(PLAIN, "p.txt", "EPSG:4528")
    assert sites.crs == "EPSG:4527"
    assert keys(sites) == ["site_file.note_crs_kept"]
    assert keys(parse_txt(PLAIN, "p.txt", "EPSG:4527")) == []


def test_unknown_given_crs_is_refused() -> None:
    assert refusal(PLAIN, "EPSG:99").message.key == "reader.unknown_crs"


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ({"坐标系": "1980西安坐标系"}, "txt.note_older_datum"),
        ({"坐标系": ""}, "txt.note_no_datum"),
        ({"转换参数": "12.5,0,0,0,0,0,0"}, "txt.note_parameters"),
        ({"转换参数": ",,,,,,"}, None),
        ({"转换参数": ""}, None),
    ],
)
def test_what_is_told_about_the_header(header: dict[str, str], key: str | None) -> None:
    assert keys(parse_txt(boundary_file(at(EAST), **header), "p.txt")) == ([key] if key else [])


@pytest.mark.parametrize("easting", [39_611_000, 611_000])
def test_swapped_columns_are_read_with_a_note(easting: float) -> None:
    rows = [(p, r, easting + y - EAST, x) for p, r, x, y in square(1, 0, 0, 100)]
    sites = parse_txt(boundary_file(parcel(rows)), "p.txt")
    assert sites.geometries[0].bounds == (easting, NORTH, easting + 100, NORTH + 100)
    assert keys(sites) == ["txt.note_swapped"]


def test_columns_swapped_in_some_rows_only_are_refused() -> None:
    rows = square(1, 0, 0, 100)
    rows[2] = (*rows[2][:2], rows[2][3], rows[2][2])
    error = refusal(boundary_file(parcel(rows)))
    assert error.message.key == "txt.out_of_range"
    assert "line 14" in str(error)


# --- lines that are wrong ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("J3,1,2711100.000,39611100.000", "J3,1,2711100.000", "txt.bad_point"),
        ("J3,1,2711100.000", "J3,1,27111OO.000", "txt.bad_number"),
        ("J3,1,2711100.000", "J3,1,nan", "txt.bad_number"),
        ("J3,1,2711100.000", "J3,1,1e999", "txt.bad_number"),
        ("J3,1,2711100.000", "J3,1,", "txt.bad_number"),
        ("J3,1,2711100.000,39611100.000", "something else", "txt.bad_point"),
    ],
)
def test_wrong_line_is_named(old: str, new: str, key: str) -> None:
    assert old in PLAIN
    error = refusal(PLAIN.replace(old, new))
    assert error.message.key == key
    assert "line 14" in str(error)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("", "txt.no_points"),
        (b"", "txt.no_points"),
        ("dear diary\n1,2,3,4\n", "txt.no_parcel"),
        ("dear diary\n", "txt.no_points"),
        (boundary_file(), "txt.no_points"),
        (boundary_file("5,1@"), "txt.bad_parcel"),
        (boundary_file("J1,1,2711113.450,39611494.787"), "txt.no_parcel"),
        (b"\x81\xff\xff\x00\x81", "txt.undecodable"),
        (b"\xff\xfe\x00\xd8\x00", "txt.undecodable"),
    ],
)
def test_what_is_no_boundary_file(content: str | bytes, key: str) -> None:
    assert refusal(content).message.key == key


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        read_sites(tmp_path / "nowhere.txt")
    assert str(tmp_path / "nowhere.txt") in str(caught.value)


def test_folder_under_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(SiteError, match=r"folder\.txt"):
        read_sites(tmp_path / "folder.txt")


# --- speed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("one_parcel", [True, False])
def test_two_hundred_thousand_points_are_read_whole(one_parcel: bool) -> None:
    rings = [square(n, n // 200 * 20, n % 200 * 20, 10) for n in range(40_000)]
    parcels = [[row for ring in rings for row in ring]] if one_parcel else rings
    content = boundary_file(*map(parcel, parcels)).encode("gb18030")
    sites = parse_txt(content, "big.txt")
    assert shapely.area(sites.geometries).sum() == pytest.approx(40_000 * 100)


@pytest.mark.parametrize(
    "row",
    ["1,2711000.000,39611000.000", "2711000.000,611000.000", "9,118.10001,24.50002", "J1,1,2"],
)
def test_no_place_in_the_header_is_passed_over(row: str) -> None:
    text = PLAIN.replace("[地块坐标]", f"{row}\n[地块坐标]")
    assert text != PLAIN
    if row == "J1,1,2":
        assert len(parse_txt(text.encode(), "parcels.txt").geometries) == 1  # no coordinates
        return
    with pytest.raises(SiteError) as told:
        parse_txt(text.encode(), "parcels.txt")
    assert told.value.message.key == "txt.bad_point"
    assert row in str(told.value)
