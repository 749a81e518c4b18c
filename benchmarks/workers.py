# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads against worker processes: the same blocks, the same bytes, time and memory.

::

    .venv/bin/python benchmarks/workers.py [--sites 20000] [--rounds 2]

``run.py`` calls ``report``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import world
from comparison import as_markdown
from worker_processes import MemoryWatch, Processes

from eco_onemap.core.assess import assess_into
from eco_onemap.core.batch import Executor, Threads
from eco_onemap.core.layers.loading import Loaded, load_layers
from eco_onemap.core.options import Options
from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.staging import StagedGeoPackage
from eco_onemap.readers.compiled_cache import CompiledCache

RINGS = (500.0, 1000.0, 2500.0)

WAYS: Mapping[str, Callable[[Path], Executor]] = {
    "one thread": lambda _: Threads(1),
    "two threads": lambda _: Threads(2),
    "two processes, forked": lambda cache: Processes(2, "fork", partial(load, cache)),
    "two processes, spawned": lambda cache: Processes(2, "spawn", partial(load, cache)),
}


def load(cache: Path) -> tuple[Loaded, ...]:
    """Return the workload's layers from the cache, as a worker of its own loads them."""
    given = (world.catalogue(), world.Workload(), CompiledCache(cache))
    return load_layers(*given, Options().as_of, NoProgress())


def measure(way: str, count: int, cache: Path) -> dict[str, Any]:
    """Return seconds, seconds of processor, peak memory and digest of the file of one check."""
    sites = world.site_set(count)
    with tempfile.TemporaryDirectory() as folder, MemoryWatch() as memory:
        target = Path(folder, "results.gpkg")
        start = time.perf_counter()
        assess_into(
            *(StagedGeoPackage(target, "Benchmark", "en"), sites),
            *(world.catalogue(), [world.pack()], Options(rings_m=RINGS)),
            *(world.Workload(), None, CompiledCache(cache)),
            executor=WAYS[way](cache),
        )
        taken = time.perf_counter() - start
        digest = hashlib.sha256(target.read_bytes()).hexdigest()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "seconds": taken,
        "processor_s": sum(one.ru_utime + one.ru_stime for one in used),
        "peak_mib": memory.peak_mib,
        "digest": digest,
    }


def measure_all(count: int, cache: Path, rounds: int) -> dict[str, dict[str, Any]]:
    """Return the quickest of several runs of each way, each in a process of its own, in turn."""
    found: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way, runs in found.items():
            command = [sys.executable, __file__, "--way", way, "--sites", count, "--cache", cache]
            done = subprocess.run(list(map(str, command)), capture_output=True, check=True)
            runs.append(json.loads(done.stdout))
    digests = {run["digest"] for runs in found.values() for run in runs}
    if len(digests) != 1:
        raise RuntimeError("the ways to check do not give the same bytes")
    return {way: min(runs, key=lambda run: run["seconds"]) for way, runs in found.items()}


def report(count: int, cache: Path, rounds: int = 2) -> str:
    """Return the comparison as Markdown."""
    found = measure_all(count, cache, rounds)
    alone = found["one thread"]["seconds"]
    rows = [["workers", "seconds", "ratio to one thread", "of processor", "peak memory, MiB"]]
    rows += [
        [
            *(way, f"{one['seconds']:.1f}", f"{one['seconds'] / alone:.2f}"),
            *(f"{one['processor_s']:.1f}", f"{one['peak_mib']:.0f}"),
        ]
        for way, one in found.items()
    ]
    return (
        f"The whole check of {count:,} sites against six layers from the cache, tables on disk; "
        f"each way in a process of its own, all in turn and {rounds} times, the best of each. All "
        "give the same bytes. Memory is that of the process and its workers together, shared pages "
        "counted once.\n\n" + as_markdown(rows)
    )


def main() -> None:
    """Measure and print: all ways, or the figures of one as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--cache", type=Path, default=Path("build/bench/cache"))
    parser.add_argument("--way", choices=list(WAYS))
    arguments = parser.parse_args()
    if arguments.way:
        print(json.dumps(measure(arguments.way, arguments.sites, arguments.cache)))
    else:
        print(report(arguments.sites, arguments.cache, arguments.rounds))


if __name__ == "__main__":
    main()
