# SPDX-License-Identifier: GPL-2.0-or-later
"""The points on a sheet whose symbols labels should not cover."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from qgis.core import Qgis, QgsVectorLayer
from shapely.geometry.base import BaseGeometry

from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.plane_access import plane_features
from eco_onemap.layout.sheet import Ground

MOST_POINTS = 500
"""Of one layer; where there are more, no place is free of them."""


def find_points(loaded: LoadedMap, ground: Ground, sheet: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the points on a sheet, in the map's CRS."""
    for layer in loaded.layers.values():
        if isinstance(layer, QgsVectorLayer) and layer.geometryType() == Qgis.GeometryType.Point:
            found = plane_features(layer, sheet.bounds, ground.crs, loaded.project)
            points = shapely.get_parts(found)
            yield from points[shapely.intersects(points, sheet)][:MOST_POINTS]
