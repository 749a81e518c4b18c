# SPDX-License-Identifier: GPL-2.0-or-later
"""The other engines find the same areas as ours, each in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import workload  # found by the line above
from comparison import Comparison, layer_table, layers_table
from engines.environment import bench_python
from engines.running import ENGINES, FLOOR, ONE_MAP, QGIS, WHOLE_FEATURES, Engine, Measured, measure

pytestmark = pytest.mark.slow

ZONES = slice(0, 300)  # nested in threes, so that dissolved areas are less than their sum


@pytest.fixture(scope="module")
def given() -> tuple[np.ndarray, np.ndarray]:
    features = workload.water()[ZONES]
    sites = workload.sites(2000)
    met = shapely.STRtree(features).query(sites, predicate="intersects")[0]
    return sites[np.unique(met)[:60]], features


@pytest.fixture(scope="module")
def ours(given) -> Measured:
    return measure(ONE_MAP, *given)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.module)
def test_engines_agree(engine: Engine, given, ours: Measured) -> None:
    if engine.apart and bench_python() is None:
        pytest.skip("its environment is made by make bench only")
    made = measure(engine, *given)
    assert made.problem == ""
    assert made.seconds > 0
    assert made.peak_mib > 10
    assert made.version
    if engine is FLOOR:
        return
    assert (ours.areas_m2 > 0).sum() > 20
    tolerance = 1e-5 if engine is QGIS else 1e-9  # QGIS sums geodesic areas by its own series
    np.testing.assert_allclose(made.areas_m2, ours.areas_m2, rtol=tolerance, atol=1e-3)


def test_points_have_no_area(given) -> None:
    sites, _ = given
    corners = shapely.points(shapely.get_coordinates(sites))
    assert measure(WHOLE_FEATURES, sites, corners).areas_m2.tolist() == [0.0] * len(sites)


def test_an_engine_that_fails_says_why(given) -> None:
    assert "no_such" in measure(Engine("none", "no_such"), *given).problem
    stopped = measure(ONE_MAP, *given, longest_s=0.01)
    assert stopped.problem == "stopped after 0.01 s"


def test_tables_say_what_was_measured() -> None:
    other, lost = Engine("Other", "other"), Engine("Lost", "lost")
    made = {
        ONE_MAP: Measured(0.5, 1.5, np.array([10.0, 0.0]), 100.0, "1.0"),
        other: Measured(5.0, 0.0, np.array([10.25, 0.0]), 50.0, "2.0"),
        lost: Measured(problem="not installed"),
    }
    rows = layer_table(Comparison("water", made))
    assert rows[1][2:] == ["0.5", "1", "1.5", "1", "100", "–"]
    assert rows[2] == ["Other", "2.0", "5", "10", "–", "2.5", "50", "0.25"]
    assert rows[3][:3] == ["Lost", "not installed", "–"]
    assert {len(row) for row in rows} == {8}
    assert layers_table([Comparison("water", made)])[1:] == [
        [ONE_MAP.name, "0.5 (1)"],
        ["Other", "5 (10)"],
        ["Lost", "not installed"],
    ]
