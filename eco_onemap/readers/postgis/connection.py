# SPDX-License-Identifier: GPL-2.0-or-later
"""A connection that only reads, and sees one state of the database from beginning to end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, parse_dsn

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.addresses import without_credentials

TIMEOUT_S = 10
"""Seconds to wait for a server, where neither address nor environment say."""

CHUNK_ROWS = 1000
"""Rows that a server-side cursor hands over at a time."""

_SETTINGS = {
    "timezone": "UTC",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "intervalstyle": "iso_8601",
}
"""What decides how values become text, so that a fingerprint is the same for every user."""

_FIND_POSTGIS = """
SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname = 'postgis'
"""


@dataclass(frozen=True)
class Database:
    """An open database. name: its address without credentials, for messages."""

    name: str
    connection: Any

    def rows(self, query: sql.Composable | str) -> list[tuple[Any, ...]]:
        """Return all rows of a query whose result is small."""
        with self.connection.cursor() as cursor:
            cursor.execute(query)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def chunks(self, query: sql.Composable) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a query in lists, through a cursor on the server."""
        with self.connection.cursor(name="eco_onemap") as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(CHUNK_ROWS):
                yield rows

    def error(self, key: str, /, **args: Any) -> LayerError:
        """Return (not raise) an error that names the database."""
        return LayerError(key, path=self.name, **args)


@contextmanager
def open_database(address: str) -> Iterator[Database]:
    """Yield the database at a well-formed address; LayerError where it cannot be had.

    User, password and service come from the address or from where libpq looks (PGPASSWORD,
    .pgpass, .pg_service.conf). All that is read is of one moment and nothing is ever written.
    """
    name = without_credentials(address)
    try:
        connection = psycopg2.connect(address, **_parameters(address))
    except psycopg2.Error as error:
        cause = first_line(error)
        raise LayerError("database.unreachable", path=name, cause=cause) from error
    database = Database(name, connection)
    try:
        connection.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        _prepare(database)
        yield database
    except (psycopg2.Error, UnicodeDecodeError) as error:
        raise database.error("database.failed", cause=first_line(error)) from error
    finally:
        connection.close()


def first_line(error: Exception) -> str:
    """Return what a server or libpq says first; the rest are hints on SQL."""
    diagnosis = getattr(error, "diag", None)
    said = getattr(diagnosis, "message_primary", None) or str(error).strip() or repr(error)
    return str(said.splitlines()[0]).rstrip(" .")


def _parameters(address: str) -> dict[str, str | int]:
    given: dict[str, str | int] = {"client_encoding": "UTF8"}
    known = parse_dsn(address)
    if "application_name" not in known:
        given["application_name"] = "eco-onemap"
    if "connect_timeout" not in known and "PGCONNECT_TIMEOUT" not in os.environ:
        given["connect_timeout"] = TIMEOUT_S
    return given


def _prepare(database: Database) -> None:
    """Put PostGIS, wherever it is installed, on the path of this session, and fix the formats."""
    found = database.rows(_FIND_POSTGIS)
    if not found:
        raise database.error("database.no_postgis")
    for name, value in _SETTINGS.items():
        database.rows(_set(name, sql.Literal(value)))
    path = sql.SQL("concat_ws(', ', nullif(current_setting('search_path'), ''), {})")
    database.rows(_set("search_path", path.format(sql.Literal(found[0][0]))))


def _set(name: str, value: sql.Composable) -> sql.Composable:
    return sql.SQL("SELECT set_config({}, {}, false)").format(sql.Literal(name), value)
