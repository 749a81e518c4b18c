# SPDX-License-Identifier: GPL-2.0-or-later
"""How the check grows: overlaps against the floor, and the whole check with its tables on disk.

::

    .venv/bin/python benchmarks/scale.py overlap --sites 100000
    .venv/bin/python benchmarks/scale.py whole --sites 100000 --workers 2 --rings 500,1000,2500
    .venv/bin/python benchmarks/scale.py cancel --sites 100000 --workers 2 --rings 500,1000,2500

Each call prints one line of JSON; ``run.py`` makes tables of them.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import shapely
import workload
import world

from eco_onemap.core.assess import assess_into
from eco_onemap.core.batch import plan_blocks
from eco_onemap.core.errors import Cancelled
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.measures.overlap import dissolve, find_overlaps
from eco_onemap.core.options import Options
from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.staging import StagedGeoPackage
from eco_onemap.readers.compiled_cache import CompiledCache

BLOCK = 2000
TURNS = 3
"""Floor and ours take turns, and the best of each counts: noise only adds time."""
MOMENTS_S = (1.0, 2.3, 3.7, 5.1, 7.9)
"""After how much time a check is cancelled."""
Work = Callable[[np.ndarray, CompiledLayer], object]


def floor(sites: np.ndarray, layer: CompiledLayer) -> object:
    """Intersect only what really crosses, on compiled pieces: what GEOS itself cannot avoid."""
    site, piece = layer.tree.query(sites, predicate="intersects")
    met, parts = sites[site], layer.pieces[piece]
    crossing = ~shapely.covers(parts, met) & ~shapely.covers(met, parts)
    return shapely.intersection(met[crossing], parts[crossing])


def ours(sites: np.ndarray, layer: CompiledLayer) -> object:
    """Areas and lengths on the ellipsoid per feature and dissolved."""
    return dissolve(find_overlaps(sites, layer), len(sites), layer.overlapping)


def seconds(work: Work, blocks: Sequence[np.ndarray], layer: CompiledLayer, workers: int) -> float:
    """Return how long all blocks take in as many threads."""
    start = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda sites: work(sites, layer), blocks))
    return time.perf_counter() - start


def overlap(count: int, cache: CompiledCache) -> dict[str, dict[str, float]]:
    """Return the seconds of floor and ours for each layer and all of them, the best of turns."""
    sites = workload.sites(count)
    blocks = [sites[block.rows] for block in plan_blocks(sites, BLOCK)]
    found: dict[str, dict[str, float]] = {}
    for name in world.ROLES:
        layer = world.compiled(name, cache)
        ours(blocks[0], layer)  # makes what a layer makes once
        turns = [
            {
                "floor": seconds(floor, blocks, layer, 1),
                "ours": seconds(ours, blocks, layer, 1),
                "ours, two threads": seconds(ours, blocks, layer, 2),
            }
            for _ in range(TURNS)
        ]
        found[name] = {way: min(turn[way] for turn in turns) for way in turns[0]}
    found["all"] = {name: sum(layer[name] for layer in found.values()) for name in found["redline"]}
    return found


def whole(
    count: int, rings: tuple[float, ...], workers: int, cache: CompiledCache
) -> dict[str, float]:
    """Return seconds and peak memory of a whole check, loading and writing included."""
    sites = world.site_set(count)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "results.gpkg")
        start, busy = time.perf_counter(), time.process_time()
        staged = StagedGeoPackage(target, "Benchmark", "en")
        assess_into(
            *(staged, sites, world.catalogue(), [world.pack()]),
            *(Options(rings_m=rings, workers=workers), world.Workload(), None, cache),
        )
        taken, worked = time.perf_counter() - start, time.process_time() - busy
        size = target.stat().st_size
    return {
        "seconds": taken,
        "processor_s": worked,
        "peak_gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "file_mib": size / 2**20,
    }


class Alarm(NoProgress):
    """A user who cancels some seconds after the work began."""

    def __init__(self, after_s: float) -> None:
        self.at = time.perf_counter() + after_s

    def is_cancelled(self) -> bool:
        """Return whether the moment has come."""
        return time.perf_counter() >= self.at


def cancel(
    count: int, rings: tuple[float, ...], workers: int, cache: CompiledCache
) -> dict[str, float]:
    """Return how many seconds a check goes on after it was cancelled, by the moment of that.

    The first half of the moments falls into compiling, with an empty cache, the other into blocks.
    """
    sites, waits = world.site_set(count), {}
    for number, moment in enumerate(MOMENTS_S + MOMENTS_S):
        with tempfile.TemporaryDirectory() as folder:
            own = CompiledCache(Path(folder, "cache")) if number < len(MOMENTS_S) else cache
            staged = StagedGeoPackage(Path(folder, "results.gpkg"), "Benchmark", "en")
            alarm = Alarm(moment)
            with suppress(Cancelled):
                assess_into(
                    *(staged, sites, world.catalogue(), [world.pack()]),
                    *(Options(rings_m=rings, workers=workers), world.Workload(), alarm, own),
                )
            name = "compiling" if own is not cache else "checking"
            waits[f"{name}, {moment} s"] = time.perf_counter() - alarm.at
    return waits


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["overlap", "whole", "cancel"])
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rings", default="")
    parser.add_argument("--cache", type=Path, default=Path("build/bench/cache"))
    arguments = parser.parse_args()
    cache = CompiledCache(arguments.cache)
    rings = tuple(float(ring) for ring in arguments.rings.split(",") if ring)
    if arguments.what == "overlap":
        print(json.dumps(overlap(arguments.sites, cache)))
    else:
        work = whole if arguments.what == "whole" else cancel
        print(json.dumps(work(arguments.sites, rings, arguments.workers, cache)))


if __name__ == "__main__":
    main()
