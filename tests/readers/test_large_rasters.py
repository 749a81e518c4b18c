# SPDX-License-Identifier: GPL-2.0-or-later
"""A raster of ten thousand million cells: only what sites need is read, memory stays small."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin
from rasterio.windows import Window

from eco_onemap.core.layers.raster import measure_raster
from eco_onemap.core.layers.shared_raster import SharedRaster
from eco_onemap.core.progress import NoProgress
from eco_onemap.readers.rasters import open_raster

SIZE = 100_000
CELL = 2.0**-15  # degrees, 3 m: the raster is 3° wide
WEST, NORTH = 117.0, 27.0
MEGABYTES = 150


@pytest.fixture(scope="module")
def huge(tmp_path_factory) -> Path:
    """A sparse raster: all cells are 0 but one tile of 7 in the middle."""
    path = tmp_path_factory.mktemp("huge") / "huge.tif"
    profile = {
        "driver": "GTiff",
        "width": SIZE,
        "height": SIZE,
        "count": 1,
        "dtype": "uint8",
        "crs": "EPSG:4490",
        "transform": from_origin(WEST, NORTH, CELL, CELL),
        "tiled": True,
        "blockxsize": 256,
        "blockysize": 256,
        "SPARSE_OK": "TRUE",
        "BIGTIFF": "YES",
    }
    with rasterio.open(path, "w", **profile) as file:
        file.write(np.full((256, 256), 7, np.uint8), 1, window=Window(51_200, 51_200, 256, 256))
    return path


class Counted(SharedRaster):
    """Counts the cells that are read."""

    cells = 0

    def read(self, column, row, columns, rows):
        self.cells += columns * rows
        return super().read(column, row, columns, rows)


def measured(path, sites):
    """Statistics, cells read and the peak of memory in MB."""
    raster = Counted(open_raster(path))
    tracemalloc.start()
    try:
        stats = measure_raster(np.array(sites, dtype=object), raster, NoProgress())
        return stats, raster.cells, tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
        raster.close()


def square(column, row, cells):
    west, north = WEST + column * CELL, NORTH - row * CELL
    return shapely.box(west, north - cells * CELL, west + cells * CELL, north)


def test_sites_spread_over_it(huge):
    places = np.random.default_rng(1).uniform(0, SIZE - 100, (500, 2))
    sites = [square(x, y, 40) for x, y in places]
    stats, cells, peak = measured(huge, [*sites, square(51_190, 51_200, 20)])
    assert stats.mean[:-1].tolist() == [0.0] * 500
    assert stats.mean[-1] == pytest.approx(3.5, rel=1e-9)  # half of it on the tile of 7
    assert cells < 501 * 45 * 45 + 200 * 512 * 512  # few share a tile
    assert peak < MEGABYTES


def test_a_province_on_it(huge):
    # a quarter of a thousand million cells, and a pipeline across everything
    province = square(49_000, 49_000, 5_000)
    pipeline = shapely.LineString([(WEST - 0.1, 25.0), (WEST + 3.2, 25.9)])
    stats, cells, peak = measured(huge, [province, pipeline])
    assert stats.mean[0] == pytest.approx(7 * 256**2 / 5_000**2, rel=1e-3)
    assert (stats.minimum[0], stats.maximum[0], stats.nodata_share[0]) == (0, 7, 0)
    assert 0.05 < stats.nodata_share[1] < 0.12  # 0.1° and 0.148° of 3.3° lie off the raster
    assert cells < 1.5 * 5_000**2 + SIZE * 512
    assert peak < MEGABYTES
