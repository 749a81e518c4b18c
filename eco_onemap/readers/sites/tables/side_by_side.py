# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables whose list of points goes on in further columns: 点号 X Y, 点号 X Y, 点号 X Y."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import message
from eco_onemap.readers.sites.attributes import NAME_FIELDS
from eco_onemap.readers.sites.crs_words import find_crs_words
from eco_onemap.readers.sites.tables.headings import Role, read_heading
from eco_onemap.readers.sites.tables.layout import find_heading, named_pairs, places_in
from eco_onemap.readers.sites.tables.list_order import (
    Point,
    Rows,
    are_same_points,
    is_label,
    runs_down,
    starts_anew,
)
from eco_onemap.readers.sites.tables.numbers import parse_coordinate
from eco_onemap.readers.sites.tables.pairs import split_pair
from eco_onemap.readers.sites.tables.plain_text import Cell, cell_text, is_blank
from eco_onemap.readers.sites.tables.sheets import Sheet

Line = tuple[int, Sequence[Cell]]
"""A row of cells below its line in the file."""


@dataclass(frozen=True)
class _Lists:
    """Where lists stand: the row of their heading (-1: none), first columns, width in columns.

    label, first, second: columns of the point number and the coordinates, counted within a list.
    names: of all columns. keys: columns before the lists that tell the sites apart. counters:
    those that count the rows.
    """

    heading: int
    starts: Sequence[int]
    width: int
    label: int
    first: int
    second: int
    names: Sequence[str] = ()
    keys: Sequence[int] = ()
    counters: Sequence[int] = ()

    def cells(self, row: Sequence[Cell], number: int) -> list[Cell]:
        """Return the cells of a list in a row, blank ones where the row is shorter."""
        start = self.starts[number]
        found = list(row[start : start + self.width])
        return found + [""] * (self.width - len(found))

    def alone(self, row: Sequence[Cell], number: int) -> list[Cell]:
        """Return a row with one of the lists: what stands before it, the list, what stands behind.

        Numbers that count the rows of the table are left out.
        """
        inside = {start + place for start in self.starts for place in range(self.width)}
        before = [*row[: self.starts[0]], *[""] * (self.starts[0] - len(row))]
        kept = ["" if place in self.counters else cell for place, cell in enumerate(before)]
        behind = [row[n] for n in range(self.starts[0], len(row)) if n not in inside]
        return [*kept, *self.cells(row, number), *behind]

    def points(self, row: Sequence[Cell]) -> list[Point | None]:
        """Return the point of each list in a row, None where it has none."""
        found: list[Point | None] = []
        for number in range(len(self.starts)):
            own = self.cells(row, number)
            pair = own[self.first], own[self.second]
            absent = not all(any(map(str.isdigit, cell_text(cell))) for cell in pair)
            found.append(None if absent else (cell_text(own[self.label]), *pair))
        return found

    def key(self, row: Sequence[Cell]) -> str:
        """Return what tells the site in a row, "" for nothing new."""
        texts = (cell_text(row[column]) for column in self.keys if column < len(row))
        return next(filter(None, texts), "")


def with_one_list(sheet: Sheet, path: str) -> Sheet:
    """Return the sheet with its lists one below the other; itself if it has but one list.

    Lists have the same headings, with the point's number among them. SiteError where the numbers
    do not tell the order, and where the lists repeat the same points, as in two systems.
    """
    lists = _named_lists(sheet) or _numbered_lists(sheet)
    if lists is None:
        return sheet
    _refuse_between(sheet, lists, path)
    count = len(lists.starts)
    runs = list(_runs(sheet, lists))
    points = [found for run in runs if any(map(any, found := _points(run, lists)))]
    titles = _titles(sheet, lists)
    if any(find_crs_words([title]).declared for title in titles) or any(map(_repeat, points)):
        raise SiteError("table.same_points_twice", path=path, count=count)
    down = runs_down(points)
    if down is None:
        raise SiteError("table.order_of_lists", path=path, count=count)
    lines = list(_head(sheet, lists, titles))
    lines += [line for run in runs for line in _parted(run, lists, titles, down=down)]
    note = message("table.note_side_by_side", count=count)
    rows, places = [row for _, row in lines], [place for place, _ in lines]
    return Sheet(sheet.name, rows, places, (*sheet.notes, note))


def _refuse_between(sheet: Sheet, lists: _Lists, path: str) -> None:
    """Raise SiteError for a number in a nameless column beside the lists: it is out of place."""
    inside = {start + place for start in lists.starts for place in range(lists.width)}
    nameless = [n for n, name in enumerate(lists.names) if not name and n not in inside]
    top = lists.heading + 1
    for line, row in zip(sheet.lines[top:], sheet.rows[top:], strict=True):
        for text in (cell_text(row[n]) for n in nameless if n < len(row)):
            if parse_coordinate(text) is not None:
                raise SiteError("table.long_row", path=path, line=line, text=text)


def _head(sheet: Sheet, lists: _Lists, titles: Sequence[str]) -> Iterator[Line]:
    """Yield the rows above the points; titles of single lists go down to these."""
    for number, line in enumerate(sheet.lines[: lists.heading + 1]):
        if number == lists.heading:
            yield line, lists.alone(lists.names, 0)
        else:
            yield line, [] if titles and number == lists.heading - 1 else sheet.rows[number]


def _points(run: Sequence[Line], lists: _Lists) -> list[list[Point | None]]:
    return [lists.points(row) for _, row in run]


def _repeat(rows: Rows) -> bool:
    whole = [[point for point in row if point] for row in rows]
    return all(map(all, rows)) and are_same_points(whole)


def _named_lists(sheet: Sheet) -> _Lists | None:
    """Return the lists below a heading that repeats itself."""
    found = find_heading(sheet)
    if found is None:
        return None
    number, own, names = found
    pairs = [sorted(pair) for pair in named_pairs([read_heading(name) for name in own])]
    if len(pairs) < 2 or len({second - first for first, second in pairs}) > 1:
        return None
    before = behind = 0
    while _alike(names, [first - before - 1 for first, _ in pairs]):
        before += 1
    while _alike(names, [second + behind + 1 for _, second in pairs]):
        behind += 1
    between = pairs[0][1] - pairs[0][0]
    starts, width = [first - before for first, _ in pairs], before + between + behind + 1
    roles = [read_heading(name).role for name in names[starts[0] : starts[0] + width]]
    label = next((roles.index(role) for role in (Role.POINT, Role.NUMBER) if role in roles), None)
    if label is None or any(two - one < width for one, two in pairwise(starts)):
        return None
    keys, counters = _shared(sheet, number, names[: starts[0]])
    columns = label, before, before + between
    return _Lists(number, starts, width, *columns, names, keys, counters)


def _alike(names: Sequence[str], columns: Sequence[int]) -> bool:
    if min(columns) < 0 or max(columns) >= len(names):
        return False
    return bool(names[columns[0]]) and len({names[column] for column in columns}) == 1


def _shared(sheet: Sheet, heading: int, names: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the columns before the lists that tell the sites apart, and those that count rows.

    A number for each row counts them; one over merged cells tells a site.
    """
    keys, counters = [], []
    for column, name in enumerate(names):
        role = read_heading(name).role
        filled = [row for row in sheet.rows[heading + 1 :] if not all(map(is_blank, row))]
        merged = any(column >= len(row) or is_blank(row[column]) for row in filled)
        if role is Role.PARCEL or name.lower() in NAME_FIELDS or (role is Role.NUMBER and merged):
            keys.append(column)
        elif role in (Role.NUMBER, Role.POINT):
            counters.append(column)
    return keys, counters


def _numbered_lists(sheet: Sheet) -> _Lists | None:
    """Return the lists of a sheet without a heading: a point number before each pair of numbers."""
    if find_heading(sheet) is not None:
        return None
    found = [places_in([parse_coordinate(cell) for cell in row]) for row in sheet.rows]
    pairs = max(found, key=len, default=[])
    starts = [first - 1 for first, _ in pairs]
    if len(starts) < 2 or starts[0] < 0 or any(not set(one) <= set(pairs) for one in found):
        return None
    lists = _Lists(-1, starts, 3, 0, 1, 2)
    labels = [point[0] for row in sheet.rows for point in lists.points(row) if point]
    return lists if labels and all(map(is_label, labels)) else None


def _titles(sheet: Sheet, lists: _Lists) -> list[str]:
    """Return what stands above each list, [] where no two of them have a title of their own."""
    if lists.heading < 1:
        return []
    above = sheet.rows[lists.heading - 1]
    cells = (lists.cells(above, number) for number in range(len(lists.starts)))
    found = [next((cell_text(c) for c in own if not is_blank(c)), "") for own in cells]
    return found if len(set(filter(None, found))) > 1 else []


def _runs(sheet: Sheet, lists: _Lists) -> Iterator[list[Line]]:
    """Yield runs of rows in which the lists start anew.

    Blank rows, rows of one text and a repeated heading are runs of their own; the name of a
    further site before the lists begins one.
    """
    run: list[Line] = []
    top, key = lists.heading + 1, ""
    names = [cell_text(cell) for cell in sheet.rows[lists.heading]] if top else None
    for line, row in zip(sheet.lines[top:], sheet.rows[top:], strict=True):
        heading = [cell_text(cell) for cell in row] == names
        new = lists.key(row) or key
        if run and (heading or not _is_full(row) or new != key):
            yield run
            run = []
        key = new
        if heading:
            yield [(line, lists.alone(row, 0))]
        elif not _is_full(row):
            yield [(line, row)]
        else:
            run.append((line, row))
    if run:
        yield run


def _is_full(row: Sequence[Cell]) -> bool:
    """Return whether more stands in a row than one text."""
    filled = [cell for cell in row if not is_blank(cell)]
    return len(filled) > 1 or any(split_pair(cell_text(c)) or parse_coordinate(c) for c in filled)


def _parted(
    run: Sequence[Line], lists: _Lists, titles: Sequence[str], *, down: bool
) -> Iterator[Line]:
    """Yield the rows of a run with one list in each, in the order of their points."""
    columns = range(len(lists.starts))
    if not any(map(any, _points(run, lists))):
        yield from run
    elif down:
        yield from _one_below_the_other(run, lists, titles)
    else:
        yield from (
            (line, lists.alone(row, n))
            for line, row in run
            for n in columns
            if _says(lists.cells(row, n))
        )


def _one_below_the_other(
    run: Sequence[Line], lists: _Lists, titles: Sequence[str]
) -> Iterator[Line]:
    first: Point | None = None
    for number in range(len(lists.starts)):
        filled = [place for place, (_, row) in enumerate(run) if _says(lists.cells(row, number))]
        own = run[filled[0] : filled[-1] + 1] if filled else []
        start = next((point for _, row in own if (point := lists.points(row)[number])), None)
        if titles and filled:
            yield own[0][0], [titles[number]]
        elif start and first and starts_anew(start, first):
            yield own[0][0], []
            first = start
        first = first or start
        for place, (line, row) in enumerate(own):
            cells = lists.alone(row, number) if _says(lists.cells(row, number)) else []
            yield line, _with_key(cells, run[0][1], lists) if place == 0 else cells


def _with_key(cells: list[Cell], head: Sequence[Cell], lists: _Lists) -> list[Cell]:
    """Return a list's first row with what the run's first row says of its site."""
    return [head[n] if n in lists.keys and n < len(head) else cell for n, cell in enumerate(cells)]


def _says(cells: Sequence[Cell]) -> bool:
    return not all(map(is_blank, cells))
