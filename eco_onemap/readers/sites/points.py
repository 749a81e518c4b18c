# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of rows of points, which no GIS library reads: TXT, CASS points, tables, workbooks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites.cass import parse_cass
from eco_onemap.readers.sites.tables.options import TableOptions
from eco_onemap.readers.sites.tables.reading import (
    TEXT_TABLES,
    WORKBOOKS,
    has_wkt_column,
    parse_table,
)
from eco_onemap.readers.sites.txt import is_boundary_file, parse_txt
from eco_onemap.readers.sites.txt_text import decode, read_bytes

USUAL = TableOptions()


def is_of_points(path: Path) -> bool:
    """Return whether an existing file is one of rows of points, by its ending.

    A text table with geometries in a column named WKT is none: OGR reads it.
    """
    ending = path.suffix.lower()
    if ending in TEXT_TABLES:
        return not has_wkt_column(path)
    return ending in (".txt", ".dat", *WORKBOOKS)


def read_points(
    path: Path,
    *,
    layer: str | None = None,
    id_field: str | None = None,
    crs: str | None = None,
    table: TableOptions = USUAL,
) -> RawSites:
    """Return the sites of a file of points; see :func:`parse_points`.

    layer, id_field: name a sheet and a column where *table* does not.
    """
    options = replace(
        table, id_field=table.id_field or id_field or "", sheet=table.sheet or layer or ""
    )
    raw = parse_points(read_bytes(path), str(path), options, crs)
    return replace(raw, given_crs=crs or "", declares_crs=not _is_given(raw, crs))


def _is_given(raw: RawSites, crs: str | None) -> bool:
    """Return whether the CRS is the user's: boundary point files may name one, tables hardly."""
    if not crs or raw.crs != crs:
        return False
    is_table = raw.evidence is None or not raw.evidence.datum
    return is_table or any(note.key == "txt.note_given" for note in raw.notes)


def parse_points(
    content: bytes, path: str, options: TableOptions = USUAL, crs: str | None = None
) -> RawSites:
    """Return the sites of a file of points: by its ending, and for TXT by what stands in it."""
    ending = Path(path).suffix.lower()
    if ending == ".dat":
        return parse_cass(content, path, options, crs)
    if ending == ".txt" and is_boundary_file(decode(content, path, options.encoding)):
        return parse_txt(content, path, crs, options.encoding, options.angle)
    return parse_table(content, path, options, crs)
