# SPDX-License-Identifier: GPL-2.0-or-later
"""Places verdict and table of layers in the panel beside the map, cut where room ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eco_onemap.core.messages import message
from eco_onemap.layout.paper import Box
from eco_onemap.layout.placement import (
    TablePlace,
    TableRow,
    TextBlock,
    VerdictPlace,
)
from eco_onemap.layout.sheet import LayerRow, Sheet
from eco_onemap.layout.text_fit import (
    ELLIPSIS,
    LINE_HEIGHT_EM,
    MM_PER_POINT,
    cut_text,
    few_lines,
    fit_text,
)

PADDING_MM = 1.5
BAND_MM = 10.0
ICON_MM = 7.0
REASON_SIZES, BASIS_SIZES = (8.0, 7.5, 7.0, 6.5, 6.0), (7.0, 6.5, 6.0)
WIDE_REASON_SIZES, WIDE_BASIS_SIZES = (10.0, 9.0, *REASON_SIZES), (8.5, 8.0, *BASIS_SIZES)
REASON_MM, BASIS_MM = 18.0, 11.5
"""Most that reason and law may take: six lines, then four."""

RULE_MM = 0.15
"""Of the lines between rows; the last one needs room too."""
TABLE_SIZE_PT = 6.5
ROW_MM = 4.6
WIDE_MM = 100.0
"""A column so wide, on A3, takes larger type where all fits in it."""
MOST_LINES = 3
"""Of a name in the table."""
FEWEST_ROWS = 4
MOST_SHARE = 0.42
"""Of the panel, that the rows of the table may take where the legend is below."""
COLUMN_SHARES = (0.06, 0.32, 0.29, 0.33)
CELL_PADDING_MM = 0.5

MORE_MM = 3.6
"""Height of the line that says how much was cut."""


@dataclass(frozen=True)
class TableForm:
    """The type size of a table and the height of its rows of one line."""

    size_pt: float
    row_mm: float

    @property
    def line_mm(self) -> float:
        """What a second line of text adds to a row."""
        return LINE_HEIGHT_EM * self.size_pt * MM_PER_POINT


TABLE_FORM = TableForm(TABLE_SIZE_PT, ROW_MM)
TABLE_FORMS = (TableForm(8.5, 6.0), TableForm(7.5, 5.3), TABLE_FORM)
"""In a wide column: the first in which all rows stand whole."""


def place_verdict(sheet: Sheet, area: Box) -> VerdictPlace:
    """Return the verdict's box at the top of *area*, as high as its text."""
    band = Box(area.x_mm, area.y_mm, area.width_mm, BAND_MM)
    icon = Box(band.x_mm + 2.0, band.y_mm + (BAND_MM - ICON_MM) / 2, ICON_MM, ICON_MM)
    word_left = icon.right_mm + 2.5
    word = Box(word_left, band.y_mm, band.right_mm - word_left - 1.0, BAND_MM)
    inner_left, inner_mm = area.x_mm + PADDING_MM, area.width_mm - 2 * PADDING_MM
    is_wide = area.width_mm >= WIDE_MM
    reason_sizes = WIDE_REASON_SIZES if is_wide else REASON_SIZES
    reason = fit_text(sheet.reason, inner_mm, REASON_MM, reason_sizes)
    reason_box = Box(inner_left, band.bottom_mm + 1.0, inner_mm, reason.height_mm)
    bottom, basis = reason_box.bottom_mm, None
    if sheet.basis:
        sizes = WIDE_BASIS_SIZES if is_wide else BASIS_SIZES
        law = fit_text(sheet.basis, inner_mm, BASIS_MM, sizes)
        basis = TextBlock(Box(inner_left, bottom + 0.4, inner_mm, law.height_mm), law)
        bottom = basis.box.bottom_mm
    height = bottom + 1.0 - area.y_mm
    words = fit_text(sheet.verdict_word, word.width_mm, BAND_MM, (15.0, 13.0, 11.0, 9.0), bold=True)
    return VerdictPlace(
        box=Box(area.x_mm, area.y_mm, area.width_mm, height),
        band=band,
        icon=icon,
        word=TextBlock(word, words, bold=True),
        reason=TextBlock(reason_box, reason),
        basis=basis,
    )


def place_table(sheet: Sheet, area: Box, reserved_mm: float) -> TablePlace | None:
    """Return the table at the top of *area*, None if no layer concerns the site.

    It has :data:`FEWEST_ROWS` rows at least and gives way to the *reserved_mm* below it; a table
    with nothing below takes all the room.
    """
    if not sheet.table:
        return None
    widths = tuple(share * area.width_mm for share in COLUMN_SHARES)
    form, shown = _roomiest_rows(sheet, area, reserved_mm, widths)
    is_cut = len(shown) < len(sheet.table)
    height = form.row_mm + sum(row.height_mm for row in shown) + 2 * RULE_MM
    box = Box(area.x_mm, area.y_mm, area.width_mm, height + (MORE_MM if is_cut else 0.0))
    return TablePlace(
        box=box,
        widths_mm=widths,
        head_mm=form.row_mm,
        size_pt=form.size_pt,
        head=_cells(("", *sheet.table_head), widths, form, bold=True),
        rows=tuple(shown),
        more=cut_note(sheet, len(sheet.table), box) if is_cut else None,
    )


def _roomiest_rows(
    sheet: Sheet, area: Box, reserved_mm: float, widths: Sequence[float]
) -> tuple[TableForm, list[TableRow]]:
    """Return the largest form in which all rows stand whole, or the usual one with its rows."""
    for form in TABLE_FORMS if area.width_mm >= WIDE_MM else ():
        rows = [_table_row(row, widths, MOST_LINES, form) for row in sheet.table]
        height = sum(row.height_mm for row in rows)
        if height <= _room_mm(area, reserved_mm, form) and not any(map(_is_cut, rows)):
            return form, rows
    room = max(_room_mm(area, reserved_mm, TABLE_FORM), FEWEST_ROWS * ROW_MM)
    return TABLE_FORM, _shown_rows(sheet.table, widths, room)


def _room_mm(area: Box, reserved_mm: float, form: TableForm) -> float:
    room = area.height_mm - reserved_mm - form.row_mm - MORE_MM
    return min(room, MOST_SHARE * area.height_mm) if reserved_mm else room


def _is_cut(row: TableRow) -> bool:
    return any(text.endswith(ELLIPSIS) for text in row.cells)


def _shown_rows(
    table: Sequence[LayerRow], widths: Sequence[float], room_mm: float
) -> list[TableRow]:
    """Return the rows for which there is room: names whole, or on fewer lines if few would fit.

    If not all fit, room for the line that says so is left.
    """
    for most_lines in (MOST_LINES, 2, 1):
        rows = [_table_row(row, widths, most_lines, TABLE_FORM) for row in table]
        heights = np.cumsum([row.height_mm for row in rows])
        if heights[-1] <= room_mm + 1e-6:
            return rows
        shown = rows[: int(np.count_nonzero(heights <= room_mm - MORE_MM + 1e-6))]
        if len(shown) >= FEWEST_ROWS:
            break
    return shown


def _table_row(
    row: LayerRow, widths: Sequence[float], most_lines: int, form: TableForm
) -> TableRow:
    cells = _cells((row.mark, row.title, row.feature, row.measure), widths, form, most_lines)
    breaks = max(text.count("\n") for text in cells)
    return TableRow(row.verdict, cells, form.row_mm + breaks * form.line_mm)


def _cells(
    texts: Sequence[str],
    widths: Sequence[float],
    form: TableForm,
    most_lines: int = 1,
    bold: bool = False,
) -> tuple[str, str, str, str]:
    room = [width - 2 * CELL_PADDING_MM for width in widths]
    mark, *rest = (
        cut_text(text, width, form.size_pt, bold)
        if bold
        else few_lines(text, width, form.size_pt, most_lines)
        for text, width in zip(texts, room, strict=True)
    )
    return mark, rest[0], rest[1], rest[2]


def cut_note(sheet: Sheet, count: int, box: Box) -> TextBlock:
    """Return the line at the foot of *box* that says how many there are in all."""
    text = message("map.more.rest", count=count).text(sheet.language)
    line = Box(box.x_mm + PADDING_MM, box.bottom_mm - MORE_MM, box.width_mm - 3.0, MORE_MM)
    return TextBlock(line, fit_text(text, line.width_mm, MORE_MM, (6.5, 6.0)))
