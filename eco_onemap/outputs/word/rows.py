# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of results in a Word document."""

from __future__ import annotations

from collections.abc import Mapping

from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.outputs.report.blocks import Cell, Table
from eco_onemap.outputs.word.cells import box, row, shown, table, widths_mm
from eco_onemap.outputs.word.palette import FAINT, HEAD
from eco_onemap.outputs.word.styles import CELL, CROWDED, NOTE
from eco_onemap.outputs.word.styles import HEAD as HEAD_STYLE
from eco_onemap.outputs.word.xml import Element

_EMPTY, _FEW_COLUMNS = Cell(""), 6


def data_table(block: Table, ids: Mapping[str, str], progress: Progress) -> Element:
    """Return a table under a heading row that repeats, with the columns to fill in last.

    Raises Cancelled.
    """
    columns = (*block.columns, *block.to_fill)
    widths = widths_mm([column.width for column in columns])
    aligned = list(zip(widths, (column.align for column in columns), strict=True))
    titles = (Cell(column.title) for column in columns)
    head = [
        box(width, shown(title, align, ids[HEAD_STYLE], ids[NOTE]), ground=HEAD)
        for (width, align), title in zip(aligned, titles, strict=True)
    ]
    style = ids[CROWDED if len(columns) > _FEW_COLUMNS else CELL]
    blank = (_EMPTY,) * len(block.to_fill)
    rows = [row(head, is_head=True)]
    for number, cells in enumerate(block.rows):
        stop_if_cancelled(progress)
        ground = FAINT if number % 2 else ""
        rows.append(
            row(
                [
                    box(width, shown(cell, align, style, ids[NOTE]), ground=ground)
                    for (width, align), cell in zip(aligned, (*cells, *blank), strict=True)
                ]
            )
        )
    return table(widths, rows)
