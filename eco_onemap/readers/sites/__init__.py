# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of sites: boundary point TXT, and all that OGR reads; and tables of databases."""

from __future__ import annotations

from pathlib import Path

from eco_onemap.core.addresses import is_database
from eco_onemap.core.errors import MissingPackageError, SiteError
from eco_onemap.core.raw_sites import RawSites
from eco_onemap.core.sources import Bounds
from eco_onemap.readers.sites.database_sites import read_database_sites
from eco_onemap.readers.sites.txt import read_txt
from eco_onemap.readers.sites.vector_sites import read_vector_sites


def read_sites(
    path: Path | str,
    *,
    layer: str | None = None,
    id_field: str | None = None,
    crs: str | None = None,
    bounds: Bounds | None = None,
) -> RawSites:
    """Return the sites of a file, or of a database at ``postgresql://…``, in its own CRS.

    layer: name of a layer inside the file, None for all of its layers with geometries.
    id_field: field of the sites' identifiers, None to look for a usual one.
    crs: taken only where the file names none.
    bounds: of a database only the sites that meet this rectangle (CGCS2000 longitude and
    latitude).

    Raises SiteError, which names the file and, where there is one, the line; MissingPackageError
    where fiona, which reads all formats but TXT, is not installed.
    """
    if is_database(str(path)):
        return read_database_sites(
            str(path), layer=layer, id_field=id_field, crs=crs, bounds=bounds
        )
    if bounds is not None:
        raise SiteError("database.bounds_of_file", path=str(path))
    file = Path(path)
    if not file.exists():
        raise SiteError("reader.missing_file", path=str(file))
    if file.suffix.lower() == ".txt":
        return read_txt(file, crs=crs)
    try:
        from eco_onemap.readers.layers import open_vector  # noqa: PLC0415 (TXT needs no fiona)
    except ModuleNotFoundError as error:
        raise MissingPackageError("reader.missing_package", package=error.name) from error
    return read_vector_sites(file, open_vector, layer=layer, id_field=id_field, crs=crs)
