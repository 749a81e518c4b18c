# SPDX-License-Identifier: GPL-2.0-or-later
"""Nested coordinate lists, as fiona yields them, to shapely geometries in bulk."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

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


class Closing(NamedTuple):
    """Where an open ring was closed: its row and number (from 1), and its last point."""

    row: int
    ring: int
    point: int
    x: float
    y: float
    gap: float


class GeometryCollector:
    """Takes GeoJSON-like geometries one by one and makes shapely geometries of all at once.

    Coordinates are kept flat (16 bytes a point), Z is dropped, open rings are closed.
    """

    def __init__(self) -> None:
        self._count = 0
        self._kinds: dict[str, _Ragged] = {}
        self._collections: dict[int, Any] = {}
        self._has_z = False
        self._inner_closings: list[Closing] = []

    @property
    def has_z(self) -> bool:
        """Whether a geometry had heights or measures other than 0, which were dropped."""
        return self._has_z or any(kind.has_z for kind in self._kinds.values())

    @property
    def closings(self) -> tuple[Closing, ...]:
        """Where rings were closed, by row."""
        found = [closing for kind in self._kinds.values() for closing in kind.closings]
        return tuple(sorted(found + self._inner_closings))

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
            self._add_collection(row, geometry)

    def _add_collection(self, row: int, geometry: Any) -> None:
        parts = GeometryCollector()
        for part in geometry.geometries or ():
            parts.add(part)
        self._collections[row] = shapely.GeometryCollection(list(parts.geometries()))
        self._has_z |= parts.has_z
        self._inner_closings += [closing._replace(row=row) for closing in parts.closings]

    def geometries(self) -> Geometries:
        """Return all geometries in the order in which they came, None where one was None."""
        result = np.full(self._count, None, dtype=object)
        for kind in self._kinds.values():
            result[kind.rows] = kind.geometries()
        for row, geometry in self._collections.items():
            result[row] = geometry
        return result


class _Ragged:
    """Geometries of one type as one run of coordinates and the offsets of each level."""

    def __init__(self, name: str) -> None:
        self.rows: list[int] = []
        self.has_z = False
        self.closings: list[Closing] = []
        self._ring = 0
        self._name = name
        self._depth, self._type = _KINDS[name]
        self._fewest = _FEWEST_POINTS.get(name, 0)
        self._closed = name.endswith("Polygon")
        self._xy = array("d")
        self._offsets: list[list[int]] = [[0] for _ in range(self._depth)]

    def add(self, row: int, coordinates: Any) -> None:
        self.rows.append(row)
        self._ring = 0
        if self._depth == 0:
            self.has_z |= any(coordinates[2:])
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
            self.has_z = self.has_z or any(any(point[2:]) for point in points)
            points = [point[:2] for point in points]
        self._xy.extend(chain.from_iterable(points))
        self._ring += 1
        is_open = self._closed and points[0] != points[-1]
        if is_open:
            last, gap = points[-1], math.dist(points[0], points[-1])
            self.closings.append(
                Closing(self.rows[-1], self._ring, len(points), last[0], last[1], gap)
            )
        missing = max(self._fewest - len(points), int(is_open))
        for _ in range(missing):
            self._xy.extend(points[0])

    def geometries(self) -> Geometries:
        if not self._xy:
            return shapely.from_wkt(np.full(len(self.rows), f"{self._name.upper()} EMPTY"))
        xy = np.array(self._xy, dtype=np.float64).reshape(-1, 2)
        offsets = tuple(np.array(level, dtype=np.int64) for level in self._offsets)
        made: Geometries = shapely.from_ragged_array(self._type, xy, offsets)
        return made
