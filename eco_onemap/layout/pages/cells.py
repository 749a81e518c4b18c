# SPDX-License-Identifier: GPL-2.0-or-later
"""Boxes of text with the cells of a report in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from eco_onemap.layout.pages.looks import CELL, NOTE, Look, dots
from eco_onemap.layout.pages.strips import Box
from eco_onemap.layout.pages.text_lines import TextLine, broken, height_of
from eco_onemap.outputs.report.blocks import Align, Cell, Tone
from eco_onemap.outputs.word.palette import SHADES, signed

TEXT_WIDTH = dots(170.0)
"""A4 less margins of 20 mm on the left and the right."""

PADDING = dots(1.4)

Part = tuple[str, Look]
"""A paragraph in a box, and how it looks."""


def box_of(
    parts: Iterable[Part],
    language: str,
    left: float,
    width: float,
    align: Align = Align.LEFT,
    padding: float = PADDING,
    ground: str = "",
    edge: str = "",
) -> Box:
    """Return a box with paragraphs below each other."""
    lines: list[TextLine] = []
    top = 0.0
    for text, look in parts:
        made = broken(text, look, language, width - 2 * padding, align)
        lines += [line.moved(top) for line in made]
        top += height_of(made)
    return Box(left, width, tuple(lines), padding, ground, edge)


def parts_of(cell: Cell, look: Look = CELL) -> list[Part]:
    """Return a cell's text, with the sign of its tone, and its note."""
    if cell.tone is not Tone.PLAIN:
        look = replace(look, bold=True, ink=SHADES[cell.tone].ink)
    parts = [(signed(cell.text, cell.tone), look)]
    return [*parts, (cell.note, NOTE)] if cell.note else parts


def places(shares: Sequence[float], width: float = TEXT_WIDTH) -> list[tuple[float, float]]:
    """Return left and width of columns, of which only the shares are known."""
    whole, left, found = sum(shares), 0.0, []
    for share in shares:
        found.append((left, width * share / whole))
        left += width * share / whole
    return found
