# SPDX-License-Identifier: GPL-2.0-or-later
"""Moves geometries between the plane of a map and the CRS of its layers."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
)
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.table import Geometries

EDGE_M = 500.0
"""Edges are densified to this before they are moved to a layer's CRS."""


def into_layer_crs(
    geometry: BaseGeometry, crs: str, layer: QgsMapLayer, project: QgsProject
) -> QgsGeometry:
    """Return a geometry of the map, whose CRS is *crs*, in the CRS of a layer."""
    result = QgsGeometry()
    result.fromWkb(shapely.to_wkb(shapely.segmentize(geometry, EDGE_M)))
    result.transform(_transform(QgsCoordinateReferenceSystem(crs), layer.crs(), project))
    return result


def plane_features(
    layer: QgsVectorLayer, window: Bounds, crs: str, project: QgsProject
) -> Geometries:
    """Return the geometries of the features that may meet a window, both in the map's CRS."""
    area = into_layer_crs(shapely.box(*window), crs, layer, project).boundingBox()
    to_map = _transform(layer.crs(), QgsCoordinateReferenceSystem(crs), project)
    blobs = []
    for feature in layer.getFeatures(QgsFeatureRequest(area).setNoAttributes()):
        geometry = feature.geometry()
        if not geometry.isNull():
            geometry.convertToStraightSegment()
            geometry.transform(to_map)
            blobs.append(bytes(geometry.asWkb()))
    found: Geometries = shapely.force_2d(shapely.from_wkb(np.array(blobs, dtype=object)))
    return found


def _transform(
    source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem, project: QgsProject
) -> QgsCoordinateTransform:
    return QgsCoordinateTransform(source, target, project.transformContext())
