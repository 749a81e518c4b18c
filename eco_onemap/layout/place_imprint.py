# SPDX-License-Identifier: GPL-2.0-or-later
"""Places the strip at the foot of a sheet that says who made it."""

from __future__ import annotations

from eco_onemap.core.messages import message
from eco_onemap.layout.paper import Box, Paper
from eco_onemap.layout.placement import ImprintCell, TextBlock
from eco_onemap.layout.sheet import ImprintField, Sheet
from eco_onemap.layout.text_fit import fit_text, text_width_mm

SHARES = (0.38, 0.19, 0.17, 0.26)
"""Of the strip's width: organisation, maker, date, number of approval."""
SIZES = (7.0, 6.5, 6.0, 5.5)
PADDING_MM = 1.2
BASE_MM = 1.1
"""Of the line to write on, above the strip's lower edge."""
LINE_MM = 0.15


def place_imprint(sheet: Sheet, paper: Paper) -> tuple[ImprintCell, ...]:
    """Return the fields of the imprint from left to right."""
    strip, cells, left = paper.imprint, [], paper.imprint.x_mm
    for field, share in zip(sheet.imprint, SHARES, strict=True):
        box = Box(left, strip.y_mm, share * strip.width_mm, strip.height_mm)
        cells.append(_cell(field, box, sheet.language))
        left = box.right_mm
    return tuple(cells)


def _cell(field: ImprintField, box: Box, language: str) -> ImprintCell:
    told = message("map.imprint.field", label=field.label, text=field.text).text(language).rstrip()
    inner = Box(box.x_mm + PADDING_MM, box.y_mm, box.width_mm - 2 * PADDING_MM, box.height_mm)
    fitted = fit_text(told, inner.width_mm, inner.height_mm, SIZES)
    if field.text:
        return ImprintCell(box, TextBlock(inner, fitted), None)
    left = inner.x_mm + min(text_width_mm(told, fitted.size_pt) + PADDING_MM, inner.width_mm)
    line = Box(left, box.bottom_mm - BASE_MM, inner.right_mm - left, LINE_MM)
    return ImprintCell(box, TextBlock(inner, fitted), line)
