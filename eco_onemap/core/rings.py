# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings around sites: all ground within a distance of the site's boundary, the site included."""

from __future__ import annotations

import numpy as np
import shapely

from eco_onemap.core.local_frames import geometries_out_of_frames, into_frames
from eco_onemap.core.table import Geometries

QUADRANT_SEGMENTS = 32
"""A quarter circle of 32 edges lies at most 0.03 % of the radius inside the true one."""


def build_rings(sites: Geometries, distance_m: float) -> Geometries:
    """Return the ground within *distance_m* metres of each site, ``None`` for missing sites."""
    rings: Geometries = np.full(len(sites), None, dtype=object)
    present = np.flatnonzero(~shapely.is_missing(sites))
    if not len(present):
        return rings
    bounds = shapely.bounds(sites[present])
    anchors = np.column_stack((bounds[:, [0, 2]].mean(axis=1), bounds[:, [1, 3]].mean(axis=1)))
    around = shapely.buffer(
        into_frames(sites[present], anchors), distance_m, quad_segs=QUADRANT_SEGMENTS
    )
    rings[present] = geometries_out_of_frames(around, anchors)
    return rings
