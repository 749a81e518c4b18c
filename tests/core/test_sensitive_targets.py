# SPDX-License-Identifier: GPL-2.0-or-later
"""Targets around a site and their people, counted by hand and by brute force on the ellipsoid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer

from eco_onemap.core.further.further_checks import MOST_TARGET_SITES, within_reach
from eco_onemap.core.further.sensitive_targets import MOST_LISTED, exposure_class
from eco_onemap.core.options import Options

from .worlds import DAY, LONLAT, PLANE, check, entry, point, rect, sites, table

TARGETS = entry(
    "targets",
    "sensitive",
    fields={n: n for n in ("id", "name", "kind", "population", "households")},
)


def world(shapes, *rows, options=None):
    """Sites and targets: geometry, id, name, kind, people."""
    columns = list(zip(*rows, strict=True))
    layer = table(
        columns[0], id=columns[1], name=columns[2], kind=columns[3], population=columns[4],
        households=["9"] * len(rows),
    )  # fmt: skip
    return check(sites(*shapes), [(TARGETS, layer)], options=options or Options(as_of=DAY)).further


def sums(found):
    return {
        (row["site_id"], row["within_m"]): (row["targets"], row["population"], row["uncounted"])
        for row in found["site_population"].rows()
    }


SITE = rect(0, 0, 100, 100)


def test_people_within_each_distance_of_the_boundary() -> None:
    found = world(
        [SITE],
        (point(140, 50), "a", "小学", "学校", "300"),  # 40 m east of the boundary
        (point(50, 590), "b", "医院", "医院", 120.0),  # 490 m north
        (rect(-4900, 0, 100, 100), "c", "大村", "村庄", "1,500"),  # nearest edge 4,800 m west
        (point(50, 5150), "d", "远村", "村庄", 9000),  # 5,050 m north
    )
    assert sums(found) == {
        ("s1", 50.0): (1, 300, 0),
        ("s1", 500.0): (2, 420, 0),
        ("s1", 5000.0): (3, 1920, 0),
    }
    rows = list(found["site_target"].rows())
    assert [row["feature_id"] for row in rows] == ["a", "b", "c"]  # nearest first
    assert [row["within_m"] for row in rows] == [50, 500, 5000]
    assert [row["distance_m"] for row in rows] == pytest.approx([40, 490, 4800], rel=2e-4)
    bearings = [row["bearing_deg"] for row in rows]
    assert bearings == pytest.approx([90, 0, 270], abs=1.0)  # the plane's north is not quite true
    assert [row["exposure"] for row in found["site_population"].rows()] == ["", "", "E3"]


def test_one_target_in_several_features_counts_once() -> None:
    found = world(
        [SITE],
        (rect(200, 0, 10, 10), "a1", "新村", "村庄", 800),
        (rect(300, 0, 10, 10), "a2", "新村", "村庄", 800),
        (rect(400, 0, 10, 10), "b", "新村", "学校", 50),  # the same name, another kind
        (rect(450, 0, 10, 10), "", "", "村庄", 5),
        (rect(460, 0, 10, 10), "", "", "村庄", 5),  # no name: by the number of the feature
    )
    assert sums(found)["s1", 500.0] == (4, 860, 0)
    assert [row["feature_id"] for row in found["site_target"].rows()][:2] == ["a1", "b"]


def test_people_that_nobody_stated_are_told_apart_from_none() -> None:
    found = world(
        [SITE],
        (point(200, 0), "a", "甲", "村庄", None),
        (point(210, 0), "b", "乙", "村庄", "约三百"),
        (point(220, 0), "c", "丙", "村庄", -1),
        (point(230, 0), "d", "丁", "村庄", 0),
    )
    assert sums(found)["s1", 5000.0] == (4, 0, 3)
    assert np.isnan([row["population"] for row in found["site_target"].rows()][:3]).all()


@pytest.mark.parametrize(
    ("near", "far", "expected"),
    [
        (0, 0, "E3"),
        (500, 10_000, "E3"),
        (501, 0, "E2"),
        (0, 10_001, "E2"),
        (1000, 50_000, "E2"),
        (1001, 0, "E1"),
        (0, 50_001, "E1"),
    ],
)
def test_classes_begin_above_their_limits(near, far, expected) -> None:
    assert exposure_class(np.array([near]), np.array([far])).tolist() == [expected]


def test_sums_are_those_of_a_brute_force_on_the_ellipsoid() -> None:
    random = np.random.default_rng(7)
    places = random.uniform(-6000, 6000, (300, 2))
    people = random.integers(0, 400, 300)
    shapes = [rect(x, y, 120, 80) for x, y in random.uniform(-2000, 2000, (12, 2))]
    rows = [
        (point(x, y), str(n), f"t{n}", "村庄", int(people[n])) for n, (x, y) in enumerate(places)
    ]
    found = sums(world(shapes, *rows))
    geod, move = Geod(ellps="GRS80"), Transformer.from_crs(PLANE, LONLAT, always_xy=True)
    for number, shape in enumerate(shapes, start=1):
        border = shapely.segmentize(shape, 0.05).exterior.coords  # points every 5 cm
        lon, lat = move.transform(*np.array(border).T)
        distance = np.empty(300)
        for target, (geometry, *_) in enumerate(rows):
            at = move.transform(geometry.x, geometry.y)
            plane = np.hypot(*(np.array(border) - [geometry.x, geometry.y]).T)
            close = np.argsort(plane)[:3]
            lengths = geod.inv(np.full(3, at[0]), np.full(3, at[1]), lon[close], lat[close])[2]
            distance[target] = 0 if shape.contains(geometry) else min(lengths)
        for within in (50.0, 500.0, 5000.0):
            assert not (abs(distance - within) < 0.01).any()  # none is a matter of rounding
            inside = distance <= within
            assert found[f"s{number}", within] == (inside.sum(), people[inside].sum(), 0)


def test_only_the_nearest_are_listed_and_all_are_counted() -> None:
    rows = [(point(600 + 10 * n, 0), str(n), f"t{n}", "村庄", 1) for n in range(200)]
    found = world([SITE], *rows)
    assert len(found["site_target"]) == MOST_LISTED
    assert sums(found)["s1", 5000.0] == (200, 200, 0)


def test_people_around_very_many_sites_are_not_counted() -> None:
    options = Options(as_of=DAY)
    assert within_reach(options, MOST_TARGET_SITES) == options
    many = within_reach(options, MOST_TARGET_SITES + 1)
    assert many == replace(options, target_reach_m=0.0)
    assert "site_population" not in world(
        [SITE], (point(200, 0), "a", "甲", "村庄", 1), options=many
    )
