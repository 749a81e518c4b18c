# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines cut into sheets: everything is on one of them, turned along, at the printed scale."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from eco_onemap.layout.paper import PaperSize
from eco_onemap.layout.strips.paper import StripPaper
from eco_onemap.layout.strips.place_bars import bars_height_mm
from eco_onemap.layout.strips.place_labels import beyond, find_ticks, place_chainages
from eco_onemap.layout.strips.windows import (
    BEYOND_MM,
    MOST_SHEETS,
    cut_course,
    find_scale,
    match_lines,
)
from tests.layout.lines import course_of
from tests.layout.town import line

ON = StripPaper().map
STRAIGHT = line((0, 0), (20_000, 0))
BENT = line((0, 0), (4000, 3000), (4500, 9000), (12_000, 9500), (15_000, 4000))
HAIRPIN = line((0, 0), (3000, 0), (3000, 60), (100, 60), (100, 120), (3000, 120))
WEST = line((9000, 0), (5000, 900), (0, 500))


def stretch_on_page(course, window):
    (shape,) = window.on_page(ON, [course.stretch(window.part, window.from_m, window.to_m)])
    return shape


@pytest.mark.parametrize("shape", [STRAIGHT, BENT, HAIRPIN, WEST])
@pytest.mark.parametrize("scale", [5000, 10_000, 25_000])
def test_sheets_follow_one_another_and_hold_the_whole_line(shape, scale):
    course = course_of(shape, start_m=1000.0)
    windows = cut_course(course, ON, scale)
    assert windows[0].from_m == 1000.0
    assert windows[-1].to_m == pytest.approx(1000.0 + shape.length, rel=3e-4)
    assert [window.number for window in windows] == list(range(1, len(windows) + 1))
    for one, other in pairwise(windows):
        assert one.to_m == other.from_m
        assert one.to_m == pytest.approx(round(one.to_m, -1), abs=1e-6)  # easy to say
    for window in windows:
        west, north, east, south = stretch_on_page(course, window).bounds
        assert west >= ON.x_mm + BEYOND_MM - 1e-6
        assert east <= ON.right_mm - BEYOND_MM + 1e-6
        assert north >= ON.y_mm
        assert south <= ON.bottom_mm


@pytest.mark.parametrize("shape", [STRAIGHT, BENT, WEST])
def test_the_line_runs_from_left_to_right_along_each_sheet(shape):
    course = course_of(shape)
    for window in cut_course(course, ON, 10_000):
        points = shapely.get_coordinates(stretch_on_page(course, window))
        (left, first), (right, last) = points[0], points[-1]
        assert right > left
        assert last == pytest.approx(first, abs=1e-6)


def test_what_lies_left_of_the_line_lies_above_it():
    course = course_of(WEST)
    for window in cut_course(course, ON, 10_000):
        start, end = (
            course.part(1).points(np.array([at]))[0] for at in (window.from_m, window.to_m)
        )
        along = end - start
        left = shapely.points((start + end) / 2 + 0.05 * np.array([-along[1], along[0]]))
        (on_left, middle) = window.on_page(ON, [left, shapely.points((start + end) / 2)])
        assert on_left.y < middle.y  # y runs down


def test_a_known_length_has_the_printed_scale():
    course = course_of(BENT)
    for window in cut_course(course, ON, 10_000):
        (shape,) = window.on_page(ON, [line((2000, 2000), (2300, 2400))])
        assert shape.length == pytest.approx(500 * 1000 / 10_000, rel=1e-9)


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=30, deadline=None)
def test_places_of_the_page_and_the_ground_are_the_same(across, down):
    window = cut_course(course_of(BENT), ON, 25_000)[1]
    place = np.array([[ON.x_mm + across * ON.width_mm, ON.y_mm + down * ON.height_mm]])
    (back,) = window.on_page(ON, [shapely.points(window.on_ground(ON, place)[0])])
    assert (back.x, back.y) == pytest.approx(tuple(place[0]), abs=1e-6)
    assert window.ground(ON).buffer(1e-6).contains(shapely.points(window.on_ground(ON, place)[0]))


def test_bends_too_wide_for_the_map_make_shorter_sheets():
    zigzag = line(*[(200 * n, 600 * (n % 2)) for n in range(12)])
    windows = cut_course(course_of(zigzag), ON, 5000)
    straight = cut_course(course_of(line((0, 0), (zigzag.length, 0))), ON, 5000)
    assert len(windows) > len(straight)


def test_sheets_of_a_straight_line_are_about_equally_long():
    windows = cut_course(course_of(STRAIGHT), ON, 10_000)
    lengths = [window.to_m - window.from_m for window in windows]
    room = (ON.width_mm - 2 * BEYOND_MM) * 10
    assert len(windows) == math.ceil(20_000 / (room // 50 * 50))  # as few as there can be
    assert max(lengths) - min(lengths) <= 0.35 * room


def test_parts_that_do_not_join_have_their_own_sheets():
    course = course_of(line((0, 0), (1000, 0)), line((1300, 0), (2300, 0)))
    windows = cut_course(course, ON, 10_000)
    assert [window.part for window in windows] == [1, 2]
    assert match_lines(course, windows, 1000.0) == []


@pytest.mark.parametrize("shape", [STRAIGHT, BENT, WEST])
def test_neighbours_meet_in_one_line_and_show_ground_beyond_it(shape):
    course = course_of(shape)
    windows = cut_course(course, ON, 10_000)
    matches = match_lines(course, windows, 10_000.0)
    assert len(matches) == len(windows) - 1
    for match, (one, other) in zip(matches, pairwise(windows), strict=True):
        assert match.sheets == (one.number, other.number)
        assert match.at_m == one.to_m
        (place,) = course.part(1).points(np.array([match.at_m]))
        assert match.line.distance(shapely.points(place)) < 1e-3
        for window in (one, other):
            ground = window.ground(ON)
            veil = beyond(match, window, ground)
            own = course.stretch(1, window.from_m, window.to_m)
            # some of a sheet's ground is its neighbour's, but next to nothing of its line
            assert 0.02 < veil.area / ground.area < 0.4
            assert shapely.intersection(veil, own).length < 0.05 * own.length
        assert one.ground(ON).intersection(other.ground(ON)).area > 0


@pytest.mark.parametrize(
    ("length_m", "scale", "most"),
    [
        (200, 1000, 1),  # 239 mm between the match lines: 1:1000 holds 239 m
        (450, 2000, 1),
        (1100, 5000, 1),
        (2000, 10_000, 1),
        (20_000, 10_000, 9),
        (100_000, 25_000, 18),
        (400_000, 100_000, 18),
    ],
)
def test_the_scale_is_a_usual_one_that_needs_few_sheets(length_m, scale, most):
    course = course_of(line((0, 0), (length_m, 0)))
    assert find_scale(course, ON) == scale
    assert len(cut_course(course, ON, scale)) <= min(most, MOST_SHEETS)


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("layers", [0, 1, 5, 30])
def test_maps_grow_where_there_are_few_bars(size, layers):
    paper = StripPaper(size, bars_height_mm(layers))
    full = StripPaper(size)
    assert paper.map.within(paper.content)
    assert paper.map.height_mm >= full.map.height_mm
    assert paper.map.width_mm == full.map.width_mm
    boxes = [paper.title_band, paper.map, paper.scale_strip, paper.bars, paper.footer]
    for one, other in pairwise(boxes):
        assert one.bottom_mm <= other.y_mm


def test_ticks_stand_at_round_chainages_square_to_the_line():
    course = course_of(BENT, start_m=12_340.0)
    ticks = find_ticks(course, 10_000)
    named = [tick.at_m for tick in ticks if tick.is_named]
    assert named[0] == 12_400.0
    assert {round(b - a, 6) for a, b in pairwise(named)} == {200.0}
    assert {round(b.at_m - a.at_m, 6) for a, b in pairwise(ticks)} == {40.0}
    part = course.part(1)
    for tick in ticks[5:-5:7]:
        (x, y), (x2, y2) = shapely.get_coordinates(tick.line)
        (along,) = part.directions(np.array([tick.at_m]))
        (place,) = part.points(np.array([tick.at_m]))
        assert abs((x2 - x) * along[0] + (y2 - y) * along[1]) < 1e-6 * tick.line.length
        assert ((x + x2) / 2, (y + y2) / 2) == pytest.approx(tuple(place), abs=1e-6)


@pytest.mark.parametrize("shape", [STRAIGHT, BENT, WEST])
def test_chainages_stand_on_the_map_beside_the_line_and_apart(shape):
    course = course_of(shape)
    for window in cut_course(course, ON, 10_000):
        labels = place_chainages(course, window, ON, [])
        (road,) = window.on_page(ON, [course.line])
        assert len(labels) >= 0.7 * (window.to_m - window.from_m) / 200 - 1
        for number, label in enumerate(labels):
            box = shapely.box(
                label.box.x_mm, label.box.y_mm, label.box.right_mm, label.box.bottom_mm
            )
            assert label.box.within(ON)
            assert not box.intersects(road)
            assert box.distance(road) < 8
            assert not any(label.box.overlaps(other.box) for other in labels[:number])
