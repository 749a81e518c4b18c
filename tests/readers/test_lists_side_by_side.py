# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists of points side by side: the same sites as one below the other, or a refusal."""

from __future__ import annotations

import io
from itertools import chain

import numpy as np
import openpyxl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.readers.sites.tables.options import TableOptions
from eco_onemap.readers.sites.tables.reading import parse_pasted, parse_table
from eco_onemap.readers.sites.txt_rows import Shape

NOTE = "table.note_side_by_side"
HEADING = ["点号", "X", "Y"]

# A hexagon whose halves, read row by row, would cross: corners as (north, east).
HEXAGON = [(0, 0), (80, -20), (160, 0), (160, 100), (80, 120), (0, 100)]


def corners(*, north: float = 2711000, east: float = 39611000, of=HEXAGON):
    return [(north + n, east + e) for n, e in of]


def polygon(points) -> shapely.Polygon:
    return shapely.Polygon([(e, n) for n, e in points])


def listed(points, first: int = 1, mark: str = "J"):
    return [[f"{mark}{k}", f"{n:.3f}", f"{e:.3f}"] for k, (n, e) in enumerate(points, first)]


def beside(*lists):
    """Rows with one row of each list; shorter lists leave blank cells."""
    length = max(map(len, lists))
    width = len(lists[0][0])
    padded = [one + [[""] * width] * (length - len(one)) for one in lists]
    return [list(chain(*row)) for row in zip(*padded, strict=True)]


def text(rows, delimiter: str = ",") -> str:
    return "\n".join(delimiter.join(row) for row in rows) + "\n"


def same(sites, *points) -> None:
    assert len(sites) == len(points)
    for found, expected in zip(sites.geometries, points, strict=True):
        assert found.normalize().equals_exact(polygon(expected).normalize(), 1e-9)


def refused(content: str, key: str) -> None:
    with pytest.raises(SiteError) as caught:
        parse_pasted(content)
    assert caught.value.message.key == key
    assert all(caught.value.message.text(language) for language in LANGUAGES)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("heading", [HEADING * 2, None])
@pytest.mark.parametrize("mark", ["J", "", "BP-"])
def test_down_the_first_list_then_down_the_second(delimiter, heading, mark):
    points = listed(corners(), mark=mark)
    rows = beside(points[:3], points[3:])
    sites = parse_pasted(text([*([heading] if heading else []), *rows], delimiter))
    same(sites, corners())
    assert NOTE in [note.key for note in sites.notes]


def test_row_by_row_where_the_numbers_say_so():
    points = listed(corners())
    same(parse_pasted(text([HEADING * 2, *beside(points[::2], points[1::2])])), corners())
    same(parse_pasted(text([HEADING * 3, *beside(points[::3], points[1::3], points[2::3])])),
         corners())  # fmt: skip


def test_lists_of_different_length_and_the_closing_row_at_the_top_of_a_list():
    closed = [*listed(corners()), listed(corners())[0]]
    same(parse_pasted(text([HEADING * 2, *beside(closed[:4], closed[4:])])), corners())
    same(parse_pasted(text([HEADING * 2, *beside(closed[:6], closed[6:])])), corners())
    same(parse_pasted(text([HEADING * 3, *beside(closed[:3], closed[3:5], closed[5:])])), corners())


@pytest.mark.parametrize("titles", [["地块一", "", "", "地块二"], None])
def test_a_list_that_begins_anew_is_another_site(titles):
    other = corners(east=39611400, of=HEXAGON[:5])
    rows = [HEADING * 2, *beside(listed(corners()), listed(other))]
    sites = parse_pasted(text([*([titles] if titles else []), *rows]))
    same(sites, corners(), other)
    assert sites.names.tolist() == (["地块一", "地块二"] if titles else ["", ""])


def test_parcels_one_below_the_other_with_two_lists_each():
    other = corners(east=39611400, of=HEXAGON[:5])
    first, second = listed(corners()), listed(other)
    rows = [
        ["地块名称", *HEADING * 2],
        *(["甲" if not n else "", *row] for n, row in enumerate(beside(first[:3], first[3:]))),
        *(["乙" if not n else "", *row] for n, row in enumerate(beside(second[:3], second[3:]))),
    ]
    sites = parse_pasted(text(rows))
    same(sites, corners(), other)
    assert sites.names.tolist() == ["甲", "乙"]
    captions = [["甲"], HEADING * 2, *rows_of(first), ["乙"], HEADING * 2, *rows_of(second)]
    same(parse_pasted(text(captions)), corners(), other)


def rows_of(points):
    return beside(points[:3], points[3:])


def test_a_hole_in_the_second_list():
    hole = [(40, 20), (40, 60), (100, 60), (100, 20)]
    outer, inner = listed(corners()), listed(corners(of=hole), first=7)
    rows = beside([*outer, outer[0]], [*inner, inner[0]])
    (found,) = parse_pasted(text([HEADING * 2, *rows])).geometries
    assert found.area == pytest.approx(polygon(HEXAGON).area - polygon(hole).area, abs=1e-3)


def test_columns_that_count_rows_and_remarks_take_no_part():
    points = listed(corners())
    rows = beside(points[:3], points[3:])
    numbered = [[str(n), *row, "界桩" if n == 2 else ""] for n, row in enumerate(rows, 1)]
    same(parse_pasted(text([["序号", *HEADING * 2, "备注"], *numbered])), corners())


def test_a_workbook_with_two_rows_of_headings_and_a_blank_column_between():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某项目用地拐点坐标表（2000国家大地坐标系）"])
    sheet.append(["点号", "坐标", None, None, "点号", "坐标", None])
    sheet.append([None, "X", "Y", None, None, "X", "Y"])
    for k, ((n1, e1), (n2, e2)) in enumerate(zip(corners()[:3], corners()[3:], strict=True), 1):
        sheet.append([f"J{k}", n1, e1, None, f"J{k + 3}", n2, e2])
    stream = io.BytesIO()
    book.save(stream)
    sites = parse_table(stream.getvalue(), "two.xlsx")
    same(sites, corners())
    assert sites.evidence.datum == "CGCS2000"


def test_degrees_minutes_and_seconds_of_both_lists_in_columns_of_their_own():
    rows = """点号,经度,,,纬度,,,点号,经度,,,纬度,,
,度,分,秒,度,分,秒,,度,分,秒,度,分,秒
1,118,6,0,24,30,0,3,118,6,36,24,30,36
2,118,6,0,24,30,36,4,118,6,36,24,30,0
"""
    (found,) = parse_pasted(rows).geometries
    ring = [(118.1, 24.5), (118.1, 24.51), (118.11, 24.51), (118.11, 24.5)]
    assert found.normalize().equals_exact(shapely.Polygon(ring).normalize(), 1e-9)


def test_both_coordinates_in_a_cell():
    rows = [["点号", "坐标"] * 2, ["1", "118°06′00″ 24°30′00″", "3", "118°06′36″ 24°30′36″"],
            ["2", "118°06′00″ 24°30′36″", "4", "118°06′36″ 24°30′00″"]]  # fmt: skip
    (found,) = parse_pasted(text(rows)).geometries
    assert found.bounds == pytest.approx((118.1, 24.5, 118.11, 24.51))
    assert found.is_valid


def test_text_from_a_pdf_has_no_columns_but_numbers():
    points = listed(corners())
    rows = rows_of(points)
    for heading in ("", "点号 X Y 点号 X Y\n"):
        same(parse_pasted(heading + text(rows, " ")), corners())
    across = beside(points[::2], points[1::2])
    same(parse_pasted(text(across, "  ")), corners())


def test_what_does_not_tell_the_order_is_refused():
    points = listed(corners())
    letters = [[chr(65 + n), *row[1:]] for n, row in enumerate(points)]
    for rows in (rows_of(letters), [[*points[0], *points[4]], [*points[2], *points[1]]]):
        refused(text([HEADING * 2, *rows]), "table.order_of_lists")
    bare = [row[1:3] + row[4:] for row in rows_of(points)]
    refused(text([["X", "Y", "X", "Y"], *bare]), "table.several_columns")
    refused("X Y X Y\n" + text(bare, " "), "table.several_columns")


def test_a_list_below_headings_of_its_own_is_not_lost():
    points = listed(corners())
    refused(
        text([["点号", "X", "Y", "点号2", "X2", "Y2"], *rows_of(points)]), "table.several_columns"
    )
    moved = [[f"{float(n) - 37:.3f}", f"{float(e) - 38_999_883:.3f}"] for _, n, e in points]
    rows = [[*point, *other] for point, other in zip(points, moved, strict=True)]
    refused(text([["点号", "X", "Y", "原X", "原Y"], *rows]), "table.several_columns")
    areas = [[*point, "12.5", "30.2"] for point in points]  # no place near the points
    same(parse_pasted(text([["点号", "X", "Y", "高程", "坡度"], *areas])), corners())


def test_a_number_between_the_lists_is_out_of_place():
    rows = [["J1", "2711000", "39611000", "", "J3", "2711160", "39611100"],
            ["J2", "2711160", "39611000", "39611100"]]  # fmt: skip
    heading = [*HEADING, "", *HEADING]
    with pytest.raises(SiteError) as caught:
        parse_pasted(text([heading, *rows]))
    assert caught.value.message.text("en").startswith("clipboard, line 3: 39611100 stands beyond")


@pytest.mark.parametrize("away", [0.0, 3.7, 117.0, -38_000_000.0])
def test_the_same_points_in_two_systems_are_refused(away):
    # Xi'an 1980 lies about 100 m away, another central meridian much farther
    moved = [(n + away / 30, e + away) for n, e in corners()]
    rows = beside(listed(corners()), listed(moved))
    refused(text([HEADING * 2, *rows]), "table.same_points_twice")
    titles = ["1980西安坐标系", "", "", "2000国家大地坐标系"]
    refused(text([titles, HEADING * 2, *rows_of(listed(corners()))]), "table.same_points_twice")


def test_degrees_beside_metres_are_a_choice():
    rows = [[f"J{k}", f"{n}", f"{e}", "118.1", "24.5"] for k, (n, e) in enumerate(corners(), 1)]
    refused(text([["点号", "X", "Y", "经度", "纬度"], *rows]), "table.several_columns")


@given(st.integers(4, 40), st.integers(2, 4), st.booleans(), st.booleans(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_number_of_lists_gives_what_one_list_gives(count, lists, down, closed, with_heading):
    angles = np.linspace(0.0, 2.0 * np.pi, count, endpoint=False)
    radii = 100.0 + 40.0 * np.cos(3.0 * angles)
    ring = [(round(r * np.sin(a), 3), round(r * np.cos(a), 3))
            for r, a in zip(radii, angles, strict=True)]  # fmt: skip
    points = listed(corners(of=ring))
    points += points[:1] if closed else []
    size = -(-len(points) // lists)
    parts = (
        [points[k * size : (k + 1) * size] for k in range(lists)]
        if down
        else [points[k::lists] for k in range(lists)]
    )
    parts = [part for part in parts if part]
    rows = beside(*parts)
    content = text([*([HEADING * len(parts)] if with_heading else []), *rows])
    how = TableOptions(shape=Shape.POLYGON)
    one = parse_pasted(text([HEADING, *points]), how)
    found = parse_pasted(content, how)
    assert shapely.equals_exact(found.geometries, one.geometries, 0.0).all()
