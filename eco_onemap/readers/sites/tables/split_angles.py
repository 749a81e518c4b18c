# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables that give degrees, minutes and seconds a column each, below 经度 and 纬度."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eco_onemap.readers.sites.tables.plain_text import Cell, cell_text, is_blank, plain
from eco_onemap.readers.sites.tables.sheets import Sheet

_ROWS_OF_TITLES = 50
_UNITS = (("度", "°", "deg", "d"), ("分", "'", "min", "m"), ("秒", '"', "sec", "s"))
_MARKS = ("°", "′", "″")


def with_whole_angles(sheet: Sheet) -> Sheet:
    """Return the sheet with the three columns of each angle as one; itself if it has none such."""
    for number, row in enumerate(sheet.rows[:_ROWS_OF_TITLES]):
        starts = list(_starts([plain(cell_text(cell)).lower() for cell in row]))
        if starts and len(starts) % 2 == 0:
            above = sheet.rows[number - 1] if number else ()
            below = range(-number, len(sheet.rows) - number)
            rows = [_joined(*pair, starts, above) for pair in zip(sheet.rows, below, strict=True)]
            return replace(sheet, rows=rows)
    return sheet


def _starts(names: Sequence[str]) -> Iterator[int]:
    """Yield the columns that begin a run of degrees, minutes and seconds."""
    for column in range(len(names) - 2):
        run = names[column : column + 3]
        if all(name.endswith(units) for name, units in zip(run, _UNITS, strict=True)):
            yield column


def _joined(
    row: Sequence[Cell], below: int, starts: Sequence[int], above: Sequence[Cell]
) -> list[Cell]:
    """Return a row with its angles joined.

    below: how many rows below the heading it stands; the heading itself takes the names from the
    row above, which loses them.
    """
    cells = list(row)
    for start in reversed(starts):
        parts = cells[start : start + 3]
        whole: Cell = ""
        if below == 0:
            whole = _name(parts, above[start] if start < len(above) else "")
        elif below > 0:
            whole = _angle(parts)
        elif below < -1:
            whole = next((cell for cell in parts if not is_blank(cell)), "")
        cells[start : start + 3] = [whole] if len(cells) > start else []
    return cells


def _name(parts: Sequence[Cell], above: Cell) -> str:
    """Return what an angle is called: above its parts, or in front of 度 (经度度, 东经度)."""
    own = plain(cell_text(parts[0]))
    return cell_text(above) if not is_blank(above) else own.removesuffix("度") or own


def _angle(parts: Sequence[Cell]) -> str:
    filled = [cell_text(cell) for cell in parts if not is_blank(cell)]
    return "".join(f"{text}{mark}" for text, mark in zip(filled, _MARKS, strict=False))
