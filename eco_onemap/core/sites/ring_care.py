# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings of one site: spikes, order of rings, holes outside, crossings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import plane_areas_m2
from eco_onemap.core.geometry.repair import made_valid
from eco_onemap.core.sites.care_log import CareEntry, CareKind
from eco_onemap.core.table import Geometries

SPIKE_M = 0.001
"""Edges closer than this along their whole length are one line in the field."""

TINY_PART_M2 = 1.0
TINY_SHARE = 0.001
"""A part below both is dust of digitising."""

_PLACE = re.compile(r"\[(\S+) (\S+)\]")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """Metres of a unit east and north at each of n sites, shape (n,)."""

    east: Floats
    north: Floats

    @property
    def area(self) -> Floats:
        """Square metres of a square unit."""
        return self.east * self.north

    def at(self, site: int) -> Floats:
        """Return metres of a unit east and north at one site, shape (2,)."""
        return np.array([self.east[site], self.north[site]])


@dataclass(frozen=True)
class RingRuns:
    """All points of all rings and lines, one after another.

    xy: shape (k, 2). ring: shape (k,), running number of the ring of each point.
    site: shape (rings,), the site of each ring. number: shape (rings,), from 1 within the site.
    closed: shape (rings,), whether it is a ring and no line.
    """

    xy: Floats
    ring: NDArray[np.intp]
    site: NDArray[np.intp]
    number: NDArray[np.intp]
    closed: NDArray[np.bool_]

    def places(
        self, points: NDArray[np.intp], kind: CareKind
    ) -> list[tuple[int, CareKind, int, int]]:
        """Return site, kind, ring and point number of points."""
        ring = self.ring[points]
        within = points - np.searchsorted(self.ring, ring) + 1
        columns = (self.site[ring].tolist(), self.number[ring].tolist(), within.tolist())
        return [(site, kind, number, point) for site, number, point in zip(*columns, strict=True)]


def ring_runs(geometries: Geometries) -> RingRuns:
    """Return the points of all rings and lines of the geometries."""
    parts, owner = np.asarray(geometries, dtype=object), np.arange(len(geometries))
    while (shapely.get_type_id(parts) >= 4).any():
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    kinds = shapely.get_type_id(parts)
    areal = np.flatnonzero(kinds == 3)
    rings, polygon = shapely.get_rings(parts[areal], return_index=True)
    lines = np.flatnonzero((kinds == 1) | (kinds == 2))
    place = np.r_[areal[polygon], lines]
    order = np.argsort(place, kind="stable")
    every = np.r_[rings, parts[lines]][order]
    site = owner[place[order]]
    xy, ring = shapely.get_coordinates(every, return_index=True)
    number = np.arange(len(site)) - np.searchsorted(site, site) + 1
    return RingRuns(xy, ring, site, number, shapely.get_type_id(every) == 2)


def find_spikes(runs: RingRuns, scale: Scale) -> NDArray[np.intp]:
    """Return the numbers of the sites in whose rings a point sticks out as a spike."""
    xy = runs.xy * np.column_stack([scale.east, scale.north])[runs.site[runs.ring]]
    size = np.bincount(runs.ring, minlength=len(runs.site))
    start = np.searchsorted(runs.ring, np.arange(len(runs.site)))
    before = np.arange(len(xy)) - 1
    after = np.arange(len(xy)) + 1
    # the last point of a ring is its first one: the neighbour before the first is the last but one
    before[start] = start + np.maximum(size - 2, 0)
    inside = runs.closed[runs.ring] & (size[runs.ring] > 3)
    inside[start + size - 1] = False
    middle = np.flatnonzero(inside)
    spiky = _folded(xy[before[middle]], xy[middle], xy[after[middle]])
    found: NDArray[np.intp] = np.unique(runs.site[runs.ring[middle[spiky]]])
    return found


def _folded(before: Floats, point: Floats, after: Floats) -> NDArray[np.bool_]:
    """Return where the way to a point and the way on run back within :data:`SPIKE_M`."""
    u, v = before - point, after - point
    dot = (u * v).sum(axis=1)
    cross = np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])
    longer = np.maximum(np.hypot(*u.T), np.hypot(*v.T))
    shorter = np.minimum(np.hypot(*u.T), np.hypot(*v.T))
    folded: NDArray[np.bool_] = (dot > 0) & (cross <= SPIKE_M * longer) & (shorter > SPIKE_M)
    return folded


def mend_site(
    site: int, geometry: shapely.Geometry, metres: Floats
) -> tuple[shapely.Geometry, list[CareEntry]]:
    """Return one site's geometry without faults, and what was done; empty if nothing is left."""
    if shapely.get_dimensions(geometry) != 2:
        return _mended_lines(site, geometry)
    log: list[CareEntry] = []
    polygons = [
        polygon
        for number, part in _numbered_parts(geometry)
        for polygon in _without_ring_faults(site, part, number, metres, log)
    ]
    if not polygons:
        return shapely.Polygon(), log
    joined = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
    if not joined.is_valid:
        log.append(_crossing(site, joined))
        joined = made_valid(joined)
    return _without_tiny_parts(site, joined, metres, log), log


def _mended_lines(
    site: int, geometry: shapely.Geometry
) -> tuple[shapely.Geometry, list[CareEntry]]:
    """Return lines without those that have no length."""
    x, y = shapely.get_coordinates(geometry)[0].tolist()
    mended = made_valid(geometry)
    return mended, [CareEntry(site, CareKind.COLLAPSED, 1, 1, x, y)]


def _numbered_parts(geometry: shapely.Geometry) -> Iterator[tuple[int, shapely.Polygon]]:
    """Yield the polygons of a site, each with the number of its first ring."""
    number = 1
    parts = np.array([geometry], dtype=object)
    while (shapely.get_type_id(parts) >= 4).any():
        parts = shapely.get_parts(parts)
    for part in parts:
        if shapely.get_type_id(part) == 3 and not part.is_empty:
            yield number, part
            number += 1 + len(part.interiors)


def _without_ring_faults(
    site: int, polygon: shapely.Polygon, number: int, metres: Floats, log: list[CareEntry]
) -> list[shapely.Polygon]:
    """Return the polygons that the rings of one polygon make; *number*: of its first ring."""
    rings = []
    for place, ring in enumerate((polygon.exterior, *polygon.interiors)):
        points = _without_spikes(site, number + place, np.asarray(ring.coords), metres, log)
        if len(points) < 4:
            x, y = ring.coords[0]
            log.append(CareEntry(site, CareKind.COLLAPSED, number + place, 1, x, y))
        else:
            rings.append((number + place, points))
    if not rings:
        return []
    return _nested(site, rings, log)


def _without_spikes(
    site: int, ring: int, points: Floats, metres: Floats, log: list[CareEntry]
) -> Floats:
    """Return a closed ring without spikes and without the repeats that they leave."""
    kept, numbers = points[:-1], np.arange(1, len(points))
    while len(kept) > 2:
        scaled = kept * metres
        spiky = _folded(np.roll(scaled, 1, axis=0), scaled, np.roll(scaled, -1, axis=0))
        if not spiky.any():
            break
        at = int(np.argmax(spiky))
        log.append(CareEntry(site, CareKind.SPIKE, ring, int(numbers[at]), *kept[at].tolist()))
        kept, numbers = np.delete(kept, at, axis=0), np.delete(numbers, at)
        double = (kept == np.roll(kept, 1, axis=0)).all(axis=1)
        if double.any() and len(kept) > 1:
            at = int(np.argmax(double))
            kept, numbers = np.delete(kept, at, axis=0), np.delete(numbers, at)
    return np.vstack([kept, kept[:1]])


def _nested(
    site: int, rings: list[tuple[int, Floats]], log: list[CareEntry]
) -> list[shapely.Polygon]:
    """Return the polygons of an outline and its holes, wherever the holes really lie."""
    discs = [shapely.Polygon(points) for _, points in rings]
    if not all(disc.is_valid for disc in discs) or len(discs) == 1:
        return [shapely.Polygon(rings[0][1], [points for _, points in rings[1:]])]
    around = [at for at in range(1, len(discs)) if discs[at].contains(discs[0])]
    if around:
        at = max(around, key=lambda place: discs[place].area)
        log.append(_at_ring(site, CareKind.RING_ORDER, rings[at]))
        rings = [rings[at], *rings[:at], *rings[at + 1 :]]
        discs = [discs[at], *discs[:at], *discs[at + 1 :]]
    beside = [at for at in range(1, len(discs)) if not _share_ground(discs[0], discs[at])]
    log.extend(_at_ring(site, CareKind.HOLE_OUTSIDE, rings[at]) for at in beside)
    holes = [points for at, (_, points) in enumerate(rings) if at and at not in beside]
    return [shapely.Polygon(rings[0][1], holes), *(discs[at] for at in beside)]


def _share_ground(outline: shapely.Polygon, hole: shapely.Polygon) -> bool:
    return bool(shapely.relate_pattern(outline, hole, "T********"))


def _at_ring(site: int, kind: CareKind, ring: tuple[int, Floats]) -> CareEntry:
    number, points = ring
    return CareEntry(site, kind, number, 1, *points[0].tolist())


def _crossing(site: int, geometry: shapely.Geometry) -> CareEntry:
    """Return where a geometry crosses itself: the edge nearest to GEOS' place."""
    reason = shapely.is_valid_reason(geometry)
    found = _PLACE.search(reason)
    runs = ring_runs(np.array([geometry], dtype=object))
    place = np.array([float(found[1]), float(found[2])]) if found else runs.xy[0]
    inside = np.flatnonzero(runs.ring[1:] == runs.ring[:-1])
    edges = shapely.linestrings(np.stack([runs.xy[inside], runs.xy[inside + 1]], axis=1))
    nearest = inside[[int(np.argmin(shapely.distance(edges, shapely.Point(place))))]]
    ((_, kind, ring, point),) = runs.places(nearest, CareKind.CROSSING)
    x, y = place.tolist()
    return CareEntry(site, kind, ring, point, x, y, reason.split("[")[0])


def _without_tiny_parts(
    site: int, geometry: shapely.Geometry, metres: Floats, log: list[CareEntry]
) -> shapely.Geometry:
    """Return a site without parts below 1 m² and a thousandth of it; its largest part stays."""
    parts = shapely.get_parts(geometry)
    areas = plane_areas_m2(parts) * metres.prod()
    tiny = (areas < TINY_PART_M2) & (areas < TINY_SHARE * areas.sum())
    if not tiny.any():
        return geometry
    for part, area in zip(parts[tiny], areas[tiny], strict=True):
        x, y = part.exterior.coords[0]
        log.append(CareEntry(site, CareKind.TINY_PART, 0, 0, x, y, f"{area:.4f} m²"))
    kept = parts[~tiny]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(list(kept))
