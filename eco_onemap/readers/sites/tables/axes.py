# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of two columns of coordinates is east: by letters, by numbers, by headings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import Message, message
from eco_onemap.readers.sites.tables.headings import Heading, Role, axis_of
from eco_onemap.readers.sites.tables.numbers import Axis
from eco_onemap.readers.sites.tables.pairs_of_rows import CoordinateRow, Pairs
from eco_onemap.readers.sites.tables.plain_text import cell_text
from eco_onemap.readers.sites.tables.ranges import are_places

Floats = NDArray[np.float64]

_LARGEST_LONGITUDE, _LARGEST_LATITUDE = 180.0, 90.0
_LARGEST_LOCAL_M = 9_999_999.0
"""Coordinates of a local grid have seven digits at most: eight begin with a national zone."""


_OF_DEGREES = {Role.LONGITUDE, Role.LATITUDE}


def find_order(
    pairs: Pairs,
    values: tuple[Floats, Floats],
    headings: tuple[Heading, Heading],
    path: str,
    *,
    angular: bool,
) -> tuple[bool, list[Message]]:
    """Return whether north stands first, and a note where the headings say otherwise.

    Where both orders can be, the headings decide, or else the custom of X north, Y east. They also
    decide in a local grid or abroad. SiteError names a row that fits none of the orders.
    """
    one, two = values
    fits = {False: are_places(one, two), True: are_places(two, one)}
    possible = [north_first for north_first, where in fits.items() if where.all()]
    named = _named_order(pairs, headings)
    if len(possible) == 1:
        contradicted = named is not None and named is not possible[0]
        return possible[0], [message("txt.note_swapped")] if contradicted else []
    if possible:
        return named is not False, []
    elsewhere = not any(where.any() for where in fits.values())
    fitting = angular or not {heading.role for heading in headings} & _OF_DEGREES
    if named is not None and elsewhere and fitting and _are_possible(values, named, angular):
        return named, []
    raise _misfit(pairs.rows, max(fits.values(), key=np.count_nonzero), path)


def _are_possible(values: tuple[Floats, Floats], north_first: bool, angular: bool) -> bool:
    """Return whether numbers are degrees anywhere, or metres of a local grid."""
    east, north = reversed(values) if north_first else values
    limits = (_LARGEST_LONGITUDE, _LARGEST_LATITUDE) if angular else (_LARGEST_LOCAL_M,) * 2
    return bool(np.abs(east).max() <= limits[0] and np.abs(north).max() <= limits[1])


def _named_order(pairs: Pairs, headings: tuple[Heading, Heading]) -> bool | None:
    """Return whether north stands first by letters at the values, or else by the headings."""
    first, second = (
        next((one.axis for one in column if one.axis), None) or axis_of(heading.role)
        for column, heading in zip(pairs.columns, headings, strict=True)
    )
    if first is second:
        return None
    return first is Axis.NORTH or second is Axis.EAST


def _misfit(rows: Sequence[CoordinateRow], fits: NDArray[np.bool_], path: str) -> SiteError:
    row = rows[int(np.argmin(fits))]
    first, second = cell_text(row.first)[:40], cell_text(row.second)[:40]
    return SiteError("table.out_of_range", path=path, line=row.line, first=first, second=second)
