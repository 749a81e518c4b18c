# SPDX-License-Identifier: GPL-2.0-or-later
"""The query that reads a table: what its rows are made of, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from psycopg2 import sql

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.geometry.crs import CGCS2000, reproject
from eco_onemap.core.messages import message
from eco_onemap.readers.databases import TableRequest
from eco_onemap.readers.postgis.connection import Database
from eco_onemap.readers.postgis.tables import GeometryColumn, Table, find_crs

INTEGERS = ("smallint", "integer", "bigint", "boolean")
FLOATS = ("real", "double precision", "numeric")
BYTES = "bytea"
_TIMES = (
    *("date", "timestamp without time zone", "timestamp with time zone"),
    *("time without time zone", "time with time zone"),
)

ROW_HASH = sql.SQL("encode(sha256(convert_to(eco_onemap_row::text, 'UTF8')), 'hex')")
"""The SHA-256 of a row that is called ``eco_onemap_row``, as text."""

_EDGE_PARTS = 100
"""Parts of a rectangle's longer edge whose ends are brought to the table's CRS."""

_MARGIN = 1e-3
"""Share of its size by which the rectangle is widened: edges bow between those points."""


@dataclass(frozen=True)
class Selection:
    """The rows to read.

    rows: a query for geometry (WKB), the key's columns as text, then the attributes, in no order.
    ordered: the same in the order of the primary key; without one by the rows' content, so that
        it is the same at each reading.
    where: the condition that they meet.
    srid: 0 where the geometries tell none. crs: as it names it, None where it does not.
    """

    table: Table
    where: sql.Composable
    rows: sql.Composable
    ordered: sql.Composable
    srid: int
    crs: str | None


def select(database: Database, table: Table, request: TableRequest) -> Selection:
    """Return how the rows that a request asks for are read."""
    if ";" in request.where:
        cause = message("database.cause_semicolon")
        raise database.error("reader.bad_where", where=request.where, cause=cause)
    column = table.candidate.geometry
    where = _where(request.where)
    srid = _srid(database, table, where) if column else 0
    crs = find_crs(database, srid) if srid else None
    if column and request.bounds:
        area = _rectangle(database, request.bounds, crs or request.crs)
        where = sql.SQL(" AND ").join([where, _meets(column, area, srid)])
    rows = sql.SQL("SELECT {} FROM {} WHERE {}").format(
        sql.SQL(", ").join(_values(table)), table.identifier, where
    )
    return Selection(table, where, rows, _ordered(rows, table.key), srid, crs)


def _values(table: Table) -> list[sql.Composable]:
    keys = [sql.SQL("{}::text").format(sql.Identifier(name)) for name in table.key]
    attributes = [_attribute(name, kind) for name, kind in table.columns]
    return [
        sql.SQL("{} AS {}").format(value, sql.Identifier(f"eco_onemap_{number}"))
        for number, value in enumerate([_geometry(table.candidate.geometry), *keys, *attributes])
    ]


def _ordered(rows: sql.Composable, key: Sequence[str]) -> sql.Composable:
    if key:
        order = sql.SQL(", ").join(map(sql.Identifier, key))
        return sql.SQL("{} ORDER BY {}").format(rows, order)
    query = sql.SQL("SELECT * FROM ({}) AS eco_onemap_row ORDER BY {}")
    return query.format(rows, ROW_HASH)


def _where(condition: str) -> sql.Composable:
    """Return a condition in brackets, which a comment at its end must not open."""
    return sql.SQL(f"({condition}\n)" if condition else "true")


def _geometry(column: GeometryColumn | None) -> sql.Composable:
    if column is None:
        return sql.SQL("NULL::bytea")
    flat = sql.SQL("ST_Force2D({}::geometry)").format(sql.Identifier(column.name))
    straight = "CASE WHEN ST_HasArc({0}) THEN ST_CurveToLine({0}) ELSE {0} END"
    return sql.SQL(f"ST_AsBinary({straight})").format(flat)


def _attribute(name: str, kind: str) -> sql.Composable:
    """Return a column's value as number or text, as the readers of files have it."""
    if kind == "boolean":
        form = "{}::int"
    elif kind in FLOATS:
        form = "{}::float8"
    elif kind in _TIMES:
        form = "to_json({}) #>> '{{}}'"  # ISO 8601
    else:
        form = "{}" if kind in (*INTEGERS, BYTES) else "{}::text"
    return sql.SQL(form).format(sql.Identifier(name))


def _srid(database: Database, table: Table, where: sql.Composable) -> int:
    """Return the geometries' SRID: the column's, or the only one among the rows."""
    column = table.candidate.geometry
    if column is None or column.srid:
        return column.srid if column else 0
    query = sql.SQL("SELECT DISTINCT ST_SRID({0}::geometry) FROM {1} WHERE {2} AND {0} IS NOT NULL")
    place = sql.Identifier(column.name)
    found = sorted(srid for (srid,) in database.rows(query.format(place, table.identifier, where)))
    if len(found) > 1:
        name = table.candidate.name
        listed = ", ".join(map(str, found))
        raise database.error("database.several_srids", layer=name, srids=listed)
    return int(found[0]) if found else 0


def _meets(column: GeometryColumn, area: Bounds, srid: int) -> sql.Composable:
    """Return the condition that a row meets a rectangle or has no geometry, index or no index."""
    envelope = sql.SQL("ST_MakeEnvelope({}, {})").format(
        sql.SQL(", ").join(map(sql.Literal, area)), sql.Literal(srid)
    )
    name = sql.Identifier(column.name)
    place = sql.SQL("{}::geometry").format(name) if column.kind == "geography" else name
    return sql.SQL("({} && {} OR {} IS NULL)").format(place, envelope, name)


def _rectangle(database: Database, bounds: Bounds, crs: str) -> Bounds:
    """Return the rectangle in the table's CRS around one in CGCS2000 longitude and latitude."""
    if not crs:
        raise database.error("reader.missing_crs")
    longest = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / _EDGE_PARTS
    edges = shapely.segmentize(np.array([shapely.box(*bounds)]), longest)
    moved = reproject(edges, CGCS2000, crs)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise database.error("database.bounds_outside", crs=crs)
    west, south, east, north = shapely.total_bounds(moved)
    across, up = _MARGIN * (east - west), _MARGIN * (north - south)
    return float(west - across), float(south - up), float(east + across), float(north + up)
