# SPDX-License-Identifier: GPL-2.0-or-later
"""How alike two names, or two addresses, are: first brought into one writing, then aligned.

The words that count for nothing, and the characters that tell one works from another, stand in
``resources/name_words.yaml``. What is alike is shown to a person; nothing is decided by it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from eco_onemap.paths import resource

RUN = 4
"""Names are alike if they share a run of as many characters …"""

SHARED = 0.6
"""… and their longest common run is this part of the register's name, or all of the site's …"""

LIKE = 0.8
"""… or if they are the same but for slips: so much of both is the same, in the same order."""

SHORT = 5
"""A name of so few characters with another one in it is another name (农药厂, 制药厂)."""

ADDRESS_SHARED = 0.7
"""Addresses are alike if the longest run that they share is this part of the register's."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百]+")
_ALONE = re.compile(r"(?<![a-z])[a-z](?![a-z])")
_PLACED = re.compile(r"\d|[路街道巷弄村组号]")
"""What an address has that says more than a district."""

_RANGE = re.compile(r"(?<=\d)\s*[-—–~至]\s*\d+(?=号)")

_DIVISIONS = tuple(
    re.compile(f"(?P<own>[^省市县区镇乡]{{1,8}}{suffix})")
    for suffix in ("省", "市", "[区县]", "[镇乡]")
)
"""The divisions that an address may begin with, from the widest to the narrowest."""


def plain_name(name: str) -> str:
    """Return a name in one writing, without the words that many names share."""
    text = _one_writing(name)
    for pattern in _words()["numbering"]:
        text = re.sub(pattern, "", text)
    text = re.sub("|".join(_words()["common"]), "", text)
    text = re.sub(r"第(?=\d)", "", re.sub(f"[{''.join(_words()['divisions'])}]", "", text))
    return text.removeprefix("原")


def plain_address(address: str) -> str:
    """Return an address in one writing, "" where it names no more than a district.

    A range of house numbers (88-90号) stands at its first.
    """
    text = _one_writing(_RANGE.sub("", unicodedata.normalize("NFKC", address or "")))
    return text if _PLACED.search(text) else ""


def name_likeness(name: str, wanted: str) -> float:
    """Return how alike two plain names are, 0 where they are not; *wanted* is the register's.

    Numbers may stand in different places (第三农药厂, 农药三厂), but must be the same.
    """
    found = _aligned_likeness(name, wanted)
    numbers = re.findall(r"\d+", wanted)
    if found or not numbers or re.findall(r"\d+", name) != numbers:
        return found
    return _aligned_likeness(re.sub(r"\d+", "", name), re.sub(r"\d+", "", wanted))


def address_likeness(address: str, wanted: str) -> float:
    """Return how alike two plain addresses are, 0 where they are not; *wanted* is the register's.

    Divisions that both name must be the same, and so must the numbers, as far as both go; streets
    may have more written before and after them, but no other characters in them.
    """
    numbers, others = re.findall(r"\d+", address), re.findall(r"\d+", wanted)
    least = min(len(numbers), len(others))
    if numbers[:least] != others[:least] or (others and not least):
        return 0.0
    (here, address), (there, wanted) = _divided(address), _divided(wanted)
    if any(here[rank] != there[rank] for rank in here.keys() & there.keys()) or not wanted:
        return 0.0
    if any(own and other for own, other in _differences(address, wanted)):
        return 0.0
    matcher = difflib.SequenceMatcher(None, address, wanted, autojunk=False)
    longest = matcher.find_longest_match().size
    return longest / len(wanted) if longest >= ADDRESS_SHARED * len(wanted) else 0.0


def _one_writing(text: str) -> str:
    """Return a text in half width and lower case, numbers in digits, without blanks and brackets.

    Letters that stand alone are written large, so that they can be told from those of words.
    """
    given = unicodedata.normalize("NFKC", text or "").lower()
    given = _ALONE.sub(lambda found: found[0].upper(), given)
    return _NUMERAL.sub(lambda found: _number(found[0]), re.sub(r"[\W_]", "", given))


def _number(numeral: str) -> str:
    """Return a Chinese numeral in digits: 十二 is 12, 二〇一五 is 2015, 三 is 3."""
    if not any(unit in numeral for unit in _UNITS):
        return "".join(str(_DIGITS[character]) for character in numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return str(total + digit)


def _aligned_likeness(name: str, wanted: str) -> float:
    matcher = difflib.SequenceMatcher(None, name, wanted, autojunk=False)
    longest = matcher.find_longest_match().size
    by_run = longest >= RUN and (longest >= SHARED * len(wanted) or longest == len(name))
    likeness = longest / len(wanted) if by_run else matcher.ratio()
    return likeness if (by_run or likeness >= LIKE) and not _tell_apart(name, wanted) else 0.0


def _tell_apart(name: str, wanted: str) -> bool:
    """Return whether what differs inside of two names makes them different ones."""
    telling = re.compile(f"[0-9A-Z{_words()['telling']}]")
    short = min(len(name), len(wanted)) <= SHORT
    return any(
        telling.search(own + other) or (own and other and short)
        for own, other in _differences(name, wanted)
    )


def _differences(first: str, second: str) -> Iterator[tuple[str, str]]:
    """Yield where texts differ, but not what only one of them has before or after the other."""
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        outer = a == c == 0 or (b == len(first) and d == len(second))
        if kind != "equal" and not (outer and kind != "replace"):
            yield first[a:b], second[c:d]


def _divided(address: str) -> tuple[dict[int, str], str]:
    """Return the divisions that an address begins with, by their rank, and the rest of it."""
    found: dict[int, str] = {}
    for rank, pattern in enumerate(_DIVISIONS):
        match = pattern.match(address)
        if match:
            found[rank], address = match["own"], address[match.end() :]
    return found, address


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(resource("name_words.yaml").read_text(encoding="utf-8"))
    return words
