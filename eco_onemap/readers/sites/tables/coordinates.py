# SPDX-License-Identifier: GPL-2.0-or-later
"""Two columns of cells to coordinates: what they are, and which of them is east."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.messages import Message, message
from eco_onemap.readers.sites.tables.angles import are_degrees, are_packed, unpacked
from eco_onemap.readers.sites.tables.axes import find_order
from eco_onemap.readers.sites.tables.headings import Heading
from eco_onemap.readers.sites.tables.options import AngleNotation
from eco_onemap.readers.sites.tables.pairs_of_rows import CoordinateRow, Pairs, parse_pairs

Floats = NDArray[np.float64]


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
    pairs = parse_pairs(rows, path)
    angular = are_degrees(pairs, headings)
    packed = angular and are_packed(pairs, headings, notation, path)
    values = _values(pairs, packed, path)
    north_first, notes = find_order(pairs, values, headings, path, angular=angular)
    east, north = reversed(values) if north_first else values
    said = [message("table.note_packed")] if packed else []
    return Placed(east, north, angular, "yx" if north_first else "xy", (*notes, *said))


def _values(pairs: Pairs, packed: bool, path: str) -> tuple[Floats, Floats]:
    """Return the numbers of both columns in file order, packed angles in degrees."""
    first, second = (
        np.array(
            [
                unpacked(one, row, path) if packed else one.value
                for one, row in zip(column, pairs.rows, strict=True)
            ],
            dtype=np.float64,
        )
        for column in pairs.columns
    )
    return first, second
