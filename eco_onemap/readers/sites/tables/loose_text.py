# SPDX-License-Identifier: GPL-2.0-or-later
"""Coordinates among words and mixed separators, as copied from a PDF or a letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from eco_onemap.core.errors import SiteError
from eco_onemap.readers.sites.tables.headings import COORDINATES, Heading, Role, read_heading
from eco_onemap.readers.sites.tables.layout import Layout
from eco_onemap.readers.sites.tables.numbers import Coordinate, Notation, parse_coordinate
from eco_onemap.readers.sites.tables.pairs import find_coordinates
from eco_onemap.readers.sites.tables.plain_text import Cell, plain
from eco_onemap.readers.sites.tables.ranges import could_be_place, is_easting, is_northing
from eco_onemap.readers.sites.tables.sheets import Sheet

_LABEL = re.compile(r"\s*[(\[]?([A-Za-z]{1,3}[-_]?\d{1,6}|\d{1,5})[)\].、:,;\s]")
_SPLIT = re.compile(r"[\s,;、|]+")


def read_loose_text(text: str, path: str) -> tuple[Sheet, Layout] | None:
    """Return the points that stand in *text*, and the layout of their rows; None without any.

    A row holds the label in front of the point, "" if there is none, and its two coordinates;
    a line of words stands alone in its row. SiteError for a line with a coordinate too many,
    as in ``东经118°06′~118°07′，北纬24°30′``.
    """
    rows: list[Sequence[Cell]] = []
    numbers: list[int] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        for row in _rows_of(line, number, path):
            rows.append(row)
            numbers.append(number)
    points = [row for row in rows if len(row) > 1]
    if not points:
        return None
    heading, named = _heading(rows)
    roles = {Role.POINT: 0} if all(row[0] for row in points) else {}
    layout = Layout(-1, heading + 1, 1, 2, roles, (Heading(None), *named))
    return Sheet("", rows, numbers), layout


def _rows_of(line: str, number: int, path: str) -> list[list[Cell]]:
    text = plain(line)
    points, left = _points(find_coordinates(text))
    if left and (points or len(left) > 1 or _has_minutes(left[0])):
        raise SiteError("table.leftover", path=path, line=number, text=left[0])
    if not points:
        return [[line.strip()]]
    label = _LABEL.match(text)
    labels = [label[1] if label else ""] + [""] * (len(points) - 1)
    return [[mark, *point] for mark, point in zip(labels, points, strict=True)]


def _points(texts: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return neighbouring coordinates that can be a place, and coordinates without a partner."""
    values = [parse_coordinate(text) for text in texts]
    points, left, place = [], [], 0
    while place < len(texts):
        one, two = values[place], values[place + 1] if place + 1 < len(texts) else None
        if one and two and _are_point(one, two):
            points.append((texts[place], texts[place + 1]))
            place += 2
            continue
        if one and _must_be_coordinate(one):
            left.append(texts[place])
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


def _heading(rows: Iterable[Sequence[Cell]]) -> tuple[int, list[Heading]]:
    """Return the row that names two coordinates, -1 if none does, and what it calls them."""
    for number, row in enumerate(rows):
        if len(row) > 1:
            break
        headings = [read_heading(word) for word in _SPLIT.split(plain(str(row[0])))]
        named = [heading for heading in headings if heading.role in COORDINATES]
        if len(named) == 2:
            return number, named
    return -1, [Heading(None), Heading(None)]
