# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes star-shaped parts of rings: of those around sites directly, of others by halving."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import polygon_parts
from eco_onemap.core.geometry.local_frames import (
    SERIES_WITHIN_M,
    Frames,
    columns,
    radians_from_frames,
)
from eco_onemap.core.geometry.rings import draw_around, measured_rings
from eco_onemap.core.geometry.stars import Boundaries, Stars, describe_stars, join_boundaries
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

HALVINGS = 8
"""How often a ring is halved to become star-shaped before it is left to GEOS."""

WIDEST_DEG = 1.0
"""In wider parts the density of area is no longer a parabola to 1e-8; they are halved."""


def build_stars(rings: Geometries) -> Stars:
    """Return the rings in star-shaped parts.

    rings: shape (n,), polygons in CGCS2000 longitude and latitude, ``None`` allowed.
    """
    parts, ring = polygon_parts(rings)
    found, rest, rest_ring = _halved_to_stars(parts, ring)
    return describe_stars(len(rings), found, rest, rest_ring)


def build_ring_stars(frames: Frames, distance_m: float) -> Stars:
    """Return the ground within *distance_m* metres of each site in star-shaped parts.

    Most rings are stars around the anchors of their frames and never become geometries in
    longitude and latitude; the others are halved.
    """
    if frames.reach_m + distance_m > SERIES_WITHIN_M:
        return build_stars(measured_rings(frames, distance_m))
    present = np.flatnonzero(~shapely.is_missing(frames.geometries))
    around = draw_around(frames.geometries[present], distance_m)
    simple = (shapely.get_type_id(around) == 3) & (shapely.get_num_interior_rings(around) == 0)
    boundaries = _in_frames(around[simple], present[simple], frames.anchors[present[simple]])
    is_star = boundaries.are_stars()
    others = np.r_[present[~simple], present[simple][~is_star]]
    rings = measured_rings(frames.take(others), distance_m)
    parts, owner = polygon_parts(rings)
    found, rest, rest_ring = _halved_to_stars(parts, others[owner])
    both = join_boundaries([boundaries.take(is_star), found])
    return describe_stars(len(frames), both, rest, rest_ring)


def _in_frames(around: Geometries, ring: Indices, anchors: Floats) -> Boundaries:
    """Return the boundaries of polygons given in metres around their anchors."""
    shells = _shells(around)
    counts = shapely.get_num_coordinates(shells)
    metres = np.asfortranarray(shapely.get_coordinates(shells))
    x, y = radians_from_frames(metres[:, 0], metres[:, 1], np.radians(anchors[:, 1]), counts)
    east, north = columns(np.radians(anchors))
    return Boundaries(ring, east, north, x, y, np.r_[0, np.cumsum(counts)])


def _shells(polygons: Geometries) -> Geometries:
    """Return the exterior rings of polygons, counter-clockwise."""
    shells = shapely.get_exterior_ring(polygons)
    clockwise = ~shapely.is_ccw(shells)
    shells[clockwise] = shapely.reverse(shells[clockwise])
    return shells


def _halved_to_stars(polygons: Geometries, ring: Indices) -> tuple[Boundaries, Geometries, Indices]:
    """Return polygons as stars, halved where they are none, and what is none even then."""
    found = [_around_centroids(polygons[:0], ring[:0])]
    for _ in range(HALVINGS):
        boundaries = _around_centroids(polygons, ring)
        is_star = boundaries.are_stars() & _are_simple(polygons)
        found.append(boundaries.take(is_star))
        polygons, ring = _halved(polygons[~is_star], ring[~is_star])
        if not len(polygons):
            break
    return join_boundaries(found), polygons, ring


def _are_simple(polygons: Geometries) -> NDArray[np.bool_]:
    """Return which polygons have no holes and are small enough."""
    bounds = shapely.bounds(polygons)
    extent = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    simple: NDArray[np.bool_] = (shapely.get_num_interior_rings(polygons) == 0) & (
        extent <= WIDEST_DEG
    )
    return simple


def _around_centroids(polygons: Geometries, ring: Indices) -> Boundaries:
    """Return the exterior rings of polygons around their centroids."""
    east, north = columns(np.radians(shapely.get_coordinates(shapely.centroid(polygons))))
    shells = _shells(polygons)
    counts = shapely.get_num_coordinates(shells)
    points = np.radians(shapely.get_coordinates(shells))
    x = (points[:, 0] - np.repeat(east, counts)) * np.repeat(np.cos(north), counts)
    y = points[:, 1] - np.repeat(north, counts)
    return Boundaries(ring, east, north, x, y, np.r_[0, np.cumsum(counts)])


def _halved(polygons: Geometries, ring: Indices) -> tuple[Geometries, Indices]:
    """Return both halves of each polygon across its longer side."""
    if not len(polygons):
        return polygons, ring
    west, south, east, north = shapely.bounds(polygons).T
    wide = east - west >= north - south
    x, y = (west + east) / 2, (south + north) / 2
    first = shapely.box(west, south, np.where(wide, x, east), np.where(wide, north, y))
    second = shapely.box(np.where(wide, x, west), np.where(wide, south, y), east, north)
    halves = np.r_[shapely.intersection(polygons, first), shapely.intersection(polygons, second)]
    parts, owner = polygon_parts(halves)
    return parts, np.r_[ring, ring][owner]
