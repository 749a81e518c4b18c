# SPDX-License-Identifier: GPL-2.0-or-later
"""All writers of the benchmark write the same rows, and a file with other rows is found out."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import writers  # found by the line above
from engines.environment import bench_python
from engines.sharing import Clock
from writing import one_map
from writing.plain_tables import PlainTable

pytestmark = pytest.mark.slow


def objects(*items):
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def tables():
    ring = [(118.0, 24.0), (118.1, 24.0), (118.1, 24.1), (118.0, 24.0)]
    ids = objects("s0", "s1", "s2", "s3")
    shapes = objects(
        shapely.Polygon(ring), shapely.Point(118.0, 24.5), None, shapely.LineString(ring[:3])
    )
    place = {"site_id": "text", "area_m2": "real", "findings": "integer", "repaired": "boolean"}
    values = {
        "site_id": ids,
        "area_m2": np.array([1.25, np.nan, -0.1, 1e-7]),
        "findings": np.array([3, -1, 0, 2**40]),
        "repaired": np.array([True, False, True, True]),
    }
    gaps = {"site_id": ids[[0, 3]], "what": objects("layer:红线", ""), "why": objects("", "缺")}
    return [
        PlainTable("site_verdict", place, values, shapes),
        PlainTable("not_evaluated", dict.fromkeys(gaps, "text"), gaps, None),
    ]


@pytest.mark.parametrize("writer", writers.WRITERS, ids=lambda writer: writer.module)
def test_writers_write_the_same_rows(writer):
    if writer.apart and bench_python() is None:
        pytest.skip("its environment is made by make bench only")
    (written,) = writers.write_all(tables(), 1, [writer]).values()
    assert written.problem == ""
    assert written.best["seconds"] > 0
    assert written.best["version"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE not_evaluated SET why = '缺失' WHERE site_id = 's3'", "not_evaluated"),
        ("UPDATE not_evaluated SET why = '' WHERE site_id = 's0'", "not_evaluated"),
        ("DELETE FROM not_evaluated WHERE site_id = 's3'", "not_evaluated"),
        ("DELETE FROM gpkg_extensions WHERE table_name = 'site_verdict'", "no index"),
    ],
)
def test_a_file_that_holds_something_else_is_found_out(tmp_path, change, fault):
    path = tmp_path / "results.gpkg"
    one_map.write(path, tables(), Clock())
    assert writers.find_fault(tables(), path) == ""
    with closing(sqlite3.connect(path)) as database:
        database.execute(change)
        database.commit()
    assert fault in writers.find_fault(tables(), path)
