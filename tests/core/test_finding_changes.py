# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings that came, went, or count otherwise between two checks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from eco_onemap.core.results.finding_changes import find_changes
from eco_onemap.core.vocabulary import Verdict
from tests.qgis.world import make_world


@pytest.fixture(scope="module")
def assessment(tmp_path_factory):
    return make_world(tmp_path_factory.mktemp("world")).assessment()


def without_findings(assessment):
    nothing = np.zeros(0, dtype=np.intp)
    return replace(assessment, finding=assessment.finding.take(nothing))


def test_the_same_check_has_no_changes(assessment):
    assert find_changes(assessment, assessment) == ()


def test_what_came_and_what_went(assessment):
    (came,) = find_changes(without_findings(assessment), assessment)
    assert (came.site_id, came.rule_id, came.layer_id, came.feature_id) == (
        "a",
        "T1",
        "zones",
        "z1",
    )
    assert (came.before, came.now, came.is_worse) == (None, Verdict.PROHIBITED, True)
    (went,) = find_changes(assessment, without_findings(assessment))
    assert (went.before, went.now, went.is_worse) == (Verdict.PROHIBITED, None, False)


def test_a_finding_set_aside_counts_otherwise(assessment):
    table = assessment.finding
    columns = {column.name: table[column.name].copy() for column in table.columns}
    columns["effective_verdict"][:] = "clear"
    aside = replace(assessment, finding=replace(table, values=columns))
    (change,) = find_changes(assessment, aside)
    assert (change.before, change.now) == (Verdict.PROHIBITED, Verdict.CLEAR)
