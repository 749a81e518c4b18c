# SPDX-License-Identifier: GPL-2.0-or-later
"""Errors of distances, and answers about who lies within a ring."""

from __future__ import annotations

import numpy as np
import shapely
from accuracy_measures import NORTH, SOUTH, Measured, as_array, between, number

from eco_onemap.core.measures.nearest import DistanceIndex
from tests.core.truth import GEOD, nearest_by_force, place
from tests.core.worlds import compiled

ALLOWED_M, ALLOWED = 0.001, 1e-7
"""A distance d is allowed to be off by 1 mm + 1e-7 · d."""


def nearest_m(site, feature) -> float:
    """Return the distance as the check finds it."""
    found = DistanceIndex(compiled(feature)).find_nearest(as_array([site]))
    return float(found.gaps.distance_m[0])


def count_within(site, feature, distance_m: float) -> int:
    """Return how many features lie within a ring as the check counts them."""
    return int(DistanceIndex(compiled(feature)).count_within(as_array([site]), distance_m)[0])


def _used(found: float, truth: float) -> float:
    """Return how much of what is allowed an error uses up."""
    return abs(found - truth) / (ALLOWED_M + ALLOWED * truth)


Place = tuple[float, float]


def _somewhere(rng: np.random.Generator) -> Place:
    return rng.uniform(80, 130), rng.uniform(SOUTH, NORTH)


def _two_places(rng: np.random.Generator, distance_m: float) -> tuple[Place, Place]:
    """Return two places so far apart, both between the latitudes."""
    while True:
        start = _somewhere(rng)
        end = place(start, rng.uniform(0, 360), distance_m)
        if SOUTH <= end[1] <= NORTH:
            return start, end


def point_distances(scale: float) -> Measured:
    rng = np.random.default_rng(21)
    errors = []
    for distance in between(rng, 1, 500_000, number(3_000, scale)):
        start, end = _two_places(rng, distance)
        truth = GEOD.inv(*start, *end)[2]
        errors.append(_used(nearest_m(shapely.Point(start), shapely.Point(end)), truth))
    return Measured(
        "Distance between points",
        "pyproj.Geod",
        f"{len(errors):,} pairs, 1 m to 500 km apart in any direction, 18° to 53° N",
        21,
        np.array(errors),
        "share of 1 mm + 1e-7",
        1.0,
    )


def _plot(rng: np.random.Generator, centre: Place, radius_m: float):
    azimuths = np.sort(rng.uniform(0, 360, 7))
    corners = [place(centre, azimuth, radius_m * rng.uniform(0.5, 1)) for azimuth in azimuths]
    return shapely.Polygon(corners).convex_hull


def plot_distances(scale: float) -> Measured:
    rng = np.random.default_rng(22)
    errors = []
    for distance in between(rng, 3, 300_000, number(300, scale)):
        radius = min(max(distance / 4, 10), 1_000)
        start, end = _two_places(rng, distance + 2 * radius)
        first, second = _plot(rng, start, radius), _plot(rng, end, radius)
        truth = nearest_by_force(first, second)[0]
        errors.append(_used(nearest_m(first, second), truth))
    return Measured(
        "Distance between plots, from boundary to boundary",
        "shortest pyproj.Geod geodesic found by closing in on every pair of edges",
        f"{len(errors):,} pairs of plots of 20 m to 2 km, 3 m to 300 km apart, 18° to 53° N",
        22,
        np.array(errors),
        "share of 1 mm + 1e-7",
        1.0,
    )


def ring_members(scale: float) -> Measured:
    rng = np.random.default_rng(23)
    errors = []
    for ring in rng.choice([50, 500, 1000, 2500, 10_000], number(600, scale)).tolist():
        start = _somewhere(rng)
        site, azimuth = _site_at(rng, start)
        for off, expected in ((-1e-6, 1), (0.0, 1), (1e-6, 0)):
            feature = shapely.Point(place(start, azimuth, ring + off))
            errors.append(abs(count_within(site, feature, float(ring)) - expected))
    return Measured(
        "Being within a ring: features a micrometre inside, exactly on, and a micrometre outside",
        "placed by pyproj.Geod at that distance",
        f"{len(errors):,} answers for points, corners and edges of sites, rings of 50 m to 10 km, "
        "18° to 53° N",
        23,
        np.array(errors, dtype=float),
        "wrong answers",
        0.0,
    )


def _site_at(rng: np.random.Generator, start: Place):
    """Return a site whose nearest place to what lies in some direction is *start*.

    A point; a square's corner; or the middle of an edge along a meridian, looked at squarely.
    """
    x, y = start
    kind = rng.integers(3)
    if kind == 0:
        return shapely.Point(start), rng.uniform(0, 360)
    if kind == 1:
        return shapely.box(x - 0.002, y - 0.002, x, y), rng.uniform(20, 70)
    return shapely.box(x - 0.002, y - 0.05, x, y + 0.05), 90.0
