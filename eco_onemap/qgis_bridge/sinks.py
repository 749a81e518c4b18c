# SPDX-License-Identifier: GPL-2.0-or-later
"""Result tables as QGIS features."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
)
from qgis.PyQt.QtCore import QMetaType

from eco_onemap.core.errors import OutputError
from eco_onemap.core.table import Column, ColumnType, Geometries, ResultTable

QT_TYPES = {
    ColumnType.TEXT: QMetaType.Type.QString,
    ColumnType.REAL: QMetaType.Type.Double,
    ColumnType.INTEGER: QMetaType.Type.LongLong,
    ColumnType.BOOLEAN: QMetaType.Type.Bool,
}
MULTI_TYPES = (Qgis.WkbType.MultiPoint, Qgis.WkbType.MultiLineString, Qgis.WkbType.MultiPolygon)
"""The type of a sink by the dimension of its geometries: 0, 1, 2."""


def build_fields(columns: tuple[Column, ...]) -> QgsFields:
    """Return QGIS's description of a table's columns; the meaning becomes the comment."""
    fields = QgsFields()
    for column in columns:
        fields.append(QgsField(column.name, QT_TYPES[column.type], comment=column.meaning))
    return fields


def sink_type(table: ResultTable) -> Qgis.WkbType:
    """Return the type of a sink for *table*: that of its geometries with the most dimensions.

    A layer of QGIS shows one kind of geometry only; polygons where there is no geometry at all.
    """
    if table.geometries is None:
        return Qgis.WkbType.NoGeometry
    dimensions = shapely.get_dimensions(table.geometries)
    return MULTI_TYPES[dimensions.max(initial=-1)]


def write_sink(table: ResultTable, sink: QgsFeatureSink, kind: Qgis.WkbType) -> int:
    """Write all rows to *sink* and return how many had a geometry of another kind than *kind*.

    Those rows are written without their geometry. Raises OutputError if the sink refuses rows.
    """
    fields = build_fields(table.columns)
    geometries, lost = _wkb_of_kind(table, kind)
    features = [
        _feature(fields, values, wkb) for values, wkb in zip(_rows(table), geometries, strict=True)
    ]
    if not sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert):
        raise OutputError("qgis.sink_refused", table=table.name, cause=sink.lastError())
    return lost


def _feature(fields: QgsFields, values: list[Any], wkb: bytes | None) -> QgsFeature:
    feature = QgsFeature(fields)
    feature.setAttributes(values)
    if wkb is not None:
        geometry = QgsGeometry()
        geometry.fromWkb(wkb)
        feature.setGeometry(geometry)
    return feature


def _rows(table: ResultTable) -> Iterator[list[Any]]:
    columns = [_plain(table[column.name], column.type) for column in table.columns]
    return (list(values) for values in zip(*columns, strict=True))


def _plain(values: NDArray[Any], kind: ColumnType) -> list[Any]:
    """Return a column as Python values, ``None`` for each that is not there."""
    match kind:
        case ColumnType.BOOLEAN:
            return values.tolist()
        case ColumnType.TEXT:
            absent = values == ""
        case ColumnType.REAL:
            absent = np.isnan(values)
        case ColumnType.INTEGER:
            absent = values < 0
    plain = values.astype(object)
    plain[absent] = None
    return plain.tolist()


def _wkb_of_kind(table: ResultTable, kind: Qgis.WkbType) -> tuple[list[bytes | None], int]:
    """Return the geometries that are of *kind* as multi-part WKB, and the number of the others."""
    if kind == Qgis.WkbType.NoGeometry or table.geometries is None:
        return [None] * len(table), 0
    dimension = MULTI_TYPES.index(kind)
    parts, owners = _parts(table.geometries)
    mine = (shapely.get_dimensions(parts) == dimension) & ~shapely.is_empty(parts)
    chosen = _gathered(parts[mine], owners[mine], len(table), dimension)
    present = ~(shapely.is_missing(table.geometries) | shapely.is_empty(table.geometries))
    lost = int(np.count_nonzero(present & shapely.is_missing(chosen)))
    return list(shapely.to_wkb(chosen)), lost


def _parts(geometries: Geometries) -> tuple[Geometries, NDArray[np.intp]]:
    """Return all single parts, those of nested collections too, and the rows they belong to."""
    parts, owners = shapely.get_parts(geometries, return_index=True)
    while np.any(shapely.get_type_id(parts) > 3):  # 0 to 3 are point, line, ring and polygon
        parts, again = shapely.get_parts(parts, return_index=True)
        owners = owners[again]
    return parts, owners


def _gathered(parts: Geometries, owners: NDArray[np.intp], rows: int, dimension: int) -> Geometries:
    """Return one multi-part geometry a row, ``None`` for a row without parts."""
    gather = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)[dimension]
    result = np.full(rows, None, dtype=object)
    if len(parts):
        gather(parts, indices=owners, out=result)
    return result
