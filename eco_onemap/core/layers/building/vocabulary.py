# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables by which roles and fields are guessed (``resources/catalogue``), read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from eco_onemap.core.layers.building.description import Form
from eco_onemap.core.layers.building.names import Word, make_word
from eco_onemap.core.messages import Message, message, sentences
from eco_onemap.core.spellings import plain
from eco_onemap.paths import resource

STRONG, WEAK = 0.85, 0.45
"""How far a name of a layer speaks for a role; two weak words are not yet a strong one."""


AREA = "area_"
"""What attributes that are areas begin with; their unit follows."""


@dataclass(frozen=True)
class FieldTerm:
    """An internal attribute of a role.

    names: spellings in plain form, the most usual first.
    kind: what the values must be (``unique``, ``text``, ``number``, …), "" for anything.
    values: patterns of which each value must match one, empty for any value.
    """

    names: tuple[str, ...]
    kind: str = ""
    values: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True)
class RoleTerm:
    """A role: the forms it has, its attributes, and the values that point to it."""

    forms: frozenset[Form]
    fields: Mapping[str, FieldTerm]
    values: tuple[re.Pattern[str], ...]


@cache
def roles() -> Mapping[str, RoleTerm]:
    """Return all roles that can be guessed, with their attributes and those of every role."""
    fields = {role: _terms(given) for role, given in _table("fields")["roles"].items()}
    return {
        role: RoleTerm(
            forms=frozenset(Form(name) for name in given["geometry"]),
            fields=_with_common(fields.get(role, {})),
            values=tuple(map(re.compile, given.get("values", ()))),
        )
        for role, given in _table("roles")["roles"].items()
    }


@cache
def role_words() -> tuple[Word, ...]:
    """Return the words of all roles, and those that hide one (their role is "")."""
    table = _table("roles")
    found = [
        make_word(text, role, weight)
        for role, given in table["roles"].items()
        for kind, weight in (("strong", STRONG), ("weak", WEAK))
        for text in given.get(kind, ())
    ]
    return tuple(found + [make_word(text, "", 0.0) for text in table["foreign"]])


@cache
def coverage_words() -> tuple[Word, ...]:
    """Return the words of layers that tell where others are mapped."""
    return tuple(make_word(text, "coverage", STRONG) for text in _table("roles")["coverage"])


@cache
def telling_names() -> Mapping[str, tuple[str, ...]]:
    """Return the spellings of fields that at most three roles have, with these roles."""
    common = {name for given in _table("fields")["common"].values() for name in given["names"]}
    plain_common = {plain(name) for name in common}
    owners: dict[str, list[str]] = {}
    for role, term in roles().items():
        names = {name for field in term.fields.values() for name in field.names}
        for name in names - plain_common:
            owners.setdefault(name, []).append(role)
    return {name: tuple(found) for name, found in owners.items() if len(found) <= 3}


@cache
def area_names() -> Mapping[str, tuple[str, ...]]:
    """Return the plain spellings of fields with an area by unit; "any" where none is told."""
    return {unit: tuple(map(plain, names)) for unit, names in _table("fields")["area"].items()}


def role_title(role: str) -> Message | str:
    """Return what people call a role, the role itself where it is a free one."""
    key = f"report.role.{role}"
    return message(key) if key in sentences("en") else role


@cache
def common_fields() -> Mapping[str, FieldTerm]:
    """Return the attributes that every layer may have, whatever its role."""
    return _terms(_table("fields")["common"])


def field_label(role: str, internal: str, language: str) -> str:
    """Return what people call an attribute of a role: a Chinese spelling of it, or its name."""
    if internal.startswith(AREA):
        unit = message(f"guess.unit.{internal.removeprefix(AREA)}")
        return message("guess.area_label", unit=unit).text(language)
    fields = roles()[role].fields if role in roles() else common_fields()
    names = fields[internal].names if internal in fields and language == "zh" else ()
    return next((name for name in names if not name.isascii()), internal)


@dataclass(frozen=True)
class RoleTitles:
    """Several roles as people call them, in one line."""

    roles: tuple[str, ...]

    def text(self, language: str) -> str:
        """Return the titles in a language."""
        titles = [role_title(role) for role in self.roles]
        said = [title if isinstance(title, str) else title.text(language) for title in titles]
        return ("、" if language == "zh" else ", ").join(said)


def _with_common(own: Mapping[str, FieldTerm]) -> dict[str, FieldTerm]:
    """Return the attributes of a role; the common spellings come after its own."""
    common = common_fields()
    joined = {
        name: FieldTerm((*own[name].names, *term.names), term.kind) if name in own else term
        for name, term in common.items()
    }
    return {**joined, **{name: term for name, term in own.items() if name not in common}}


def _terms(given: Mapping[str, Mapping[str, Any]]) -> dict[str, FieldTerm]:
    return {
        name: FieldTerm(
            names=tuple(dict.fromkeys(map(plain, term["names"]))),
            kind=term.get("kind", ""),
            values=tuple(map(re.compile, term.get("values", ()))),
        )
        for name, term in given.items()
    }


@cache
def _table(name: str) -> Mapping[str, Any]:
    text = resource("catalogue", f"{name}.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found
