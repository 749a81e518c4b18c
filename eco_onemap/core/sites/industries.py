# SPDX-License-Identifier: GPL-2.0-or-later
"""Industries of GB/T 4754-2017 (国民经济行业分类): codes, names, look-up and search."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from eco_onemap.core.errors import OptionError
from eco_onemap.paths import resource

SECTION, DIVISION, GROUP, CLASS = 1, 2, 3, 4
"""Levels: 门类, 大类, 中类, 小类."""

_CODE = re.compile(r"([A-T])?(\d{2,4})|[A-T]", re.ASCII)
_LONG_CODE = re.compile(r"[A-T]\d{2,4}|\d{4}", re.ASCII)
"""What is a code whatever stands behind it; 24 is none in 24小时便利店."""

_CODE_AND_NAME = re.compile(r"([A-T]?\d{2,4}|[A-T])\W*(?=[^\W\dA-Za-z])(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Industry:
    """One entry: *code* with its section's letter (``C``, ``C26``, ``C261``, ``C2614``)."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """SECTION, DIVISION, GROUP or CLASS."""
        return max(len(self.code) - 1, 1)

    @property
    def wider(self) -> tuple[Industry, ...]:
        """What it lies in, section first: none for a section."""
        ends = [1, *range(3, len(self.code))] if len(self.code) > 1 else []
        return tuple(industries()[self.code[:end]] for end in ends)

    @property
    def narrower(self) -> tuple[Industry, ...]:
        """What it is divided into, one level down: none for a class."""
        return _divided().get(self.code, ())


@cache
def industries() -> dict[str, Industry]:
    """Return all industries by code, in the order of the standard."""
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
def _divided() -> dict[str, tuple[Industry, ...]]:
    found: dict[str, tuple[Industry, ...]] = {}
    for one in industries().values():
        if one.wider:
            above = one.wider[-1].code
            found[above] = (*found.get(above, ()), one)
    return found


@cache
def _sections() -> dict[str, str]:
    """Return division (two digits) to its section's letter."""
    return {code[1:3]: code[0] for code in industries() if len(code) == 3}


@cache
def _names() -> dict[str, Industry]:
    """Return the industry of each name; where levels share one, the narrowest of equal extent.

    燃气生产和供应业 is division 45 and its group 451, which is only a part: the division is meant.
    """
    found: dict[str, Industry] = {}
    for one in industries().values():
        same = found.setdefault(_plain(one.name), one)
        if same.narrower == (one,):
            found[_plain(one.name)] = one
    return found


def find_industry(text: str) -> Industry | None:
    """Return the industry that a code, a name, or a code with a name behind it means, or None.

    Codes may lack their letter. None as well for another section's letter, and for a code with the
    name of an industry that lies elsewhere: one of the two is wrong.
    """
    plain = _plain(text)
    whole = _CODE.fullmatch(plain)
    if whole:
        return _of_code(plain)
    named = _names().get(plain)
    parts = _CODE_AND_NAME.fullmatch(plain)
    if named is not None or parts is None:
        return named
    found, said = _of_code(parts[1]), _names().get(parts[2])
    if found is None or said is None:
        return found if _LONG_CODE.fullmatch(parts[1]) else None
    return found if _is_within(found, said) or _is_within(said, found) else None


def _of_code(code: str) -> Industry | None:
    digits = code.lstrip("ABCDEFGHIJKLMNOPQRST")
    section = _sections().get(digits[:2], "") if digits else code
    return industries().get(section + digits) if code in (digits, section + digits) else None


def _is_within(one: Industry, other: Industry) -> bool:
    return one.code.startswith(other.code)


def search_industries(words: str, limit: int | None = 20) -> list[Industry]:
    """Return the industries that match all words: exact ones first, then broad ones first.

    Words are separated by blanks; one matches by standing in a name, or by beginning a code (with
    or without its letter). limit: the most to return, None for all.
    """
    wanted = _folded(words).split()
    found = [
        one
        for one in industries().values()
        if wanted and all(word in _plain(one.name) or _begins(one, word) for word in wanted)
    ]
    exact = find_industry(words)
    return sorted(found, key=lambda one: (one != exact, one.level, one.code))[:limit]


def _begins(one: Industry, word: str) -> bool:
    return one.code.startswith(word) or (word.isdigit() and one.code[1:].startswith(word))


def similar_industries(text: str, limit: int = 3) -> list[Industry]:
    """Return what may be meant by a text that is no industry: [] where nothing comes near.

    A code: the part of it that is known, and what that is divided into. A name: the industries
    with most of its pairs of letters.
    """
    plain = _plain(text)
    code = (_CODE_AND_NAME.fullmatch(plain) or _CODE.fullmatch(plain) or [plain])[0]
    digits = re.sub(r"\D", "", code)
    if digits:
        known = next((found for end in (3, 2) if (found := _of_code(digits[:end]))), None)
        return [known, *known.narrower][:limit] if known else []
    pairs = {plain[at : at + 2] for at in range(len(plain) - 1)}
    shared = {one: sum(pair in one.name for pair in pairs) for one in industries().values()}
    near = [one for one, count in shared.items() if count > 0]
    return sorted(near, key=lambda one: (-shared[one], one.level, one.code))[:limit]


def require_industry(text: str) -> Industry:
    """Return the industry that a user states; OptionError with what may be meant if it is none."""
    found = find_industry(text)
    if found is None:
        near = similar_industries(text)
        key = "option.industry_near" if near else "option.industry"
        raise OptionError(key, value=text, near=listed(near))
    return found


def listed(found: Sequence[Industry]) -> str:
    """Return industries in one line: ``C26 化学原料和化学制品制造业, C261 …``."""
    return ", ".join(f"{one.code} {one.name}" for one in found)


def normalized_industry(text: str) -> str:
    """Return the code with its letter that *text* means; *text* itself where it means none."""
    known = find_industry(text)
    return known.code if known else text.strip()


def _folded(text: str) -> str:
    """Return a text without differences of width and case."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def _plain(text: str) -> str:
    """Return a text folded and without blanks."""
    return "".join(_folded(text).split())
