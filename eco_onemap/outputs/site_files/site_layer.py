# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as one GeoPackage layer that every GIS opens, and that is read back as sites."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.errors import OutputError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.messages import Message
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.outputs.geopackage import write_geopackage

_AREA = Column("declared_area_m2", ColumnType.REAL, "area that the file of sites declares")
_FACTS = (
    "project",
    "developer",
    "industry",
    "nature",
    "planned_use",
    "stage",
    "tags",
    "not_tags",
)


def write_site_layer(path: Path, sites: RawSites) -> tuple[Message, ...]:
    """Write *sites* to the layer ``sites`` of the GeoPackage *path*, in their own CRS.

    OutputError for a CRS without an EPSG code.
    """
    crs = find_crs(sites.crs or "")
    code = crs.to_epsg() if crs else None
    if code is None:
        raise OutputError("site_output.no_code", crs=crs.name if crs else sites.crs or "?")
    values: dict[str, NDArray[Any]] = {"site_id": sites.ids, "name": sites.names}
    values |= {name: sites.columns[name] for name in _FACTS if name in sites.columns}
    columns = [Column(name, ColumnType.TEXT) for name in values]
    if _AREA.name in sites.columns:
        values[_AREA.name] = np.asarray(sites.columns[_AREA.name], dtype=np.float64)
        columns.append(_AREA)
    geometries = shapely.force_2d(np.asarray(sites.geometries, dtype=object))
    table = ResultTable("sites", tuple(columns), values, geometries)
    write_geopackage(path, [table], Path(sites.source).name, srs_id=code)
    return ()
