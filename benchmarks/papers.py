# SPDX-License-Identifier: GPL-2.0-or-later
"""How long tables, report and papers of many sites take, and how soon a stop is heard.

::

    QT_QPA_PLATFORM=offscreen .venv/bin/python benchmarks/papers.py [--sites 1000]

Sites are rectangles thrown over the sample city. Each kind of file is written in a process of its
own, from the results that the command line left; its peak memory is that of the whole process.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import fiona
import numpy as np
import shapely

from eco_onemap.core.errors import Cancelled
from eco_onemap.core.messages import Message
from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.csv_tables import write_csv_tables
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report.kinds import PaperKind
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.paths import sample
from eco_onemap.readers.stored_assessment import read_assessment

CITY = (118.15, 24.42, 118.55, 24.82)
"""West, south, east and north of the land of the sample city."""

WORKS = ("csv", *(each.value for each in ReportFormat), "departments")
STOPPED_AFTER_S = 1.0


class Impatient(NoProgress):
    """Is stopped a while after the first file was begun."""

    def __init__(self) -> None:
        self.until = math.inf

    def is_cancelled(self) -> bool:
        return time.perf_counter() > self.until

    def report(self, share: float, step: Message) -> None:
        """Begin to wait."""
        self.until = min(self.until, time.perf_counter() + STOPPED_AFTER_S)


def write_sites(path: Path, count: int) -> None:
    """Write rectangles of 50 to 400 m as a GeoPackage."""
    random = np.random.default_rng(1)
    west, south, east, north = CITY
    x, y = random.uniform(west, east, count), random.uniform(south, north, count)
    w, h = random.uniform(0.0005, 0.004, (2, count))
    schema = {"geometry": "Polygon", "properties": {"name": "str"}}
    with fiona.open(path, "w", driver="GPKG", crs="EPSG:4490", schema=schema) as file:
        for number, shape in enumerate(shapely.box(x, y, x + w, y + h)):
            geometry = shapely.geometry.mapping(shape)
            file.write({"geometry": geometry, "properties": {"name": f"地块{number + 1}"}})


def work(name: str, results: Path, folder: Path, progress: NoProgress) -> None:
    """Write one kind of file of the results."""
    assessment = read_assessment(results)
    if name == "csv":
        write_csv_tables(folder, assessment.tables)
        return
    kind = PaperKind.DEPARTMENTS if name == "departments" else PaperKind.REPORT
    formats = [ReportFormat.DOCX if name == "departments" else ReportFormat(name)]
    edition = Edition("zh", formats, kind)
    if name == "pdf":
        from qgis.core import QgsApplication

        from eco_onemap.layout.pages.printing import print_report

        application = QgsApplication([], True)
        edition = Edition("zh", formats, kind, printer=print_report)
        write_reports(folder / name, assessment, edition, progress)
        application.exitQgis()
        return
    write_reports(folder / name, assessment, edition, progress)


def child(name: str, results: Path, stops: bool) -> None:
    """Do one work and print seconds and peak memory as JSON; stops: until it is told to stop."""
    with tempfile.TemporaryDirectory() as folder:
        progress = Impatient() if stops else NoProgress()
        started = time.perf_counter()
        try:
            work(name, results, Path(folder), progress)
        except Cancelled:
            heard = time.perf_counter() - progress.until
            left = len(list(Path(folder).iterdir()))
            print(json.dumps({"heard_s": heard, "files": left}))
            return
        seconds = time.perf_counter() - started
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"seconds": seconds, "cpu_s": used.ru_utime + used.ru_stime, "mib": size / 2**20}
    print(json.dumps({**told, "peak_mib": used.ru_maxrss / 1024}))


def run_child(name: str, results: Path, stops: bool = False) -> dict[str, float]:
    """Return what a child tells of its work."""
    command = [sys.executable, __file__, "--child", name, str(results)]
    done = subprocess.run(
        [*command, *(["--stops"] if stops else [])], check=True, capture_output=True, text=True
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def check(folder: Path, count: int) -> tuple[Path, float]:
    """Return the results of the command line and the seconds they took."""
    write_sites(folder / "sites.gpkg", count)
    command = [
        *(sys.executable, "-m", "eco_onemap", "check", "--sites", folder / "sites.gpkg"),
        *("--catalogue", sample("onemap.yaml"), "--as-of", "2026-11-23", "--language", "zh"),
        *("--out", folder / "results.gpkg"),
    ]
    started = time.perf_counter()
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(done.stderr)
    return folder / "results.gpkg", time.perf_counter() - started


def report(count: int) -> str:
    """Return the measurements as a Markdown table."""
    with tempfile.TemporaryDirectory() as name:
        results, seconds = check(Path(name), count)
        lines = [
            f"| {count:,} sites of a city | seconds | of processor | peak, MiB | file, MiB "
            "| stop heard, s |",
            "|---|---|---|---|---|---|",
            f"| check, tables as GeoPackage | {seconds:.1f} | – | – | "
            f"{results.stat().st_size / 2**20:.1f} | – |",
        ]
        total = seconds
        for work_name in WORKS:
            told = run_child(work_name, results)
            stopped = run_child(work_name, results, stops=True)
            heard = f"{stopped['heard_s']:.2f}" if "heard_s" in stopped else "done before"
            total += told["seconds"]
            lines.append(
                f"| {work_name} | {told['seconds']:.1f} | {told['cpu_s']:.1f} | "
                f"{told['peak_mib']:.0f} | "
                f"{told['mib']:.1f} | {heard} |"
            )
        lines.append(f"| all, one after another | {total:.1f} | | | | |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, or be the child that is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--child", nargs=2, metavar=("WORK", "RESULTS"))
    parser.add_argument("--stops", action="store_true")
    given = parser.parse_args(arguments)
    if given.child:
        child(given.child[0], Path(given.child[1]), given.stops)
    else:
        print(report(given.sites))


if __name__ == "__main__":
    main()
