# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's region as the place where a file's sites are expected."""

from __future__ import annotations

import shapely

from eco_onemap.core.errors import LayerError
from eco_onemap.core.geometry.crs import find_crs, to_cgcs2000
from eco_onemap.core.geometry.repair import repair
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.core.layers.sources import LayerSource
from eco_onemap.core.table import Geometries


def find_region(catalogue: Catalogue, source: LayerSource) -> Geometries | None:
    """Return the polygons of the catalogue's region in CGCS2000 degrees.

    None where it names none, or one that cannot be read: the check itself tells of that.
    """
    if not catalogue.region:
        return None
    try:
        table = source.read_polygons(catalogue.region)
    except LayerError:
        return None
    if table.crs is None or find_crs(table.crs) is None:
        return None
    present = table.geometries[~shapely.is_missing(table.geometries)]
    region = to_cgcs2000(repair(shapely.force_2d(present)).geometries, table.crs)
    parts = shapely.get_parts(region)
    return parts if len(parts) else None
