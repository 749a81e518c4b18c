# SPDX-License-Identifier: GPL-2.0-or-later
"""Eco One Map as the command line writes: block by block, to survive a kill, then published."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from engines.sharing import Clock

from eco_onemap.core import schema
from eco_onemap.core.progress import NoProgress
from eco_onemap.core.table import ResultTable
from eco_onemap.outputs.staging import StagedGeoPackage
from writing.one_map import result_table
from writing.plain_tables import PlainTable

BLOCK_SITES = 2000


def write(path: Path, tables: Sequence[PlainTable], clock: Clock) -> None:
    """Write all tables in blocks of sites; the first table has a row for each site."""
    clock.version = f"SQLite {sqlite3.sqlite_version}"
    given = [result_table(table) for table in tables]
    number_of = {site: number for number, site in enumerate(given[0]["site_id"].tolist())}
    numbers = [np.array([number_of[site] for site in table["site_id"]], int) for table in given]
    blocks = [
        {table.name: (table.take(rows), own[rows]) for table, own, rows in _rows(given, numbers, n)}
        for n in range(-(-len(given[0]) // BLOCK_SITES))
    ]
    clock.working(lambda: _write(path, given, blocks))


def _rows(tables: Sequence[ResultTable], numbers: Sequence[np.ndarray], block: int):
    for table, own in zip(tables, numbers, strict=True):
        yield table, own, np.flatnonzero(own // BLOCK_SITES == block)


def _write(path: Path, tables: Sequence[ResultTable], blocks) -> None:
    none = np.zeros(0, dtype=np.intp)
    staged = StagedGeoPackage(path, "Benchmark", "en")
    staged.begin("benchmark", lambda: {table.name: table.take(none) for table in tables})
    for number, block in enumerate(blocks):
        staged.add(
            number,
            {name: table for name, (table, _) in block.items()},
            {name: own for name, (_, own) in block.items()},
        )
    run = {column.name: np.zeros(0, dtype=object) for column in schema.RUN}
    everywhere = next(table for table in tables if table.name == "not_evaluated").take(none)
    staged.finish(everywhere, ResultTable("run", schema.RUN, run), NoProgress())
