# SPDX-License-Identifier: GPL-2.0-or-later
"""The two coordinates of each row: their cells, and what these say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eco_onemap.core.errors import SiteError
from eco_onemap.readers.sites.tables.numbers import (
    Coordinate,
    Notation,
    is_shortened,
    parse_coordinate,
)
from eco_onemap.readers.sites.tables.plain_text import Cell, cell_text


@dataclass(frozen=True)
class CoordinateRow:
    """A row's line in its file and the two cells of its coordinates."""

    line: int
    first: Cell
    second: Cell


@dataclass(frozen=True)
class Pairs:
    """Rows, and the coordinates in their first and second cells."""

    rows: Sequence[CoordinateRow]
    first: Sequence[Coordinate]
    second: Sequence[Coordinate]

    @property
    def columns(self) -> tuple[Sequence[Coordinate], Sequence[Coordinate]]:
        """Both columns in file order."""
        return self.first, self.second

    def numbers(self) -> Iterator[tuple[CoordinateRow, Coordinate]]:
        """Yield the coordinates without signs of an angle, row by row."""
        for row, *pair in zip(self.rows, *self.columns, strict=True):
            for one in pair:
                if one.notation is Notation.NUMBER:
                    yield row, one


def parse_pairs(rows: Sequence[CoordinateRow], path: str) -> Pairs:
    """Return the coordinates in *rows*; SiteError names the line of a cell that holds none."""
    first = [_parse(row, row.first, path) for row in rows]
    return Pairs(rows, first, [_parse(row, row.second, path) for row in rows])


def _parse(row: CoordinateRow, cell: Cell, path: str) -> Coordinate:
    found = parse_coordinate(cell)
    if found is not None:
        return found
    key = "table.shortened" if is_shortened(cell) else "table.bad_coordinate"
    raise SiteError(key, path=path, line=row.line, text=cell_text(cell)[:40])
