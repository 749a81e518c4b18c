# SPDX-License-Identifier: GPL-2.0-or-later
"""Every pass says by how much, by which condition, and what lies nearest, or that there is none.

A headroom is true if the rule speaks once its limit is moved by a little more than that, and stays
silent where it is moved by a little less.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from eco_onemap.core.law.rules import Measure, ProjectFilter, Relation
from eco_onemap.core.layers.catalogue import CoverageEntry, CoverageKind
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.options import Options

from .trees import tree
from .worlds import (
    DAY,
    PLANE,
    X0,
    Y0,
    MemoryRaster,
    check,
    entry,
    line,
    numbered,
    only,
    point,
    rect,
    rule,
    sites,
    table,
    verdicts,
)

BARE = Options(as_of=DAY, rings_m=())
YARD = rect(0, 0, 100, 100)
CONTAINS, COVERS = Relation.CONTAINS, Relation.COVERS


def told(asked, *zones, site=YARD, **more):
    """The passes of a rule at one site beside zones."""
    layer = [(entry(), numbered(*zones, **more))]
    return list(check(sites(site), layer, asked, options=BARE).further["pass"].rows())


def by_tree(text):
    return rule(when=tree(text))


def brief(row):
    return row["measure"], row["threshold"], round(row["headroom"], 3), row["unit"]


# --- whole features and whole sites -------------------------------------------------------------

HALF = rect(70, 0, 60, 100)  # half of it inside, on three tenths of the yard
AWAY = rect(300, 0, 50, 50)


@pytest.mark.parametrize(
    ("asked", "zones", "row", "nearest", "away"),
    [
        (rule(relation=CONTAINS), [HALF], ("feature_pct", 100, 50, "pct"), "f1", 0),
        (rule(relation=CONTAINS), [AWAY, HALF], ("feature_pct", 100, 50, "pct"), "f2", 0),
        (rule(relation=CONTAINS), [AWAY], ("feature_pct", 100, 100, "pct"), "f1", 200),
        (rule(relation=COVERS), [HALF], ("share_pct", 100, 70, "pct"), "f1", 0),
        (rule(relation=COVERS), [AWAY], ("share_pct", 100, 100, "pct"), "f1", 200),
        (by_tree("{contains: }"), [HALF], ("feature_pct", 100, 50, "pct"), "f1", 0),
        (by_tree("{inside: }"), [HALF], ("share_pct", 100, 70, "pct"), "f1", 0),
        # two zones of three tenths each, of which a tenth lies in both
        (
            *(by_tree("{covered: }"), [HALF, rect(50, 0, 30, 100)]),
            *(("share_pct", 100, 50, "pct"), "f1", 0),
        ),
    ],
)
def test_what_lies_inside_in_part_says_what_is_missing(asked, zones, row, nearest, away):
    (found,) = told(asked, *zones)
    assert brief(found) == row
    assert (found["nearest_id"], found["certainty"]) == (nearest, "exact")
    assert found["nearest_m"] == pytest.approx(away, abs=0.1)


def test_a_size_of_a_whole_feature_has_no_headroom_and_says_what_is_near():
    (row,) = told(rule(relation=CONTAINS, threshold=9e9), HALF)
    assert (row["certainty"], row["nearest_id"], row["nearest_name"]) == ("none", "f1", "Zone f1")
    assert math.isnan(row["headroom"])


# --- trees --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("{overlap: }", ("area_m2", 0, 50, "m")),
        ("{together: }", ("area_m2", 0, 50, "m")),
        ("{near: {distance_m: 30}}", ("distance_m", 30, 20, "m")),
        ("{ring: {distance_m: 70, count: {ge: 3}}}", ("count", 3, 1, "count")),
        ("{overlap: {area_m2: {gt: 40}}}", ("area_m2", 40, 40, "m2")),
        ("{together: {share_pct: {ge: 10}}}", ("share_pct", 10, 10, "pct")),
        ("{coverage: {share_pct: {lt: 90}}}", ("share_pct", 90, 10, "pct")),
        ("{not: {near: {distance_m: 70}}}", ("distance_m", 70, 20, "m")),
        ("{not: {ring: {distance_m: 70, count: {ge: 1}}}}", ("count", 1, 1, "count")),
    ],
)
def test_each_question_says_how_far_its_other_answer_is(text, row):
    # zones 50 m and 60 m east of the yard
    (found,) = told(by_tree(text), rect(150, 0, 20, 20), rect(160, 50, 20, 20))
    assert (found["measure"], found["threshold"], found["unit"]) == (*row[:2], row[3])
    assert found["headroom"] == pytest.approx(row[2], abs=0.1)
    assert (found["nearest_id"], found["certainty"]) == ("f1", "exact")
    assert found["condition"]


def test_where_nothing_that_is_meant_is_near_the_distance_is_the_least():
    (row,) = told(by_tree("{near: {where: {level: '9'}, distance_m: 30}}"), rect(150, 0, 20, 20))
    assert (row["certainty"], row["nearest_name"]) == ("at_least", "Zone f1")
    assert math.isnan(row["nearest_m"])
    assert row["headroom"] == pytest.approx(20, abs=0.1)  # 50 m to what is nearest of all


def test_of_two_ways_to_meet_a_rule_both_are_told():
    text = "{any: [{near: {distance_m: 30}}, {ring: {distance_m: 70, count: {ge: 3}}}]}"
    rows = told(by_tree(text), rect(150, 0, 20, 20))
    assert [brief(row) for row in rows] == [
        ("distance_m", 30, pytest.approx(20, abs=0.1), "m"),
        ("count", 3, 2, "count"),
    ]
    assert rows[0]["condition"] != rows[1]["condition"]


def test_where_two_conditions_fail_no_single_measure_has_headroom():
    text = "{all: [{near: {distance_m: 30}}, {ring: {distance_m: 70, count: {ge: 3}}}]}"
    (row,) = told(by_tree(text), rect(150, 0, 20, 20))
    assert (row["certainty"], row["unit"], row["condition"]) == ("none", "", "")
    assert (row["nearest_id"], row["nearest_m"]) == ("f1", pytest.approx(50, abs=0.1))


def test_the_condition_that_alone_fails_is_the_one_that_is_told():
    text = "{all: [{near: {distance_m: 60}}, {ring: {distance_m: 70, count: {ge: 3}}}]}"
    (row,) = told(by_tree(text), rect(150, 0, 20, 20))
    assert brief(row) == ("count", 3, 2, "count")
    assert "70" in row["condition"]


def test_a_project_that_alone_keeps_a_rule_silent_has_no_headroom():
    asked = by_tree("{all: [{near: {distance_m: 60}}, {project: {any: [mining]}}]}")
    layer = [(entry(), numbered(rect(150, 0, 20, 20)))]
    result = check(sites(YARD, not_tags=["mining"]), layer, asked, options=BARE)
    row = only(result.further["pass"])
    assert (row["certainty"], row["nearest_id"]) == ("none", "f1")
    assert math.isnan(row["headroom"])


def test_how_deep_a_site_lies_inside_is_not_measured():
    (row,) = told(by_tree("{not: {overlap: }}"), rect(-500, -500, 1000, 1000))
    assert (row["certainty"], row["nearest_id"], row["nearest_m"]) == ("none", "f1", 0.0)


def test_a_rule_that_is_not_for_the_project_is_not_passed():
    asked = rule(projects=ProjectFilter(all_tags=("mining",)), when=tree("{near: {distance_m: 9}}"))
    layer = [(entry(), numbered(AWAY))]
    result = check(sites(YARD, not_tags=["mining"]), layer, asked, options=BARE)
    assert len(result.further["pass"]) == 0


def test_only_features_that_a_plain_rule_is_about_use_up_its_threshold():
    asked = rule(where={"level": "2"}, measure=Measure.AREA, threshold=4000.0)
    # 3000 m² in a zone of level 1, 1000 m² in one of level 2
    (row,) = told(asked, HALF, rect(0, 0, 10, 100), level=["1", "2"])
    assert row["headroom"] == pytest.approx(3000, rel=1e-3)
    assert row["nearest_id"] == "f2"


def test_beside_unmapped_ground_a_distance_of_a_tree_holds_for_the_mapped_part():
    zone = entry(coverage=CoverageEntry(CoverageKind.FILE, "/data/coverage.gpkg"))
    ground = {"/data/coverage.gpkg": table([rect(-50, -50, 240, 200)])}
    layer = [(zone, numbered(rect(150, 0, 20, 20)))]
    for distance, certainty in ((30, "exact"), (48, "exact"), (49.9, "exact")):
        asked = by_tree(f"{{near: {{distance_m: {distance}}}}}")
        result = check(sites(YARD), layer, asked, files=ground, options=BARE)
        assert only(result.further["pass"])["certainty"] == certainty
    narrow = {"/data/coverage.gpkg": table([rect(-20, -20, 240, 150)])}
    asked = by_tree("{near: {distance_m: 30}}")
    result = check(sites(YARD), layer, asked, files=narrow, options=BARE)
    assert only(result.further["pass"])["certainty"] == "partly_mapped"


def test_a_layer_without_features_says_that_it_has_none():
    layer = [(entry(), numbered())]
    row = only(check(sites(YARD), layer, rule(), options=BARE).further["pass"])
    assert (row["nearest_id"], row["nearest_name"]) == ("", "no objects: an empty layer")


# --- rasters ------------------------------------------------------------------------------------

CELLS = np.array([[1.0, 1.0, 2.0, 2.0], [1.0, 1.0, 1.0, 3.0]])  # of 50 m, from the yard's corner


def on_raster(asked):
    info = RasterInfo(PLANE, (X0, 50.0, 0.0, Y0 + 100, 0.0, -50.0), 4, 2, None, "r", "2" * 64)
    grid = entry(classes={1: "low", 2: "middle", 3: "high"}, fields={})
    yard = sites(rect(60, 10, 80, 80))
    result = check(yard, [], asked, rasters=[(grid, MemoryRaster(CELLS, info))], options=BARE)
    return result


# the yard covers 40 m of the second column and 40 m of the third: 25 % of class 2, 75 % of class 1
@pytest.mark.parametrize(
    ("asked", "row"),
    [
        (rule(where={"class": "2"}, measure=Measure.SHARE, threshold=30.0),
         ("share_pct", 30, 5, "pct")),
        (rule(where={"class": "3"}, measure=Measure.SHARE, threshold=30.0),
         ("share_pct", 30, 30, "pct")),
        (by_tree("{together: {where: {class: ['2', '3']}, share_pct: {ge: 40}}}"),
         ("share_pct", 40, 15, "pct")),
        (by_tree("{raster: {mean: {ge: 2}}}"), ("mean", 2, 0.75, "number")),
        (by_tree("{raster: {max: {gt: 2}}}"), ("max", 2, 0, "number")),
    ],
)  # fmt: skip
def test_a_raster_says_what_is_left_and_that_it_has_no_objects(asked, row):
    result = on_raster(asked)
    assert verdicts(result) == ["clear"]
    found = only(result.further["pass"])
    assert (*brief(found)[:2], found["unit"]) == (*row[:2], row[3])
    assert found["headroom"] == pytest.approx(row[2], abs=0.01)
    assert (found["nearest_id"], found["nearest_name"]) == ("", "no objects: a raster")
    assert math.isnan(found["nearest_m"])


def test_whether_a_raster_has_a_class_at_all_has_no_headroom():
    found = only(on_raster(rule(where={"class": "3"})).further["pass"])
    assert found["certainty"] == "none"
    assert math.isnan(found["headroom"])


# --- the headroom is where the answer turns -----------------------------------------------------

MOVED = {
    "near": "{{near: {{distance_m: {limit}}}}}",
    "overlap area": "{{overlap: {{area_m2: {{gt: {limit}}}}}}}",
    "overlap share": "{{overlap: {{share_pct: {{gt: {limit}}}}}}}",
    "of the feature": "{{overlap: {{feature_pct: {{gt: {limit}}}}}}}",
    "length": "{{overlap: {{length_m: {{gt: {limit}}}}}}}",
    "together": "{{together: {{area_m2: {{ge: {limit}}}}}}}",
    "together share": "{{together: {{share_pct: {{ge: {limit}}}}}}}",
    "ring": "{{ring: {{distance_m: 80, area_m2: {{ge: {limit}}}}}}}",
    "at most": "{{together: {{area_m2: {{le: {limit}}}}}}}",
    "share at most": "{{together: {{share_pct: {{lt: {limit}}}}}}}",
}
LIMITS = {"near": 5.0, "at most": 0.0, "share at most": 0.0}
LARGE = {"together share": 99.0, "overlap share": 99.0, "of the feature": 99.0}

DRAWN = np.random.default_rng(5)
WORLDS = [
    [
        rect(*DRAWN.integers(-8, 20, 2) * 10.0, DRAWN.choice([20.0, 70.0]), 30.0)
        for _ in range(DRAWN.integers(1, 5))
    ]
    for _ in range(48)
]


@pytest.mark.parametrize("name", MOVED)
def test_the_rule_turns_where_the_headroom_ends(name):
    limit = LIMITS.get(name, LARGE.get(name, 30_000.0))
    tried = 0
    for number, drawn in enumerate(WORLDS):
        site = line((-30, 40), (90, 55)) if name == "length" or number % 3 == 0 else YARD
        for row in told(by_tree(MOVED[name].format(limit=limit)), *drawn, site=site):
            up = name in LIMITS
            if row["certainty"] != "exact" or (not up and row["headroom"] >= limit):
                continue  # nothing of it is there: any at all would do
            tried += 1
            for by, is_silent in ((-0.01, True), (0.01, False)):
                moved = row["headroom"] + by
                moved = max(limit + moved if up else limit - moved, 0.0)
                asked = by_tree(MOVED[name].format(limit=repr(float(moved))))
                assert bool(told(asked, *drawn, site=site)) is is_silent, (row, moved)
    assert tried >= 5


def test_points_have_headroom_too():
    (row,) = told(by_tree("{near: {distance_m: 30}}"), rect(150, 0, 20, 20), site=point(100, 10))
    assert brief(row)[2:] == (pytest.approx(20, abs=0.05), "m")
