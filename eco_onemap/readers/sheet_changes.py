# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the pages of a file of maps still say what stood on its sheets.

A page of a map has no order of reading: texts are looked for anywhere on it, the longest first, and
each is found once, so that a number that stands there twice must stand there twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from eco_onemap.core.results.sheet_texts import SheetTexts
from eco_onemap.readers.printed_changes import bare
from eco_onemap.readers.text_changes import Change

_GONE = "\x00"
"""Stands for each character that was found; no page holds it."""
_ALIKE = 0.5


def find_sheet_changes(pages: Sequence[str], sheets: Sequence[SheetTexts]) -> list[Change]:
    """Return the texts of sheets that their pages do not hold, and sheets without a page."""
    changes: list[Change] = []
    for number, sheet in enumerate(sheets, start=1):
        place = f"{number}. {sheet.site_id} {sheet.title}"
        if number > len(pages):
            changes.append(Change(place, sheet.title, ""))
        else:
            changes += _changes(place, _Page(pages[number - 1]), sheet)
    return changes


class _Page:
    """The characters of a page; each is found once."""

    def __init__(self, text: str) -> None:
        words = [bare(word) for word in text.split()]
        self._left = "".join(words)
        self._edges = {0, *accumulate(map(len, words))}

    def take(self, told: str) -> bool:
        """Take a text off the page, where it can be between spaces; return whether it is there."""
        found = list(self._places(told))
        whole = (at for at in found if {at, at + len(told)} <= self._edges)
        start = next(whole, found[0] if found else -1)
        if start >= 0:
            end = start + len(told)
            self._left = self._left[:start] + _GONE * len(told) + self._left[end:]
        return start >= 0

    def left(self) -> list[str]:
        """Return what nobody took, piece by piece."""
        return [part for part in self._left.split(_GONE) if part]

    def _places(self, told: str) -> Iterator[int]:
        at = self._left.find(told)
        while at >= 0:
            yield at
            at = self._left.find(told, at + 1)


def _changes(place: str, page: _Page, sheet: SheetTexts) -> Iterator[Change]:
    longest_first = sorted((text for _, text in sheet.texts), key=lambda text: -len(bare(text)))
    missing = [text for text in longest_first if not page.take(bare(text))]
    for text in missing:
        likest = max(page.left(), key=lambda part: _likeness(bare(text), part), default="")
        is_it = _likeness(bare(text), likest) > _ALIKE
        yield Change(place, " ".join(text.split()), likest if is_it else "")


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
