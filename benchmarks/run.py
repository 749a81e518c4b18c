# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures the check against other engines in one run and writes the table of what was measured.

::

    .venv/bin/python benchmarks/run.py [--sites 1000] [--out build/bench/performance.md]

Everything runs on the same workload (``workload.py``) in the same process; ratios are what counts.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely
import workload
from engines import floor, native_overlaps, whole_features
from rasters import raster_rows

from eco_onemap.core.assess import assess
from eco_onemap.core.catalogue import Catalogue, CoverageEntry, CoverageKind, LayerEntry
from eco_onemap.core.compiled import compile_layer
from eco_onemap.core.geodesy import areas_m2
from eco_onemap.core.options import Options
from eco_onemap.core.overlap import dissolve, find_overlaps
from eco_onemap.core.rules import LegalBasis, Relation, Rule, RulePack
from eco_onemap.core.site import SiteFacts, SiteSet
from eco_onemap.core.table import FeatureTable
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.outputs.geopackage import write_geopackage
from eco_onemap.readers.compiled_cache import CompiledCache

ROLES = {
    "redline": "eco_redline",
    "units": "control_unit",
    "water": "drinking_zone",
    "parcels": "soil_register",
    "sea": "sea_risk",
    "points": "sensitive",
}


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return how long *work* took in seconds, and what it returned."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def table_of(name: str, geometries: np.ndarray) -> FeatureTable:
    ids = np.arange(len(geometries)).astype(str).astype(object)
    return FeatureTable(geometries, {}, "EPSG:4490", name, ids, name)


def entry_of(name: str) -> LayerEntry:
    coverage = CoverageEntry(CoverageKind.COMPLETE)
    return LayerEntry(name, ROLES[name], name, name, coverage=coverage)


class Memory:
    """The workload's layers as a source; read once, then from the cache."""

    def is_raster(self, entry: LayerEntry) -> bool:
        return False

    def fingerprint(self, entry: LayerEntry) -> str:
        return f"workload-{entry.id}"

    def read_features(self, entry: LayerEntry) -> FeatureTable:
        made = getattr(workload, entry.id)()
        return FeatureTable(
            made,
            {},
            "EPSG:4490",
            entry.id,
            np.arange(len(made)).astype(str).astype(object),
            self.fingerprint(entry),
        )

    def read_polygons(self, path: str) -> FeatureTable:
        west, south, size = workload.WEST, workload.SOUTH, workload.SIZE
        region = shapely.box(west - 1, south - 1, west + size + 1, south + size + 1)
        return table_of(path, np.array([region], dtype=object))


def site_set(count: int) -> SiteSet:
    geometries = workload.sites(count)
    ids = np.array([f"s{number}" for number in range(count)], dtype=object)
    return SiteSet(
        ids=ids,
        names=ids,
        geometries=geometries,
        facts=(SiteFacts(),) * count,
        declared_area_m2=np.full(count, np.nan),
        repaired=np.full(count, "", dtype=object),
        crs="EPSG:4490",
    )


def overlap_rows(count: int) -> list[list[str]]:
    """Overlap areas of *count* sites with the red line, by each engine."""
    sites, features = workload.sites(count), workload.redline()
    entry = entry_of("redline")
    compiling, layer = timed(lambda: compile_layer(table_of("redline", features), entry))
    layer.tree.query(sites[:1])
    ours, found = timed(lambda: dissolve(find_overlaps(sites, layer), count))
    lowest, _ = timed(lambda: floor(sites, layer))
    whole, areas = timed(lambda: areas_m2(whole_features(sites, features)))
    native, qgis = timed(lambda: native_overlaps(sites, features))
    difference = float(np.abs(areas - found.area_m2).max())
    difference_qgis = float(np.abs(qgis - found.area_m2).max())
    header = ["engine", "seconds", "ratio to ours", "largest difference in area, m²"]
    return [
        header,
        ["Eco One Map, layer cached", f"{ours:.3f}", "1", "–"],
        [
            "… with the one-time compiling",
            f"{ours + compiling:.2f}",
            f"{(ours + compiling) / ours:.0f}",
            "–",
        ],
        ["floor: GEOS on pairs that cross", f"{lowest:.3f}", f"{lowest / ours:.2f}", "–"],
        [
            "shapely STRtree on whole features",
            f"{whole:.2f}",
            f"{whole / ours:.0f}",
            f"{difference:.2g}",
        ],
        [
            "QGIS native:calculatevectoroverlaps",
            f"{native:.1f}",
            f"{native / ours:.0f}",
            f"{difference_qgis:.2g}",
        ],
    ]


def whole_check(count: int, rings: tuple[float, ...], workers: int, folder: Path) -> list[str]:
    """The whole check of *count* sites against six layers, tables written."""
    basis = (LegalBasis("Law", "1", verified=True),)
    rules = tuple(
        Rule(f"R{number}", {"en": role}, Verdict.PROHIBITED, Relation.OVERLAPS, basis, (role,))
        for number, role in enumerate(("eco_redline", "drinking_zone"))
    )
    catalogue = Catalogue("Benchmark", tuple(map(entry_of, ROLES)), "EPSG:4548", "region")
    pack = RulePack("benchmark", "1", "", "en", rules)
    options = Options(rings_m=rings, workers=workers)
    cache = CompiledCache(folder / "cache")
    sites = site_set(count)
    check = lambda: assess(sites, catalogue, [pack], options, Memory(), None, cache)  # noqa: E731
    checking, result = timed(check)
    writing, _ = timed(
        lambda: write_geopackage(folder / "results.gpkg", result.in_language("en").tables, "")
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    told = ", ".join(f"{ring:g}" for ring in rings) or "none"
    return [f"{count:,}", told, str(workers), f"{checking:.1f}", f"{writing:.1f}", f"{peak:.2f}"]


def as_markdown(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def report(count: int, folder: Path) -> str:
    """Return the tables as Markdown."""
    header = ["sites", "rings, m", "threads", "check, s", "tables, s", "peak memory so far, GiB"]
    whole_check(10, (), 1, folder)  # fills the cache
    rings = (500.0, 1000.0, 2500.0)
    whole = [
        header,
        whole_check(1000, (), 1, folder),
        whole_check(1000, rings, 1, folder),
        whole_check(10_000, (), 1, folder),
        whole_check(10_000, (), 2, folder),
        whole_check(10_000, rings, 2, folder),
    ]
    overlap = overlap_rows(count)  # last: QGIS in this process would add to the memory measured
    machine = (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}"
    )
    return (
        "# Performance\n\nMeasured by `make bench` in one run on one machine "
        f"({machine}); the workload is `benchmarks/workload.py`.\n\n"
        f"## Overlap of {count:,} sites with a red line of 431 features, "
        "1.72 million vertices\n\n"
        f"{as_markdown(overlap)}\n\n"
        "## The whole check against six layers, layers cached\n\n"
        "Overlaps, dissolved and per feature, in the ellipsoid and the plane; nearest distances "
        "with bearing; ring counts and areas; coverage; rules; verdicts; all tables.\n\n"
        f"{as_markdown(whole)}\n\n"
        "## Statistics of 10,000 sites on a raster of 20,000 by 20,000 cells\n\n"
        f"{as_markdown(raster_rows(folder))}\n"
    )


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=Path("build/bench/performance.md"))
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    text = report(arguments.sites, arguments.out.parent)
    arguments.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
