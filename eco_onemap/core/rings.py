# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings around sites: all ground within a distance of the site's boundary, the site included."""

from __future__ import annotations

import shapely

from eco_onemap.core.local_frames import Frames, frame_sites, geometries_out_of_frames
from eco_onemap.core.table import Geometries

QUADRANT_SEGMENTS = 32
"""A quarter circle of 32 edges lies at most 0.03 % of the radius inside the true one."""


def build_rings(sites: Geometries, distance_m: float) -> Geometries:
    """Return the ground within *distance_m* metres of each site, ``None`` for missing sites.

    sites, rings: shape (n,), CGCS2000 longitude and latitude.
    """
    return rings_of_frames(frame_sites(sites), distance_m)


def rings_of_frames(frames: Frames, distance_m: float) -> Geometries:
    """Return the rings, in longitude and latitude, around sites that are already in frames."""
    around = shapely.buffer(frames.geometries, distance_m, quad_segs=QUADRANT_SEGMENTS)
    return geometries_out_of_frames(around, frames.anchors)
