# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares projects with clauses: only what a clause writes for a machine is decided by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import text_column
from eco_onemap.core.grouping import rows_by_value
from eco_onemap.core.law.conditions import NO, UNKNOWN, YES, group_facts
from eco_onemap.core.layers.accuracy import combined_error_m
from eco_onemap.core.layers.catalogue import CoverageKind
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.shared_bounds import AREA
from eco_onemap.core.measures.site_sizes import SiteSizes
from eco_onemap.core.measures.vicinity import Vicinities
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteFacts
from eco_onemap.core.vocabulary import HitKind
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
    differs; rows are gathered from both. lost: roles and ids of layers that could not be measured.
    """

    def __init__(
        self,
        facts: Sequence[SiteFacts],
        sizes: SiteSizes,
        measured: Sequence[Measurement],
        vicinities: Vicinities,
        lost: frozenset[str],
        options: Options,
    ) -> None:
        grouped = group_facts(facts)
        self._distinct, self._number = grouped.distinct, grouped.numbers
        self._sizes, self._measured, self._vicinities = sizes, measured, vicinities
        self._lost, self._options = lost, options

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
                quantity = self._quantity(limit)
                kept[rows] = _both(kept[rows], quantity.keeps(limit)[site[rows]])
                if place == 0:
                    first[rows] = quantity.value[site[rows]]
        return kept, first

    def _quantity(self, limit: Limit) -> _Quantity:
        sizes = self._sizes
        if limit.quantity is Quantity.AREA_M2:
            return _exact(np.where(sizes.dimensions == 2, sizes.area_m2, np.nan))
        if limit.quantity is Quantity.AREA_HA:
            hectares = sizes.area_m2 / SQUARE_METRES_A_HECTARE
            return _exact(np.where(sizes.dimensions == 2, hectares, np.nan))
        if limit.quantity is Quantity.LENGTH_M:
            return _exact(np.where(sizes.dimensions == 1, sizes.length_m, np.nan))
        measure = self._overlap if limit.quantity is Quantity.OVERLAP_M2 else self._distance
        meant = [one for one in self._measured if limit.layer in (one.entry.role, one.entry.id)]
        larger = limit.quantity is Quantity.OVERLAP_M2
        found = [measure(one) for one in meant]
        if not found or limit.layer in self._lost:
            return _exact(np.full(len(self._number), np.nan))
        old = any(one.entry.datum for one in meant)
        return replace(reduce(partial(_Quantity.joined, larger=larger), found), old=old)

    def _distance(self, layer: Measurement) -> _Quantity:
        """Return the distance to the layer; unknown unless it is mapped on all of the region."""
        whole = layer.entry.coverage.kind is CoverageKind.COMPLETE
        if layer.distances is None or not whole:
            return _exact(np.full(len(layer.status), np.nan))
        known = layer.mapped_share == 1.0
        value = np.where(known, layer.distances.nearest.gaps.distance_m, np.nan)
        error = combined_error_m(layer.entry, self._options)
        return _between(value, value - error, value + error)

    def _overlap(self, layer: Measurement) -> _Quantity:
        """Return the area shared with the layer; unknown where the two meet without sharing one."""
        met = np.zeros(len(layer.status), dtype=bool)
        met[layer.hits.site[layer.hits.kind != HitKind.TOUCH.value]] = True
        known = (layer.mapped_share == 1.0) & (self._sizes.dimensions == 2)
        known &= ~met | (layer.overlap_area_m2 > 0)
        value = np.where(known, layer.overlap_area_m2, np.nan)
        if combined_error_m(layer.entry, self._options) <= 0:
            return _exact(value)
        vicinity = self._vicinities.get(layer.entry.id)
        if vicinity is None:
            nothing = np.full(len(value), np.nan)
            return _between(value, nothing, nothing)
        every = np.ones(len(vicinity.layer.features), dtype=bool)
        area = vicinity.together(every, known)[AREA]
        return _between(value, area.low, area.high)


@dataclass(frozen=True)
class _Quantity:
    """What a limit asks of each of n sites: as measured, at least and at most.

    value: NaN where it is not known; low and high are then minus and plus infinity. old: whether
    it rests on a layer in an older datum, which proves no limit broken.
    """

    value: Floats
    low: Floats
    high: Floats
    old: bool = False

    def joined(self, other: _Quantity, larger: bool) -> _Quantity:
        """Return the larger, or the smaller, of both."""
        known, choose = (np.fmax, np.maximum) if larger else (np.fmin, np.minimum)
        low, high = choose(self.low, other.low), choose(self.high, other.high)
        return _Quantity(known(self.value, other.value), low, high)

    def keeps(self, limit: Limit) -> Answers:
        """Return whether the limit is kept wherever the site lies within its error, or broken."""
        keeps = _COMPARISONS[limit.comparison]
        least, most = keeps(self.low, limit.value), keeps(self.high, limit.value)
        broken = UNKNOWN if self.old else NO
        answers = np.select([least & most, ~least & ~most], [YES, broken], UNKNOWN)
        return answers.astype(np.int8)


def _between(value: Floats, low: Floats, high: Floats) -> _Quantity:
    """Return a quantity that is unknown where *value*, *low* or *high* is NaN."""
    unknown = np.isnan(value) | np.isnan(low) | np.isnan(high)
    return _Quantity(value, np.where(unknown, -np.inf, low), np.where(unknown, np.inf, high))


def _exact(value: Floats) -> _Quantity:
    return _between(value, value, value)


_COMPARISONS: Mapping[str, np.ufunc] = {
    "<=": np.less_equal,
    "<": np.less,
    ">=": np.greater_equal,
    ">": np.greater,
}


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
