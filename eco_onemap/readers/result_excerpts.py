# SPDX-License-Identifier: GPL-2.0-or-later
"""The worst sites in a file of results, and counts over all: what a report is written from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from eco_onemap.core.errors import ResultsError
from eco_onemap.core.results.inputs import INPUT_TABLE
from eco_onemap.core.results.totals import Totals
from eco_onemap.core.table import ResultTable
from eco_onemap.core.vocabulary import SEVERITY
from eco_onemap.readers.result_blocks import StoredTable, stored_tables

_RANKS = " ".join(f"WHEN '{one.value}' THEN {rank}" for one, rank in SEVERITY.items())
_WORST = f"SELECT site_id FROM site_verdict ORDER BY CASE verdict {_RANKS} END DESC, fid LIMIT ?"
_OF_SITES = f"SELECT * FROM (SELECT '*' UNION ALL SELECT * FROM ({_WORST}))"


@dataclass(frozen=True)
class StoredExcerpt:
    """Tables by name with the rows of some sites and those of all sites (``*``); all counts."""

    tables: dict[str, ResultTable]
    totals: Totals


def read_excerpt(path: Path, most_sites: int) -> StoredExcerpt:
    """Return what the results *path* hold of the *most_sites* worst sites, without geometries.

    The memory that it takes does not grow with the number of sites. ResultsError names the file.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            stored = [t for t in stored_tables(database) if t.name != INPUT_TABLE]
            tables = {table.name: _read(table, most_sites) for table in stored}
            return StoredExcerpt(tables, _totals(database))
    except sqlite3.Error as error:
        raise ResultsError(
            "results.unreadable", path=str(path), cause=str(error), details=repr(error)
        ) from error


def _read(table: StoredTable, most_sites: int) -> ResultTable:
    if "site_id" not in {column.name for column in table.columns}:
        return table.whole()
    return table.whole(f"site_id IN ({_OF_SITES})", (most_sites,))


def _totals(database: sqlite3.Connection) -> Totals:
    def rows(columns: str, table: str) -> list[tuple[str | int, ...]]:
        query = f"SELECT {columns}, count(*) FROM {table} GROUP BY {columns}"
        return database.execute(query).fetchall()

    return Totals(
        {str(verdict): int(count) for verdict, count in rows("verdict", "site_verdict")},
        {
            (str(layer), str(status)): int(count)
            for layer, status, count in rows("layer_id, status", "site_layer")
        },
        {str(kind): int(count) for kind, count in rows("kind", "hit")},
    )
