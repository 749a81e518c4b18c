# SPDX-License-Identifier: GPL-2.0-or-later
"""Sheets on screen and on paper: column widths, what stays in view, how they print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

_NARROWEST, _WIDEST = 9.0, 48.0
_POINTS_A_LINE, _HIGHEST_POINTS = 14.0, 409.0
_A4 = 9


def set_up_table(
    sheet: Any, widths: Sequence[float], head_lines: int = 2, *, keeps_first: bool = False
) -> None:
    """Prepare a sheet whose first row is the heading of a table; before its first row is there.

    keeps_first: whether the first column stays in view, too.
    """
    set_widths(sheet, widths)
    sheet.freeze_panes = "B2" if keeps_first else "A2"
    sheet.print_title_rows = "1:1"
    sheet.row_dimensions[1].height = head_lines * _POINTS_A_LINE + 4
    fit_on_paper(sheet, landscape=True)


def set_widths(sheet: Any, widths: Sequence[float]) -> None:
    """Set the widths of columns, in characters."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def fit_on_paper(sheet: Any, *, landscape: bool) -> None:
    """Print a sheet on A4, as wide as the page and as long as it is, with page numbers."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"


def fitting_width(texts: Iterable[str]) -> float:
    """Return a column's width in characters that suits its texts; long ones do not count whole."""
    longest = max((display_width(str(text)) for text in texts), default=0)
    return min(max(longest + 2.0, _NARROWEST), _WIDEST)


def display_width(text: str) -> int:
    """Return how many Latin characters a text is as wide as: Chinese ones count double."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def lines_needed(text: str, width: float) -> int:
    """Return how many lines a text takes in a cell of this width in characters."""
    return sum(max(1, -(-display_width(line) // int(width))) for line in text.split("\n"))


def height_of(lines: int) -> float:
    """Return the height of a row with so many lines, in points; Excel knows no higher ones."""
    return min(lines * _POINTS_A_LINE + 2, _HIGHEST_POINTS)
