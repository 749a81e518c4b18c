# SPDX-License-Identifier: GPL-2.0-or-later
"""What has to be known of a project so that rules can be answered: nothing else is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from eco_onemap.core.further.upstream_intakes import DOWNSTREAM_ROLE
from eco_onemap.core.law.rules import FIELDS, Rule, RulePack
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.core.sites.project_tags import special_tags
from eco_onemap.core.sites.site_facts import NATURES
from eco_onemap.core.zoning.clauses import Clause
from eco_onemap.core.zoning.vocabulary import ACCESS_LIST_ROLE
from eco_onemap.paths import resource

NATURE, INDUSTRY = "nature", "industry"
OTHER = "other"
"""The group of tags that no other names."""
MADE_ROLES = frozenset((ACCESS_LIST_ROLE, DOWNSTREAM_ROLE))
"""Roles of layers that a check makes itself: no catalogue names them."""


@dataclass(frozen=True)
class TagGroup:
    """Tags of one kind. titles: language code to the group's title, empty where *general* is it.

    general: the tag that the others imply, "" for none.
    """

    titles: Mapping[str, str]
    tags: tuple[str, ...]
    general: str = ""


@dataclass(frozen=True)
class ProjectQuestions:
    """What rules ask. fields: of ``stage``, ``planned_use``, ``industry`` and ``nature``."""

    fields: frozenset[str]
    groups: tuple[TagGroup, ...]

    @property
    def count(self) -> int:
        """How many answers there are to give."""
        return len(self.fields) + sum(len(group.tags) for group in self.groups)


def find_questions(
    packs: Iterable[RulePack],
    catalogue: Catalogue | None = None,
    clauses: Iterable[Clause] = (),
) -> ProjectQuestions:
    """Return what the rules of *packs* and the clauses of access lists ask about projects.

    catalogue: rules about layers that it lacks ask nothing; access lists ask for industry and
    nature of a project. ``None`` for all rules. clauses: of its access lists.
    """
    rules = (rule for pack in packs for rule in pack.rules)
    asked = {name for rule in rules if _can_apply(rule, catalogue) for name in rule.asks}
    if catalogue is not None and catalogue.access_lists:
        asked |= {INDUSTRY, NATURE}
    asked |= {name for clause in clauses for name in clause.projects.asks}
    fields = asked & {*FIELDS, NATURE}
    if asked & set(NATURES):
        fields |= {NATURE}
    return ProjectQuestions(frozenset(fields), tuple(_groups(asked - set(NATURES) - fields)))


def _can_apply(rule: Rule, catalogue: Catalogue | None) -> bool:
    """Return whether a catalogue has a layer that the rule is about."""
    if catalogue is None or not (rule.roles or rule.layers):
        return True
    known = MADE_ROLES | {entry.role for entry in catalogue.layers}
    named = {entry.id for entry in catalogue.layers}
    return bool(known & set(rule.roles) or named & set(rule.layers))


def _groups(asked: set[str]) -> Iterator[TagGroup]:
    """Yield the groups that have something to ask, in the order of the form."""
    special, known = special_tags(), _known_groups()
    listed = {tag for group in known.values() for tag in group["tags"]}
    others = sorted(asked - listed - set(special))
    for name, group in known.items():
        tags = others if name == OTHER else [tag for tag in group["tags"] if tag in asked]
        if tags:
            yield TagGroup(group["title"], tuple(tags))
    for general in (tag for tag in special if tag in asked):
        yield TagGroup({}, (general, *special[general]), general)


@cache
def _known_groups() -> Mapping[str, Mapping[str, Any]]:
    text = resource("project_questions.yaml").read_text(encoding="utf-8")
    groups: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    return groups
