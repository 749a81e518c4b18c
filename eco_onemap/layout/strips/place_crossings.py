# SPDX-License-Identifier: GPL-2.0-or-later
"""Places the table of what the line meets and comes near on a strip sheet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eco_onemap.core.messages import message
from eco_onemap.layout.paper import Box
from eco_onemap.layout.place_panel import CELL_PADDING_MM, MORE_MM, RULE_MM, TABLE_SIZE_PT
from eco_onemap.layout.placement import TextBlock
from eco_onemap.layout.strips.sheet import StripSheet, TableLine
from eco_onemap.layout.text_fit import cut_text, fit_text, text_width_mm

ROW_MM = 4.2
COLUMN_GAP_MM = 1.0
MOST_CHAINAGE_SHARE = 0.445
"""Of the width, that chainage and length may take where names are long."""


@dataclass(frozen=True)
class CrossingsPlace:
    """The table: head and rows at one height; more is a line below it, or None."""

    box: Box
    widths_mm: tuple[float, ...]
    head: TableLine
    rows: tuple[TableLine, ...]
    more: TextBlock | None


def place_crossings(strip: StripSheet, area: Box) -> CrossingsPlace | None:
    """Return the table at the top of *area*, None where the line meets nothing.

    Lines for which there is no room are counted below it.
    """
    if not strip.table:
        return None
    room = area.height_mm - ROW_MM - 2 * RULE_MM
    is_cut = len(strip.table) * ROW_MM > room
    shown = strip.table[: int((room - MORE_MM) / ROW_MM)] if is_cut else strip.table
    widths = _widths([strip.table_head, *shown], area.width_mm)
    height = ROW_MM * (len(shown) + 1) + 2 * RULE_MM
    return CrossingsPlace(
        box=Box(area.x_mm, area.y_mm, area.width_mm, height + (MORE_MM if is_cut else 0.0)),
        widths_mm=widths,
        head=_cells(strip.table_head, widths, bold=True),
        rows=tuple(_cells(line, widths) for line in shown),
        more=_more(strip, area, height, len(shown)) if is_cut else None,
    )


def _widths(lines: Sequence[TableLine], room_mm: float) -> tuple[float, ...]:
    """Return the columns' widths: as much as each needs, the rest in equal parts.

    If all need more than there is, the last two share what the first two leave.
    """
    needed = [
        max(text_width_mm(text, TABLE_SIZE_PT, bold=True) for text in column)
        + 2 * CELL_PADDING_MM
        + COLUMN_GAP_MM
        for column in zip(*lines, strict=True)
    ]
    spare = room_mm - sum(needed)
    if spare >= 0:
        return tuple(width + spare / len(needed) for width in needed)
    kept = min(sum(needed[:2]), MOST_CHAINAGE_SHARE * room_mm)
    first, last = kept / sum(needed[:2]), (room_mm - kept) / sum(needed[2:])
    return (*(width * first for width in needed[:2]), *(width * last for width in needed[2:]))


def _cells(line: TableLine, widths: Sequence[float], bold: bool = False) -> TableLine:
    room = (width - 2 * CELL_PADDING_MM for width in widths)
    first, second, third, fourth = (
        cut_text(text, width, TABLE_SIZE_PT, bold) for text, width in zip(line, room, strict=True)
    )
    return first, second, third, fourth


def _more(strip: StripSheet, area: Box, down_mm: float, shown: int) -> TextBlock:
    told = message("map.strip.more_lines", shown=shown, count=len(strip.table))
    line = Box(area.x_mm, area.y_mm + down_mm, area.width_mm, MORE_MM)
    text = told.text(strip.sheet.language)
    return TextBlock(line, fit_text(text, line.width_mm, MORE_MM, (6.5, 6.0, 5.5)))
