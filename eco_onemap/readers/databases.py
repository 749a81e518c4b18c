# SPDX-License-Identifier: GPL-2.0-or-later
"""The way to tables of a database, whose driver (psycopg2) need not be installed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from eco_onemap.core.errors import LayerError
from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.layers.addresses import is_well_formed, without_credentials
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.readers.vector_files import VectorLayer

if TYPE_CHECKING:
    from types import ModuleType


@dataclass(frozen=True)
class TableRequest:
    """What is asked of a database.

    address: ``postgresql://…`` as libpq takes it.
    layer: ``table``, ``schema.table`` or ``schema.table(column)``; "" for the only table with
        geometries.
    where: a condition in the server's SQL, "" for all rows.
    bounds: in CGCS2000 longitude and latitude; rows that do not meet it are left out.
    crs: of the coordinates where the table names none, "" for none.
    """

    address: str
    layer: str = ""
    where: str = ""
    bounds: Bounds | None = None
    crs: str = ""


@dataclass(frozen=True)
class TableContent:
    """What a database gave: the features, the table's name for people, and the fingerprint.

    source: the address without credentials, and the table in brackets. key: the columns of its
    primary key, if any.
    """

    layer: VectorLayer
    source: str
    fingerprint: str
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableDescription:
    """Where a table is and what it holds, for a program that reads it by itself.

    connection: host, port, database, user, password and sslmode, as libpq found them; never to be
        shown or kept.
    geometry: its column of geometries, "" for none. srid: 0 where none is told.
    key: a primary key that is one whole number, "" for none.
    dimensions: of the geometries among the rows asked for: 0 points, 1 lines, 2 polygons.
    """

    connection: Mapping[str, str] = field(repr=False)
    schema: str
    table: str
    geometry: str
    srid: int
    key: str
    dimensions: frozenset[int]


def request_of(entry: LayerEntry) -> TableRequest:
    """Return what a catalogue's entry asks of its database."""
    return TableRequest(entry.source, entry.layer, entry.where, entry.bounds, entry.crs)


def read_table(request: TableRequest) -> TableContent:
    """Return the features of a table; LayerError where there are none to be had."""
    content: TableContent = _reader(request.address).read_table(request)
    return content


def fingerprint_table(request: TableRequest) -> str:
    """Return the fingerprint that :func:`read_table` would give; no feature leaves the server."""
    digest: str = _reader(request.address).fingerprint_table(request)
    return digest


def describe_table(request: TableRequest) -> TableDescription:
    """Return what a table is; LayerError where it cannot be read."""
    found: TableDescription = _reader(request.address, "describing").describe_table(request)
    return found


def _reader(address: str, name: str = "reading") -> ModuleType:
    """Return a module of the driver's; LayerError where the address or the driver is amiss."""
    if not is_well_formed(address):
        raise LayerError("database.bad_address", path=without_credentials(address))
    try:
        return import_module(f"eco_onemap.readers.postgis.{name}")  # which needs psycopg2
    except ImportError as error:
        path = without_credentials(address)
        raise LayerError("database.missing_package", path=path, details=repr(error)) from error
