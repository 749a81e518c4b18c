# SPDX-License-Identifier: GPL-2.0-or-later
"""Which features of a layer lie on ground that another feature of it covers too."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.table import Geometries

NOTHING_M2 = 1e-6
"""A square millimetre: common borders that were cut at different places share no more."""

BLOCK = 4000
"""Pairs of pieces that are intersected together; bounds the memory and the wait for a stop."""


def find_overlapping(
    pieces: Geometries,
    owners: NDArray[np.intp],
    dimensions: NDArray[np.int32],
    progress: Progress,
) -> NDArray[np.bool_]:
    """Return for each feature whether it may share ground or length with another one.

    pieces, owners: as in a compiled layer. dimensions: shape (n,), of the features. Polygons are
    intersected; lines are taken to overlap, which costs little where they do not. Raises
    Cancelled.
    """
    overlapping: NDArray[np.bool_] = dimensions == 1
    tree = shapely.STRtree(pieces)
    first, second = tree.query(pieces, predicate="intersects")
    areal = dimensions[owners] == 2
    chosen = (owners[first] < owners[second]) & areal[first] & areal[second]
    first, second = first[chosen], second[chosen]
    for start in range(0, len(first), BLOCK):
        stop_if_cancelled(progress)
        one, other = first[start : start + BLOCK], second[start : start + BLOCK]
        shared = areas_m2(shapely.intersection(pieces[one], pieces[other])) > NOTHING_M2
        overlapping[owners[one[shared]]] = True
        overlapping[owners[other[shared]]] = True
    return overlapping
