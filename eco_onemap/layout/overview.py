# SPDX-License-Identifier: GPL-2.0-or-later
"""The region that an overview shows around a site."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsRectangle,
    QgsVectorLayer,
)

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.layout.ground import map_crs, to_plane
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.plane_access import plane_features
from eco_onemap.layout.record import SiteRecord
from eco_onemap.layout.scales import bounds_of

ADMIN = "admin"
AROUND_M = 10_000.0
"""What is shown on each side of a site for which no administrative area is known."""

NEAR_M = 1.0
"""A window around a site that is a point must have some extent."""


def find_region(loaded: LoadedMap, record: SiteRecord) -> Bounds:
    """Return the bounds (of the map's CRS) of the smallest administrative area with the site.

    Of a site in several areas that do not hold each other it is what encloses them.
    """
    crs = map_crs(record)
    site = to_plane(record.geometry, crs)
    found = [
        plane_features(layer, bounds_of(site.buffer(NEAR_M)), crs, loaded.project)
        for layer in admin_layers(loaded, record)
    ]
    areas = np.concatenate([*found, np.empty(0, dtype=object)])
    areas = shapely.make_valid(areas[shapely.get_dimensions(areas) == 2])
    areas = areas[shapely.intersects(areas, site)]
    if not len(areas):
        return bounds_of(shapely.box(*site.bounds).buffer(AROUND_M))
    around = areas[shapely.covers(areas, site)]
    if len(around):
        return bounds_of(around[int(np.argmin(shapely.area(around)))])
    return bounds_of(shapely.union_all(areas))


def find_whole(loaded: LoadedMap, record: SiteRecord) -> Bounds | None:
    """Return the bounds (of the map's CRS) of all administrative areas, None without any."""
    target = QgsCoordinateReferenceSystem(map_crs(record))
    area = QgsRectangle()
    for layer in admin_layers(loaded, record):
        move = QgsCoordinateTransform(layer.crs(), target, loaded.project.transformContext())
        area.combineExtentWith(move.transformBoundingBox(layer.extent()))
    if area.isEmpty():
        return None
    return area.xMinimum(), area.yMinimum(), area.xMaximum(), area.yMaximum()


def admin_layers(loaded: LoadedMap, record: SiteRecord) -> list[QgsVectorLayer]:
    """Return what is drawn of the administrative layers."""
    return [
        layer
        for key, layer in loaded.layers.items()
        if record.entries[loaded.owners[key]].role == ADMIN and isinstance(layer, QgsVectorLayer)
    ]
