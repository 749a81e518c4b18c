# SPDX-License-Identifier: GPL-2.0-or-later
"""Circles around points and strips along lines, for sites that a table gives by their middle."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.crs import CGCS2000, reproject
from eco_onemap.core.geometry.geodesy import GEOD

POINTS_OF_CIRCLE = 360
"""A circle's corners, a degree of azimuth apart: its edges lie within 0.004 % of the radius."""

MAX_EDGE_DEG = 0.0005
"""Edges in degrees are densified to this (50 m) before they enter a plane, as elsewhere."""


def circle(east: float, north: float, radius_m: float, *, angular: bool) -> shapely.Polygon:
    """Return the circle around a point: geodesic on CGCS2000 for degrees, plane for metres.

    A polygon of 360 corners on the circle, counter-clockwise from the north; its area is
    0.005 % less than the circle's.
    """
    azimuths = -np.arange(POINTS_OF_CIRCLE) * (360.0 / POINTS_OF_CIRCLE)
    if angular:
        start = np.full(POINTS_OF_CIRCLE, east), np.full(POINTS_OF_CIRCLE, north)
        x, y, _ = GEOD.fwd(*start, azimuths, np.full(POINTS_OF_CIRCLE, radius_m))
    else:
        turns = np.radians(azimuths)
        x, y = east + radius_m * np.sin(turns), north + radius_m * np.cos(turns)
    return shapely.Polygon(np.column_stack([x, y]))


def strip(line: shapely.Geometry, width_m: float, *, angular: bool) -> shapely.Geometry:
    """Return the ground within half of *width_m* beside a line, with flat ends.

    Metres: in the plane that the line is in. Degrees: in a transverse Mercator plane through the
    line's middle, true to scale there and within 3e-5 at 50 km beside.
    """
    if not angular:
        return _buffered(line, width_m)
    west, _, east, _ = line.bounds
    plane = f"+proj=tmerc +lat_0=0 +lon_0={(west + east) / 2:.6f} +k=1 +ellps=GRS80 +units=m"
    flat = reproject(_one(shapely.segmentize(line, MAX_EDGE_DEG)), CGCS2000, plane)
    return reproject(_one(_buffered(flat[0], width_m)), plane, CGCS2000)[0]


def _buffered(line: shapely.Geometry, width_m: float) -> shapely.Geometry:
    return shapely.buffer(line, width_m / 2.0, cap_style="flat", join_style="mitre")


def _one(geometry: shapely.Geometry) -> NDArray[np.object_]:
    made = np.empty(1, dtype=object)
    made[0] = geometry
    return made


def usable_size(value: float) -> bool:
    """Return whether a radius or width in metres makes ground that can be a site."""
    return math.isfinite(value) and 0.0 < value <= 100_000.0
