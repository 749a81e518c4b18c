# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures the check against other engines in one run and writes the table of what was measured.

::

    .venv/bin/python benchmarks/run.py [--sites 1000] [--largest 100000] [--only SECTION ...]
                                       [--out build/bench/performance.md]

Everything runs on the same workload (``workload.py``); ratios are what counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import shapely
from comparison import LAYERS, as_markdown
from comparison import report as comparison_report
from rasters import raster_rows
from window_frames import report as window_report
from workers import report as workers_report
from writers import report as writers_report

RINGS = "500,1000,2500"
WRITTEN_SITES, WINDOW_SITES = 20_000, 10_000
WORLDS = ["city", "province"]
SCALE = Path(__file__).with_name("scale.py")
SAMPLE = Path(__file__).parents[1] / "sample_layers"


def measured(folder: Path, *arguments: object) -> dict[str, Any]:
    """Return what ``scale.py`` measures in a process of its own."""
    command = [sys.executable, SCALE, *arguments, "--cache", folder / "cache"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def overlap_section(count: int, folder: Path) -> str:
    """Return the overlaps of many sites beside the floor, per layer and whole."""
    found = measured(folder, "overlap", "--sites", count)
    rows = [["layer", "floor, s", "ours, s", "ratio", "ours on two threads, s", "ratio"]]
    for layer, taken in found.items():
        floor, one, two = taken["floor"], taken["ours"], taken["ours, two threads"]
        rows.append(
            [layer, f"{floor:.2f}", f"{one:.2f}", f"{one / floor:.2f}"]
            + [f"{two:.2f}", f"{two / floor:.2f}"]
        )
    return (
        f"## Overlap of {count:,} sites with six layers, against the floor\n\n"
        "The floor asks the index of compiled pieces, tests which pairs cross and intersects those "
        "with GEOS, on one core; it measures and adds up nothing. Ours gives areas and lengths on "
        "the ellipsoid, per feature and dissolved.\n\n" + as_markdown(rows)
    )


def whole_section(largest: int, folder: Path) -> str:
    """Return the whole check at growing sizes."""
    rows = [["sites", "threads", "seconds", "of processor", "µs a site", "peak, GiB", "file, MiB"]]
    measured(folder, "whole", "--sites", 10)  # fills the cache
    sizes = [size for size in (1000, 10_000, 100_000) if size <= largest]
    for count, workers in [(10_000, 1), *((size, 2) for size in sizes)]:
        arguments = ("--sites", count, "--workers", workers, "--rings", RINGS)
        taken = measured(folder, "whole", *arguments)
        rows.append(
            [f"{count:,}", str(workers), f"{taken['seconds']:.1f}", f"{taken['processor_s']:.1f}"]
            + [f"{1e6 * taken['seconds'] / count:.0f}"]
            + [f"{taken['peak_gib']:.2f}", f"{taken['file_mib']:.0f}"]
        )
    return (
        "## The whole check against six layers, layers cached, tables on disk\n\n"
        "Loading; overlaps, dissolved and per feature, on the ellipsoid and in the plane; nearest "
        f"distances with bearing; counts and areas in three rings ({RINGS} m); coverage; rules; "
        "verdicts; all tables staged block by block and published as one GeoPackage.\n\n"
        + as_markdown(rows)
    )


def single_section(folder: Path) -> str:
    """Return how long the command line takes for one site of the sample city."""
    out = folder / "one.gpkg"
    command = [
        *(sys.executable, "-m", "eco_onemap", "check", "--sites"),
        *(SAMPLE.parent / "tests" / "data" / "sites" / "one_parcel.txt", "--catalogue"),
        *(SAMPLE / "onemap.yaml", "--out", out),
    ]
    taken = []
    for _ in range(4):
        start = time.perf_counter()
        subprocess.run(list(map(str, command)), capture_output=True, check=False)
        taken.append(time.perf_counter() - start)
    return (
        "## One site on the command line\n\n"
        f"From start to `results.gpkg`, 21 layers of the sample city from the cache, 90 rules and "
        f"more: {min(taken[1:]):.2f} s (the first time, layers compiled: {taken[0]:.2f} s)."
    )


def raster_section(folder: Path) -> str:
    """Return the statistics of sites on a large raster."""
    return "## Statistics of 10,000 sites on a raster of 20,000 by 20,000 cells\n\n" + as_markdown(
        raster_rows(folder)
    )


def writers_section(folder: Path) -> str:
    """Return how fast several writers write the same tables."""
    told = writers_report(WRITTEN_SITES, folder / "cache")
    return f"## Writing the tables of {WRITTEN_SITES:,} sites\n\n{told}"


def workers_section(folder: Path) -> str:
    """Return what threads and worker processes take for the same check."""
    told = workers_report(WRITTEN_SITES, folder / "cache")
    return f"## Threads and worker processes\n\n{told}"


def comparison_section(count: int) -> str:
    """Return what other engines make of each layer."""
    return (
        f"## Overlap of {count:,} sites, other engines beside ours\n\n"
        f"{comparison_report(count, LAYERS)}"
    )


def head() -> str:
    """Return what was measured on what."""
    machine = (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}"
    )
    return (
        "# Performance\n\nMeasured by `make bench` in one run on one machine "
        f"({machine}); the workload is `benchmarks/workload.py`."
    )


def main() -> None:
    """Measure, print and write; each section as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--largest", type=int, default=100_000)
    parser.add_argument("--out", type=Path, default=Path("build/bench/performance.md"))
    folder = parser.get_default("out").parent
    sections: Mapping[str, Callable[[argparse.Namespace], str]] = {
        "whole": lambda given: whole_section(given.largest, folder),
        "overlap": lambda given: overlap_section(given.largest, folder),
        "one": lambda _: single_section(folder),
        "engines": lambda given: comparison_section(given.sites),
        "writers": lambda _: writers_section(folder),
        "workers": lambda _: workers_section(folder),
        "rasters": lambda _: raster_section(folder),
        "window": lambda _: window_report(WINDOW_SITES, WORLDS),
    }
    parser.add_argument("--only", nargs="+", choices=list(sections), default=list(sections))
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    told = [head()]
    for name in arguments.only:
        told.append(sections[name](arguments))
        print(told[-1], flush=True)
        arguments.out.write_text("\n\n".join(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
