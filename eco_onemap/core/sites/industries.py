# SPDX-License-Identifier: GPL-2.0-or-later
"""Industries of GB/T 4754-2017 (国民经济行业分类): codes, names, and a search by name."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from eco_onemap.paths import resource

_CODE = re.compile(r"([A-T])?(\d{2,4})", re.ASCII)

_CODE_AND_NAME = re.compile(r"([A-T]\d{2,4}|\d{4})[ \u3000]*(?=[^\dA-Za-z])", re.ASCII)


@dataclass(frozen=True)
class Industry:
    """One class: *code* with its section's letter (``C``, ``C26``, ``C261``, ``C2614``)."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """1 section (门类), 2 division (大类), 3 group (中类), 4 class (小类)."""
        return max(len(self.code) - 1, 1)


@cache
def industries() -> dict[str, Industry]:
    """Return all industries of the list by code; see the list's head on what it lacks."""
    path = resource("industries", "gbt4754-2017.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    found: dict[str, Industry] = {}
    section = ""
    for row in rows:
        section = row["code"] if row["code"].isalpha() else section
        code = row["code"] if row["code"].isalpha() else section + row["code"]
        found[code] = Industry(code, row["name"])
    return found


@cache
def _sections() -> dict[str, str]:
    """Return division (two digits) to its section's letter."""
    return {code[1:3]: code[0] for code in industries() if len(code) == 3}


def find_industry(text: str) -> Industry | None:
    """Return the industry that a code (with or without letter) or a whole name means, or None.

    A code below a known division that the list lacks is none: the list does not have all classes.
    """
    plain = text.strip().upper().replace(" ", "")
    match = _CODE.fullmatch(plain)
    if match:
        section = _sections().get(match[2][:2], "")
        if match[1] and match[1] != section:
            return None
        return industries().get(section + match[2])
    named = [one for one in industries().values() if one.name == text.strip()]
    return named[-1] if named else industries().get(plain)


def search_industries(words: str, limit: int = 20) -> list[Industry]:
    """Return the industries whose names hold all words, broad classes first.

    Words are separated by blanks; a code's beginning finds all below it.
    """
    wanted = words.split()
    found = [
        one
        for one in industries().values()
        if wanted and all(word in one.name or one.code.startswith(word.upper()) for word in wanted)
    ]
    return sorted(found, key=lambda one: (one.level, one.code))[:limit]


def normalized_industry(text: str) -> str:
    """Return the code with its letter that *text* means; *text* itself where it means none.

    A well-formed code of a known division is completed by its letter, even if the list lacks it;
    a name behind the code (``C2614 有机化学原料制造``) is left out.
    """
    plain = text.strip()
    known = find_industry(plain)
    if known is not None:
        return known.code
    with_name = _CODE_AND_NAME.match(plain)
    if with_name:
        plain = with_name[1]
    match = _CODE.fullmatch(plain.upper())
    section = _sections().get(match[2][:2], "") if match else ""
    if match and section and match[1] in (None, section):
        return section + match[2]
    return text.strip()
