# SPDX-License-Identifier: GPL-2.0-or-later
"""Places the legend: the roomiest form in which all entries fit, or a cut one that says so."""

from __future__ import annotations

from collections.abc import Sequence

from eco_onemap.layout.paper import Box
from eco_onemap.layout.place_panel import MORE_MM, PADDING_MM, WIDE_MM, cut_note
from eco_onemap.layout.placement import LegendForm, LegendLine, LegendPlace, TextBlock
from eco_onemap.layout.sheet import LegendGroup, Sheet
from eco_onemap.layout.text_fit import (
    LINE_HEIGHT_EM,
    MM_PER_POINT,
    cut_text,
    few_lines,
    fit_text,
)

HEAD_MM = 5.0
SYMBOL_WIDTH_MM, SYMBOL_HEIGHT_MM = 6.0, 2.9
SYMBOL_GAP_MM = 1.2
COLUMN_GAP_MM = 2.0
LEGEND_FORMS = (
    LegendForm(7.5, 1, 1.8),
    LegendForm(7.0, 1, 1.2),
    LegendForm(7.0, 2, 1.8),
    LegendForm(7.0, 2, 1.2),
    LegendForm(6.5, 2, 1.1),
    LegendForm(6.0, 2, 1.0),
    LegendForm(5.5, 2, 0.9),
    LegendForm(5.5, 3, 0.9),
)
"""Tried in this order: first roomy, then dense."""
WIDE_FORMS = (LegendForm(10.0, 1, 2.8), LegendForm(8.5, 1, 2.2), *LEGEND_FORMS)
"""In a column as wide as that of A3."""
CAPITAL_EM = 0.74
"""QGIS gives a legend text the height of its capitals; what hangs below stands in the gap."""
HEADING_EM = 1.16
"""It gives a heading the height of the font above the base line."""
READABLE_FORM = LEGEND_FORMS[5]
"""As long as it is possible, the table of layers leaves room for the legend in this form."""
FRAME_MM = HEAD_MM + 1.0
"""Height of the legend's box above and below its entries."""

Columns = tuple[tuple[LegendLine, ...], ...]


def place_legend(sheet: Sheet, box: Box) -> LegendPlace:
    """Return the legend in all of *box*, in the roomiest form in which all entries fit.

    If they fit in none, the densest shows as many as it can and says how many there are.
    """
    title = Box(box.x_mm, box.y_mm, box.width_mm, HEAD_MM)
    sizes = (9.5, 8.5) if box.width_mm >= WIDE_MM else (8.5,)
    head = TextBlock(title, fit_text(sheet.legend_title, box.width_mm, HEAD_MM, sizes, True), True)
    area = Box(
        box.x_mm + PADDING_MM,
        title.bottom_mm,
        box.width_mm - 2 * PADDING_MM,
        box.height_mm - FRAME_MM,
    )
    for form in legend_forms(box.width_mm):
        width = column_width_mm(area, form)
        columns = _balanced(_lines(sheet.legend, width, form), form, area.height_mm)
        if columns is not None:
            return LegendPlace(box, head, area, form, columns, None)
    return _cut_legend(sheet, box, head, area)


def legend_forms(width_mm: float) -> tuple[LegendForm, ...]:
    """Return the forms of a legend of a width, the roomiest first."""
    return WIDE_FORMS if width_mm >= WIDE_MM else LEGEND_FORMS


def legend_height_mm(sheet: Sheet, width_mm: float, form: LegendForm = READABLE_FORM) -> float:
    """Return the height of the legend's box in which all its entries stand in a form."""
    area = Box(0.0, 0.0, width_mm - 2 * PADDING_MM, 0.0)
    lines = _lines(sheet.legend, column_width_mm(area, form), form)
    heights = [line_height_mm(line, form) for line in lines]
    spill = max(heights, default=0.0) if form.columns > 1 else 0.0
    return FRAME_MM + sum(heights) / form.columns + spill


def _cut_legend(sheet: Sheet, box: Box, head: TextBlock, area: Box) -> LegendPlace:
    form = LEGEND_FORMS[-1]
    lines = _lines(sheet.legend, column_width_mm(area, form), form)
    columns, _ = _filled(lines, form, area.height_mm - MORE_MM)
    entries = sum(len(group.entries) for group in sheet.legend)
    short = Box(area.x_mm, area.y_mm, area.width_mm, area.height_mm - MORE_MM)
    return LegendPlace(box, head, short, form, columns, cut_note(sheet, entries, box))


def column_width_mm(area: Box, form: LegendForm) -> float:
    """Return the width of one column of the legend."""
    return (area.width_mm - COLUMN_GAP_MM * (form.columns - 1)) / form.columns


def _lines(groups: Sequence[LegendGroup], width_mm: float, form: LegendForm) -> list[LegendLine]:
    room = width_mm - SYMBOL_WIDTH_MM - SYMBOL_GAP_MM
    lines: list[LegendLine] = []
    for group in groups:
        lines.append(LegendLine(cut_text(group.title, width_mm, form.size_pt, bold=True)))
        lines += [
            LegendLine(few_lines(entry.text, room, form.size_pt), entry.source, entry.symbol)
            for entry in group.entries
        ]
    return lines


def line_height_mm(line: LegendLine, form: LegendForm) -> float:
    """Return the height of a line of the legend with the gap above it."""
    first_em = HEADING_EM if line.is_heading else CAPITAL_EM
    ems = line.text.count("\n") * LINE_HEIGHT_EM + first_em
    text = ems * form.size_pt * MM_PER_POINT
    symbol = 0.0 if line.is_heading else SYMBOL_HEIGHT_MM
    return max(text, symbol) + form.gap_mm


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
