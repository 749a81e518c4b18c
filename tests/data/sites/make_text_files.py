#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the text, table and workbook files of this folder and their table expected.csv.

What is expected is written down here beside each file, from the corners that the file was made of,
and never taken from what the readers say; rows of the files in gis/ are written by hand and kept. The workbook old.xls was made once with xlwt and is
kept as it is; workbooks hold the time of their making, so only text files come out byte for byte.
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from pathlib import Path

import openpyxl

FOLDER = Path(__file__).parent

# A square of 100 m in 3° zone 39, its hole, and a square beside it: corners as (north, east).
SQUARE = [(2711000, 39611000), (2711100, 39611000), (2711100, 39611100), (2711000, 39611100)]
HOLE = [(2711020, 39611020), (2711020, 39611040), (2711040, 39611040), (2711040, 39611020)]
BESIDE = [(2711000, 39611200), (2711050, 39611200), (2711050, 39611250), (2711000, 39611250)]
# The same square in zone 40, as a survey beyond the border of the zones has it.
IN_40 = [(n, e + 1_000_000 - 300_000) for n, e in BESIDE]
# The same kind of thing in degrees: (longitude, latitude), 118°10′03″ to 118°10′08.04″ and
# 24°35′13.56″ to 24°35′20.04″; no decimals of these could be minutes and seconds.
DEGREES = [(118.1675, 24.5871), (118.1675, 24.5889), (118.1689, 24.5889), (118.1689, 24.5871)]
DMS = [
    ("118°10′03″", "24°35′13.56″"),
    ("118°10′03″", "24°35′20.04″"),
    ("118°10′08.04″", "24°35′20.04″"),
    ("118°10′08.04″", "24°35′13.56″"),
]
# Corners that are decimal degrees as well as degrees.minutes-seconds.
DOUBTFUL = ["118.1000,24.3000", "118.1000,24.3030", "118.1030,24.3030", "118.1030,24.3000"]

HEADER = """[属性描述]
格式版本号=1.01
数据产生单位=某某测绘有限公司
数据产生日期=2026年11月20日
坐标系={system}
几度分带={width}
投影类型=高斯克吕格
计量单位=米
带号={zone}
精度=0.001
转换参数=,,,,,,
[地块坐标]
"""
CGCS2000 = "2000国家大地坐标系"


@dataclass(frozen=True)
class Expected:
    """One row of expected.csv; the last five columns are of files in gis/."""

    file: str
    options: str = ""
    crs: str = ""
    evidence: str = ""
    geometry: str = ""
    declared_m2: str = ""
    notes: str = ""
    problems: str = ""
    message: str = ""
    why: str = ""
    ids: str = ""
    cgcs2000: str = ""
    doubts: str = ""
    care: str = ""


EXPECTED: list[Expected] = []


def polygon(*rings, swap=True):
    """WKT of rings of corners; boundary points are north first, WKT is east first."""
    texts = []
    for ring in rings:
        corners = [(e, n) if swap else (n, e) for n, e in ring]
        texts.append("(" + ", ".join(f"{x} {y}" for x, y in [*corners, corners[0]]) + ")")
    return "POLYGON (" + ", ".join(texts) + ")"


IN_DEGREES = polygon(DEGREES, swap=False)
IN_METRES = polygon(SQUARE)
WITHOUT_ZONE = polygon([(n, e - 39_000_000) for n, e in SQUARE])

DECIMALS = "{p},{r},{n:.6f},{e:.6f}"


def rows(corners, ring=1, mark="J", closed=True, form="{p},{r},{n:.3f},{e:.3f}"):
    """Rows of boundary points."""
    made = [
        form.format(p=f"{mark}{number}", r=ring, n=n, e=e)
        for number, (n, e) in enumerate(corners, start=1)
    ]
    if closed:
        n, e = corners[0]
        made.append(form.format(p=f"{mark}1", r=ring, n=n, e=e))
    return "\n".join(made) + "\n"


def parcel(*texts, count=5, area="1.0000", number="1", name="地块", shape="面", use="工业用地"):
    """A parcel line of nine values and the rows below it."""
    return f"{count},{area},{number},{name},{shape},,{use},,@\n" + "".join(texts)


def header(system=CGCS2000, width="3", zone="39"):
    """The section 属性描述, and the beginning of 地块坐标."""
    return HEADER.format(system=system, width=width, zone=zone)


def write(file, text, encoding="utf-8", **expected):
    """Write a text file; *expected* are the columns of its row."""
    (FOLDER / file).write_bytes(text.encode(encoding))
    expect(file, **expected)


def expect(file, **expected):
    """Add a row to expected.csv."""
    EXPECTED.append(Expected(file, **expected))


# --- boundary point files ----------------------------------------------------------------------


def boundary_files():
    plain = header() + parcel(rows(SQUARE))
    good = {"crs": "EPSG:4527", "geometry": IN_METRES}
    for name, encoding, ends in (
        ("gb18030_crlf", "gb18030", "\r\n"),
        ("utf8_lf", "utf-8", "\n"),
        ("utf8_bom_cr", "utf-8-sig", "\r"),
        ("utf16_le_bom", "utf-16", "\r\n"),
        ("utf16_le", "utf-16-le", "\n"),
        ("utf16_be", "utf-16-be", "\r\n"),
    ):
        write(f"square_{name}.txt", plain.replace("\n", ends), encoding, **good)
    long_line = "5,1.0000,DK-7,地块七,面,F50G050045,住宅用地,0701,TBLX,0101,7,6,备注,@\n"
    write("thirteen_values.txt", header() + long_line + rows(SQUARE), "gb18030", **good)
    write("bare_numbers.txt", header() + parcel(rows(SQUARE, mark="")), **good)
    wide = str.maketrans(",=[]@.0123456789", "，＝【】＠．０１２３４５６７８９")
    write("full_width.txt", plain.translate(wide), **good)
    both = parcel(rows(SQUARE), rows(HOLE, 2), rows(BESIDE, 3), count=15)
    shape = polygon(SQUARE, HOLE)[8:], polygon(BESIDE)[8:]
    write(
        "hole_and_part.txt",
        header() + both,
        crs="EPSG:4527",
        geometry=f"MULTIPOLYGON ({shape[0]}, {shape[1]})",
    )
    hole_first = parcel(rows(HOLE, 1), rows(SQUARE, 2), count=10)
    write(
        "hole_first.txt",
        header() + hole_first,
        crs="EPSG:4527",
        geometry=polygon(SQUARE, HOLE),
    )
    two = parcel(rows(SQUARE)) + parcel(rows(BESIDE), number="2", name="地块二")
    pair = {"crs": "EPSG:4527", "geometry": f"{IN_METRES}|{polygon(BESIDE)}"}
    write("several_parcels.txt", header() + two, "gb18030", **pair)
    extra = "[项目信息]\n项目名称=示例\n\n" + plain + "[备注]\n本文件由软件输出,请核对,谢谢\n"
    write("further_sections.txt", extra, **good)
    last = rows(SQUARE).replace("J1,1,2711000.000,39611000.000\n", "", 1)
    other = "J1,1,2711000.000,39611000.000\n" + last.replace("J1,1,", "1,3,")
    write("closing_row_of_another_ring.txt", header() + parcel(other), **good)
    write(
        "not_closed.txt",
        header() + parcel(rows(SQUARE, closed=False), count=4),
        notes="txt.note_closed",
        **good,
    )
    write(
        "wrong_count.txt", header() + parcel(rows(SQUARE), count=9), notes="txt.note_count", **good
    )
    swapped = rows(SQUARE, form="{p},{r},{e:.3f},{n:.3f}")
    write("east_first.txt", header() + parcel(swapped), notes="txt.note_swapped", **good)


def boundary_grids():
    bare = [(n, e - 39_000_000) for n, e in SQUARE]
    good = {"geometry": WITHOUT_ZONE}
    write("zone_in_header.txt", header() + parcel(rows(bare)), crs="EPSG:4548", **good)
    write(
        "six_degrees.txt",
        header(width="6", zone="20") + parcel(rows([(n, e + 20_000_000) for n, e in bare])),
        crs="EPSG:4498",
        geometry=polygon([(n, e + 20_000_000) for n, e in bare]),
    )
    write(
        "xian_1980.txt",
        header(system="1980西安坐标系") + parcel(rows(SQUARE)),
        "gb18030",
        crs="EPSG:2363",
        geometry=IN_METRES,
        notes="txt.note_older_datum",
    )
    write(
        "no_zone.txt",
        header(width="", zone="") + parcel(rows(bare)),
        evidence=f"declared={CGCS2000} projection=高斯克吕格 datum=CGCS2000 angular=False "
        "axis_order=yx",
        **good,
    )
    write(
        "no_zone.txt",
        header(width="", zone="") + parcel(rows(bare)),
        options="crs=EPSG:4548",
        crs="EPSG:4548",
        notes="txt.note_given",
        **good,
    )
    write(
        "area_in_mu.txt",
        header().replace("精度", "面积单位=亩\n精度") + parcel(rows(SQUARE), area="15.0000"),
        crs="EPSG:4527",
        geometry=IN_METRES,
        declared_m2="10000.00",
    )
    line = parcel(rows(SQUARE[:3], closed=False), count=3, area="", shape="线", name="管线")
    point = parcel(rows(SQUARE[:1], closed=False), count=1, area="", shape="点", number="2")
    (n1, e1), (n2, e2), (n3, e3) = SQUARE[:3]
    write(
        "line_and_point.txt",
        header() + line + point,
        crs="EPSG:4527",
        geometry=f"LINESTRING ({e1} {n1}, {e2} {n2}, {e3} {n3})|POINT ({e1} {n1})",
    )
    write(
        "two_zones.txt",
        header(zone="") + parcel(rows(SQUARE)) + parcel(rows(IN_40), number="2"),
        evidence=f"declared={CGCS2000} projection=高斯克吕格 datum=CGCS2000 zone_degrees=3 "
        "angular=False axis_order=yx",
        geometry=f"{polygon(SQUARE)}|{polygon(IN_40)}",
    )


def boundary_files_of_degrees():
    north_first = [(y, x) for x, y in DEGREES]
    plain = rows(north_first, form=DECIMALS)
    write(
        "degrees.txt",
        header_of_degrees() + parcel(plain),
        crs="EPSG:4490",
        geometry=IN_DEGREES,
    )
    write(
        "degrees_east_first.txt",
        header_of_degrees() + parcel(rows(DEGREES, form=DECIMALS)),
        crs="EPSG:4490",
        geometry=IN_DEGREES,
        notes="txt.note_swapped",
    )
    write(
        "degrees_of_unknown_datum.txt",
        header_of_degrees(system="") + parcel(plain),
        evidence="angular=True axis_order=yx",
        geometry=IN_DEGREES,
    )
    write(
        "degrees_as_metres.txt",
        header() + parcel(plain),
        evidence=f"declared={CGCS2000} projection=高斯克吕格 datum=CGCS2000 angular=False "
        "axis_order=yx",
        geometry=IN_DEGREES,
    )


def header_of_degrees(system=CGCS2000):
    """A header without a grid, whose unit is the degree."""
    keys = ("几度分带", "带号", "投影类型")
    lines = header(system=system).replace("计量单位=米", "计量单位=度").splitlines()
    return "\n".join(one for one in lines if not one.startswith(keys)) + "\n"


def bad_boundary_files():
    plain = header() + parcel(rows(SQUARE))
    write(
        "zone_conflict.txt",
        plain.replace("带号=39", "带号=40"),
        message="zone_conflict.txt: the header says zone 40 (带号 or 中央子午线), the eastings begin "
        "with 39: correct the one that is wrong.",
    )
    write(
        "local_system.txt",
        header(system="厦门92坐标系") + parcel(rows(SQUARE)),
        message="local_system.txt: the coordinate system 厦门92坐标系 is not known here: convert "
        "the file to CGCS2000, or give the CRS of the sites (--site-crs).",
    )
    write(
        "letter_for_digit.txt",
        plain.replace("J3,1,2711100.000", "J3,1,27111OO.000"),
        message="letter_for_digit.txt, line 16: 27111OO.000 is no coordinate; write metres such as "
        "2711113.450.",
    )
    write(
        "missing_at.txt",
        header() + parcel(rows(SQUARE)) + "5,0.25,2,地块二,面,,工业用地,,\n" + rows(BESIDE),
        message="missing_at.txt, line 19: a parcel line ends in @, this one does not: "
        "5,0.25,2,地块二,面,,工业用地,,.",
    )
    write(
        "header_only.txt",
        header(),
        message="header_only.txt holds no boundary points: a section [地块坐标] with a parcel line "
        "ending in @ and rows of point, ring, X, Y is expected.",
    )
    mixed = [(n, e + (1_000_000 if n == 2711100 else 0)) for n, e in SQUARE]
    write(
        "parcel_in_two_zones.txt",
        header(zone="") + parcel(rows(mixed)),
        message="parcel_in_two_zones.txt, line 15: the easting is in zone 40, but the same site is "
        "in zone 39 in line 14: put all points of a site into one zone.",
    )
    bare = [(n, e - 39_000_000) for n, e in BESIDE]
    write(
        "zone_in_some_rows.txt",
        header(zone="") + parcel(rows(SQUARE)) + parcel(rows(bare), number="2"),
        message="zone_in_some_rows.txt, line 20: the easting has no zone in front, in line 14 it "
        "has zone 39: write the zone in all rows or in none.",
    )
    write(
        "zone_of_one_parcel_only.txt",
        header(zone="39") + parcel(rows(SQUARE)) + parcel(rows(IN_40), number="2"),
        message="zone_of_one_parcel_only.txt: the header says zone 39 (带号 or 中央子午线), the "
        "eastings begin with 40: correct the one that is wrong.",
    )
    in_degrees = rows([(y, x) for x, y in DEGREES], form=DECIMALS)
    write(
        "degrees_with_a_typing_error.txt",
        header_of_degrees() + parcel(in_degrees.replace("24.588900", "240.588900", 1)),
        message="degrees_with_a_typing_error.txt, line 12: 240.5889, 118.1675 are no degrees in "
        "China in the order of the other rows: correct the row.",
    )
    doubtful = [tuple(map(float, reversed(pair.split(",")))) for pair in DOUBTFUL]
    write(
        "packed_or_decimal.txt",
        header_of_degrees() + parcel(rows(doubtful, form=DECIMALS)),
        message="packed_or_decimal.txt, line 11: 24.3 can be decimal degrees (24°18′00.0″) or "
        "degrees.minutes-seconds (24°30′00.0″): say which with --angle decimal or --angle packed.",
    )
    (FOLDER / "undecodable.txt").write_bytes(b"\x81\xff\xff\x00\x81")
    expect(
        "undecodable.txt",
        message="undecodable.txt is no text in UTF-8, UTF-16 or GB18030: open it in an editor and "
        "save it as UTF-8.",
    )
    write(
        "ring_of_two_points.txt",
        header()
        + parcel(rows(SQUARE[:2], closed=False), count=2)
        + parcel(rows(BESIDE), number="2"),
        crs="EPSG:4527",
        geometry=f"-|{polygon(BESIDE)}",
        problems="0:txt.problem_few_points",
    )


# --- CASS points -------------------------------------------------------------------------------

CASS = "{p},,{e:.3f},{n:.3f},12.345"
IN_ZONE_39 = "zone=39 zone_degrees=3 angular=False"


def cass_files():
    closed = rows(SQUARE, form=CASS, mark="")
    good = {"evidence": f"{IN_ZONE_39} axis_order=xy", "geometry": IN_METRES}
    write("closed.dat", closed.replace("\n", "\r\n"), "gb18030", **good)
    coded = rows(SQUARE, form=CASS).replace(",,", ",甲,") + rows(BESIDE, form=CASS).replace(
        ",,", ",乙,"
    )
    two = good | {"geometry": f"{IN_METRES}|{polygon(BESIDE)}"}
    write("codes.dat", coded, "gb18030", **two)
    write("no_codes.dat", closed.replace(",,", ","), **good)
    write("framed.dat", "5\n" + closed + "END\n", **good)
    write("open.dat", rows(SQUARE, form=CASS, closed=False), options="shape=polygon", **good)
    expect(
        "open.dat",
        message="open.dat: its 4 rows can be points or the corners of one polygon or line: say "
        "which with --shape point, --shape polygon or --shape line.",
    )
    north = rows(SQUARE, form="{p},,{n:.3f},{e:.3f},12.345")
    write(
        "north_first.dat",
        north,
        evidence=f"{IN_ZONE_39} axis_order=yx",
        geometry=IN_METRES,
        notes="txt.note_swapped",
    )
    write(
        "short_row.dat",
        closed + "6,,39611000.000\n",
        message="short_row.dat, line 6: a row of number, code, east, north, height is expected, this "
        "one is: 6,,39611000.000.",
    )
    write(
        "empty.dat",
        "\n",
        message="empty.dat holds no points: rows of number, code, east, north, height are expected.",
    )


# --- tables of degrees -------------------------------------------------------------------------


def table(heading, lines, title=""):
    """A text of comma separated rows with numbers 1, 2 …, below a title and a heading."""
    numbered = [f"J{number},{line}" for number, line in enumerate(lines, start=1)]
    return "\n".join([*([title] if title else []), heading, *numbered]) + "\n"


DECIMAL = [f"{e},{n}" for e, n in DEGREES]
ANGULAR = "angular=True axis_order=xy"


def tables_of_degrees():
    good = {"evidence": ANGULAR, "geometry": IN_DEGREES}
    write("decimal.csv", table("点号,经度,纬度", DECIMAL), "utf-8-sig", **good)
    signs = [f"{e},{n}" for e, n in DMS]
    write("degrees_minutes_seconds.csv", table("拐点编号,经度,纬度", signs), **good)
    ascii_signs = [s.replace("°", "º").replace("′", "'").replace("″", "''") for s in signs]
    write("ascii_signs.csv", table("点号,东经,北纬", ascii_signs), **good)
    words = [s.replace("°", "度").replace("′", "分").replace("″", "秒") for s in signs]
    write("chinese_signs.csv", table("点号,经度,纬度", words), "gb18030", **good)
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    write(
        "full_width_digits.csv", table("点号,经度,纬度", [s.translate(wide) for s in signs]), **good
    )
    spaced = [s.translate(str.maketrans("°′", "  ", "″")) for s in signs]
    write("spaces.tsv", table("点号,经度,纬度", spaced).replace(",", "\t"), **good)
    colons = [s.translate(str.maketrans("°′", "::", "″")) for s in signs]
    write(
        "colons.csv",
        table("点号;经度;纬度", [s.replace(",", ";") for s in colons])
        .replace("J1,", "J1;")
        .replace("J2,", "J2;")
        .replace("J3,", "J3;")
        .replace("J4,", "J4;"),
        **good,
    )
    letters = [f"{e}E,N{n}" for e, n in DEGREES]
    write("letters.csv", table("点号,A,B", letters), notes="table.note_left_out", **good)
    minutes = [
        "118°10.05′,24°35.226′",
        "118°10.05′,24°35.334′",
        "118°10.134′,24°35.334′",
        "118°10.134′,24°35.226′",
    ]
    write("decimal_minutes.csv", table("点号,经度,纬度", minutes), **good)
    split = [f"{e},{n}".translate(str.maketrans("°′", ",,", "″")) for e, n in DMS]
    below = table("点号,度,分,秒,度,分,秒", split, ",经度,,,纬度,,")
    write("columns_of_dms.csv", below, "gb18030", **good)
    named = table("点号,东经度,东经分,东经秒,北纬度,北纬分,北纬秒", split)
    write("named_columns_of_dms.csv", named, **good)
    latitude_first = [f"{n},{e}" for e, n in DEGREES]
    write(
        "latitude_first.csv",
        table("点号,纬度,经度", latitude_first),
        evidence="angular=True axis_order=yx",
        geometry=IN_DEGREES,
    )
    write(
        "wrong_headings.csv",
        table("点号,经度,纬度", latitude_first),
        evidence="angular=True axis_order=yx",
        geometry=IN_DEGREES,
        notes="txt.note_swapped",
    )
    write(
        "title_rows.csv",
        table("点号,经度,纬度", DECIMAL, "某某项目拐点坐标表（CGCS2000）,,\n单位：度,,\n,,"),
        evidence=f"declared=CGCS2000 datum=CGCS2000 {ANGULAR}",
        geometry=IN_DEGREES,
    )
    packed = [
        "118.1003,24.351356",
        "118.1003,24.352004",
        "118.100804,24.352004",
        "118.100804,24.351356",
    ]
    write(
        "packed_by_heading.csv",
        table("点号,经度(ddd.mmss),纬度(dd.mmss)", packed),
        notes="table.note_packed",
        **good,
    )
    whole = [
        "1181003,243513.56",
        "1181003,243520.04",
        "1181008.04,243520.04",
        "1181008.04,243513.56",
    ]
    write("packed_whole.csv", table("点号,经度,纬度", whole), notes="table.note_packed", **good)


def doubtful_degrees():
    write(
        "packed_or_decimal.csv",
        table("点号,经度,纬度", DOUBTFUL),
        message="packed_or_decimal.csv, line 2: 118.1000 can be decimal degrees (118°06′00.0″) or "
        "degrees.minutes-seconds (118°10′00.0″): say which with --angle decimal or --angle packed.",
    )
    decimal = [(118.1, 24.3), (118.1, 24.303), (118.103, 24.303), (118.103, 24.3)]
    expect(
        "packed_or_decimal.csv",
        options="angle=decimal",
        evidence=ANGULAR,
        geometry=polygon(decimal, swap=False),
    )
    e1, n1, second = 118 + 10 / 60, 24.5, 30 / 3600
    packed = [(e1, n1), (e1, n1 + second), (e1 + second, n1 + second), (e1 + second, n1)]
    expect(
        "packed_or_decimal.csv",
        options="angle=packed",
        evidence=ANGULAR,
        geometry=polygon(packed, swap=False),
        notes="table.note_packed",
    )
    expect(
        "packed_or_decimal.csv",
        options="angle=dms",
        message="packed_or_decimal.csv, line 2: 118.1000 is a plain number, but degrees, minutes and "
        "seconds were announced (--angle dms): use --angle decimal or --angle packed.",
    )
    expect(
        "decimal.csv",
        options="angle=packed",
        message="decimal.csv, line 2: 118.1675 cannot be degrees.minutes-seconds, its minutes or "
        "seconds are 60 or more: use --angle decimal, or correct the number.",
    )
    wrong = [f"{e},{n}" for e, n in DMS]
    wrong[1] = wrong[1].replace("24°35′", "24°75′")
    write(
        "minutes_of_75.csv",
        table("点号,经度,纬度", wrong),
        message="minutes_of_75.csv, line 3: 24°75′20.04″ is no coordinate; write metres such as "
        "2711113.450, degrees such as 118.1 or 118°06′00″ (minutes and seconds below 60).",
    )


# --- tables of metres, points, lines -----------------------------------------------------------


def tables_of_metres():
    plain = [f"{n}.000,{e}.000" for n, e in SQUARE]
    good = {"evidence": f"{IN_ZONE_39} axis_order=yx", "geometry": IN_METRES}
    write("metres.csv", table("点号,X坐标(m),Y坐标(m)", plain), "gb18030", **good)
    east_first = [f"{e}.000,{n}.000" for n, e in SQUARE]
    by_parcel = [f"1,{line}" for line in plain] + [f"2,{n}.000,{e}.000" for n, e in IN_40]
    write(
        "two_zones.csv",
        "地块编号,X坐标(m),Y坐标(m)\n" + "\n".join(by_parcel) + "\n",
        evidence="zone_degrees=3 angular=False axis_order=yx",
        geometry=f"{polygon(SQUARE)}|{polygon(IN_40)}",
    )
    lists_side_by_side(plain, good)
    in_a_row = [line.replace(",39", ",40") if n else line for n, line in enumerate(by_parcel[:4])]
    write(
        "site_in_two_zones.csv",
        "地块编号,X坐标(m),Y坐标(m)\n" + "\n".join(in_a_row) + "\n",
        message="site_in_two_zones.csv, line 3: the easting is in zone 40, but the same site is in "
        "zone 39 in line 2: put all points of a site into one zone.",
    )
    write(
        "east_first.csv",
        table("点号,X(东),Y(北)", east_first),
        evidence=f"{IN_ZONE_39} axis_order=xy",
        geometry=IN_METRES,
    )
    write(
        "gis_order.csv",
        table("点号,x,y", east_first),
        evidence=f"{IN_ZONE_39} axis_order=xy",
        geometry=IN_METRES,
    )
    thousands = [f'"{n:,}.000","{e:,}.000"' for n, e in SQUARE]
    write("thousands.csv", table("点号,纵坐标,横坐标", thousands), **good)
    bare = [f"{n},{e - 39_000_000}" for n, e in SQUARE]
    write(
        "meridian_in_title.csv",
        table("点号,X,Y", bare, "2000国家大地坐标系 3度带 中央子午线117°,,"),
        evidence="declared=2000国家大地坐标系 datum=CGCS2000 zone_degrees=3 central_meridian=117.0 "
        "angular=False axis_order=yx",
        geometry=WITHOUT_ZONE,
    )
    hole = [f"外,1,{line}" for line in plain] + [f"内,2,{n},{e}" for n, e in HOLE]
    write(
        "rings.csv",
        "\n".join(["位置,圈号,X,Y", *hole]) + "\n",
        geometry=polygon(SQUARE, HOLE),
        evidence=f"{IN_ZONE_39} axis_order=yx",
        notes="table.note_corners",
    )
    by_number = [f"1,{line}" for line in plain] + [f"2,{n},{e}" for n, e in BESIDE]
    write(
        "open_list.csv",
        "\n".join(["序号,X,Y", *(f"{k},{line}" for k, line in enumerate(plain, 1))]) + "\n",
        notes="table.note_corners",
        **good,
    )
    pair = good | {"geometry": f"{IN_METRES}|{polygon(BESIDE)}"}
    write("by_number.csv", "\n".join(["序号,X,Y", *by_number]) + "\n", **pair)
    merged = [f"甲,{plain[0]}", *(f",{one}" for one in plain[1:])]
    merged += [f"{'乙' if not k else ''},{n},{e}" for k, (n, e) in enumerate(BESIDE)]
    write("merged_cells.csv", "\n".join(["地块编号,X,Y", *merged]) + "\n", **pair)
    blank = "点号,X,Y\n" + "\n".join(f"{k},{line}" for k, line in enumerate(plain, 1)) + "\n,,\n"
    blank += "\n".join(f"{k},{n},{e}" for k, (n, e) in enumerate(BESIDE, 1)) + "\n"
    write("blank_rows.csv", blank, **pair)
    captions = blank.replace("点号,X,Y\n", "点号,X,Y\n地块甲,,\n").replace("\n,,\n", "\n地块乙,,\n")
    write("captions.csv", captions, notes="table.note_left_out", **pair)
    write(
        "page_break.csv",
        blank.replace("\n,,\n", "\n")
        .replace("3,27", "点号,X,Y\n3,27", 1)
        .split("1,2711000,39611200")[0],
        **good,
    )


def lists_side_by_side(plain, good):
    """Points J1, J2 beside J3, J4; parcels beside each other; lists whose order nothing tells."""
    beside = [f"J{one + 1},{plain[one]},,J{one + 3},{plain[one + 2]}" for one in (0, 1)]
    heading = "点号,X坐标(m),Y坐标(m),,点号,X坐标(m),Y坐标(m)\n"
    told = {"notes": "table.note_side_by_side"}
    write("two_lists.csv", heading + "\n".join(beside) + "\n", "gb18030", **good, **told)
    across = [f"J{n},{plain[n - 1]},,J{n + 1},{plain[n]}" for n in (1, 3)]
    write("two_lists_by_row.csv", heading + "\n".join(across) + "\n", **good, **told)
    other = [f"{n}.000,{e}.000" for n, e in BESIDE[:3]]
    parcels = [f"J{n},{plain[n - 1]},,J{n},{one}" for n, one in enumerate(other, start=1)]
    parcels.append(f"J4,{plain[3]},,,,")
    write(
        "two_parcels_beside.csv",
        "地块一,,,,地块二,,\n" + heading + "\n".join(parcels) + "\n",
        evidence=good["evidence"],
        geometry=f"{IN_METRES}|{polygon(BESIDE[:3])}",
        notes="table.note_left_out table.note_side_by_side",
    )
    write(
        "lists_of_letters.csv",
        heading + "\n".join(beside).replace("J1", "A").replace("J2", "B") + "\n",
        message="lists_of_letters.csv has 2 lists of points side by side, and the point numbers do "
        "not tell in which order they follow: number the points through, or put the lists one "
        "below the other.",
    )
    shifted = [f"{n - 37}.250,{e + 117}.750" for n, e in SQUARE]
    twice = [f"J{n},{plain[n - 1]},,J{n},{one}" for n, one in enumerate(shifted, start=1)]
    write(
        "points_in_two_systems.csv",
        heading + "\n".join(twice) + "\n",
        message="points_in_two_systems.csv has 2 lists side by side with the same points, as in "
        "several coordinate systems: leave one list in.",
    )


def points_and_lines():
    named = ["甲厂,118.1675,24.5871,500,C26", "乙厂,118.1689,24.5889,,C27"]
    write(
        "points_with_radius.csv",
        "\n".join(["项目名称,经度,纬度,半径(m),行业", *named]) + "\n",
        evidence=ANGULAR,
        geometry="CIRCLE (118.1675 24.5871, 500)|POINT (118.1689 24.5889)",
        notes="table.note_points table.note_circles_degrees",
    )
    write(
        "radius_in_metres.csv",
        "名称,X,Y,缓冲半径\n罐区,2711000,39611000,50\n",
        evidence=f"{IN_ZONE_39} axis_order=yx",
        geometry="PLANE_CIRCLE (39611000 2711000, 50)",
        notes="table.note_circles",
    )
    write(
        "line_with_width.csv",
        "名称,点号,X,Y,宽度\n管线,1,2711000,39611000,20\n管线,2,2711000,39611500,\n",
        evidence=f"{IN_ZONE_39} axis_order=yx",
        geometry="POLYGON ((39611000 2710990, 39611500 2710990, 39611500 2711010, 39611000 2711010, "
        "39611000 2710990))",
        notes="table.note_strips",
    )
    write(
        "two_widths.csv",
        "名称,点号,X,Y,宽度\n管线,1,2711000,39611000,20\n管线,2,2711000,39611500,30\n",
        evidence=f"{IN_ZONE_39} axis_order=yx",
        geometry="-",
        problems="0:table.problem_width",
    )
    write(
        "numbered_points.csv",
        "id,lon,lat\n" + "".join(f"{k},{e},{n}\n" for k, (e, n) in enumerate(DEGREES[:3], 1)),
        evidence=ANGULAR,
        geometry="|".join(f"POINT ({e} {n})" for e, n in DEGREES[:3]),
        notes="table.note_points",
    )
    write(
        "lines.csv",
        "名称,类型,X,Y\n路,线,2711000,39611000\n路,线,2711100,39611000\n",
        evidence=f"{IN_ZONE_39} axis_order=yx",
        geometry="LINESTRING (39611000 2711000, 39611000 2711100)",
    )


def bad_tables():
    square = [f"{n},{e}" for n, e in SQUARE]
    write(
        "points_or_corners.csv",
        "编号,X,Y\n" + "".join(f"{k},{one}\n" for k, one in enumerate(square, 1)),
        message="points_or_corners.csv: its 4 rows can be points or the corners of one polygon or "
        "line: say which with --shape point, --shape polygon or --shape line.",
    )
    expect(
        "points_or_corners.csv",
        options="shape=polygon",
        geometry=IN_METRES,
        evidence=f"{IN_ZONE_39} axis_order=yx",
    )
    write(
        "unquoted_thousands.csv",
        table("点号,X,Y", ["2,711,000.5,611,000.5"]),
        message="unquoted_thousands.csv, line 2: 000.5 stands beyond the columns of the table; "
        "remove the delimiter too many, or put numbers with thousands separators in quotes.",
    )
    write(
        "rows_above_heading.csv",
        "J1,2711000,39611000\n" + table("点号,X,Y", square),
        message="rows_above_heading.csv, line 1: this row has coordinates, but stands above the "
        "heading; move the heading to the top.",
    )
    write(
        "open_quote.csv",
        table("点号,X,Y", square).replace("J3", '"J3'),
        message="open_quote.csv, line 4: a quotation mark is not closed, so rows of points stand in "
        "one cell; remove it, or close it.",
    )
    write(
        "shortened.csv",
        table("点号,X,Y", ["2711000.5,3.96E+07"]),
        message="shortened.csv, line 2: 3.96E+07 was shortened by a spreadsheet and has lost "
        "digits; give the column a number format with 3 decimals there and export it anew.",
    )
    write(
        "half_row.csv",
        table("点号,X,Y", [*square[:2], "2711100,", square[3]]),
        message="half_row.csv, line 4: one of the two coordinates is missing; write it, or delete "
        "the row.",
    )
    write(
        "two_systems.csv",
        table(
            "点号,X,Y,经度,纬度",
            [f"{one},{e},{n}" for one, (e, n) in zip(square, DEGREES, strict=True)],
        ),
        message="two_systems.csv has several pairs of coordinate columns (经度, 纬度; X, Y): leave one "
        "pair in, below a heading that names it.",
    )
    write(
        "one_row_swapped.csv",
        table("点号,X,Y", [*square[:2], "39611100,2711100", square[3]]),
        message="one_row_swapped.csv, line 4: 39611100, 2711100 are neither degrees nor Gauss-Krüger "
        "metres in China in the order of the other rows: correct the row, or name the columns "
        "经度/纬度 or X(北)/Y(东).",
    )
    write(
        "no_coordinates.csv",
        "名称,地址\n甲厂,某路1号\n",
        message="no_coordinates.csv holds no columns of coordinates: a heading with 经度 and 纬度 "
        "(longitude, latitude) or X and Y is expected, or rows of two numbers that are a place in "
        "China.",
    )
    write(
        "heading_only.csv",
        "点号,经度,纬度\n",
        message="heading_only.csv has a heading for coordinates, but no row with coordinates under "
        "it: fill in the rows.",
    )
    expect(
        "metres.csv",
        options="id=宗地号",
        message="metres.csv has no column 宗地号: correct --id-field; it has 点号, X坐标(m), "
        "Y坐标(m).",
    )
    expect(
        "metres.csv",
        options="encoding=UTF-8",
        message="metres.csv is no text in UTF-8: leave the encoding out, or give the right one "
        "(GB18030 for most Chinese files).",
    )
    expect(
        "metres.csv",
        options="encoding=klingon",
        message="klingon is no encoding of text known here, so metres.csv was not read: write "
        "GB18030 or UTF-8.",
    )
    expect(
        "metres.csv",
        options="crs=EPSG:99",
        message="EPSG:99 is no coordinate reference system known here, so metres.csv was not read: "
        "write an EPSG code such as EPSG:4490.",
    )


# --- text from a clipboard ---------------------------------------------------------------------


def pasted_texts():
    good = {"evidence": ANGULAR, "geometry": IN_DEGREES}
    sentence = "；".join(f"{k}、东经{e}，北纬{n}" for k, (e, n) in enumerate(DMS, 1))
    write(
        "sentence.txt", f"本项目用地拐点坐标为：{sentence}。\n", notes="table.note_corners", **good
    )
    lines = [f"{k}. E{e} N{n}；" for k, (e, n) in enumerate(DMS, 1)]
    write("letter.txt", "一号地块\n" + "\n".join(lines) + "\n", notes="table.note_left_out", **good)
    (n1, e1), (n2, e2), (n3, e3), (n4, e4) = SQUARE
    mixed = (
        f"J1 {n1}.000 {e1}.000\nJ2; {n2}.000; {e2}.000\nJ3，{n3}.000 ，{e3}.000\nJ4\t{n4}\t{e4}\n"
    )
    write("mixed_separators.txt", mixed, evidence=f"{IN_ZONE_39} axis_order=yx", geometry=IN_METRES)
    named = "".join(f"J{k}: X={n}.000 Y={e}.000\n" for k, (n, e) in enumerate(SQUARE, 1))
    write("x_and_y.txt", named, evidence=f"{IN_ZONE_39} axis_order=yx", geometry=IN_METRES)
    write(
        "extent.txt",
        "东经118°10′03″，北纬24°35′13.56″～24°35′20.04″\n",
        message="extent.txt, line 1: 24°35'20.04\" is a coordinate without a partner; write each point "
        "as a pair.",
    )
    write(
        "prose.txt",
        "本项目位于海湾市，面积约12公顷。\n",
        message="prose.txt holds no columns of coordinates: a heading with 经度 and 纬度 (longitude, "
        "latitude) or X and Y is expected, or rows of two numbers that are a place in China.",
    )


# --- workbooks ---------------------------------------------------------------------------------


def workbooks():
    def book(file, **sheets):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for name, lines in sheets.items():
            sheet = made.create_sheet(name)
            for line in lines:
                sheet.append(line)
        made.save(FOLDER / file)

    metres = [["点号", "X(北)", "Y(东)"], *([f"J{k}", n, e] for k, (n, e) in enumerate(SQUARE, 1))]
    beside = [["点号", "X(北)", "Y(东)"], *([f"J{k}", n, e] for k, (n, e) in enumerate(BESIDE, 1))]
    good = {"evidence": f"{IN_ZONE_39} axis_order=yx"}
    book("two_sheets.xlsx", 说明=[["填表说明"]], 甲=metres, 乙=beside)
    expect(
        "two_sheets.xlsx",
        message="two_sheets.xlsx has coordinates on several sheets (甲, 乙): "
        "name one of them (--sheet).",
    )
    expect("two_sheets.xlsx", options="sheet=乙", geometry=polygon(BESIDE), **good)
    expect(
        "two_sheets.xlsx",
        options="sheet=丙",
        message="two_sheets.xlsx has no sheet 丙: choose one of 说明, 甲, 乙.",
    )
    book("one_sheet.xlsx", 说明=[["填表说明"]], 坐标=metres)
    expect("one_sheet.xlsx", geometry=IN_METRES, **good)
    texts = [metres[0], *([a, f"{n:,}", str(e)] for a, n, e in metres[1:])]
    book("numbers_as_text.xlsx", 坐标=texts)
    expect("numbers_as_text.xlsx", geometry=IN_METRES, **good)
    hours = datetime.timedelta
    typed = [
        [f"J{k}", hours(hours=118, minutes=10, seconds=e), hours(hours=24, minutes=35, seconds=n)]
        for k, (e, n) in enumerate([(3, 13.56), (3, 20.04), (8.04, 20.04), (8.04, 13.56)], 1)
    ]
    book("typed_with_colons.xlsx", 坐标=[["点号", "经度", "纬度"], *typed])
    expect("typed_with_colons.xlsx", evidence=ANGULAR, geometry=IN_DEGREES)
    (FOLDER / "text_named.xlsx").write_text("点号,X,Y\n", encoding="utf-8")
    expect(
        "text_named.xlsx",
        message="text_named.xlsx is no Excel workbook, whatever its ending "
        "says: open it and save it anew as .xlsx or CSV.",
    )
    whole = (FOLDER / "one_sheet.xlsx").read_bytes()
    (FOLDER / "cut_off.xlsx").write_bytes(whole[: len(whole) // 2])
    expect(
        "cut_off.xlsx",
        message="cut_off.xlsx cannot be read as an Excel workbook, it is damaged "
        "or protected by a password: open it in Excel or WPS and save it anew as .xlsx.",
    )
    expect("old.xls", geometry=IN_METRES, **good)


def main():
    """Write all files and expected.csv."""
    one = [
        (2711113.450, 39611494.787),
        (2712221.240, 39611485.965),
        (2712229.351, 39612499.557),
        (2711121.558, 39612508.460),
    ]
    two = [
        (2711448.212, 39611796.235),
        (2711449.832, 39611998.965),
        (2711671.390, 39611997.192),
        (2711669.770, 39611794.466),
    ]
    expect("one_parcel.txt", crs="EPSG:4527", geometry=polygon(one, two))
    for make in (
        boundary_files,
        boundary_grids,
        boundary_files_of_degrees,
        bad_boundary_files,
        cass_files,
        tables_of_degrees,
        doubtful_degrees,
        tables_of_metres,
        points_and_lines,
        bad_tables,
        pasted_texts,
        workbooks,
    ):
        make()
    columns = list(Expected.__dataclass_fields__)
    with (Path(__file__).parent / "expected.csv").open(encoding="utf-8", newline="") as stream:
        kept = [Expected(**row) for row in csv.DictReader(stream) if row["file"].startswith("gis/")]
    with (FOLDER / "expected.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([getattr(row, name) for name in columns] for row in [*EXPECTED, *kept])


if __name__ == "__main__":
    main()
