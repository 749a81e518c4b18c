# SPDX-License-Identifier: GPL-2.0-or-later
"""The way to tables of a database, whose driver (psycopg2) need not be installed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eco_onemap.core.addresses import is_well_formed, without_credentials
from eco_onemap.core.catalogue import LayerEntry
from eco_onemap.core.errors import LayerError
from eco_onemap.core.sources import Bounds
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


def _reader(address: str) -> ModuleType:
    """Return the module that reads tables; LayerError where the address or the driver is amiss."""
    if not is_well_formed(address):
        raise LayerError("database.bad_address", path=without_credentials(address))
    try:
        from eco_onemap.readers.postgis import reading  # noqa: PLC0415 (files need no psycopg2)
    except ImportError as error:
        path = without_credentials(address)
        raise LayerError("database.missing_package", path=path, details=repr(error)) from error
    return reading
