# SPDX-License-Identifier: GPL-2.0-or-later
"""What a vector layer shares with sites whose places are known to an error only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.local_frames import into_frames
from eco_onemap.core.geometry.merging import merge_groups
from eco_onemap.core.geometry.repair import repair
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.measures.ring_areas import measure_ground
from eco_onemap.core.measures.shared_bounds import Bounds, Interval, SiteForms, bounds_of, forms_of
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

METRES_A_DEGREE = 110_000.0
"""No degree of latitude is shorter."""

ROUNDED = 2.5
"""How many errors away from a site ground can play a part, with what circles are drawn larger."""


@dataclass(frozen=True)
class PairBounds:
    """Pairs of site and feature that may meet, shape (k,), and what they share."""

    site: Indices
    feature: Indices
    bounds: Bounds


class Vicinity(Protocol):
    """A layer around n sites whose places are known to an error only."""

    error_m: float

    @property
    def layer(self) -> Measurement:
        """The layer, with all features that sites may meet, to which *chosen* below refers."""

    def pairs(self, chosen: Flags, asked: Flags) -> PairBounds:
        """Return what sites share with each feature that they may meet.

        chosen: which features count. asked: shape (n,), which sites are asked for.
        """

    def together(self, chosen: Flags, asked: Flags) -> Bounds:
        """Return what each of n sites shares with all chosen features, ground counted once."""

    def ring_area_m2(self, distance_m: float) -> Interval:
        """Return the area of the layer within a distance of each site."""

    def values(self, measure: str) -> Interval:
        """Return the ``mean``, ``min`` or ``max`` of a raster at each site."""


class VectorVicinity:
    """A vector layer around n sites."""

    def __init__(
        self, subject: Subject, layer: CompiledLayer, measured: Measurement, error_m: float
    ) -> None:
        self.error_m = error_m
        self.layer = measured
        self._subject, self._layer = subject, layer

    def pairs(self, chosen: Flags, asked: Flags) -> PairBounds:
        """Return what sites share with each chosen feature no further away than the error."""
        site, feature = self._near(chosen, asked)
        layer = self._layer
        areal = layer.dimensions[feature] == 2
        sizes = np.where(areal, layer.areas_m2[feature], layer.lengths_m[feature])
        ground = self._ground(site, feature, chosen)
        return PairBounds(site, feature, bounds_of(self._forms(site), ground, sizes))

    def together(self, chosen: Flags, asked: Flags) -> Bounds:
        """Return what sites share with all chosen features no further away than the error."""
        site = np.unique(self._near(chosen, asked)[0])
        ground = self._ground(site, None, chosen)
        found = bounds_of(self._forms(site), ground, np.full(len(site), np.inf))
        count = len(self._subject)
        return {name: interval.spread(site, count) for name, interval in found.items()}

    def ring_area_m2(self, distance_m: float) -> Interval:
        """Return the area of the layer within *distance_m* less, and more, the error."""
        low, high = (self._area_within(distance_m + by) for by in (-self.error_m, self.error_m))
        return Interval(low, high)

    def values(self, measure: str) -> Interval:
        """Return nothing: this is no raster."""
        nothing = np.full(len(self._subject), np.nan)
        return Interval(nothing, nothing)

    def _near(self, chosen: Flags, asked: Flags) -> tuple[Indices, Indices]:
        if self.layer.distances is None:
            raise ValueError(self.layer.entry.id)
        near = self.layer.distances.neighbours
        rows = (near.distance_m <= self.error_m) & chosen[near.feature] & asked[near.site]
        return near.site[rows], near.feature[rows]

    def _area_within(self, distance_m: float) -> Floats:
        if distance_m <= 0 or not (self._layer.dimensions == 2).any():
            return np.zeros(len(self._subject))
        return measure_ground(self._subject.ring(distance_m), self._layer.surface)

    def _forms(self, site: Indices) -> SiteForms:
        distinct, number = np.unique(site, return_inverse=True)
        sites = self._subject.geometries[distinct]
        return forms_of(into_frames(sites, middles_of(sites)), self.error_m).take(number)

    def _ground(self, site: Indices, feature: Indices | None, chosen: Flags) -> Geometries:
        """Return what of one feature, or of all chosen, lies around each site, in its frame.

        Pieces are joined before they enter the frame, where their cuts still fit exactly; there,
        rings that all but touch may come to cross by the last bit, which is repaired.
        """
        sites, owners, stride = self._subject.geometries, self._layer.owners, len(self._layer) + 1
        distinct = np.unique(site)
        boxes = _boxes_around(sites[distinct], ROUNDED * self.error_m)
        box, piece = self._layer.tree.query(boxes, predicate="intersects")
        kept = chosen[owners[piece]]
        box, piece = box[kept], piece[kept]
        key = distinct[box] * stride + (0 if feature is None else owners[piece])
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        joined = merge_groups(self._layer.pieces[piece[order]], starts)
        wanted = site * stride + (0 if feature is None else feature)
        place = np.searchsorted(key[order][starts], wanted)
        return repair(into_frames(joined[place], middles_of(sites)[site])).geometries


def middles_of(sites: Geometries) -> Floats:
    """Return the middle of each site's rectangle, degrees, shape (n, 2)."""
    bounds = shapely.bounds(sites).reshape(-1, 4)
    return np.column_stack((bounds[:, [0, 2]].mean(axis=1), bounds[:, [1, 3]].mean(axis=1)))


def _boxes_around(sites: Geometries, reach_m: float) -> Geometries:
    """Return rectangles in degrees that reach at least *reach_m* beyond each site."""
    west, south, east, north = shapely.bounds(sites).reshape(-1, 4).T
    up = reach_m / METRES_A_DEGREE
    aside = up / np.cos(np.radians(np.maximum(np.abs(south), np.abs(north)) + up))
    boxes: Geometries = shapely.box(west - aside, south - up, east + aside, north + up)
    return boxes


Vicinities = Mapping[str, Vicinity]
"""The vicinity of each layer by its id; layers without a positional error have none."""
