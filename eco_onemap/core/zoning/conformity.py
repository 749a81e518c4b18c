# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares projects with clauses: only what a clause writes for a machine is decided by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.accuracy import combined_error_m
from eco_onemap.core.catalogue import CoverageKind
from eco_onemap.core.conditions import NO, UNKNOWN, YES, evaluate_projects, group_facts
from eco_onemap.core.grouping import rows_by_value
from eco_onemap.core.measurement import Measurement
from eco_onemap.core.options import Options
from eco_onemap.core.site import SiteFacts
from eco_onemap.core.site_sizes import SiteSizes
from eco_onemap.core.zoning.clauses import (
    Clause,
    Conformity,
    Industry,
    Limit,
    Quantity,
    parse_industry,
)
from eco_onemap.core.zoning.vocabulary import RestrictType

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Answers = NDArray[np.int8]

SQUARE_METRES_A_HECTARE = 10_000.0


class Why(Enum):
    """Why a conformity is what it is."""

    UNREADABLE = "unreadable"
    UNKNOWN_FACTS = "unknown_facts"
    UNKNOWN_LIMIT = "unknown_limit"
    LIMITED = "limited"
    OTHERS = "others"
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    LIMIT_KEPT = "limit_kept"
    LIMIT_BROKEN = "limit_broken"


@dataclass(frozen=True)
class Answered:
    """Conformity and reason of rows, arrays of shape (k,) of the enums' values.

    measured: the value that the clause's first limit is compared with, NaN where there is none.
    """

    conformity: NDArray[np.object_]
    why: NDArray[np.object_]
    measured: Floats


class Comparer:
    """Compares the projects of a block of sites with clauses.

    Facts are compared once for each of their distinct combinations, limits once for each clause;
    rows are gathered from both.
    """

    def __init__(
        self,
        facts: Sequence[SiteFacts],
        sizes: SiteSizes,
        measured: Sequence[Measurement],
        options: Options,
    ) -> None:
        self._distinct, self._number = group_facts(facts)
        self._industries = [parse_industry(one.industry) for one in self._distinct]
        self._sizes, self._measured, self._options = sizes, measured, options

    def compare(self, clauses: Sequence[Clause], site: Indices, clause: Indices) -> Answered:
        """Return what is said of each pair of a site and a clause."""
        answered = Answered(
            np.full(len(site), Conformity.MANUAL.value, dtype=object),
            np.full(len(site), Why.UNREADABLE.value, dtype=object),
            np.full(len(site), np.nan),
        )
        for rows in rows_by_value(clause):
            one = clauses[clause[rows[0]]]
            if one.is_readable:
                self._answer(one, site[rows], rows, answered)
        return answered

    def _answer(self, clause: Clause, site: Indices, rows: Indices, answered: Answered) -> None:
        concerned = self._concerned(clause)[self._number[site]]
        kept, measured = self._limits(clause.limits, site)
        conformity, why = _decide(clause, concerned, kept)
        answered.conformity[rows], answered.why[rows] = conformity, why
        answered.measured[rows] = measured

    def _concerned(self, clause: Clause) -> Answers:
        """Return for each distinct combination of facts whether the clause is about it."""
        by_tags = evaluate_projects(clause.projects, self._distinct, self._options.tags)
        if not clause.industries:
            return by_tags
        by_industry = np.array(
            [_is_listed(one, clause.industries) for one in self._industries], dtype=np.int8
        )
        return _both(by_tags, by_industry)

    def _limits(self, limits: Sequence[Limit], site: Indices) -> tuple[Answers, Floats]:
        """Return whether all limits are kept, and the value that the first is compared with."""
        kept = np.full(len(site), YES, dtype=np.int8)
        first = np.full(len(site), np.nan)
        for place, limit in enumerate(limits):
            value, error = self._quantity(limit)
            value, error = value[site], error[site]
            kept = _both(kept, _is_kept(limit, value, error))
            first = value if place == 0 else first
        return kept, first

    def _quantity(self, limit: Limit) -> tuple[Floats, Floats]:
        """Return a limit's value at each site and how far it may be wrong; NaN for unknown."""
        sizes, nothing = self._sizes, np.zeros(len(self._number))
        if limit.quantity is Quantity.AREA_M2:
            return np.where(sizes.dimensions == 2, sizes.area_m2, np.nan), nothing
        if limit.quantity is Quantity.AREA_HA:
            hectares = sizes.area_m2 / SQUARE_METRES_A_HECTARE
            return np.where(sizes.dimensions == 2, hectares, np.nan), nothing
        if limit.quantity is Quantity.LENGTH_M:
            return np.where(sizes.dimensions == 1, sizes.length_m, np.nan), nothing
        return self._of_layers(limit)

    def _of_layers(self, limit: Limit) -> tuple[Floats, Floats]:
        """Return the nearest distance to, or the largest overlap with, the limit's layers."""
        count = len(self._number)
        values, error = np.full(count, np.nan), np.zeros(count)
        for layer in self._measured:
            if limit.layer not in (layer.entry.role, layer.entry.id):
                continue
            value = _distance(layer) if limit.quantity is Quantity.DISTANCE_M else _overlap(layer)
            pick = np.fmin if limit.quantity is Quantity.DISTANCE_M else np.fmax
            values = pick(values, value)
            if limit.quantity is Quantity.DISTANCE_M:
                error = np.maximum(error, combined_error_m(layer.entry, self._options))
        return values, error


def _distance(layer: Measurement) -> Floats:
    """Return the distance to the layer; unknown unless it is mapped on all of the region."""
    whole = layer.entry.coverage.kind is CoverageKind.COMPLETE
    if layer.distances is None or not whole:
        return np.full(len(layer.status), np.nan)
    known = layer.mapped_share == 1.0
    return np.where(known, layer.distances.nearest.gaps.distance_m, np.nan)


def _overlap(layer: Measurement) -> Floats:
    return np.where(layer.mapped_share == 1.0, layer.overlap_area_m2, np.nan)


_COMPARISONS: Mapping[str, np.ufunc] = {
    "<=": np.less_equal,
    "<": np.less,
    ">=": np.greater_equal,
    ">": np.greater,
}


def _is_kept(limit: Limit, value: Floats, error: Floats) -> Answers:
    """Return whether the limit is kept; unknown where the value lies within its error of it."""
    kept = _COMPARISONS[limit.comparison](value, limit.value).astype(np.int8)
    doubtful = np.isnan(value) | ((error > 0) & (np.abs(value - limit.value) <= error))
    return np.where(doubtful, UNKNOWN, kept).astype(np.int8)


def _is_listed(project: Industry | None, listed: Sequence[Industry]) -> int:
    if project is None:
        return UNKNOWN
    answers = {industry.contains(project) for industry in listed}
    if True in answers:
        return YES
    return UNKNOWN if None in answers else NO


def _both(first: Answers, second: Answers) -> Answers:
    """Return the conjunction of two answers in three-valued logic."""
    no = (first == NO) | (second == NO)
    yes = (first == YES) & (second == YES)
    return np.select([no, yes], [NO, YES], UNKNOWN).astype(np.int8)


_WITHOUT_LIMITS: Mapping[RestrictType, tuple[Conformity, Why]] = {
    RestrictType.FORBIDDEN: (Conformity.VIOLATES, Why.FORBIDDEN),
    RestrictType.ALLOWED: (Conformity.CONFORMS, Why.ALLOWED),
}
"""What a clause says of a project that it is about; all others wait for a person."""


def _decide(
    clause: Clause, concerned: Answers, kept: Answers
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return conformity and reason of a readable clause for each row."""
    if clause.limits:
        judged = [
            (concerned == NO, Conformity.NOT_CONCERNED, Why.OTHERS),
            (concerned == UNKNOWN, Conformity.MANUAL, Why.UNKNOWN_FACTS),
            (kept == YES, Conformity.CONFORMS, Why.LIMIT_KEPT),
            (kept == NO, Conformity.VIOLATES, Why.LIMIT_BROKEN),
        ]
        otherwise = (Conformity.MANUAL, Why.UNKNOWN_LIMIT)
    else:
        judged = [
            (concerned == NO, *_not_concerned(clause)),
            (concerned == UNKNOWN, Conformity.MANUAL, Why.UNKNOWN_FACTS),
        ]
        otherwise = _WITHOUT_LIMITS.get(clause.restrict_type, (Conformity.MANUAL, Why.LIMITED))
    conditions = [condition for condition, _, _ in judged]
    conformity = np.select(conditions, [c.value for _, c, _ in judged], otherwise[0].value)
    why = np.select(conditions, [w.value for _, _, w in judged], otherwise[1].value)
    return conformity.astype(object), why.astype(object)


def _not_concerned(clause: Clause) -> tuple[Conformity, Why]:
    """Return what a clause says of others; a list of what is allowed leaves them to a person."""
    if clause.restrict_type is RestrictType.ALLOWED:
        return Conformity.MANUAL, Why.LIMITED
    return Conformity.NOT_CONCERNED, Why.OTHERS
