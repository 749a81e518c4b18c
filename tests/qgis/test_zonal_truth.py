# SPDX-License-Identifier: GPL-2.0-or-later
"""Raster statistics against QGIS's own zonal statistics, which go by the centres of cells."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
import shapely
from pyproj import Transformer
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from rasterio.transform import from_origin

from eco_onemap.core.geometry.crs import to_cgcs2000
from eco_onemap.core.layers.raster import measure_raster
from eco_onemap.core.progress import NoProgress
from eco_onemap.qgis_bridge.rasters import open_raster as open_in_qgis
from eco_onemap.readers.rasters import open_raster

X0, Y0, CELL, SIZE = 600_000.0, 2_711_000.0, 10.0, 400
PLANE = "EPSG:4548"
MEAN, MINIMUM, MAXIMUM = 2, 5, 6


@pytest.fixture(scope="module")
def raster(tmp_path_factory):
    """Smooth heights with a hole without values, 16 bits, in decimetres."""
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    heights = 5000 + 3000 * np.sin(x / 40) * np.cos(y / 55) + 10 * ((x * 7 + y * 13) % 11)
    heights[100:140, 200:260] = -32768
    path = tmp_path_factory.mktemp("zonal") / "heights.tif"
    place = from_origin(X0, Y0 + SIZE * CELL, CELL, CELL)
    settings = {"crs": PLANE, "transform": place, "nodata": -32768, "dtype": "int16", "count": 1}
    with rasterio.open(path, "w", driver="GTiff", width=SIZE, height=SIZE, **settings) as file:
        file.write(heights.astype(np.int16), 1)
    return path


def qgis_statistics(processing, sites, raster):
    layer = QgsVectorLayer(f"Polygon?crs={PLANE}", "sites", "memory")
    features = []
    for site in sites:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(site.wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    settings = {
        "INPUT": layer,
        "INPUT_RASTER": str(raster),
        "RASTER_BAND": 1,
        "COLUMN_PREFIX": "_",
        "STATISTICS": [MEAN, MINIMUM, MAXIMUM],
        "OUTPUT": "memory:",
    }
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    found = processing.run(
        "native:zonalstatisticsfb", settings, context=context, feedback=feedback
    )["OUTPUT"]
    rows = [[f["_mean"], f["_min"], f["_max"]] for f in found.getFeatures()]
    return np.array(rows, dtype=float).T


def our_statistics(sites, raster, opened):
    placed = to_cgcs2000(np.array(sites, dtype=object), PLANE)
    source = opened(raster)
    try:
        return measure_raster(placed, source, NoProgress(), classes=False)
    finally:
        source.close()


def whole_cells(column, row, columns, rows):
    west, north = X0 + column * CELL, Y0 + (SIZE - row) * CELL
    return shapely.box(west, north - rows * CELL, west + columns * CELL, north)


@pytest.mark.parametrize("opened", [open_raster, open_in_qgis])
def test_sites_of_whole_cells_have_the_means_of_qgis(processing_module, raster, opened):
    # the last one lies half on cells without a value
    sites = [whole_cells(*place) for place in ((3, 5, 1, 1), (50, 60, 31, 22), (190, 90, 20, 50))]
    mean, _, _ = qgis_statistics(processing_module, sites, raster)
    # brought through longitude and latitude, sides come back to a tenth of a millimetre
    assert our_statistics(sites, raster, opened).mean == pytest.approx(mean, abs=0.05)


def test_large_sites_have_statistics_close_to_those_of_qgis(processing_module, raster):
    rng = np.random.default_rng(7)
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    sites = []
    for x, y in rng.uniform(400, 3_600, (60, 2)):
        radius = 300 * rng.uniform(0.6, 1.0, 24)
        places = np.column_stack((X0 + x + radius * np.cos(angle), Y0 + y + radius * np.sin(angle)))
        sites.append(shapely.Polygon(places))
    mean, low, high = qgis_statistics(processing_module, sites, raster)
    ours = our_statistics(sites, raster, open_raster)
    # about 2 000 cells a site, 180 on its boundary: their centres decide there, shares here
    assert np.abs(ours.mean - mean).max() < 15  # heights go from 2 000 to 8 100
    # we look at all cells that are met, QGIS at those whose centre is
    assert (ours.minimum <= low).all()
    assert (ours.maximum >= high).all()
    assert np.median(low - ours.minimum) < 100


def test_the_plane_of_the_raster_is_the_one_meant():
    # the raster's corner lies near 118°E 24.5°N
    east, north = Transformer.from_crs(PLANE, "EPSG:4490", always_xy=True).transform(X0, Y0)
    assert (east, north) == pytest.approx((117.99, 24.50), abs=0.02)
