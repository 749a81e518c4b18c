# SPDX-License-Identifier: GPL-2.0-or-later
"""How much of a layer's ground lies within the rings around sites."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.geometry.radial import shared_areas
from eco_onemap.core.geometry.stars import Stars
from eco_onemap.core.geometry.surface import Surface
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.measures.overlap import shared_geometries

Floats = NDArray[np.float64]


def ring_areas(rings: Stars) -> Floats:
    """Return the area of each ring in m², shape (n,), 0 for rings of missing sites."""
    whole = sum_by(rings.ring, rings.areas_m2, rings.count)
    return whole + sum_by(rings.rest_ring, areas_m2(rings.rest), rings.count)


def measure_ground(rings: Stars, surface: Surface) -> Floats:
    """Return the area in m² of the ground in each ring, shape (n,)."""
    areas = sum_by(rings.ring, shared_areas(rings, surface), rings.count)
    if not len(rings.rest):
        return areas
    rest, piece = surface.tree.query(rings.rest, predicate="intersects")
    shared = shared_geometries(rings.rest, surface.pieces, rest, piece, surface.borders)
    return areas + sum_by(rings.rest_ring[rest], areas_m2(shared), rings.count)
