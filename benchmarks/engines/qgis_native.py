# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's own overlap analysis, ``native:calculatevectoroverlaps``."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import shapely

from engines.sharing import Areas, Clock

KEPT: list[object] = []
"""Qt's application, which must outlive everything made from it."""


def run(sites: np.ndarray, features: np.ndarray, clock: Clock) -> Areas:
    """Return the areas of the sites that are polygons; starting QGIS is not counted."""
    from qgis.core import Qgis

    start_processing()
    clock.version = f"{Qgis.version()}, GEOS {shapely.geos_version_string}"
    return Areas(clock.working(lambda: native_overlaps(sites, features)))


def native_overlaps(sites: np.ndarray, features: np.ndarray) -> np.ndarray:
    """Return the overlap areas in m² by QGIS's native:calculatevectoroverlaps."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    processing = start_processing()
    context = QgsProcessingContext()
    context.setEllipsoid("EPSG:7019")
    result = processing.run(
        "native:calculatevectoroverlaps",
        {"INPUT": polygon_layer(sites), "LAYERS": [polygon_layer(features)], "OUTPUT": "memory:"},
        context=context,
        feedback=QgsProcessingFeedback(),
    )["OUTPUT"]
    areas = np.zeros(len(sites))
    place = next(i for i, field in enumerate(result.fields()) if field.name().endswith("_area"))
    for feature in result.getFeatures():
        areas[feature["number"]] = feature.attribute(place)
    return areas


def start_processing():
    from qgis.core import QgsApplication

    if not KEPT:
        app = QgsApplication([], False)
        app.initQgis()
        KEPT.append(app)
        sys.path.append(str(Path(QgsApplication.pkgDataPath(), "python", "plugins")))
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    return processing


def polygon_layer(geometries: np.ndarray):
    """Return a layer in memory of the polygons among the geometries, with a spatial index."""
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4490&field=number:int&index=yes", "l", "memory")
    features = []
    for number, geometry in enumerate(geometries):
        if shapely.get_dimensions(geometry) < 2:
            continue
        feature = QgsFeature(layer.fields())
        shape = QgsGeometry()
        shape.fromWkb(shapely.to_wkb(shapely.multipolygons(shapely.get_parts(geometry))))
        feature.setGeometry(shape)
        feature.setAttribute("number", number)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer
