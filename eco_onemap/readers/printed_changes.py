# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether pages still say what they said: pieces of text that are not where they were.

A PDF has no paragraphs and no cells, only characters at places. So spaces and line breaks do not
count, nor characters that look alike (NFKC), and each piece is looked for where the last one ended.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eco_onemap.core.printed_pieces import Piece
from eco_onemap.readers.text_changes import Change

_NUMBERED = re.compile(r"第\d+页共(\d+)页|Page\d+of(\d+)")
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
"""Typefaces draw several of them alike, and a PDF then names the first."""

SIGNS = "●◆▲□○"
"""Stand before verdicts, for the eye; drawn in another typeface they come before or after them."""

_UNREAD = re.compile(rf"[\s\u200b\u3000\ufeff{SIGNS}]+")
_SLACK = 700
"""Characters that may stand between two pieces: running lines, columns to fill in, captions."""

_PAGE = re.compile(r"^[.…]*\d{1,4}")
"""What follows an entry of the contents."""

_SHORT = 8
_NEAR = 60
"""A piece shorter than the former is believed only so near: it may stand elsewhere, too."""

_ALIKE = 0.5
_MOST_SHOWN = 120


@dataclass(frozen=True)
class Pages:
    """The text of a report's pages.

    running: what stands on each of them. heads: of tables. beside: what programs and forms put
    between the pieces: words that numbers of captions follow, headings of columns to fill in.
    """

    texts: Sequence[str]
    running: Sequence[str]
    heads: Iterable[str]
    beside: Iterable[str] = ()

    def have(self, text: str) -> bool:
        """Return whether a text stands on any page."""
        return any(bare(text) in bare(page) for page in self.texts)

    def usual(self) -> re.Pattern[str]:
        """Return what may stand between two pieces: numbers of captions and lists, bullets, heads.

        A pattern that matches the whole of it, without spaces.
        """
        words, heads = (_any_of(texts) for texts in (self.beside, self.heads))
        return re.compile(rf"(·|[1-9]\d{{0,2}}\.(?!\d)|{heads}|{words}(?:\d+[:.]?)?)*")

    def joined(self) -> str:
        """Return one run of characters, without what stands on each page."""
        heads = sorted({bare(head) for head in self.heads}, key=len, reverse=True)
        running = [bare(text) for text in self.running if text]
        pages = [bare(text) for text in self.texts]
        numbered = _numbering(pages)
        told = [_stripped(page, running, numbered) for page in pages]
        following = [*told[1:], ""]
        return "".join(
            _without_repeated(page, after, heads)
            for page, after in zip(told, following, strict=True)
        )


def _any_of(texts: Iterable[str]) -> str:
    """Return a pattern for one of some texts, of which longer ones come first; bullets for none."""
    told = sorted(filter(None, map(bare, texts)), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, told)) or '·'})"


def bare(text: str) -> str:
    """Return a text without spaces and signs, characters in everyday forms, all dashes alike."""
    return _UNREAD.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES)


def find_printed_changes(pieces: Iterable[Piece], pages: Pages) -> list[Change]:
    """Return the pieces that pages do not hold, and what stands between them, in order."""
    text, here, usual = pages.joined(), 0, pages.usual()
    last = Piece("", ())
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
        changes += _between(last, missing, text[here:found], usual)
        missing, here, last = [], found + len(told), piece
    return [*changes, *_between(last, missing, text[here : here + _SLACK], usual)]


def _between(
    last: Piece, missing: Sequence[Piece], text: str, usual: re.Pattern[str]
) -> Iterator[Change]:
    """Yield what is wrong in the text after the *last* piece that was found."""
    return _explained(missing, text, usual) if missing else _put_in(last, text, usual)


def _put_in(after: Piece, between: str, usual: re.Pattern[str]) -> Iterator[Change]:
    """Yield what stands after a piece and belongs to none."""
    if after.is_listed:
        between = _PAGE.sub("", between, count=1)
    found = usual.match(between)
    rest = between[found.end() if found else 0 :]
    if rest:
        end = next(n for n in range(1, len(rest) + 1) if usual.fullmatch(rest, n))
        yield Change(after.place, "", rest[:end][:_MOST_SHOWN])


def _find(text: str, told: str, following: str, here: int, reach: int) -> int:
    """Return where a piece stands from *here* on, -1 where it does not, or maybe by chance only."""
    found = text.find(told, here, here + reach + len(told))
    if found < 0 or len(told) >= _SHORT or found - here <= _NEAR:
        return found
    end = found + len(told)
    return (
        found if following and text.find(following, end, end + _NEAR + len(following)) >= 0 else -1
    )


def _explained(missing: Sequence[Piece], between: str, usual: re.Pattern[str]) -> Iterator[Change]:
    """Yield which texts of missing pieces are not in what stands in their place, and what is."""
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
                if number and places[number - 1] >= 0:
                    yield from _put_in(piece, between[here:place], usual)
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


def _numbering(pages: Iterable[str]) -> re.Pattern[str]:
    """Return what numbers the pages: digits that were put behind it are no part of it."""
    totals = Counter(found[1] or found[2] for page in pages for found in _NUMBERED.finditer(page))
    total = totals.most_common(1)[0][0] if totals else "0"
    return re.compile(rf"第\d+页共{total}页|Page\d+of{total}")


def _stripped(page: str, running: Sequence[str], numbered: re.Pattern[str]) -> str:
    """Return a page without its running lines."""
    for line in running:
        place = page.rfind(line)
        page = page[:place] + page[place + len(line) :] if place >= 0 else page
    return numbered.sub("", page, count=1)


def _without_repeated(page: str, following: str, heads: Sequence[str]) -> str:
    """Return a page without headings of a table at its end that the next page begins with."""
    ends = (head for head in heads if head and page.endswith(head) and following.startswith(head))
    return page.removesuffix(next(ends, ""))
