# SPDX-License-Identifier: GPL-2.0-or-later
"""Round scales, views and grid intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.layout.paper import Box
from eco_onemap.layout.scales import (
    FILLED_SHARE,
    SCALES,
    bar_segment,
    detail_view,
    fitting_view,
    main_view,
    round_interval,
    round_scale,
    shifted_view,
)
from eco_onemap.layout.sheet import View
from tests.layout.sheets import A4

MAP = A4.map


def around(distance):
    """Bounds of a site of 400 m × 300 m at the origin and *distance* metres around it."""
    return -distance, -distance, 400 + distance, 300 + distance


def test_scales_are_the_first_round_ones_that_show_enough():
    assert round_scale(1) == 500
    assert round_scale(500) == 500
    assert round_scale(501) == 1000
    assert round_scale(10_001) == 25_000
    assert round_scale(1_000_001) == 2_000_000


def test_one_kilometre_around_a_site_needs_1_to_25000():
    # 2.3 km on 144 mm · 0.92 is 1:17,361; the next round scale shows it
    view = main_view(around(0), [around(1000)], MAP)
    assert view == View(200, 150, 25_000)


def test_the_site_stands_in_the_middle_if_there_is_room():
    # 1 km to the east only: 1:10000 shows 1.8 km, the site cannot stay in its middle
    east = (0, 0, 1400, 300)
    assert main_view(around(0), [east], MAP) == View(700, 150, 10_000)
    assert main_view(around(0), [around(500), (0, 0, 900, 300)], MAP).x == 200


def test_a_small_site_gets_a_detail_and_a_large_one_none():
    assert detail_view(around(0), View(200, 150, 50_000)) == View(200, 150, 10_000)
    assert detail_view(around(0), View(200, 150, 5000)) is None


def test_a_point_site_without_rings_is_shown_at_the_largest_scale():
    assert main_view((7, 9, 7, 9), [], MAP) == View(7, 9, 500)


def test_a_point_has_no_detail():
    assert detail_view((7, 9, 7, 9), View(7, 9, 50_000)) is None


def test_bounds_of_a_view_have_the_scale_of_the_paper():
    west, south, east, north = View(1000, 2000, 10_000).bounds(180, 144)
    assert (east - west, north - south) == (1800, 1440)
    assert ((west + east) / 2, (south + north) / 2) == (1000, 2000)


@pytest.mark.parametrize(
    ("scale", "interval"), [(500, 20), (10_000, 500), (25_000, 1000), (50_000, 2000)]
)
def test_grid_intervals_are_round(scale, interval):
    assert round_interval(scale, 40) == interval


@pytest.mark.parametrize("scale", SCALES)
def test_scale_bar_parts_are_round_and_about_ten_millimetres(scale):
    part = bar_segment(scale, 10)
    assert 8 <= part * 1000 / scale <= 12.5
    assert f"{part:e}"[:3].rstrip("0.") in {"1", "2", "2.5", "5"}


def test_a_view_moves_to_show_more_of_what_is_wished():
    """A map of 100 × 50 km: the held area lies at its left, the wished one reaches far right."""
    on, view = Box(0, 0, 100, 50), View(0.0, 0.0, 1_000_000)
    held, wished = (-10_000, -5_000, 10_000, 5_000), (-30_000, -20_000, 300_000, 20_000)
    moved = shifted_view(view, held, wished, on)
    assert moved.x == pytest.approx(20_000)  # the wished area begins at the frame
    assert moved.y == pytest.approx(0.0)  # all of it is seen: nothing to gain
    assert moved.scale == view.scale


def test_a_view_never_leaves_what_it_must_hold():
    on, view = Box(0, 0, 100, 50), View(0.0, 0.0, 1_000_000)
    held = (-40_000, -20_000, 40_000, 20_000)
    moved = shifted_view(view, held, (500_000, 500_000, 600_000, 600_000), on)
    west, south, east, north = moved.bounds(100, 50)
    assert west < held[0] < held[2] < east
    assert south < held[1] < held[3] < north
    assert (moved.x, moved.y) == pytest.approx((48_000 - 40_000, 24_000 - 20_000))


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0.1, 2e5), st.floats(0.1, 2e5))
def test_views_show_what_they_must(x, y, width, height):
    view = fitting_view((x, y, x + width, y + height), MAP.width_mm, MAP.height_mm)
    west, south, east, north = view.bounds(
        MAP.width_mm * FILLED_SHARE, MAP.height_mm * FILLED_SHARE
    )
    slack = 1e-6 * max(abs(x), abs(y), width, height, 1)
    assert west <= x + slack and south <= y + slack
    assert east >= x + width - slack and north >= y + height - slack
