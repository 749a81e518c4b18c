# SPDX-License-Identifier: GPL-2.0-or-later
"""GDAL's own bindings, which QGIS has too: features, one by one, in a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shapely
from engines.sharing import Clock

from writing.plain_tables import SRS_ID, PlainTable


def write(path: Path, tables: Sequence[PlainTable], clock: Clock) -> None:
    """Write all tables."""
    from osgeo import gdal, ogr

    gdal.UseExceptions()
    ogr.UseExceptions()
    clock.version = f"GDAL {gdal.__version__}"

    def work() -> None:
        path.unlink(missing_ok=True)
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        for table in tables:
            source.StartTransaction()
            _write_table(source, table)
            source.CommitTransaction()
        del source  # closes the file

    clock.working(work)


def _write_table(source, table: PlainTable) -> None:
    from osgeo import ogr, osr

    kinds = {
        "text": ogr.OFTString,
        "real": ogr.OFTReal,
        "integer": ogr.OFTInteger64,
        "boolean": ogr.OFTInteger,
    }
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(SRS_ID)
    shape = ogr.wkbNone if table.geometries is None else ogr.wkbUnknown
    layer = source.CreateLayer(table.name, reference, shape)
    for name, kind in table.types.items():
        field = ogr.FieldDefn(name, kinds[kind])
        if kind == "boolean":
            field.SetSubType(ogr.OFSTBoolean)
        layer.CreateField(field)
    blobs = [None] * len(table)
    if table.geometries is not None:
        blobs = shapely.to_wkb(table.geometries).tolist()
    definition = layer.GetLayerDefn()
    for blob, *values in zip(blobs, *(c.tolist() for c in table.nullable()), strict=True):
        feature = ogr.Feature(definition)
        for number, value in enumerate(values):
            if value is None:
                feature.SetFieldNull(number)
            else:
                feature.SetField(number, value)
        if blob is not None:
            feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(blob))
        layer.CreateFeature(feature)
