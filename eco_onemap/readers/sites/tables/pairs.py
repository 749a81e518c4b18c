# SPDX-License-Identifier: GPL-2.0-or-later
"""Both coordinates of a point in one text: ``东经118°06′00″，北纬24°30′00″``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eco_onemap.readers.sites.tables.numbers import parse_coordinate
from eco_onemap.readers.sites.tables.plain_text import plain

_NUMBER = r"\d{1,3}(?:,\d{3}){2}(?:\.\d+)?(?!\d|,\d)|\d+(?:\.\d+)?"
_ANGLE = (
    r"\d{1,3}(?:\.\d+)?\s*[°度]\s*"
    r"(?:\d{1,2}(?:\.\d+)?\s*['分]\s*(?:\d{1,2}(?:\.\d+)?\s*[\"秒]?)?)?"
    r"|\d{1,3}:\d{1,2}:\d{1,2}(?:\.\d+)?"
)
_WORD = r"东经|经度|北纬|纬度|longitude|latitude|lon|lat|lng|[enewsbl](?![a-z])"
_LETTERS_BEHIND = re.compile(r"(?<![a-z])[ensw](?![a-z])\D*$", re.IGNORECASE)
"""The last letter of an axis has no number behind it: then letters stand behind their numbers."""


def _coordinate(behind: str) -> re.Pattern[str]:
    """Return the pattern of a coordinate; *behind* is that of a letter behind its number."""
    return re.compile(
        rf"""
    (?:(?<![\w.])|(?<=\d)(?=[ensw]\d))  # letters of an axis may run into the number before
    (?:(?P<word>{_WORD})\s*[:=]?\s*|(?:[xy]|[xy]坐标)\s*[:=]\s*)?
    (?P<body>-?(?:{_ANGLE}|{_NUMBER}))(?!\.?\d)
    (?:\s*(?P<after>{behind}|[东北](?!经|纬)))?
    (?!(?![ensblxyw])[a-z]{{1,3}}\d)  # no number runs into a label: 39611000J1
    """,
        re.VERBOSE | re.IGNORECASE,
    )


_BEHIND = _coordinate(r"[ensw](?![a-z])")
_BEFORE = _coordinate(r"[ensw](?![a-z]|\s*[:=]?\s*\d)")


@dataclass(frozen=True)
class Found:
    """A text that can be a coordinate, letters of its axis included, and where it stands."""

    text: str
    start: int
    end: int


def find_coordinates(text: str) -> list[Found]:
    """Return what can be coordinates in *text*, which is :func:`plain`."""
    found = []
    pattern = _BEHIND if _LETTERS_BEHIND.search(text) else _BEFORE
    for match in pattern.finditer(text):
        word, body, after = match["word"] or "", match["body"].strip(), match["after"] or ""
        found.append(Found(f"{word}{body}{after}", *match.span()))
    return found


def split_pair(text: str) -> tuple[str, str] | None:
    """Return the two coordinates that a cell holds, None where it holds another number of them."""
    texts = [one.text for one in find_coordinates(plain(text))]
    found = [one for one in texts if parse_coordinate(one) is not None]
    return (found[0], found[1]) if len(found) == 2 else None
