# SPDX-License-Identifier: GPL-2.0-or-later
"""What a site known to an error only shares with ground: a least and a most.

A site shifted by no more than the error lies within its outer form, which reaches as much further
on all sides, and holds its inner form. What the inner form meets is shared wherever the site lies,
and what the outer form does not meet never is. All is in metres, in the frames of the sites.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

QUADRANT = 8
"""Edges of a quarter circle."""

AROUND = 1.0 / math.cos(math.pi / (4 * QUADRANT))
"""What makes the edges of a drawn circle lie outside of the true one."""

AREA, LENGTH, PRESENT = "area_m2", "length_m", "present"
OF_SITE, OF_FEATURE = "share_pct", "feature_pct"

NEARLY_ALL = 1.0 - 1e-6
"""A feature of which so much lies around a site lies there as a whole."""


@dataclass(frozen=True)
class Interval:
    """What each of k values is at least and at most."""

    low: Floats
    high: Floats

    def take(self, rows: Indices) -> Interval:
        """Return the intervals with the given numbers."""
        return Interval(self.low[rows], self.high[rows])

    def spread(self, rows: Indices, count: int) -> Interval:
        """Return *count* intervals, those with the given numbers from here, else nothing."""
        low, high = np.zeros(count), np.zeros(count)
        low[rows], high[rows] = self.low, self.high
        return Interval(low, high)


Bounds = Mapping[str, Interval]
"""Area, length, presence (0 or 1) and shares in percent of site and feature, by measure."""


@dataclass(frozen=True)
class SiteForms:
    """Sites in frames of their own with their inner and outer forms, each of shape (k,)."""

    sites: Geometries
    inner: Geometries
    outer: Geometries
    error_m: float

    def take(self, rows: Indices) -> SiteForms:
        """Return the sites with the given numbers (repeats allowed)."""
        return SiteForms(self.sites[rows], self.inner[rows], self.outer[rows], self.error_m)


def forms_of(sites: Geometries, error_m: float) -> SiteForms:
    """Return the forms of sites in metres; lines and points have no inner form."""
    return SiteForms(sites, grown(sites, -error_m), grown(sites, error_m), error_m)


def grown(geometries: Geometries, by_m: float) -> Geometries:
    """Return geometries that reach further on all sides, or less far, by at least *by_m*."""
    found: Geometries = shapely.buffer(geometries, by_m * AROUND, quad_segs=QUADRANT)
    return found


def bounds_of(forms: SiteForms, ground: Geometries, sizes: Floats) -> Bounds:
    """Return what each site shares with the ground beside it.

    ground: what lies around each site, of one feature or of several. sizes: of the feature as a
    whole, m² or m; infinite for several.
    """
    with np.errstate(invalid="ignore"):  # GEOS 3.11 may leave this flag of the processor behind
        return _bounds(forms, ground, sizes)


def _bounds(forms: SiteForms, ground: Geometries, sizes: Floats) -> Bounds:
    site, feature = shapely.get_dimensions(forms.sites), shapely.get_dimensions(ground)
    area, length = _areas(forms, ground, site), _lengths(forms, ground, site, feature)
    of_site = _shares_of_sites(forms, ground, site, length)
    present = np.select(
        [site == 2, site == 1],
        [shapely.intersects(forms.inner, ground) | (of_site.low > 0), length.low > 0],
        of_site.low > 0,
    )
    return {
        AREA: area,
        LENGTH: length,
        OF_SITE: of_site,
        OF_FEATURE: _shares_of_features(forms, ground, sizes),
        PRESENT: Interval(present.astype(np.float64), np.ones(len(site))),
    }


def _areas(forms: SiteForms, ground: Geometries, site: NDArray[np.int32]) -> Interval:
    areal = site == 2
    low, high = (
        np.where(areal, shapely.area(shapely.intersection(form, ground)), 0.0)
        for form in (forms.inner, forms.outer)
    )
    return Interval(low, high)


def _lengths(
    forms: SiteForms, ground: Geometries, site: NDArray[np.int32], feature: NDArray[np.int32]
) -> Interval:
    """Return the lengths that are shared: of lines in sites, or of sites that are lines."""
    low, high = np.zeros(len(site)), np.zeros(len(site))
    lines = np.flatnonzero((site == 2) & (feature == 1))
    for values, form in ((low, forms.inner), (high, forms.outer)):
        values[lines] = shapely.length(shapely.intersection(form[lines], ground[lines]))
    roads = np.flatnonzero((site == 1) & (feature >= 1))
    road, there = forms.sites[roads], ground[roads]
    high[roads] = shapely.length(shapely.intersection(road, grown(there, forms.error_m)))
    beside = grown(shapely.difference(forms.outer[roads], there), forms.error_m)
    sure = shapely.length(road) - shapely.length(shapely.intersection(road, beside))
    low[roads] = np.where(feature[roads] == 2, sure, 0.0)
    return Interval(low, high)


def _shares_of_sites(
    forms: SiteForms, ground: Geometries, site: NDArray[np.int32], length: Interval
) -> Interval:
    whole, sure, most = _covered(forms, ground)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.select(
            [site == 2, site == 1],
            [sure / whole, length.low / shapely.length(forms.sites)],
            shapely.covers(ground, forms.outer).astype(np.float64),
        )
        high = np.select(
            [site == 2, site == 1], [most / whole, length.high / shapely.length(forms.sites)], 1.0
        )
    return Interval(_percent(low), _percent(high))


def _covered(forms: SiteForms, ground: Geometries) -> tuple[Floats, Floats, Floats]:
    """Return the areas of sites, and what of them the ground covers at least and at most.

    Either what inner and outer form share with the ground tells it, or what they do not.
    """
    whole = shapely.area(forms.sites)
    low, high = (shapely.area(shapely.intersection(f, ground)) for f in (forms.inner, forms.outer))
    bare_low, bare_high = (
        shapely.area(shapely.difference(form, ground)) for form in (forms.inner, forms.outer)
    )
    return whole, np.maximum(low, whole - bare_high), np.minimum(high, whole - bare_low)


def _shares_of_features(forms: SiteForms, ground: Geometries, sizes: Floats) -> Interval:
    """Return how much of each feature lies in the site; a point is in it or is not."""
    dimension = shapely.get_dimensions(ground)
    here = _size(ground, dimension)
    inside, within = (
        _size(shapely.intersection(form, ground), dimension) for form in (forms.inner, forms.outer)
    )
    outside, beyond = (
        _size(shapely.difference(ground, form), dimension) for form in (forms.inner, forms.outer)
    )
    is_whole = here >= NEARLY_ALL * sizes
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(is_whole, 1.0 - outside / here, inside / sizes)
        high = np.where(is_whole, 1.0 - beyond / here, within / sizes)
    point = dimension == 0
    met = shapely.intersects(forms.inner, ground).astype(np.float64)
    return Interval(_percent(np.where(point, met, low)), _percent(np.where(point, 1.0, high)))


def _size(geometries: Geometries, dimension: NDArray[np.int32]) -> Floats:
    return np.where(dimension == 2, shapely.area(geometries), shapely.length(geometries))


def _percent(shares: Floats) -> Floats:
    return 100.0 * np.clip(np.nan_to_num(shares), 0.0, 1.0)
