# SPDX-License-Identifier: GPL-2.0-or-later
"""Eco One Map itself: Python's sqlite3, whole arrays of GeoPackage blobs, a packed index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from engines.sharing import Clock

from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.outputs.geopackage import write_geopackage
from writing.plain_tables import PlainTable


def result_table(table: PlainTable) -> ResultTable:
    """Return a table as a check gives it."""
    columns = tuple(Column(name, ColumnType(kind)) for name, kind in table.types.items())
    return ResultTable(table.name, columns, table.columns, table.geometries)


def write(path: Path, tables: Sequence[PlainTable], clock: Clock) -> None:
    """Write all tables."""
    clock.version = f"SQLite {sqlite3.sqlite_version}"
    given = [result_table(table) for table in tables]
    clock.working(lambda: write_geopackage(path, given, "Benchmark"))
