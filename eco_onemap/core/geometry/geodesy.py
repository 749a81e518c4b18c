# SPDX-License-Identifier: GPL-2.0-or-later
"""Areas and lengths on the CGCS2000 ellipsoid, for whole arrays of geometries at once.

Geometries are in CGCS2000 longitude and latitude (EPSG:4490, degrees, x = longitude), their edges
straight in longitude and latitude, as TD/T 1055-2019 has them.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from eco_onemap.core.grouping import sum_by
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

SEMI_MAJOR_M = 6378137.0
"""a of CGCS2000 (GB 22021; EPSG:1024)."""
INVERSE_FLATTENING = 298.257222101
E2 = (2.0 - 1.0 / INVERSE_FLATTENING) / INVERSE_FLATTENING
"""First eccentricity squared: 0.006694380022900788."""
SEMI_MINOR_M = SEMI_MAJOR_M * (1.0 - 1.0 / INVERSE_FLATTENING)
GEOD = Geod(a=SEMI_MAJOR_M, rf=INVERSE_FLATTENING)

_E = math.sqrt(E2)


def zone_area_per_radian(latitude: Floats) -> Floats:
    """Return the area in m² between the equator and each latitude (radians), a radian wide.

    Closed form of the integral of M·N·cos(latitude); Snyder (1987), equation 3-12 times a²/2.
    """
    sine = np.sin(latitude)
    return 0.5 * SEMI_MINOR_M**2 * (sine / (1.0 - E2 * sine**2) + np.arctanh(_E * sine) / _E)


def zone_area_bow(latitude: Floats, rise: Floats) -> Floats:
    """Return the mean of the zone area at the ends of edges less its mean along them, in m².

    The Taylor terms of the second and fourth derivative of :func:`zone_area_per_radian`;
    latitude: of the middles, rise: latitude of end less start, shape (n,), radians.
    """
    sine, cosine2 = np.sin(latitude), np.cos(latitude) ** 2
    weight = 1.0 - E2 * sine**2
    second = sine * (4.0 * E2 * cosine2 / weight - 1.0) / weight**2
    fourth = sine * (1.0 + 2.0 * E2 * (27.0 * sine**2 - 20.0))  # to the first power of E2
    return SEMI_MINOR_M**2 * rise**2 * (second / 12.0 + rise**2 * fourth / 480.0)


def trapezoid_area(longitudes: Floats, latitudes: Floats) -> float:
    """Return the area in m² of one ring as TD/T 1055-2019 sums it over the given vertices.

    longitudes, latitudes: shape (n,), degrees, first vertex repeated at the end. Each edge makes
    one trapezoid with the mean of its longitudes, so long edges that are not meridians or
    parallels depend on how they are subdivided; :func:`areas_m2` has no such dependence.
    """
    east = np.radians(longitudes - longitudes[0])
    zones = zone_area_per_radian(np.radians(latitudes))
    return abs(float(np.sum(0.5 * (east[1:] + east[:-1]) * np.diff(zones))))


def areas_m2(geometries: Geometries) -> Floats:
    """Return the ellipsoidal area in m² of each geometry, 0 for lines, points and ``None``.

    The trapezoids of TD/T 1055-2019 with the next terms of the integral along each edge, so that
    the sum is that of infinitely many subdivisions (relative error below 1e-12 for edges up to
    0.1°) and a cut polygon's parts add up to the whole.
    """
    parts, owner = polygon_parts(geometries)
    areas = _signed_sum_of_rings(parts, _ellipsoidal_edges)
    return sum_by(owner, areas, len(geometries))


def plane_areas_m2(geometries: Geometries) -> Floats:
    """Return the plane area of each geometry in its own units squared, collections included."""
    parts, owner = polygon_parts(geometries)
    areas = _signed_sum_of_rings(parts, _plane_edges)
    return sum_by(owner, areas, len(geometries))


def polygon_parts(geometries: Geometries) -> tuple[Geometries, Indices]:
    """Return all polygons inside the geometries and the number of the geometry each is from."""
    return _parts_of_types(geometries, (3,))


def line_parts(geometries: Geometries) -> tuple[Geometries, Indices]:
    """Return all lines inside the geometries and the number of the geometry each is from."""
    return _parts_of_types(geometries, (1, 2))


def point_parts(geometries: Geometries) -> tuple[Geometries, Indices]:
    """Return all points inside the geometries and the number of the geometry each is from."""
    return _parts_of_types(geometries, (0,))


def _parts_of_types(geometries: Geometries, types: tuple[int, ...]) -> tuple[Geometries, Indices]:
    parts = np.asarray(geometries, dtype=object)
    owner = np.arange(len(parts))
    while (shapely.get_type_id(parts) >= 4).any():
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    chosen = np.isin(shapely.get_type_id(parts), types) & ~shapely.is_empty(parts)
    return parts[chosen], owner[chosen]


def _signed_sum_of_rings(polygons: Geometries, edges: Callable[[Floats, Floats], Floats]) -> Floats:
    """Return for each polygon its exterior ring's area less those of its holes."""
    rings, owner = shapely.get_rings(polygons, return_index=True)
    if not len(rings):
        return np.zeros(len(polygons))
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    first = np.searchsorted(ring, np.arange(len(rings)))
    local = coordinates - coordinates[first][ring]
    weights = edges(local, coordinates)
    inside_ring = ring[1:] == ring[:-1]
    areas = np.abs(sum_by(ring[1:][inside_ring], weights[inside_ring], len(rings)))
    is_exterior = np.r_[True, owner[1:] != owner[:-1]]
    return sum_by(owner, np.where(is_exterior, areas, -areas), len(polygons))


def _ellipsoidal_edges(local: Floats, coordinates: Floats) -> Floats:
    east = np.radians(local[:, 0])
    latitude = np.radians(coordinates[:, 1])
    zones = zone_area_per_radian(latitude)
    return _areas_to_meridian(
        *(east[:-1], latitude[:-1], zones[:-1]), *(east[1:], latitude[1:], zones[1:])
    )


def edge_areas_m2(east0: Floats, north0: Floats, east1: Floats, north1: Floats) -> Floats:
    """Return the signed area in m² between edges and the meridian from which *east* counts.

    All in radians. Over the edges of a closed ring, counter-clockwise, they add up to its area.
    """
    zones0, zones1 = zone_area_per_radian(north0), zone_area_per_radian(north1)
    return _areas_to_meridian(east0, north0, zones0, east1, north1, zones1)


def _areas_to_meridian(
    east0: Floats, north0: Floats, zones0: Floats, east1: Floats, north1: Floats, zones1: Floats
) -> Floats:
    bow = zone_area_bow(0.5 * (north1 + north0), north1 - north0)
    areas: Floats = 0.5 * (east1 + east0) * (zones1 - zones0) + (east1 - east0) * bow
    return areas


def _plane_edges(local: Floats, _coordinates: Floats) -> Floats:
    edges: Floats = 0.5 * (local[1:, 0] + local[:-1, 0]) * np.diff(local[:, 1])
    return edges


def lengths_m(geometries: Geometries) -> Floats:
    """Return the geodesic length in m of the lines in each geometry, 0 where there are none."""
    parts, owner = line_parts(geometries)
    return sum_by(owner, _edge_sums(parts), len(geometries))


def perimeters_m(geometries: Geometries) -> Floats:
    """Return the geodesic length in m of all rings of the polygons in each geometry."""
    parts, owner = polygon_parts(geometries)
    rings, ring_owner = shapely.get_rings(parts, return_index=True)
    return sum_by(owner[ring_owner], _edge_sums(rings), len(geometries))


def _edge_sums(lines: Geometries) -> Floats:
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    if len(coordinates) < 2:
        return np.zeros(len(lines))
    inside = line[1:] == line[:-1]
    start, end = coordinates[:-1][inside], coordinates[1:][inside]
    return sum_by(line[1:][inside], geodesic_m(start, end), len(lines))


def geodesic_m(start: Floats, end: Floats) -> Floats:
    """Return the geodesic distance in m between points, shape (n, 2) in degrees each."""
    return np.asarray(GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2])


def bearings_deg(start: Floats, end: Floats) -> Floats:
    """Return the azimuth from true north, 0 to 360, at *start* towards *end*."""
    azimuths = np.asarray(GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[0])
    return np.mod(azimuths, 360.0)
