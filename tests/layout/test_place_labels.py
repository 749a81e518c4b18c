# SPDX-License-Identifier: GPL-2.0-or-later
"""The analysis' labels on the map: on their rings, beside their lines, never on one another."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from eco_onemap.layout.page_frame import Drawn, box_polygon, on_ground, on_page
from eco_onemap.layout.paper import Box
from eco_onemap.layout.place_labels import MapLabels, place_labels, place_overlap_labels
from eco_onemap.layout.sheet import View
from tests.layout.sheets import A4

RINGS = ["500 m", "1000 m"]
MAP = A4.map
NORTH = Box(MAP.right_mm - 15.0, MAP.y_mm + 3.0, 12.0, 17.0)


def drawn(x=90.0, y=70.0, size=8.0, lines=()):
    """A square site with rings 20 and 40 mm around it; lines go from its middle to *lines*."""
    west, north = MAP.x_mm + x, MAP.y_mm + y
    site = shapely.box(west, north, west + size, north + size)
    middle = shapely.get_coordinates(site.centroid)[0]
    return Drawn(
        MAP,
        site,
        tuple(shapely.LineString([middle, (middle[0] + dx, middle[1] + dy)]) for dx, dy in lines),
        tuple(site.buffer(radius).boundary for radius in (20, 40)),
    )


def placed(sheet, name="滨江化工", lines=(), taken=(NORTH,)) -> MapLabels:
    return place_labels(sheet, RINGS, name, list(lines), list(taken))


def every(labels):
    return [*labels.rings, *labels.site, *labels.lines]


def assert_sound(labels, taken):
    boxes = [label.box for label in every(labels)]
    assert all(box.within(MAP) for box in boxes)
    for a, b in combinations([*boxes, *taken], 2):
        assert not a.overlaps(b) or {a, b} <= set(taken)


def test_each_ring_is_labelled_in_the_north_and_in_the_south():
    sheet = drawn()
    labels = placed(sheet)
    assert [label.text for label in labels.rings] == ["500 m", "500 m", "1000 m", "1000 m"]
    for label, ring in zip(labels.rings, [sheet.rings[0]] * 2 + [sheet.rings[1]] * 2, strict=True):
        assert shapely.Point(label.middle).distance(ring) < 1e-6
    north, south = labels.rings[0].middle, labels.rings[1].middle
    assert north[1] < sheet.site.bounds[1] < sheet.site.bounds[3] < south[1]


def test_the_name_stands_beside_the_site():
    sheet = drawn()
    (name,) = placed(sheet).site
    box = box_polygon(name.box)
    assert not box.intersects(sheet.site)
    assert box.distance(sheet.site) < 3


def test_a_line_is_labelled_beside_it_and_not_across_it():
    sheet = drawn(lines=[(40, -15)])
    (label,) = placed(sheet, lines=["生态保护红线 420.35 m"]).lines
    box = box_polygon(label.box)
    assert not box.intersects(sheet.essential)
    assert box.distance(sheet.lines[0]) < 3


def test_labels_of_lines_that_lie_close_together_stay_apart():
    lines = [(-14, 6), (-13, 9), (30, 3)]
    sheet = drawn(size=2, lines=lines)
    texts = ["饮用水取水口 445.92 m", "河流岸线 476.11 m", "生态保护红线 1189.28 m"]
    labels = placed(sheet, lines=texts)
    assert [label.text for label in labels.lines] == texts
    assert_sound(labels, [NORTH])
    for label in (*labels.lines, *labels.site):
        assert not box_polygon(label.box).intersects(sheet.essential), label.text


def test_no_label_hides_a_small_site_even_if_there_is_no_better_place():
    """All around the site is taken but for a strip across it."""
    sheet = drawn(size=4, lines=[(6, 0)])
    _, north, _, south = sheet.site.bounds
    above = Box(MAP.x_mm, MAP.y_mm, MAP.width_mm, north - MAP.y_mm - 2)
    below = Box(MAP.x_mm, south + 2, MAP.width_mm, MAP.bottom_mm - south - 2)
    east = Box(sheet.site.bounds[2] + 8, north - 2, 200, south - north + 4)
    labels = placed(sheet, name="", lines=["红线 4.20 m"], taken=[above, below, east])
    for label in labels.lines:
        assert not box_polygon(label.box).intersects(sheet.site)


def test_what_finds_no_place_is_not_written():
    labels = placed(drawn(), lines=(), taken=[MAP])
    assert every(labels) == []


def test_a_site_without_a_name_has_no_label():
    assert placed(drawn(), name="").site == ()


@settings(max_examples=60, deadline=None)
@given(
    x=st.floats(0, 170),
    y=st.floats(0, 134),
    size=st.floats(0.5, 60),
    lines=st.lists(st.tuples(st.floats(-60, 60), st.floats(-60, 60)), max_size=3),
    name=st.text(alphabet="海湾市化工厂abc", max_size=30),
)
def test_wherever_the_site_lies_labels_stand_apart(x, y, size, lines, name):
    taken = [NORTH, Box(MAP.x_mm, MAP.bottom_mm - 50, 46, 50)]
    texts = [f"图层{number} 123.45 m" for number in range(len(lines))]
    sheet = drawn(x, y, size, lines)
    labels = placed(sheet, name, texts, taken)
    assert_sound(labels, taken)
    for label in (*labels.lines, *labels.site):
        covered = box_polygon(label.box).intersection(sheet.site)
        assert covered.area <= 0.1 * sheet.site.area + 1e-9


def test_page_and_ground_are_two_names_of_one_place():
    view = View(600_200, 2_711_150, 25_000)
    (point,) = on_page(view, MAP, [shapely.Point(600_700, 2_711_400)])
    # 500 m east and 250 m north of the middle are 20 mm right and 10 mm up
    assert (point.x, point.y) == pytest.approx(
        (MAP.x_mm + MAP.width_mm / 2 + 20, MAP.y_mm + MAP.height_mm / 2 - 10)
    )
    assert on_ground(view, MAP, point.x, point.y) == pytest.approx((600_700, 2_711_400))


def test_the_sites_name_keeps_off_symbols_of_points():
    """A school east of the site, where the name would stand."""
    sheet = drawn()
    east = sheet.site.bounds[2] + 6.0, sheet.site.centroid.y
    school = shapely.Point(east).buffer(2.0)
    (plain,) = placed(sheet).site
    (moved,) = placed(replace(sheet, symbols=(school,))).site
    assert box_polygon(plain.box).intersects(school)
    assert not box_polygon(moved.box).intersects(school)


DETAIL = Box(20.0, 140.0, 46.0, 46.0)
NAME = "饮用水水源保护区（虚构）\n1.1136 公顷"
"""About 26 mm wide and 6 mm high on two lines."""


def in_detail(site, *pieces, text=NAME):
    """Labels of pieces of a site on a detail map, both given from its upper left corner."""
    moved = [
        shapely.transform(shape, lambda xy: xy + np.array([DETAIL.x_mm, DETAIL.y_mm]))
        for shape in (site, *pieces)
    ]
    sheet = Drawn(DETAIL, moved[0], (), ())
    return moved, place_overlap_labels(sheet, moved[1:], [text] * len(pieces))


def test_an_overlap_is_named_in_its_middle_where_it_has_room():
    site = shapely.box(3, 3, 43, 43)
    (_, piece), (label,) = in_detail(site, shapely.box(5, 5, 41, 41))
    assert label.text == NAME
    assert label.middle == pytest.approx(shapely.get_coordinates(piece.centroid)[0])
    assert box_polygon(label.box).within(piece)


def test_two_overlaps_of_the_same_ground_are_named_below_each_other():
    site = shapely.box(3, 3, 43, 43)
    (_, first, _), labels = in_detail(site, site, site)
    assert len(labels) == 2
    assert not labels[0].box.overlaps(labels[1].box)
    assert all(box_polygon(label.box).within(first) for label in labels)


def test_a_narrow_overlap_gets_a_narrow_name():
    site = shapely.box(3, 3, 23, 43)
    (_, piece), (label,) = in_detail(site, site)
    assert label.text.count("\n") > NAME.count("\n")
    assert label.text.replace("\n", "") == NAME.replace("\n", "")
    assert box_polygon(label.box).within(piece)


def test_an_overlap_without_room_is_named_beside_the_site():
    for corner in ((4, 4), (20, 20), (30, 6)):
        site = shapely.box(*corner, corner[0] + 10, corner[1] + 5)
        (moved, _), (label,) = in_detail(site, site)
        assert label.box.within(DETAIL)
        assert not box_polygon(label.box).intersects(moved)


def test_names_beside_the_site_stand_by_their_own_overlaps():
    site = shapely.box(14, 8, 32, 38)
    upper, lower = shapely.box(22, 8, 32, 14), shapely.box(22, 32, 32, 38)
    _, (first, second) = in_detail(site, upper, lower)
    assert first.middle[1] < DETAIL.y_mm + 20
    assert second.middle[1] > DETAIL.y_mm + 26


def test_a_narrow_name_by_its_overlap_is_better_than_a_wide_one_across_the_site():
    site = shapely.Polygon([(21, 4), (38, 28), (21, 41), (7, 18)])  # a diamond that fills the map
    lower = site.intersection(shapely.box(0, 28, 46, 46))
    _, (label,) = in_detail(site, lower, text="重点海域环境风险分区（虚构）\n0.3408 公顷")
    assert label.middle[1] > DETAIL.y_mm + 26


def test_a_name_without_a_free_place_is_left_out():
    site = shapely.box(1, 1, 45, 45)
    _, labels = in_detail(site, shapely.box(20, 20, 24, 24))
    assert labels == ()
