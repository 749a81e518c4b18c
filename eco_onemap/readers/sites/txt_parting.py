# SPDX-License-Identifier: GPL-2.0-or-later
"""Where one ring of boundary points ends and the next begins."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

Point = tuple[float, float]

_CLOSED_RING = 4  # three points and the first again


def part_into_rings(
    parcels: Sequence[int],
    labels: Sequence[str],
    points: Sequence[Point],
    without_rings: Collection[int] = (),
) -> tuple[list[int], list[bool]]:
    """Return for each row the running number of its ring, and whether it closes that ring.

    parcels, labels, points: parcel, ring number as written, and coordinates of each row.

    A ring ends with its parcel, where it returns to its first point, or where the ring number
    changes. A row that returns to the first point closes the ring even under another number,
    unless the next ring starts there.

    without_rings: parcels of lines and points, in which the ring number alone parts the rows.
    """
    runs = list(zip(parcels, labels, strict=True))
    numbers, closes = [], []
    ring, size, closed = -1, 0, True
    parcel, label, first = -1, "", (math.nan, math.nan)
    for row, point in enumerate(points):
        same_label = labels[row] == label
        again = point == first and parcels[row] not in without_rings
        returns = again and (same_label or (not closed and _ends(row, runs, points)))
        if parcels[row] != parcel or not (returns or (same_label and not closed)):
            ring, size, closed = ring + 1, 0, False
            parcel, label, first = parcels[row], labels[row], point
        size += 1
        closed = closed or (again and size >= _CLOSED_RING)
        numbers.append(ring)
        closes.append(closed)
    return numbers, closes


def _ends(row: int, runs: Sequence[tuple[int, str]], points: Sequence[Point]) -> bool:
    """Return whether a row under a new number closes the old ring, and starts no new one.

    The new ring returns to its own first point: to the next row's if this row was a closing one,
    to this row's if it starts here. One that returns to neither is not closed, as the old ring
    then is not either, so this row starts it.
    """
    following = row + 1
    if following >= len(points) or runs[following] != runs[row]:
        return True
    for later in range(following + 1, len(points)):
        if runs[later] != runs[row] or points[later] == points[row]:
            return False
        if points[later] == points[following]:
            return True
    return False
