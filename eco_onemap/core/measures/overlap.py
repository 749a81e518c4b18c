# SPDX-License-Identifier: GPL-2.0-or-later
"""Where sites and the features of a layer meet, and how much of each they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import is_

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import areas_m2, lengths_m, line_parts
from eco_onemap.core.geometry.merging import merge_groups
from eco_onemap.core.geometry.vertices import ragged_places
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.measures.site_sizes import plane_areas_in
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

SINGLE = int(shapely.GeometryType.POLYGON)
"""The numbers of the types with one part: point, line, ring and polygon."""

SNAP_DEG = 1e-11
"""A micrometre: far above the rounding of degrees, far below a millimetre."""


@dataclass(frozen=True)
class Overlaps:
    """Pairs of a site and a feature that meet, sorted by site, then feature.

    site, feature: shape (k,), numbers in the SiteSet and the layer.
    area_m2, length_m: shape (k,), size of the shared polygon and line parts on the ellipsoid.
    parts: shape (p,), what sites share with pieces of features, CGCS2000 longitude and latitude;
    starts: shape (k,), where the parts of each pair begin. whole: shape (k,), which pairs are known
    to share all of the site, their one part the site itself; ``None`` where nobody looked.
    """

    site: Indices
    feature: Indices
    area_m2: Floats
    length_m: Floats
    parts: Geometries
    starts: Indices
    whole: Flags | None = None

    def __len__(self) -> int:
        return len(self.site)

    @cached_property
    def geometries(self) -> Geometries:
        """The shared geometry of each pair, shape (k,)."""
        return merge_groups(self.parts, self.starts)


@dataclass(frozen=True)
class Dissolved:
    """What each site shares with the whole layer, doubly covered ground counted once.

    area_m2, length_m: shape (n,), 0 where site and layer do not meet; met: shape (n,), whether
    they do. united: site to the union of what it shares, where features may lie on each other.
    """

    area_m2: Floats
    length_m: Floats
    met: NDArray[np.bool_]
    united: Mapping[int, shapely.Geometry]


def find_overlaps(sites: Geometries, layer: CompiledLayer) -> Overlaps:
    """Return all pairs of sites and features that share at least a point.

    sites: shape (n,), CGCS2000 longitude and latitude, ``None`` allowed.
    """
    site, piece = layer.tree.query(sites, predicate="intersects")
    order = np.argsort(site * len(layer.pieces) + layer.piece_ranks[piece], kind="stable")
    site, piece = site[order], piece[order]
    shared = shared_geometries(sites, layer.pieces, site, piece, layer.borders)
    feature = layer.owners[piece]
    starts = _group_starts(site, feature)
    lengths = _line_lengths(shared, _count_lines(sites, layer, site, piece))
    return Overlaps(
        site=site[starts],
        feature=feature[starts],
        area_m2=_sums(areas_m2(shared), starts),
        length_m=_once(lengths, starts, shared, _may_lie_double(lengths, shared, layer, piece)),
        parts=shared,
        starts=starts,
        whole=_are_same(shared[starts], sites[site[starts]]),
    )


def _may_lie_double(
    lengths: Floats, parts: Geometries, layer: CompiledLayer, piece: Indices
) -> Flags:
    """Return which lines may lie on lines of other pieces.

    A cut through a polygon belongs to both its sides, and follows a meridian or a parallel.
    """
    double = (lengths > 0) & shapely.is_missing(layer.borders[piece])
    asked = np.flatnonzero((lengths > 0) & ~double)
    lines, part = line_parts(parts[asked])
    vertices, line = shapely.get_coordinates(lines, return_index=True)
    straight = (np.abs(np.diff(vertices, axis=0)) <= SNAP_DEG).any(axis=1)
    along = straight & (line[1:] == line[:-1])
    double[asked[part[line[1:][along]]]] = True
    return double


def _are_same(some: Geometries, others: Geometries) -> Flags:
    """Return where two arrays hold the same object."""
    return np.fromiter(map(is_, some, others), dtype=bool, count=len(some))


def shared_geometries(
    sites: Geometries, pieces: Geometries, site: Indices, piece: Indices, borders: Geometries
) -> Geometries:
    """Return the intersection of each pair that meets, computed only where borders cross.

    borders: of the pieces, ``None`` for lines and points. Only sites are prepared: they belong to
    one thread, pieces to all.
    """
    met, parts = sites[site], pieces[piece]
    shapely.prepare(met)
    inner, outer = shapely.bounds(met), shapely.bounds(parts)
    inside = _lie_inside(met, borders[piece], _box_covers(outer, inner))
    swallowed = _covers(met, parts, ~inside & _box_covers(inner, outer))
    shared = np.where(inside, met, parts)
    crossing = ~(inside | swallowed)
    with np.errstate(invalid="ignore"):  # GEOS 3.11 may leave this flag of the processor behind
        shared[crossing] = shapely.intersection(met[crossing], parts[crossing])
    return shared


def _lie_inside(
    met: Geometries, borders: Geometries, possible: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which sites of one part, meeting a polygon, lie in it: they do not meet its border."""
    asked = np.flatnonzero(
        possible & ~shapely.is_missing(borders) & (shapely.get_type_id(met) <= SINGLE)
    )
    inside = np.zeros(len(met), dtype=bool)
    inside[asked] = ~shapely.intersects(met[asked], borders[asked])
    return inside


def _box_covers(outer: Floats, inner: Floats) -> NDArray[np.bool_]:
    """Return where one rectangle covers the other, without which no geometry in them can."""
    covered: NDArray[np.bool_] = (
        (outer[:, 0] <= inner[:, 0])
        & (outer[:, 1] <= inner[:, 1])
        & (outer[:, 2] >= inner[:, 2])
        & (outer[:, 3] >= inner[:, 3])
    )
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


def _line_lengths(shared: Geometries, counted: NDArray[np.bool_]) -> Floats:
    """Return the lengths of the lines in shared geometries, 0 where they are not counted."""
    lengths = np.zeros(len(shared))
    has_lines = counted & np.isin(shapely.get_type_id(shared), (1, 2, 5, 7))
    lengths[has_lines] = lengths_m(shared[has_lines])
    return lengths


def _lengths_once(merged: Geometries) -> Floats:
    """Return the lengths of lines, those that lie on each other but for rounding counted once."""
    once = shapely.union_all(merged[:, None], grid_size=SNAP_DEG, axis=1)
    return _line_lengths(once, np.ones(len(once), dtype=bool))


def _group_starts(site: Indices, feature: Indices) -> Indices:
    """Return where a new pair of site and feature begins in sorted arrays."""
    if not len(site):
        return np.zeros(0, dtype=np.intp)
    changes = (np.diff(site) != 0) | (np.diff(feature) != 0)
    return np.flatnonzero(np.r_[True, changes])


def _sums(values: Floats, starts: Indices) -> Floats:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)


def dissolve(
    overlaps: Overlaps, count: int, overlapping: NDArray[np.bool_] | None = None
) -> Dissolved:
    """Return the overlaps of each of *count* sites with the layer as a whole.

    Where several features share ground inside a site, it is counted once. A site that lies in one
    of them is its own union.
    overlapping: shape of the layer, which features may share ground; by default any.
    """
    area = sum_by(overlaps.site, overlaps.area_m2, count)
    length = sum_by(overlaps.site, overlaps.length_m, count)
    met = np.zeros(count, dtype=bool)
    met[overlaps.site] = True
    rows = _to_unite(overlaps, _doubtful_rows(overlaps, count, overlapping))
    if not len(rows):
        return Dissolved(area, length, met, {})
    starts = _group_starts(overlaps.site[rows], overlaps.site[rows])
    sites = overlaps.site[rows][starts]
    merged = merge_groups(overlaps.geometries[rows], starts)
    for sums, measure in ((area, areas_m2), (length, _lengths_once)):
        some = sums[sites] > 0
        sums[sites[some]] = np.minimum(sums[sites[some]], measure(merged[some]))
    return Dissolved(area, length, met, dict(zip(sites.tolist(), merged.tolist(), strict=True)))


def _doubtful_rows(
    overlaps: Overlaps, count: int, overlapping: NDArray[np.bool_] | None
) -> Indices:
    """Return all pairs of the sites at which two features may share ground."""
    flagged = overlaps.site if overlapping is None else overlaps.site[overlapping[overlaps.feature]]
    several = np.bincount(flagged, minlength=count) > 1
    return np.flatnonzero(several[overlaps.site])


def _to_unite(overlaps: Overlaps, rows: Indices) -> Indices:
    """Return the rows that make up the union: of sites that lie in a feature only that one."""
    if overlaps.whole is None or not overlaps.whole[rows].any():
        return rows
    site, whole = overlaps.site[rows], overlaps.whole[rows]
    _, first = np.unique(site[whole], return_index=True)
    kept = ~np.isin(site, site[whole])
    kept[np.flatnonzero(whole)[first]] = True
    return rows[kept]


def plane_overlaps(overlaps: Overlaps, whole: Dissolved, crs: NDArray[np.object_]) -> Floats:
    """Return the plane area in m² that each site shares with the layer, each in its own CRS."""
    count = len(whole.met)
    united = np.zeros(count, dtype=bool)
    united[list(whole.united)] = True
    alone = ~united[overlaps.site]
    site = overlaps.site[alone]
    areas = sum_by(site, plane_areas_in(overlaps.geometries[alone], crs[site]), count)
    merged: Geometries = np.full(count, None, dtype=object)
    merged[list(whole.united)] = list(whole.united.values())
    areas[united] = plane_areas_in(merged[united], crs[united])
    return areas


def _once(lengths: Floats, starts: Indices, parts: Geometries, double: Flags) -> Floats:
    """Return the sums of the groups, measured anew where parts may lie on each other.

    double: shape (p,), which parts may.
    """
    sums = _sums(lengths, starts)
    counts = np.diff(np.r_[starts, len(lengths)])
    again = np.flatnonzero((counts > 1) & (_sums(double.astype(np.float64), starts) > 0))
    if len(again):
        chosen = counts[again]
        of_group = ragged_places(starts[again], chosen)
        merged = merge_groups(parts[of_group], np.cumsum(chosen) - chosen)
        sums[again] = np.minimum(sums[again], _lengths_once(merged))
    return sums
