# SPDX-License-Identifier: GPL-2.0-or-later
"""Coordinates among words and mixed separators, as copied from a PDF or a letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from eco_onemap.core.errors import SiteError
from eco_onemap.readers.sites.tables.headings import COORDINATES, Heading, Role, read_heading
from eco_onemap.readers.sites.tables.layout import Layout
from eco_onemap.readers.sites.tables.list_order import Point
from eco_onemap.readers.sites.tables.numbers import Coordinate, Notation, parse_coordinate
from eco_onemap.readers.sites.tables.pairs import Found, find_coordinates
from eco_onemap.readers.sites.tables.plain_text import Cell, plain
from eco_onemap.readers.sites.tables.ranges import could_be_place, is_easting, is_northing
from eco_onemap.readers.sites.tables.sheets import Sheet
from eco_onemap.readers.sites.tables.side_by_side import with_one_list

_LABEL = re.compile(r"\s*[(\[]?([A-Za-z]{1,3}[-_]?\d{1,6}|\d{1,5})[)\].、:,;\s]")
_LABEL_BETWEEN = re.compile(r"[,;、|\s]*[(\[]?([A-Za-z]{1,3}[-_]?\d{1,6}|\d{1,5})[)\].、:,;|\s]+")
_SPLIT = re.compile(r"[\s,;、|]+")


def read_loose_text(text: str, path: str) -> tuple[Sheet, Layout] | None:
    """Return the points that stand in *text*, and the layout of their rows; None without any.

    A row holds the label in front of the point, "" if there is none, and its two coordinates;
    a line of words stands alone in its row. Points in a line follow each other, unless they are
    numbered as columns are (:func:`with_one_list`). SiteError for a line with a coordinate too
    many, as in ``东经118°06′~118°07′，北纬24°30′``.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = [_points_of(line, number, path) for number, line in enumerate(lines, start=1)]
    points = [point for own in found for point in own]
    if not points:
        return None
    named = all(point[0] for point in points)
    several = max(map(len, found)) > 1 and sum(map(bool, found)) > 1
    sheet = _sheet(lines, found, together=named and several)
    if named and several:
        sheet = with_one_list(sheet, path)
    heading, headings = _heading(sheet.rows, path, alone=named or not several)
    roles = {Role.POINT: 0} if named else {}
    return sheet, Layout(-1, heading + 1, 1, 2, roles, (Heading(None), *headings))


def _sheet(lines: Sequence[str], found: Sequence[Sequence[Point]], *, together: bool) -> Sheet:
    """Return a row for each line of words and each point, or for all points of a line together."""
    rows: list[tuple[int, Sequence[Cell]]] = []
    for number, (line, points) in enumerate(zip(lines, found, strict=True), start=1):
        own = [[cell for point in points for cell in point]] if together else points
        rows += [(number, row) for row in own] if points else [(number, [line.strip()])]
    return Sheet("", [row for _, row in rows], [number for number, _ in rows])


def _points_of(line: str, number: int, path: str) -> list[Point]:
    """Return the points in a line, each with the label in front of it."""
    text = plain(line)
    pairs, left = _pairs(find_coordinates(text))
    if left and (pairs or len(left) > 1 or _has_minutes(left[0])):
        raise SiteError("table.leftover", path=path, line=number, text=left[0])
    made: list[Point] = []
    end = 0
    for one, two in pairs:
        label = _LABEL_BETWEEN.fullmatch(text[end : one.start]) if end else _LABEL.match(text)
        made.append((label[1] if label else "", one.text, two.text))
        end = two.end
    return made


def _pairs(texts: Sequence[Found]) -> tuple[list[tuple[Found, Found]], list[str]]:
    """Return neighbouring coordinates that can be a place, and coordinates without a partner."""
    values = [parse_coordinate(one.text) for one in texts]
    points, left, place = [], [], 0
    while place < len(texts):
        one, two = values[place], values[place + 1] if place + 1 < len(texts) else None
        if one and two and _are_point(one, two):
            points.append((texts[place], texts[place + 1]))
            place += 2
            continue
        if one and _must_be_coordinate(one):
            left.append(texts[place].text)
        place += 1
    return points, left


def _has_minutes(text: str) -> bool:
    """Return whether an angle is more than a bare 117°, as titles name a central meridian."""
    return any(mark in text for mark in "'分:")


def _are_point(one: Coordinate, two: Coordinate) -> bool:
    alike = one.notation is two.notation and (one.axis is None) == (two.axis is None)
    different = one.axis is None or one.axis is not two.axis
    return alike and different and could_be_place(one.value, two.value)


def _must_be_coordinate(one: Coordinate) -> bool:
    return one.notation is Notation.ANGLE or is_easting(one.value) or is_northing(one.value)


def _heading(
    rows: Iterable[Sequence[Cell]], path: str, *, alone: bool
) -> tuple[int, list[Heading]]:
    """Return the row that names two coordinates, -1 if none does, and what it calls them.

    alone: whether points stand one in a line, or are in order; SiteError where they are not, and
    the row names columns of several points.
    """
    for number, row in enumerate(rows):
        if len(row) != 1:
            break
        headings = [read_heading(word) for word in _SPLIT.split(plain(str(row[0])))]
        named = [heading for heading in headings if heading.role in COORDINATES]
        if len(named) == 2 or (alone and len(named) > 2):
            return number, named[:2]
        if len(named) > 2:
            raise SiteError("table.several_columns", path=path, columns=str(row[0]))
    return -1, [Heading(None), Heading(None)]
