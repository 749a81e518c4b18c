# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast the tables of a check are written to a GeoPackage: our writer beside GDAL's.

::

    .venv/bin/python benchmarks/writers.py [--sites 20000] [--rounds 3]

Every writer gets the same tables in a process of its own, and what it wrote is read back and
compared row by row. ``run.py`` calls ``report``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import world
from comparison import as_markdown
from engines.environment import bench_python
from writing.plain_tables import PlainTable, has_index, save_tables, stored_rows

from eco_onemap.core.assess import assess
from eco_onemap.core.options import Options
from eco_onemap.readers.compiled_cache import CompiledCache

RINGS = (500.0, 1000.0, 2500.0)
LONGEST_S = 900


@dataclass(frozen=True)
class Writer:
    """A way to write. apart: whether it runs in the benchmark's own environment."""

    name: str
    module: str
    apart: bool = False


OURS = Writer("Eco One Map: sqlite3, arrays", "one_map")
STAGED = Writer("… block by block, able to continue, then published", "one_map_staged")
WRITERS = (
    OURS,
    STAGED,
    Writer("pyogrio: GDAL's Arrow stream", "arrow_stream", apart=True),
    Writer("pyogrio: arrays", "pyogrio_arrays", apart=True),
    Writer("osgeo.ogr: features", "ogr_features"),
    Writer("fiona: records", "fiona_records"),
)


@dataclass
class Written:
    """What a writer did; problem: why it wrote nothing, or what its file lacks."""

    runs: list[dict[str, Any]] = field(default_factory=list)
    file_mib: float = 0.0
    problem: str = ""

    @property
    def best(self) -> dict[str, Any]:
        """The quickest run: what else the machine does only adds time."""
        return min(self.runs, key=lambda run: float(run["seconds"]))


def tables_of_a_check(count: int, cache: Path) -> list[PlainTable]:
    """Return the tables of a check of *count* sites against the workload's six layers."""
    assessment = assess(
        *(world.site_set(count), world.catalogue(), [world.pack()]),
        *(Options(rings_m=RINGS, workers=2), world.Workload(), None, CompiledCache(cache)),
    ).in_language("en")
    return [
        PlainTable(
            table.name,
            {column.name: column.type.value for column in table.columns},
            {column.name: table[column.name] for column in table.columns},
            table.geometries,
        )
        for table in assessment.tables
        if table.name != "run"
    ]


def write_all(
    tables: Sequence[PlainTable], rounds: int, writers: Sequence[Writer] = WRITERS
) -> dict[Writer, Written]:
    """Return what each writer did, all of them in turn and again, so that noise meets all."""
    found = {writer: Written() for writer in writers}
    with tempfile.TemporaryDirectory(prefix="eco_onemap_bench_") as folder:
        given = Path(folder, "given")
        save_tables(given, tables)
        for number in range(rounds):
            for writer, written in found.items():
                target = Path(folder, f"{writer.module}.gpkg")
                if not written.problem:
                    _run(writer, written, given, target)
                if not written.problem and number == 0:
                    written.file_mib = target.stat().st_size / 2**20
                    written.problem = find_fault(tables, target)
    return found


def _run(writer: Writer, written: Written, given: Path, target: Path) -> None:
    python = bench_python() if writer.apart else Path(sys.executable)
    if python is None:
        written.problem = "not installed (make bench does it)"
        return
    child = Path(__file__).with_name("writing") / "child.py"
    command = [str(python), str(child), writer.module, str(given), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    if done.returncode:
        written.problem = (done.stderr.strip().splitlines() or ["failed"])[-1][:120]
    else:
        written.runs.append(json.loads(done.stdout.splitlines()[-1]))


def find_fault(tables: Sequence[PlainTable], path: Path) -> str:
    """Return what a GeoPackage holds otherwise than the tables, "" where all rows are the same."""
    for table in tables:
        given, stored = table.rows(), stored_rows(path, table)
        if given != stored:
            apart = sum(one != two for one, two in zip(given, stored, strict=False))
            return f"other rows in {table.name}: {len(stored)} of {len(given)}, {apart} differ"
        if table.geometries is not None and not has_index(path, table.name):
            return f"no index over {table.name}"
    return ""


def rows_of(found: dict[Writer, Written], count: int) -> list[list[str]]:
    """Return the table of all writers, the ratio to ours, and the memory beyond what was given."""
    ours = found[OURS].best["seconds"]
    header = ["writer", "version", "seconds", "ratio to ours", "rows a second"]
    rows = [[*header, "peak beyond the tables, MiB", "file, MiB"]]
    for writer, written in found.items():
        if written.problem:
            rows.append([writer.name, written.problem, *["–"] * 5])
            continue
        best = written.best
        rows.append(
            [
                *(writer.name, best["version"], f"{best['seconds']:.2f}"),
                *(f"{best['seconds'] / ours:.2f}", f"{count / best['seconds']:,.0f}"),
                *(f"{best['peak_mib'] - best['given_mib']:.0f}", f"{written.file_mib:.0f}"),
            ]
        )
    return rows


def report(count: int, cache: Path, rounds: int = 3) -> str:
    """Return the comparison as Markdown."""
    tables = tables_of_a_check(count, cache)
    total = sum(len(table) for table in tables)
    shapes = sum(len(table) for table in tables if table.geometries is not None)
    return (
        f"The {len(tables)} tables of a check of {count:,} sites against six layers: {total:,} "
        f"rows, {shapes:,} of them with a geometry and a spatial index over them. Each writer runs "
        f"in a process of its own, all in turn and {rounds} times; the best of each is told, from "
        "arrays and geometries in memory to a closed file. All files are read back and hold the "
        "same rows, value by value.\n\n" + as_markdown(rows_of(write_all(tables, rounds), total))
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=Path("build/bench/cache"))
    arguments = parser.parse_args()
    print(report(arguments.sites, arguments.cache, arguments.rounds))


if __name__ == "__main__":
    main()
