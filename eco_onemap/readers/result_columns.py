# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a file of results has the tables and columns that this version reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from eco_onemap.core.errors import ResultsError
from eco_onemap.core.further.further_checks import FURTHER_TABLES
from eco_onemap.core.schema import CONTRACT_TABLES

TABLES = {**CONTRACT_TABLES, **FURTHER_TABLES}


def refuse_older(path: Path, database: sqlite3.Connection, tables: Iterable[str]) -> None:
    """Raise ResultsError for the first of *tables* in a file of results that lacks columns.

    It says which columns and which version wrote the file. A table that is not there at all, or
    that this version does not know, is no matter here.
    """
    for table in tables:
        there = {row[1] for row in database.execute(f'PRAGMA table_info("{table}")')}
        lacking = [column.name for column in TABLES.get(table, ()) if column.name not in there]
        if there and lacking:
            told = {"table": table, "columns": ", ".join(lacking), "version": _version(database)}
            raise ResultsError("results.older", path=str(path), **told)


def _version(database: sqlite3.Connection) -> str:
    query = "SELECT value FROM run WHERE key = 'eco_onemap.version'"
    row = database.execute(query).fetchone()
    return str(row[0]) if row else "?"
