# SPDX-License-Identifier: GPL-2.0-or-later
"""Result tables as one GeoPackage, through Python's own SQLite: QGIS on Windows has no fiona."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from eco_onemap.core.errors import OutputError
from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.outputs import geopackage_sql as sql
from eco_onemap.outputs.packed_rtree import fill_rtree
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.table_rows import SRS_ID, insert_rows

LAST_CHANGE = "2000-01-01T00:00:00.000Z"
"""Stands where a GeoPackage asks for a time: the same input gives the same bytes."""

SQL_TYPES = {
    ColumnType.TEXT: "TEXT",
    ColumnType.REAL: "REAL",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.BOOLEAN: "BOOLEAN",
}
_UNTRACED = "journal_mode=OFF synchronous=OFF locking_mode=EXCLUSIVE cache_size=-262144"


def write_geopackage(
    path: Path, tables: Sequence[ResultTable], description: str, last_change: str = LAST_CHANGE
) -> None:
    """Write *tables* to the GeoPackage *path*, replacing it; NaN and "" become NULL.

    Tables with geometries (EPSG:4490) become layers of type GEOMETRY with a spatial index, the
    others attribute tables; their messages are text already. last_change: ISO 8601 with
    milliseconds and Z. OutputError leaves *path* as it was.
    """
    with new_geopackage(path) as database:
        for table in tables:
            boxes = None if table.geometries is None else shapely.bounds(table.geometries)
            register(database, table.name, table.columns, boxes, description, last_change)
            insert_rows(database, table, boxes)
            if boxes is not None:
                write_index(database, table.name, boxes)


@contextmanager
def new_geopackage(path: Path, source: Path | None = None) -> Iterator[sqlite3.Connection]:
    """Yield a GeoPackage without tables that takes the place of *path* on success.

    source: a database that is attached as ``source``, to be read only. OutputError says why
    the file could not be written; *path* is then as it was before.
    """
    with replacing(path) as part:
        _refuse_open(path)
        try:
            with closing(sqlite3.connect(part, isolation_level=None, uri=True)) as database:
                if source is not None:
                    database.execute(
                        "ATTACH ? AS source", (f"{source.resolve().as_uri()}?mode=ro",)
                    )
                _prepare(database)
                yield database
                database.execute("COMMIT")
        except sqlite3.Error as error:
            raise OutputError(
                "output.unwritable", path=str(path), cause=str(error), details=repr(error)
            ) from error


def _refuse_open(path: Path) -> None:
    """Raise OutputError if a program works on *path*: its journal would spoil the new file."""
    journals = [path.with_name(path.name + ending) for ending in ("-wal", "-journal")]
    if any(journal.exists() for journal in journals) or _is_locked(path):
        raise OutputError("output.target_open", path=str(path))


def _is_locked(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as database:
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:  # some other file: it may be replaced
        return False
    return False


def _prepare(database: sqlite3.Connection) -> None:
    """Set up the system tables and begin the transaction in which all is written."""
    database.execute(f"PRAGMA application_id={sql.APPLICATION_ID}")
    database.execute(f"PRAGMA user_version={sql.USER_VERSION}")
    for setting in _UNTRACED.split():
        database.execute(f"PRAGMA {setting}")
    database.execute("BEGIN")
    for statement in sql.SYSTEM_TABLES.split(";\n"):
        database.execute(statement)
    _write_reference_systems(database)
    database.executemany("INSERT INTO gpkg_extensions VALUES (?,?,?,?,?)", sql.SCHEMA_EXTENSION)


def _write_reference_systems(database: sqlite3.Connection) -> None:
    rows = [*sql.UNDEFINED_SYSTEMS]
    for code in (4326, SRS_ID):
        crs = CRS.from_epsg(code)
        about = "longitude and latitude in degrees"
        rows.append((crs.name, code, "EPSG", code, crs.to_wkt("WKT1_GDAL"), about))
    database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", rows)


def register(
    database: sqlite3.Connection,
    name: str,
    columns: Sequence[Column],
    boxes: NDArray[np.float64] | None,
    description: str,
    last_change: str,
) -> None:
    """Create a table and enter it, its bounds and its columns' meanings."""
    definitions = ['"fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL']
    definitions += ['"geom" GEOMETRY'] if boxes is not None else []
    definitions += [f'"{column.name}" {SQL_TYPES[column.type]}' for column in columns]
    database.execute(f'CREATE TABLE "{name}" ({", ".join(definitions)})')
    kind, srs_id = ("attributes", None) if boxes is None else ("features", SRS_ID)
    contents = (name, kind, name, description, last_change, *_extent(boxes), srs_id)
    database.execute("INSERT INTO gpkg_contents VALUES (?,?,?,?,?,?,?,?,?,?)", contents)
    if boxes is not None:
        entry = (name, "geom", "GEOMETRY", SRS_ID, 0, 0)
        database.execute("INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,?,?)", entry)
    meanings = [(name, column.name, column.meaning) for column in columns]
    database.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES (?,?,?)",
        meanings,
    )


def _extent(boxes: NDArray[np.float64] | None) -> list[float | None]:
    """Return west, south, east, north of all boxes; NULLs where there is nothing."""
    if boxes is None or np.isnan(boxes).all():
        return [None] * 4
    return [*np.nanmin(boxes[:, :2], axis=0).tolist(), *np.nanmax(boxes[:, 2:], axis=0).tolist()]


def write_index(database: sqlite3.Connection, table: str, boxes: NDArray[np.float64]) -> None:
    """Add the spatial index over the features that have an extent (extension F.3)."""
    rtree = f"rtree_{table}_geom"
    database.execute(f'CREATE VIRTUAL TABLE "{rtree}" USING rtree(id, minx, maxx, miny, maxy)')
    filled = np.flatnonzero(~np.isnan(boxes[:, 0]))
    fill_rtree(database, rtree, filled + 1, boxes[filled])
    for trigger in sql.rtree_triggers(table):
        database.execute(trigger)
    entry = (table, "geom", *sql.RTREE_EXTENSION)
    database.execute("INSERT INTO gpkg_extensions VALUES (?,?,?,?,?)", entry)
