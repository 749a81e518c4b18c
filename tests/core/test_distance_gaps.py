# SPDX-License-Identifier: GPL-2.0-or-later
"""A rule on distances says how far around a site its layer is mapped."""

from __future__ import annotations

import pytest

from eco_onemap.core.law.rules import Measure, ProjectFilter, Relation
from eco_onemap.core.vocabulary import Verdict

from .worlds import check, entry, numbered, rect, rule, sites, verdicts

NEAR = {
    "verdict": Verdict.STUDY,
    "relation": Relation.WITHIN_DISTANCE,
    "measure": Measure.DISTANCE,
    "threshold": 1000.0,
}
FAR = rect(-5000, 0, 100, 100)


@pytest.mark.parametrize(
    ("east", "share"),
    [(3000, None), (900, "9")],  # the region's edge: beyond the kilometre, and within it
    ids=["inside", "near the edge"],
)
def test_nothing_near_holds_for_mapped_ground_only(east, share):
    region = rect(-10_000, -10_000, 10_100 + east, 20_000)
    result = check(
        sites(rect(0, 0, 100, 100)), [(entry(), numbered(FAR))], rule("D", **NEAR), region=region
    )
    assert verdicts(result) == ["clear"]  # the site itself is mapped
    told = [row for row in result.not_evaluated.rows() if row["what"] == "rule:D"]
    assert len(told) == (0 if share is None else 1)
    if share:
        assert "1,000 m" in told[0]["why"]
        assert f" {share}" in told[0]["why"]  # 9x.xx % are mapped


def test_a_rule_that_is_not_meant_for_the_project_says_nothing():
    region = rect(-10_000, -10_000, 11_000, 20_000)
    chemical = rule("D", projects=ProjectFilter(all_tags=("chemical",)), **NEAR)
    yard = sites(rect(0, 0, 100, 100), not_tags=["chemical"])
    result = check(yard, [(entry(), numbered(FAR))], chemical, region=region)
    assert len(result.not_evaluated) == 0
