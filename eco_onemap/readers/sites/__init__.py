# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of sites: boundary point TXT, tables, CASS points, and all that OGR reads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eco_onemap.core.errors import MissingPackageError, SiteError
from eco_onemap.core.raw_sites import RawSites
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
from eco_onemap.readers.sites.vector_sites import read_vector_sites

_NO_OPTIONS = TableOptions()


def read_sites(
    path: Path | str,
    *,
    layer: str | None = None,
    id_field: str | None = None,
    crs: str | None = None,
    table: TableOptions = _NO_OPTIONS,
) -> RawSites:
    """Return the sites of a file in the file's own CRS.

    layer: name of a layer or sheet inside the file, None for all layers with geometries.
    id_field: field of the sites' identifiers, None to look for a usual one.
    crs: taken only where the file names none.
    table: how to read text and tables where they leave it open.

    Raises SiteError, which names the file and, where there is one, the line; MissingPackageError
    where the package that reads the format is not installed (text needs none).
    """
    file = Path(path)
    if not file.exists():
        raise SiteError("reader.missing_file", path=str(file))
    options = replace(table, id_field=id_field or table.id_field, sheet=table.sheet or layer or "")
    if is_of_points(file):
        return parse_points(read_bytes(file), str(file), options, crs)
    try:
        from eco_onemap.readers.layers import open_vector  # noqa: PLC0415 (text needs no fiona)
    except ModuleNotFoundError as error:
        raise MissingPackageError("reader.missing_package", package=error.name) from error
    return read_vector_sites(file, open_vector, layer=layer, id_field=id_field, crs=crs)


def is_of_points(path: Path) -> bool:
    """Return whether a file is one of rows of points, which no GIS library reads."""
    ending = path.suffix.lower()
    if ending in TEXT_TABLES:
        return not has_wkt_column(path)
    return ending in (".txt", ".dat", *WORKBOOKS)


def parse_points(
    content: bytes, path: str, options: TableOptions = _NO_OPTIONS, crs: str | None = None
) -> RawSites:
    """Return the sites of a file of points: by its ending, and for TXT by what stands in it."""
    ending = Path(path).suffix.lower()
    if ending == ".dat":
        return parse_cass(content, path, options, crs)
    if ending == ".txt" and is_boundary_file(decode(content, path, options.encoding)):
        return parse_txt(content, path, crs, options.encoding)
    return parse_table(content, path, options, crs)
