# SPDX-License-Identifier: GPL-2.0-or-later
"""The projects of a block of sites, their facts grouped once for all rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.conditions import evaluate_projects, group_facts
from eco_onemap.core.law.rules import Rule
from eco_onemap.core.sites.site import SiteFacts


@dataclass(frozen=True)
class Projects:
    """The distinct facts of n sites, and the number of each site's own, shape (n,)."""

    distinct: tuple[SiteFacts, ...]
    number: NDArray[np.intp]
    tags: frozenset[str]

    @classmethod
    def of(cls, facts: Sequence[SiteFacts], tags: frozenset[str]) -> Projects:
        """Return the projects with these facts; *tags* are stated of each."""
        grouped = group_facts(facts)
        return cls(grouped.distinct, grouped.numbers, tags)

    def applies(self, rule: Rule) -> NDArray[np.int8]:
        """Return for each site 1 if a rule is for its project, 0 if not, -1 if unknown."""
        answers: NDArray[np.int8] = evaluate_projects(rule.projects, self.distinct, self.tags)
        return answers[self.number]
