# SPDX-License-Identifier: GPL-2.0-or-later
"""What rule packs ask of a catalogue: which roles, and which attributes of their layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eco_onemap.core.further.upstream_intakes import DOWNSTREAM_ROLE
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.zoning.vocabulary import ACCESS_LIST_ROLE

DERIVED = {"failure": "stage", "eight_industry": "industry"}
"""Attributes that a check makes of others (:mod:`eco_onemap.core.layers.contaminated_land`)."""

MADE = frozenset({ACCESS_LIST_ROLE, DOWNSTREAM_ROLE})
"""Roles of layers that a check makes itself: no catalogue has them."""


def needed_attributes(packs: Iterable[RulePack]) -> Mapping[str, tuple[str, ...]]:
    """Return each role that rules ask about, with the attributes of it that they ask for, sorted.

    An attribute is needed by a role if a rule about this role alone names it: a rule about several
    roles asks for what only some of them have.
    """
    found: dict[str, set[str]] = {}
    for pack in packs:
        for rule in pack.rules:
            for role in rule.roles:
                attributes = found.setdefault(role, set())
                if len(rule.roles) == 1:
                    names = (name for where in rule.wheres for name in where)
                    attributes.update(DERIVED.get(name, name) for name in names)
    return {role: tuple(sorted(names)) for role, names in found.items() if role not in MADE}
