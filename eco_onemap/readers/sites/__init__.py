# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of sites: boundary point TXT, and all that OGR reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eco_onemap.core.errors import MissingPackageError, SiteError
from eco_onemap.core.raw_sites import RawSites
from eco_onemap.readers.sites.txt import read_txt
from eco_onemap.readers.sites.vector_sites import SiteOptions, read_vector_sites


def read_sites(
    path: Path | str,
    *,
    layer: str | None = None,
    id_field: str | None = None,
    crs: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> RawSites:
    """Return the sites of a file in the file's own CRS.

    layer: name of a layer inside the file, ``*`` for all of its layers with geometries, None for
        the only one of its kind (polygons, lines, points). In a drawing: the CAD layer.
    id_field: field of the sites' identifiers, None to look for a usual one.
    crs: taken only where the file names none.
    fields: name of a fact to the column that holds it, where the usual names are not used.

    Raises SiteError, which names the file and, where there is one, the line; MissingPackageError
    where fiona, which reads all formats but TXT, is not installed.
    """
    file = Path(path)
    if not file.exists():
        raise SiteError("reader.missing_file", path=str(file))
    if file.suffix.lower() == ".txt":
        return read_txt(file, crs=crs)
    try:
        from eco_onemap.readers.layers import open_vector  # noqa: PLC0415 (TXT needs no fiona)
    except ModuleNotFoundError as error:
        raise MissingPackageError("reader.missing_package", package=error.name) from error
    options = SiteOptions(layer, id_field, crs, fields or {})
    return read_vector_sites(file, open_vector, options)
