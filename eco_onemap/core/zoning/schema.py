# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of zoning control: every column with its type, unit and meaning."""

from __future__ import annotations

from eco_onemap.core.table import Column, ColumnType

TEXT, REAL = ColumnType.TEXT, ColumnType.REAL

SITE_UNIT = (
    Column("site_id", TEXT, "site"),
    Column("layer_id", TEXT, "layer of control units or element zones"),
    Column("what", TEXT, "unit or zone, in the chosen vocabulary"),
    Column("code", TEXT, "code of the unit or zone"),
    Column("name", TEXT, "its name"),
    Column("class", TEXT, "1 priority, 2 key, 3 general; empty where the code does not tell"),
    Column("class_name", TEXT, "the class in words"),
    Column("domain", TEXT, "land or sea"),
    Column("element", TEXT, "element of a zone (ecology, water, air …)"),
    Column("zone", TEXT, "kind of a zone"),
    Column("admin_code", TEXT, "division when the code was issued"),
    Column("overlap_area_m2", REAL, "area of the site in it, on the ellipsoid"),
    Column("overlap_area_ha", REAL, "the same in hectares"),
    Column("overlap_length_m", REAL, "length of a line site in it"),
    Column("share_pct", REAL, "percent of the site (area, length or points)"),
    Column("kind", TEXT, "real, narrow, sliver or touch"),
    Column("version", TEXT, "edition of the layer: serials change with each"),
    Column("unknown", TEXT, "what of the code is not understood"),
)

CLAUSE = (
    Column("site_id", TEXT, "site"),
    Column("clause_id", TEXT, "clause"),
    Column("level", TEXT, "whose list it belongs to: province, city, county, unit …"),
    Column("scope_code", TEXT, "code of the unit or division that it is for"),
    Column("dimension", TEXT, "dimension of the list"),
    Column("sub_dimension", TEXT, "part of the dimension"),
    Column("clause_no", TEXT, "number of the clause"),
    Column("clause_text", TEXT, "its text"),
    Column("restrict_type", TEXT, "what it does: forbid, limit, allow, exit, other"),
    Column("facts", TEXT, "this project's facts"),
    Column("limit", TEXT, "what it asks in numbers"),
    Column("measured", REAL, "the value that its first limit is compared with"),
    Column("conformity", TEXT, "conforms, violates, not_concerned, or manual: a person decides"),
    Column("answer", TEXT, "the same in words"),
    Column("reason", TEXT, "why"),
    Column("document", TEXT, "where it stands"),
)
