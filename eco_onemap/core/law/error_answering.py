# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers a rule's questions at sites that may lie up to the positional error elsewhere.

An answer is yes or no where it is so wherever the site lies within the error, else unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.answering import ANY, COVERED, Answering, Reading, answers_between
from eco_onemap.core.law.conditions import NO, YES, GroupedFacts
from eco_onemap.core.law.rules import Measure, Relation, Rule
from eco_onemap.core.law.when import Ask, Bound, Limit, Question
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.pairs import NO_PAIRS, Pairs, join_pairs
from eco_onemap.core.measures.shared_bounds import OF_FEATURE, OF_SITE, PRESENT, Interval
from eco_onemap.core.measures.vicinity import Vicinity
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteFacts

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_MEETS = Limit(PRESENT, ((Bound.GE, 1.0),))
_WHOLE_PCT = 100.0 * (1.0 - 1e-9)
_IN_FEATURE = Limit(OF_SITE, ((Bound.GE, _WHOLE_PCT),))
_HAS_FEATURE = Limit(OF_FEATURE, ((Bound.GE, _WHOLE_PCT),))

_RELATIONS = {
    Relation.OVERLAPS: (Ask.OVERLAP, _MEETS),
    Relation.CONTAINS: (Ask.CONTAINS, _HAS_FEATURE),
    Relation.COVERS: (Ask.INSIDE, _IN_FEATURE),
}


class ErrorAnswering(Answering):
    """Answers questions about one layer at n sites, of which it is asked at some."""

    def __init__(
        self,
        rule: Rule,
        measurement: Measurement,
        facts: Sequence[SiteFacts] | GroupedFacts,
        options: Options,
        vicinity: Vicinity,
        asked: Flags,
    ) -> None:
        super().__init__(rule, measurement, facts, options)
        self._vicinity, self._at = vicinity, asked

    def answer_plain(self, rule: Rule) -> Reading:
        """Return whether a rule without a tree of conditions says something of each site."""
        ask, limit = _RELATIONS[rule.relation]
        over = Limit(rule.measure.value, ((Bound.GT, rule.threshold),))
        counts = rule.measure is Measure.COUNT
        limits = (limit,) if counts or rule.threshold == 0 else (limit, over)
        pairs = self._pairs(Question(ask, "", where=rule.where), limits)
        if not counts or rule.threshold == 0:
            return self._existence(pairs, largest=True)
        return self._counted(over, pairs)

    def _pairs(self, question: Question, limits: Sequence[Limit]) -> Pairs:
        """Return pairs that may keep all limits, sure where they do wherever the site lies."""
        match, maybe = self._matches(question)
        found = self._vicinity.pairs(maybe, self._at)
        answers = [_answers(limit, found.bounds[limit.measure]) for limit in limits]
        possible = np.all([answer != NO for answer in answers], axis=0)
        sure = np.all([answer == YES for answer in answers], axis=0) & match[found.feature]
        value = found.bounds[limits[-1].measure].high
        pairs = Pairs(found.site, found.feature, value, sure).take(possible)
        return join_pairs(pairs, self._named(question))

    def _overlap(self, question: Question) -> Reading:
        relation = {Ask.INSIDE: _IN_FEATURE, Ask.CONTAINS: _HAS_FEATURE}.get(question.ask, _MEETS)
        limits = [relation, question.limit] if question.limit else [relation]
        return self._existence(self._pairs(question, limits), largest=True)

    def _together(self, question: Question) -> Reading:
        limit = question.limit or (COVERED if question.ask is Ask.COVERED else ANY)
        pairs = self._pairs(question, [_MEETS])
        if limit.measure == "count":
            return self._counted(limit, pairs)
        match, maybe = self._matches(question)
        most = self._vicinity.together(maybe, self._at)[limit.measure]
        same = bool((match == maybe).all())
        sure = most if same else self._vicinity.together(match, self._at)[limit.measure]
        return self._between(limit, sure.low, most.high, pairs.told(self._count, largest=True)[1])

    def _counted(self, limit: Limit, pairs: Pairs) -> Reading:
        sure, most = (pairs.counts(self._count, sure_only) for sure_only in (True, False))
        feature = pairs.told(self._count, largest=True)[1]
        return self._between(limit, sure, most, feature)

    def _neighbours(self, question: Question) -> Pairs:
        """Return the features that may lie within the distance, sure where they do for certain."""
        if self._layer.distances is None:
            return NO_PAIRS
        match, maybe = self._matches(question)
        near, error = self._layer.distances.neighbours, self._vicinity.error_m
        sure = match[near.feature] & (near.distance_m <= question.distance_m - error)
        every = Pairs(near.site, near.feature, near.distance_m, sure)
        possible = near.distance_m <= question.distance_m + error
        return every.take(maybe[near.feature] & possible & self._at[near.site])

    def _ring(self, question: Question) -> Reading:
        limit = question.limit or ANY
        if limit.measure != "area_m2":
            return super()._ring(question)
        area = self._vicinity.ring_area_m2(question.distance_m)
        feature = self._neighbours(question).told(self._count, largest=False)[1]
        return self._between(limit, area.low, area.high, feature)

    def _raster(self, question: Question) -> Reading:
        if self._layer.raster is None:
            return super()._raster(question)
        limit = question.limit or ANY
        measure = limit.measure if limit.measure in ("mean", "min") else "max"
        value = self._vicinity.values(measure)
        return self._plain(answers_between(limit, value.low, value.high), value.high)


def _answers(limit: Limit, value: Interval) -> NDArray[np.int8]:
    return answers_between(limit, value.low, value.high)
