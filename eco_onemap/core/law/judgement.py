# SPDX-License-Identifier: GPL-2.0-or-later
"""What a rule says of a situation: from condition, project, measure and law to a verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.conditions import NO, UNKNOWN
from eco_onemap.core.law.rules import Measure, Relation, Rule
from eco_onemap.core.vocabulary import Verdict

_OVERLAPS = (Measure.AREA, Measure.LENGTH, Measure.COUNT)


def judge(
    rule: Rule, matched: bool | None, applies: int, measured: float | None, day: date
) -> Verdict | None:
    """Return what *rule* says of one situation, None if it says nothing.

    matched: whether the feature fits the rule's ``where``, None if unknown.
    applies: 1 if the rule is for the project, 0 if not, -1 if the facts do not tell.
    measured: the value that the threshold is compared with, None if unknown.
    """
    severity = judge_many(
        rule,
        np.array([matched is True]),
        np.array([matched is None]),
        np.array([applies], dtype=np.int8),
        np.array([math.nan if measured is None else measured]),
        day,
    )
    return next((v for v in Verdict if severity[0] and v.severity == severity[0]), None)


def judge_many(
    rule: Rule,
    matches: NDArray[np.bool_],
    unknown: NDArray[np.bool_],
    applies: NDArray[np.int8],
    measured: NDArray[np.float64],
    day: date,
) -> NDArray[np.int64]:
    """Return the severity of what *rule* says of each situation, 0 where it says nothing.

    All arrays have shape (n,). Nothing is said where the condition is not met, the rule is not
    for the project, or the threshold is not passed; what is unknown (*unknown*, *applies* -1,
    *measured* NaN) leads to ``study``, and so does a rule without verified law on *day*.
    """
    silent = ~(matches | unknown) | (applies == NO) | ~_may_pass(rule, measured)
    doubtful = unknown | (applies == UNKNOWN) | np.isnan(measured)
    severity = np.where(doubtful, Verdict.STUDY.severity, strongest_verdict(rule, day).severity)
    return np.where(silent, 0, severity).astype(np.int64)


def strongest_verdict(rule: Rule, day: date) -> Verdict:
    """Return the rule's verdict, lowered to ``study`` without a verified basis on *day*."""
    if any(basis.verified for basis in rule.basis_in_force(day)):
        return rule.verdict
    return min(rule.verdict, Verdict.STUDY, key=lambda verdict: verdict.severity)


def measured_value(rule: Rule, measurement: Mapping[str, float]) -> float | None:
    """Return the value of *measurement* (by :class:`Measure` value) that the rule's threshold asks.

    A threshold of 0 asks for any overlap, in whichever dimension site and feature share: a line
    in a zone has a length there but no area. None if the measurement lacks the value.
    """
    if rule.measure in _OVERLAPS and rule.threshold == 0:
        given = [measurement[m.value] for m in _OVERLAPS if m.value in measurement]
        return max(given, default=None)
    return measurement.get(rule.measure.value)


def passes_threshold(rule: Rule, measured: float) -> bool:
    """Return whether a measured value passes the rule's threshold."""
    return bool(_may_pass(rule, np.array([measured]))[0])


def _may_pass(rule: Rule, measured: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where the threshold is passed or the measure is unknown."""
    if rule.relation is Relation.WITHIN_DISTANCE:
        return ~(measured > rule.threshold)
    return ~(measured <= rule.threshold)
