# SPDX-License-Identifier: GPL-2.0-or-later
"""Geodesic distances between sites and features: the nearest, and all within a distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.compiled import CompiledLayer
from eco_onemap.core.geodesy import E2, SEMI_MAJOR_M, bearings_deg, geodesic_m
from eco_onemap.core.local_frames import MAX_EDGE_DEG, MEAN_RADIUS_M, into_frames, out_of_frames
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

MAP_SLACK_M = 1.0
"""Metres on the Mercator map that cover the bow of edges straight in longitude and latitude."""


@dataclass(frozen=True)
class Gaps:
    """Shortest geodesics between pairs of geometries.

    distance_m: shape (k,). start, end: shape (k, 2), degrees, on the first and second geometry.
    """

    distance_m: Floats
    start: Floats
    end: Floats

    @property
    def bearing_deg(self) -> Floats:
        """Azimuth from true north at the start, NaN where the distance is 0."""
        return np.where(self.distance_m > 0, bearings_deg(self.start, self.end), np.nan)

    def take(self, rows: Indices) -> Gaps:
        """Return the pairs with the given numbers."""
        return Gaps(self.distance_m[rows], self.start[rows], self.end[rows])


@dataclass(frozen=True)
class Neighbours:
    """Pairs of a site and a feature within a distance, sorted by site, then feature."""

    site: Indices
    feature: Indices
    distance_m: Floats


@dataclass(frozen=True)
class Nearest:
    """The nearest feature of each site.

    feature: shape (n,), -1 where there is none. gaps: shape (n,) with NaN there.
    """

    feature: Indices
    gaps: Gaps


class DistanceIndex:
    """A layer's pieces on a Mercator map (conformal, so near stays near), for distance queries."""

    def __init__(self, layer: CompiledLayer) -> None:
        self._pieces = layer.pieces
        self._owners = layer.owners
        self._map = to_mercator(layer.pieces)
        self._tree = shapely.STRtree(self._map)

    def find_nearest(self, sites: Geometries) -> Nearest:
        """Return the nearest feature of each site; a site that meets one has distance 0."""
        on_map = to_mercator(sites)
        site, piece = self._tree.query_nearest(on_map, all_matches=False)
        bound = self._gaps(sites, on_map, site, piece).distance_m
        reach = np.full(len(sites), np.nan)
        reach[site] = bound
        site, piece = self._candidates(sites, on_map, reach)
        return self._choose(len(sites), site, piece, self._gaps(sites, on_map, site, piece))

    def find_within(self, sites: Geometries, distance_m: float) -> Neighbours:
        """Return all features within *distance_m* metres of each site, the limit included."""
        on_map = to_mercator(sites)
        reach = np.full(len(sites), distance_m)
        site, piece = self._candidates(sites, on_map, reach)
        distance = self._gaps(sites, on_map, site, piece).distance_m
        near = distance <= distance_m
        return _per_feature(site[near], self._owners[piece[near]], distance[near])

    def _candidates(
        self, sites: Geometries, on_map: Geometries, reach_m: Floats
    ) -> tuple[Indices, Indices]:
        """Return all pairs of sites and pieces that can be within *reach_m* of each other."""
        reach = np.nan_to_num(reach_m * _largest_scale(sites, reach_m) + MAP_SLACK_M, nan=0.0)
        site, piece = self._tree.query(on_map, predicate="dwithin", distance=reach)
        order = np.lexsort((piece, site))
        return site[order], piece[order]

    def _gaps(self, sites: Geometries, on_map: Geometries, site: Indices, piece: Indices) -> Gaps:
        """Return the shortest geodesic of each pair, in a frame around its start on the map."""
        lines = shapely.shortest_line(on_map[site], self._map[piece])
        anchors = from_mercator(shapely.get_coordinates(lines)[::2])
        met, parts = sites[site], self._pieces[piece]
        apart = ~shapely.intersects(met, parts)
        gaps = Gaps(np.zeros(len(site)), anchors.copy(), anchors.copy())
        if apart.any():
            _measure(gaps, np.flatnonzero(apart), met, parts, anchors)
        return gaps

    def _choose(self, count: int, site: Indices, piece: Indices, gaps: Gaps) -> Nearest:
        """Return the nearest of the candidates of each site, the first feature of equals."""
        owner = self._owners[piece]
        order = np.lexsort((owner, gaps.distance_m, site))
        first = order[np.r_[True, np.diff(site[order]) != 0]] if len(site) else order
        feature = np.full(count, -1, dtype=np.intp)
        feature[site[first]] = owner[first]
        chosen = gaps.take(first)
        distance = np.full(count, np.nan)
        start, end = np.full((count, 2), np.nan), np.full((count, 2), np.nan)
        distance[site[first]] = chosen.distance_m
        start[site[first]], end[site[first]] = chosen.start, chosen.end
        return Nearest(feature, Gaps(distance, start, end))


def _measure(
    gaps: Gaps, rows: Indices, met: Geometries, parts: Geometries, anchors: Floats
) -> None:
    """Fill in the gaps of pairs that do not meet."""
    frames = anchors[rows]
    lines = shapely.shortest_line(into_frames(met[rows], frames), into_frames(parts[rows], frames))
    ends = shapely.get_coordinates(lines)
    gaps.start[rows] = out_of_frames(ends[::2], frames)
    gaps.end[rows] = out_of_frames(ends[1::2], frames)
    gaps.distance_m[rows] = geodesic_m(gaps.start[rows], gaps.end[rows])


def _per_feature(site: Indices, feature: Indices, distance: Floats) -> Neighbours:
    order = np.lexsort((distance, feature, site))
    site, feature, distance = site[order], feature[order], distance[order]
    if not len(site):
        return Neighbours(site, feature, distance)
    first = np.r_[True, (np.diff(site) != 0) | (np.diff(feature) != 0)]
    return Neighbours(site[first], feature[first], distance[first])


def _largest_scale(sites: Geometries, reach_m: Floats) -> Floats:
    """Return the largest Mercator scale within reach of each site (it grows to the poles)."""
    bounds = shapely.bounds(sites)
    furthest = np.maximum(np.abs(bounds[:, 1]), np.abs(bounds[:, 3]))
    latitude = np.radians(furthest) + reach_m / (0.99 * MEAN_RADIUS_M)
    latitude = np.minimum(latitude, np.radians(89.0))
    return np.sqrt(1.0 - E2 * np.sin(latitude) ** 2) / np.cos(latitude)


def to_mercator(geometries: Geometries) -> Geometries:
    """Return geometries in longitude and latitude on the ellipsoidal Mercator map, metres."""
    return shapely.transform(shapely.segmentize(geometries, 10 * MAX_EDGE_DEG), _mercator)


def _mercator(points: Floats) -> Floats:
    east, sine = np.radians(points[:, 0]), np.sin(np.radians(points[:, 1]))
    eccentricity = np.sqrt(E2)
    isometric = np.arctanh(sine) - eccentricity * np.arctanh(eccentricity * sine)
    return SEMI_MAJOR_M * np.column_stack((east, isometric))


def from_mercator(points: Floats) -> Floats:
    """Return points on the Mercator map, shape (n, 2), in degrees."""
    isometric, eccentricity = points[:, 1] / SEMI_MAJOR_M, np.sqrt(E2)
    sine = np.tanh(isometric)
    for _ in range(4):  # each round gains two digits; four give a tenth of a millimetre
        sine = np.tanh(isometric + eccentricity * np.arctanh(eccentricity * sine))
    return np.degrees(np.column_stack((points[:, 0] / SEMI_MAJOR_M, np.arcsin(sine))))
