# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks the sample city through ``qgis_process`` and shows what came out."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

import package
import run_qgis

from eco_onemap.cli.terminal import lines_of, shortened
from eco_onemap.core.messages import message

OUTPUT = package.ROOT / "build" / "demo"
LANGUAGE = os.environ.get("ECO_ONEMAP_LANGUAGE", "zh")
AS_OF = "2026-11-23"
REASON_COLUMNS = 90
SERIES_SITES = ("P10", "P40", "L02")
"""Sites of which the whole map series is drawn: in a water zone, on a register, a pipeline."""

Parameters = dict[str, str | list[str]]
"""What an algorithm is given; of a list each entry is an option of its own."""


def say(text: str) -> None:
    """Print a line that says what comes next."""
    print(f"\n==> {text}", flush=True)


def parameters() -> Parameters:
    """Return the parameters of the siting check: under the nation's rules and the city's own."""
    sample = package.ROOT / "sample_layers"
    packs = (
        package.ROOT / "resources" / "rules" / "cn-national.yaml",
        sample / "rules-haiwan.yaml",
    )
    return {
        "SITES_FILE": str(sample / "sites.gpkg"),
        "CATALOGUE": str(sample / "onemap.yaml"),
        "RULES": [*map(str, packs)],
        "AS_OF": AS_OF,
        "LANGUAGE": LANGUAGE,
        "OUTPUT_GPKG": str(OUTPUT / "results.gpkg"),
        "CSV_FOLDER": str(OUTPUT / "csv"),
        "MAPS_FOLDER": str(OUTPUT / "maps"),
        "REPORT": str(OUTPUT / "report" / "report.html"),
    }


def series_parameters() -> Parameters:
    """Return the parameters of the map series, which are made of the results."""
    return {
        "RESULTS": str(OUTPUT / "results.gpkg"),
        "CATALOGUE": parameters()["CATALOGUE"],
        "LANGUAGE": LANGUAGE,
        "SITE_IDS": ",".join(SERIES_SITES),
        "FORMAT": "geopdf",
        "ONE_FILE": "true",
        "OUTPUT": str(OUTPUT / "maps" / "series"),
    }


def run_algorithm(name: str, given: Parameters) -> int:
    """Run an algorithm in QGIS, its progress on the terminal; return its exit code."""
    plugins = package.STAGE
    options = [
        f"{option}={one}"
        for option, value in given.items()
        for one in ([value] if isinstance(value, str) else value)
    ]
    command = ["qgis_process", "run", f"ecoonemap:{name}", "--", *options]
    variables = run_qgis.environment(run_qgis.PROFILE, plugins) | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, env=variables, check=False).returncode


def show_verdicts(table: Path) -> None:
    """Print site, verdict and deciding reason of each site."""
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = ("site", "verdict", "reason")
    lines = [[message(f"cli.column.{name}").text(LANGUAGE) for name in names]]
    lines += [
        [
            f"{row['site_id']} {row['name']}",
            message(f"verdict.{row['verdict']}").text(LANGUAGE),
            shortened(row["reason"], REASON_COLUMNS),
        ]
        for row in rows
    ]
    print("\n".join(lines_of(lines)))


def show_files() -> None:
    """Print where the results lie."""
    maps = sorted((OUTPUT / "maps").glob("*.pdf"))
    tables = sorted((OUTPUT / "csv").glob("*.csv"))
    for what, path in (
        ("tables", OUTPUT / "results.gpkg"),
        (f"{len(tables)} CSV tables", OUTPUT / "csv"),
        (f"{len(maps)} PDF risk maps", OUTPUT / "maps"),
        (f"atlas of {len(SERIES_SITES)} sites", OUTPUT / "maps" / "series" / "maps.pdf"),
        ("HTML report", OUTPUT / "report" / "report.html"),
    ):
        print(f"    {what:16} {path.relative_to(package.ROOT)}")


def main() -> int:
    """Run the demonstration; return 0 if all came out."""
    started = time.monotonic()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    say("Checking the sites of the sample city 海湾市（虚构数据） through qgis_process")
    run_qgis.enable_plugin(run_qgis.PROFILE, package.stage_plugin(package.STAGE).parent)
    for name, given in (("sitingcheck", parameters()), ("makemaps", series_parameters())):
        code = run_algorithm(name, given)
        if code:
            print(f"qgis_process ended with exit code {code}", file=sys.stderr)
            return code
    say("Verdicts")
    show_verdicts(OUTPUT / "csv" / "site_verdict.csv")
    say(f"Written in {time.monotonic() - started:.0f} s")
    show_files()
    return 0


if __name__ == "__main__":
    sys.exit(main())
