# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs an engine in a process of its own, so that its peak memory is its own."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from eco_onemap.core.geometry.geodesy import areas_m2
from engines.environment import bench_python

LONGEST_S = 900
"""An engine that takes longer is stopped."""


@dataclass(frozen=True)
class Engine:
    """An engine. apart: whether it runs in the benchmark's own environment.

    polygons_only: whether it leaves out the sites that are lines and points.
    """

    name: str
    module: str
    apart: bool = False
    polygons_only: bool = False


FLOOR = Engine("floor: GEOS on pairs that cross", "floor")
ONE_MAP = Engine("Eco One Map, layer cached", "one_map")
POSTGIS, SUBDIVIDED = (
    Engine("PostGIS, GiST on whole features", "postgis"),
    Engine("PostGIS, ST_Subdivide(128)", "postgis_subdivided"),
)
WHOLE_FEATURES = Engine("shapely STRtree on whole features", "whole_features")
QGIS = Engine("QGIS native:calculatevectoroverlaps", "qgis_native", polygons_only=True)
GEOPANDAS = Engine("GeoPandas overlay", "geopandas_overlay", apart=True, polygons_only=True)
DUCKDB = Engine("DuckDB spatial", "duckdb_spatial", apart=True)
SEDONA = Engine("Apache SedonaDB", "sedona_db", apart=True)

ENGINES = (ONE_MAP, FLOOR, SUBDIVIDED, SEDONA, DUCKDB, WHOLE_FEATURES, GEOPANDAS, QGIS, POSTGIS)


@dataclass(frozen=True)
class Measured:
    """What an engine did with a layer.

    seconds: for the sites; preparation_s: once for the layer. areas_m2: shape (n,), dissolved, on
        the ellipsoid. peak_mib: of its process, what it was given included; of PostGIS the
        server's process. version: what ran. problem: why it did not run, "" where it did.
    """

    seconds: float = np.nan
    preparation_s: float = np.nan
    areas_m2: np.ndarray | None = None
    peak_mib: float = np.nan
    version: str = ""
    problem: str = ""


def measure(
    engine: Engine, sites: np.ndarray, features: np.ndarray, longest_s: float = LONGEST_S
) -> Measured:
    """Return what an engine makes of sites and features, in a new process."""
    python = bench_python() if engine.apart else Path(sys.executable)
    if python is None:
        return Measured(problem="not installed (make bench does it)")
    with tempfile.TemporaryDirectory(prefix="eco_onemap_bench_") as folder:
        given, made = Path(folder, "given"), Path(folder, "made")
        with given.open("wb") as stream:
            pickle.dump([shapely.to_wkb(array).tolist() for array in (sites, features)], stream)
        problem = _run(python, engine, given, made, longest_s)
        if problem:
            return Measured(problem=problem)
        with made.open("rb") as stream:
            working, preparing, peak, version, content = pickle.load(stream)
    return Measured(working, preparing, _areas(content, len(sites)), peak, version)


def _run(python: Path, engine: Engine, given: Path, made: Path, longest_s: float) -> str:
    """Run an engine's process; return why it failed, "" where it did not."""
    child = Path(__file__).with_name("child.py")
    command = [str(python), str(child), engine.module, str(given), str(made)]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, check=False, timeout=longest_s
        )
    except subprocess.TimeoutExpired:
        return f"stopped after {longest_s:g} s"
    if made.exists():
        return ""
    lines = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
    return lines[-1][:120]


def _areas(content: np.ndarray | tuple[list[int], list[bytes]], count: int) -> np.ndarray:
    """Return each site's dissolved area, by the same function for all engines, untimed."""
    if isinstance(content, np.ndarray):
        return content
    sites, blobs = content
    number = np.array(sites, dtype=np.intp)
    shared = shapely.from_wkb(np.array(blobs, dtype=object))
    areal = shapely.get_dimensions(shared) == 2
    whole = np.full(count, shapely.Polygon(), dtype=object)
    order = np.argsort(number[areal], kind="stable")
    sorted_site, parts = number[areal][order], shared[areal][order]
    starts = np.flatnonzero(np.diff(sorted_site, prepend=-1))
    groups = np.split(parts, starts)[1:]  # the first is what comes before the first start
    for site, group in zip(sorted_site[starts], groups, strict=True):
        whole[site] = shapely.union_all(group)
    return areas_m2(whole)
