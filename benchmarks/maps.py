# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast maps are drawn: an atlas of many sites of the sample city, and whole series.

::

    QT_QPA_PLATFORM=offscreen .venv/bin/python benchmarks/maps.py [--sites 100] [--paper A4]

Each order is drawn in a process of its own; what it wrote is opened and its pages are counted.
Beside the time on the clock stands that of the processor, which other programs do not lengthen.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely

RINGS = (500.0, 1000.0, 2500.0)
SHIFT_DEGREES = 0.002
"""Copies of the sample's sites stand this far apart, about 200 m."""
ORDERS = {
    "atlas of risk maps": ("risk",),
    "atlas of overviews and risk maps": ("overview", "risk"),
    "whole series in one file": (),
}
"""What is drawn to the subjects of its sheets, none for all."""


def check_of(count: int) -> Any:
    """Return a check of *count* sites: those of the sample city, moved where they come again."""
    from eco_onemap.core.assess import assess
    from eco_onemap.core.law.rule_reading import read_pack
    from eco_onemap.core.layers.catalogue import read_catalogue
    from eco_onemap.core.options import Options, parse_date
    from eco_onemap.core.sites.site_building import build_site_set
    from eco_onemap.paths import resource, sample
    from eco_onemap.readers.files import FileLayers
    from eco_onemap.readers.sites import read_sites

    raw = read_sites(sample("sites.gpkg"))
    whole = np.flatnonzero([_is_whole(shape) for shape in raw.geometries])
    taken = whole[np.arange(count) % len(whole)]
    rounds = np.arange(count) // len(whole)
    shapes = np.empty(count, dtype=object)
    shapes[:] = [
        shapely.transform(raw.geometries[one], lambda xy, by=by: xy + by * SHIFT_DEGREES)
        for one, by in zip(taken, rounds, strict=True)
    ]
    ids = np.array([f"{raw.ids[one]}-{by}" for one, by in zip(taken, rounds, strict=True)], object)
    columns = {name: values[taken] for name, values in raw.columns.items()}
    raw = replace(raw, geometries=shapes, ids=ids, names=raw.names[taken], columns=columns)
    packs = [read_pack(resource("rules", "cn-national.yaml"))]
    options = Options(as_of=parse_date("2026-11-23"), rings_m=RINGS)
    catalogue = read_catalogue(sample("onemap.yaml"))
    return assess(build_site_set(raw), catalogue, packs, options, FileLayers()).in_language("zh")


def _is_whole(shape: Any) -> bool:
    return shape is not None and not shape.is_empty and bool(np.isfinite(shape.bounds).all())


def draw(count: int, names: Sequence[str], paper: str, folder: Path) -> dict[str, Any]:
    """Draw one order in this process; return what it took."""
    import resource as usage

    from qgis.core import QgsApplication

    app = QgsApplication([], True, str(folder / "profile"))
    app.initQgis()
    from eco_onemap.core.progress import NoProgress
    from eco_onemap.layout.order import MapFormat, MapOrder
    from eco_onemap.layout.paper import Paper, PaperSize
    from eco_onemap.layout.series import export_series
    from eco_onemap.layout.subjects import subject_named, subjects

    wanted = tuple(map(subject_named, names)) or subjects()
    order = MapOrder("zh", wanted, Paper(PaperSize(paper)), format=MapFormat.GEOPDF)
    assessment = check_of(count)
    before = usage.getrusage(usage.RUSAGE_SELF)
    clock, processor = time.monotonic(), time.process_time()
    written = export_series(assessment, replace(order, in_one_file=True), folder, NoProgress())
    return {
        "sites": len(written.by_site),
        "sheets": written.sheets,
        "seconds": time.monotonic() - clock,
        "processor": time.process_time() - processor,
        "before_mib": before.ru_maxrss / 1024,
        "peak_mib": usage.getrusage(usage.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measured(name: str, count: int, paper: str) -> dict[str, Any]:
    """Draw one order in a process of its own and count the pages of its file."""
    import pypdf

    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--draw", name, "--sites", str(count)]
        command += ["--paper", paper, "--folder", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        atlas = Path(folder, "maps.pdf")
        told["mib"] = atlas.stat().st_size / (1 << 20)
        pages = len(pypdf.PdfReader(atlas).pages)
    if pages != told["sheets"]:
        raise SystemExit(f"{name}: {told['sheets']} sheets were drawn, {pages} pages are there")
    return told


def main() -> None:
    """Draw all orders and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--paper", default="A4")
    parser.add_argument("--draw", choices=list(ORDERS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.draw:
        print(json.dumps(draw(given.sites, ORDERS[given.draw], given.paper, given.folder)))
        return
    print(
        "| drawn | sites | sheets | seconds | of processor | a sheet, s | peak, MiB | file, MiB |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name in ORDERS:
        told = measured(name, given.sites, given.paper)
        print(
            f"| {name} | {told['sites']} | {told['sheets']} | {told['seconds']:.0f} "
            f"| {told['processor']:.0f} | {told['seconds'] / told['sheets']:.2f} "
            f"| {told['peak_mib']:.0f} | {told['mib']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
