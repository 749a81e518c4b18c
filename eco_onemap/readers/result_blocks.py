# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a file of results, read some rows at a time: such a file may hold millions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

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
        quoted = ", ".join(f'"{column.name}"' for column in self.columns)
        rows = self.database.execute(f'SELECT {quoted} FROM "{self.name}" ORDER BY fid')
        while some := rows.fetchmany(size):
            found = zip(self.columns, zip(*some, strict=True), strict=True)
            values = {column.name: column_of(column, cells) for column, cells in found}
            yield ResultTable(self.name, self.columns, values)


@contextmanager
def open_results(path: Path) -> Iterator[list[StoredTable]]:
    """Yield the tables of the results *path*, in the order in which they were written."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        names = database.execute("SELECT table_name FROM gpkg_contents ORDER BY rowid").fetchall()
        yield [StoredTable(database, name, _columns(database, name)) for (name,) in names]


def _columns(database: sqlite3.Connection, table: str) -> tuple[Column, ...]:
    told = database.execute(f'PRAGMA table_info("{table}")').fetchall()
    return tuple(Column(row[1], _TYPES[row[2]]) for row in told if row[1] not in _OWN)
