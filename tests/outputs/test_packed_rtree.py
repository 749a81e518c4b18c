# SPDX-License-Identifier: GPL-2.0-or-later
"""The packed index answers like a look at every box, and SQLite finds it sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
from numpy.typing import NDArray

from eco_onemap.outputs.packed_rtree import fill_rtree

CAPACITY = 51  # cells of a node in two dimensions with pages of 4096 bytes


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("CREATE VIRTUAL TABLE t USING rtree(id, minx, maxx, miny, maxy)")
        yield opened


def boxes(count: int) -> NDArray[np.float64]:
    corners = np.random.default_rng(count).uniform((-180, -90), (180, 90), (count, 2))
    return np.hstack([corners, corners + 0.1])


@pytest.mark.parametrize("count", [0, 1, CAPACITY, CAPACITY + 1, 700, CAPACITY**2 + 1])
def test_is_sound_and_finds_every_box(database: sqlite3.Connection, count: int) -> None:
    world = boxes(count)
    ids = 10 * np.arange(count) + 3
    fill_rtree(database, "t", ids, world)
    assert database.execute("SELECT rtreecheck('t')").fetchall() == [("ok",)]
    assert database.execute("SELECT count(*) FROM t").fetchone() == (count,)
    for west, south in ((-180, -90), (-20, 10), (100, 20)):
        east, north = west + 60, south + 40
        meets = (world[:, 0] <= east) & (world[:, 2] >= west)
        meets &= (world[:, 1] <= north) & (world[:, 3] >= south)
        found = database.execute(
            "SELECT id FROM t WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?",
            (east, west, north, south),
        )
        assert {row[0] for row in found} >= set(ids[meets].tolist())


def test_boxes_never_shrink(database: sqlite3.Connection) -> None:
    # a third of a degree has no exact 32-bit number, on either side of zero
    world = np.array([[1 / 3, -1 / 3, 2 / 3, 1 / 7], [-2 / 3, 1 / 3, -1 / 3, 2 / 3]])
    fill_rtree(database, "t", np.array([1, 2]), world)
    for number, minx, maxx, miny, maxy in database.execute("SELECT * FROM t"):
        west, south, east, north = world[number - 1]
        assert minx <= west < minx + 1e-7
        assert miny <= south < miny + 1e-7
        assert maxx - 1e-7 < east <= maxx
        assert maxy - 1e-7 < north <= maxy


def test_takes_more_rows_afterwards(database: sqlite3.Connection) -> None:
    fill_rtree(database, "t", np.arange(300), boxes(300))
    database.executemany(
        "INSERT INTO t VALUES (?, ?, ?, ?, ?)",
        [(300 + number, 0.0, 1.0, 0.0, 1.0) for number in range(200)],
    )
    database.execute("DELETE FROM t WHERE id < 100")
    assert database.execute("SELECT rtreecheck('t')").fetchall() == [("ok",)]
    assert database.execute("SELECT count(*) FROM t").fetchone() == (400,)
