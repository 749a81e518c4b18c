# SPDX-License-Identifier: GPL-2.0-or-later
"""Fills an SQLite R*Tree in one go, with full nodes, instead of row by row.

The node format is the one at the head of SQLite's ``rtree.c``: a big-endian 16-bit depth (root
only), a 16-bit cell count, then cells of a 64-bit id and four 32-bit floats (x minimum and
maximum, y minimum and maximum). Sorting into tiles is Leutenegger's Sort-Tile-Recursive (1997).
"""

from __future__ import annotations

import math
import sqlite3

import numpy as np
from numpy.typing import NDArray

_CELL = np.dtype([("id", ">i8"), ("box", ">f4", 4)])
_HEADER_BYTES = 4


def fill_rtree(
    database: sqlite3.Connection, rtree: str, ids: NDArray[np.int64], boxes: NDArray[np.float64]
) -> None:
    """Fill the empty two-dimensional R*Tree *rtree* with *boxes*.

    ids: shape (n,), unique. boxes: shape (n, 4), x minimum, y minimum, x maximum, y maximum.
    """
    if len(ids) == 0:
        return
    size = database.execute(f'SELECT length(data) FROM "{rtree}_node"').fetchone()[0]
    capacity = (size - _HEADER_BYTES) // _CELL.itemsize
    order = _tile_order(boxes, capacity)
    keys, cells = ids[order], _outward(boxes[order])
    levels: list[tuple[NDArray[np.int64], NDArray[np.float32]]] = []
    while not levels or len(levels[-1][0]) > capacity:
        if levels:
            keys, cells = _parents(levels[-1], capacity)
        levels.append((keys, cells))
    _write_levels(database, rtree, levels, capacity, size)


def _tile_order(boxes: NDArray[np.float64], capacity: int) -> NDArray[np.intp]:
    """Return the order that puts neighbours into the same node: vertical strips, then south up."""
    nodes = math.ceil(len(boxes) / capacity)
    per_strip = math.ceil(math.sqrt(nodes)) * capacity
    middle_x, middle_y = boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    strip = np.empty(len(boxes), dtype=np.int64)
    strip[np.argsort(middle_x, kind="stable")] = np.arange(len(boxes)) // per_strip
    return np.lexsort((middle_y, strip))


def _outward(boxes: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return boxes as x-, x+, y-, y+ in 32 bits, rounded so that they never shrink."""
    cells = boxes[:, [0, 2, 1, 3]]
    rounded = cells.astype(np.float32)
    for column, direction in enumerate((-np.inf, np.inf, -np.inf, np.inf)):
        inside = (rounded[:, column] - cells[:, column]) * np.sign(direction) < 0
        moved = np.nextafter(rounded[:, column], np.float32(direction))
        rounded[:, column] = np.where(inside, moved, rounded[:, column])
    return rounded


def _parents(
    level: tuple[NDArray[np.int64], NDArray[np.float32]], capacity: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the numbers (from 0) and boxes of the nodes that hold the cells of *level*."""
    keys, cells = level
    starts = np.arange(0, len(keys), capacity)
    lower, upper = np.minimum.reduceat(cells, starts), np.maximum.reduceat(cells, starts)
    boxes = np.stack([lower[:, 0], upper[:, 1], lower[:, 2], upper[:, 3]], axis=1)
    return np.arange(len(starts)), boxes


def _write_levels(
    database: sqlite3.Connection,
    rtree: str,
    levels: list[tuple[NDArray[np.int64], NDArray[np.float32]]],
    capacity: int,
    size: int,
) -> None:
    """Write the nodes of all levels, leaves first in *levels*; the root is node 1."""
    first = 1
    database.execute(f'DELETE FROM "{rtree}_node"')
    for depth in range(len(levels) - 1, -1, -1):
        keys, cells = levels[depth]
        count = math.ceil(len(keys) / capacity)
        node_of_cell = first + np.arange(len(keys)) // capacity
        children = keys if depth == 0 else keys + first + count
        blobs = _node_blobs(children, cells, capacity, size, depth if first == 1 else 0)
        numbers = range(first, first + count)
        database.executemany(
            f'INSERT INTO "{rtree}_node" VALUES (?, ?)', zip(numbers, blobs, strict=True)
        )
        table = "parent" if depth else "rowid"
        order = np.argsort(children, kind="stable")
        links = zip(children[order].tolist(), node_of_cell[order].tolist(), strict=True)
        database.executemany(f'INSERT INTO "{rtree}_{table}" VALUES (?, ?)', links)
        first += count


def _node_blobs(
    children: NDArray[np.int64], cells: NDArray[np.float32], capacity: int, size: int, depth: int
) -> list[bytes]:
    """Return the nodes that hold *cells*, *capacity* each; only a root states its depth."""
    node = np.dtype(
        [("depth", ">u2"), ("count", ">u2"), ("cells", _CELL, capacity)]
        + [("rest", f"V{size - _HEADER_BYTES - capacity * _CELL.itemsize}")]
        * (size > _HEADER_BYTES + capacity * _CELL.itemsize)
    )
    nodes = np.zeros(math.ceil(len(children) / capacity), dtype=node)
    nodes["depth"] = depth
    nodes["count"] = capacity
    nodes["count"][-1] = len(children) - capacity * (len(nodes) - 1)
    padded = np.zeros(len(nodes) * capacity, dtype=_CELL)
    padded["id"][: len(children)] = children
    padded["box"][: len(children)] = cells
    nodes["cells"] = padded.reshape(len(nodes), capacity)
    return [row.tobytes() for row in nodes]
