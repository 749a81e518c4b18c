# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables as every writer is given them; nothing but the standard library, numpy and shapely."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

SRS_ID = 4490
ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""Length of the envelope by its code, GeoPackage 1.3, 2.1.3 (table 5)."""

TEXT, REAL, INTEGER, BOOLEAN = "text", "real", "integer", "boolean"


@dataclass(frozen=True)
class PlainTable:
    """Columns in order with their types; geometries: shapely's, ``None`` for a plain table.

    Text without a value is "", a real NaN, an integer -1, as in the tables of a check.
    """

    name: str
    types: Mapping[str, str]
    columns: Mapping[str, np.ndarray]
    geometries: np.ndarray | None

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def nullable(self) -> list[np.ndarray]:
        """Return the columns as objects, ``None`` where there is no value."""
        return [_nullable(self.types[name], values) for name, values in self.columns.items()]

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows as a GeoPackage is to hold them, geometries as WKB."""
        columns = [values.tolist() for values in self.nullable()]
        if self.geometries is not None:
            columns.insert(0, shapely.to_wkb(self.geometries, flavor="iso").tolist())
        return list(zip(*columns, strict=True))


def _nullable(kind: str, values: np.ndarray) -> np.ndarray:
    objects = values.astype(object)
    if kind == TEXT:
        objects[values == ""] = None
    elif kind == REAL:
        objects[np.isnan(values)] = None
    elif kind == INTEGER:
        objects[values < 0] = None
    return objects


def save_tables(path: Path, tables: Sequence[PlainTable]) -> None:
    """Write tables for a process that has another numpy and another GEOS: lists and WKB."""
    plain = []
    for table in tables:
        blobs = None if table.geometries is None else shapely.to_wkb(table.geometries).tolist()
        lists = {name: values.tolist() for name, values in table.columns.items()}
        plain.append((table.name, dict(table.types), lists, blobs))
    with path.open("wb") as stream:
        pickle.dump(plain, stream)


def load_tables(path: Path) -> list[PlainTable]:
    """Return the tables that :func:`save_tables` wrote."""
    kinds: dict[str, Any] = {TEXT: object, REAL: np.float64, INTEGER: np.int64, BOOLEAN: bool}
    with path.open("rb") as stream:
        found = pickle.load(stream)
    tables = []
    for name, types, lists, blobs in found:
        columns = {key: np.array(values, dtype=kinds[types[key]]) for key, values in lists.items()}
        shapes = None if blobs is None else shapely.from_wkb(np.array(blobs, dtype=object))
        tables.append(PlainTable(name, types, columns, shapes))
    return tables


def stored_rows(path: Path, table: PlainTable) -> list[tuple[Any, ...]]:
    """Return the rows of a table in a GeoPackage, geometries as WKB without their header."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        keys = [
            row[1] for row in database.execute(f'PRAGMA table_info("{table.name}")') if row[5] == 1
        ]
        shapes = [] if table.geometries is None else ["geom"]
        names = ", ".join(f'"{name}"' for name in [*shapes, *table.columns])
        rows = database.execute(f'SELECT {names} FROM "{table.name}" ORDER BY "{keys[0]}"')
        if not shapes:
            return rows.fetchall()
        return [(_body(shape), *values) for shape, *values in rows]


def _body(blob: bytes | None) -> bytes | None:
    return None if blob is None else blob[8 + ENVELOPE_BYTES[(blob[3] >> 1) & 7] :]


def has_index(path: Path, table: str) -> bool:
    """Return whether a layer of a GeoPackage has a spatial index with an entry for each feature."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        found = database.execute(
            "SELECT 1 FROM gpkg_extensions WHERE table_name = ? AND extension_name = ?",
            (table, "gpkg_rtree_index"),
        ).fetchone()
        if not found:
            return False
        (entries,) = database.execute(f'SELECT count(*) FROM "rtree_{table}_geom"').fetchone()
        (shapes,) = database.execute(
            f'SELECT count(*) FROM "{table}" WHERE "geom" IS NOT NULL'
        ).fetchone()
    return bool(entries == shapes)
