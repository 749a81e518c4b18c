# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of a sheet outside the one map's region, or that a layer's coverage file leaves out."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.layers.catalogue import CoverageKind
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.plane_access import plane_features
from eco_onemap.layout.record import SiteRecord
from eco_onemap.layout.sheet import Ground, Unmapped

LEAST_SHARE = 1e-6
"""Less of the sheet than this is rounding along the coverage's edge."""
MOST_SHARE = 0.98
"""With more of the sheet hatched, the little that is not would be taken for the exception."""


def find_unmapped(
    loaded: LoadedMap, record: SiteRecord, ground: Ground, sheet: BaseGeometry
) -> Iterator[Unmapped]:
    """Yield the ground outside the region, then within it that outside each coverage file.

    The latter comes with the titles of the layers that it is for.
    """
    inside, region = sheet, record.assessment.catalogue.region
    covered = _covered(region, sheet, ground, loaded) if region else None
    if covered is not None:
        outside, inside = sheet.difference(covered), sheet.intersection(covered)
        if outside.area > LEAST_SHARE * sheet.area:
            yield Unmapped((), outside)
    titles: dict[str, list[str]] = {}
    for layer_id in dict.fromkeys(loaded.owners.values()):
        entry = record.entries[layer_id]
        if entry.coverage.kind is CoverageKind.FILE:
            titles.setdefault(entry.coverage.path, []).append(entry.title)
    for path, names in titles.items():
        covered = _covered(path, sheet, ground, loaded)
        left = None if covered is None else inside.difference(covered)
        if left is not None and left.area > LEAST_SHARE * sheet.area:
            yield Unmapped(tuple(names), left, left.area > MOST_SHARE * inside.area)


def _covered(
    path: str, sheet: BaseGeometry, ground: Ground, loaded: LoadedMap
) -> BaseGeometry | None:
    """Return what the polygons of a file cover near a sheet, None if it cannot be opened."""
    layer = loaded.coverage(path)
    if not layer.isValid():
        return None
    pieces = plane_features(layer, sheet.bounds, ground.crs, loaded.project)
    return shapely.union_all(shapely.make_valid(pieces))
