# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of sites: boundary point TXT, tables, CASS points, all that OGR reads; and databases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from eco_onemap.core.errors import MissingPackageError, SiteError
from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites.database_sites import read_database_sites
from eco_onemap.readers.sites.points import USUAL, is_of_points, read_points
from eco_onemap.readers.sites.tables.options import TableOptions
from eco_onemap.readers.sites.vector_sites import SiteOptions, read_vector_sites


def read_sites(
    path: Path | str,
    *,
    layer: str | None = None,
    id_field: str | None = None,
    crs: str | None = None,
    fields: Mapping[str, str] | None = None,
    table: TableOptions = USUAL,
    bounds: Bounds | None = None,
) -> RawSites:
    """Return the sites of a file, or of a database at ``postgresql://…``, in its own CRS.

    layer: name of a layer or sheet inside the file, ``*`` for all layers with geometries, None
        for the only one of its kind (polygons, lines, points). In a drawing: the CAD layer.
    id_field: field of the sites' identifiers, None to look for a usual one.
    crs: taken only where the file names none.
    fields: name of a fact to the column that holds it, where the usual names are not used.
    table: how to read text and tables where they leave it open.
    bounds: of a database only the sites that meet this rectangle (CGCS2000 longitude and
    latitude).

    Raises SiteError, which names the file and, where there is one, the line; MissingPackageError
    where the package that reads the format is not installed (text needs none).
    """
    options = SiteOptions(layer, id_field, crs, fields or {})
    if is_database(str(path)):
        return read_database_sites(str(path), options, bounds)
    if bounds is not None:
        raise SiteError("database.bounds_of_file", path=str(path))
    file = Path(path)
    if not file.exists():
        raise SiteError("reader.missing_file", path=str(file))
    if is_of_points(file):
        chosen = replace(table, fields=fields or table.fields)
        return read_points(file, layer=layer, id_field=id_field, crs=crs, table=chosen)
    try:
        from eco_onemap.readers.layers import open_vector  # noqa: PLC0415 (text needs no fiona)
    except ModuleNotFoundError as error:
        raise MissingPackageError("reader.missing_package", package=error.name) from error
    return read_vector_sites(file, open_vector, options)
