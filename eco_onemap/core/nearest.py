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

DECIMALS = 6
"""Distances are rounded to a micrometre: what was surveyed on a limit lies on it."""

MAP_SLACK_M = 1.0
"""Metres on the Mercator map that cover the bow of edges straight in longitude and latitude."""

ANCHORED_WITHIN_M = 5000.0
"""From a start so far from the anchor a frame still compares distances to 1e-7."""


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
        self._corners = shapely.STRtree(_first_points(self._map))

    def find_nearest(self, sites: Geometries) -> Nearest:
        """Return the nearest feature of each site; a site that meets one has distance 0."""
        on_map = to_mercator(sites)
        site, piece = self._nearest_on_map(sites, on_map)
        return self._choose(len(sites), site, piece, self._gaps(sites, on_map, site, piece))

    def _nearest_on_map(self, sites: Geometries, on_map: Geometries) -> tuple[Indices, Indices]:
        """Return for each site the pieces that may be the nearest, judged on the map.

        The piece whose corner is nearest bounds the distance; all pieces within the bound are
        measured on the map, and those that its scale leaves in doubt are returned.
        """
        site, piece = self._corners.query_nearest(shapely.centroid(on_map), all_matches=False)
        bound = np.full(len(sites), np.nan)
        bound[site] = shapely.distance(on_map[site], self._map[piece])
        site, piece = self._within_on_map(on_map, _doubtful(sites, bound))
        distance = shapely.distance(on_map[site], self._map[piece])
        np.minimum.at(bound, site, distance)
        close = distance <= _doubtful(sites, bound)[site]
        return site[close], piece[close]

    def find_within(self, sites: Geometries, distance_m: float) -> Neighbours:
        """Return all features within *distance_m* metres of each site, the limit included."""
        on_map = to_mercator(sites)
        reach = np.full(len(sites), distance_m)
        site, piece = self._candidates(sites, on_map, reach)
        distance = self._gaps(sites, on_map, site, piece).distance_m
        near = distance <= distance_m
        return _per_feature(site[near], self._owners[piece[near]], distance[near])

    def count_within(self, sites: Geometries, distance_m: float) -> NDArray[np.int64]:
        """Return how many features lie within *distance_m* metres of each site, limit included.

        Only pairs whose distance on the map leaves the answer open are measured.
        """
        on_map = to_mercator(sites)
        reach = np.full(len(sites), distance_m)
        surely = self._within_on_map(on_map, _smallest_reach(sites, reach))
        perhaps = self._within_on_map(on_map, _largest_reach(sites, reach))
        stride = len(self._pieces)
        known = surely[0] * stride + surely[1]
        open_pairs = ~np.isin(perhaps[0] * stride + perhaps[1], known, assume_unique=True)
        site, piece = perhaps[0][open_pairs], perhaps[1][open_pairs]
        near = self._gaps(sites, on_map, site, piece).distance_m <= distance_m
        site, piece = np.r_[surely[0], site[near]], np.r_[surely[1], piece[near]]
        most = 1 + self._owners.max(initial=0)  # features without a geometry have no pieces
        features = np.unique(site * most + self._owners[piece])
        return np.bincount(features // most, minlength=len(sites)).astype(np.int64)

    def _candidates(
        self, sites: Geometries, on_map: Geometries, reach_m: Floats
    ) -> tuple[Indices, Indices]:
        """Return all pairs of sites and pieces that can be within *reach_m* of each other."""
        site, piece = self._within_on_map(on_map, _largest_reach(sites, reach_m))
        order = np.lexsort((piece, site))
        return site[order], piece[order]

    def _within_on_map(self, on_map: Geometries, reach: Floats) -> tuple[Indices, Indices]:
        site, piece = self._tree.query(on_map, predicate="dwithin", distance=reach)
        return site, piece

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
    """Fill in the gaps of pairs that do not meet, again where a gap begins far from its anchor."""
    moved = _measure_in_frames(gaps, rows, met, parts, anchors[rows])
    if len(moved):
        _measure_in_frames(gaps, moved, met, parts, gaps.start[moved])


def _measure_in_frames(
    gaps: Gaps, rows: Indices, met: Geometries, parts: Geometries, frames: Floats
) -> Indices:
    """Fill in the gaps as frames see them; return the rows whose gaps begin too far away."""
    lines = shapely.shortest_line(into_frames(met[rows], frames), into_frames(parts[rows], frames))
    ends = shapely.get_coordinates(lines)
    gaps.start[rows] = out_of_frames(ends[::2], frames)
    gaps.end[rows] = out_of_frames(ends[1::2], frames)
    gaps.distance_m[rows] = np.round(geodesic_m(gaps.start[rows], gaps.end[rows]), DECIMALS)
    return rows[np.hypot(ends[::2, 0], ends[::2, 1]) > ANCHORED_WITHIN_M]


def _per_feature(site: Indices, feature: Indices, distance: Floats) -> Neighbours:
    order = np.lexsort((distance, feature, site))
    site, feature, distance = site[order], feature[order], distance[order]
    if not len(site):
        return Neighbours(site, feature, distance)
    first = np.r_[True, (np.diff(site) != 0) | (np.diff(feature) != 0)]
    return Neighbours(site[first], feature[first], distance[first])


def _largest_reach(sites: Geometries, reach_m: Floats) -> Floats:
    """Return a distance on the map that no pair within *reach_m* exceeds."""
    _, largest = _scales(sites, reach_m)
    return np.nan_to_num(reach_m * largest + MAP_SLACK_M, nan=0.0)


def _smallest_reach(sites: Geometries, reach_m: Floats) -> Floats:
    """Return a distance on the map that only pairs within *reach_m* keep to, at least 0."""
    smallest, _ = _scales(sites, reach_m)
    return np.maximum(np.nan_to_num(reach_m * smallest - MAP_SLACK_M, nan=0.0), 0.0)


def _doubtful(sites: Geometries, on_map_m: Floats) -> Floats:
    """Return a distance on the map beyond which nothing is nearer than what is *on_map_m* away."""
    smallest, largest = _scales(sites, on_map_m)
    return np.nan_to_num(on_map_m * largest / smallest + MAP_SLACK_M, nan=0.0)


def _scales(sites: Geometries, margin_m: Floats) -> tuple[Floats, Floats]:
    """Return the smallest and largest map scale within a margin around each site."""
    bounds = shapely.bounds(sites)
    south, north = np.abs(bounds[:, 1]), np.abs(bounds[:, 3])
    crosses_equator = bounds[:, 1] * bounds[:, 3] < 0
    closest = np.where(crosses_equator, 0.0, np.minimum(south, north)) - _degrees(margin_m)
    furthest = np.maximum(south, north) + _degrees(margin_m)
    return _scale(np.maximum(closest, 0.0)), _scale(furthest)


def _degrees(distance_m: Floats) -> Floats:
    """Return a latitude difference in degrees that *distance_m* cannot exceed."""
    return np.degrees(distance_m / (0.99 * MEAN_RADIUS_M))


def _scale(latitude: Floats) -> Floats:
    """Return the Mercator scale at a latitude in degrees; it grows towards the poles."""
    north = np.radians(np.minimum(latitude, 89.0))
    return np.sqrt(1.0 - E2 * np.sin(north) ** 2) / np.cos(north)


def _first_points(geometries: Geometries) -> Geometries:
    """Return the first vertex of each geometry."""
    counts = shapely.get_num_coordinates(geometries)
    first = np.cumsum(counts) - counts
    points: Geometries = shapely.points(shapely.get_coordinates(geometries)[first])
    return points


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
