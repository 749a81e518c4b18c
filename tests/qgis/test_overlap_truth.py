# SPDX-License-Identifier: GPL-2.0-or-later
"""Overlap areas against QGIS's own overlap analysis, ellipsoid set, on the sample city."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDistanceArea,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.layers.compiled import compile_layer
from eco_onemap.core.measures.overlap import dissolve, find_overlaps
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.paths import sample
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites

pytestmark = pytest.mark.slow

LAYERS = (
    "redline",
    "drinking_zones",
    "control_units",
    "farmland_class",
    "sea_function",
    "wetlands",
)
CATALOGUE = read_catalogue(sample("onemap.yaml"))
ELLIPSOID = "EPSG:7019"  # GRS 1980: axes and flattening of CGCS2000's ellipsoid


@pytest.fixture(scope="module")
def polygons():
    """The sample's polygon sites as the check sees them."""
    sites = build_site_set(read_sites(sample("sites.gpkg")))
    areal = shapely.get_dimensions(sites.geometries) == 2
    return sites.take(np.flatnonzero(areal & ~shapely.is_missing(sites.geometries)))


def as_layer(geometries) -> QgsVectorLayer:
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4490&field=number:int", "layer", "memory")
    features = []
    for number, geometry in enumerate(geometries):
        if geometry is None:
            continue
        feature = QgsFeature(layer.fields())
        qgis_geometry = QgsGeometry()
        qgis_geometry.fromWkb(shapely.to_wkb(shapely.multipolygons(shapely.get_parts(geometry))))
        feature.setGeometry(qgis_geometry)
        feature.setAttribute("number", number)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def qgis_areas(processing, sites, features) -> dict[int, float]:
    """Overlap area of each site by ``native:calculatevectoroverlaps``."""
    project = QgsProject()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    project.setEllipsoid(ELLIPSOID)
    context = QgsProcessingContext()
    context.setProject(project)
    context.setEllipsoid(ELLIPSOID)
    context.setTransformContext(QgsCoordinateTransformContext())
    result = processing.run(
        "native:calculatevectoroverlaps",
        {"INPUT": sites, "LAYERS": [features], "OUTPUT": "memory:"},
        context=context,
        feedback=QgsProcessingFeedback(),
    )["OUTPUT"]
    area = next(i for i, f in enumerate(result.fields()) if f.name().endswith("_area"))
    return {feature["number"]: feature.attribute(area) for feature in result.getFeatures()}


@pytest.mark.parametrize("layer_id", LAYERS)
def test_dissolved_overlaps_are_those_of_qgis(processing_module, polygons, layer_id):
    entry = CATALOGUE.layer(layer_id)
    layer = compile_layer(FileLayers().read_features(entry), entry)
    ours = dissolve(find_overlaps(polygons.geometries, layer), len(polygons)).area_m2
    whole = FileLayers().read_features(entry)
    moved = [None if g is None else shapely.make_valid(g) for g in whole.geometries]
    features = as_layer(moved)
    if whole.crs and "4490" not in whole.crs:
        features.setCrs(QgsCoordinateReferenceSystem(whole.crs))
    theirs = qgis_areas(processing_module, as_layer(polygons.geometries), features)
    assert (ours > 0).sum() >= 1
    for number, area in theirs.items():
        # QGIS has geodesic edges, we have edges straight in longitude and latitude: a dense
        # boundary differs by less than 1e-6 of the site
        limit = 1e-6 * max(area, 1.0) + 0.01
        assert ours[number] == pytest.approx(area, abs=limit), polygons.ids[number]


def test_site_areas_are_those_of_qgis(processing_module, polygons):
    """Declared sizes aside, QGIS's ellipsoidal area of each site is ours."""
    measure = QgsDistanceArea()
    measure.setSourceCrs(QgsCoordinateReferenceSystem("EPSG:4490"), QgsCoordinateTransformContext())
    measure.setEllipsoid(ELLIPSOID)
    for geometry, ours in zip(polygons.geometries, areas_m2(polygons.geometries), strict=True):
        theirs = measure.measureArea(QgsGeometry.fromWkt(shapely.to_wkt(geometry, 17)))
        assert ours == pytest.approx(theirs, rel=2e-6)
