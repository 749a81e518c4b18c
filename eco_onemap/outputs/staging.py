# SPDX-License-Identifier: GPL-2.0-or-later
"""Results that grow block by block in a file beside their target, and survive an interruption.

The file is an SQLite database; each block is one transaction, so that whatever ends the program,
the blocks that were done are whole and the others absent. When all are there, the rows go into the
GeoPackage in the order of the sites: its bytes do not tell in which order or how often blocks
were begun.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.blocks import Tables
from eco_onemap.core.errors import OutputError
from eco_onemap.core.further.further_checks import FURTHER_TABLES
from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, steps, stop_if_cancelled
from eco_onemap.core.table import Column, ResultTable
from eco_onemap.outputs.geopackage import (
    LAST_CHANGE,
    SQL_TYPES,
    new_geopackage,
    register,
    write_index,
)
from eco_onemap.outputs.replacing import check_folder
from eco_onemap.outputs.table_rows import insert_rows

FORMAT = "1"
"""Raised whenever the way of staging changes: what another version left is not continued."""

EVERYWHERE = -1
"""The site number of rows that concern all sites; they stand first."""

LOOK_EVERY = 20_000
"""Steps of SQLite's machine, some milliseconds, after which it looks whether to stop."""

BOX = ("min_x", "min_y", "max_x", "max_y")


class StagedGeoPackage:
    """A :class:`eco_onemap.core.assess.ResultSink` that becomes the GeoPackage *path*.

    description: of the tables. language: in which messages are put into words. last: a table
    that stands after those of the check.
    """

    def __init__(
        self, path: Path, description: str, language: str, last: ResultTable | None = None
    ) -> None:
        self._path, self._description, self._language = path, description, language
        self._last = last
        self.staged = path.with_name(f".{path.name}.staged")
        self._database: sqlite3.Connection | None = None
        self._schemas: dict[str, tuple[tuple[Column, ...], bool]] = {}
        self.continued = 0

    def begin(self, key: str, empty: Callable[[], Tables]) -> Collection[int]:
        """Return the blocks that an interrupted run with the same key has left."""
        check_folder(self._path.parent)
        self._schemas = {
            name: (table.columns, table.geometries is not None) for name, table in empty().items()
        }
        try:
            done = self._continue(f"{FORMAT} {self._language} {key}")
            if done is None:
                self._start(f"{FORMAT} {self._language} {key}")
        except sqlite3.Error as error:
            raise self._unwritable(error) from error
        self.continued = len(done or ())
        return done or ()

    def _continue(self, key: str) -> set[int] | None:
        if not self.staged.exists():
            return None
        try:
            database = _open(self.staged)
            (found,) = database.execute("SELECT key FROM staging").fetchone()
            done = {number for (number,) in database.execute("SELECT number FROM done")}
        except (sqlite3.DatabaseError, TypeError) as error:
            if "locked" in str(error):
                raise OutputError("output.target_open", path=str(self._path)) from error
            return None
        if found != key:
            database.close()
            return None
        self._database = database
        return done

    def _start(self, key: str) -> None:
        self._remove()
        self._database = _open(self.staged)
        self._database.execute("BEGIN")
        self._database.execute("CREATE TABLE staging (key TEXT)")
        self._database.execute("CREATE TABLE done (number INTEGER PRIMARY KEY)")
        self._database.execute("INSERT INTO staging VALUES (?)", (key,))
        for name, (columns, has_geometries) in self._schemas.items():
            self._database.execute(_create_statement(name, columns, has_geometries))
        self._database.execute("COMMIT")

    def add(self, block: int, tables: Tables, numbers: Mapping[str, NDArray[np.intp]]) -> None:
        """Keep a block's tables; a block is there as a whole or not at all."""
        database = self._opened
        try:
            database.execute("BEGIN")
            for name, table in tables.items():
                self._insert(database, table.in_language(self._language), numbers[name])
            database.execute("INSERT INTO done VALUES (?)", (block,))
            database.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def _insert(
        self, database: sqlite3.Connection, table: ResultTable, number: NDArray[np.intp]
    ) -> None:
        boxes = None if table.geometries is None else shapely.bounds(table.geometries)
        extra = [("site number", number)]
        if boxes is not None:
            extra += list(zip(BOX, boxes.T, strict=True))
        insert_rows(database, table, boxes, extra)

    def finish(self, everywhere: ResultTable, run: ResultTable, progress: Progress) -> None:
        """Write the GeoPackage and remove what was staged; raises OutputError and Cancelled.

        After either, what was staged stays, and a later run has only this left to do.
        """
        database = self._opened
        try:
            database.execute("BEGIN")
            clear = f'DELETE FROM "{everywhere.name}" WHERE "site number" = {EVERYWHERE}'
            database.execute(clear)  # of a run that could not publish
            number = np.full(len(everywhere), EVERYWHERE)
            self._insert(database, everywhere.in_language(self._language), number)
            database.execute("COMMIT")
            self.close()
            self._publish(run.in_language(self._language), progress)
        except OutputError:
            stop_if_cancelled(progress)  # what was stopped in the middle looks like a failure
            raise
        except sqlite3.Error as error:
            raise self._unwritable(error) from error
        self.close()
        self._remove()

    def _publish(self, run: ResultTable, progress: Progress) -> None:
        first = [name for name in self._schemas if name not in FURTHER_TABLES]
        later = [name for name in FURTHER_TABLES if name in self._schemas]
        with new_geopackage(self._path, self.staged) as final:
            final.set_progress_handler(progress.is_cancelled, LOOK_EVERY)
            for name, part in steps([*first, run.name, *later], progress):
                part.report(0.0, message("step.writing", what=name))
                if name != run.name:
                    self._move(final, name, *self._schemas[name])
                    continue
                register(final, run.name, run.columns, None, self._description, LAST_CHANGE)
                insert_rows(final, run, None)
            if self._last is not None:
                register(final, self._last.name, self._last.columns, None, self._description)
                insert_rows(final, self._last, None)

    def _move(
        self, final: sqlite3.Connection, name: str, columns: tuple[Column, ...], geometries: bool
    ) -> None:
        """Copy a table's rows in the order of the sites."""
        source = f'source."{name}" ORDER BY "site number", rowid'
        boxes = None
        if geometries:
            rows = final.execute(f"SELECT {', '.join(BOX)} FROM {source}").fetchall()
            boxes = np.array(rows, dtype=np.float64).reshape(-1, 4)
        register(final, name, columns, boxes, self._description, LAST_CHANGE)
        names = (["geom"] if geometries else []) + [column.name for column in columns]
        quoted = ", ".join(f'"{column}"' for column in names)
        final.execute(f'INSERT INTO main."{name}" ({quoted}) SELECT {quoted} FROM {source}')
        if boxes is not None:
            write_index(final, name, boxes)

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            raise ValueError("not begun")
        return self._database

    def close(self) -> None:
        """Close the staged file; it stays for a later run to continue."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _remove(self) -> None:
        self.close()
        with suppress(OSError):
            for ending in ("", "-journal"):
                self.staged.with_name(self.staged.name + ending).unlink(missing_ok=True)

    def _unwritable(self, error: sqlite3.Error) -> OutputError:
        return OutputError(
            "output.unwritable", path=str(self._path), cause=str(error), details=repr(error)
        )


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, timeout=0)
    database.execute("PRAGMA locking_mode=EXCLUSIVE")
    database.execute("PRAGMA synchronous=OFF")  # a killed program loses nothing that was handed on
    database.execute("PRAGMA cache_size=-65536")
    return database


def _create_statement(name: str, columns: tuple[Column, ...], has_geometries: bool) -> str:
    definitions = ['"site number" INTEGER']
    if has_geometries:
        definitions += [f'"{side}" REAL' for side in BOX] + ['"geom" BLOB']
    definitions += [f'"{column.name}" {SQL_TYPES[column.type]}' for column in columns]
    return f'CREATE TABLE "{name}" ({", ".join(definitions)})'
