# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a sheet that hold points, in blocks as blank rows and captions part them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.gauss_kruger import MILLION
from eco_onemap.core.messages import Message, message
from eco_onemap.readers.sites.tables.headings import Role
from eco_onemap.readers.sites.tables.layout import Layout, places_in
from eco_onemap.readers.sites.tables.numbers import Coordinate, parse_coordinate
from eco_onemap.readers.sites.tables.pairs import split_pair
from eco_onemap.readers.sites.tables.pairs_of_rows import CoordinateRow
from eco_onemap.readers.sites.tables.plain_text import Cell, cell_text, is_blank
from eco_onemap.readers.sites.tables.ranges import is_easting, is_northing
from eco_onemap.readers.sites.tables.sheets import Sheet

_DELIMITER = re.compile(r"[,;\t|]")
_DIGIT = re.compile(r"\d")
_ROWS_LOOKED_AT = 50
_NEAR_M, _NEAR_DEG = 10_000.0, 0.1
_LARGEST_DEGREES = 180.0


@dataclass(frozen=True)
class PointRows:
    """The points of a sheet; sequences have one value for each.

    block: running number of the run of rows without a blank one. caption: by block, the text
    in a row of its own above it. left_out: lines of rows that hold text and no coordinates.
    """

    points: Sequence[CoordinateRow]
    cells: Sequence[Sequence[Cell]]
    block: Sequence[int]
    caption: dict[int, str]
    left_out: Sequence[int]

    def column(self, number: int) -> list[str]:
        """Return the texts of a column, "" where a row is shorter."""
        return [cell_text(row[number]) if number < len(row) else "" for row in self.cells]

    def notes(self) -> list[Message]:
        """Return a note on the rows that were left out."""
        if not self.left_out:
            return []
        lines = ", ".join(map(str, self.left_out[:10]))
        return [message("table.note_left_out", count=len(self.left_out), lines=lines)]


def role_texts(rows: PointRows, layout: Layout, role: Role) -> list[str]:
    """Return the texts in the column of a role, "" where the table has none."""
    if role not in layout.roles:
        return [""] * len(rows.points)
    return rows.column(layout.roles[role])


def collect_rows(sheet: Sheet, layout: Layout, path: str) -> PointRows:
    """Return the rows with coordinates; SiteError names a row that has one of the two only.

    Rows with coordinates above the heading are refused as well: they would get lost.
    """
    for row, line in zip(sheet.rows[: layout.start], sheet.lines, strict=False):
        if _has_coordinates(row, layout):
            raise SiteError("table.above_heading", path=path, line=line)
    walk = _Walk(layout, path)
    for row, line in zip(sheet.rows[layout.start :], sheet.lines[layout.start :], strict=True):
        walk.take(row, line)
    return PointRows(walk.points, walk.cells, walk.blocks, walk.captions, walk.left_out)


class _Walk:
    """Goes through the rows once and remembers in which block it is."""

    def __init__(self, layout: Layout, path: str) -> None:
        self._layout = layout
        self._path = path
        self._block = 0
        self._open = False
        self._label = layout.roles.get(Role.POINT)
        self._first_label = ""
        self._width = 0
        self._repeated = False
        self.points: list[CoordinateRow] = []
        self.cells: list[Sequence[Cell]] = []
        self.blocks: list[int] = []
        self.captions: dict[int, str] = {}
        self.left_out: list[int] = []

    def take(self, row: Sequence[Cell], line: int) -> None:
        if any(_swallows_points(cell) for cell in row):
            raise SiteError("table.open_quote", path=self._path, line=line)
        if all(is_blank(cell) for cell in row):
            self._end_block()
        elif self._is_heading(row):
            self._repeated = True
        else:
            self._take_filled(row, line)

    def _take_filled(self, row: Sequence[Cell], line: int) -> None:
        first, second = self._coordinates(row)
        if self._is_caption(row) or not (_says_number(first) or _says_number(second)):
            self._end_block()
            self.captions[self._block] = next(cell_text(c) for c in row if not is_blank(c))
            self.left_out.append(line)
            return
        if is_blank(first) or is_blank(second):
            raise SiteError("table.half_row", path=self._path, line=line)
        self._refuse_long(row, line)
        self._add(CoordinateRow(line, first, second), row)

    def _coordinates(self, row: Sequence[Cell]) -> tuple[Cell, Cell]:
        first, second = (
            row[column] if column < len(row) else ""
            for column in (self._layout.first, self._layout.second)
        )
        if self._layout.first == self._layout.second:
            return split_pair(cell_text(first)) or (first, "" if is_blank(first) else first)
        return first, second

    def _add(self, point: CoordinateRow, row: Sequence[Cell]) -> None:
        label = self._label_of(row)
        if self._repeated and self._open and (not label or label == self._first_label):
            self._end_block()  # each parcel has a heading of its own; a page break repeats one
        self._repeated = False
        if not self._open:
            self._open, self._first_label = True, label
        self.points.append(point)
        self.cells.append(row)
        self.blocks.append(self._block)

    def _refuse_long(self, row: Sequence[Cell], line: int) -> None:
        """Raise SiteError for a number beyond the columns of a text: a delimiter too many.

        A text without a heading has the columns of its first row of a point.
        """
        self._width = self._width or len(self._layout.names) or len(row)
        for cell in row[self._width :]:
            if isinstance(cell, str) and parse_coordinate(cell) is not None:
                raise SiteError("table.long_row", path=self._path, line=line, text=cell.strip())

    def _is_caption(self, row: Sequence[Cell]) -> bool:
        """Return whether a text stands alone in its row and is no coordinate."""
        if self._layout.first == self._layout.second:
            return False
        filled = [cell for cell in row if not is_blank(cell)]
        return len(filled) == 1 and parse_coordinate(filled[0]) is None

    def _label_of(self, row: Sequence[Cell]) -> str:
        if self._label is None or self._label >= len(row):
            return ""
        return cell_text(row[self._label])

    def _end_block(self) -> None:
        if self._open:
            self._block += 1
            self._open = False

    def _is_heading(self, row: Sequence[Cell]) -> bool:
        names = self._layout.names
        return bool(names) and all(
            cell_text(cell) == name for cell, name in zip(row, names, strict=False) if name
        )


def _has_coordinates(row: Sequence[Cell], layout: Layout) -> bool:
    """Return whether a place stands in a row, or two numbers in the columns of coordinates."""
    parsed = [parse_coordinate(cell) for cell in row]
    numbers = len(row) > layout.second and parsed[layout.first] and parsed[layout.second]
    values = [one.value for one in parsed if one]
    on_grid = any(map(is_easting, values)) and any(map(is_northing, values))
    return bool(places_in(parsed) or on_grid or (numbers and layout.first != layout.second))


def refuse_other_places(rows: PointRows, layout: Layout, path: str) -> None:
    """Raise SiteError where rows have another place near theirs, in columns of unknown headings.

    It is a further list of points, which would get lost, or the same one in another system.
    """
    own = {layout.first, layout.second}
    for point, row in zip(rows.points[:_ROWS_LOOKED_AT], rows.cells, strict=False):
        here = [parse_coordinate(cell) for cell in (point.first, point.second)]
        parsed = [None if n in own else parse_coordinate(cell) for n, cell in enumerate(row)]
        for first, second in places_in(parsed):
            there = parsed[first], parsed[second]
            if _are_near(here, there) or _are_near(here, there[::-1]):
                names = [
                    f"{_name(layout, a)}, {_name(layout, b)}"
                    for a, b in ((layout.first, layout.second), (first, second))
                ]
                raise SiteError("table.several_columns", path=path, columns="; ".join(names))


def _are_near(one: Sequence[Coordinate | None], other: Sequence[Coordinate | None]) -> bool:
    """Return whether two places are at most 10 km or 0.1° apart, leaving zones aside."""
    apart = [
        abs(a.value - b.value) % MILLION if a and b else MILLION
        for a, b in zip(one, other, strict=True)
    ]
    largest = max(min(distance, MILLION - distance) for distance in apart)
    degrees = all(a is not None and abs(a.value) <= _LARGEST_DEGREES for a in one)
    return largest <= (_NEAR_DEG if degrees else _NEAR_M)


def _name(layout: Layout, column: int) -> str:
    found = layout.names[column] if column < len(layout.names) else ""
    return found or str(column + 1)


def _swallows_points(cell: Cell) -> bool:
    """Return whether further lines of a cell are rows of points: a quote was not closed."""
    if isinstance(cell, float) or "\n" not in cell:
        return False
    rows = (_DELIMITER.split(line) for line in cell.splitlines()[1:])
    return any(places_in([parse_coordinate(text) for text in row]) for row in rows)


def _says_number(cell: Cell) -> bool:
    return isinstance(cell, float) or _DIGIT.search(cell) is not None
