# SPDX-License-Identifier: GPL-2.0-or-later
"""Which radicals and dashes a font draws with the glyph of an everyday character."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from qgis.PyQt.QtGui import QFont, QRawFont

from eco_onemap.layout.labels import font_family

RADICALS = range(0x2E80, 0x2FE0)
"""CJK radicals supplement and Kangxi radicals."""
IDEOGRAPHS = range(0x4E00, 0xA000)
FIGURE_DASH, EN_DASH = 0x2012, 0x2013
"""The dash between two chainages or years is the second."""


@cache
def everyday_characters() -> Mapping[int, int]:
    """Return radical or rare dash to everyday character for the font of all text."""
    font = QRawFont.fromFont(QFont(font_family()))
    everyday = {_glyph(font, code): code for code in (*reversed(IDEOGRAPHS), EN_DASH)}
    glyphs = {code: _glyph(font, code) for code in (*RADICALS, FIGURE_DASH)}
    return {code: everyday[glyph] for code, glyph in glyphs.items() if glyph in everyday}


def _glyph(font: QRawFont, code: int) -> int:
    glyphs = font.glyphIndexesForString(chr(code))
    return int(glyphs[0]) if glyphs and glyphs[0] else -code
