# SPDX-License-Identifier: GPL-2.0-or-later
"""What kind of hit an overlap is, on both sides of each tolerance, and what a rule makes of it."""

from __future__ import annotations

import numpy as np
import pytest

from eco_onemap.core.law.rules import Measure, Relation
from eco_onemap.core.options import Options, Tolerances

from .worlds import DAY, check, entry, line, numbered, only, point, rect, rule, sites, verdicts

YARD = rect(0, 0, 100, 100)


def hits_of(site, *features, **more):
    return check(sites(site), [(entry(), numbered(*features))], rule(), **more)


def kind_of(site, feature, **more):
    return only(hits_of(site, feature, **more).hit)["kind"]


@pytest.mark.parametrize(
    ("width", "kind"),
    [  # a strip of 100 m along the yard's western side; its width 2A/P is a little less
        (0.0009, "touch"),  # touch_m is 1 mm
        (0.0011, "sliver"),
        (0.0999, "sliver"),  # sliver_m is 0.1 m
        (0.1003, "narrow"),
        (2.02, "narrow"),  # narrow_m is 2 m; 2A/P is 1.98
        (2.06, "real"),
    ],
)
def test_overlaps_of_polygons_are_sorted_by_width(width, kind):
    assert kind_of(YARD, rect(-50, 0, 50 + width, 100)) == kind


@pytest.mark.parametrize(
    ("side", "kind"),
    [(0.99, "sliver"), (1.01, "narrow"), (3.98, "narrow"), (4.02, "real")],  # sliver_m2 is 1 m²
)
def test_overlaps_of_polygons_are_sorted_by_area(side, kind):
    # a square in the yard's corner; its width 2A/P is half its side
    assert kind_of(YARD, rect(-50, -50, 50 + side, 50 + side)) == kind


@pytest.mark.parametrize(
    ("length", "kind"),
    [
        (0.0009, "touch"),
        (0.0011, "sliver"),
        (0.0999, "sliver"),
        (0.1003, "narrow"),
        (1.99, "narrow"),
        (2.01, "real"),
    ],
)
def test_overlaps_of_lines_are_sorted_by_length(length, kind):
    # a pipeline that ends inside the zone, and a river that ends inside the site
    assert kind_of(line((-50, 50), (length, 50)), YARD) == kind
    assert kind_of(YARD, line((-50, 50), (length, 50))) == kind


@pytest.mark.parametrize(
    ("site", "feature"),
    [(point(5, 5), YARD), (YARD, point(5, 5)), (point(5, 5), point(5, 5))],
    ids=["in a zone", "a well inside", "the same place"],
)
def test_points_are_in_or_out(site, feature):
    assert kind_of(site, feature) == "real"


def test_tolerances_are_those_of_the_run():
    coarse = Options(as_of=DAY, rings_m=(), tolerances=Tolerances(touch_m=0.5, sliver_m=3))
    assert kind_of(YARD, rect(-50, 0, 50.4, 100), options=coarse) == "touch"
    assert kind_of(YARD, rect(-50, 0, 52, 100), options=coarse) == "sliver"


@pytest.mark.parametrize("gap", [0.0001, 0.0009])
def test_a_gap_within_the_touch_tolerance_is_a_touch(gap):
    row = only(hits_of(YARD, rect(100 + gap, 0, 50, 100)).hit)
    assert (row["kind"], row["relation"]) == ("touch", "touches")
    assert row["distance_m"] == pytest.approx(gap, abs=2e-5)
    assert row["overlap_area_m2"] == 0


def test_a_gap_beyond_the_touch_tolerance_is_none():
    result = hits_of(YARD, rect(100.0011, 0, 50, 100))
    assert len(result.hit) == 0
    row = only(result.site_layer)
    assert row["status"] == "no_hit"
    assert row["nearest_m"] == pytest.approx(0.0011, abs=2e-5)


@pytest.mark.parametrize(
    "neighbour",
    [rect(100, 0, 50, 100), rect(100, 100, 50, 50), rect(100, 30, 20, 20)],
    ids=["shared side", "shared corner", "part of a side"],
)
def test_neighbours_touch(neighbour):
    row = only(hits_of(YARD, neighbour).hit)
    assert (row["kind"], row["relation"], row["distance_m"]) == ("touch", "touches", 0)


@pytest.mark.parametrize(
    ("site", "feature", "relation"),
    [
        (rect(10, 10, 20, 20), YARD, "within"),
        (YARD, rect(10, 10, 20, 20), "contains"),
        (YARD, YARD, "within"),
        (YARD, rect(50, 50, 100, 100), "overlaps"),
        (line((-50, 50), (50, 50)), YARD, "crosses"),
        (line((10, 50), (50, 50)), YARD, "within"),
        (YARD, line((10, 50), (50, 50)), "contains"),
        (point(5, 5), YARD, "within"),
        (YARD, point(5, 5), "contains"),
        (YARD, point(100, 50), "contains"),  # on the boundary: the site's edge belongs to it
    ],
)
def test_relations_are_said_from_the_site(site, feature, relation):
    assert only(hits_of(site, feature).hit)["relation"] == relation


def test_shares_name_their_denominator():
    # a zone of 50 m x 100 m, half of it in the yard: a quarter of the yard
    row = only(hits_of(YARD, rect(75, 0, 50, 100)).hit)
    assert row["overlap_pct_site"] == pytest.approx(25, rel=1e-6)
    assert row["overlap_pct_feature"] == pytest.approx(50, rel=1e-6)


def test_bearing_leads_from_the_sites_middle_to_the_overlaps():
    # overlaps in the yard's east and north; true north is 0.4° off the plane's
    result = hits_of(YARD, rect(90, 40, 50, 20), rect(40, 90, 20, 50), YARD)
    east, north, all_of_it = result.hit["bearing_deg"]
    assert east == pytest.approx(90, abs=0.5)
    assert north == pytest.approx(0.4, abs=0.2)
    assert np.isnan(all_of_it)  # the whole site has no direction


@pytest.mark.parametrize(
    ("feature", "verdict"),
    [
        (rect(100.0001, 0, 50, 100), "study"),  # 0.1 mm away
        (rect(100, 0, 50, 100), "study"),  # shares a side
        (rect(99.95, 0, 50, 100), "study"),  # a sliver of 5 cm
        (rect(99, 0, 50, 100), "prohibited"),  # narrow, but there
        (rect(90, 0, 50, 100), "prohibited"),
        (rect(100.01, 0, 50, 100), "clear"),  # a centimetre away
    ],
)
def test_what_may_be_error_is_to_be_studied(feature, verdict):
    result = hits_of(YARD, feature)
    assert verdicts(result) == [verdict]
    assert len(result.finding) == (verdict != "clear")


def test_a_sliver_hides_no_real_overlap():
    # a sliver of one zone and ten metres of another: the real one decides
    result = hits_of(YARD, rect(99.95, 0, 50, 100), rect(-50, 0, 60, 100))
    assert verdicts(result) == ["prohibited"]
    assert sorted(result.finding["verdict"]) == ["prohibited", "study"]


def test_slivers_do_not_soften_a_count():
    # three wells' zones lie in the yard, more than two are forbidden; the neighbour's zone laps
    # over by 5 cm: one more feature can only make it worse
    zones = [rect(10 + 30 * k, 10, 20, 20) for k in range(3)]
    sliver = rect(99.95, 0, 50, 100)
    more_than_two = rule(measure=Measure.COUNT, threshold=2)
    for features in (zones, [*zones, sliver], [sliver, *zones]):
        result = check(sites(YARD), [(entry(), numbered(*features))], more_than_two)
        assert verdicts(result) == ["prohibited"], features
    # two zones and the sliver are three only if the sliver is real
    result = check(sites(YARD), [(entry(), numbered(sliver, *zones[:2]))], more_than_two)
    assert verdicts(result) == ["study"]


def test_relations_of_rules():
    tank, yard_zone = rect(10, 10, 20, 20), rect(-50, -50, 200, 200)
    layer = [(entry(), numbered(tank, yard_zone))]
    contains = check(sites(YARD), layer, rule(relation=Relation.CONTAINS))
    assert contains.finding["feature_id"].tolist() == ["f1"]  # the tank lies wholly in the site
    covers = check(sites(YARD), layer, rule(relation=Relation.COVERS))
    assert covers.finding["feature_id"].tolist() == ["f2"]  # the zone covers the whole site
