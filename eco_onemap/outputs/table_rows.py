# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of result tables as SQLite takes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.table import Column, ColumnType, Geometries, ResultTable
from eco_onemap.outputs.geometry_blobs import geometry_blobs

SRS_ID = 4490
"""CGCS2000, longitude first as a GeoPackage always has it."""

ROWS_AT_ONCE = 50_000


def insert_rows(
    database: sqlite3.Connection,
    table: ResultTable,
    boxes: NDArray[np.float64] | None,
    extra: Sequence[tuple[str, NDArray[Any]]] = (),
    srs_id: int = SRS_ID,
) -> None:
    """Insert all rows of *table* into the table of that name; NaN, -1 counts and "" become NULL.

    boxes: shape (n, 4), ``shapely.bounds`` of the geometries, ``None`` for a plain table.
    extra: further columns of the database's table, by name.
    """
    names = [name for name, _ in extra] + ([] if boxes is None else ["geom"])
    marks = ["?"] * len(names)
    for column in table.columns:
        names.append(column.name)
        marks.append("NULLIF(?,'')" if column.type is ColumnType.TEXT else "?")
    quoted = ", ".join(f'"{name}"' for name in names)
    statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({", ".join(marks)})'
    for rows in _blocks(table, boxes, [values for _, values in extra], srs_id):
        database.executemany(statement, rows)


def _blocks(
    table: ResultTable,
    boxes: NDArray[np.float64] | None,
    extra: Sequence[NDArray[Any]],
    srs_id: int,
) -> Iterator[Iterator[tuple[Any, ...]]]:
    """Yield the rows as SQLite takes them, some at a time to bound the memory."""
    for start in range(0, len(table), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        columns = [_values(column, table[column.name][rows]) for column in table.columns]
        if boxes is not None and table.geometries is not None:
            geometries: Geometries = table.geometries[rows]
            columns.insert(0, geometry_blobs(geometries, boxes[rows], srs_id))
        yield zip(*[values[rows].tolist() for values in extra], *columns, strict=True)


def _values(column: Column, values: NDArray[Any]) -> list[Any]:
    """Return one column's values; a negative count is no value (NaN becomes NULL by itself)."""
    if column.type is ColumnType.INTEGER and (values < 0).any():
        counts = values.astype(object)
        counts[values < 0] = None
        values = counts
    return values.tolist()
