# SPDX-License-Identifier: GPL-2.0-or-later
"""Neighbouring counties and cities within a distance, their shares, and whom to consult."""

from __future__ import annotations

import math

import pytest

from eco_onemap.core.options import Options

from .worlds import DAY, check, entry, point, rect, sites, table

ADMIN = entry("admin", "admin", fields={"id": "code", "name": "name", "code": "code", "level": "l"})
CODES = ["990101", "990102", "990201", "990100"]
COUNTIES = table(
    # two counties side by side, one of another city behind, and the first city's sea
    [rect(0, 0, 10_000, 10_000), rect(10_000, 0, 10_000, 10_000), rect(20_000, 0, 9000, 10_000),
     rect(0, -10_000, 29_000, 10_000)],
    code=CODES, name=["甲县", "乙县", "丙县", "本市海域"], l=["县级", "县级", "县级", "市级"],
)  # fmt: skip


def neighbours(shape, consult_m=2500.0):
    options = Options(as_of=DAY, consult_m=consult_m)
    return list(
        check(sites(shape), [(ADMIN, COUNTIES)], options=options).further["neighbour"].rows()
    )


def told(rows):
    return {row["code"]: (row["relation"], row["consult"]) for row in rows}


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        # in the middle of a county
        (rect(5000, 5000, 100, 100), {"990101": ("own", "")}),
        # 500 m from the next county
        (
            rect(9400, 5000, 100, 100),
            {"990101": ("own", ""), "990102": ("neighbour", "consult")},
        ),
        # across the border: both are the site's own, and both are to be heard
        (rect(9950, 5000, 100, 100), {"990101": ("own", "consult"), "990102": ("own", "consult")}),
        # its own city's sea is no neighbour
        (rect(5000, 100, 100, 100), {"990101": ("own", ""), "990100": ("above", "")}),
        # on the shore, partly at sea: one county, one city
        (rect(5000, -50, 100, 100), {"990101": ("own", ""), "990100": ("own", "")}),
        # another city's county
        (
            rect(19_000, 5000, 100, 100),
            {"990102": ("own", ""), "990201": ("neighbour", "consult")},
        ),
        # a county of another city, whose sea it is not
        (
            rect(22_000, 100, 100, 100),
            {
                "990201": ("own", ""),
                "990102": ("neighbour", "consult"),
                "990100": ("neighbour", "consult"),
            },
        ),
    ],
)
def test_neighbours_within_the_distance_are_to_be_consulted(shape, expected):
    assert told(neighbours(shape)) == expected


@pytest.mark.parametrize(("consult_m", "found"), [(499.0, False), (501.0, True)])
def test_the_distance_is_the_users(consult_m, found):
    rows = neighbours(rect(9400, 5000, 100, 100), consult_m)
    assert ("990102" in told(rows)) is found


def test_no_distance_means_no_table():
    options = Options(as_of=DAY, consult_m=0.0)
    assert (
        "neighbour"
        not in check(sites(rect(0, 0, 9, 9)), [(ADMIN, COUNTIES)], options=options).further
    )


def test_shares_of_the_ground_around_are_those_of_a_circle_cut_by_the_border():
    # a point 1000 m from the border, 2500 m around it: the segment beyond it
    radius, depth = 2500.0, 1000.0
    segment = radius**2 * math.acos(depth / radius) - depth * math.sqrt(radius**2 - depth**2)
    rows = {row["code"]: row for row in neighbours(point(9000, 5000))}
    beyond = rows["990102"]
    assert beyond["distance_m"] == pytest.approx(1000, abs=0.5)
    assert beyond["area_m2"] == pytest.approx(segment, rel=2e-3)
    assert beyond["share_pct"] == pytest.approx(100 * segment / (math.pi * radius**2), rel=2e-3)
    assert sum(row["share_pct"] for row in rows.values()) == pytest.approx(100, abs=0.01)


def test_far_from_borders_the_ground_is_the_own_countys():
    (row,) = neighbours(point(5000, 5000))
    assert row["share_pct"] == 100.0
    assert math.isnan(row["area_m2"])  # not measured where no border is near
