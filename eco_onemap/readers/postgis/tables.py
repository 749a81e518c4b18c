# SPDX-License-Identifier: GPL-2.0-or-later
"""Which table a name means, and what the server's catalogue says of it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from psycopg2 import sql

from eco_onemap.core.geometry.crs import find_crs as known_crs
from eco_onemap.readers.crs_names import find_crs_name
from eco_onemap.readers.postgis.connection import Database

_SPATIAL = ("geometry", "geography")
_LISTED = 20
"""Names of tables in a message; the likeliest come first."""

_TABLES = """
SELECT c.oid, n.nspname, c.relname, pg_table_is_visible(c.oid), a.attname, a.typname,
       CASE WHEN a.attname IS NOT NULL THEN postgis_typmod_srid(a.atttypmod) END
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN (SELECT attrelid, attname, attnum, atttypmod, typname
           FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
           WHERE typname IN ('geometry', 'geography') AND attnum > 0 AND NOT attisdropped
          ) a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'
                  AND d.classid = 'pg_class'::regclass)
ORDER BY n.nspname, c.relname, a.attnum
"""
"""Tables and views, those of extensions left out, with their geometry columns."""

_COLUMNS = """
SELECT a.attname, coalesce(nullif(t.typbasetype, 0), t.oid)::regtype::text
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = {oid} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""

_KEY = """
SELECT a.attname FROM pg_index i
CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(attnum, place)
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
WHERE i.indrelid = {oid} AND i.indisprimary ORDER BY k.place
"""

_CRS = "SELECT auth_name, auth_srid, srtext FROM spatial_ref_sys WHERE srid = {srid}"


@dataclass(frozen=True)
class GeometryColumn:
    """A column of geometries. kind: geometry or geography; srid: 0 where the column tells none."""

    name: str
    kind: str
    srid: int


@dataclass(frozen=True)
class Candidate:
    """A table or view, with one of its geometry columns (None for a plain table)."""

    oid: int
    schema: str
    table: str
    visible: bool
    geometry: GeometryColumn | None

    @property
    def name(self) -> str:
        """The name with its schema, as messages and catalogues write it."""
        return f"{self.schema}.{self.table}"

    @property
    def full_name(self) -> str:
        """The name with the geometry column, as GDAL writes it where there are several."""
        return f"{self.name}({self.geometry.name})" if self.geometry else self.name

    @property
    def short_name(self) -> str:
        """The full name without its schema."""
        return self.full_name.removeprefix(f"{self.schema}.")


@dataclass(frozen=True)
class Table:
    """The table to read. columns: attribute and its SQL type; key: its primary key, or nothing."""

    candidate: Candidate
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    @property
    def identifier(self) -> sql.Composable:
        """The table's name for a query."""
        return sql.Identifier(self.candidate.schema, self.candidate.table)


def find_table(database: Database, layer: str) -> Table:
    """Return the table that *layer* names, "" for the only one with geometries."""
    chosen = _choose(database, layer, _candidates(database))
    oid = sql.Literal(chosen.oid)
    columns = database.rows(sql.SQL(_COLUMNS).format(oid=oid))
    key = database.rows(sql.SQL(_KEY).format(oid=oid))
    attributes = tuple((name, kind) for name, kind in columns if not _is_place(kind))
    return Table(chosen, attributes, tuple(name for (name,) in key))


def find_crs(database: Database, srid: int) -> str | None:
    """Return ``EPSG:…`` or the WKT of a spatial reference id, None where it names no CRS."""
    for authority, code, wkt in database.rows(sql.SQL(_CRS).format(srid=sql.Literal(srid))):
        name = f"{authority}:{code}"
        return name if authority == "EPSG" and known_crs(name) else find_crs_name(wkt)
    return None


def _is_place(kind: str) -> bool:
    return kind.rpartition(".")[2] in (*_SPATIAL, "raster", "box2d", "box3d")


def _candidates(database: Database) -> list[Candidate]:
    return [
        Candidate(
            oid, schema, table, visible, None if kind is None else GeometryColumn(name, kind, srid)
        )
        for oid, schema, table, visible, name, kind, srid in database.rows(_TABLES)
    ]


def _choose(database: Database, layer: str, candidates: Sequence[Candidate]) -> Candidate:
    found = _called(layer, candidates) if layer else _spatial(candidates)
    if not found and layer:
        told = _told(layer, candidates)
        raise database.error("reader.missing_layer", layer=layer, layers=told)
    if not found:
        raise database.error("reader.no_layers", layers="")
    if len({one.oid for one in found}) > 1:
        raise database.error("reader.several_layers", layers=_told(layer, found))
    if len(found) > 1:
        columns = ", ".join(one.full_name for one in found)
        raise database.error("database.several_geometries", layer=found[0].name, columns=columns)
    return found[0]


def _called(layer: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return what a name means: with its schema, or else as the server's search path has it."""
    whole = [one for one in candidates if layer in (one.name, one.full_name)]
    short = [one for one in candidates if layer in (one.table, one.short_name)]
    return whole or [one for one in short if one.visible] or short


def _spatial(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the tables with geometries, or the plain tables where there is none."""
    return [one for one in candidates if one.geometry] or list(candidates)


def _told(layer: str, candidates: Sequence[Candidate]) -> str:
    names = [name for name, _ in groupby(one.name for one in candidates)]
    like = difflib.get_close_matches(layer, names, n=3) if layer else []
    listed = [*like, *(name for name in names if name not in like)]
    return ", ".join(listed[:_LISTED]) + (" …" if len(listed) > _LISTED else "")
