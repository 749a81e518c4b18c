# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS features as arrays: geometries through WKB in bulk, attributes as plain Python values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from osgeo import ogr
from qgis.core import NULL, QgsFeature, QgsField
from qgis.PyQt.QtCore import QByteArray, QDate, QDateTime, QMetaType, Qt, QTime

from eco_onemap.core.table import Geometries
from eco_onemap.readers.geometries import Closing, GeometryCollector

FLOATS = (QMetaType.Type.Double, QMetaType.Type.Float)
INTEGERS = (
    QMetaType.Type.Bool,  # 1 and 0, as the other readers have it
    QMetaType.Type.Int,
    QMetaType.Type.UInt,
    QMetaType.Type.LongLong,
    QMetaType.Type.ULongLong,
)


@dataclass(frozen=True)
class Features:
    """Features in the order in which they came, *n* of them.

    geometries, ids: shape (n,). columns: field name to an array of shape (n,), as in
    :class:`eco_onemap.core.table.FeatureTable`.
    has_z, curved, closings: as in :class:`eco_onemap.readers.vector_files.VectorLayer`.
    """

    geometries: Geometries
    columns: dict[str, NDArray[Any]]
    ids: NDArray[np.object_]
    has_z: bool = False
    curved: bool = False
    closings: tuple[Closing, ...] = ()


def read_features(features: Iterable[QgsFeature], fields: Sequence[QgsField]) -> Features:
    """Return the features with these fields, Z and M dropped and curves made of segments."""
    blobs: list[bytes | None] = []
    rows: list[list[Any]] = []
    ids: list[str] = []
    for feature in features:
        geometry = feature.geometry()
        blobs.append(None if geometry.isNull() else bytes(geometry.asWkb()))
        rows.append(feature.attributes())
        ids.append(str(feature.id()))
    columns = {
        field.name(): _column([row[number] for row in rows], field.type())
        for number, field in enumerate(fields)
    }
    closings: list[Closing] = []
    present = [blob for blob in blobs if blob is not None]
    return Features(
        parse_wkb(blobs, closings),
        columns,
        np.array(ids, dtype=object),
        has_z=_has_heights(present),
        curved=any(map(_is_curved, present)),
        closings=tuple(closings),
    )


def _has_heights(blobs: Sequence[bytes]) -> bool:
    """Return whether there are heights or measures other than 0 (ISO WKB types of 1000 and up)."""
    high = [blob for blob in blobs if _kind(blob) >= 1000]
    if any(_kind(blob) >= 2000 for blob in high):
        return True
    made = shapely.from_wkb(np.array(high, dtype=object), on_invalid="ignore")
    heights = shapely.get_coordinates(made, include_z=True)[:, 2]
    return bool(np.nan_to_num(heights).any())


def parse_wkb(blobs: Sequence[bytes | None], closings: list[Closing] | None = None) -> Geometries:
    """Return the geometries written in ISO WKB, two-dimensional, curves made of segments.

    closings: takes in where rings were closed.
    """
    readable = [None if blob is None or _is_curved(blob) else blob for blob in blobs]
    made = shapely.from_wkb(np.array(readable, dtype=object), on_invalid="ignore")
    for row in np.flatnonzero(shapely.is_missing(made)).tolist():
        blob = blobs[row]
        if blob is not None:
            made[row], closed = _linear(blob)
            if closings is not None:
                closings += [closing._replace(row=row) for closing in closed]
    flat: Geometries = shapely.force_2d(made)
    return flat


def _is_curved(blob: bytes) -> bool:
    """Return whether ISO WKB holds a curve (types 8 to 12, with Z and M in the thousands)."""
    return _kind(blob) % 1000 in range(8, 13)


def _kind(blob: bytes) -> int:
    return int.from_bytes(blob[1:5], "little" if blob[0] else "big")


def _linear(blob: bytes) -> tuple[shapely.Geometry | None, tuple[Closing, ...]]:
    """Return what GEOS does not read by itself: curves in segments, rings that are not closed."""
    geometry = ogr.CreateGeometryFromWkb(blob).GetLinearGeometry()
    text = geometry.ExportToJson(["COORDINATE_PRECISION=17"])
    collector = GeometryCollector()
    collector.add(json.loads(text, object_hook=lambda members: SimpleNamespace(**members)))
    return collector.geometries()[0], collector.closings


def _column(values: Sequence[Any], kind: QMetaType.Type) -> NDArray[Any]:
    plain = [None if value == NULL else value for value in values]
    if kind in FLOATS:
        return np.array([np.nan if value is None else value for value in plain], np.float64)
    if kind in INTEGERS and None not in plain:
        return np.array(plain, np.int64)
    return np.fromiter(map(_plain_value, plain), dtype=object, count=len(plain))


def _plain_value(value: Any) -> Any:
    """Return a value as the other readers do: dates and times as ISO 8601 text."""
    if isinstance(value, QDateTime):
        return value.toString(Qt.DateFormat.ISODate).replace("Z", "+00:00")
    if isinstance(value, QDate | QTime):
        return value.toString(Qt.DateFormat.ISODate)
    return bytes(value) if isinstance(value, QByteArray) else value
