# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures how long a GeoPackage of many sites takes to read and to make ready for a check.

::

    .venv/bin/python benchmarks/reading_gis.py [--sites 100000] [--repeat 3]

A site has 14 vertices and five attributes. Stated are the best of the repeats: wall clock, and the
processor's time, which other programs of a busy machine do not add to.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import fiona
import numpy as np
import shapely

from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.outputs.geopackage import write_geopackage
from eco_onemap.readers.sites import read_sites


def write_sites(path: Path, count: int) -> None:
    """Write blobs of 100 to 200 m across, spread so that few share ground."""
    rng = np.random.default_rng(1)
    middle = np.column_stack([115 + 6 * rng.random(count), 22 + 6 * rng.random(count)])
    radius = 0.0005 + 0.0005 * rng.random(count)
    angle = np.linspace(0, 2 * np.pi, 15)[:-1]
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    xy = middle[:, None] + radius[:, None, None] * ring
    numbers = np.arange(count)
    values = {
        "site_id": np.array([f"S{n:06d}" for n in numbers], dtype=object),
        "name": np.array([f"地块{n}" for n in numbers], dtype=object),
        "tags": np.array([("", "new", "new,chemical")[n % 3] for n in numbers], dtype=object),
        "stage": np.full(count, "选址", dtype=object),
        "declared_area_m2": 1e4 * rng.random(count),
    }
    kinds = {
        name: ColumnType.REAL if name == "declared_area_m2" else ColumnType.TEXT for name in values
    }
    columns = tuple(Column(name, kind) for name, kind in kinds.items())
    table = ResultTable("sites", columns, values, shapely.polygons(xy))
    write_geopackage(path, [table], "benchmark")


def best(work: Callable[[], object], repeat: int) -> tuple[float, float, object]:
    """Return the best wall clock and processor seconds of some runs, and the last result."""
    clock, processor, result = [], [], None
    for _ in range(repeat):
        start, busy = time.perf_counter(), time.process_time()
        result = work()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    return min(clock), min(processor), result


def features_one_by_one(path: Path) -> int:
    """Read the file as fiona offers it, for comparison."""
    with fiona.open(path) as file:
        return sum(1 for feature in file if shapely.geometry.shape(feature.geometry).is_valid)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sites", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sites.gpkg")
        write_sites(path, options.sites)
        for name, work in (
            ("read", lambda: read_sites(path)),
            ("read and build", lambda: build_site_set(read_sites(path))),
            ("fiona, one by one", lambda: features_one_by_one(path)),
        ):
            clock, processor, _ = best(work, options.repeat)
            print(f"{options.sites} sites, {name}: {clock:.2f} s (processor {processor:.2f} s)")


if __name__ == "__main__":
    main()
