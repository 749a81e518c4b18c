# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads a table: fingerprint on the server, features through a server-side cursor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import psycopg2
import shapely
from numpy.typing import NDArray
from psycopg2 import sql

from eco_onemap.core.table import Geometries
from eco_onemap.readers.databases import TableContent, TableRequest
from eco_onemap.readers.postgis.connection import Database, first_line, open_database
from eco_onemap.readers.postgis.selection import (
    BYTES,
    FLOATS,
    INTEGERS,
    ROW_HASH,
    Selection,
    select,
)
from eco_onemap.readers.postgis.tables import find_table
from eco_onemap.readers.vector_files import VectorLayer

_SUMS = """
SELECT count(*), sum(('x' || left(h, 16))::bit(64)::bigint),
       sum(('x' || substr(h, 17, 16))::bit(64)::bigint)
FROM (SELECT {} AS h FROM ({}) AS eco_onemap_row) AS hashes
"""
"""128 bits of a hash of each row, summed up: nothing is sorted, and order does not matter."""

_FAULTS_OF_A_FILTER = ("22", "42")
"""Classes of SQLSTATE: data exceptions, and syntax errors or unknown names."""

_NO_PERMISSION = "42501"


def read_table(request: TableRequest) -> TableContent:
    """Return the features of a table and their fingerprint, both of the same moment."""
    with selected(request) as (database, selection):
        digest = _fingerprint(database, selection)
        layer = _read(database, selection)
    source = f"{database.name} ({selection.table.candidate.full_name})"
    return TableContent(layer, source, digest, selection.table.key)


def fingerprint_table(request: TableRequest) -> str:
    """Return the SHA-256 of what a request asks for, from the rows' hashes that the server sums."""
    with selected(request) as (database, selection):
        return _fingerprint(database, selection)


@contextmanager
def selected(request: TableRequest) -> Iterator[tuple[Database, Selection]]:
    """Yield an open database and the rows in it that a request asks for.

    What the server says against the request's filter becomes an error about that filter.
    """
    with open_database(request.address) as database:
        try:
            table = find_table(database, request.layer)
            yield database, select(database, table, request)
        except psycopg2.Error as error:
            code = error.pgcode or ""
            if not request.where or code == _NO_PERMISSION or code[:2] not in _FAULTS_OF_A_FILTER:
                raise
            cause = first_line(error)
            raise database.error("reader.bad_where", where=request.where, cause=cause) from error


def _fingerprint(database: Database, selection: Selection) -> str:
    table = selection.table
    ((count, first, second),) = database.rows(sql.SQL(_SUMS).format(ROW_HASH, selection.rows))
    content = [count, str(first), str(second), table.key, table.columns, selection.crs]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _read(database: Database, selection: Selection) -> VectorLayer:
    table, keys = selection.table, len(selection.table.key)
    geometries: list[Geometries] = []
    columns: list[list[Any]] = [[] for _ in range(keys + len(table.columns))]
    for rows in database.chunks(selection.ordered):
        blobs, *values = zip(*rows, strict=True)
        for column, more in zip(columns, values, strict=True):
            column.extend(more)
        geometries.append(_geometries(database, selection, blobs))
    made = np.concatenate(geometries) if geometries else np.empty(0, dtype=object)
    attributes = zip(table.columns, columns[keys:], strict=True)
    return VectorLayer(
        name=table.candidate.name,
        geometries=made,
        columns={name: _column(kind, values) for (name, kind), values in attributes},
        feature_ids=_ids(columns[:keys], len(made)),
        crs=selection.crs,
    )


def _ids(keys: Sequence[Sequence[Any]], count: int) -> NDArray[np.object_]:
    """Return the primary keys, the parts of a long one joined; without one running numbers."""
    numbers = map(str, range(1, count + 1))
    texts = map("/".join, zip(*keys, strict=True)) if keys else numbers
    return np.fromiter(texts, dtype=object, count=count)


def _geometries(
    database: Database, selection: Selection, blobs: Sequence[memoryview | None]
) -> Geometries:
    """Return the geometries of a chunk, decoded in one call."""
    wkb = np.fromiter(
        (None if blob is None else bytes(blob) for blob in blobs), dtype=object, count=len(blobs)
    )
    try:
        made: Geometries = shapely.from_wkb(wkb)
    except shapely.GEOSException as error:
        name = selection.table.candidate.name
        cause = first_line(error)
        raise database.error("database.geometry", layer=name, cause=cause) from error
    return made


def _column(kind: str, values: list[Any]) -> NDArray[Any]:
    if kind in FLOATS:
        return np.array([np.nan if value is None else value for value in values], np.float64)
    if kind in INTEGERS and None not in values:
        return np.array(values, np.int64)
    if kind == BYTES:
        values = [None if value is None else bytes(value) for value in values]
    return np.fromiter(values, dtype=object, count=len(values))
