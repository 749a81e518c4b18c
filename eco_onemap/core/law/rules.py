# SPDX-License-Identifier: GPL-2.0-or-later
"""Rule packs: conditions with the law that they rest on, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Any

from eco_onemap.core.law.when import Ask, When, questions
from eco_onemap.core.vocabulary import Verdict


class Relation(Enum):
    """How a site must lie to a feature for a rule to apply (site first)."""

    OVERLAPS = "overlaps"
    WITHIN_DISTANCE = "within_distance"
    CONTAINS = "contains"
    COVERS = "covers"


class Level(Enum):
    """Whose rules a pack holds, from the widest to the most local."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    USER = "user"

    @property
    def rank(self) -> int:
        """Return 0 for national and more the more local."""
        return list(Level).index(self)


class Measure(Enum):
    """What a threshold is compared with, each with its unit."""

    AREA = "area_m2"
    SHARE = "share_pct"
    LENGTH = "length_m"
    DISTANCE = "distance_m"
    COUNT = "count"


@dataclass(frozen=True)
class LegalBasis:
    """An article and the days on which it is in force, both inclusive.

    verified: whether the text was compared with the official one; unverified bases cap a rule
    at ``study``.
    """

    law: str
    article: str
    clause: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    text: str = ""
    verified: bool = False

    def in_force(self, day: date) -> bool:
        """Return whether the article is in force on *day*."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)

    @property
    def citation(self) -> str:
        """The article as it is cited in a report, such as 《生态环境法典》第319条."""
        clause = self.clause and f"第{self.clause}款"
        article = self.article and f"第{self.article}条"
        return f"《{self.law}》{article}{clause}"


@dataclass(frozen=True)
class ProjectFilter:
    """Which projects a rule is for; each list that is empty asks for nothing.

    any_tags: at least one must be true.
    all_tags: each must be true; ``new|expand`` is true when one of its alternatives is.
    none_tags: exceptions; a project that states one of them is not meant.
    ``!tag`` in the first two asks that the project be stated not to be that.
    industries: beginnings of industry codes (GB/T 4754), such as ``C26`` or ``26``.
    """

    any_tags: tuple[str, ...] = ()
    all_tags: tuple[str, ...] = ()
    none_tags: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    planned_uses: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()

    @property
    def tags(self) -> frozenset[str]:
        """Every tag that the filter asks for, alternatives apart and without denials."""
        items = self.any_tags + self.all_tags + self.none_tags
        return frozenset(tag.lstrip("!") for item in items for tag in item.split("|"))

    @property
    def asks(self) -> tuple[str, ...]:
        """The tags and fields of projects that the filter asks about, tags first and sorted."""
        choices = zip(FIELDS, (self.stages, self.planned_uses, self.industries), strict=True)
        return (*sorted(self.tags), *(name for name, chosen in choices if chosen))


FIELDS = ("stage", "planned_use", "industry")
"""What is stated of a project besides its tags."""


@dataclass(frozen=True)
class Rule:
    """A condition, the verdict it leads to, and the law it rests on.

    where: internal attribute name of the layer to a value, a list of values, or a mapping of
        one comparison (``lt le gt ge ne in not_in``) to its operand.
    threshold: a value that the measure must exceed (distance: at or below). For plain overlaps
        the threshold is 0.
    when: a tree of conditions in place of where, relation and threshold; the rule then says one
        thing of a site, not one of each feature.
    replaces: rules of wider packs in whose place this one stands (see :mod:`.stacking`).
    yields_to: rules of more local packs that stand in this one's place where they are meant.
    origin: name and version of the pack.
    advice: language code to text.
    """

    id: str
    title: Mapping[str, str]
    verdict: Verdict
    relation: Relation
    basis: tuple[LegalBasis, ...]
    roles: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)
    measure: Measure = Measure.AREA
    threshold: float = 0.0
    projects: ProjectFilter = ProjectFilter()
    advice: Mapping[str, str] = field(default_factory=dict)
    samples: tuple[Mapping[str, Any], ...] = ()
    when: When | None = None
    replaces: tuple[str, ...] = ()
    yields_to: tuple[Rule, ...] = ()
    origin: str = ""

    @property
    def reach_m(self) -> float:
        """The largest distance that the rule asks about, 0 for rules about overlaps."""
        if self.when is not None:
            return max((asked.distance_m for asked in questions(self.when)), default=0.0)
        return self.threshold if self.relation is Relation.WITHIN_DISTANCE else 0.0

    @property
    def ring_areas_m(self) -> frozenset[float]:
        """The rings in which the rule asks for the area of the layer."""
        return frozenset(
            asked.distance_m
            for asked in questions(self.when)
            if asked.ask is Ask.RING and asked.limit and asked.limit.measure == "area_m2"
        )

    @property
    def wheres(self) -> tuple[Mapping[str, Any], ...]:
        """Every choice of features that the rule makes."""
        if self.when is None:
            return (self.where,)
        return tuple(asked.where for asked in questions(self.when))

    @property
    def filters(self) -> tuple[ProjectFilter, ...]:
        """Every filter on projects that the rule has."""
        asked = (one.projects for one in questions(self.when) if one.projects is not None)
        return (self.projects, *asked)

    @property
    def asks(self) -> tuple[str, ...]:
        """The tags and fields of projects that the rule asks about, sorted."""
        asked = dict.fromkeys(name for one in self.filters for name in one.asks)
        tags = [name for name in asked if name not in FIELDS]
        return (*sorted(tags), *(name for name in asked if name in FIELDS))

    @property
    def change_days(self) -> tuple[date, ...]:
        """The days on which the law in force for the rule changes, ascending."""
        days = {basis.effective_from for basis in self.basis}
        days |= {b.effective_to + timedelta(days=1) for b in self.basis if b.effective_to}
        return tuple(sorted(day for day in days if day))

    def basis_in_force(self, day: date) -> tuple[LegalBasis, ...]:
        """Return the bases in force on *day*, empty if there are none."""
        return tuple(basis for basis in self.basis if basis.in_force(day))


@dataclass(frozen=True)
class RulePack:
    """Rules of one jurisdiction, as one file holds them."""

    name: str
    version: str
    jurisdiction: str
    language: str
    rules: tuple[Rule, ...]
    path: str = ""
    fingerprint: str = ""
    level: Level = Level.USER
