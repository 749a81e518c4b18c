# SPDX-License-Identifier: GPL-2.0-or-later
"""In which order lists of points that stand side by side follow each other: by point numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eco_onemap.readers.sites.tables.numbers import parse_coordinate
from eco_onemap.readers.sites.tables.plain_text import Cell, plain

_NUMBERED = re.compile(r"([A-Za-z]{0,3}[-_]?)(\d{1,6})", re.ASCII)
_FEWEST_CORNERS = 3
_ALIKE = 0.01
"""Two outlines whose corners differ by less of their size are one outline in two systems."""

Point = tuple[str, Cell, Cell]
"""Label and two coordinates of a point."""

Rows = Sequence[Sequence[Point | None]]
"""Rows with a point for each list, None where a list has none in a row."""


def is_label(text: str) -> bool:
    """Return whether a text numbers a point: J1, 12, BP-3."""
    return _NUMBERED.fullmatch(plain(text)) is not None


def runs_down(runs: Sequence[Rows]) -> bool | None:
    """Return whether the lists follow one below the other, False: row by row, None: unknown.

    runs: parts of a table in which the lists start anew. The right order counts through: each
    label is one more than the one before, closes its ring, or starts a new one with 1 or a number
    beyond all others.
    """
    if not runs:
        return True
    orders = [(list(zip(*rows, strict=True)), rows) for rows in runs]
    down, across = (
        all(_counts_through([point[0] for part in one for point in part if point]) for one in order)
        for order in zip(*orders, strict=True)
    )
    if down != across:
        return down
    return True if down and all(len(rows) == 1 for rows in runs) else None


def _counts_through(labels: Sequence[str]) -> bool:
    """Return whether labels are those of points in their order."""
    first = last = ("", 0)
    size = highest = 0
    for text in labels:
        match = _NUMBERED.fullmatch(plain(text))
        if match is None:
            return False
        label = match[1].upper(), int(match[2])
        follows = size > 0 and label == (last[0], last[1] + 1)
        closes = size >= _FEWEST_CORNERS and label == first
        starts = (size > 1 and label[1] == 1) or label[1] == highest + 1 or not highest
        if not (follows or closes or starts):
            return False
        first, size = (first, size + 1) if follows else (label, 1)
        last, highest = label, max(highest, label[1])
    return True


def starts_anew(point: Point, first: Point) -> bool:
    """Return whether a list's first point begins a new site, and neither goes on nor closes.

    first: the first point of the site before.
    """
    number = _NUMBERED.fullmatch(plain(point[0]))
    again = point[0] == first[0] or (number is not None and int(number[2]) == 1)
    return again and point[1:] != first[1:]


def are_same_points(rows: Sequence[Sequence[Point]]) -> bool:
    """Return whether lists repeat the first one's labels and outline, as in another system."""
    if len(rows) < _FEWEST_CORNERS or any(len({point[0] for point in row}) > 1 for row in rows):
        return False
    first, *others = (_outline(points) for points in zip(*rows, strict=True))
    size = float(np.ptp(first, axis=0).max())
    return size > 0.0 and all(np.abs(one - first).max() < _ALIKE * size for one in others)


def _outline(points: Sequence[Point]) -> NDArray[np.float64]:
    """Return corners around their middle; NaN for a cell that is no coordinate."""
    found = [[parse_coordinate(cell) for cell in point[1:]] for point in points]
    xy = np.array([[one.value if one else np.nan for one in pair] for pair in found])
    moved: NDArray[np.float64] = xy - xy.mean(axis=0)
    return moved
