# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether pages still say what they said: pieces of text that are not where they were.

A PDF has no paragraphs and no cells, only characters at places. So spaces and line breaks do not
count, nor characters that look alike (NFKC), and each piece is looked for where the last one ended.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eco_onemap.core.printed_pieces import Piece
from eco_onemap.readers.text_changes import Change

_NUMBERED = re.compile(r"(第\d+页共\d+页|Page\d+of\d+)")
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
"""Typefaces draw several of them alike, and a PDF then names the first."""

_SPACES = re.compile(r"[\s\u200b\u3000\ufeff]+")
_SLACK = 700
"""Characters that may stand between two pieces: running lines, columns to fill in, captions."""

_SHORT = 8
_NEAR = 60
"""A piece shorter than the former is believed only so near: it may stand elsewhere, too."""

_ALIKE = 0.5
_MOST_SHOWN = 120


@dataclass(frozen=True)
class Pages:
    """The text of a report's pages; running: what stands on each of them; heads: of tables."""

    texts: Sequence[str]
    running: Sequence[str]
    heads: Iterable[str]

    def have(self, text: str) -> bool:
        """Return whether a text stands on any page."""
        return any(bare(text) in bare(page) for page in self.texts)

    def joined(self) -> str:
        """Return one run of characters, without what stands on each page."""
        heads = sorted({bare(head) for head in self.heads}, key=len, reverse=True)
        running = [bare(text) for text in self.running if text]
        return "".join(_stripped(bare(text), running, heads) for text in self.texts)


def bare(text: str) -> str:
    """Return a text without spaces, its characters in their everyday forms, all dashes alike."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES)


def find_printed_changes(pieces: Iterable[Piece], pages: Pages) -> list[Change]:
    """Return the pieces that pages do not hold, in order; what was added is no change."""
    text, here = pages.joined(), 0
    changes: list[Change] = []
    missing: list[Piece] = []
    wanted = [(piece, bare("".join(piece.texts))) for piece in pieces]
    for number, (piece, told) in enumerate(wanted):
        following = wanted[number + 1][1] if number + 1 < len(wanted) else ""
        reach = _SLACK + sum(len(bare("".join(lost.texts))) for lost in missing)
        found = _find(text, told, following, here, reach)
        if found < 0:
            missing.append(piece)
            continue
        changes += _explained(missing, text[here:found])
        missing, here = [], found + len(told)
    return [*changes, *_explained(missing, text[here : here + _SLACK])]


def _find(text: str, told: str, following: str, here: int, reach: int) -> int:
    """Return where a piece stands from *here* on, -1 where it does not, or maybe by chance only."""
    found = text.find(told, here, here + reach + len(told))
    if found < 0 or len(told) >= _SHORT or found - here <= _NEAR:
        return found
    end = found + len(told)
    return (
        found if following and text.find(following, end, end + _NEAR + len(following)) >= 0 else -1
    )


def _explained(missing: Sequence[Piece], between: str) -> Iterator[Change]:
    """Yield which texts of missing pieces are not in what stands in their place."""
    here = 0
    for piece in missing:
        texts = [text for text in piece.texts if text]
        places = _places(texts, between, here)
        if not any(place >= 0 for place in places):
            whole = " ".join(texts)
            stands = between[here : here + len(bare(whole)) + _NEAR]
            yield Change(piece.place, whole, stands[:_MOST_SHOWN] if _alike(whole, stands) else "")
            continue
        for number, (text, place) in enumerate(zip(texts, places, strict=True)):
            if place < 0:
                after = next(
                    (p for p in places[number + 1 :] if p >= 0), here + len(bare(text)) + 1
                )
                yield Change(piece.place, text, between[here:after][:_MOST_SHOWN])
            else:
                here = place + len(bare(text))


def _places(texts: Sequence[str], between: str, here: int) -> list[int]:
    """Return where each text stands after the last one that was found, -1 where it does not."""
    places = []
    for text in texts:
        found = between.find(bare(text), here)
        places.append(found)
        here = found + len(bare(text)) if found >= 0 else here
    return places


def _alike(expected: str, found: str) -> bool:
    return SequenceMatcher(None, bare(expected), found, autojunk=False).ratio() > _ALIKE


def _stripped(page: str, running: Sequence[str], heads: Sequence[str]) -> str:
    """Return a page without its running lines, and without headings of tables at its end."""
    for line in running:
        place = page.rfind(line)
        page = page[:place] + page[place + len(line) :] if place >= 0 else page
    page = _NUMBERED.sub("", page)
    return next((page[: -len(head)] for head in heads if head and page.endswith(head)), page)
