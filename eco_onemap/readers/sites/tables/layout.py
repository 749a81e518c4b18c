# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a table's heading stands, and which of its columns are the coordinates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from eco_onemap.readers.sites.tables.headings import COORDINATES, Heading, Role, read_heading
from eco_onemap.readers.sites.tables.numbers import Coordinate, parse_coordinate
from eco_onemap.readers.sites.tables.plain_text import Cell, cell_text, is_blank
from eco_onemap.readers.sites.tables.ranges import could_be_place
from eco_onemap.readers.sites.tables.sheets import Sheet

ROWS_OF_TITLES = 50
"""So many rows are searched for a heading."""

_PAIRS = ((Role.LONGITUDE, Role.LATITUDE), (Role.EAST, Role.NORTH), (Role.X, Role.Y))
_MIXED_PAIRS = (
    ((Role.EAST, Role.Y), (Role.X, Role.NORTH)),
    ((Role.X, Role.EAST), (Role.NORTH, Role.Y)),
)


@dataclass(frozen=True)
class Layout:
    """What stands where in a sheet.

    heading: row of the heading, -1 for a sheet without one. start: first row of data.
    first, second: columns of the two coordinates in file order; the same where one column has
    both. roles: column of each role that stands in the heading once. headings: meaning of all
    columns. names: heading text of each column. others: pairs of coordinate columns that
    could be meant as well.
    """

    heading: int
    start: int
    first: int
    second: int
    roles: Mapping[Role, int] = field(default_factory=dict)
    headings: Sequence[Heading] = ()
    names: Sequence[str] = ()
    others: Sequence[str] = ()

    def heading_of(self, column: int) -> Heading:
        """Return what the heading says of a column."""
        return self.headings[column] if column < len(self.headings) else Heading(None)


def find_layout(sheet: Sheet) -> Layout | None:
    """Return the layout of a sheet, by its heading or else by its numbers; None if it has neither.

    The heading is the first row that names both coordinates.
    """
    found = find_heading(sheet)
    if found is None:
        return _layout_by_numbers(sheet)
    number, own, names = found
    pairs = list(named_pairs([read_heading(name) for name in own]))
    return _layout(number, pairs, [read_heading(name) for name in names], names)


def find_heading(sheet: Sheet) -> tuple[int, list[str], list[str]] | None:
    """Return the first row that names both coordinates, or None: its number, its texts, and names.

    The names are the texts, with words from the row above where they are blank (merged cells).
    """
    found = [
        number for number in range(min(len(sheet.rows), ROWS_OF_TITLES)) if _names(sheet, number)
    ]
    if not found:
        return None
    number = found[0]
    if found[1:2] == [number + 1] and _names(sheet, number) == {Role.PAIR}:
        number += 1  # 坐标 over X and Y
    names = [cell_text(cell) for cell in sheet.rows[number]]
    above = sheet.rows[number - 1] if number else ()
    return number, names, _with_words_above(names, above)


def _names(sheet: Sheet, number: int) -> set[Role]:
    """Return the roles of coordinates that a row names, the empty set for a row of no heading."""
    row = sheet.rows[number]
    texts = [cell_text(cell) for cell in row]
    if any(isinstance(cell, float) for cell in row) or sum(map(bool, texts)) < 2:
        return set()
    headings = [read_heading(text) for text in texts]
    if not any(True for _ in named_pairs(headings)):
        return set()
    return {one.role for one in headings if one.role in COORDINATES}


def named_pairs(headings: Sequence[Heading]) -> Iterator[tuple[int, int]]:
    """Yield the columns of each pair of coordinates that headings name, east first if they can."""
    places: dict[Role, list[int]] = {}
    for column, heading in enumerate(headings):
        if heading.role in COORDINATES:
            places.setdefault(heading.role, []).append(column)
    for east, north in _PAIRS:
        yield from zip(places.get(east, ()), places.get(north, ()), strict=False)
    if not any(east in places and north in places for east, north in _PAIRS):
        for (east, other), (other2, north) in _MIXED_PAIRS:
            yield from zip(places.get(east, ()), places.get(other, ()), strict=False)
            yield from zip(places.get(other2, ()), places.get(north, ()), strict=False)
        yield from ((column, column) for column in places.get(Role.PAIR, ()))


def _with_words_above(names: list[str], above: Sequence[Cell]) -> list[str]:
    """Return the heading with its blank cells filled from the row above, unless that is a title."""
    words = [cell_text(cell) for cell in above]
    if sum(bool(word) for word in words) < 2:
        return names
    length = max(len(names), len(words))
    names = names + [""] * (length - len(names))
    return [
        name or (words[column] if column < len(words) else "") for column, name in enumerate(names)
    ]


def _layout(
    number: int,
    pairs: Sequence[tuple[int, int]],
    headings: Sequence[Heading],
    names: Sequence[str],
) -> Layout:
    first, second = min(pairs[0]), max(pairs[0])
    taken = {column for pair in pairs for column in pair}
    roles: dict[Role, int] = {}
    for column, heading in enumerate(headings):
        if heading.role is not None and column not in taken:
            roles.setdefault(heading.role, column)
    others = [f"{names[a]}, {names[b]}" for a, b in map(sorted, pairs)] if len(pairs) > 1 else []
    return Layout(number, number + 1, first, second, roles, headings, names, others)


def _layout_by_numbers(sheet: Sheet) -> Layout | None:
    """Return the layout of rows without a heading: two columns whose numbers are places."""
    parsed = [[parse_coordinate(cell) for cell in row] for row in sheet.rows[:ROWS_OF_TITLES]]
    start = next((n for n, row in enumerate(parsed) if places_in(row)), None)
    if start is None:
        return None
    rows = [row for row in parsed[start:] if any(row)]
    common = set.intersection(*(set(places_in(row)) for row in rows if places_in(row)))
    if not common:
        return None
    ordered = sorted(common)
    first, second = ordered[0]
    if any(_has_number(row) and not _reaches(row, second) for row in sheet.rows[start:]):
        return None  # some rows are parted otherwise
    label = first - 1
    roles = {Role.POINT: label} if label >= 0 and _labels(sheet, start, label) else {}
    others = [f"{a + 1}, {b + 1}" for a, b in ordered] if len(ordered) > 1 else []
    return Layout(-1, 0, first, second, roles, others=others)


def places_in(row: Sequence[Coordinate | None]) -> list[tuple[int, int]]:
    """Return the pairs of neighbouring columns that could be a place in China."""
    return [
        (column, column + 1)
        for column, (one, two) in enumerate(pairwise(row))
        if one is not None and two is not None and could_be_place(one.value, two.value)
    ]


def _has_number(row: Sequence[Cell]) -> bool:
    return any(isinstance(cell, float) or any(map(str.isdigit, cell)) for cell in row)


def _reaches(row: Sequence[Cell], column: int) -> bool:
    """Return whether a row has coordinates in this column and the one before."""
    return len(row) > column and all(
        parse_coordinate(cell) is not None for cell in row[column - 1 : column + 1]
    )


def _labels(sheet: Sheet, start: int, column: int) -> bool:
    return not any(is_blank(row[column]) for row in sheet.rows[start:] if len(row) > column + 2)
