# SPDX-License-Identifier: GPL-2.0-or-later
"""From condition, project, measure and law to a verdict; and the samples of a pack."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from eco_onemap.core.law.judgement import judge, judge_many, measured_value, strongest_verdict
from eco_onemap.core.law.rule_reading import parse_pack
from eco_onemap.core.law.rule_samples import check_samples
from eco_onemap.core.law.rules import LegalBasis, Measure, Relation, Rule
from eco_onemap.core.vocabulary import Verdict

OLD, NEW = date(2026, 8, 14), date(2026, 8, 15)
LAW = LegalBasis("法", "1", effective_from=NEW, text="…", verified=True)
UNREAD = LegalBasis("办法", "2", effective_to=OLD)


def rule(verdict=Verdict.PROHIBITED, relation=Relation.OVERLAPS, basis=(LAW,), **more):
    return Rule("X", {"en": "x"}, verdict, relation, basis, roles=("r",), **more)


@pytest.mark.parametrize(
    ("matched", "applies", "measured", "expected"),
    [
        (True, 1, 0.5, Verdict.PROHIBITED),
        (False, 1, 0.5, None),
        (True, 0, 0.5, None),
        (True, 1, 0.0, None),  # 0 is not over 0
        (None, 1, 0.5, Verdict.STUDY),
        (True, -1, 0.5, Verdict.STUDY),
        (True, 1, None, Verdict.STUDY),
        (None, 0, 0.5, None),  # whatever the condition, the rule is not for this project
        (False, -1, 0.5, None),
        (None, -1, 0.0, None),
    ],
)
def test_one_situation(matched, applies, measured, expected):
    assert judge(rule(), matched, applies, measured, NEW) is expected


@pytest.mark.parametrize(
    ("verdict", "basis", "day", "expected"),
    [
        (Verdict.PROHIBITED, (LAW,), NEW, Verdict.PROHIBITED),
        (Verdict.PROHIBITED, (LAW,), OLD, Verdict.STUDY),  # not yet in force
        (Verdict.RESTRICTED, (UNREAD,), OLD, Verdict.STUDY),  # in force, not verified
        (Verdict.RESTRICTED, (UNREAD, LAW), NEW, Verdict.RESTRICTED),
        (Verdict.PROHIBITED, (), NEW, Verdict.STUDY),
        (Verdict.STUDY, (LAW,), NEW, Verdict.STUDY),
    ],
)
def test_a_rule_without_verified_law_in_force_says_study_at_most(verdict, basis, day, expected):
    one = rule(verdict, basis=basis)
    assert strongest_verdict(one, day) is expected
    assert judge(one, True, 1, 5.0, day) is expected


@pytest.mark.parametrize(
    ("distance", "expected"),
    [(0.0, Verdict.PROHIBITED), (1000.0, Verdict.PROHIBITED), (1000.001, None)],
)
def test_a_distance_counts_at_or_below_the_threshold(distance, expected):
    near = rule(relation=Relation.WITHIN_DISTANCE, measure=Measure.DISTANCE, threshold=1000.0)
    assert judge(near, True, 1, distance, NEW) is expected


def test_many_situations_agree_with_each_alone():
    asked = rule(Verdict.RESTRICTED, measure=Measure.SHARE, threshold=10.0)
    cases = list(product([True, False, None], [1, 0, -1], [5.0, 10.0, 10.1, None]))
    severity = judge_many(
        asked,
        np.array([matched is True for matched, _, _ in cases]),
        np.array([matched is None for matched, _, _ in cases]),
        np.array([applies for _, applies, _ in cases], dtype=np.int8),
        np.array([np.nan if measured is None else measured for _, _, measured in cases]),
        NEW,
    )
    assert severity.dtype == np.int64
    alone = [judge(asked, *case, NEW) for case in cases]
    assert severity.tolist() == [0 if one is None else one.severity for one in alone]
    assert set(alone) == {None, Verdict.STUDY, Verdict.RESTRICTED}


@pytest.mark.parametrize(
    ("measure", "threshold", "measurement", "expected"),
    [
        (Measure.AREA, 0.0, {"area_m2": 0, "length_m": 12.0}, 12.0),  # a line in a zone
        (Measure.AREA, 0.0, {"count": 1}, 1),  # a point in a zone
        (Measure.AREA, 5.0, {"area_m2": 3.0, "count": 1}, 3.0),
        (Measure.AREA, 5.0, {"length_m": 3.0}, None),
        (Measure.SHARE, 0.0, {"area_m2": 3.0}, None),
        (Measure.DISTANCE, 100.0, {"distance_m": 30.0}, 30.0),
        (Measure.LENGTH, 0.0, {}, None),
    ],
)
def test_the_measure_that_a_threshold_asks_for(measure, threshold, measurement, expected):
    relation = Relation.WITHIN_DISTANCE if measure is Measure.DISTANCE else Relation.OVERLAPS
    asked = rule(relation=relation, measure=measure, threshold=threshold)
    assert measured_value(asked, measurement) == expected


PACK = """
pack: p
version: "1"
jurisdiction: nowhere
language: en
rules:
  - id: A
    title: a
    roles: [zone]
    where: {until: {gt: as_of}}
    verdict: prohibited
    basis: [{law: Law, article: "1", effective_from: 2020-01-01, text: forbidden, verified: true}]
    samples:
      - {attributes: {until: "2026-06-01"}, measurement: {count: 1}, as_of: %s,
         expect: %s, cites: %s}
"""


@pytest.mark.parametrize(
    ("expect", "cites", "as_of", "failures"),
    [
        ("prohibited", "《Law》第1条", "2026-01-01", []),
        ("clear", "null", "2026-07-01", []),
        ("prohibited", "null", "null", []),  # judged on the day on which the law begins
        ("study", "null", "2026-01-01", [("study", "prohibited")]),
        ("study", "[]", "2019-12-31", []),  # no law yet
        ("study", "《Law》第1条", "2019-12-31", [("study [《Law》第1条]", "study [–]")]),
        ("prohibited", "[]", "2020-01-01", [("prohibited [–]", "prohibited [《Law》第1条]")]),
        (
            "prohibited",
            "《Law》第2条",
            "2026-01-01",
            [("prohibited [《Law》第2条]", "prohibited [《Law》第1条]")],
        ),
    ],
)
def test_samples_tell_a_pack_that_contradicts_itself(expect, cites, as_of, failures):
    pack = parse_pack(PACK % (as_of, expect, cites), Path("p.yaml"))
    found = check_samples(pack)
    assert [(failure.expected, failure.found) for failure in found] == failures
    for failure in found:
        assert "Rule A, sample 1" in failure.message.text("en")
        assert "规则 A 第 1 个样例" in failure.message.text("zh")
