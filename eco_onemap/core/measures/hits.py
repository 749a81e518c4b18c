# SPDX-License-Identifier: GPL-2.0-or-later
"""Sorts overlaps into real ones, narrow ones, slivers and touches, and names their relation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import bearings_deg, perimeters_m
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.measures.nearest import Neighbours
from eco_onemap.core.measures.overlap import Overlaps
from eco_onemap.core.measures.site_sizes import SiteSizes
from eco_onemap.core.options import Tolerances
from eco_onemap.core.table import Geometries
from eco_onemap.core.vocabulary import HitKind

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

WHOLE = 1.0 - 1e-9

END_DEG = 1e-8
"""A millimetre: nearer to an end, a line ends on another rather than crosses it."""


@dataclass(frozen=True)
class Hits:
    """Pairs of a site and a feature that meet, each array of shape (k,), sorted by both.

    share_of_site, share_of_feature: 0 to 1, by area, length, or 1 for points.
    distance_m: 0, or the gap of a feature that lies within the touch tolerance.
    geometries: the shared geometry, ``None`` across a gap.
    """

    site: Indices
    feature: Indices
    relation: NDArray[np.object_]
    kind: NDArray[np.object_]
    area_m2: Floats
    length_m: Floats
    share_of_site: Floats
    share_of_feature: Floats
    distance_m: Floats
    bearing_deg: Floats
    geometries: Geometries

    def __len__(self) -> int:
        return len(self.site)


def sort_hits(
    sites: Geometries,
    sizes: SiteSizes,
    layer: CompiledLayer,
    overlaps: Overlaps,
    touching: Neighbours,
    tolerances: Tolerances,
) -> Hits:
    """Return the overlaps, and features that lie within the touch tolerance, as hits."""
    pairs = _with_gaps(overlaps, touching)
    shared = _shared_dimensions(sites, sizes, layer, pairs.overlaps)
    kind = _kinds(pairs.overlaps, shared, tolerances)
    met = ~shapely.is_missing(pairs.overlaps.geometries)
    of_site = sizes.take(pairs.overlaps.site).shares(
        pairs.overlaps.area_m2, pairs.overlaps.length_m, met
    )
    of_feature = _feature_shares(layer, pairs.overlaps, met)
    kind = _whole_is_real(kind, of_site, of_feature)
    return Hits(
        site=pairs.overlaps.site,
        feature=pairs.overlaps.feature,
        relation=_relations(kind, of_site, of_feature, shared),
        kind=kind,
        area_m2=pairs.overlaps.area_m2,
        length_m=pairs.overlaps.length_m,
        share_of_site=of_site,
        share_of_feature=of_feature,
        distance_m=pairs.distance_m,
        bearing_deg=_bearings(sites, pairs.overlaps),
        geometries=pairs.overlaps.geometries,
    )


@dataclass(frozen=True)
class _Pairs:
    overlaps: Overlaps
    distance_m: Floats


def _shared_dimensions(
    sites: Geometries, sizes: SiteSizes, layer: CompiledLayer, overlaps: Overlaps
) -> NDArray[np.int32]:
    """Return the dimension in which each pair overlaps: the smaller of both.

    Lines that cross share a point; one that only ends on the other does not cross it.
    """
    site, feature = sizes.dimensions[overlaps.site], layer.dimensions[overlaps.feature]
    shared: NDArray[np.int32] = np.minimum(site, feature)
    meeting = np.flatnonzero(
        (site == 1) & (feature == 1) & (shapely.get_dimensions(overlaps.geometries) == 0)
    )
    ends = shapely.boundary(sites[overlaps.site[meeting]])
    inside = shapely.distance(overlaps.geometries[meeting], ends) > END_DEG
    shared[meeting[inside | shapely.is_empty(ends)]] = 0
    return shared


def _with_gaps(overlaps: Overlaps, touching: Neighbours) -> _Pairs:
    """Return overlaps and touches across a gap in one order."""
    stride = 1 + max(overlaps.feature.max(initial=0), touching.feature.max(initial=0))
    known = overlaps.site * stride + overlaps.feature
    gap = ~np.isin(touching.site * stride + touching.feature, known)
    added = int(gap.sum())
    site = np.r_[overlaps.site, touching.site[gap]]
    feature = np.r_[overlaps.feature, touching.feature[gap]]
    order = np.lexsort((feature, site))
    nothing = np.full(added, None, dtype=object)
    return _Pairs(
        Overlaps(
            site=site[order],
            feature=feature[order],
            area_m2=np.r_[overlaps.area_m2, np.zeros(added)][order],
            length_m=np.r_[overlaps.length_m, np.zeros(added)][order],
            parts=np.concatenate((overlaps.geometries, nothing))[order],
            starts=np.arange(len(site)),
        ),
        np.r_[np.zeros(len(overlaps)), touching.distance_m[gap]][order],
    )


def _kinds(
    overlaps: Overlaps, shared: NDArray[np.int32], tolerances: Tolerances
) -> NDArray[np.object_]:
    """Return the kind of each overlap by area and width, by length, or by mere presence."""
    perimeter = perimeters_m(overlaps.geometries)
    with np.errstate(divide="ignore", invalid="ignore"):
        width = np.nan_to_num(2.0 * overlaps.area_m2 / perimeter)
    polygon, line = shared == 2, shared == 1
    present = ~shapely.is_missing(overlaps.geometries)
    touch = np.select(
        [polygon, line],
        [width <= tolerances.touch_m, overlaps.length_m <= tolerances.touch_m],
        ~present,
    )
    sliver = np.select(
        [polygon, line],
        [
            (width < tolerances.sliver_m) | (overlaps.area_m2 < tolerances.sliver_m2),
            overlaps.length_m < tolerances.sliver_m,
        ],
        False,
    )
    narrow = np.select(
        [polygon, line],
        [width < tolerances.narrow_m, overlaps.length_m < tolerances.narrow_m],
        False,
    )
    kinds = [HitKind.TOUCH.value, HitKind.SLIVER.value, HitKind.NARROW.value]
    return np.select([touch, sliver, narrow], kinds, HitKind.REAL.value).astype(object)


def _whole_is_real(
    kind: NDArray[np.object_], of_site: Floats, of_feature: Floats
) -> NDArray[np.object_]:
    """Return the kinds; what is a site or a feature as a whole is no sliver, however small."""
    whole = (of_site >= WHOLE) | (of_feature >= WHOLE)
    return np.where(whole & (kind == HitKind.SLIVER.value), HitKind.REAL.value, kind)


def _feature_shares(layer: CompiledLayer, overlaps: Overlaps, met: NDArray[np.bool_]) -> Floats:
    dimension = layer.dimensions[overlaps.feature]
    with np.errstate(divide="ignore", invalid="ignore"):
        by_area = overlaps.area_m2 / layer.areas_m2[overlaps.feature]
        by_length = overlaps.length_m / layer.lengths_m[overlaps.feature]
    share = np.select([dimension == 2, dimension == 1], [by_area, by_length], met.astype(float))
    return np.minimum(np.nan_to_num(share), 1.0)


def _relations(
    kind: NDArray[np.object_], of_site: Floats, of_feature: Floats, shared: NDArray[np.int32]
) -> NDArray[np.object_]:
    """Return how each site lies to the feature, as the OGC relations name it."""
    otherwise = np.where(shared == 2, "overlaps", "crosses")
    conditions = [kind == HitKind.TOUCH.value, of_site >= WHOLE, of_feature >= WHOLE]
    return np.select(conditions, ["touches", "within", "contains"], otherwise).astype(object)


def _bearings(sites: Geometries, overlaps: Overlaps) -> Floats:
    """Return the azimuth from the middle of each site to the middle of the overlap."""
    bearings = np.full(len(overlaps), np.nan)
    start = shapely.get_coordinates(shapely.centroid(sites[overlaps.site]))
    met = ~shapely.is_missing(overlaps.geometries)
    end = shapely.get_coordinates(shapely.centroid(overlaps.geometries[met]))
    apart = np.hypot(*(end - start[met]).T) > 1e-9
    rows = np.flatnonzero(met)[apart]
    bearings[rows] = bearings_deg(start[rows], end[apart])
    return bearings
