# SPDX-License-Identifier: GPL-2.0-or-later
"""What clauses ask for, each distinct condition once: whom it concerns and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.conditions import NO, UNKNOWN, YES, evaluate_projects
from eco_onemap.core.law.rules import ProjectFilter
from eco_onemap.core.sites.site import SiteFacts
from eco_onemap.core.zoning.clauses import Clause, Conformity, Industry, Limit, parse_industry
from eco_onemap.core.zoning.vocabulary import RestrictType

Indices = NDArray[np.intp]
Answers = NDArray[np.int8]

UNREADABLE = -1
"""The number of the condition of clauses that say nothing for a machine."""


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


Answer = tuple[Conformity, Why]

_CONCERNED: Mapping[RestrictType, Answer] = {
    RestrictType.FORBIDDEN: (Conformity.VIOLATES, Why.FORBIDDEN),
    RestrictType.ALLOWED: (Conformity.CONFORMS, Why.ALLOWED),
}
"""What a clause without limits says of a project that it is about; all others are a person's."""


@dataclass(frozen=True)
class Condition:
    """What a clause writes for a machine."""

    industries: tuple[Industry, ...]
    projects: ProjectFilter
    limits: tuple[Limit, ...]
    restrict_type: RestrictType

    @property
    def if_concerned(self) -> Answer:
        """What follows for a project that it is about, limits apart."""
        return _CONCERNED.get(self.restrict_type, (Conformity.MANUAL, Why.LIMITED))

    @property
    def if_not(self) -> Answer:
        """What follows for others: a list of what is allowed leaves them to a person."""
        if self.restrict_type is RestrictType.ALLOWED and not self.limits:
            return Conformity.MANUAL, Why.LIMITED
        return Conformity.NOT_CONCERNED, Why.OTHERS


class Conditions:
    """The distinct conditions of clauses; whom each concerns is found out once a run.

    of_clause: shape (c,), the number of each clause's own, UNREADABLE where it has none.
    """

    def __init__(self, clauses: Sequence[Clause]) -> None:
        numbers: dict[Condition, int] = {}
        self.of_clause: Indices = np.array(
            [
                numbers.setdefault(_condition(clause), len(numbers))
                if clause.is_readable
                else UNREADABLE
                for clause in clauses
            ],
            dtype=np.intp,
        )
        self.all = tuple(numbers)
        self.has_limits = np.array([bool(one.limits) for one in self.all], dtype=bool)
        self._known: dict[tuple[SiteFacts, frozenset[str], int], int] = {}

    def concerned(
        self, facts: Sequence[SiteFacts], tags: frozenset[str], of: Indices, condition: Indices
    ) -> Answers:
        """Return for pairs of a number of facts and a condition whether it is about them."""
        stride = len(self.all) + 1
        pairs, number = np.unique(of * stride + condition, return_inverse=True)
        answers = [
            self._answer(facts[pair // stride], tags, pair % stride) for pair in pairs.tolist()
        ]
        return np.array(answers, dtype=np.int8)[number]

    def _answer(self, facts: SiteFacts, tags: frozenset[str], condition: int) -> int:
        key = (facts, tags, condition)
        if key not in self._known:
            self._known[key] = is_concerned(self.all[condition], facts, tags)
        return self._known[key]


def _condition(clause: Clause) -> Condition:
    return Condition(clause.industries, clause.projects, clause.limits, clause.restrict_type)


def is_concerned(condition: Condition, facts: SiteFacts, tags: frozenset[str]) -> int:
    """Return 1 if a condition is about a project, 0 if not, -1 if the facts do not tell."""
    by_tags = int(evaluate_projects(condition.projects, [facts], tags)[0])
    by_industry = _is_listed(_industry(facts.industry), condition.industries)
    if NO in (by_tags, by_industry):
        return NO
    return YES if by_tags == by_industry == YES else UNKNOWN


@lru_cache(maxsize=10_000)
def _industry(text: str) -> Industry | None:
    return parse_industry(text)


def _is_listed(project: Industry | None, listed: Sequence[Industry]) -> int:
    if not listed:
        return YES
    if project is None:
        return UNKNOWN
    answers = {industry.contains(project) for industry in listed}
    if True in answers:
        return YES
    return UNKNOWN if None in answers else NO
