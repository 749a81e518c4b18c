# SPDX-License-Identifier: GPL-2.0-or-later
"""Where sites and the features of a layer meet, and how much of each they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.compiled import CompiledLayer
from eco_onemap.core.geodesy import areas_m2, lengths_m
from eco_onemap.core.merging import merge_groups
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

SNAP_DEG = 1e-11
"""A micrometre: far above the rounding of degrees, far below a millimetre."""


@dataclass(frozen=True)
class Overlaps:
    """Pairs of a site and a feature that meet, sorted by site, then feature.

    site, feature: shape (k,), numbers in the SiteSet and the layer.
    area_m2, length_m: shape (k,), size of the shared polygon and line parts on the ellipsoid.
    geometries: shape (k,), the shared geometry in CGCS2000 longitude and latitude.
    """

    site: Indices
    feature: Indices
    area_m2: Floats
    length_m: Floats
    geometries: Geometries

    def __len__(self) -> int:
        return len(self.site)


@dataclass(frozen=True)
class Dissolved:
    """What each site shares with the whole layer, doubly covered ground counted once.

    area_m2, length_m: shape (n,), 0 where site and layer do not meet.
    geometries: shape (n,), ``None`` where they do not meet.
    """

    area_m2: Floats
    length_m: Floats
    geometries: Geometries


def find_overlaps(sites: Geometries, layer: CompiledLayer) -> Overlaps:
    """Return all pairs of sites and features that share at least a point.

    sites: shape (n,), CGCS2000 longitude and latitude, ``None`` allowed.
    """
    site, piece = layer.tree.query(sites, predicate="intersects")
    order = np.lexsort((piece, layer.owners[piece], site))
    site, piece = site[order], piece[order]
    shared = shared_geometries(sites, layer.pieces, site, piece)
    feature = layer.owners[piece]
    starts = _group_starts(site, feature)
    merged = merge_groups(shared, starts)
    lengths = _line_lengths(shared) * _count_lines(sites, layer, site, piece)
    return Overlaps(
        site=site[starts],
        feature=feature[starts],
        area_m2=_sums(areas_m2(shared), starts),
        length_m=_dissolved_sums(lengths, starts, merged, _lengths_once),  # cuts belong to both
        geometries=merged,
    )


def shared_geometries(
    sites: Geometries, pieces: Geometries, site: Indices, piece: Indices
) -> Geometries:
    """Return the intersection of each pair, computed only where neither covers the other.

    Only sites are prepared: they belong to one thread, pieces to all.
    """
    met, parts = sites[site], pieces[piece]
    shapely.prepare(met)
    inner, outer = shapely.bounds(met), shapely.bounds(parts)
    inside = _covers(parts, met, _box_covers(outer, inner))
    swallowed = _covers(met, parts, ~inside & _box_covers(inner, outer))
    shared = np.where(inside, met, parts)
    crossing = ~(inside | swallowed)
    with np.errstate(invalid="ignore"):  # GEOS 3.11 may leave this flag of the processor behind
        shared[crossing] = shapely.intersection(met[crossing], parts[crossing])
    return shared


def _box_covers(outer: Floats, inner: Floats) -> NDArray[np.bool_]:
    """Return where one rectangle covers the other, without which no geometry in them can."""
    covered: NDArray[np.bool_] = (outer[:, :2] <= inner[:, :2]).all(axis=1) & (
        outer[:, 2:] >= inner[:, 2:]
    ).all(axis=1)
    return covered


def _covers(outer: Geometries, inner: Geometries, possible: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where the outer geometry covers the inner one, asked only where it is possible."""
    covered = np.zeros(len(outer), dtype=bool)
    covered[possible] = shapely.covers(outer[possible], inner[possible])
    return covered


def _count_lines(
    sites: Geometries, layer: CompiledLayer, site: Indices, piece: Indices
) -> NDArray[np.bool_]:
    """Return where shared lines are an overlap, not the common border of two polygons."""
    either: NDArray[np.bool_] = (shapely.get_dimensions(sites[site]) < 2) | (
        layer.dimensions[layer.owners[piece]] < 2
    )
    return either


def _line_lengths(shared: Geometries) -> Floats:
    lengths = np.zeros(len(shared))
    has_lines = np.isin(shapely.get_type_id(shared), (1, 2, 5, 7))
    lengths[has_lines] = lengths_m(shared[has_lines])
    return lengths


def _lengths_once(merged: Geometries) -> Floats:
    """Return the lengths of lines, those that lie on each other but for rounding counted once."""
    return _line_lengths(shapely.union_all(merged[:, None], grid_size=SNAP_DEG, axis=1))


def _group_starts(site: Indices, feature: Indices) -> Indices:
    """Return where a new pair of site and feature begins in sorted arrays."""
    if not len(site):
        return np.zeros(0, dtype=np.intp)
    changes = (np.diff(site) != 0) | (np.diff(feature) != 0)
    return np.flatnonzero(np.r_[True, changes])


def _sums(values: Floats, starts: Indices) -> Floats:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)


def dissolve(overlaps: Overlaps, count: int) -> Dissolved:
    """Return the overlaps of each of *count* sites with the layer as a whole.

    Where several features share ground inside a site, it is counted once.
    """
    geometries: Geometries = np.full(count, None, dtype=object)
    starts = _group_starts(overlaps.site, overlaps.site)
    sites = overlaps.site[starts]
    merged = merge_groups(overlaps.geometries, starts)
    geometries[sites] = merged
    area, length = np.zeros(count), np.zeros(count)
    area[sites] = _dissolved_sums(overlaps.area_m2, starts, merged, areas_m2)
    length[sites] = _dissolved_sums(overlaps.length_m, starts, merged, _lengths_once)
    return Dissolved(area, length, geometries)


def _dissolved_sums(
    values: Floats,
    starts: Indices,
    merged: Geometries,
    measure: Callable[[Geometries], Floats],
) -> Floats:
    """Return the sums of the groups, measured anew where parts may lie on each other."""
    sums = _sums(values, starts)
    several = np.diff(np.r_[starts, len(values)]) > 1
    again = several & (sums > 0)
    sums[again] = np.minimum(sums[again], measure(merged[again]))
    return sums
