# SPDX-License-Identifier: GPL-2.0-or-later
"""Work in metres: the Gauss-Krüger plane of the city and back."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer

PLANE = "EPSG:4548"
"""CGCS2000 / 3° Gauss-Krüger, central meridian 117° E, the plane that the city surveys in."""

PLANE_WITH_ZONE = "EPSG:4527"
"""The same plane with zone number 39 before the easting."""

SNAP = 1e-9
"""Coordinates are kept to a billionth of a degree, 0.1 mm."""

CGCS2000 = Geod(a=6378137.0, rf=298.257222101)

_TO_PLANE = Transformer.from_crs("EPSG:4490", PLANE, always_xy=True)


def to_plane(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry (or an array of them) in metres, x = easting."""
    return shapely.transform(geometry, lambda points: _moved(points, "FORWARD"))


def to_degrees(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry (or an array of them) in longitude and latitude, kept to 1e-9°."""
    return kept(shapely.transform(geometry, lambda points: _moved(points, "INVERSE")))


def kept(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return geometries in degrees kept to 1e-9°, so that they are the same on any processor."""
    return shapely.transform(geometry, lambda points: np.round(points, 9))


def _moved(points: NDArray[np.float64], direction: str) -> NDArray[np.float64]:
    return np.column_stack(_TO_PLANE.transform(points[:, 0], points[:, 1], direction=direction))


def buffer_m(geometry: shapely.Geometry, width_m: float, cap: str = "round") -> shapely.Geometry:
    """Return the strip of *width_m* metres around a geometry."""
    wide = shapely.buffer(to_plane(geometry), width_m, quad_segs=6, cap_style=cap)
    return to_degrees(shapely.simplify(wide, 1.0))


def ellipsoid_area_m2(geometry: shapely.Geometry) -> float:
    """Return the geodesic area of a polygon in degrees (its edges dense enough)."""
    return abs(CGCS2000.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])
