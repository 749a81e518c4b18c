# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables by which codes and access lists are read: data in ``resources/zoning``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Any

import yaml

from eco_onemap.core.spellings import by_spelling, plain
from eco_onemap.paths import resource

ACCESS_LIST_ROLE = "access_list"
"""The role by which rules speak of the clauses of access lists as of a layer's features."""


class Terms(Enum):
    """The two vocabularies of zoning control; the later one is the Code's."""

    THREE_LINES = "three_lines"
    ZONING = "zoning"


class RestrictType(Enum):
    """What a clause does with the activities that it names."""

    FORBIDDEN = "forbidden"
    LIMITED = "limited"
    ALLOWED = "allowed"
    EXIT = "exit"
    OTHER = "other"


class Level(Enum):
    """Whose list a clause belongs to, from the widest to the narrowest."""

    PROVINCE = "province"
    REGION = "region"
    CITY = "city"
    COUNTY = "county"
    SEA = "sea"
    PARK = "park"
    UNIT = "unit"


@dataclass(frozen=True)
class Named:
    """A name in each language; "" in both where a table does not know it."""

    names: Mapping[str, str]

    def text(self, language: str = "en") -> str:
        """Return the name in *language*."""
        return self.names.get(language, "")

    def __bool__(self) -> bool:
        return any(self.names.values())


UNKNOWN_NAME = Named({})


def same(text: str) -> Named:
    """Return a text of a layer as a name: data stays in its own language."""
    return Named({"zh": text, "en": text})


@cache
def code_tables() -> Mapping[str, Any]:
    """Return ``resources/zoning/codes.yaml``."""
    return _read("codes.yaml")


@cache
def list_tables() -> Mapping[str, Any]:
    """Return ``resources/zoning/access_list.yaml``."""
    return _read("access_list.yaml")


def _read(name: str) -> Mapping[str, Any]:
    text = resource("zoning", name).read_text(encoding="utf-8")
    tables: Mapping[str, Any] = yaml.safe_load(text)
    return tables


def named(table: str, key: str) -> Named:
    """Return what a table of codes calls *key*; falsy where the table does not know it."""
    entry = code_tables()[table].get(key)
    if entry is None:
        return UNKNOWN_NAME
    return Named({language: str(entry[language]) for language in ("zh", "en")})


def term(terms: Terms, what: str) -> Named:
    """Return the word for ``system``, ``unit``, ``zone`` or ``list`` in a vocabulary."""
    return Named(code_tables()["terms"][terms.value][what])


@lru_cache(maxsize=10_000)
def find_term(table: str, text: str) -> str:
    """Return the term of a table of spellings that *text* is one of, "" if it is none."""
    return spellings(table).get(plain(text), "")


@cache
def spellings(table: str) -> Mapping[str, str]:
    """Return plain spelling to term for a table of ``access_list.yaml``."""
    return by_spelling(list_tables()[table])


@lru_cache(maxsize=10_000)
def find_unit_class(text: str) -> str:
    """Return the class digit that a text such as 1, 优先保护 or 优先保护单元 names, "" if none."""
    wanted = plain(text).removesuffix("单元").removesuffix("类").removesuffix("区")
    by_name = {plain(entry["zh"]): digit for digit, entry in code_tables()["classes"].items()}
    short = {name[:2]: digit for name, digit in by_name.items()}
    return {**_digits(code_tables()["classes"]), **short, **by_name}.get(wanted, "")


@lru_cache(maxsize=10_000)
def find_element(text: str) -> str:
    """Return the digit of the element that a text names, "" if none or several.

    A text is an element's digit or word (3, 大气), or holds a longer one (大气环境管控分区).
    """
    wanted, known = plain(text).removesuffix("要素"), _elements()
    if wanted in known:
        return known[wanted]
    held = {digit for word, digit in known.items() if len(word) > 2 and word in wanted}
    return held.pop() if len(held) == 1 else ""


@cache
def _elements() -> Mapping[str, str]:
    spelt = {
        digit: [digit, entry["zh"], entry["en"], *entry["also"]]
        for digit, entry in code_tables()["elements"].items()
    }
    return by_spelling(spelt)


@lru_cache(maxsize=10_000)
def find_zone(text: str, element: str = "", unit_class: str = "") -> str:
    """Return the digits of the zone whose name a text holds, "" if none or several.

    The longest name that stands in the text is meant; of zones named alike, the first. Element and
    class, where they are known, leave out zones of others, and a text without the element's word
    (弱扩散重点管控区) is read as a zone of *element*.
    """
    wanted = plain(text)
    if not wanted:
        return ""
    fitting = {
        digits: plain(entry["zh"])
        for digits, entry in code_tables()["zones"].items()
        if element in ("", digits[1]) and unit_class in ("", digits[0])
    }
    found = [digits for digits, name in fitting.items() if name in wanted]
    if not found and element:
        found = [digits for digits, name in fitting.items() if name.endswith(wanted)]
        found = found if len({fitting[digits] for digits in found}) == 1 else []
    return max(found, key=lambda digits: len(fitting[digits]), default="")


@lru_cache(maxsize=10_000)
def find_domain(text: str) -> str:
    """Return ``land`` or ``sea`` for a text such as 陆域, HY or sea, "" if it names neither."""
    tables = code_tables()["unit_prefixes"]
    spelt = {e["domain"]: [e["domain"], e["zh"], key] for key, e in tables.items()}
    return by_spelling(spelt).get(plain(text), "")


def _digits(classes: Iterable[str]) -> dict[str, str]:
    return {digit: digit for digit in classes}
