# SPDX-License-Identifier: GPL-2.0-or-later
"""Places the panel beside the map: verdict, table of layers, legend, cut where room ends."""

from __future__ import annotations

from collections.abc import Sequence

from eco_onemap.core.messages import message
from eco_onemap.layout.placement import (
    LegendForm,
    LegendLine,
    LegendPlace,
    TablePlace,
    TableRow,
    TextBlock,
    VerdictPlace,
)
from eco_onemap.layout.sheet import Box, LayerRow, LegendGroup, Sheet
from eco_onemap.layout.text_fit import (
    LINE_HEIGHT_EM,
    MM_PER_POINT,
    cut_text,
    fit_text,
    wrap_text,
)

PADDING_MM = 1.5
BAND_MM = 10.0
ICON_MM = 7.0
REASON_MM, BASIS_MM = 18.0, 11.5
"""Most that reason and law may take: six lines, then four."""

ROW_MM = 4.6
RULE_MM = 0.15
"""Of the lines between rows; the last one needs room too."""
TABLE_SIZE_PT = 6.5
MOST_ROWS, FEWEST_ROWS = 10, 4
COLUMN_SHARES = (0.06, 0.32, 0.29, 0.33)
CELL_PADDING_MM = 0.5
LEGEND_FLOOR_MM = 62.0
"""The table gives way until the legend has at least this height."""

HEAD_MM = 5.0
MORE_MM = 3.6
SYMBOL_WIDTH_MM, SYMBOL_HEIGHT_MM = 6.0, 2.9
SYMBOL_GAP_MM = 1.2
COLUMN_GAP_MM = 2.0
LEGEND_FORMS = (
    LegendForm(7.5, 1, 1.7),
    LegendForm(7.0, 1, 1.0),
    LegendForm(7.0, 2, 1.6),
    LegendForm(7.0, 2, 1.0),
    LegendForm(6.5, 2, 0.9),
    LegendForm(6.0, 2, 0.7),
    LegendForm(5.5, 2, 0.6),
    LegendForm(5.5, 3, 0.6),
)
"""Tried in this order: first roomy, then dense."""
LEGEND_LINES = 2
"""A legend text of more lines than this is cut."""


def place_verdict(sheet: Sheet, area: Box) -> VerdictPlace:
    """Return the verdict's box at the top of *area*, as high as its text."""
    band = Box(area.x_mm, area.y_mm, area.width_mm, BAND_MM)
    icon = Box(band.x_mm + 2.0, band.y_mm + (BAND_MM - ICON_MM) / 2, ICON_MM, ICON_MM)
    word_left = icon.right_mm + 2.5
    word = Box(word_left, band.y_mm, band.right_mm - word_left - 1.0, BAND_MM)
    inner_left, inner_mm = area.x_mm + PADDING_MM, area.width_mm - 2 * PADDING_MM
    reason = fit_text(sheet.reason, inner_mm, REASON_MM, (8.0, 7.5, 7.0, 6.5, 6.0))
    reason_box = Box(inner_left, band.bottom_mm + 1.0, inner_mm, reason.height_mm)
    bottom, basis = reason_box.bottom_mm, None
    if sheet.basis:
        law = fit_text(sheet.basis, inner_mm, BASIS_MM, (7.0, 6.5, 6.0))
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
    """Return the table at the top of *area*, None if no layer concerns the site."""
    if not sheet.table:
        return None
    room = area.height_mm - reserved_mm - LEGEND_FLOOR_MM - ROW_MM
    most = min(MOST_ROWS, max(FEWEST_ROWS, int(room / ROW_MM)))
    is_cut = len(sheet.table) > most
    shown = sheet.table[: most - 1] if is_cut else sheet.table
    height = ROW_MM * (len(shown) + 1) + 2 * RULE_MM
    widths = tuple(share * area.width_mm for share in COLUMN_SHARES)
    box = Box(area.x_mm, area.y_mm, area.width_mm, height + (MORE_MM if is_cut else 0.0))
    return TablePlace(
        box=box,
        widths_mm=widths,
        row_mm=ROW_MM,
        size_pt=TABLE_SIZE_PT,
        head=_cells(("", *sheet.table_head), widths, bold=True),
        rows=tuple(_table_row(row, widths) for row in shown),
        more=_more(sheet, len(sheet.table), box) if is_cut else None,
    )


def _table_row(row: LayerRow, widths: Sequence[float]) -> TableRow:
    cells = (row.mark, row.title, row.feature, row.measure)
    return TableRow(row.verdict, _cells(cells, widths))


def _cells(
    texts: Sequence[str], widths: Sequence[float], bold: bool = False
) -> tuple[str, str, str, str]:
    room = [width - 2 * CELL_PADDING_MM for width in widths]
    mark, *rest = (
        cut_text(text, width, TABLE_SIZE_PT, bold) for text, width in zip(texts, room, strict=True)
    )
    return mark, rest[0], rest[1], rest[2]


def _more(sheet: Sheet, count: int, box: Box) -> TextBlock:
    text = message("map.more.rest", count=count).text(sheet.language)
    line = Box(box.x_mm + PADDING_MM, box.bottom_mm - MORE_MM, box.width_mm - 3.0, MORE_MM)
    return TextBlock(line, fit_text(text, line.width_mm, MORE_MM, (6.5, 6.0)))


def place_legend(sheet: Sheet, box: Box) -> LegendPlace:
    """Return the legend in all of *box*, in the roomiest form in which all entries fit.

    If they fit in none, the densest shows as many as it can and says how many there are.
    """
    title = Box(box.x_mm, box.y_mm, box.width_mm, HEAD_MM)
    head = TextBlock(title, fit_text(sheet.legend_title, box.width_mm, HEAD_MM, (8.5,), True), True)
    area = Box(
        box.x_mm + PADDING_MM,
        title.bottom_mm,
        box.width_mm - 2 * PADDING_MM,
        box.height_mm - HEAD_MM - 1.0,
    )
    for form in LEGEND_FORMS:
        width = column_width_mm(area, form)
        columns = _balanced(_lines(sheet.legend, width, form), form, area.height_mm)
        if columns is not None:
            return LegendPlace(box, head, area, form, columns, None)
    return _cut_legend(sheet, box, head, area)


def _cut_legend(sheet: Sheet, box: Box, head: TextBlock, area: Box) -> LegendPlace:
    form = LEGEND_FORMS[-1]
    lines = _lines(sheet.legend, column_width_mm(area, form), form)
    columns, _ = _filled(lines, form, area.height_mm - MORE_MM)
    entries = sum(len(group.entries) for group in sheet.legend)
    short = Box(area.x_mm, area.y_mm, area.width_mm, area.height_mm - MORE_MM)
    return LegendPlace(box, head, short, form, columns, _more(sheet, entries, box))


def column_width_mm(area: Box, form: LegendForm) -> float:
    """Return the width of one column of the legend."""
    return (area.width_mm - COLUMN_GAP_MM * (form.columns - 1)) / form.columns


def _lines(groups: Sequence[LegendGroup], width_mm: float, form: LegendForm) -> list[LegendLine]:
    room = width_mm - SYMBOL_WIDTH_MM - SYMBOL_GAP_MM
    lines: list[LegendLine] = []
    for group in groups:
        lines.append(LegendLine(cut_text(group.title, width_mm, form.size_pt, bold=True)))
        lines += [
            LegendLine(_two_lines(entry.text, room, form.size_pt), entry.source, entry.symbol)
            for entry in group.entries
        ]
    return lines


def _two_lines(text: str, room_mm: float, size_pt: float) -> str:
    lines = wrap_text(text, room_mm, size_pt)
    if len(lines) <= LEGEND_LINES:
        return "\n".join(lines)
    rest = cut_text("".join(lines[LEGEND_LINES - 1 :]), room_mm, size_pt)
    return "\n".join([*lines[: LEGEND_LINES - 1], rest])


def line_height_mm(line: LegendLine, form: LegendForm) -> float:
    """Return the height of a line of the legend with the gap above it."""
    text = ((line.text.count("\n")) * LINE_HEIGHT_EM + 1.0) * form.size_pt * MM_PER_POINT
    symbol = 0.0 if line.is_heading else SYMBOL_HEIGHT_MM
    return max(text, symbol) + form.gap_mm


Columns = tuple[tuple[LegendLine, ...], ...]


def _balanced(lines: list[LegendLine], form: LegendForm, height_mm: float) -> Columns | None:
    """Return the columns with all lines at about equal heights, None if they do not fit."""
    height = sum(line_height_mm(line, form) for line in lines) / form.columns
    while height <= height_mm:
        columns, left = _filled(lines, form, height)
        if not left:
            return columns
        height += MM_PER_POINT
    columns, left = _filled(lines, form, height_mm)
    return None if left else columns


def _filled(lines: list[LegendLine], form: LegendForm, height_mm: float) -> tuple[Columns, int]:
    """Return the columns of a height, and how many lines were left over."""
    columns: list[tuple[LegendLine, ...]] = []
    rest = list(lines)
    while rest and len(columns) < form.columns:
        taken = _taken(rest, form, height_mm)
        columns.append(tuple(rest[:taken]))
        rest = rest[taken:]
    return tuple(columns), len(rest)


def _taken(lines: list[LegendLine], form: LegendForm, height_mm: float) -> int:
    """Return how many lines a column takes; a heading does not stand alone at its foot."""
    used, taken = 0.0, 0
    for line in lines:
        used += line_height_mm(line, form)
        if used > height_mm + 1e-6:
            break
        taken += 1
    if 0 < taken < len(lines) and lines[taken - 1].is_heading:
        taken -= 1
    return max(taken, 1)
