# SPDX-License-Identifier: GPL-2.0-or-later
"""Nested coordinate lists, as fiona yields them, to shapely geometries in bulk."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import shapely
from shapely import GeometryType

from eco_onemap.core.table import Geometries

_FEWEST_POINTS = {"Polygon": 4, "MultiPolygon": 4, "LineString": 2, "MultiLineString": 2}
"""Points that GEOS asks of a ring or line. Shorter ones get their first point again: they stay
degenerate, which the repair finds and tells, instead of vanishing here."""

_KINDS = {
    "Point": (0, GeometryType.POINT),
    "MultiPoint": (1, GeometryType.MULTIPOINT),
    "LineString": (1, GeometryType.LINESTRING),
    "MultiLineString": (2, GeometryType.MULTILINESTRING),
    "Polygon": (2, GeometryType.POLYGON),
    "MultiPolygon": (3, GeometryType.MULTIPOLYGON),
}
"""GeoJSON type to its depth of nesting and to shapely's type."""


class GeometryCollector:
    """Takes GeoJSON-like geometries one by one and makes shapely geometries of all at once.

    Coordinates are kept flat (16 bytes a point), Z is dropped, open rings are closed.
    """

    def __init__(self) -> None:
        self._count = 0
        self._kinds: dict[str, _Ragged] = {}
        self._collections: dict[int, Any] = {}

    def add(self, geometry: Any) -> None:
        """Take the next geometry: ``type``, ``coordinates`` and ``geometries``, or None."""
        row = self._count
        self._count += 1
        if geometry is None:
            return
        if geometry.type in _KINDS:
            kind = self._kinds.setdefault(geometry.type, _Ragged(geometry.type))
            kind.add(row, geometry.coordinates)
        else:
            self._collections[row] = _collection(geometry)

    def geometries(self) -> Geometries:
        """Return all geometries in the order in which they came, None where one was None."""
        result = np.full(self._count, None, dtype=object)
        for kind in self._kinds.values():
            result[kind.rows] = kind.geometries()
        for row, geometry in self._collections.items():
            result[row] = geometry
        return result


def _collection(geometry: Any) -> shapely.GeometryCollection:
    parts = GeometryCollector()
    for part in geometry.geometries or ():
        parts.add(part)
    return shapely.GeometryCollection(list(parts.geometries()))


class _Ragged:
    """Geometries of one type as one run of coordinates and the offsets of each level."""

    def __init__(self, name: str) -> None:
        self.rows: list[int] = []
        self._name = name
        self._depth, self._type = _KINDS[name]
        self._fewest = _FEWEST_POINTS.get(name, 0)
        self._closed = name.endswith("Polygon")
        self._xy = array("d")
        self._offsets: list[list[int]] = [[0] for _ in range(self._depth)]

    def add(self, row: int, coordinates: Any) -> None:
        self.rows.append(row)
        if self._depth == 0:
            self._xy.extend(coordinates[:2])
        else:
            self._append(coordinates, self._depth)

    def _append(self, nested: Sequence[Any], depth: int) -> None:
        if depth == 1:
            self._append_points(nested)
            self._offsets[0].append(len(self._xy) // 2)
            return
        for inner in nested:
            if inner:
                self._append(inner, depth - 1)
        self._offsets[depth - 1].append(len(self._offsets[depth - 2]) - 1)

    def _append_points(self, points: Sequence[Any]) -> None:
        if not points:
            return
        if len(points[0]) > 2:
            points = [point[:2] for point in points]
        self._xy.extend(chain.from_iterable(points))
        missing = max(self._fewest - len(points), int(self._closed and points[0] != points[-1]))
        for _ in range(missing):
            self._xy.extend(points[0])

    def geometries(self) -> Geometries:
        if not self._xy:
            return shapely.from_wkt(np.full(len(self.rows), f"{self._name.upper()} EMPTY"))
        xy = np.array(self._xy, dtype=np.float64).reshape(-1, 2)
        offsets = tuple(np.array(level, dtype=np.int64) for level in self._offsets)
        made: Geometries = shapely.from_ragged_array(self._type, xy, offsets)
        return made
