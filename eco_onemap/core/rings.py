# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings around sites: all ground within a distance of the site's boundary, the site included."""

from __future__ import annotations

import numpy as np
import shapely

from eco_onemap.core.local_frames import Frames, frame_sites, geometries_out_of_frames
from eco_onemap.core.table import Geometries

QUADRANT_SEGMENTS = 16
"""Edges that stand for a quarter circle."""

TINY_STEP = 1e-3
"""Steps of the boundary shorter than this, in radii, are teeth where the edges of arcs cross."""

_ANGLE = np.pi / 2 / QUADRANT_SEGMENTS

WIDENED = float(np.sqrt(_ANGLE / np.sin(_ANGLE)))
"""Rings are drawn wider by this factor (0.08 %), so that their arcs have the area of true ones."""


def build_rings(sites: Geometries, distance_m: float) -> Geometries:
    """Return the ground within *distance_m* metres of each site, ``None`` for missing sites.

    sites, rings: shape (n,), CGCS2000 longitude and latitude.
    """
    return rings_of_frames(frame_sites(sites), distance_m)


def rings_of_frames(frames: Frames, distance_m: float) -> Geometries:
    """Return the rings, in longitude and latitude, around sites that are already in frames."""
    around = draw_around(frames.geometries, distance_m)
    return geometries_out_of_frames(around, frames.anchors)


def draw_around(framed: Geometries, distance_m: float) -> Geometries:
    """Return rings in the frames of sites, metres."""
    around = shapely.buffer(framed, distance_m * WIDENED, quad_segs=QUADRANT_SEGMENTS)
    return shapely.remove_repeated_points(around, distance_m * TINY_STEP)
