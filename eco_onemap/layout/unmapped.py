# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of a sheet that a layer's coverage file leaves out."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from qgis.core import QgsVectorLayer
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
    """Yield the ground outside each coverage file, with the titles of the layers it is for."""
    titles: dict[str, list[str]] = {}
    for layer_id in dict.fromkeys(loaded.owners.values()):
        entry = record.entries[layer_id]
        if entry.coverage.kind is CoverageKind.FILE:
            titles.setdefault(entry.coverage.path, []).append(entry.title)
    for path, names in titles.items():
        coverage = QgsVectorLayer(path, "coverage", "ogr")
        if coverage.isValid():
            pieces = plane_features(coverage, sheet.bounds, ground.crs, loaded.project)
            left = sheet.difference(shapely.union_all(shapely.make_valid(pieces)))
            if left.area > LEAST_SHARE * sheet.area:
                yield Unmapped(tuple(names), left, left.area > MOST_SHARE * sheet.area)
