# SPDX-License-Identifier: GPL-2.0-or-later
"""How text looks on a page: sizes, typefaces and colours, near those of the Word document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from qgis.PyQt.QtGui import QFont

from eco_onemap.outputs.dress import PLAIN, Dress
from eco_onemap.outputs.word.palette import ACCENT, INK, SOFT

DOTS_PER_INCH = 1200
"""So fine that typefaces need no hinting and rounding to a dot is not seen."""

_POINTS_PER_INCH = 72
_HAN = {
    True: ("Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei"),
    False: ("Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "SimSun"),
}
_HAN_ELSEWHERE = ("PingFang SC", "SimHei", "Noto Sans CJK SC", "Microsoft YaHei")
_LATIN = {
    True: ("Source Sans 3", "Noto Sans", "Segoe UI", "Helvetica Neue", "Arial"),
    False: (
        "Source Serif 4",
        "Noto Serif",
        "Cambria",
        "Georgia",
        "Times New Roman",
    ),
}


@dataclass(frozen=True)
class Look:
    """How text looks; sizes in points, *line* as a multiple of the typeface's own line height."""

    size: float
    sans: bool = True
    bold: bool = False
    ink: str = INK
    line: float = 1.0


TITLE = Look(20, bold=True, ink=ACCENT)
SUBTITLE = Look(12, ink=SOFT)
HEADINGS = {
    1: Look(15, bold=True, ink=ACCENT),
    2: Look(13, bold=True, ink=ACCENT),
    3: Look(11, bold=True, ink=ACCENT),
    4: Look(10, bold=True, ink=SOFT),
}
BODY = Look(10.5, sans=False, line=1.15)
CAPTION = Look(9, bold=True)
CELL, NOTE, HEAD = Look(9), Look(8, ink=SOFT), Look(9, bold=True)
CARD, COUNT = Look(10, bold=True), Look(16, bold=True)
CONTENTS = {1: Look(10.5, bold=True), 2: Look(10, sans=True)}
RUNNING, EMPTY = Look(7.0, ink=SOFT), Look(9.5, ink=SOFT)
MARK = Look(9, bold=True, ink="B3231B")
WATERMARK = Look(64, bold=True, ink="DCE2EA")


def dots(width_mm: float) -> float:
    """Return a length on paper in dots."""
    return width_mm / 25.4 * DOTS_PER_INCH


_DRESS = ContextVar("dress", default=PLAIN)


@contextmanager
def dressed(dress: Dress) -> Iterator[None]:
    """Give text, while the pages of a report are made, the typefaces and colours of an office."""
    token = _DRESS.set(dress)
    try:
        yield
    finally:
        _DRESS.reset(token)


def worn() -> Dress:
    """Return the dress of the report whose pages are made."""
    return _DRESS.get()


def ink_of(look: Look) -> str:
    """Return the colour of a look: an office's own for running text and for headings."""
    dress = worn()
    return {INK: dress.ink, ACCENT: dress.accent}.get(look.ink) or look.ink


def font_of(look: Look, language: str) -> QFont:
    """Return the typeface of a look: the first that is installed, Chinese ones first in Chinese."""
    dress = worn()
    return _font(look, language, dress.head if look.sans else dress.body)


@cache
def _font(look: Look, language: str, office: tuple[str, str]) -> QFont:
    own_latin, own_han = ([name] if name else [] for name in office)
    latin = [*own_latin, *_LATIN[look.sans]]
    han = [*own_han, *_HAN[look.sans], *_HAN_ELSEWHERE]
    font = QFont()
    font.setFamilies([*han, *latin] if language == "zh" else [*latin, *han])
    font.setPixelSize(round(look.size * DOTS_PER_INCH / _POINTS_PER_INCH))
    font.setBold(look.bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Forms that typefaces put in a letter's place have no letter in Qt's PDF: W1 would read W
    font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    return font
