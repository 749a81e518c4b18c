# SPDX-License-Identifier: GPL-2.0-or-later
"""Two columns of cells to coordinates: what they are, and which of them is east."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import Message, message
from eco_onemap.readers.sites.tables.headings import AngleHint, Heading, Role, axis_of
from eco_onemap.readers.sites.tables.numbers import (
    Axis,
    Coordinate,
    Notation,
    can_be_packed,
    is_shortened,
    parse_coordinate,
    spelled_out,
    unpack,
)
from eco_onemap.readers.sites.tables.options import AngleNotation
from eco_onemap.readers.sites.tables.plain_text import Cell, cell_text
from eco_onemap.readers.sites.tables.ranges import are_places, is_latitude, is_longitude

Floats = NDArray[np.float64]

_LOCAL_M = 9_999_999.0
"""Coordinates of a local grid have seven digits at most: eight begin with a national zone."""

_IN_DEGREES = {Role.LONGITUDE, Role.LATITUDE}


@dataclass(frozen=True)
class CoordinateRow:
    """A row's line in its file and the two cells of its coordinates."""

    line: int
    first: Cell
    second: Cell


@dataclass(frozen=True)
class Placed:
    """Coordinates of all rows, shape (n,): degrees or metres, and how the columns stand."""

    east: Floats
    north: Floats
    angular: bool
    axis_order: str
    notes: tuple[Message, ...]


def place(
    rows: Sequence[CoordinateRow],
    headings: tuple[Heading, Heading],
    notation: AngleNotation | None,
    path: str,
) -> Placed:
    """Return the coordinates of *rows*; SiteError names the line of one that is none.

    headings: what the two columns are called. notation: how plain numbers of degrees are
    written, None where nobody said; SiteError shows both readings where that matters.
    """
    first = [_parse(row, row.first, path) for row in rows]
    second = [_parse(row, row.second, path) for row in rows]
    if _are_degrees(first, second, headings):
        return _degrees(rows, (first, second), headings, notation, path)
    values = _values(first), _values(second)
    swap, notes = _order(rows, values, _axes(headings, first, second), path)
    return _placed(values, swap, angular=False, notes=notes)


def _parse(row: CoordinateRow, cell: Cell, path: str) -> Coordinate:
    found = parse_coordinate(cell)
    if found is not None:
        return found
    key = "table.shortened" if is_shortened(cell) else "table.bad_coordinate"
    raise SiteError(key, path=path, line=row.line, text=cell_text(cell)[:40])


def _values(column: Sequence[Coordinate]) -> Floats:
    return np.array([one.value for one in column], dtype=np.float64)


def _are_degrees(
    first: Sequence[Coordinate], second: Sequence[Coordinate], headings: tuple[Heading, Heading]
) -> bool:
    both = [*first, *second]
    if any(one.notation is Notation.ANGLE or one.axis for one in both):
        return True
    if all(abs(one.value) <= 180.0 for one in both):
        return True
    # dddmmss could also be metres near 10°N: only headings tell
    return {heading.role for heading in headings} == _IN_DEGREES and all(
        _is_place(unpack(one.digits), unpack(two.digits))
        for one, two in zip(first, second, strict=True)
    )


def _is_place(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return False
    return (is_longitude(one) and is_latitude(two)) or (is_latitude(one) and is_longitude(two))


def _degrees(
    rows: Sequence[CoordinateRow],
    columns: tuple[list[Coordinate], list[Coordinate]],
    headings: tuple[Heading, Heading],
    notation: AngleNotation | None,
    path: str,
) -> Placed:
    packed = _is_packed(rows, columns, headings, notation, path)
    values = tuple(
        np.array(
            [
                _unpacked(one, row, path) if packed else one.value
                for one, row in zip(column, rows, strict=True)
            ],
            dtype=np.float64,
        )
        for column in columns
    )
    swap, notes = _order(rows, (values[0], values[1]), _axes(headings, *columns), path)
    if packed:
        notes.append(message("table.note_packed"))
    return _placed((values[0], values[1]), swap, angular=True, notes=notes)


def _is_packed(
    rows: Sequence[CoordinateRow],
    columns: tuple[list[Coordinate], list[Coordinate]],
    headings: tuple[Heading, Heading],
    notation: AngleNotation | None,
    path: str,
) -> bool:
    """Return whether plain numbers are packed angles; SiteError where both readings can be."""
    if notation is AngleNotation.DMS and any(_numbers(column) for column in columns):
        row, one = next(_plain_ones(rows, columns))
        raise SiteError("table.not_dms", path=path, line=row.line, text=one.digits)
    if notation is not None:
        return notation is AngleNotation.PACKED
    hints = {heading.angle for heading in headings} - {None}
    if hints:
        return hints == {AngleHint.PACKED}
    numbers = [one for column in columns for one in _numbers(column)]
    if any(abs(one.value) > 180.0 for one in numbers):
        return True
    if not all(can_be_packed(one.digits) or _is_whole(one) for one in numbers):
        return False
    doubtful = next((pair for pair in _plain_ones(rows, columns) if not _is_whole(pair[1])), None)
    if doubtful is None:
        return False
    row, one = doubtful
    raise SiteError(
        "table.packed_or_decimal",
        path=path,
        line=row.line,
        text=one.digits,
        decimal=spelled_out(one.value),
        packed=spelled_out(unpack(one.digits) or 0.0),
    )


def _numbers(column: Sequence[Coordinate]) -> list[Coordinate]:
    return [one for one in column if one.notation is Notation.NUMBER]


def _is_whole(one: Coordinate) -> bool:
    return not one.digits.partition(".")[2].strip("0")


def _plain_ones(
    rows: Sequence[CoordinateRow], columns: tuple[list[Coordinate], list[Coordinate]]
) -> Iterator[tuple[CoordinateRow, Coordinate]]:
    for row, *pair in zip(rows, *columns, strict=True):
        for one in pair:
            if one.notation is Notation.NUMBER:
                yield row, one


def _unpacked(one: Coordinate, row: CoordinateRow, path: str) -> float:
    if one.notation is Notation.ANGLE:
        return one.value
    value = unpack(one.digits)
    if value is None:
        raise SiteError("table.not_packed", path=path, line=row.line, text=one.digits)
    return value


def _axes(
    headings: tuple[Heading, Heading], first: Sequence[Coordinate], second: Sequence[Coordinate]
) -> tuple[Axis | None, Axis | None]:
    """Return the directions that letters at the values name, or else the columns' headings."""
    named = [
        next((one.axis for one in column if one.axis), None) or axis_of(heading.role)
        for column, heading in zip((first, second), headings, strict=True)
    ]
    return named[0], named[1]


def _order(
    rows: Sequence[CoordinateRow],
    values: tuple[Floats, Floats],
    axes: tuple[Axis | None, Axis | None],
    path: str,
) -> tuple[bool, list[Message]]:
    """Return whether north stands first, and a note where the headings say otherwise.

    Where both orders can be, the headings decide, or else the custom of X north, Y east.
    """
    one, two = values
    east_first, north_first = are_places(one, two), are_places(two, one)
    says_north = None if axes[0] is axes[1] else axes[0] is Axis.NORTH or axes[1] is Axis.EAST
    if east_first.all() and north_first.all():
        return (True if says_north is None else says_north), []
    if north_first.all() or east_first.all():
        swap = bool(north_first.all())
        contradicted = says_north is not None and says_north is not swap
        return swap, [message("txt.note_swapped")] if contradicted else []
    national = east_first.any() or north_first.any() or max(one.max(), two.max()) > _LOCAL_M
    if says_north is not None and not national:
        return says_north, []  # a local grid, whose headings tell the order
    row = int(np.argmin(north_first if north_first.sum() >= east_first.sum() else east_first))
    raise SiteError(
        "table.out_of_range",
        path=path,
        line=rows[row].line,
        first=cell_text(rows[row].first)[:40],
        second=cell_text(rows[row].second)[:40],
    )


def _placed(
    values: tuple[Floats, Floats], north_first: bool, *, angular: bool, notes: list[Message]
) -> Placed:
    east, north = reversed(values) if north_first else values
    return Placed(east, north, angular, "yx" if north_first else "xy", tuple(notes))
