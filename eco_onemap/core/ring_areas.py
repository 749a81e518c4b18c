# SPDX-License-Identifier: GPL-2.0-or-later
"""How much of a layer's ground lies within the rings around sites."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.compiled import CompiledLayer
from eco_onemap.core.geodesy import areas_m2
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.merging import merge_groups
from eco_onemap.core.overlap import shared_geometries
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


def measure_ground(rings: Geometries, layer: CompiledLayer) -> Floats:
    """Return the area in m² of the layer's polygons in each ring, doubly covered ground once.

    rings: shape (n,), CGCS2000 longitude and latitude, ``None`` allowed. Areas are added up; only
    what several overlapping features share in a ring is united first.
    """
    ring, piece = layer.tree.query(rings, predicate="intersects")
    areal = layer.dimensions[layer.owners[piece]] == 2
    order = np.lexsort((piece[areal], ring[areal]))
    ring, piece = ring[areal][order], piece[areal][order]
    shared = shared_geometries(rings, layer.pieces, ring, piece)
    united = _needs_union(ring, layer.owners[piece], layer.overlapping, len(rings))[ring]
    sums = sum_by(ring[~united], areas_m2(shared[~united]), len(rings))
    return sums + _united_areas(ring[united], shared[united], len(rings))


def _needs_union(
    ring: Indices, feature: Indices, overlapping: NDArray[np.bool_], count: int
) -> NDArray[np.bool_]:
    """Return which rings meet at least two features that may lie on each other."""
    doubtful = overlapping[feature]
    pairs = np.unique(np.column_stack((ring[doubtful], feature[doubtful])), axis=0)
    several: NDArray[np.bool_] = np.bincount(pairs[:, 0], minlength=count) > 1
    return several


def _united_areas(ring: Indices, shared: Geometries, count: int) -> Floats:
    areas = np.zeros(count)
    starts = np.flatnonzero(np.r_[True, np.diff(ring) != 0]) if len(ring) else np.zeros(0, int)
    areas[ring[starts]] = areas_m2(merge_groups(shared, starts))
    return areas
