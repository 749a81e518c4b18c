# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a file of results, read some rows at a time: such a file may hold millions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.readers.results import column_of

_TYPES = {
    "TEXT": ColumnType.TEXT,
    "REAL": ColumnType.REAL,
    "INTEGER": ColumnType.INTEGER,
    "BOOLEAN": ColumnType.BOOLEAN,
}
_OWN = ("fid", "geom")
"""Columns of the GeoPackage that the tables of a check do not have."""


@dataclass(frozen=True)
class StoredTable:
    """A table of results in an open file; :class:`eco_onemap.core.table.RowBlocks`."""

    database: sqlite3.Connection
    name: str
    columns: tuple[Column, ...]

    def blocks(self, size: int) -> Iterator[ResultTable]:
        """Yield the rows *size* at a time, without geometries; NULL is "no value"."""
        rows = self._rows("1", ())
        while some := rows.fetchmany(size):
            yield self._table(some)

    def whole(self, where: str = "1", values: Sequence[Any] = ()) -> ResultTable:
        """Return all rows for which the SQL condition *where* holds, without geometries."""
        return self._table(self._rows(where, values).fetchall())

    def _rows(self, where: str, values: Sequence[Any]) -> sqlite3.Cursor:
        quoted = ", ".join(f'"{column.name}"' for column in self.columns)
        query = f'SELECT {quoted} FROM "{self.name}" WHERE {where} ORDER BY fid'
        return self.database.execute(query, values)

    def _table(self, rows: Sequence[Any]) -> ResultTable:
        cells = zip(*rows, strict=True) if rows else [()] * len(self.columns)
        found = zip(self.columns, cells, strict=True)
        return ResultTable(
            self.name,
            self.columns,
            {column.name: column_of(column, values) for column, values in found},
        )

    def empty(self) -> ResultTable:
        """Return the table without rows."""
        values = {column.name: column_of(column, ()) for column in self.columns}
        return ResultTable(self.name, self.columns, values)


@contextmanager
def open_results(path: Path) -> Iterator[list[StoredTable]]:
    """Yield the tables of the results *path*, in the order in which they were written."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        yield stored_tables(database)


def stored_tables(database: sqlite3.Connection) -> list[StoredTable]:
    """Return the tables of an open file of results, in the order in which they were written."""
    names = database.execute("SELECT table_name FROM gpkg_contents ORDER BY rowid").fetchall()
    return [StoredTable(database, name, _columns(database, name)) for (name,) in names]


def _columns(database: sqlite3.Connection, table: str) -> tuple[Column, ...]:
    told = database.execute(f'PRAGMA table_info("{table}")').fetchall()
    return tuple(Column(row[1], _TYPES[row[2]]) for row in told if row[1] not in _OWN)
