# SPDX-License-Identifier: GPL-2.0-or-later
"""Geodesic distances between sites and features: the nearest, all within a distance, counts.

Bounds come first: rectangles around short runs of vertices tell what is surely within a ring and
what surely is not, and what may be the nearest. Only what they leave open is measured, in plane
frames around the sites, and the distance is the geodesic between the two points found there.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import bearings_deg, geodesic_m
from eco_onemap.core.geometry.local_frames import into_frames, out_of_frames
from eco_onemap.core.geometry.spots import Spots
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.measures.candidates import (
    Candidates,
    Corners,
    Meetings,
    find_candidates,
    find_meetings,
)
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]

DECIMALS = 6
"""Distances are rounded to a micrometre: what was surveyed on a limit lies on it."""

RANKS = (0, 1, 4)
"""Of the runs that may be the nearest, those of these ranks are looked at one lot after another."""

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
class Approaches:
    """Pairs of a site and a feature near it that do not meet, with the shortest line between."""

    site: Indices
    feature: Indices
    gaps: Gaps


@dataclass(frozen=True)
class Nearest:
    """The nearest feature of each site.

    feature: shape (n,), -1 where there is none. gaps: shape (n,) with NaN there.
    """

    feature: Indices
    gaps: Gaps


@dataclass(frozen=True)
class Proximity:
    """What is near each site.

    within: ring to the number of features within it, shape (n,). neighbours: all features within
    the reach that was asked for, those that meet the site included.
    """

    nearest: Nearest
    within: Mapping[float, NDArray[np.int64]]
    neighbours: Neighbours


class DistanceIndex:
    """A layer made ready for distance queries."""

    def __init__(self, layer: CompiledLayer) -> None:
        self._layer = layer
        self._made: Corners | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled: the layer, not the index that is made from it."""
        return {"_layer": self._layer, "_made": None}

    @property
    def _corners(self) -> Corners:
        self._made = self._made or Corners(self._layer)
        return self._made

    def find_nearest(self, sites: Geometries) -> Nearest:
        """Return the nearest feature of each site; a site that meets one has distance 0."""
        spots = Spots(sites)
        return self.measure(spots, find_meetings(spots, self._layer), (), None).nearest

    def find_within(self, sites: Geometries, distance_m: float) -> Neighbours:
        """Return all features within *distance_m* metres of each site, the limit included."""
        spots = Spots(sites)
        return self.measure(spots, find_meetings(spots, self._layer), (), distance_m).neighbours

    def find_approaches(self, sites: Geometries, distance_m: float) -> Approaches:
        """Return all features within *distance_m* metres of each site that do not meet it."""
        spots = Spots(sites)
        site = np.flatnonzero(spots.present)
        met = find_meetings(spots, self._layer)
        near = find_candidates(spots, self._layer, met, site, np.full(len(site), distance_m))
        found = _measured(spots, self._layer, near, _open_limits(near, (), distance_m))
        close = np.flatnonzero(found.gaps.distance_m <= distance_m)
        return Approaches(found.site[close], found.feature[close], found.gaps.take(close))

    def count_within(self, sites: Geometries, distance_m: float) -> NDArray[np.int64]:
        """Return how many features lie within *distance_m* metres of each site, limit included."""
        spots = Spots(sites)
        met = find_meetings(spots, self._layer)
        return self.measure(spots, met, (distance_m,), None).within[distance_m]

    def measure(
        self,
        spots: Spots,
        meetings: Meetings,
        rings_m: Sequence[float],
        reach_m: float | None,
    ) -> Proximity:
        """Return the nearest feature, the counts within rings and all features within a reach.

        meetings: all features that share at least a point with a site.
        reach_m: ``None`` where nobody asks for features within a distance.
        """
        site = np.flatnonzero(spots.present)
        reach = -1.0 if reach_m is None else reach_m
        asked = max((*rings_m, reach), default=0.0)
        near = find_candidates(spots, self._layer, meetings, site, np.full(len(site), asked))
        near = _refined(spots, self._layer, near, rings_m, asked)
        limits = _open_limits(near, rings_m, reach)
        limits = np.maximum(limits, _nearest_limits(spots, near, asked))
        found = _measured(spots, self._layer, near, limits)
        far = self._far_nearest(spots, meetings, near, asked)
        return Proximity(
            nearest=_nearest(len(spots), meetings, [found, far]),
            within={ring: _count(len(spots), meetings, near, found, ring) for ring in rings_m},
            neighbours=_neighbours(meetings, found, reach_m),
        )

    def _far_nearest(
        self, spots: Spots, meetings: Meetings, near: Candidates, asked_m: float
    ) -> _Found:
        """Return the pairs that may be the nearest of sites with nothing near."""
        known = np.zeros(len(spots), dtype=bool)
        known[meetings.site] = True
        known[near.site[near.most_m <= asked_m]] = True
        site = np.flatnonzero(spots.present & ~known & (len(self._layer.pieces) > 0))
        bounds = self._corners.bounds_m(spots, site) if len(site) else np.zeros(0)
        far = find_candidates(spots, self._layer, meetings, site, bounds)
        far = _refined(spots, self._layer, far, (), np.inf)
        return _measured(spots, self._layer, far, _nearest_limits(spots, far, np.inf))


@dataclass(frozen=True)
class _Found:
    """Measured pairs of a site and a feature, sorted by both; group: their number among pairs."""

    group: Indices
    site: Indices
    feature: Indices
    gaps: Gaps


def _open_limits(near: Candidates, rings_m: Sequence[float], reach_m: float) -> Floats:
    """Return for each pair of site and feature within which distance it must be measured.

    -1 where the bounds tell enough: of rings, and of a reach within which all must be known.
    """
    least = near.per_feature(np.minimum, near.least_m)
    most = near.per_feature(np.minimum, near.most_m)
    limits = np.where(least <= reach_m, reach_m, -1.0)
    for ring in rings_m:
        open_ = (least <= ring) & (most > ring)
        limits[open_] = np.maximum(limits[open_], ring)
    return limits


def _nearest_limits(spots: Spots, near: Candidates, asked_m: float) -> Floats:
    """Return for each pair of site and feature how far a run that makes it the nearest may be.

    -1 where it cannot be, and where nothing is surely within *asked_m*.
    """
    bound = _nearest_bounds(spots, near, asked_m)[near.site[near.start]]
    return np.where(near.per_feature(np.minimum, near.least_m) <= bound, bound, -1.0)


def _nearest_bounds(spots: Spots, near: Candidates, asked_m: float) -> Floats:
    """Return how far the nearest feature of each site is at most, -1 if beyond *asked_m*."""
    bound = np.full(len(spots), np.inf)
    starts = np.flatnonzero(np.diff(near.site, prepend=-1))
    if len(starts):
        bound[near.site[starts]] = np.minimum.reduceat(near.most_m, starts)
    bound[bound > asked_m] = -1.0
    return bound


def _refined(
    spots: Spots, layer: CompiledLayer, near: Candidates, rings_m: Sequence[float], asked_m: float
) -> Candidates:
    """Return candidates with closer bounds wherever these decide something.

    The bounds are those of distances on the local map. The runs whose rectangles are nearest go
    first: they leave few others that may be the nearest.
    """
    known = np.zeros(len(near), dtype=bool)
    maybe = np.flatnonzero(near.least_m <= _nearest_bounds(spots, near, asked_m)[near.site])
    maybe = maybe[np.lexsort((near.least_m[maybe], near.site[maybe]))]
    site = near.site[maybe]
    rank = np.arange(len(maybe)) - np.searchsorted(site, site)
    for begin, end in itertools.pairwise(RANKS):
        rows = maybe[(rank >= begin) & (rank < end)]
        bound = _nearest_bounds(spots, near, asked_m)
        rows = rows[near.least_m[rows] <= bound[near.site[rows]]]
        near, known[rows] = _closer(spots, layer, near, rows), True
    limits = np.maximum(_open_limits(near, rings_m, -1.0), _nearest_limits(spots, near, asked_m))
    rows = np.flatnonzero((near.least_m <= limits[near.group]) & ~known)
    return _closer(spots, layer, near, rows)


def _closer(spots: Spots, layer: CompiledLayer, near: Candidates, rows: Indices) -> Candidates:
    """Return the candidates, those in *rows* with bounds from distances on the local map."""
    site = near.site[rows]
    least, most = near.least_m.copy(), near.most_m.copy()
    least[rows], most[rows] = spots.between_m(site, layer.runs, near.run[rows])
    return replace(near, least_m=least, most_m=most)


def _measured(spots: Spots, layer: CompiledLayer, near: Candidates, limits_m: Floats) -> _Found:
    """Return the pairs whose limit is not negative; runs beyond the limit are left out."""
    group = near.group
    chosen = near.least_m <= limits_m[group]
    group, run, site = group[chosen], near.run[chosen], near.site[chosen]
    starts = np.flatnonzero(np.r_[True, np.diff(group) != 0]) if len(group) else group
    together = _collected(layer.runs.geometries(run), starts)
    sites = site[starts]
    feature = near.feature[near.start[group[starts]]]
    return _Found(group[starts], sites, feature, _measure(spots, sites, together))


def _collected(geometries: Geometries, starts: Indices) -> Geometries:
    """Return consecutive geometries from each start on as one."""
    collected = geometries[starts]
    counts = np.diff(np.r_[starts, len(geometries)])
    several = counts > 1
    owner = np.repeat(np.cumsum(several) - 1, np.where(several, counts, 0))
    parts = geometries[np.repeat(several, counts)]
    if len(parts):
        collected[several] = shapely.geometrycollections(parts, indices=owner)
    return collected


def _measure(spots: Spots, site: Indices, features: Geometries) -> Gaps:
    """Return the gaps of pairs, again where one begins far from the anchor of its site."""
    frames = spots.anchors[site]
    gaps, moved = _gaps_in_frames(spots.frames[site], into_frames(features, frames), frames)
    if len(moved):
        anew = gaps.start[moved]
        there = into_frames(features[moved], anew)
        again, _ = _gaps_in_frames(into_frames(spots.geometries[site[moved]], anew), there, anew)
        gaps.distance_m[moved], gaps.start[moved] = again.distance_m, again.start
        gaps.end[moved] = again.end
    return gaps


def _gaps_in_frames(sites: Geometries, parts: Geometries, frames: Floats) -> tuple[Gaps, Indices]:
    """Return the gaps as frames see them, and which of them begin too far from their anchor."""
    ends = shapely.get_coordinates(shapely.shortest_line(sites, parts))
    start, end = out_of_frames(ends[::2], frames), out_of_frames(ends[1::2], frames)
    gaps = Gaps(np.round(geodesic_m(start, end), DECIMALS), start, end)
    return gaps, np.flatnonzero(np.hypot(ends[::2, 0], ends[::2, 1]) > ANCHORED_WITHIN_M)


def _nearest(count: int, meetings: Meetings, several: Sequence[_Found]) -> Nearest:
    """Return the nearest of all pairs of each site, the first feature of equals."""
    feature = np.full(count, -1, dtype=np.intp)
    distance = np.full(count, np.nan)
    start, end = np.full((count, 2), np.nan), np.full((count, 2), np.nan)
    for found in several:
        order = np.lexsort((found.feature, found.gaps.distance_m, found.site))
        first = order[np.r_[True, np.diff(found.site[order]) != 0]] if len(order) else order
        chosen = found.gaps.take(first)
        feature[found.site[first]] = found.feature[first]
        distance[found.site[first]] = chosen.distance_m
        start[found.site[first]], end[found.site[first]] = chosen.start, chosen.end
    site, first = np.unique(meetings.site, return_index=True)
    feature[site], distance[site] = meetings.feature[first], 0.0
    start[site], end[site] = np.nan, np.nan
    return Nearest(feature, Gaps(distance, start, end))


def _count(
    count: int, meetings: Meetings, near: Candidates, found: _Found, ring_m: float
) -> NDArray[np.int64]:
    """Return how many features lie within a ring: that meet it, surely are in it or measured so."""
    inside = near.per_feature(np.minimum, near.most_m) <= ring_m
    inside[found.group] |= found.gaps.distance_m <= ring_m
    site = np.r_[meetings.site, near.site[near.start][inside]]
    return np.bincount(site, minlength=count).astype(np.int64)


def _neighbours(meetings: Meetings, found: _Found, reach_m: float | None) -> Neighbours:
    if reach_m is None:
        return Neighbours(meetings.site[:0], meetings.feature[:0], np.zeros(0))
    close = found.gaps.distance_m <= reach_m
    site = np.r_[meetings.site, found.site[close]]
    feature = np.r_[meetings.feature, found.feature[close]]
    distance = np.r_[np.zeros(len(meetings.site)), found.gaps.distance_m[close]]
    order = np.lexsort((feature, site))
    return Neighbours(site[order], feature[order], distance[order])
