# SPDX-License-Identifier: GPL-2.0-or-later
"""Care for sites' geometries: each fault is mended by a stated rule and logged, or refused.

================  =====================================================================
repeated point    removed
spike             removed where its two edges run within a millimetre of each other
ring order        a "hole" around its outline becomes the outline
hole outside      a "hole" that lies beside its outline becomes a part of the site
crossing          outlines are united, holes taken out (GEOS' structure method)
tiny part         below 1 m² and a thousandth of the site: removed
collapsed         a ring or line without area or length: removed; nothing left: refused
================  =====================================================================

Where the area changes by more than 0.1 %, the entry says so and the site is open to doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import plane_areas_m2, polygon_parts
from eco_onemap.core.sites.care_log import CareEntry, CareKind
from eco_onemap.core.sites.ring_care import (
    TINY_PART_M2,
    TINY_SHARE,
    RingRuns,
    Scale,
    find_spikes,
    mend_site,
    ring_runs,
)
from eco_onemap.core.table import Geometries

MOST_AREA_CHANGE = 0.001
"""A repair that changes more of the area than this is never silent."""


@dataclass(frozen=True)
class Care:
    """Geometries after care, in the file's CRS.

    geometries: shape (n,), valid; empty where nothing is left. entries: what was done.
    doubtful: site number to the share by which its area changed. originals: of changed sites.
    """

    geometries: Geometries
    entries: tuple[CareEntry, ...]
    doubtful: Mapping[int, float]
    originals: Mapping[int, shapely.Geometry]


def take_care(geometries: Geometries, scale: Scale) -> Care:
    """Return the geometries mended; sites without fault are not touched, whatever their number.

    geometries: two-dimensional, ``None`` where missing. scale: metres of a unit of each.
    """
    runs = ring_runs(geometries)
    entries = _repeated_points(runs)
    mended = geometries.copy()
    if entries:
        doubled = np.unique(np.array([entry.site for entry in entries], dtype=np.intp))
        mended[doubled] = _without_repeats(geometries[doubled])
        runs = ring_runs(mended)
    for site in np.flatnonzero(_faulty(mended, runs, scale)).tolist():
        mended[site], found = mend_site(site, mended[site], scale.at(site))
        entries += found
    changed = np.unique(np.array([entry.site for entry in entries], dtype=np.intp))
    doubtful = _area_changes(geometries, mended, changed)
    entries += [_say_change(site, mended[site], share) for site, share in doubtful.items()]
    originals = {int(site): geometries[site] for site in changed}
    return Care(mended, tuple(entries), doubtful, originals)


def _repeated_points(runs: RingRuns) -> list[CareEntry]:
    """Return an entry for each point that stands twice in a row."""
    same = (runs.xy[1:] == runs.xy[:-1]).all(axis=1) & (runs.ring[1:] == runs.ring[:-1])
    found = np.flatnonzero(same) + 1
    return [
        CareEntry(*place, *runs.xy[row].tolist())
        for row, place in zip(found.tolist(), runs.places(found, CareKind.REPEATED), strict=True)
    ]


def _without_repeats(geometries: Geometries) -> Geometries:
    """Return geometries without repeated points; a line that is one point keeps both."""
    fewer = shapely.remove_repeated_points(geometries)
    usable = ~shapely.is_empty(fewer)
    result: Geometries = np.where(usable, fewer, geometries)
    return result


def _faulty(geometries: Geometries, runs: RingRuns, scale: Scale) -> NDArray[np.bool_]:
    faulty: NDArray[np.bool_] = ~shapely.is_valid(geometries) & ~shapely.is_missing(geometries)
    faulty[find_spikes(runs, scale)] = True
    faulty[_with_tiny_parts(geometries, scale)] = True
    return faulty


def _with_tiny_parts(geometries: Geometries, scale: Scale) -> NDArray[np.intp]:
    """Return the numbers of sites of several parts of which one is tiny."""
    parts, owner = polygon_parts(geometries)
    several = np.bincount(owner, minlength=len(geometries))[owner] > 1
    parts, owner = parts[several], owner[several]
    area = plane_areas_m2(parts) * scale.area[owner]
    whole = np.bincount(owner, area, len(geometries))[owner]
    tiny: NDArray[np.intp] = np.unique(owner[(area < TINY_PART_M2) & (area < TINY_SHARE * whole)])
    return tiny


def _area_changes(
    before: Geometries, after: Geometries, sites: NDArray[np.intp]
) -> dict[int, float]:
    """Return by what share of the stated area sites changed, where that is too much."""
    stated, left = np.abs(plane_areas_m2(before[sites])), plane_areas_m2(after[sites])
    changes = np.abs(left - stated) / np.maximum(np.maximum(stated, left), 1e-12)
    return {
        int(site): float(share)
        for site, share in zip(sites, changes, strict=True)
        if share > MOST_AREA_CHANGE
    }


def _say_change(site: int, geometry: shapely.Geometry, share: float) -> CareEntry:
    empty = geometry is None or geometry.is_empty
    x, y = (float("nan"), float("nan")) if empty else geometry.representative_point().coords[0]
    return CareEntry(site, CareKind.AREA_CHANGED, 0, 0, x, y, f"{100 * share:.2f} %")
