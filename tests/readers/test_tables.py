# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of points: how coordinates are written, what headings mean, what rows form."""

from __future__ import annotations

import io
import sys
from datetime import datetime, timedelta

import numpy as np
import openpyxl
import pytest
import shapely
from pyproj import Geod, Transformer

from eco_onemap.core.errors import MissingPackageError, SiteError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites.crs_words import datum_of, find_crs_words
from eco_onemap.readers.sites.tables.headings import AngleHint, Role, read_heading
from eco_onemap.readers.sites.tables.numbers import (
    Axis,
    Notation,
    can_be_packed,
    parse_coordinate,
    spelled_out,
    unpack,
)
from eco_onemap.readers.sites.tables.options import AngleNotation, TableOptions
from eco_onemap.readers.sites.tables.outlines import circle, strip
from eco_onemap.readers.sites.tables.pairs import find_coordinates
from eco_onemap.readers.sites.tables.plain_text import plain
from eco_onemap.readers.sites.tables.reading import parse_pasted, parse_table
from eco_onemap.readers.sites.txt_rows import Shape


def pasted(text: str, **options) -> RawSites:
    sites = parse_pasted(text, TableOptions(**options))
    said = [*sites.notes, *sites.problems.values()]
    assert all(one.text(language) for one in said for language in LANGUAGES)
    return sites


def refusal(text: str, **options) -> str:
    with pytest.raises(SiteError) as caught:
        parse_pasted(text, TableOptions(**options))
    return caught.value.message.key


def keys(sites: RawSites) -> list[str]:
    return [note.key for note in sites.notes]


# --- one coordinate ----------------------------------------------------------------------------

HERE = 118 + 6 / 60 + 30.25 / 3600


@pytest.mark.parametrize(
    "text",
    [
        "118°06′30.25″",
        "118°06'30.25\"",
        "118º06’30.25”",
        "118˚6´30.25˝".replace("˝", "″"),
        "118° 06' 30.25''",
        "118度06分30.25秒",
        "118度6分30.25",
        "118 06 30.25",
        "118:06:30.25",
        "118-06-30.25",
        "１１８°０６′３０．２５″",
        "118d06m30.25s",
        "东经118°06′30.25″",
        "东经：118°06′30.25″",
        "E118°06′30.25″",
        "118°06′30.25″E",
        "118°06′30.25″ 东",
        "E 118 06 30.25",
        "经度118°06′30.25″",
        "lon=118°06′30.25″",
        "L 118°06′30.25″",
    ],
)
def test_degrees_minutes_seconds(text):
    found = parse_coordinate(text)
    assert found.notation is Notation.ANGLE
    assert found.value == pytest.approx(HERE, abs=1e-12)
    assert found.axis in (None, Axis.EAST)


@pytest.mark.parametrize(
    ("text", "value", "axis"),
    [
        ("N24°30′", 24.5, Axis.NORTH),
        ("北纬24°30′00″", 24.5, Axis.NORTH),
        ("24°30.5′", 24 + 30.5 / 60, None),
        ("24.5°", 24.5, None),
        ("24°59′60″", 25.0, None),  # seconds that a program rounded
        ("S24°30′", -24.5, Axis.NORTH),
        ("-24°30′", -24.5, None),
        ("0°00′30″W", -30 / 3600, Axis.EAST),
    ],
)
def test_other_angles(text, value, axis):
    found = parse_coordinate(text)
    assert (found.value, found.axis) == (pytest.approx(value, abs=1e-12), axis)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2711113.450", 2711113.45),
        (" 2711113.450 米", 2711113.45),
        ("2,711,113.450", 2711113.45),
        ("2 711 113.450", 2711113.45),
        ("2'711'113.450", 2711113.45),
        ("39，611，494.787", 39611494.787),
        ("２７１１１１３．４５０", 2711113.45),
        ("118.", 118.0),
        ("-12.5", -12.5),
        (39611494.787, 39611494.787),
    ],
)
def test_numbers(cell, value):
    found = parse_coordinate(cell)
    assert (found.notation, found.value) == (Notation.NUMBER, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "J1",
        "118°60′00″",
        "118°06′60.1″",
        "118.5°30′",
        "118°06.5′30″",
        "3.96E+07",
        "2711113,450",
        "1,23,456",
        "2.711.113",
        "nan",
        "inf",
        "27111OO.0",
        "118°06′00″ 24°30′00″",
        "9" * 40,
        "118" + " " * 4000 + "x",  # would take minutes without a bound on the length
    ],
)
def test_what_is_no_coordinate(text):
    assert parse_coordinate(text) is None


@pytest.mark.parametrize(
    ("digits", "degrees"),
    [
        ("118.0600", 118.1),
        ("118.06", 118.1),
        ("118.063025", HERE),
        ("1180630.25", HERE),
        ("243000", 24.5),
        ("-24.3", -24.5),
        ("118.6", None),
        ("118.0060", None),
        ("1186000", None),
        ("3961149", None),
    ],
)
def test_packed_degrees(digits, degrees):
    assert unpack(digits) == (None if degrees is None else pytest.approx(degrees, abs=1e-12))


def test_spelling_out_rounds_up_to_whole_minutes():
    assert spelled_out(118.1) == "118°06′00.0″"
    assert spelled_out(24.9999999) == "25°00′00.0″"
    assert spelled_out(-0.5) == "-0°30′00.0″"


def test_whole_degrees_are_no_question():
    assert not can_be_packed("118")
    assert not can_be_packed("118.0000")
    sites = pasted("id,lon,lat\n1,118,24\n2,119,25\n")
    assert shapely.to_wkt(sites.geometries[0]) == "POINT (118 24)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("J1 2711113.450 39611494.787", ["2711113.450", "39611494.787"]),
        ("2,711,113.450, 39,611,494.787", ["2,711,113.450", "39,611,494.787"]),
        ("X=2711113.450Y=39611494.787", ["2711113.450", "39611494.787"]),
        ("118.1N24.5", ["118.1", "N24.5"]),
        ("(东经118°06′00″，北纬24°30′)", ["东经118°06'00\"", "北纬24°30'"]),
        ("E118°06′00″ N24°30′00″", ["E118°06'00\"", "N24°30'00\""]),
        ("39611000J1,711", ["711"]),  # a number that runs into a label is none
        ("JX12345678", []),
        # thousands run into further ones: neither number is one
        ("39,611,100.09,611,000.000", ["39", "611", "100.09", "611", "000.000"]),
    ],
)
def test_coordinates_among_words(text, found):
    assert [one.text for one in find_coordinates(plain(text))] == found


# --- headings ----------------------------------------------------------------------------------

ROLES = {
    Role.LONGITUDE: "经度 东经 经度(°) 经度（度） 中心经度 lon Longitude LNG 经度_x 拐点经度 L",
    Role.LATITUDE: "纬度 北纬 lat 纬度坐标 Latitude 大地纬度 B",
    Role.NORTH: "X(北) X坐标(北) 纵坐标 纵坐标X 北坐标 Northing N Y(北)",
    Role.EAST: "Y(东) 横坐标 横坐标Y 东坐标 Easting E X(东)",
    Role.X: "X x X坐标 X坐标（m） 坐标X POINT_X X_coord",
    Role.Y: "Y Y坐标 Y坐标[米] POINT_Y",
    Role.POINT: "点号 拐点编号 界址点号 拐点 点名 点序号 桩号 point vertex_id",
    Role.RING: "圈号 地块圈号 ring part_id",
    Role.PARCEL: "地块编号 地块号 宗地编号 项目编号 图斑编号 site_id parcel_no DKBH",
    Role.NUMBER: "序号 编号 No. id FID",
    Role.RADIUS: "半径 缓冲半径(m) radius buffer_m",
    Role.WIDTH: "宽度 管道宽度（米） width",
    Role.SHAPE: "类型 图形类型 shape",
    Role.PAIR: "坐标 经纬度 拐点坐标",
    Role.CRS: "坐标系 EPSG crs",
    None: "地块名称 备注 高程 行业类别 面积(公顷) name 地址 坐标来源",
}


@pytest.mark.parametrize(
    ("text", "role"), [(text, role) for role, words in ROLES.items() for text in words.split()]
)
def test_headings(text, role):
    assert read_heading(text).role is role


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("经度(ddd.mmss)", AngleHint.PACKED),
        ("经度（度分秒）", AngleHint.PACKED),
        ("纬度_dms", AngleHint.PACKED),
        ("经度(十进制)", AngleHint.DECIMAL),
        ("lon (decimal degrees)", AngleHint.DECIMAL),
        ("经度", None),
    ],
)
def test_headings_that_tell_the_notation(text, hint):
    assert read_heading(text).angle is hint


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("2000国家大地坐标系", "CGCS2000"),
        ("CGCS2000", "CGCS2000"),
        ("国家2000", "CGCS2000"),
        ("1980西安坐标系", "Xian 1980"),
        ("北京54", "Beijing 1954"),
        ("新北京54坐标系", ""),
        ("厦门92坐标系", ""),
        ("2000独立坐标系", ""),
        ("WGS84", ""),
        ("", ""),
    ],
)
def test_datums_by_name(text, datum):
    assert datum_of(text) == datum


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某表（CGCS2000坐标系，中央子午线117°，3度带）", ("CGCS2000", 117.0, None, 3)),
        ("1980西安坐标系 第39带", ("1980西安坐标系", None, 39, None)),
        ("坐标系:2000国家大地坐标系,6度带,带号20", ("2000国家大地坐标系", None, 20, 6)),
        ("某某公司拐点坐标表", ("", None, None, None)),
    ],
)
def test_words_about_the_system(text, expected):
    found = find_crs_words([text])
    told = (found.declared, found.central_meridian, found.zone, found.zone_degrees)
    assert told == expected


# --- what rows form ----------------------------------------------------------------------------

ROWS = "118.1675,24.5871\n118.1675,24.5889\n118.1689,24.5889\n"


def test_bare_rows_are_corners_if_they_make_a_plain_ring():
    assert keys(pasted(ROWS)) == ["table.note_corners"]
    crossing = "118.1675,24.5871\n118.1689,24.5889\n118.1689,24.5871\n118.1675,24.5889\n"
    assert refusal(crossing) == "table.points_or_corners"
    assert refusal(ROWS.split("\n", 1)[1]) == "table.points_or_corners"  # two rows
    assert pasted(crossing + "118.1675,24.5871\n").geometries[0].geom_type == "Polygon"


def test_the_shape_that_is_asked_for():
    assert [g.geom_type for g in pasted(ROWS, shape=Shape.POINT).geometries] == ["Point"] * 3
    assert [g.geom_type for g in pasted(ROWS, shape=Shape.LINE).geometries] == ["LineString"]
    assert [g.geom_type for g in pasted(ROWS, shape=Shape.POLYGON).geometries] == ["Polygon"]


def test_one_row_is_a_point():
    assert pasted("118.1675,24.5871").geometries[0].geom_type == "Point"


def test_named_stations_are_not_corners():
    text = "点名,经度,纬度\n" + "".join(f"监测站{k},{row}\n" for k, row in enumerate(ROWS.split()))
    assert refusal(text) == "table.points_or_corners"
    assert pasted(text, shape=Shape.POINT).ids.tolist() == ["监测站0", "监测站1", "监测站2"]


def test_an_id_field_that_is_named():
    text = "块,经度,纬度\n" + "".join(f"{name},{row}\n" for name in "甲乙" for row in ROWS.split())
    assert pasted(text, id_field="块").ids.tolist() == ["甲", "乙"]


def test_rows_of_a_site_need_not_stand_together():
    rows = ROWS.split()
    other = [row.replace("118", "119") for row in rows]
    text = "地块编号,经度,纬度\n" + "".join(
        f"甲,{one}\n乙,{two}\n" for one, two in zip(rows, other, strict=True)
    )
    first, second = pasted(text).geometries
    assert first.bounds == (118.1675, 24.5871, 118.1689, 24.5889)
    assert second.bounds == (119.1675, 24.5871, 119.1689, 24.5889)


def test_a_ring_after_a_blank_row_belongs_to_the_same_named_site():
    hole = "118.1676,24.5880\n118.1676,24.5881\n118.1677,24.5881\n"
    text = "地块编号,经度,纬度\n" + "".join(f"甲,{row}\n" for row in ROWS.split())
    text += ",,\n" + "".join(f"甲,{row}\n" for row in hole.split())
    (polygon,) = pasted(text).geometries
    assert len(polygon.interiors) == 1


def test_facts_of_sites():
    text = (
        "地块编号,地块名称,用地性质,面积(亩),点号,经度,纬度\n"
        + '甲,一号,工业用地,"1,500",1,118.1675,24.5871\n'
        + ",,,,2,118.1675,24.5889\n,,,,3,118.1689,24.5889\n"
    )
    sites = pasted(text)
    assert (sites.ids.tolist(), sites.names.tolist()) == (["甲"], ["一号"])
    assert sites.columns["planned_use"].tolist() == ["industrial"]
    assert sites.columns["declared_area_m2"] == pytest.approx([1_000_000.0])


def test_a_column_names_the_system():
    text = "id,crs,x,y\n1,EPSG:4527,39611000,2711000\n"
    assert pasted(text).crs == "EPSG:4527"
    given = parse_pasted(text, crs="EPSG:4528")
    assert given.crs == "EPSG:4527"
    assert "site_file.note_crs_kept" in keys(given)


@pytest.mark.parametrize(
    ("pair", "key"),
    [
        ("-70.5,-12.25", None),  # abroad: whoever decides the system says that
        ("118.0,118.1689", "table.out_of_range"),  # no latitude
        ("190.5,24.5", "table.out_of_range"),
    ],
)
def test_degrees_outside_china_are_kept_if_they_are_degrees(pair, key):
    text = f"名称,经度,纬度,半径\n甲,{pair},500\n"
    if key:
        assert refusal(text, angle=AngleNotation.DECIMAL) == key
    else:
        assert pasted(text, angle=AngleNotation.DECIMAL).geometries[0].geom_type == "Polygon"


def test_a_local_grid_is_read_by_its_headings():
    rows = "X(北),Y(东)\n1000.5,2000.25\n1000.5,2100.25\n1100.5,2100.25\n1000.5,2000.25\n"
    sites = pasted(rows)
    assert sites.geometries[0].bounds == (2000.25, 1000.5, 2100.25, 1100.5)
    assert (sites.crs, sites.evidence.zone) == (None, None)
    assert refusal(rows.replace("(北)", "").replace("(东)", "")) == "table.out_of_range"


def test_a_quote_that_is_never_closed_loses_no_rows():
    rows = "118.1675,24.5871\n118.1675,24.5889\n" * 20_000
    assert refusal('点号,经度,纬度\n"1,' + rows) == "table.open_quote"


def test_a_remark_of_several_lines_is_none():
    text = '名称,经度,纬度,备注\n甲,118.1675,24.5871,"第一行\n第二行, 共 2 处"\n'
    assert pasted(text).geometries[0].equals(shapely.Point(118.1675, 24.5871))


# --- circles and strips ------------------------------------------------------------------------


def test_a_circle_on_the_ellipsoid():
    corners = shapely.get_coordinates(circle(118.1, 24.5, 1000.0, angular=True).exterior)
    distances = Geod(ellps="GRS80").inv([118.1] * 361, [24.5] * 361, *corners.T)[2]
    np.testing.assert_allclose(distances, 1000.0, atol=1e-6)
    assert len(np.unique(corners, axis=0)) == 360


def test_a_circle_s_area_is_a_two_hundredth_of_a_percent_less():
    area = circle(500_000.0, 2_711_000.0, 100.0, angular=False).area
    assert area == pytest.approx(np.pi * 1e4 * (1 - 5.08e-5), rel=1e-6)


@pytest.mark.parametrize(("east", "north"), [(0.3, 0.0), (0.0, 0.3), (0.2, 0.2)])
def test_a_strip_in_degrees_is_half_its_width_to_either_side(east, north):
    line = shapely.LineString([(118.0, 24.5), (118.0 + east, 24.5 + north)])
    made = strip(line, 60.0, angular=True)
    # the truth: metres in a plane of another kind, around the middle of the line
    middle = line.interpolate(0.5, normalized=True)
    plane = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +ellps=GRS80"
    there = Transformer.from_crs("EPSG:4490", plane, always_xy=True)

    def flat(geometry):
        dense = shapely.segmentize(geometry, 0.0005)
        return shapely.transform(dense, lambda xy: np.column_stack(there.transform(*xy.T)))

    assert made.is_valid
    assert flat(made).area == pytest.approx(60.0 * flat(line).length, rel=5e-5)
    edge = shapely.points(shapely.get_coordinates(flat(made)))
    ends = shapely.multipoints(shapely.get_coordinates(flat(line))[[0, -1]])
    beside = edge[shapely.distance(ends, edge) > 30.01]
    assert len(beside) > 500
    assert shapely.distance(flat(line), beside) == pytest.approx(30.0, abs=2e-3)


@pytest.mark.parametrize("radius", ["0", "-5", "1e9", "200000"])
def test_a_radius_that_makes_no_ground(radius):
    sites = pasted(f"名称,经度,纬度,半径\n甲,118.1675,24.5871,{radius}\n")
    if radius == "1e9":  # no number as people write them
        assert sites.geometries[0].geom_type == "Point"
    else:
        assert [why.key for why in sites.problems.values()] == ["table.problem_radius"]


# --- workbooks ---------------------------------------------------------------------------------


def workbook(rows, state="visible") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    hidden = book.create_sheet("旧")
    hidden.append(["点号", "经度", "纬度"])
    hidden.append([1, 118.1675, 24.5871])
    hidden.sheet_state = state
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_hidden_sheets_do_not_count():
    rows = [["点号", "经度", "纬度"], [1, 118.2675, 24.5871]]
    sites = parse_table(workbook(rows, "hidden"), "s.xlsx")
    assert sites.geometries[0].equals(shapely.Point(118.2675, 24.5871))
    with pytest.raises(SiteError) as caught:
        parse_table(workbook(rows), "s.xlsx")
    assert caught.value.message.key == "table.several_sheets"


@pytest.mark.parametrize(
    "cell", [timedelta(hours=118, minutes=10, seconds=3), datetime(1900, 1, 3, 22, 10, 3)]
)
def test_angles_that_a_workbook_took_for_hours(cell):
    rows = [["点号", "经度", "纬度"], [1, cell, timedelta(hours=24, minutes=35, seconds=13.56)]]
    point = parse_table(workbook(rows, "hidden"), "s.xlsx").geometries[0]
    assert (point.x, point.y) == pytest.approx((118.1675, 24.5871), abs=1e-9)


def test_numbers_that_lost_their_zeros_in_a_workbook_are_still_a_question():
    rows = [["点号", "经度", "纬度"], [1, 118.1, 24.3]]
    with pytest.raises(SiteError) as caught:
        parse_table(workbook(rows, "hidden"), "s.xlsx")
    assert caught.value.message.key == "table.packed_or_decimal"
    packed = TableOptions(angle=AngleNotation.PACKED)
    point = parse_table(workbook(rows, "hidden"), "s.xlsx", packed).geometries[0]
    assert (point.x, point.y) == pytest.approx((118 + 10 / 60, 24.5), abs=1e-12)


@pytest.mark.parametrize(
    ("content", "package"), [(b"PK\x03\x04", "openpyxl"), (b"\xd0\xcf\x11\xe0", "xlrd")]
)
def test_a_missing_package_is_one_sentence(content, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackageError) as caught:
        parse_table(content, "s.xlsx")
    assert f"pip install {package}" in str(caught.value)


def test_a_workbook_that_unpacks_to_a_gigabyte_is_refused(monkeypatch):
    monkeypatch.setattr("eco_onemap.readers.sites.tables.sheets.MOST_UNPACKED_BYTES", 100)
    with pytest.raises(SiteError) as caught:
        parse_table(workbook([["a"]]), "s.xlsx")
    assert caught.value.message.key == "table.damaged_workbook"


@pytest.mark.parametrize(
    "text",
    [
        "118°03′00″E 24°33′00″N",
        "J1 118°03′00″E\t24°33′00″N",
        "118°03'00.00\"E, 24°33'00.00\"N 附近",
        "E118°03′00″ N24°33′00″",
        "J1 E 118°03′00″ N 24°33′00″",
    ],
)
def test_letters_of_axes_stand_before_or_behind(text: str) -> None:
    (point,) = parse_pasted(text).geometries
    assert (point.x, point.y) == pytest.approx((118.05, 24.55), abs=1e-12)


# --- what tells rings and sites apart ----------------------------------------------------------

CORNERS = [(2711000, 39611000), (2711100, 39611000), (2711100, 39611100), (2711000, 39611100)]
FARTHER = [(n, e + 300) for n, e in CORNERS]
INSIDE = [(2711020, 39611020), (2711020, 39611040), (2711040, 39611040)]


def listed(heading: str, *columns) -> str:
    rows = zip(*columns, strict=True)
    return "\n".join([heading, *(",".join(map(str, row)) for row in rows)]) + "\n"


@pytest.mark.parametrize("heading", ["点号,X,Y", "序号,X,Y"])
@pytest.mark.parametrize(("second", "area"), [(FARTHER, 20_000.0), (INSIDE, 9_800.0)])
def test_numbers_that_begin_anew_begin_a_ring(heading, second, area):
    points = [*CORNERS, *second]
    labels = [*range(1, 5), *range(1, len(second) + 1)]
    sites = pasted(listed(heading, labels, *zip(*points, strict=True)))
    (found,) = sites.geometries
    assert found.is_valid
    assert found.area == area  # two squares of 1 ha; one less a triangle of 200 m²
    assert "table.note_rings_begun" in keys(sites)


def test_a_closing_row_begins_no_ring():
    closed = [*CORNERS, CORNERS[0], *FARTHER, FARTHER[0]]
    labels = [1, 2, 3, 4, 1, 5, 6, 7, 8, 5]
    sites = pasted(listed("点号,X,Y", labels, *zip(*closed, strict=True)))
    assert sites.geometries[0].area == 20_000.0
    assert "table.note_rings_begun" not in keys(sites)


def test_points_of_one_name_are_no_rings():
    named = listed("点名,X,Y", ["界址"] * 4, *zip(*CORNERS, strict=True))
    assert refusal(named) == "table.points_or_corners"
    assert pasted(named, shape=Shape.POLYGON).geometries[0].area == 10_000.0


@pytest.mark.parametrize("heading", ["矿山名", "企业名称", "管线", "Plant name"])
def test_a_column_of_any_name_tells_sites_apart(heading):
    points = [*CORNERS, *FARTHER]
    labels = [f"J{n}" for n in (1, 2, 3, 4)] * 2
    names = ["甲"] * 4 + ["乙"] * 4
    sites = pasted(listed(f"{heading},点号,X,Y", names, labels, *zip(*points, strict=True)))
    assert sites.names.tolist() == ["甲", "乙"]
    assert [one.area for one in sites.geometries] == [10_000.0, 10_000.0]
    each = pasted(listed(f"{heading},X,Y", ["甲", "乙", "丙"], *zip(*CORNERS[:3], strict=True)))
    assert [one.geom_type for one in each.geometries] == ["Point"] * 3


def test_remarks_tell_no_sites_apart():
    remarks = ["起点", "", "", "终点"]
    labels = ["J1", "J2", "J3", "J4"]
    (found,) = pasted(
        listed("备注,点号,X,Y", remarks, labels, *zip(*CORNERS, strict=True))
    ).geometries
    assert found.area == 10_000.0


def test_a_number_that_is_not_in_runs_tells_no_sites_apart():
    points = [CORNERS[0], FARTHER[0], CORNERS[1], FARTHER[1]]
    assert refusal(listed("编号,X,Y", [1, 2, 1, 2], *zip(*points, strict=True))) == (
        "table.points_or_corners"
    )


def test_a_width_says_that_rows_are_a_line():
    (strip_,) = pasted(
        listed("材质,X,Y,宽度", ["PE", "PE"], *zip(*CORNERS[:2], strict=True), [20, 20])
    ).geometries
    assert strip_.area == pytest.approx(2_000.0)
