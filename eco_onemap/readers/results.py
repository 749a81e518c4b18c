# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the tables that a check wrote, whole or for one site, through Python's own SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import missing, no_values
from eco_onemap.core.errors import ResultsError
from eco_onemap.core.further.further_checks import FURTHER_TABLES
from eco_onemap.core.table import Column, ResultTable
from eco_onemap.readers.result_columns import TABLES, refuse_older


def read_results(path: Path, tables: Sequence[str], site: str = "") -> dict[str, ResultTable]:
    """Return tables of the results *path* by name, without geometries and ring columns.

    site: only rows of this site and those of all sites (``*``). Tables that only some results have
    are read as empty where there are none. ResultsError names the file, and what results of an
    older version lack.
    """
    if not path.is_file():
        raise ResultsError("results.absent", path=str(path))
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            refuse_older(path, database, tables)
            return {name: _read(database, name, site) for name in tables}
    except sqlite3.Error as error:
        raise ResultsError(
            "results.unreadable", path=str(path), cause=str(error), details=repr(error)
        ) from error


def _read(database: sqlite3.Connection, name: str, site: str) -> ResultTable:
    columns = TABLES[name]
    if name in FURTHER_TABLES and not _has(database, name):
        nothing = {column.name: no_values(column, 0) for column in columns}
        return ResultTable(name, columns, nothing)
    quoted = ", ".join(f'"{column.name}"' for column in columns)
    query = f'SELECT {quoted} FROM "{name}"'
    if site and name != "run":
        rows = database.execute(
            f"{query} WHERE site_id IN (?, '*') ORDER BY fid", (site,)
        ).fetchall()
    else:
        rows = database.execute(f"{query} ORDER BY fid").fetchall()
    found = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return ResultTable(
        name,
        columns,
        {c.name: column_of(c, values) for c, values in zip(columns, found, strict=True)},
    )


def _has(database: sqlite3.Connection, name: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return database.execute(query, (name,)).fetchone() is not None


def column_of(column: Column, values: Sequence[Any]) -> NDArray[Any]:
    """Return one column; NULL is what a table in memory has for no value."""
    array = no_values(column, len(values))
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    given = ~missing(cells)
    array[given] = cells[given].astype(array.dtype)
    return array
