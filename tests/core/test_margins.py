# SPDX-License-Identifier: GPL-2.0-or-later
"""Passes say by how much, and what lies within the positional error is for a survey, not clear."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.core.law.rules import Measure, ProjectFilter, Relation
from eco_onemap.core.layers.accuracy import combined_error_m, transformation_error_m
from eco_onemap.core.layers.catalogue import CoverageEntry, CoverageKind
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict

from .worlds import DAY, check, entry, numbered, only, point, quick, rect, rule, sites, verdicts

ROUGH = entry(accuracy_m=5.0)
NEAR = rule("D", relation=Relation.WITHIN_DISTANCE, measure=Measure.DISTANCE, threshold=100.0)
OVER = rule("O")


def at(gap, *rules, zone=ROUGH, options=None, **facts):
    """A site of 50 m, *gap* metres east of a zone's eastern side at x = 0."""
    said = {name: [value] for name, value in facts.items()}
    zones = numbered(rect(-200, -100, 200, 300))
    return check(sites(rect(gap, 0, 50, 50), **said), [(zone, zones)], *rules, options=options)


# --- within the error ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "verdict", "within_error"),
    [
        (200.0, "clear", False),  # 100 m beyond the limit
        (106.0, "clear", False),
        (104.0, "study", True),  # 4 m beyond a limit of 100 m, known to 5 m
        (100.5, "study", True),
        (98.0, "prohibited", True),  # inside by 2 m: the rule stands, and a survey is asked for
        (94.0, "prohibited", False),
    ],
)
def test_a_distance_rule_near_its_limit_asks_for_a_survey(gap, verdict, within_error):
    result = at(gap, NEAR)
    assert verdicts(result) == [verdict]
    margins = result.finding["margin"].tolist()
    assert any("±5 m: survey" in margin for margin in margins) is within_error


@pytest.mark.parametrize(
    ("gap", "verdict"),
    [(6.0, "clear"), (4.9, "study"), (0.5, "study"), (-1.0, "prohibited"), (-20.0, "prohibited")],
)
def test_a_feature_nearer_than_the_error_may_be_overlapped(gap, verdict):
    assert verdicts(at(gap, OVER)) == [verdict]


def test_a_thin_overlap_keeps_its_verdict_and_asks_for_a_survey():
    thin, deep = only(at(-3.0, OVER).finding), only(at(-20.0, OVER).finding)
    assert "survey" in thin["margin"]
    assert "survey" not in deep["margin"]


def test_the_finding_says_distance_feature_and_error():
    finding = only(at(3.0, OVER).finding)
    assert finding["verdict"] == "study"
    assert (finding["feature_id"], finding["layer_id"]) == ("f1", "zones")
    assert "3.00 m" in finding["message"]
    assert "±5 m" in finding["message"]


def test_without_stated_accuracy_nothing_is_within_it():
    assert verdicts(at(0.5, OVER, zone=entry())) == ["clear"]


@pytest.mark.parametrize(
    ("layer", "site", "moved", "error"),
    [(3.0, 4.0, 0.0, 5.0), (0.0, 0.0, 0.0, 0.0), (1.0, 2.0, 2.0, 3.0)],
)
def test_independent_errors_add_as_squares(layer, site, moved, error):
    options = Options(as_of=DAY, site_accuracy_m=site, transformation_m=moved)
    assert combined_error_m(entry(accuracy_m=layer), options) == pytest.approx(error)


def test_the_survey_of_the_site_counts_too():
    options = Options(as_of=DAY, site_accuracy_m=12.0)  # with the layer's 5 m: 13 m
    assert verdicts(at(12.9, OVER, options=options)) == ["study"]
    assert verdicts(at(13.1, OVER, options=options)) == ["clear"]


def test_a_rule_that_is_not_for_the_project_says_nothing():
    mine = replace(OVER, projects=ProjectFilter(all_tags=("mining",)))
    assert verdicts(at(3.0, mine, not_tags="mining")) == ["clear"]
    assert verdicts(at(3.0, mine)) == ["study"]


def test_only_features_that_the_rule_is_about_count():
    strict = replace(OVER, where={"level": "2"})
    assert verdicts(at(3.0, strict)) == ["clear"]


@pytest.mark.parametrize(
    ("measure", "threshold", "depth", "verdict"),
    [
        (Measure.AREA, 905.0, 10.0, "clear"),  # 500 m²; 5 m further on all sides: 15 m × 60 m
        (Measure.AREA, 740.0, 10.0, "study"),  # 5 m further east: 750 m²
        (Measure.AREA, 1000.0, 18.0, "study"),  # 900 m²
        (Measure.AREA, 1000.0, 25.0, "prohibited"),  # 1250 m²
        (Measure.SHARE, 50.0, 24.0, "study"),  # 48 %
        (Measure.SHARE, 50.0, 26.0, "prohibited"),
    ],
)
def test_an_overlap_just_below_a_threshold_asks_for_a_survey(measure, threshold, depth, verdict):
    big = rule("A", measure=measure, threshold=threshold)
    assert verdicts(at(-depth, big)) == [verdict]


@given(gap=st.floats(-40, 160), accuracy=st.floats(0, 30))
@quick
def test_accuracy_never_makes_a_verdict_milder(gap, accuracy):
    order = ["clear", "no_data", "study", "restricted", "prohibited"]
    sure = verdicts(at(gap, NEAR, OVER, zone=entry()))[0]
    rough = verdicts(at(gap, NEAR, OVER, zone=entry(accuracy_m=accuracy)))[0]
    assert order.index(rough) >= order.index(sure)


@pytest.mark.parametrize(("gap", "verdict"), [(4.0, "study"), (6.0, "clear")])
def test_an_outfall_beside_a_zone_may_lie_in_it(gap, verdict):
    met = rule("C", measure=Measure.COUNT)
    zones = numbered(rect(-200, -100, 200, 300))
    assert verdicts(check(sites(point(gap, 0)), [(ROUGH, zones)], met)) == [verdict]


# --- the datum ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("crs", "error"),
    [("EPSG:4490", 0.0), ("EPSG:4548", 0.0), ("EPSG:4326", 1.0), ("EPSG:32650", 1.0),
     ("EPSG:4610", None), ("EPSG:2362", None)],
)  # fmt: skip
def test_the_error_of_a_datum_is_known_or_unknown(crs, error):
    assert transformation_error_m(crs) == error


def test_sites_on_an_old_datum_are_not_clear_until_the_error_is_given():
    old = sites(rect(5000, 0, 50, 50), crs="EPSG:2384")  # Xian 1980, central meridian 117°E
    far = [(ROUGH, numbered(rect(-900, 0, 10, 10)))]
    assert verdicts(check(old, far, OVER)) == ["study"]
    missing = check(old, far, OVER).not_evaluated
    assert "transformation" in missing["what"].tolist()
    options = Options(as_of=DAY, transformation_m=1.0)  # told, but the datum's cap stays
    assert verdicts(check(old, far, OVER, options=options)) == ["study"]
    missing = check(old, far, OVER, options=options).not_evaluated
    assert "transformation" not in missing["what"].tolist()


# --- headroom -----------------------------------------------------------------------------------


def passes(result, rule_id):
    return only(result.further["pass"], rule_id=rule_id)


def test_a_pass_says_headroom_and_nearest_feature():
    result = at(250.0, NEAR, OVER)
    near, over = passes(result, "D"), passes(result, "O")
    assert near["headroom"] == pytest.approx(150.0, abs=0.2)
    assert near["nearest_m"] == pytest.approx(250.0, abs=0.2)
    assert (near["nearest_id"], near["certainty"]) == ("f1", "exact")
    assert over["headroom"] == pytest.approx(250.0, abs=0.2)
    assert near["error_m"] == 5.0


def test_a_rule_that_says_something_is_no_pass():
    assert len(at(50.0, NEAR).further["pass"]) == 0
    assert len(at(103.0, NEAR).further["pass"]) == 0  # within the error: no pass either


def test_a_site_without_the_layer_passes_nothing():
    lost = check(
        sites(rect(0, 0, 9, 9)),
        [(entry(coverage=CoverageEntry(CoverageKind.UNKNOWN)), numbered(rect(900, 0, 9, 9)))],
        OVER,
    )
    assert len(lost.further["pass"]) == 0


def test_nearest_is_the_nearest_that_the_rule_is_about():
    # 20 m away a zone of level 1, 60 m away one of level 2
    zones = numbered(rect(-120, 0, 100, 50), rect(110, 0, 50, 50), level=["1", "2"])
    strict = replace(OVER, where={"level": "2"})
    wide = replace(NEAR, id="W", where={"level": "9"})
    result = check(sites(rect(0, 0, 50, 50)), [(ROUGH, zones)], strict, wide)
    row = passes(result, "O")
    assert (row["nearest_id"], row["certainty"]) == ("f2", "exact")
    assert row["headroom"] == pytest.approx(60.0, abs=0.1)
    none = passes(result, "W")
    assert none["certainty"] == "at_least"
    assert none["headroom"] >= 0
    assert np.isnan(none["nearest_m"])


def test_headroom_of_a_threshold_is_what_is_left_of_it():
    big = rule("A", measure=Measure.AREA, threshold=10_000.0)
    row = passes(at(-20.0, big, zone=entry()), "A")  # 20 m × 50 m overlap
    assert row["headroom"] == pytest.approx(9000.0, abs=1)


def test_points_count_as_far_as_they_are_apart():
    few = rule("C", measure=Measure.COUNT, threshold=2.0)
    wells = numbered(point(10, 10), point(20, 20), point(900, 0))
    row = passes(check(sites(rect(0, 0, 50, 50)), [(ROUGH, wells)], few), "C")
    assert row["headroom"] == 0.0  # two of the two that are allowed


def test_large_runs_list_no_passes_and_say_so():
    options = Options(as_of=DAY, max_pass_sites=0)
    result = at(250.0, OVER, options=options)
    assert "pass" not in result.further
    assert only(result.run, key="passes")["value"].startswith("not listed")


def test_a_pass_beside_unmapped_ground_holds_for_the_mapped_part():
    mapped = numbered(rect(-50, -50, 160, 160))  # reaches 60 m beyond the site
    zone = entry(coverage=CoverageEntry(CoverageKind.FILE, "/data/coverage.gpkg"))
    result = check(
        sites(rect(0, 0, 50, 50)),
        [(zone, numbered(rect(-45, -45, 5, 5)))],
        replace(NEAR, threshold=30.0),
        files={"/data/coverage.gpkg": mapped},
    )
    assert passes(result, "D")["certainty"] == "exact"
    wide = check(
        sites(rect(0, 0, 50, 50)),
        [(zone, numbered(rect(-49, -49, 1, 1)))],
        replace(NEAR, threshold=55.0, verdict=Verdict.STUDY),
        files={"/data/coverage.gpkg": mapped},
    )
    assert passes(wide, "D")["certainty"] == "partly_mapped"
