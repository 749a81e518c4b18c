# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares projects with clauses: only what a clause writes for a machine is decided by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import text_column
from eco_onemap.core.grouping import rows_by_value
from eco_onemap.core.law.conditions import NO, UNKNOWN, YES, group_facts
from eco_onemap.core.layers.accuracy import combined_error_m
from eco_onemap.core.layers.catalogue import CoverageKind
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.site_sizes import SiteSizes
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteFacts
from eco_onemap.core.zoning.clause_conditions import UNREADABLE, Conditions, Why
from eco_onemap.core.zoning.clauses import Conformity, Limit, Quantity

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Answers = NDArray[np.int8]
Words = NDArray[np.object_]

SQUARE_METRES_A_HECTARE = 10_000.0


@dataclass(frozen=True)
class Answered:
    """Conformity and reason of rows, arrays of shape (k,) of the enums' values.

    measured: the value that the clause's first limit is compared with, NaN where there is none.
    """

    conformity: Words
    why: Words
    measured: Floats


class Comparer:
    """Compares the projects of a block of sites with clauses.

    Facts are compared once for each of their distinct combinations, limits once for each that
    differs; rows are gathered from both.
    """

    def __init__(
        self,
        facts: Sequence[SiteFacts],
        sizes: SiteSizes,
        measured: Sequence[Measurement],
        options: Options,
    ) -> None:
        grouped = group_facts(facts)
        self._distinct, self._number = grouped.distinct, grouped.numbers
        self._sizes, self._measured, self._options = sizes, measured, options

    def compare(self, conditions: Conditions, site: Indices, clause: Indices) -> Answered:
        """Return what is said of each pair of a site and a clause."""
        answered = Answered(
            np.full(len(site), Conformity.MANUAL.value, dtype=object),
            np.full(len(site), Why.UNREADABLE.value, dtype=object),
            np.full(len(site), np.nan),
        )
        rows = np.flatnonzero(conditions.of_clause[clause] != UNREADABLE)
        if len(rows):
            condition = conditions.of_clause[clause[rows]]
            concerned = conditions.concerned(
                self._distinct, self._options.tags, self._number[site[rows]], condition
            )
            kept, answered.measured[rows] = self._limits(conditions, condition, site[rows])
            said = _decide(conditions, condition, concerned, kept)
            answered.conformity[rows], answered.why[rows] = said
        return answered

    def _limits(
        self, conditions: Conditions, condition: Indices, site: Indices
    ) -> tuple[Answers, Floats]:
        """Return whether all limits are kept, and the value that the first is compared with."""
        kept = np.full(len(site), YES, dtype=np.int8)
        first = np.full(len(site), np.nan)
        limited = np.flatnonzero(conditions.has_limits[condition])
        for group in rows_by_value(condition[limited]):
            rows = limited[group]
            for place, limit in enumerate(conditions.all[condition[rows[0]]].limits):
                value, error = self._quantity(limit)
                kept[rows] = _both(kept[rows], _is_kept(limit, value[site[rows]], error))
                if place == 0:
                    first[rows] = value[site[rows]]
        return kept, first

    def _quantity(self, limit: Limit) -> tuple[Floats, float]:
        """Return a limit's value at each site, NaN for unknown, and how far it may be wrong."""
        sizes = self._sizes
        if limit.quantity is Quantity.AREA_M2:
            return np.where(sizes.dimensions == 2, sizes.area_m2, np.nan), 0.0
        if limit.quantity is Quantity.AREA_HA:
            hectares = sizes.area_m2 / SQUARE_METRES_A_HECTARE
            return np.where(sizes.dimensions == 2, hectares, np.nan), 0.0
        if limit.quantity is Quantity.LENGTH_M:
            return np.where(sizes.dimensions == 1, sizes.length_m, np.nan), 0.0
        return self._of_layers(limit)

    def _of_layers(self, limit: Limit) -> tuple[Floats, float]:
        """Return the nearest distance to, or the largest overlap with, the limit's layers."""
        meant = [one for one in self._measured if limit.layer in (one.entry.role, one.entry.id)]
        values, error = np.full(len(self._number), np.nan), 0.0
        for layer in meant:
            if limit.quantity is Quantity.OVERLAP_M2:
                values = np.fmax(values, _overlap(layer))
            else:
                values = np.fmin(values, _distance(layer))
                error = max(error, combined_error_m(layer.entry, self._options))
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


def _is_kept(limit: Limit, value: Floats, error: float) -> Answers:
    """Return whether the limit is kept; unknown where the value lies within its error of it."""
    kept = _COMPARISONS[limit.comparison](value, limit.value)
    doubtful = np.isnan(value) | ((error > 0) & (np.abs(value - limit.value) <= error))
    return np.where(doubtful, UNKNOWN, kept).astype(np.int8)


def _both(first: Answers, second: Answers) -> Answers:
    """Return the conjunction of two answers in three-valued logic."""
    no = (first == NO) | (second == NO)
    yes = (first == YES) & (second == YES)
    return np.select([no, yes], [NO, YES], UNKNOWN).astype(np.int8)


def _decide(
    conditions: Conditions, condition: Indices, concerned: Answers, kept: Answers
) -> tuple[Words, Words]:
    """Return conformity and reason of each row."""
    limited = conditions.has_limits[condition]
    cases = [concerned == NO, concerned == UNKNOWN, ~limited, kept == YES, kept == NO]
    by_limit = [
        (Conformity.CONFORMS, Why.LIMIT_KEPT),
        (Conformity.VIOLATES, Why.LIMIT_BROKEN),
        (Conformity.MANUAL, Why.UNKNOWN_LIMIT),
    ]
    said = []
    for part in (0, 1):  # conformity, reason
        others = text_column(one.if_not[part].value for one in conditions.all)[condition]
        meant = text_column(one.if_concerned[part].value for one in conditions.all)[condition]
        unknown = (Conformity.MANUAL, Why.UNKNOWN_FACTS)[part].value
        kept_, broken, open_ = (answer[part].value for answer in by_limit)
        said.append(np.select(cases, [others, unknown, meant, kept_, broken], open_))
    return said[0].astype(object), said[1].astype(object)
