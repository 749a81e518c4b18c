# SPDX-License-Identifier: GPL-2.0-or-later
"""Independent truths: slow, plain computations that share nothing with the code under test."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import shapely
from pyproj import Geod, Transformer

GEOD = Geod(a=6378137.0, rf=298.257222101)  # CGCS2000, GB 22021

E2 = 2 / 298.257222101 - 1 / 298.257222101**2
B = 6378137.0 * (1 - 1 / 298.257222101)


def tdt_constants():
    """A to E of TD/T 1055-2019 as the standard writes them."""
    e2, e4, e6, e8 = E2, E2**2, E2**3, E2**4
    return (
        1 + 3 / 6 * e2 + 30 / 80 * e4 + 35 / 112 * e6 + 630 / 2304 * e8,
        1 / 6 * e2 + 15 / 80 * e4 + 21 / 112 * e6 + 420 / 2304 * e8,
        3 / 80 * e4 + 7 / 112 * e6 + 180 / 2304 * e8,
        1 / 112 * e6 + 45 / 2304 * e8,
        5 / 2304 * e8,
    )


def tdt_trapezoid(south, north, width):
    """Area of the trapezoid between two latitudes, all in degrees, by the series of TD/T 1055."""
    middle, half = math.radians(south + north) / 2, math.radians(north - south) / 2
    series = sum(
        (-1) ** k * constant * math.sin((2 * k + 1) * half) * math.cos((2 * k + 1) * middle)
        for k, constant in enumerate(tdt_constants())
    )
    return 2 * B**2 * math.radians(width) * series


def tdt_ring(vertices):
    """Area of a closed ring by the standard's sum over its edges."""
    west = vertices[0][0]
    return abs(
        sum(
            tdt_trapezoid(b1, b2, (l1 + l2) / 2 - west) for (l1, b1), (l2, b2) in pairwise(vertices)
        )
    )


def integrated_zone(south, north, width):
    """The same area by Gauss-Legendre quadrature of M · N · cos(latitude)."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    low, high = math.radians(south), math.radians(north)
    latitude = (high - low) / 2 * nodes + (high + low) / 2
    w2 = 1 - E2 * np.sin(latitude) ** 2
    integrand = 6378137.0**2 * (1 - E2) * np.cos(latitude) / w2**2
    return math.radians(width) * (high - low) / 2 * float(weights @ integrand)


def geodesic_area(polygon):
    """Area of a polygon whose edges are geodesics, holes taken off (Karney 2013)."""
    areas = [
        abs(GEOD.polygon_area_perimeter(*np.asarray(ring.coords).T)[0])
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return areas[0] - sum(areas[1:])


def place(start, azimuth, distance_m):
    """The place at a distance and azimuth from another one, degrees."""
    longitude, latitude, _ = GEOD.fwd(*start, azimuth, distance_m)
    return longitude, latitude


def circle(centre, radius_m, count=3600):
    """The geodesic circle around a place as a polygon of many vertices."""
    azimuths = np.linspace(0, 360, count, endpoint=False)
    same = np.ones(count)
    longitudes, latitudes, _ = GEOD.fwd(
        centre[0] * same, centre[1] * same, azimuths, radius_m * same
    )
    return shapely.Polygon(np.column_stack((longitudes, latitudes)))


def unprojected(coordinates, crs):
    """Coordinates of a plane in longitude and latitude."""
    move = Transformer.from_crs(crs, "EPSG:4490", always_xy=True)
    return np.column_stack(move.transform(*np.asarray(coordinates).T))


def edges_of(geometry):
    """All edges of a geometry, shape (n, 4); a point is an edge of no length."""
    edges = []
    for part in shapely.get_parts(geometry):
        rings = shapely.get_rings(part) if part.geom_type == "Polygon" else [part]
        for ring in rings:
            vertices = np.asarray(ring.coords)
            ends = vertices[1:] if len(vertices) > 1 else vertices
            edges += np.column_stack((vertices[: len(ends)], ends)).tolist()
    return np.array(edges)


def nearest_by_force(first, second):
    """Shortest geodesic between two geometries that do not meet: distance, start and end."""
    there = _places_to_edges(first, edges_of(second))
    distance, end, start = _places_to_edges(second, edges_of(first))
    return min(there, (distance, start, end), key=lambda found: found[0])


def _places_to_edges(geometry, edges):
    """Shortest geodesic from a vertex, or one of 20 places on an edge, to any place on *edges*.

    On each edge nine places close in on the nearest one; pairs that cannot win, whatever lies
    between the places, are dropped.
    """
    steps = np.linspace(0, 1, 21)[:, None]
    places = np.concatenate([e[:2] + (e[2:] - e[:2]) * steps for e in edges_of(geometry)])
    length = np.array(GEOD.inv(*edges.T)[2])
    i, j = (index.ravel() for index in np.indices((len(places), len(edges))))
    low, high = np.zeros(len(i)), np.ones(len(i))
    while True:
        at = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, 9)
        ends = edges[j, None, :2] + (edges[j, None, 2:] - edges[j, None, :2]) * at[..., None]
        starts = np.broadcast_to(places[i, None], ends.shape)
        lines = np.concatenate((starts, ends), axis=2).reshape(-1, 4)
        distance = np.array(GEOD.inv(*lines.T)[2]).reshape(at.shape)
        best, row = distance.argmin(axis=1), np.arange(len(i))
        shortest = distance[row, best]
        unseen = length[j] * (high - low) / 16
        k = shortest.argmin()
        if unseen[k] < 1e-6:
            return float(shortest[k]), starts[k, 0], ends[k, best[k]]
        keep = shortest - unseen <= shortest[k]
        step = (high - low) / 8
        low = np.maximum(at[row, best] - step, 0)[keep]
        high = np.minimum(at[row, best] + step, 1)[keep]
        i, j = i[keep], j[keep]
