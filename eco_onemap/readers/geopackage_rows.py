# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of a GeoPackage table in bulk: blobs and values straight from SQLite.

Twenty times as fast as feature by feature. Whatever is not plain (curves, dates, values of another
type than their column's) gives ``None``, and the general reader takes over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.table import Geometries

_HEADER_BYTES = 8
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""Length of the envelope by its code, GeoPackage 1.3, 2.1.3 (table 5)."""

_PLAIN = {"str": (str,), "int": (int,), "int32": (int,), "int64": (int,), "float": (float, int)}


@dataclass(frozen=True)
class PlainRows:
    """Geometries and attributes of a table, as in :class:`.vector_files.VectorLayer`."""

    geometries: Geometries
    columns: dict[str, NDArray[Any]]
    ids: NDArray[np.object_]
    has_z: bool


def find_plain_rows(path: Path, table: str, schema: Mapping[str, str]) -> PlainRows | None:
    """Return the rows of a table in the order of their ids, ``None`` where they are not plain.

    schema: field name to fiona's type, as the general reader has it.
    """
    kinds = [kind.split(":")[0] for kind in schema.values()]
    if not all(kind in _PLAIN for kind in kinds):
        return None
    try:
        address = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as database:
            rows = _fetch(database, table, list(schema))
    except sqlite3.Error:
        return None
    if rows is None:
        return None
    ids, blobs, *values = zip(*rows, strict=True) if rows else [()] * (len(kinds) + 2)
    made = geometries_of(blobs)
    columns = [_column(column, kind) for column, kind in zip(values, kinds, strict=True)]
    if made is None or any(column is None for column in columns):
        return None
    pairs = zip(schema, columns, strict=True)
    named = {name: column for name, column in pairs if column is not None}
    numbers = np.fromiter(map(str, ids), dtype=object, count=len(ids))
    if not shapely.has_z(made).any():
        return PlainRows(made, named, numbers, has_z=False)
    heights = shapely.get_coordinates(made, include_z=True)[:, 2]
    return PlainRows(shapely.force_2d(made), named, numbers, bool(np.nan_to_num(heights).any()))


def find_curves(path: Path, table: str) -> bool:
    """Return whether a table holds arcs (WKB types 8 to 12): the general reader reads them."""
    try:
        address = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as database:
            rows = _fetch(database, table, []) or []
    except sqlite3.Error:
        return False
    bodies = (_body(blob) for _, blob in rows if blob is not None)
    return any(_wkb_kind(body) in range(8, 13) for body in bodies if len(body) > 4)


def _wkb_kind(body: bytes) -> int:
    return int.from_bytes(body[1:5], "little" if body[0] else "big") % 1000


def _fetch(
    database: sqlite3.Connection, table: str, fields: Sequence[str]
) -> list[tuple[Any, ...]] | None:
    """Return id, geometry and attributes of all rows; None where the table is no plain one."""
    found = database.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (table,)
    ).fetchall()
    keys = [
        row[1]
        for row in database.execute(f"PRAGMA table_info({_quoted(table)})")
        if row[5] and str(row[2]).upper() == "INTEGER"
    ]
    if len(found) != 1 or len(keys) != 1:
        return None
    wanted = ", ".join(map(_quoted, (keys[0], found[0][0], *fields)))
    order = f"ORDER BY {_quoted(keys[0])}"
    return database.execute(f"SELECT {wanted} FROM {_quoted(table)} {order}").fetchall()


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def geometries_of(blobs: Sequence[bytes | None]) -> Geometries | None:
    """Return the geometries of GeoPackage blobs; None where GEOS does not read one as it is."""
    present = [blob is not None for blob in blobs]
    bodies = [None if blob is None else _body(blob) for blob in blobs]
    made: Geometries = shapely.from_wkb(np.array(bodies, dtype=object), on_invalid="ignore")
    lost = shapely.is_missing(made) & np.array(present, dtype=bool)
    return None if lost.any() else made


def _body(blob: Any) -> bytes:
    """Return the WKB in a GeoPackage blob, nothing where the blob is none or is an extension."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < _HEADER_BYTES:
        return b""
    if blob[3] & 0x20 or (blob[3] >> 1) & 7 > 4:
        return b""
    return blob[_HEADER_BYTES + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] :]


def _column(values: Sequence[Any], kind: str) -> NDArray[Any] | None:
    """Return a column as the general reader makes it, None where a value is of another type."""
    types = set(map(type, values)) - {type(None)}
    if not types <= set(_PLAIN[kind]):
        return None
    if kind == "float":
        return np.array([np.nan if value is None else value for value in values], np.float64)
    if kind != "str" and None not in values:
        return np.array(values, np.int64)
    return np.fromiter(values, dtype=object, count=len(values))
