# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds the words of a vocabulary in names as offices give them: Chinese, initials, English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from eco_onemap.core.layers.addresses import is_database

LONG_INITIALS = 5
"""Initials as long as this are no accident inside a longer word (``xmstbhhx``)."""

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_NO_LETTERS = re.compile(r"[^a-z]+")
_CASE_CHANGE = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True)
class Word:
    """A word that speaks for a role with some weight; role "" for one that only hides others.

    is_chinese: whether it is looked for among the Chinese letters of a name or the Latin ones.
    """

    text: str
    role: str
    weight: float
    pattern: re.Pattern[str]
    is_chinese: bool = False


@dataclass(frozen=True)
class Found:
    """A word in a name, and where: is_last tells that no other one ends behind it."""

    word: Word
    is_last: bool


def make_word(text: str, role: str, weight: float) -> Word:
    """Return the word with the pattern that finds it."""
    if _CHINESE.search(text):
        return Word(text, role, weight, re.compile(re.escape(text)), is_chinese=True)
    parts = text.lower().split()
    joined = " ?".join(map(re.escape, parts))
    if len(parts) == 1 and len(text) >= LONG_INITIALS and _is_initials(text):
        return Word(text, role, weight, re.compile(joined))
    return Word(text, role, weight, re.compile(rf"(?<![a-z]){joined}s?(?![a-z])"))


def find_words(name: str, words: Iterable[Word]) -> list[Found]:
    """Return the words in a name that no longer word covers."""
    chinese, latin = _chinese_of(name), _latin_of(name)
    spans = [
        (word.is_chinese, match.start(), match.end(), word)
        for word in words
        if (text := chinese if word.is_chinese else latin)
        for match in word.pattern.finditer(text)
    ]
    kept = [span for span in spans if not any(_covers(other, span) for other in spans)]
    ends = {half: max((s[2] for s in kept if s[0] is half), default=0) for half in (True, False)}
    return [Found(word, end == ends[half]) for half, _, end, word in kept if word.role]


def names_of(title: str, source: str, layer: str) -> list[str]:
    """Return the names that a layer bears, each once; a folder tells too little to be one."""
    stem = "" if is_database(source) else PurePath(source.replace("\\", "/")).stem
    table = layer.rpartition(".")[2].partition("(")[0] if is_database(source) else layer
    return [name for name in dict.fromkeys((title, stem, table)) if name.strip()]


def _covers(longer: tuple[bool, int, int, Word], span: tuple[bool, int, int, Word]) -> bool:
    inside = longer[0] == span[0] and longer[1] <= span[1] and span[2] <= longer[2]
    return inside and longer[2] - longer[1] > span[2] - span[1]


def _is_initials(text: str) -> bool:
    """Return whether a word is made of initials of Chinese: it has hardly a vowel."""
    return sum(letter in "aeiou" for letter in text.lower()) * 4 <= len(text)


def _chinese_of(name: str) -> str:
    return "".join(_CHINESE.findall(unicodedata.normalize("NFKC", name)))


def _latin_of(name: str) -> str:
    parted = _CASE_CHANGE.sub(" ", unicodedata.normalize("NFKC", name))
    return _NO_LETTERS.sub(" ", parted.lower()).strip()
