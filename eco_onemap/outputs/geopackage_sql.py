# SPDX-License-Identifier: GPL-2.0-or-later
"""The fixed SQL of a GeoPackage (OGC 12-128r17, version 1.3, annex C and extensions F.3, F.9)."""

from __future__ import annotations

APPLICATION_ID = 0x47504B47
"""The letters GPKG."""

USER_VERSION = 10300

SYSTEM_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
"""

UNDEFINED_SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic system"),
)

_SCHEMA = ("gpkg_schema", "http://www.geopackage.org/spec121/#extension_schema", "read-write")
SCHEMA_EXTENSION = (
    ("gpkg_data_columns", None, *_SCHEMA),
    ("gpkg_data_column_constraints", None, *_SCHEMA),
)

RTREE_EXTENSION = (
    "gpkg_rtree_index",
    "http://www.geopackage.org/spec120/#extension_rtree",
    "write-only",
)

_BOUNDS = (
    'NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")'
)
_FILLED = '(NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))'
_VOID = '(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))'
_INSERT = f'INSERT OR REPLACE INTO "rtree_{{t}}_geom" VALUES ({_BOUNDS});'
_DELETE = 'DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid";'
_TRIGGERS = {
    "insert": f'AFTER INSERT ON "{{t}}" WHEN {_FILLED} BEGIN {_INSERT} END',
    "update1": f'AFTER UPDATE OF "geom" ON "{{t}}" WHEN OLD."fid" = NEW."fid" AND {_FILLED}'
    f" BEGIN {_INSERT} END",
    "update2": f'AFTER UPDATE OF "geom" ON "{{t}}" WHEN OLD."fid" = NEW."fid" AND {_VOID}'
    f" BEGIN {_DELETE} END",
    "update3": f'AFTER UPDATE ON "{{t}}" WHEN OLD."fid" != NEW."fid" AND {_FILLED}'
    f" BEGIN {_DELETE} {_INSERT} END",
    "update4": f'AFTER UPDATE ON "{{t}}" WHEN OLD."fid" != NEW."fid" AND {_VOID}'
    ' BEGIN DELETE FROM "rtree_{t}_geom" WHERE id IN (OLD."fid", NEW."fid"); END',
    "delete": f'AFTER DELETE ON "{{t}}" WHEN OLD."geom" NOT NULL BEGIN {_DELETE} END',
}


def rtree_triggers(table: str) -> list[str]:
    """Return the statements that keep the spatial index of *table* up to date (annex F.3)."""
    return [
        f'CREATE TRIGGER "rtree_{table}_geom_{name}" {body.format(t=table)}'
        for name, body in _TRIGGERS.items()
    ]
