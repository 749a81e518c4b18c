# SPDX-License-Identifier: GPL-2.0-or-later
"""Conditions that combine: a tree of questions about one layer, one project and one day.

A question (:class:`Question`) is answered for each site with yes, no or unknown; ``all``, ``any``
and ``not`` combine the answers. How they are answered stands in :mod:`.answering`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any


class Ask(Enum):
    """What a question is about."""

    OVERLAP = "overlap"
    TOGETHER = "together"
    INSIDE = "inside"
    COVERED = "covered"
    CONTAINS = "contains"
    NEAR = "near"
    RING = "ring"
    RASTER = "raster"
    COVERAGE = "coverage"
    PROJECT = "project"
    AS_OF = "as_of"


MEASURES: Mapping[Ask, tuple[str, ...]] = {
    Ask.OVERLAP: ("area_m2", "share_pct", "feature_pct", "length_m"),
    Ask.TOGETHER: ("area_m2", "share_pct", "length_m", "count"),
    Ask.RING: ("count", "area_m2"),
    Ask.RASTER: ("mean", "min", "max"),
    Ask.COVERAGE: ("share_pct",),
}
"""What can be compared with limits in each question that measures."""

WITH_FEATURES = (
    *(Ask.OVERLAP, Ask.TOGETHER, Ask.INSIDE, Ask.COVERED, Ask.CONTAINS, Ask.NEAR, Ask.RING),
)
"""Questions about features, which ``where`` can choose."""

OF_LAYER = (*WITH_FEATURES, Ask.RASTER)
"""Questions whose "no" holds only where the layer is mapped."""


class Bound(Enum):
    """How a value is compared with a limit."""

    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"

    @property
    def is_upper(self) -> bool:
        """Whether larger values fail."""
        return self in (Bound.LT, Bound.LE)


@dataclass(frozen=True)
class Limit:
    """A measure with the bounds that its value must keep, all of them."""

    measure: str
    bounds: tuple[tuple[Bound, float], ...]

    @property
    def has_upper(self) -> bool:
        """Whether more of the measure can make the answer "no"."""
        return any(bound.is_upper for bound, _ in self.bounds)

    @property
    def has_lower(self) -> bool:
        """Whether more of the measure can make the answer "yes"."""
        return any(not bound.is_upper for bound, _ in self.bounds)


@dataclass(frozen=True)
class Question:
    """One question.

    where: as of a rule, for the features that count. limit: None asks for any of the measure.
    distance_m: of ``near`` and ``ring``. projects: a ProjectFilter, of ``project``.
    days: bounds on the assessment date, of ``as_of``. place: where it stands in the pack.
    """

    ask: Ask
    place: str
    where: Mapping[str, Any] = field(default_factory=dict)
    limit: Limit | None = None
    distance_m: float = 0.0
    projects: Any = None
    days: tuple[tuple[Bound, date], ...] = ()


class How(Enum):
    """How answers combine."""

    ALL = "all"
    ANY = "any"
    NOT = "not"


@dataclass(frozen=True)
class Branch:
    """Several conditions combined; ``not`` has one part."""

    how: How
    parts: tuple[Question | Branch, ...]


When = Question | Branch


def questions(when: When | None) -> Iterator[Question]:
    """Yield all questions of a tree in the order in which they are written."""
    if isinstance(when, Question):
        yield when
    elif when is not None:
        for part in when.parts:
            yield from questions(part)


def principal(when: When) -> Question | None:
    """Return the question whose value is told: the first that measures and is not denied."""
    if isinstance(when, Question):
        return when if when.ask in OF_LAYER or when.ask is Ask.COVERAGE else None
    if when.how is How.NOT:
        return None
    return next(filter(None, map(principal, when.parts)), None)
