# SPDX-License-Identifier: GPL-2.0-or-later
"""What a layer says of its units and zones beside their codes: class, domain, element, kind.

Many layers of element zones (大气、水、土壤) bear codes of their own making, or none, and tell
element and kind in columns (HJYS, YSXL) or in the zone's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from eco_onemap.core.messages import Message
from eco_onemap.core.zoning.codes import Code
from eco_onemap.core.zoning.vocabulary import (
    code_tables,
    find_domain,
    find_element,
    find_unit_class,
    find_zone,
    named,
)

CLASS, ELEMENT, SUBTYPE, DOMAIN = ("unit_class", "zone_class"), "element", "subtype", "domain"
WORDS = (*CLASS, ELEMENT, SUBTYPE, DOMAIN)
"""The attributes of layers, by their internal names, that are read."""


def complete_unit(code: Code, said: Mapping[str, str]) -> Code:
    """Return a control unit's code, completed by what its layer says where the code is silent."""
    return replace(
        code,
        unit_class=code.unit_class or _class_of(said),
        domain=code.domain or find_domain(said.get(DOMAIN, "")),
    )


def complete_zone(code: Code, said: Mapping[str, str], name: str) -> Code:
    """Return an element zone's code, completed by what its layer says where the code is silent.

    said: the layer's words by attribute. name: the zone's name, which often holds its kind. Where
    code and layer say different things, the code is followed and the difference told.
    """
    kind = said.get(SUBTYPE, "")
    element, unit_class = find_element(said.get(ELEMENT, "")), _class_of(said)
    zone = find_zone(kind, element, unit_class) or find_zone(name, element, unit_class)
    element = element or zone[1:2] or find_element(kind) or find_element(name)
    unit_class = unit_class or zone[:1]
    return replace(
        code,
        unit_class=code.unit_class or unit_class,
        element=code.element or element,
        zone=_kind(code, zone or kind),
        domain=code.domain or find_domain(said.get(DOMAIN, "")),
        unknown=(
            *code.unknown,
            *_difference(code, "elements", code.element, element),
            *_difference(code, "classes", code.unit_class, unit_class),
        ),
    )


def _class_of(said: Mapping[str, str]) -> str:
    return next(filter(None, (find_unit_class(said.get(name, "")) for name in CLASS)), "")


def _kind(code: Code, told: str) -> str:
    """Return the kind of a zone: as its code says, unless no table knows the code's digits."""
    return code.zone if code.zone in code_tables()["zones"] or not told else told


def _difference(code: Code, table: str, digit: str, told: str) -> tuple[Message, ...]:
    names = code_tables()[table]
    if not told or digit not in names or digit == told:
        return ()
    said = {"code": code.text, "digit": digit}
    words = {"meaning": named(table, digit), "stated": named(table, told)}
    return (Message("code.differs", {**said, **words}),)
