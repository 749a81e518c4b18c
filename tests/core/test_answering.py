# SPDX-License-Identifier: GPL-2.0-or-later
"""Conditions that combine, against situations whose answer is known by hand, and brute force."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import product

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.core.law.answering import combine
from eco_onemap.core.law.rules import Measure, ProjectFilter, Relation
from eco_onemap.core.law.when import How
from eco_onemap.core.layers.catalogue import CoverageEntry, CoverageKind
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict

from .trees import tree
from .worlds import (
    DAY,
    UNKNOWN,
    MemoryRaster,
    check,
    entry,
    line,
    numbered,
    only,
    point,
    quick,
    rect,
    rule,
    sites,
    table,
    verdicts,
)

BARE = Options(as_of=DAY, rings_m=())
MAPPED = "/data/mapped.gpkg"
YARD = rect(0, 0, 100, 100)  # 1 ha

# Against the yard: 40 % (level 1), 30 % (level 2), both share 20 %; one inside it; one 200 m off.
ZONES = numbered(
    rect(-10, 0, 50, 100),
    rect(20, 0, 30, 100),
    rect(90, 90, 5, 5),
    rect(300, 0, 50, 50),
    level=["1", "2", "3", "4"],
)


def judged(when, features=ZONES, site=YARD, options=BARE, given_rule=None, **facts):
    """The verdict on one site under a rule with the tree *when*."""
    asked = given_rule or rule("T", when=tree(when))
    layer = [(entry(empty=True), features)]
    return check(sites(site, **facts), layer, asked, options=options)


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("{overlap: }", True),
        ("{overlap: {where: {level: '4'}}}", False),
        ("{overlap: {area_m2: {gt: 3990}}}", True),
        ("{overlap: {area_m2: {gt: 4010}}}", False),
        ("{overlap: {where: {level: '2'}, area_m2: {gt: 3010}}}", False),
        ("{overlap: {share_pct: {ge: 39.9, lt: 40.1}}}", True),
        ("{overlap: {share_pct: {ge: 30.1, lt: 39.9}}}", False),  # 40, 30, 0.25
        ("{overlap: {where: {level: '1'}, feature_pct: {ge: 79.9}}}", True),  # 40 of 50 m
        ("{overlap: {where: {level: '1'}, feature_pct: {gt: 80.1}}}", False),
        ("{together: {where: {level: ['1', '2']}, share_pct: {gt: 49.9, lt: 50.1}}}", True),
        ("{together: {where: {level: ['1', '2']}, share_pct: {gt: 60}}}", False),  # not 70 %
        ("{together: {area_m2: {gt: 5020, lt: 5030}}}", True),  # 5,000 + 25 m²
        ("{together: {count: {ge: 3}}}", True),
        ("{together: {count: {gt: 3}}}", False),
        ("{inside: }", False),
        ("{covered: }", False),
        ("{contains: }", True),
        ("{contains: {where: {level: '1'}}}", False),
        ("{near: {where: {level: '4'}, distance_m: 201}}", True),
        ("{near: {where: {level: '4'}, distance_m: 199}}", False),
        ("{ring: {distance_m: 199, count: {ge: 4}}}", False),
        ("{ring: {distance_m: 201, count: {ge: 4}}}", True),
        ("{ring: {distance_m: 210, area_m2: {gt: 6400, lt: 6600}}}", True),  # 6,025 + 10 × 50
        ("{ring: {distance_m: 100, area_m2: {gt: 6100}}}", False),
        ("{coverage: {share_pct: {ge: 100}}}", True),
        ("{coverage: {share_pct: {lt: 100}}}", False),
        ("{as_of: {ge: 2026-11-23}}", True),
        ("{as_of: {gt: 2026-11-23}}", False),
        ("{as_of: {ge: 2026-01-01, lt: 2027-01-01}}", True),
        ("{all: [{overlap: {where: {level: '1'}}}, {overlap: {where: {level: '2'}}}]}", True),
        ("{all: [{overlap: {where: {level: '1'}}}, {overlap: {where: {level: '4'}}}]}", False),
        ("{any: [{inside: }, {overlap: {where: {level: '3'}}}]}", True),
        ("{any: [{inside: }, {overlap: {where: {level: '4'}}}]}", False),
        ("{not: {overlap: {where: {level: '4'}}}}", True),
        ("{not: {overlap: {where: {level: '1'}}}}", False),
        ("{not: {not: {overlap: }}}", True),
        ("{not: {any: [{inside: }, {covered: }]}}", True),
    ],
)
def test_questions_about_a_yard(when, holds):
    assert verdicts(judged(when)) == ["prohibited" if holds else "clear"]


@pytest.mark.parametrize(
    ("when", "features", "holds"),
    [
        ("{inside: }", [rect(-5, -5, 110, 110)], True),
        ("{inside: }", [rect(-5, -5, 60, 110), rect(50, -5, 60, 110)], False),
        ("{covered: }", [rect(-5, -5, 60, 110), rect(50, -5, 60, 110)], True),
        ("{covered: }", [rect(-5, -5, 60, 110), rect(60, -5, 60, 110)], False),
        ("{overlap: {length_m: {gt: 99, lt: 101}}}", [line((-50, 50), (150, 50))], True),
        ("{together: {length_m: {gt: 190, lt: 210}}}",
         [line((-50, 50), (150, 50)), line((-50, 20), (150, 20))], True),
        ("{together: {length_m: {gt: 101}}}",
         [line((-50, 50), (150, 50)), line((-50, 50), (150, 50))], False),  # the same line twice
        ("{together: {count: {ge: 2}}}", [point(5, 5), point(9, 9)], True),
        ("{contains: }", [point(5, 5)], True),
    ],
)  # fmt: skip
def test_questions_about_other_features(when, features, holds):
    found = judged(when, numbered(*features))
    assert verdicts(found) == ["prohibited" if holds else "clear"]


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"tags": ["mining"]}, "prohibited"),
        ({"not_tags": ["mining"], "industry": ["C2614 化工"]}, "prohibited"),
        ({"not_tags": ["mining"], "industry": ["4610"]}, "clear"),
        ({"not_tags": ["mining"]}, "study"),
        ({}, "study"),
        ({"not_tags": ["mining"], "industry": ["C"]}, "study"),  # wider than what is asked
    ],
)
def test_project_facts_combine_with_the_map(facts, verdict):
    when = "{all: [{overlap: }, {any: [{project: {any: [mining]}}, {project: {industry: '26'}}]}]}"
    assert verdicts(judged(when, **facts)) == [verdict]


def test_the_filter_of_the_rule_counts_too():
    asked = rule("T", when=tree("{overlap: }"), projects=ProjectFilter(any_tags=("mining",)))
    assert verdicts(judged("", given_rule=asked, not_tags=["mining"])) == ["clear"]
    assert verdicts(judged("", given_rule=asked)) == ["study"]


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("{overlap: {where: {kind: x}}}", "study"),  # the layer has no such attribute
        ("{not: {overlap: {where: {kind: x}}}}", "study"),
        ("{together: {where: {level: '9'}, count: {ge: 1}}}", "study"),  # one level is empty
        ("{together: {count: {ge: 2}}}", "prohibited"),
        ("{not: {together: {where: {level: '1'}, count: {ge: 2}}}}", "study"),
        ("{together: {where: {level: '1'}, area_m2: {gt: 1000}}}", "prohibited"),  # anyway
    ],
)
def test_what_is_not_known_is_to_be_studied(when, verdict):
    features = numbered(rect(-10, 0, 50, 100), rect(50, 0, 10, 100), level=["1", None])
    assert verdicts(judged(when, features)) == [verdict]


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("{overlap: }", "study"),
        ("{together: {count: {ge: 1}}}", "study"),
        ("{not: {overlap: }}", "study"),
        ("{not: {together: {area_m2: {gt: 100}}}}", "prohibited"),  # however it is digitised
        ("{overlap: {area_m2: {gt: 100}}}", "clear"),
    ],
)
@pytest.mark.parametrize("features", [[rect(-50, 0, 50.005, 100)], [rect(-50, 0, 50, 100)]])
def test_slivers_and_touches_are_never_sure(when, verdict, features):
    assert verdicts(judged(when, numbered(*features))) == [verdict]


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("{overlap: {where: {level: '9'}}}", "no_data"),
        ("{not: {overlap: {where: {level: '9'}}}}", "study"),
        ("{not: {together: {where: {level: '9'}, count: {ge: 1}}}}", "study"),
        ("{not: {near: {where: {level: '9'}, distance_m: 50}}}", "study"),
        ("{together: {where: {level: '9'}, share_pct: {lt: 10}}}", "study"),
        ("{ring: {where: {level: '9'}, distance_m: 50, count: {lt: 1}}}", "study"),
        ("{coverage: {share_pct: {lt: 100}}}", "prohibited"),
    ],
)
def test_finding_nothing_on_unmapped_ground_is_no_answer(when, verdict):
    ground = CoverageEntry(CoverageKind.FILE, MAPPED)
    layer = [(entry(coverage=ground, required=True), ZONES)]
    half = {MAPPED: table([rect(-500, -500, 560, 1200)])}
    result = check(sites(YARD), layer, rule("T", when=tree(when)), files=half, options=BARE)
    assert verdicts(result) == [verdict]
    whole = {MAPPED: table([rect(-5000, -5000, 9900, 9900)])}
    result = check(sites(YARD), layer, rule("T", when=tree(when)), files=whole, options=BARE)
    assert verdicts(result)[0] in {"clear", "prohibited"}


def test_unknown_coverage_is_unknown():
    layer = [(entry(coverage=UNKNOWN), ZONES)]
    asked = rule("T", when=tree("{coverage: {share_pct: {lt: 50}}}"))
    assert verdicts(check(sites(YARD), layer, asked, options=BARE)) == ["study"]


def test_days_of_features_and_of_the_assessment():
    features = numbered(rect(0, 0, 50, 50), listed=["2026-06-01"])
    asked = rule("T", when=tree("{overlap: {where: {listed: {le: as_of}}}}"))
    fields = {"id": "id", "name": "name", "listed": "listed"}
    for day, verdict in ((date(2026, 5, 31), "clear"), (date(2026, 6, 1), "prohibited")):
        options = dataclasses.replace(BARE, as_of=day)
        layer = [(entry(fields=fields), features)]
        assert verdicts(check(sites(YARD), layer, asked, options=options)) == [verdict]


def raster(values):
    """A raster of cells of 25 m over the yard, from its south-west corner to the north-east."""
    values = np.asarray(values, dtype=float)
    rows, columns = values.shape
    transform = (600_000.0, 25.0, 0.0, 2_711_000.0 + 25.0 * rows, 0.0, -25.0)
    info = RasterInfo("EPSG:4548", transform, columns, rows, None, "memory", "2" * 64)
    return MemoryRaster(values, info)


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("{together: {where: {class: [3, 4]}, share_pct: {gt: 49}}}", True),
        ("{together: {where: {class: [3, 4]}, share_pct: {gt: 51}}}", False),
        ("{overlap: {where: {class: 4}, share_pct: {ge: 24.9}}}", True),
        ("{raster: {mean: {gt: 2.2, lt: 2.3}}}", True),  # (2·1 + 3 + 4) / 4
        ("{raster: {max: {ge: 4}}}", True),
        ("{raster: {min: {gt: 1}}}", False),
        ("{all: [{raster: {max: {ge: 4}}}, {not: {raster: {min: {gt: 1}}}}]}", True),
    ],
)
def test_rasters(when, holds):
    grid = entry("grid", "risk", classes={1: "a", 3: "b", 4: "c"}, fields={})
    cells = raster([[1, 1, 3, 4]] * 4)
    asked = rule("T", when=tree(when), roles=("risk",))
    result = check(sites(YARD), [], asked, rasters=[(grid, cells)], options=BARE)
    assert verdicts(result) == ["prohibited" if holds else "clear"]


def test_the_finding_tells_what_was_measured_of_the_site_once():
    found = judged("{together: {where: {level: ['1', '2']}, share_pct: {gt: 30}}}")
    told = only(found.finding, rule_id="T")
    assert told["feature_id"] == "f1"  # the larger part
    assert told["measured"] == pytest.approx(50.0, abs=0.05)
    assert (told["unit"], told["doubt"]) == ("pct", "")
    assert "50.00 %" in told["message"]
    assert told["attributes"] == "level: 1"


def test_a_tree_that_measures_nothing_tells_of_no_feature():
    told = only(judged("{not: {inside: }}").finding, rule_id="T")
    assert (told["feature_id"], told["unit"]) == ("", "none")
    assert np.isnan(told["measured"])
    assert "meets the rule's conditions on Zones:" in told["message"]


# --- brute force


def least(answers):
    """Three-valued and: no before unknown before yes."""
    return next(one for one in (0, -1, 1) if one in answers)


@pytest.mark.parametrize("how", [How.ALL, How.ANY])
def test_answers_combine_as_three_valued_logic_does(how):
    rows = list(product([0, 1, -1], repeat=3))
    columns = [np.array(column, dtype=np.int8) for column in zip(*rows, strict=True)]
    opposite = {0: 1, 1: 0, -1: -1}
    for row, found in zip(rows, combine(how, columns).tolist(), strict=True):
        if how is How.ALL:
            assert found == least(row)
        else:  # not all of the opposites
            assert found == opposite[least([opposite[one] for one in row])]


steps = st.integers(-6, 12).map(lambda step: 10.0 * step)
boxes = st.lists(
    st.tuples(st.builds(rect, steps, steps, st.just(40.0), st.just(70.0)), st.sampled_from("12")),
    max_size=4,
)


@quick
@given(boxes, st.integers(1, 99))
def test_the_dissolved_share_is_that_of_the_union(drawn, limit):
    chosen = [shape for shape, level in drawn if level == "1"]
    share = 100 * shapely.union_all(chosen).intersection(YARD).area / YARD.area
    if abs(share - limit) < 0.5:  # the plane is not the ellipsoid
        return
    features = numbered(*(shape for shape, _ in drawn), level=[level for _, level in drawn])
    when = f"{{together: {{where: {{level: '1'}}, share_pct: {{gt: {limit}}}}}}}"
    slight = any(0 < shape.intersection(YARD).area < 1 for shape in chosen)
    assert not slight
    assert verdicts(judged(when, features)) == ["prohibited" if share > limit else "clear"]


@quick
@given(boxes, st.sampled_from([5.0, 25.0, 55.0, 155.0]), st.integers(0, 4))
def test_a_ring_counts_what_lies_within(drawn, distance, limit):
    count = sum(shape.distance(YARD) < distance for shape, _ in drawn)
    features = numbered(*(shape for shape, _ in drawn))
    when = f"{{ring: {{distance_m: {distance}, count: {{gt: {limit}}}}}}}"
    assert verdicts(judged(when, features)) == ["prohibited" if count > limit else "clear"]


PLAIN = [
    ("{overlap: }", {}),
    ("{overlap: {area_m2: {gt: 500}}}", {"measure": Measure.AREA, "threshold": 500.0}),
    ("{overlap: {share_pct: {gt: 20}}}", {"measure": Measure.SHARE, "threshold": 20.0}),
    ("{together: {count: {gt: 1}}}", {"measure": Measure.COUNT, "threshold": 1.0}),
    ("{contains: }", {"relation": Relation.CONTAINS}),
    (
        "{near: {distance_m: 45}}",
        {
            "relation": Relation.WITHIN_DISTANCE,
            "measure": Measure.DISTANCE,
            "threshold": 45.0,
        },
    ),
]


@quick
@given(boxes, st.sampled_from(PLAIN), st.sampled_from(["1", {"ne": "1"}, "9"]))
def test_a_plain_rule_and_its_tree_agree(drawn, both, level):
    when, plain = both
    features = numbered(*(shape for shape, _ in drawn), level=[level for _, level in drawn])
    where = {"level": level}
    asked = tree(when)
    asked = dataclasses.replace(asked, where=where)
    first = judged("", features, given_rule=rule("T", when=asked))
    second = judged("", features, given_rule=rule("P", where=where, **plain))
    severe = [Verdict(verdicts(one)[0]).severity for one in (first, second)]
    touching = any(not shape.disjoint(YARD) and shape.intersection(YARD).area == 0
                   for shape, _ in drawn)  # fmt: skip
    if touching:  # a plain rule sends a touch to study whatever its threshold
        assert severe[1] >= severe[0]
    else:
        assert severe[0] == severe[1]
