# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the table of an access list says what: its row of headings and their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eco_onemap.core.layers.catalogue import AccessListEntry
from eco_onemap.core.layers.sources import TableRows
from eco_onemap.core.spellings import plain
from eco_onemap.core.zoning.vocabulary import list_tables, spellings

HEADER_ROWS = 10
"""Titles and notes above the header take up at most so many rows."""

NEEDED_COLUMNS = ("scope_code", "text")
"""Without them, or what stands for them, a table tells no clause."""


@dataclass(frozen=True)
class Header:
    """The row of headings.

    row: its number. cells: the headings. columns: numbers of columns by internal name.
    dimensions: those of columns that hold all clauses of a dimension.
    """

    row: int
    cells: tuple[str, ...]
    columns: Mapping[str, int]
    dimensions: Mapping[str, int]

    def is_enough(self, entry: AccessListEntry) -> bool:
        """Return whether the row names a code, unless the entry does, and a text."""
        has_code = "scope_code" in self.columns or bool(entry.scope)
        return has_code and ("text" in self.columns or bool(self.dimensions))


def find_header(rows: TableRows, entry: AccessListEntry) -> Header | None:
    """Return the first row that names a code and a text, None where none of the first ten does."""
    read = (_read(rows, number, entry) for number in range(len(rows.rows[:HEADER_ROWS])))
    return next((header for header in read if header.is_enough(entry)), None)


def likely_header(rows: TableRows, entry: AccessListEntry) -> Header | None:
    """Return the header, or the fullest of the first rows; None where the table has no row."""
    filled = [sum(map(bool, map(str.strip, cells))) for cells in rows.rows[:HEADER_ROWS]]
    if not filled:
        return None
    return find_header(rows, entry) or _read(rows, filled.index(max(filled)), entry)


def column_names() -> tuple[str, ...]:
    """Return the internal names of all columns that a check reads."""
    return tuple(list_tables()["columns"])


def _read(rows: TableRows, number: int, entry: AccessListEntry) -> Header:
    cells = tuple(rows.rows[number])
    columns = _columns(cells, entry.fields)
    dimensions = {} if "text" in columns else _dimensions(cells, columns)
    return Header(number, cells, columns, dimensions)


def _columns(cells: Sequence[str], fields: Mapping[str, str]) -> dict[str, int]:
    """Return the column of each internal name: as the catalogue says, else by its spelling."""
    headings = [plain(cell) for cell in cells]
    chosen = {name: plain(source) for name, source in fields.items()}
    found = {
        name: headings.index(cell) for name, cell in chosen.items() if cell and cell in headings
    }
    known, taken = spellings("columns"), set(found.values())
    for number, heading in enumerate(headings):
        if heading in known and number not in taken:
            found.setdefault(known[heading], number)
    return found


def _dimensions(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, int]:
    known = spellings("dimension_columns")
    taken = set(columns.values())
    return {
        known[plain(cell)]: number
        for number, cell in enumerate(cells)
        if plain(cell) in known and number not in taken
    }
