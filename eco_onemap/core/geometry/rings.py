# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings around sites: all ground within a distance of the site's boundary, the site included."""

from __future__ import annotations

import numpy as np
import shapely

from eco_onemap.core.geometry.local_frames import Frames, frame_sites, geometries_out_of_frames
from eco_onemap.core.table import Geometries

DRAWN_SEGMENTS = 32
"""A quarter circle of 32 edges lies at most 0.03 % of the radius inside the true one."""

MEASURED_SEGMENTS = 16
"""Edges that stand for a quarter circle where areas are measured."""

TINY_STEP = 1e-3
"""Steps of the boundary shorter than this, in radii, are teeth where the edges of arcs cross."""

_ANGLE = np.pi / 2 / MEASURED_SEGMENTS

WIDENED = float(np.sqrt(_ANGLE / np.sin(_ANGLE)))
"""Measured rings are wider by this factor (0.08 %), so that arcs have the area of true ones."""


def build_rings(sites: Geometries, distance_m: float) -> Geometries:
    """Return rings to be drawn, their vertices at *distance_m* metres, ``None`` for missing sites.

    sites, rings: shape (n,), CGCS2000 longitude and latitude.
    """
    frames = frame_sites(sites)
    around = shapely.buffer(frames.geometries, distance_m, quad_segs=DRAWN_SEGMENTS)
    return geometries_out_of_frames(around, frames.anchors)


def measured_rings(frames: Frames, distance_m: float) -> Geometries:
    """Return rings to be measured, in longitude and latitude: their arcs have the true area."""
    return geometries_out_of_frames(draw_around(frames.geometries, distance_m), frames.anchors)


def draw_around(framed: Geometries, distance_m: float) -> Geometries:
    """Return rings to be measured in the frames of sites, metres."""
    around = shapely.buffer(framed, distance_m * WIDENED, quad_segs=MEASURED_SEGMENTS)
    return shapely.remove_repeated_points(around, distance_m * TINY_STEP)
