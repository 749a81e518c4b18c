# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of results as strips of a page: a heading that repeats, and rows that stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eco_onemap.layout.pages.cells import box_of, parts_of, places
from eco_onemap.layout.pages.looks import CAPTION, CELL, EMPTY, HEAD, dots
from eco_onemap.layout.pages.panels import GAP
from eco_onemap.layout.pages.strips import Strip, strip_of
from eco_onemap.outputs.report.blocks import Align, Table
from eco_onemap.outputs.word.palette import FAINT, LINE
from eco_onemap.outputs.word.palette import HEAD as HEAD_GROUND

_FEW_COLUMNS, _CROWDED_SIZE = 6, 8.0
"""In a table of more columns than these, text of 9 points would break numbers."""


def data_table(block: Table, caption: str, language: str) -> Iterator[Strip]:
    """Yield caption, heading and rows; columns that somebody fills in stay out."""
    columns = [
        (column, *where)
        for column, where in zip(
            block.columns, places([column.width for column in block.columns]), strict=True
        )
    ]
    if caption:
        yield caption_strip(caption, language)
    size = _CROWDED_SIZE if len(columns) > _FEW_COLUMNS else CELL.size
    title_look, look = replace(HEAD, size=size), replace(CELL, size=size)
    head = strip_of(
        *(
            box_of([(c.title, title_look)], language, left, width, c.align, ground=HEAD_GROUND)
            for c, left, width in columns
        ),
        frame=LINE,
        with_next=True,
    )
    yield head
    for number, cells in enumerate(block.rows):
        ground = FAINT if block.striped and number % 2 else ""
        boxes = [
            box_of(parts_of(cell, look), language, left, width, column.align, ground=ground)
            for (column, left, width), cell in zip(columns, cells, strict=True)
        ]
        below = len(block.rows) - number - 1
        after = 0.0 if below else GAP
        yield strip_of(*boxes, frame=LINE, head=head, after=after, with_next=below == 1)


def caption_strip(text: str, language: str, *, below: bool = False) -> Strip:
    """Return a caption: above a table, or below a figure."""
    align = Align.CENTRE if below else Align.LEFT
    box = box_of([(text, CAPTION)], language, 0.0, places([1.0])[0][1], align, padding=0.0)
    if below:
        return strip_of(box, before=dots(1.5), after=GAP)
    return replace(strip_of(box, before=dots(2.0), after=dots(1.0)), with_next=True)


def empty_line(text: str, language: str) -> Strip:
    """Return what stands in place of a table without rows."""
    return strip_of(
        box_of([(text, EMPTY)], language, 0.0, places([1.0])[0][1], padding=0.0), after=GAP
    )
