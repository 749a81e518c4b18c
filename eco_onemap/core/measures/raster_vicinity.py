# SPDX-License-Identifier: GPL-2.0-or-later
"""What a raster has under sites whose places are known to an error only."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.local_frames import geometries_out_of_frames, into_frames
from eco_onemap.core.layers.raster import RasterStats, measure_raster
from eco_onemap.core.layers.sources import RasterSource
from eco_onemap.core.measures.measurement import Features, Measurement
from eco_onemap.core.measures.measuring import Subject, class_features
from eco_onemap.core.measures.shared_bounds import (
    AREA,
    LENGTH,
    OF_FEATURE,
    OF_SITE,
    PRESENT,
    Bounds,
    Interval,
    forms_of,
)
from eco_onemap.core.measures.vicinity import PairBounds, middles_of
from eco_onemap.core.progress import NoProgress
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

WHOLE = 1.0 - 1e-9


class RasterVicinity:
    """A raster around n sites; its classes take the place of features."""

    def __init__(
        self, subject: Subject, raster: RasterSource, layer: Measurement, error_m: float
    ) -> None:
        self.error_m = error_m
        self._subject, self._raster, self._measured = subject, raster, layer

    @cached_property
    def layer(self) -> Measurement:
        """The layer with the classes that lie no further from a site than the error as features.

        What no site meets, and the catalogue does not declare, is no feature of it otherwise.
        """
        old = self._measured.features
        found = np.r_[_values_of(old), self._stats[1].class_value]
        features = replace(class_features(self._measured.entry, found), prints=old.prints)
        place = np.searchsorted(_values_of(features), _values_of(old))
        hits = self._measured.hits
        hits = replace(hits, feature=place[hits.feature] if len(place) else hits.feature)
        return replace(self._measured, features=features, hits=hits)

    @property
    def _classes(self) -> Floats:
        return _values_of(self.layer.features)

    def pairs(self, chosen: Flags, asked: Flags) -> PairBounds:
        """Return what sites have of each chosen class that they may meet."""
        low, high = self._shares
        possible = (high > 0) & chosen & asked[:, None]
        site, feature = np.nonzero(possible)
        shares = Interval(low[site, feature], high[site, feature])
        return PairBounds(site, feature, self._bounds(shares, site))

    def together(self, chosen: Flags, asked: Flags) -> Bounds:
        """Return what each site has of all chosen classes."""
        low, high = self._sums(np.where(chosen & asked[:, None], 1.0, 0.0))
        return self._bounds(Interval(low, high), np.arange(len(self._subject)))

    def ring_area_m2(self, distance_m: float) -> Interval:
        """Return nothing: a raster has no area in rings."""
        nothing = np.zeros(len(self._subject))
        return Interval(nothing, nothing)

    def values(self, measure: str) -> Interval:
        """Return the mean, least or largest value at each site."""
        inner, outer = self._stats
        if measure == "min":
            return Interval(outer.minimum, _known(inner.minimum, outer.maximum))
        if measure == "max":
            return Interval(_known(inner.maximum, outer.minimum), outer.maximum)
        whole, sure, _ = self._sizes
        part = np.divide(sure, whole, out=np.zeros(len(whole)), where=whole > 0)
        part *= np.nan_to_num(1.0 - inner.nodata_share)
        mean = np.nan_to_num(inner.mean) * part
        low, high = (mean + (1.0 - part) * value for value in (outer.minimum, outer.maximum))
        return Interval(low, high)

    def _bounds(self, shares: Interval, site: Indices) -> Bounds:
        sizes = self._subject.sizes
        area, length = (
            Interval(shares.low * size, shares.high * size)
            for size in (sizes.area_m2[site], sizes.length_m[site])
        )
        present = Interval((shares.low > 0).astype(float), (shares.high > 0).astype(float))
        nothing = Interval(np.zeros(len(site)), np.zeros(len(site)))
        percent = Interval(100.0 * shares.low, 100.0 * shares.high)
        return {AREA: area, LENGTH: length, OF_SITE: percent, OF_FEATURE: nothing, PRESENT: present}

    @cached_property
    def _forms(self) -> tuple[Geometries, Geometries, Geometries]:
        """The sites in metres, and their inner and outer forms in degrees."""
        sites = self._subject.geometries
        middles = middles_of(sites)
        forms = forms_of(into_frames(sites, middles), self.error_m)
        inner, outer = (geometries_out_of_frames(f, middles) for f in (forms.inner, forms.outer))
        inner[shapely.is_empty(inner)] = None
        return forms.sites, inner, outer

    @cached_property
    def _stats(self) -> tuple[RasterStats, RasterStats]:
        _, inner, outer = self._forms
        return (
            measure_raster(inner, self._raster, NoProgress()),
            measure_raster(outer, self._raster, NoProgress()),
        )

    @cached_property
    def _sizes(self) -> tuple[Floats, Floats, Floats]:
        """Areas of sites, inner and outer forms in m², 0 for none."""
        sites, inner, outer = self._forms
        middles = middles_of(self._subject.geometries)
        flat = (into_frames(form, middles) for form in (inner, outer))
        whole, inner, outer = (np.nan_to_num(shapely.area(part)) for part in (sites, *flat))
        return whole, inner, outer

    @cached_property
    def _shares(self) -> tuple[Floats, Floats]:
        """The share (0 to 1) of each class at each site, at least and at most, shape (n, m)."""
        return self._sums(None)

    def _sums(self, weights: Floats | None) -> tuple[Floats, Floats]:
        """Return least and largest shares of each class, or of the weighted ones together."""
        inside, within = (self._table(stats) for stats in self._stats)
        if weights is not None:
            inside, within = ((table * weights).sum(axis=1) for table in (inside, within))
        return self._limits(inside, within)

    def _table(self, stats: RasterStats) -> Floats:
        table = np.zeros((len(self._subject), len(self._classes)))
        known = np.isin(stats.class_value, self._classes)
        place = np.searchsorted(self._classes, stats.class_value[known])
        table[stats.class_site[known], place] = stats.class_share[known]
        return table

    def _limits(self, inside: Floats, within: Floats) -> tuple[Floats, Floats]:
        """Return the least and largest share of sites from those of their inner and outer forms."""
        shape = (-1,) + (1,) * (inside.ndim - 1)
        whole, inner, outer = (size.reshape(shape) for size in self._sizes)
        areal = (self._subject.sizes.dimensions == 2).reshape(shape)
        with np.errstate(divide="ignore", invalid="ignore"):
            sure = np.maximum(inside * inner, whole - (1.0 - within) * outer) / whole
            most = np.minimum(within * outer, whole - (1.0 - inside) * inner) / whole
        low = np.where(areal, sure, within >= WHOLE)
        high = np.where(areal, most, within > 0)
        return np.clip(np.nan_to_num(low), 0.0, 1.0), np.clip(np.nan_to_num(high), 0.0, 1.0)


def _values_of(features: Features) -> Floats:
    """Return the values of classes, shape (m,)."""
    return np.array([float(value) for value in features.ids])


def _known(values: Floats, otherwise: Floats) -> Floats:
    return np.where(np.isnan(values), otherwise, values)
