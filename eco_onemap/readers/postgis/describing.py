# SPDX-License-Identifier: GPL-2.0-or-later
"""What a program that draws a table by itself must know: where it is, and what it holds."""

from __future__ import annotations

from psycopg2 import sql

from eco_onemap.readers.databases import TableDescription, TableRequest
from eco_onemap.readers.postgis.connection import Database
from eco_onemap.readers.postgis.reading import selected
from eco_onemap.readers.postgis.selection import INTEGERS, Selection
from eco_onemap.readers.postgis.tables import Table

_KINDS = """
SELECT DISTINCT ST_Dimension({geometry}::geometry) FROM {table}
WHERE {where} AND NOT ST_IsEmpty({geometry}::geometry)
"""


def describe_table(request: TableRequest) -> TableDescription:
    """Return what a request's table is, LayerError where it cannot be read."""
    with selected(request) as (database, selection):
        candidate = selection.table.candidate
        return TableDescription(
            connection=_connection(database),
            schema=candidate.schema,
            table=candidate.table,
            geometry=candidate.geometry.name if candidate.geometry else "",
            srid=selection.srid,
            key=_number_key(selection.table),
            dimensions=_dimensions(database, selection),
        )


def _connection(database: Database) -> dict[str, str]:
    """Return how libpq got here, with what it found in files and environment."""
    info, known = database.connection.info, database.connection.get_dsn_parameters()
    return {
        "host": known.get("host") or info.host or "",
        "port": str(info.port),
        "database": info.dbname,
        "user": info.user,
        "password": info.password or "",
        "sslmode": known.get("sslmode", "prefer"),
    }


def _number_key(table: Table) -> str:
    kinds = dict(table.columns)
    return table.key[0] if len(table.key) == 1 and kinds[table.key[0]] in INTEGERS[:3] else ""


def _dimensions(database: Database, selection: Selection) -> frozenset[int]:
    geometry = selection.table.candidate.geometry
    if geometry is None:
        return frozenset()
    query = sql.SQL(_KINDS).format(
        geometry=sql.Identifier(geometry.name),
        table=selection.table.identifier,
        where=selection.where,
    )
    return frozenset(dimension for (dimension,) in database.rows(query))
