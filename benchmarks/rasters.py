# SPDX-License-Identifier: GPL-2.0-or-later
"""Zonal statistics of many sites on a large raster, against QGIS's own, each in its own process.

::

    .venv/bin/python benchmarks/rasters.py [--sites 10000] [--cells 20000]

``raster_rows`` gives the rows of the table; ``run.py`` calls it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import rasterio
import shapely
import workload
from engines.sharing import peak_mib
from rasterio.transform import from_origin
from rasterio.windows import Window

HEADER = ["engine", "seconds", "ratio to ours", "peak memory, GiB", "difference of means"]
SCALE = 0.1
TILE = 512
EMPTY = -32768
REPEATS = 3
"""Each in a process of its own; the fastest counts: what else the machine does only adds time."""


def make_raster(path: Path, size: int) -> Path:
    """Write a square raster of 16-bit heights in decimetres over the workload's region."""
    if path.exists():
        return path
    profile = {
        "driver": "GTiff",
        "width": size,
        "height": size,
        "count": 1,
        "dtype": "int16",
        "crs": "EPSG:4490",
        "transform": from_origin(
            workload.WEST,
            workload.SOUTH + workload.SIZE,
            workload.SIZE / size,
            workload.SIZE / size,
        ),
        "nodata": EMPTY,
        "tiled": True,
        "blockxsize": TILE,
        "blockysize": TILE,
    }
    with rasterio.open(path, "w", **profile) as file:
        for row in range(0, size, TILE):
            rows = min(TILE, size - row)
            file.write(_heights(row, rows, size), 1, window=Window(0, row, size, rows))
        file.scales = (SCALE,)
    return path


def _heights(row: int, rows: int, size: int) -> np.ndarray:
    """Hills of several lengths, noise of its own in each cell, and one cell of 500 empty."""
    y, x = np.arange(row, row + rows)[:, None], np.arange(size)[None, :]
    hills = 4000 + 2000 * np.sin(x / 900) * np.cos(y / 700) + 900 * np.sin(x / 37 + y / 53)
    mixed = (x * 2654435761 + y * 40503) % 65521
    return np.where(mixed % 500 == 0, EMPTY, hills + mixed % 97).astype(np.int16)


def raster_rows(folder: Path, count: int = 10_000, size: int = 20_000) -> list[list[str]]:
    """Return the table's rows: *count* sites on a raster of *size* x *size* cells."""
    folder.mkdir(parents=True, exist_ok=True)
    raster = make_raster(folder / f"heights_{size}.tif", size)
    ours = _in_own_process("ours", raster, count)
    polygons = _in_own_process("ours_polygons", raster, count)
    qgis = _in_own_process("qgis", raster, count)
    apart = np.abs(np.array(polygons.pop("means")) - np.array(qgis.pop("means")))
    told = f"median {np.nanmedian(apart):.2g} m, largest {np.nanmax(apart):.2g} m"
    return [
        HEADER,
        _row(f"Eco One Map, {count:,} sites, exact shares of cells", ours, polygons, "–"),
        _row("… their polygons only", polygons, polygons, "–"),
        _row("QGIS native:zonalstatisticsfb, polygons, centres of cells", qgis, polygons, told),
    ]


def _row(name: str, found: dict, ours: dict, difference: str) -> list[str]:
    ratio = found["seconds"] / ours["seconds"]
    return [name, f"{found['seconds']:.2f}", f"{ratio:.1f}", f"{found['peak']:.2f}", difference]


def _in_own_process(engine: str, raster: Path, count: int) -> dict:
    command = [sys.executable, __file__, "--engine", engine, "--sites", str(count), str(raster)]
    runs = []
    for _ in range(REPEATS):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return min(runs, key=lambda run: run["seconds"])


def measure(engine: str, raster: Path, count: int) -> dict:
    """Return seconds, peak memory in GiB and the mean of each polygon, measured in this process."""
    sites = workload.sites(count)
    if engine != "ours":
        sites = sites[shapely.get_dimensions(sites) == 2]
    work = _prepare_qgis(sites, raster) if engine == "qgis" else _prepare_ours(sites, raster)
    start = time.perf_counter()
    means = work()
    seconds = time.perf_counter() - start
    peak = peak_mib() / 2**10
    return {"seconds": seconds, "peak": peak, "means": means}


def _prepare_ours(sites: np.ndarray, path: Path):
    from eco_onemap.core.layers.raster import measure_raster
    from eco_onemap.core.progress import NoProgress
    from eco_onemap.readers.rasters import open_raster

    raster = open_raster(path)

    def work() -> list[float]:
        return measure_raster(sites, raster, NoProgress(), classes=False).mean.tolist()

    return work


def _prepare_qgis(sites: np.ndarray, path: Path):
    from engines.qgis_native import polygon_layer, start_processing
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    processing, layer = start_processing(), polygon_layer(sites)
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    settings = {
        "INPUT": layer,
        "INPUT_RASTER": str(path),
        "RASTER_BAND": 1,
        "COLUMN_PREFIX": "_",
        "STATISTICS": [2, 5, 6],  # mean, minimum, maximum
        "OUTPUT": "memory:",
    }

    def work() -> list[float]:
        run = processing.run(
            "native:zonalstatisticsfb", settings, context=context, feedback=feedback
        )
        means = np.full(len(sites), np.nan)
        for feature in run["OUTPUT"].getFeatures():
            found = feature["_mean"]
            means[feature["number"]] = found if isinstance(found, float) else np.nan
        return means.tolist()

    return work


def main() -> None:
    """Print the table, or what one engine measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raster", type=Path, nargs="?")
    parser.add_argument("--engine", choices=("ours", "ours_polygons", "qgis"))
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--cells", type=int, default=20_000)
    arguments = parser.parse_args()
    if arguments.engine:
        print(json.dumps(measure(arguments.engine, arguments.raster, arguments.sites)))
        return
    for row in raster_rows(Path("build/bench"), arguments.sites, arguments.cells):
        print(" | ".join(row))


if __name__ == "__main__":
    main()
