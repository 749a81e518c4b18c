# SPDX-License-Identifier: GPL-2.0-or-later
"""How far sites are from the other answer to a question: in metres, square metres, percent, pieces.

Where features are only looked for, it is the distance to the nearest one; where something is
measured, what lies between its value and the limit. How deep a site lies inside a feature is not
measured: leaving one has no headroom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.answering import Answering, Answers, combine
from eco_onemap.core.law.conditions import NO, UNKNOWN, YES
from eco_onemap.core.law.rules import Measure, Relation, Rule
from eco_onemap.core.law.when import Ask, Bound, How, Limit, Question, When, questions
from eco_onemap.core.measures.pairs import hit_values, total

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ALL_OF_IT = 100.0
"""Percent of a site or feature that must lie inside."""

_WHOLE = {Ask.INSIDE: "share_pct", Ask.COVERED: "share_pct", Ask.CONTAINS: "feature_pct"}
_UNMEASURED = (Ask.PROJECT, Ask.AS_OF)


@dataclass(frozen=True)
class Turning:
    """A question of a rule that is not met, and at which of n sites it alone would turn the rule.

    answers: its own, shape (n,). turns: shape (n,).
    """

    question: Question
    answers: Answers
    turns: Flags


def condition_of(rule: Rule) -> When | None:
    """Return what a rule asks as a tree; None where one question does not say it.

    That is so of a plain rule that asks for a whole feature and for a size beside.
    """
    if rule.when is not None:
        return rule.when
    if rule.relation is Relation.WITHIN_DISTANCE:
        return Question(Ask.NEAR, "", rule.where, distance_m=rule.threshold)
    if rule.relation is not Relation.OVERLAPS:
        ask = Ask.CONTAINS if rule.relation is Relation.CONTAINS else Ask.INSIDE
        return Question(ask, "", rule.where) if rule.threshold == 0 else None
    if rule.threshold == 0:
        return Question(Ask.OVERLAP, "", rule.where)
    ask = Ask.TOGETHER if rule.measure is Measure.COUNT else Ask.OVERLAP
    limit = Limit(rule.measure.value, ((Bound.GT, rule.threshold),))
    return Question(ask, "", rule.where, limit)


def find_turnings(when: When, answering: Answering) -> tuple[Answers, list[Turning]]:
    """Return the answers of a tree at n sites, and each of its questions with where it turns them.

    A question turns a tree that is not met where its other answer would leave it met, or unknown.
    """
    asked = list(questions(when))
    denials = list(_denials(when))
    answers = [answering.read(q, d).answers for q, d in zip(asked, denials, strict=True)]
    found = []
    for place, own in enumerate(answers):
        other = np.select([own == NO, own == YES], [YES, NO], UNKNOWN).astype(np.int8)
        turned = _combined(when, iter([*answers[:place], other, *answers[place + 1 :]]))
        turns = (own != UNKNOWN) & (turned != NO)
        found.append(Turning(asked[place], own, turns))
    return _combined(when, iter(answers)), found


def _denials(when: When, denied: bool = False) -> Iterator[bool]:
    """Yield of each question in order whether it stands beneath an odd number of ``not``."""
    if isinstance(when, Question):
        yield denied
        return
    for part in when.parts:
        yield from _denials(part, denied != (when.how is How.NOT))


def _combined(when: When, answers: Iterator[Answers]) -> Answers:
    """Return the answer of a tree from those of its questions in order."""
    if isinstance(when, Question):
        return next(answers)
    parts = [_combined(part, answers) for part in when.parts]
    if when.how is How.NOT:
        return np.select([parts[0] == NO, parts[0] == YES], [YES, NO], UNKNOWN).astype(np.int8)
    return combine(when.how, parts)


def is_by_distance(question: Question) -> bool:
    """Return whether the distance to one feature decides a question."""
    if question.ask is Ask.NEAR:
        return True
    return question.ask in (Ask.OVERLAP, Ask.TOGETHER) and question.limit is None


def measure_of(question: Question) -> tuple[str, float]:
    """Return what a question measures, and the limit; NaN where it has none, or a range."""
    if is_by_distance(question):
        measure = "distance_m" if question.distance_m else Measure.AREA.value
        return measure, question.distance_m
    if question.ask in _WHOLE:
        return _WHOLE[question.ask], ALL_OF_IT
    if question.limit is None:
        return "", np.nan
    bounds = question.limit.bounds
    return question.limit.measure, bounds[0][1] if len(bounds) == 1 else np.nan


class Headroom(Answering):
    """Tells of n sites how far they are from the other answer to a question of one layer."""

    def room(self, turning: Turning, distance_m: Floats) -> Floats:
        """Return how far each site is from the other answer, NaN where that cannot be told.

        distance_m: shape (n,), to the nearest feature that the question is about, NaN for none.
        """
        question, holds = turning.question, turning.answers == YES
        if question.ask in _UNMEASURED:
            return np.full(self._count, np.nan)
        if is_by_distance(question):
            gap = np.abs(distance_m - question.distance_m)
            return np.where(holds & (question.distance_m == 0), np.nan, gap)
        if question.ask in _WHOLE:
            return np.where(holds, np.nan, ALL_OF_IT - self._largest_share(question))
        if question.limit is None:
            return np.full(self._count, np.nan)
        if question.ask is Ask.OVERLAP:
            return self._of_pairs(question, question.limit, holds)
        value = self._value(question, question.limit)
        return np.where(holds, _spare(question.limit, value), _lacking(question.limit, value))

    def _largest_share(self, question: Question) -> Floats:
        """Return how much of the site, or of a feature, lies inside at most, in percent."""
        maybe = self._matches(question)[1]
        rows = np.flatnonzero(maybe[self._layer.hits.feature])
        if question.ask is Ask.COVERED:
            return total(self._layer.hits, rows, "share_pct", self._count)
        largest = np.zeros(self._count)
        values = np.nan_to_num(hit_values(self._layer.hits, question))
        np.maximum.at(largest, self._layer.hits.site[rows], values[rows])
        return np.minimum(largest, ALL_OF_IT)

    def _of_pairs(self, question: Question, limit: Limit, holds: Flags) -> Floats:
        """Return it for a question about one feature: the one that is nearest to the limit."""
        hits, maybe = self._layer.hits, self._matches(question)[1]
        rows = np.flatnonzero(maybe[hits.feature])
        site, value = hits.site[rows], np.nan_to_num(hit_values(hits, question)[rows])
        lacking, spare = _lacking(limit, np.zeros(self._count)), np.zeros(self._count)
        np.minimum.at(lacking, site, _lacking(limit, value))
        np.maximum.at(spare, site, _spare(limit, value))
        return np.where(holds, spare, lacking)

    def _value(self, question: Question, limit: Limit) -> Floats:
        """Return what a question about all features, or about the site, measures."""
        if question.ask is Ask.COVERAGE:
            return 100.0 * self._layer.mapped_share
        if question.ask is Ask.RASTER:
            return self._raster(question).value
        if question.ask is Ask.RING:
            return self._in_ring(question, limit)
        maybe = self._matches(question)[1][self._layer.hits.feature]
        if limit.measure == "count":
            return self._hits(question).take(maybe).counts(self._count, sure_only=False)
        return total(self._layer.hits, np.flatnonzero(maybe), limit.measure, self._count)

    def _in_ring(self, question: Question, limit: Limit) -> Floats:
        if limit.measure == "count":
            return self._neighbours(question).counts(self._count, sure_only=False)
        areas = {} if self._layer.distances is None else self._layer.distances.ring_area_m2
        return areas.get(question.distance_m, np.zeros(self._count))


def _lacking(limit: Limit, value: Floats) -> Floats:
    """Return by how much a value misses a limit: the bound that it misses by most."""
    return np.maximum(_beyond(limit, value), 0.0)


def _spare(limit: Limit, value: Floats) -> Floats:
    """Return by how much a value keeps a limit: the bound that it keeps by least."""
    return np.maximum(-_beyond(limit, value), 0.0)


def _beyond(limit: Limit, value: Floats) -> Floats:
    """Return how far a value lies beyond the bound that it keeps least, below 0 inside of it."""
    sides = [value - edge if bound.is_upper else edge - value for bound, edge in limit.bounds]
    furthest: Floats = np.max(sides, axis=0)
    return furthest
