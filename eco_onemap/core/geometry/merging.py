# SPDX-License-Identifier: GPL-2.0-or-later
"""Unions of many small groups of geometries at once."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.table import Geometries


def merge_groups(geometries: Geometries, starts: NDArray[np.intp]) -> Geometries:
    """Return the union of each group of consecutive geometries.

    starts: where each group begins, ascending; the last one ends with the array. A group of one
    is returned as it is. Groups are padded to a power of two and united in one call per size.
    """
    merged = geometries[starts]
    sizes = np.diff(np.r_[starts, len(geometries)])
    width = 2
    while (sizes > width // 2).any() and (sizes > 1).any():
        chosen = np.flatnonzero((sizes > max(width // 2, 1)) & (sizes <= width))
        if len(chosen):
            columns = np.arange(width)
            places = starts[chosen, None] + columns
            inside = columns < sizes[chosen, None]
            padded = np.full(inside.shape, None, dtype=object)
            padded[inside] = geometries[places[inside]]
            merged[chosen] = shapely.union_all(padded, axis=1)
        width *= 2
    return merged
