# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers trees of conditions at all sites at once: yes, no or unknown, over arrays.

What is surely there gives a lower value, what may be there (slivers, touches, unknown attributes,
register entries known by name only) a higher one; where both lead to the same answer it is sure,
elsewhere it is unknown. An answer that rests on not finding more is sure only on mapped ground:
under ``not``, and beneath an upper limit, unmapped ground makes it unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.conditions import NO, UNKNOWN, YES, GroupedFacts, evaluate_projects
from eco_onemap.core.law.rules import Rule
from eco_onemap.core.law.when import OF_LAYER, Ask, Bound, How, Limit, Question, When
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.pairs import (
    NO_PAIRS,
    Pairs,
    hit_values,
    is_slight,
    join_pairs,
    keeps,
    keeps_day,
    total,
)
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteFacts
from eco_onemap.core.vocabulary import HitKind

Answers = NDArray[np.int8]
Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

WHOLE = 1.0 - 1e-9
COVERED = Limit("share_pct", ((Bound.GE, 100.0 * WHOLE),))
ANY = Limit("count", ((Bound.GT, 0.0),))
TINY = np.nextafter(0.0, 1.0)

EXISTENCE = (Ask.OVERLAP, Ask.INSIDE, Ask.CONTAINS, Ask.NEAR)
"""Questions to which one feature is enough of an answer."""

_OPPOSITE = np.array([YES, NO, UNKNOWN], dtype=np.int8)
"""By the answer: 0 for no, 1 for yes, -1 (the last) for unknown."""


@dataclass(frozen=True)
class Reading:
    """What a question found at n sites: its answers, and what is told of them.

    value: shape (n,), NaN where nothing was measured. feature: shape (n,), -1 for none.
    """

    answers: Answers
    value: Floats
    feature: Indices


def combine(how: How, answers: Sequence[Answers]) -> Answers:
    """Return the answers combined by ``all`` or ``any``; unknown counts between no and yes."""
    stacked = np.stack(answers)
    first, last = (NO, YES) if how is How.ALL else (YES, NO)
    decided, open_to_doubt = (stacked == first).any(axis=0), (stacked == UNKNOWN).any(axis=0)
    return np.select([decided, open_to_doubt], [first, UNKNOWN], last).astype(np.int8)


def answers_between(limit: Limit, low: Floats, high: Floats) -> Answers:
    """Return whether values keep a limit that are at least *low* and at most *high*.

    Each bound is asked apart: a range may lie between two values that both miss it.
    """
    answers = []
    for bound in limit.bounds:
        one = replace(limit, bounds=(bound,))
        least, most = keeps(one, low), keeps(one, high)
        answers.append(np.where(least == most, least, UNKNOWN).astype(np.int8))
    return combine(How.ALL, answers)


class Answering:
    """Answers a rule's questions about one layer at n sites."""

    def __init__(
        self,
        rule: Rule,
        measurement: Measurement,
        facts: Sequence[SiteFacts] | GroupedFacts,
        options: Options,
    ) -> None:
        self._rule, self._layer = rule, measurement
        self._facts, self._options, self._count = facts, options, len(facts)
        self._asking = {
            Ask.OVERLAP: self._overlap,
            Ask.INSIDE: self._overlap,
            Ask.CONTAINS: self._overlap,
            Ask.TOGETHER: self._together,
            Ask.COVERED: self._together,
            Ask.NEAR: self._near,
            Ask.RING: self._ring,
            Ask.RASTER: self._raster,
            Ask.COVERAGE: self._coverage,
            Ask.PROJECT: self._project,
            Ask.AS_OF: self._as_of,
        }

    def answer(self, when: When, denied: bool = False) -> Answers:
        """Return the answer of a tree at each site; *denied* beneath an odd number of ``not``."""
        if isinstance(when, Question):
            return self.read(when, denied).answers
        if when.how is How.NOT:
            return _OPPOSITE[self.answer(when.parts[0], not denied)]
        return combine(when.how, [self.answer(part, denied) for part in when.parts])

    def read(self, question: Question, denied: bool = False) -> Reading:
        """Return what one question found, unknown where unmapped ground may turn the answer."""
        reading = self._asking[question.ask](question)
        if question.ask not in OF_LAYER:
            return reading
        upper, lower = _sides(question)
        doubtful = (reading.answers == YES) & upper | (reading.answers == NO) & (denied and lower)
        doubtful &= self._unmapped(question)
        return replace(
            reading, answers=np.where(doubtful, UNKNOWN, reading.answers).astype(np.int8)
        )

    def _unmapped(self, question: Question) -> Flags:
        if question.distance_m and self._layer.distances is not None:
            return self._layer.distances.mapped_within[self._rule.reach_m] != 1.0
        return self._layer.mapped_share != 1.0

    def _matches(self, question: Question) -> tuple[Flags, Flags]:
        """Return which features fit the question's ``where`` for sure, and which may."""
        matches, unknown = self._layer.features.matches(question.where, self._options.as_of)
        return matches, matches | unknown

    def _hits(self, question: Question) -> Pairs:
        """Return all hits, sure where the feature fits and nothing is in doubt."""
        hits = self._layer.hits
        match, _ = self._matches(question)
        value = hit_values(hits, question)
        return Pairs(hits.site, hits.feature, value, match[hits.feature] & ~is_slight(hits))

    def _named(self, question: Question) -> Pairs:
        """Return features without a geometry whose name a site bears: never sure."""
        named, nothing = self._layer.named, np.full(len(self._layer.named.site), np.nan)
        every = Pairs(named.site, named.feature, nothing, np.zeros(len(nothing), dtype=bool))
        return every.take(self._matches(question)[1][named.feature])

    def _overlap(self, question: Question) -> Reading:
        """Return whether there is one feature that overlaps as asked."""
        hits, pairs = self._layer.hits, self._hits(question)
        passes = self._matches(question)[1][hits.feature]
        if question.ask is not Ask.OVERLAP:
            passes &= pairs.value >= 100.0 * WHOLE
        elif question.limit:
            touch = hits.kind == HitKind.TOUCH.value
            least = keeps(question.limit, np.full(len(touch), TINY))
            passes &= keeps(question.limit, pairs.value) | touch & least
        return self._existence(join_pairs(pairs.take(passes), self._named(question)), largest=True)

    def _existence(self, pairs: Pairs, largest: bool) -> Reading:
        answers = np.full(self._count, NO, dtype=np.int8)
        answers[pairs.site] = UNKNOWN
        answers[pairs.site[pairs.sure]] = YES
        return Reading(answers, *pairs.told(self._count, largest))

    def _between(self, limit: Limit, sure: Floats, most: Floats, feature: Indices) -> Reading:
        """Return the answer where what is sure and what may be agree, else unknown."""
        answers = answers_between(limit, sure, most)
        return Reading(answers, np.where(keeps(limit, sure), sure, most), feature)

    def _together(self, question: Question) -> Reading:
        """Return whether the features together overlap as asked, shared ground counted once."""
        limit = question.limit or (COVERED if question.ask is Ask.COVERED else ANY)
        hits, pairs, named = self._layer.hits, self._hits(question), self._named(question)
        maybe = self._matches(question)[1][hits.feature]
        every = join_pairs(pairs.take(maybe), named)
        feature = every.told(self._count, largest=True)[1]
        if limit.measure == "count":
            sure, most = (every.counts(self._count, sure_only) for sure_only in (True, False))
            return self._between(limit, sure, most, feature)
        most = total(hits, np.flatnonzero(maybe), limit.measure, self._count)
        sure = most
        if (pairs.sure != maybe).any():
            sure = total(hits, np.flatnonzero(pairs.sure), limit.measure, self._count)
        reading = self._between(limit, sure, most, feature)
        unclear = (reading.answers == NO) & (named.counts(self._count, sure_only=False) > 0)
        return replace(reading, answers=np.where(unclear, UNKNOWN, reading.answers).astype(np.int8))

    def _near(self, question: Question) -> Reading:
        return self._existence(self._neighbours(question), largest=False)

    def _neighbours(self, question: Question) -> Pairs:
        """Return the features within the question's distance that may fit."""
        if self._layer.distances is None:
            return NO_PAIRS
        match, maybe = self._matches(question)
        near = self._layer.distances.neighbours
        every = Pairs(near.site, near.feature, near.distance_m, match[near.feature])
        return every.take(maybe[near.feature] & (near.distance_m <= question.distance_m))

    def _ring(self, question: Question) -> Reading:
        limit, pairs = question.limit or ANY, self._neighbours(question)
        feature = pairs.told(self._count, largest=False)[1]
        if limit.measure == "area_m2":
            areas = {} if self._layer.distances is None else self._layer.distances.ring_area_m2
            area = areas.get(question.distance_m, np.zeros(self._count))
            return self._between(limit, area, area, feature)
        sure, most = (pairs.counts(self._count, sure_only) for sure_only in (True, False))
        return self._between(limit, sure, most, feature)

    def _raster(self, question: Question) -> Reading:
        stats, limit = self._layer.raster, question.limit or ANY
        if stats is None:
            return self._plain(np.zeros(self._count), None)
        value = {"mean": stats.mean, "min": stats.minimum}.get(limit.measure, stats.maximum)
        return self._plain(keeps(limit, value), value)

    def _coverage(self, question: Question) -> Reading:
        value = 100.0 * self._layer.mapped_share
        answers = np.where(np.isnan(value), UNKNOWN, keeps(question.limit or ANY, value))
        return self._plain(answers, value)

    def _project(self, question: Question) -> Reading:
        tags = self._options.tags
        return self._plain(evaluate_projects(question.projects, self._facts, tags), None)

    def _as_of(self, question: Question) -> Reading:
        day = self._options.as_of.toordinal()
        fits = all(keeps_day(bound, day, one.toordinal()) for bound, one in question.days)
        return self._plain(np.full(self._count, fits), None)

    def _plain(self, answers: NDArray[np.generic], value: Floats | None) -> Reading:
        """Return a reading that tells of no feature."""
        nothing = np.full(self._count, np.nan) if value is None else value
        return Reading(answers.astype(np.int8), nothing, np.full(self._count, -1, dtype=np.intp))


def _sides(question: Question) -> tuple[bool, bool]:
    """Return whether more features can turn a yes into a no, and a no into a yes."""
    if question.ask in EXISTENCE or question.limit is None:
        return False, True
    return question.limit.has_upper, question.limit.has_lower
