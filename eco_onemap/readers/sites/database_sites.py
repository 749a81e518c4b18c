# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites from a table of a database."""

from __future__ import annotations

from dataclasses import replace

from eco_onemap.core.errors import LayerError, SiteError
from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.databases import TableContent, TableRequest, read_table
from eco_onemap.readers.sites.attributes import ID_FIELDS, find_field
from eco_onemap.readers.sites.vector_sites import SiteOptions, sites_of_layers


def read_database_sites(
    address: str, options: SiteOptions, bounds: Bounds | None = None
) -> RawSites:
    """Return the sites of a table in its own CRS; SiteError says what cannot be used.

    address: ``postgresql://…``. options: layer is ``schema.table``, None for the only table with
    geometries; id_field None for a usual one, or else the primary key. bounds: as in
    :class:`eco_onemap.readers.databases.TableRequest`.
    """
    request = TableRequest(address, options.layer or "", bounds=bounds, crs=options.crs or "")
    try:
        content = read_table(request)
    except LayerError as error:
        key, args = error.message.key, error.message.args
        raise SiteError(key, details=error.details, **args) from error
    return sites_of_layers(
        [content.layer],
        source=content.source,
        digest=content.fingerprint,
        options=replace(options, id_field=options.id_field or _key_field(content)),
    )


def _key_field(content: TableContent) -> str | None:
    """Return the primary key where it is one column and no column has a usual name."""
    if len(content.key) != 1 or find_field(content.layer.columns, ID_FIELDS):
        return None
    return content.key[0]
