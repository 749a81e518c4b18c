# SPDX-License-Identifier: GPL-2.0-or-later
"""How cells of a workbook look: each look is made once and shared by all cells that have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from eco_onemap.outputs.formatting import printable
from eco_onemap.outputs.report.blocks import Align, Tone
from eco_onemap.outputs.word.palette import ACCENT, HEAD, LINE, SHADES, SOFT

Look = Any
"""A style as openpyxl keeps it, to be given to many cells."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST_CHARACTERS = 32_767
"""What a cell of Excel holds."""

TYPEFACE = "Microsoft YaHei"
"""Has Chinese and Latin letters, and every Windows has it."""

_RULE = Side(style="thin", color=LINE)
_BOX = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
_SIDES = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTRE: "center"}


class Looks:
    """The looks of one workbook, by name and made when they are first needed."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._made: dict[object, Look] = {}

    def title(self) -> Look:
        """Return the look of a report's title."""
        return self._look("title", lambda cell: _text(cell, 16, ACCENT, bold=True))

    def heading(self) -> Look:
        """Return the look of a heading between blocks."""
        return self._look("heading", lambda cell: _text(cell, 12, ACCENT, bold=True))

    def running(self, tone: Tone = Tone.PLAIN, *, bold: bool = False) -> Look:
        """Return the look of running text, which wraps; in a colour where it has a tone."""
        ink = "000000" if tone is Tone.PLAIN else SHADES[tone].ink
        return self._look(("running", tone, bold), lambda cell: _text(cell, 10, ink, bold=bold))

    def soft(self) -> Look:
        """Return the look of what is said in passing."""
        return self._look("soft", lambda cell: _text(cell, 10, SOFT))

    def head(self) -> Look:
        """Return the look of a table's heading."""
        return self._look("head", _head)

    def boxed(self, align: Align, tone: Tone) -> Look:
        """Return the look of text in a table of a report."""
        return self._look(("boxed", align, tone), lambda cell: _boxed(cell, align, tone))

    def number(self, number_format: str) -> Look:
        """Return the look of a number or text in a table of results."""
        return self._look(number_format, lambda cell: _formatted(cell, number_format))

    def quoted(self, look: Look) -> Look:
        """Return a look for text that Excel would take for a formula once somebody edits it."""
        name = "quoted", id(look)  # looks live as long as these
        if name not in self._made:
            made = copy(look)
            made.quotePrefix = 1
            self._made[name] = made
        return self._made[name]

    def _look(self, name: object, make: Callable[[Any], None]) -> Look:
        if name not in self._made:
            cell = WriteOnlyCell(self._sheet)
            make(cell)
            self._made[name] = cell._style
        return self._made[name]


def take_cells(sheet: Any) -> None:
    """Let a sheet take rows of ready cells alone: openpyxl tries each as a plain value first."""

    def placed(cells: Iterable[Any], row: int) -> Iterator[Any]:
        for column, cell in enumerate(cells, start=1):
            if cell is not None:
                cell.column, cell.row = column, row
                yield cell

    sheet._values_to_row = placed


def text_cell(sheet: Any, text: str, look: Look, looks: Looks) -> Any:
    """Return a cell that holds text and never a formula."""
    shown = printable(text)
    if len(shown) > MOST_CHARACTERS:
        shown = shown[: MOST_CHARACTERS - 1] + "…"
    cell = WriteOnlyCell(sheet, shown or None)
    if shown:
        cell.data_type = "s"
    cell._style = looks.quoted(look) if shown.startswith(FORMULA_STARTS) else look
    return cell


def number_cell(sheet: Any, value: float | int | bool, look: Look) -> Any:
    """Return a cell with a number to the last digit: of a float, openpyxl writes only 16."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, float):
        cell._value = repr(value)
    cell._style = look
    return cell


def _text(cell: Any, size: float, ink: str, *, bold: bool = False) -> None:
    cell.font = Font(name=TYPEFACE, size=size, bold=bold, color=ink)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _head(cell: Any) -> None:
    cell.font = Font(name=TYPEFACE, size=10, bold=True)
    cell.fill = PatternFill("solid", fgColor=HEAD)
    cell.border = _BOX
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _boxed(cell: Any, align: Align, tone: Tone) -> None:
    shade = SHADES[tone]
    ink = "000000" if tone is Tone.PLAIN else shade.ink
    cell.font = Font(name=TYPEFACE, size=10, bold=tone is not Tone.PLAIN, color=ink)
    cell.border = _BOX
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=_SIDES[align])


def _formatted(cell: Any, number_format: str) -> None:
    cell.font = Font(name=TYPEFACE, size=10)
    cell.number_format = number_format
    cell.alignment = Alignment(vertical="top")
