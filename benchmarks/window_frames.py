# SPDX-License-Identifier: GPL-2.0-or-later
"""How alive a real QGIS window stays while the dock checks many sites in the background.

::

    .venv/bin/python benchmarks/window_frames.py [--sites 10000] [--world city|province ...]

A frame is a widget of the window painted in Python: for it the window's thread must be free and
get hold of the interpreter. The slowest second is that with the fewest frames, wherever it begins.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import fiona
import numpy as np
import shapely
import workload
import world
from comparison import as_markdown

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import package  # noqa: E402 (both are found by the line above)

from tests.qgis.windows import in_window  # noqa: E402

CITY = (118.2, 24.3, 118.8, 24.8)
"""West, south, east and north of the sample city in degrees."""

HALF_DEG = (0.0003, 0.002)
"""Smallest and largest half side of a site, 30 to 200 m."""

LONGEST_S = 900.0
CHECKS = {"first": "layers compiled, none cached", "second": "layers in memory"}


def city_sites(count: int) -> np.ndarray:
    """Return squares all over the sample city."""
    rng = np.random.default_rng(count)
    west, south, east, north = CITY
    x, y = rng.uniform(west, east, count), rng.uniform(south, north, count)
    half = rng.uniform(*HALF_DEG, count)
    return shapely.box(x - half, y - half, x + half, y + half)


def write_geometries(path: Path, geometries: np.ndarray, name: str) -> Path:
    """Write geometries with numbers as their identifiers."""
    schema = {"geometry": "Unknown", "properties": {"site_id": "str:20"}}
    with fiona.open(path, "w", driver="GPKG", crs="EPSG:4490", schema=schema) as file:
        file.writerecords(
            {"geometry": shapely.geometry.mapping(shape), "properties": {"site_id": f"{name}{n}"}}
            for n, shape in enumerate(geometries)
        )
    return path


def province(folder: Path) -> Path:
    """Write the workload's layers and their catalogue, and return the latter."""
    for name, geometries in workload.layers().items():
        write_geometries(folder / f"{name}.gpkg", geometries, name)
    layers = "\n".join(
        f"  - {{id: {name}, role: {role}, title: {name}, source: {name}.gpkg, "
        "fields: {id: site_id}, coverage: complete}"
        for name, role in world.ROLES.items()
    )
    catalogue = folder / "onemap.yaml"
    head = "onemap: 1\ntitle: Province\nplanar_crs: EPSG:4548\nlayers:\n"
    catalogue.write_text(head + layers + "\n", encoding="utf-8")
    return catalogue


def measured(name: str, count: int, folder: Path) -> dict[str, Any]:
    """Return what the window counts in a world: ``city`` or ``province``."""
    if name == "city":
        catalogue, sites = ROOT / "sample_layers" / "onemap.yaml", city_sites(count)
    else:
        catalogue, sites = province(folder), workload.sites(count)
    given = {
        "catalogue": str(catalogue),
        "sites": str(write_geometries(folder / "sites.gpkg", sites, "s")),
        "checks": list(CHECKS),
    }
    plugins = package.stage_plugin(folder / "plugins").parent
    return in_window("alive.py", plugins, folder, given=given, seconds=LONGEST_S)


def report(count: int, worlds: list[str]) -> str:
    """Return the frames of idle and checking windows as a table."""
    rows = [["world", "what", "seconds", "frames a second", "slowest second", "longest gap, s"]]
    for name in worlds:
        with tempfile.TemporaryDirectory() as folder:
            found = measured(name, count, Path(folder))
        for key, what in {"idle": "window at rest", **CHECKS}.items():
            taken = found[key]
            numbers = (taken["seconds"], taken["mean"], taken["slowest"])
            rows.append([name, what, *(f"{number:.1f}" for number in numbers)])
            rows[-1].append(f"{taken['longest_gap']:.3f}")
    return f"## The window while {count:,} sites are checked\n\n" + as_markdown(rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--world", nargs="+", choices=["city", "province"])
    given = parser.parse_args()
    print(report(given.sites, given.world or ["city", "province"]))


if __name__ == "__main__":
    main()
