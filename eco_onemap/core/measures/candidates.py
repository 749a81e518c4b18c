# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs of a layer that may be near sites, with bounds of their distances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.spots import Spots
from eco_onemap.core.geometry.vertices import ragged_places
from eco_onemap.core.layers.compiled import CompiledLayer

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Candidates:
    """Pairs of a site and a run, k of them, sorted by site, feature and run.

    site, feature, run: shape (k,). least_m, most_m: what their distance at least and at most is.
    start: shape (g,), where each pair of a site and a feature begins.
    """

    site: Indices
    feature: Indices
    run: Indices
    least_m: Floats
    most_m: Floats
    start: Indices

    def __len__(self) -> int:
        return len(self.site)

    @property
    def group(self) -> Indices:
        """The pair of site and feature that each belongs to, shape (k,)."""
        begins = np.zeros(len(self), dtype=np.intp)
        begins[self.start[1:]] = 1
        return np.cumsum(begins)

    def per_feature(self, operation: np.ufunc, values: Floats) -> Floats:
        """Return values of pairs of site and run reduced to pairs of site and feature."""
        if not len(self):
            return np.zeros(0)
        reduced: Floats = operation.reduceat(values, self.start)  # type: ignore[attr-defined]
        return reduced


@dataclass(frozen=True)
class Meetings:
    """Pairs of a site and a feature that meet, sorted by both; their distance is 0."""

    site: Indices
    feature: Indices

    def holds(self, site: Indices, feature: Indices, count: int) -> NDArray[np.bool_]:
        """Return which pairs are among them; count: of the layer's features."""
        held: NDArray[np.bool_] = np.isin(site * count + feature, self.site * count + self.feature)
        return held


def find_meetings(spots: Spots, layer: CompiledLayer) -> Meetings:
    """Return all sites and features that share at least a point."""
    site, piece = layer.tree.query(spots.geometries, predicate="intersects")
    count = max(len(layer), 1)
    met = np.unique(site * count + layer.owners[piece])
    return Meetings(met // count, met % count)


def find_candidates(
    spots: Spots, layer: CompiledLayer, meetings: Meetings, site: Indices, reach_m: Floats
) -> Candidates:
    """Return all runs that may be within *reach_m*, shape (s,), of sites, those that meet left out.

    site: shape (s,), ascending.
    """
    row, piece = layer.tree.query(spots.boxes(site, reach_m))
    apart = ~meetings.holds(site[row], layer.owners[piece], max(len(layer), 1))
    row, piece = row[apart], piece[apart]
    counts = np.diff(layer.runs.start)[piece]
    run = ragged_places(layer.runs.start[piece], counts)
    row, piece = np.repeat(row, counts), np.repeat(piece, counts)
    least = spots.least_m(site[row], layer.runs, run)
    near = least <= reach_m[row]
    row, run, least = row[near], run[near], least[near]
    return _sorted(spots, layer, site[row], layer.owners[piece[near]], run, least)


def _sorted(
    spots: Spots,
    layer: CompiledLayer,
    site: Indices,
    feature: Indices,
    run: Indices,
    least_m: Floats,
) -> Candidates:
    order = np.argsort(site * len(layer.runs) + layer.run_ranks[run], kind="stable")
    site, feature, run, least_m = site[order], feature[order], run[order], least_m[order]
    changes = (np.diff(site) != 0) | (np.diff(feature) != 0)
    start = np.flatnonzero(np.r_[True, changes]) if len(site) else site
    vertex = layer.runs.first[run]
    most = spots.most_m(site, layer.vertices.x[vertex], layer.vertices.y[vertex])
    return Candidates(site, feature, run, least_m, most, start)


class Corners:
    """The first vertex of each piece: what is near one of them bounds how far the nearest is."""

    def __init__(self, layer: CompiledLayer) -> None:
        first = layer.vertices.start[:-1]
        self._x, self._y = layer.vertices.x[first], layer.vertices.y[first]
        degrees = np.degrees(np.column_stack((self._x, self._y)))
        self._tree = shapely.STRtree(shapely.points(degrees))

    def bounds_m(self, spots: Spots, site: Indices) -> Floats:
        """Return what the nearest feature of sites is at most away, shape (s,)."""
        points = shapely.points(np.degrees(spots.points[site]))
        bounds = np.full(len(site), np.inf)
        row, corner = self._tree.query_nearest(points, all_matches=False)
        bounds[row] = spots.most_m(site[row], self._x[corner], self._y[corner])
        return bounds
