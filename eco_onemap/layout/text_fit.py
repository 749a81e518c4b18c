# SPDX-License-Identifier: GPL-2.0-or-later
"""How much room text takes, by arithmetic: wrapped, shrunk and cut before it is drawn.

Widths are those of Noto Sans CJK, rounded up, so that what fits here fits on paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

MM_PER_POINT = 25.4 / 72.0
LINE_HEIGHT_EM = 1.32
"""Distance of base lines; Chinese characters fill the whole em, so they need some air."""
TEXT_HEIGHT_EM = 1.45
"""Ascent and descent of one line (Noto Sans CJK: 1.16 + 0.288)."""
BOLD_WIDTH = 1.05
ELLIPSIS = "…"

_WIDE = "mwMWQ@%&—"
_NARROW = " \u00a0.,:;'!|()[]il/jtfrI·-"
_NOT_FIRST = ",.;:!?)]}%\u3002\u3001\u300b\u3009\u300d\u300f\u3011\u3015\u2030"
_NOT_LAST = "([{\u300a\u3008\u300c\u300e\u3010\u3014\u201c"
"""Punctuation that must not begin or end a line (GB/T 15834), full-width forms folded."""
_HELD = "\u00a0"
"""A space at which lines do not break."""
_UNIT = re.compile(r"(?<=\d[ \u00a0])(?:m²|km|ha|mu|m|平方米|公顷|米|亩|%)(?![A-Za-z])")
"""A unit after its number and a space: they stand on one line."""
_ASIDE = re.compile(r"[(（][^()（）\s]{1,4}[)）]")
"""A few characters in brackets: they look torn on two lines."""
_LOOSE = " \u3000|\uff5c"
_LEAST_FIRST_SHARE = 1 / 3
"""A first line shorter than this looks lost."""


@dataclass(frozen=True)
class FittedText:
    """Text with its line breaks and its type size; height_mm is what it takes."""

    text: str
    size_pt: float

    @property
    def lines(self) -> int:
        """The number of lines."""
        return self.text.count("\n") + 1 if self.text else 0

    @property
    def height_mm(self) -> float:
        """The height of all lines."""
        return text_height_mm(self.lines, self.size_pt)


def text_height_mm(lines: int, size_pt: float) -> float:
    """Return the height of a number of lines."""
    if not lines:
        return 0.0
    return ((lines - 1) * LINE_HEIGHT_EM + TEXT_HEIGHT_EM) * size_pt * MM_PER_POINT


def text_width_mm(text: str, size_pt: float, bold: bool = False) -> float:
    """Return the width of one line, rounded up."""
    ems = sum(map(_ems, text))
    return ems * size_pt * MM_PER_POINT * (BOLD_WIDTH if bold else 1.0)


@cache
def _ems(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in _WIDE:
        return 0.95
    if character in _NARROW:
        return 0.40
    if character.isdigit():
        return 0.56
    return 0.68 if character.isupper() else 0.59


def wrap_text(text: str, width_mm: float, size_pt: float, bold: bool = False) -> list[str]:
    """Return the lines of *text*: Latin words stay whole if they can, Chinese breaks anywhere."""
    return [
        line
        for paragraph in text.split("\n")
        for line in _wrap_paragraph(paragraph, width_mm, size_pt, bold)
    ]


def _wrap_paragraph(text: str, width_mm: float, size_pt: float, bold: bool) -> Iterator[str]:
    line, used = "", 0.0
    for piece in _pieces(text):
        if line and used + text_width_mm(piece.rstrip(), size_pt, bold) > width_mm:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
        while text_width_mm(line.rstrip(), size_pt, bold) > width_mm and len(line) > 1:
            head = _longest_head(line, width_mm, size_pt, bold)
            yield head
            line = line[len(head) :]
        used = text_width_mm(line, size_pt, bold)
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts between which a line may break, closing punctuation with what it closes."""
    piece, held = "", 0
    for place, character in enumerate(text):
        unit = _UNIT.match(text, place)
        held = unit.end() if unit else held
        if piece and place >= held and _may_break(piece[-1], character):
            yield piece
            piece = ""
        aside = _ASIDE.match(text, place)
        held = aside.end() if aside else held
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if _folded(after) in _NOT_FIRST or _folded(before) in _NOT_LAST:
        return False
    if _HELD in (before, after):
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


@cache
def _folded(character: str) -> str:
    """Return the half-width form of full-width punctuation."""
    return unicodedata.normalize("NFKC", character)


@cache
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _longest_head(text: str, width_mm: float, size_pt: float, bold: bool) -> str:
    used = 0.0
    for length, character in enumerate(text):
        used += text_width_mm(character, size_pt, bold)
        if used > width_mm + 1e-9:
            return text[: max(length, 1)]
    return text


def cut_text(text: str, width_mm: float, size_pt: float, bold: bool = False) -> str:
    """Return *text* on one line, shortened with an ellipsis if it is too long."""
    text = " ".join(text.split())
    if text_width_mm(text, size_pt, bold) <= width_mm:
        return text
    room = width_mm - text_width_mm(ELLIPSIS, size_pt, bold)
    return _longest_head(text, room, size_pt, bold).rstrip() + ELLIPSIS


def few_lines(text: str, width_mm: float, size_pt: float, most: int = 3) -> str:
    """Return *text* on at most *most* lines, the last one cut if there is more.

    Two lines part at a space or before a bracket if they can.
    """
    lines = wrap_text(text, width_mm, size_pt)
    if most == 1 or len(lines) == 1:
        return cut_text(text, width_mm, size_pt)
    parted = _parted(text, width_mm, size_pt)
    if parted or len(lines) <= most:
        return "\n".join(parted or lines)
    kept, rest = lines[: most - 1], text
    for line in kept:
        rest = rest.removeprefix(line).lstrip()
    return "\n".join([*kept, cut_text(rest, width_mm, size_pt)])


def _parted(text: str, width_mm: float, size_pt: float) -> list[str]:
    """Return the lines of *text* parted in two where words end, none if that does not fit."""
    places = [n for n, mark in enumerate(text) if mark == " " or _folded(mark) == "("]
    for place in reversed(places):
        parts = [text[:place].rstrip(), text[place:].lstrip()]
        first, second = (text_width_mm(part, size_pt) for part in parts)
        is_lone = first < _LEAST_FIRST_SHARE * width_mm or len(parts[1]) == 1
        if max(first, second) <= width_mm and not is_lone:
            return parts
    return []


def fit_text(
    text: str, width_mm: float, height_mm: float, sizes_pt: Sequence[float], bold: bool = False
) -> FittedText:
    """Return *text* wrapped at the first of the sizes (largest first) at which all of it fits.

    If it fits at none, it is cut at the last size and ends with an ellipsis.
    """
    for size in sizes_pt:
        fitted = FittedText("\n".join(wrap_text(text, width_mm, size, bold)), size)
        if fitted.height_mm <= height_mm + 1e-6:
            return fitted
    return _cut_lines(fitted.text.split("\n"), width_mm, height_mm, size, bold)


def without_loose_ends(fitted: FittedText) -> FittedText:
    """Return the text without the strokes between its parts that lines end with."""
    lines = [line.rstrip(_LOOSE) for line in fitted.text.split("\n")]
    return FittedText("\n".join(lines), fitted.size_pt)


def _cut_lines(
    lines: list[str], width_mm: float, height_mm: float, size_pt: float, bold: bool
) -> FittedText:
    kept = max(1, max_lines(height_mm, size_pt))
    last = cut_text(lines[kept - 1] + ELLIPSIS, width_mm, size_pt, bold)
    return FittedText("\n".join([*lines[: kept - 1], last]), size_pt)


def max_lines(height_mm: float, size_pt: float) -> int:
    """Return how many lines fit into a height."""
    rest = height_mm / (size_pt * MM_PER_POINT) - TEXT_HEIGHT_EM
    return int(rest / LINE_HEIGHT_EM + 1e-6) + 1 if rest >= -1e-6 else 0
