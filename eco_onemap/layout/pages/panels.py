# SPDX-License-Identifier: GPL-2.0-or-later
"""Notices, tallies and facts as strips of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eco_onemap.layout.pages.cells import PADDING, TEXT_WIDTH, box_of, parts_of, places
from eco_onemap.layout.pages.looks import CARD, CELL, COUNT, NOTE, dots
from eco_onemap.layout.pages.strips import Box, Strip, strip_of
from eco_onemap.outputs.report.blocks import FEW_LINES, Align, Cell, Facts, Notice, Tally
from eco_onemap.outputs.report.pairs import Pair, grouped
from eco_onemap.outputs.word.palette import FAINT, LINE, SHADES, SOFT, signed

GAP = dots(3.0)
"""Between a panel and what follows."""

_KEPT_ROWS = 6
"""Facts of so few rows stay on one page."""

_NAME = dots(30.0)
_NAME_LOOK = replace(CELL, bold=True, ink=SOFT)


def notice(block: Notice, language: str) -> Strip:
    """Return a box with a thick edge in the colour of its tone."""
    shade = SHADES[block.tone]
    bullet = "" if len(block.lines) <= FEW_LINES else "· "
    title = (signed(block.title, block.tone), replace(CARD, ink=shade.ink))
    parts = [title, *((f"{bullet}{line}", CELL) for line in block.lines)]
    box = box_of(
        parts, language, 0.0, TEXT_WIDTH, padding=2 * PADDING, ground=shade.ground, edge=shade.ink
    )
    return strip_of(box, frame=LINE, before=GAP / 2, after=GAP)


def tally(block: Tally, language: str) -> Strip:
    """Return numbers in a row, each with its sign and word below."""
    boxes = []
    for cell, (left, width) in zip(block.cells, places([1.0] * len(block.cells)), strict=True):
        shade = SHADES[cell.tone]
        ink = SOFT if cell.text == "0" else shade.ink
        parts = [
            (cell.text, replace(COUNT, ink=ink)),
            (signed(cell.note, cell.tone), replace(NOTE, ink=ink)),
        ]
        boxes.append(box_of(parts, language, left, width, Align.CENTRE, ground=shade.ground))
    return strip_of(*boxes, frame=LINE, before=GAP / 2, after=GAP)


def facts(block: Facts, language: str) -> Iterator[Strip]:
    """Yield names and values side by side below an optional title; places to fill in stay out."""
    rows = [_pairs(given, block.pairs, language) for given in grouped(block.rows, block.pairs)]
    if block.title:
        rows.insert(0, _title(block.title, language))
    for number, strip in enumerate(rows):
        is_first, is_last = number == 0, number == len(rows) - 1
        yield replace(
            strip,
            before=GAP / 2 if is_first else 0.0,
            after=GAP if is_last else 0.0,
            with_next=not is_last and (block.title is not None or len(rows) <= _KEPT_ROWS),
        )


def _title(title: Cell, language: str) -> Strip:
    shade = SHADES[title.tone]
    width = TEXT_WIDTH * (0.72 if title.note else 1.0)
    boxes = [
        box_of([(title.text, CARD)], language, 0.0, width, padding=PADDING * 1.5, edge=shade.ink)
    ]
    if title.note:
        verdict = [(signed(title.note, title.tone), replace(CARD, ink=shade.ink))]
        rest = TEXT_WIDTH - width
        boxes.append(box_of(verdict, language, width, rest, Align.RIGHT, PADDING * 1.5))
    height = max(box.height for box in boxes)
    whole = Box(0.0, TEXT_WIDTH, ground=shade.ground)
    return Strip((whole, *boxes), height)


def _pairs(given: Sequence[Pair], pairs: int, language: str) -> Strip:
    """Return a row of names and values; the last value takes what is left of the width."""
    boxes: list[Box] = []
    column = TEXT_WIDTH / pairs
    for place, (name, cell) in enumerate(given):
        left = place * column
        right = TEXT_WIDTH if place == len(given) - 1 else left + column
        boxes.append(box_of([(name, _NAME_LOOK)], language, left, _NAME, ground=FAINT))
        boxes.append(box_of(parts_of(cell), language, left + _NAME, right - left - _NAME))
    return strip_of(*boxes, frame=LINE)
