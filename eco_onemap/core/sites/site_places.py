# SPDX-License-Identifier: GPL-2.0-or-later
"""Where sites lie: in China, in the catalogue's region, on each other's ground."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.crs import CHINA
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.geometry.self_overlap import BLOCK
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.care_log import CareEntry, CareKind
from eco_onemap.core.sites.ring_care import Scale
from eco_onemap.core.table import Geometries

FAR_DEG = 0.5
"""Sites farther than this (about 50 km) from the catalogue's region have wrong coordinates."""

LARGEST_M = 2_000_000.0
"""No project is 2,000 km across; densifying the edges of one that is would fill the memory."""

OVERLAP_M2 = 1.0
"""Ground that two sites of a file may share: digitising error, as for slivers."""

Floats = NDArray[np.float64]


def middles(geometries: Geometries) -> Floats:
    """Return the middle of each geometry's bounds, shape (n, 2), NaN where there is none."""
    bounds = shapely.bounds(geometries)
    middle: Floats = bounds[:, :2] / 2.0 + bounds[:, 2:] / 2.0
    return middle


def too_large(geometries: Geometries, scale: Scale) -> dict[int, Message]:
    """Return why sites larger than any place can be checked: they are not even looked at."""
    bounds = shapely.bounds(geometries)
    with np.errstate(invalid="ignore"):
        across = np.maximum(
            (bounds[:, 2] - bounds[:, 0]) * scale.east, (bounds[:, 3] - bounds[:, 1]) * scale.north
        )
        rows = np.flatnonzero(across > LARGEST_M)
    return {row: message("site.too_large", km=f"{across[row] / 1000:.4g}") for row in rows.tolist()}


def misplaced(geometries: Geometries) -> dict[int, Message]:
    """Return why the coordinates (degrees) of sites cannot be a place in China."""
    bounds = shapely.bounds(geometries)
    present = ~shapely.is_missing(geometries)
    outside = present & ~_inside_china(bounds)
    swapped = outside & _inside_china(bounds[:, [1, 0, 3, 2]])
    said = {row: message("site.outside_china") for row in np.flatnonzero(outside).tolist()}
    said |= {row: message("site.swapped_axes") for row in np.flatnonzero(swapped).tolist()}
    return said


def _inside_china(bounds: Floats) -> NDArray[np.bool_]:
    west, south, east, north = CHINA
    with np.errstate(invalid="ignore"):
        inside: NDArray[np.bool_] = (
            (bounds[:, 0] >= west)
            & (bounds[:, 1] >= south)
            & (bounds[:, 2] <= east)
            & (bounds[:, 3] <= north)
        )
    return inside


def far_from_region(geometries: Geometries, region: Geometries | None) -> dict[int, Message]:
    """Return why sites far from the catalogue's region cannot be checked: they are misplaced.

    A site just beyond the border is measured; coverage says that nothing is mapped there.
    """
    if region is None:
        return {}
    present = np.flatnonzero(~shapely.is_missing(geometries))
    tree = shapely.STRtree(region)
    near = tree.query(geometries[present], predicate="dwithin", distance=FAR_DEG)[0]
    far = np.setdiff1d(present, present[near])
    places = middles(geometries[far])
    return {
        row: message("site.outside_region", place=f"{place[0]:.5f}°E {place[1]:.5f}°N")
        for row, place in zip(far.tolist(), places, strict=True)
    }


def partly_outside(geometries: Geometries, region: Geometries | None) -> list[CareEntry]:
    """Return an entry for each site that reaches, or lies, beyond the catalogue's region."""
    if region is None:
        return []
    tree = shapely.STRtree(region)
    inside = np.zeros(len(geometries), dtype=bool)
    inside[tree.query(geometries, predicate="covered_by")[0]] = True
    beyond = np.flatnonzero(~inside & ~shapely.is_missing(geometries))
    if not len(beyond):
        return []
    met = np.unique(tree.query(geometries[beyond], predicate="intersects")[1])
    rests, entries = shapely.difference(geometries[beyond], shapely.union_all(region[met])), []
    for row, rest in zip(beyond.tolist(), rests, strict=True):
        if not rest.is_empty:
            x, y = rest.representative_point().coords[0]
            entries.append(CareEntry(row, CareKind.PARTLY_OUTSIDE, 0, 0, x, y))
    return entries


def find_shared_ground(geometries: Geometries, names: NDArray[np.object_]) -> list[CareEntry]:
    """Return an entry for each polygon site and each other one of the file on the same ground.

    names: identifiers of the sites. The place is in CGCS2000 degrees; nothing is changed.
    """
    rows = np.flatnonzero(shapely.get_dimensions(geometries) == 2)
    polygons = geometries[rows]
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    chosen = first < second
    first, second = first[chosen], second[chosen]
    entries: list[CareEntry] = []
    for start in range(0, len(first), BLOCK):
        one, other = first[start : start + BLOCK], second[start : start + BLOCK]
        shared = shapely.intersection(polygons[one], polygons[other])
        area = areas_m2(shared)
        for place in np.flatnonzero(area > OVERLAP_M2).tolist():
            x, y = shapely.point_on_surface(shared[place]).coords[0]
            pair = int(rows[one[place]]), int(rows[other[place]])
            size = f"{area[place]:,.2f} m²"
            for site, partner in (pair, pair[::-1]):
                detail = f"{names[partner]}, {size}"
                entries.append(CareEntry(site, CareKind.OVERLAP, 0, 0, x, y, detail))
    return entries
