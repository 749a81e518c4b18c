# SPDX-License-Identifier: GPL-2.0-or-later
"""Rivers as courses with a direction: how far along the water it is from one place to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import geodesic_m
from eco_onemap.core.geometry.mercator import from_mercator, to_mercator
from eco_onemap.core.grouping import rows_by_value
from eco_onemap.core.law.conditions import plain_text
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

JOIN_M = 50.0
"""A river flows into another whose course its mouth comes as near: surveys do not meet exactly."""

FLOWS = {"顺向": 1, "正向": 1, "与数字化方向一致": 1, "digitised": 1, "1": 1,
         "逆向": -1, "反向": -1, "与数字化方向相反": -1, "reversed": -1, "-1": -1}  # fmt: skip
"""What the attribute ``flow`` says: along the line as it was digitised, or against it."""


@dataclass(frozen=True)
class Places:
    """Places on courses, arrays of shape (n,): course (-1: none near), metres from its source.

    off_m: how far from the course.
    """

    course: Indices
    position_m: Floats
    off_m: Floats


class Courses:
    """The courses of a layer of rivers, each from source to mouth where its flow is known.

    A course flows on into the one that its mouth meets; where several do, into the nearest.
    """

    def __init__(self, layer: CompiledLayer) -> None:
        self.owner, self.known, lines = _lines(layer)
        self._map = to_mercator(lines)
        self._along_map = [_cumulative_map(line) for line in self._map]
        self._along_m = [_cumulative_m(line) for line in self._map]
        self.length_m = np.array([along[-1] for along in self._along_m])
        self._tree = shapely.STRtree(self._map)

    def __len__(self) -> int:
        return len(self.owner)

    def place(self, geometries: Geometries, within_m: float) -> Places:
        """Return the nearest place on a course to each geometry, in longitude and latitude."""
        on_map = to_mercator(geometries)
        count = len(geometries)
        course = np.full(count, -1, dtype=np.intp)
        position, off = np.full(count, np.nan), np.full(count, np.nan)
        if len(self):
            number, found = self._tree.query_nearest(on_map, all_matches=False)
            lines = shapely.shortest_line(on_map[number], self._map[found])
            ends = from_mercator(shapely.get_coordinates(lines)).reshape(-1, 2, 2)
            away = geodesic_m(ends[:, 0], ends[:, 1])
            feet = shapely.get_point(lines, 1)
            near = away <= within_m
            number, found, feet = number[near], found[near], feet[near]
            course[number], off[number] = found, away[near]
            position[number] = self._positions(found, feet)
        return Places(course, position, off)

    def _positions(self, course: Indices, points: Geometries) -> Floats:
        """Return the metres from the source to points (on the map) on courses."""
        on_map = shapely.line_locate_point(self._map[course], points)
        positions = np.zeros(len(course))
        for rows in rows_by_value(course):
            number = course[rows[0]]
            positions[rows] = np.interp(
                on_map[rows], self._along_map[number], self._along_m[number]
            )
        return positions

    @cached_property
    def _next(self) -> tuple[Indices, Floats]:
        """The course that each flows into (-1: none), and where on it."""
        mouths = shapely.get_point(self._map, -1)
        following = np.full(len(self), -1, dtype=np.intp)
        entry = np.full(len(self), np.nan)
        scale = self.length_m / shapely.length(self._map)
        first, other = self._tree.query(mouths, predicate="dwithin", distance=JOIN_M / scale)
        apart = first != other
        first, other = first[apart], other[apart]
        away = shapely.distance(mouths[first], self._map[other])
        for row in np.lexsort((other, -away, first)).tolist():  # the nearest is written last
            following[first[row]] = other[row]
        joins = np.flatnonzero(following >= 0)
        entry[joins] = self._positions(following[joins], mouths[joins])
        return following, entry

    @cached_property
    def _ways(self) -> tuple[Floats, Floats]:
        """Metres from each source to the source of each course downstream, and the entry there.

        Both of shape (c, c), NaN where the second is not downstream of the first, or where the
        flow of a course on the way is not known.
        """
        following, entry = self._next
        offset = np.full((len(self), len(self)), np.nan)
        begins = np.full((len(self), len(self)), np.nan)
        for start in np.flatnonzero(self.known).tolist():
            at, gone, begin = start, 0.0, 0.0
            seen: set[int] = set()
            while at >= 0 and self.known[at] and at not in seen:
                seen.add(at)
                offset[start, at], begins[start, at] = gone, begin
                gone += float(self.length_m[at] - entry[at])
                begin = float(entry[at])
                at = int(following[at])
        return offset, begins

    def along_m(self, course: Indices, position: Floats, to: Indices, target: Floats) -> Floats:
        """Return the metres downstream from places to targets, NaN where one is not downstream."""
        offset, begins = self._ways
        both = (course >= 0) & (to >= 0)
        way = np.where(both, offset[course, to], np.nan)
        reached = np.where(course == to, position, begins[course, to])
        with np.errstate(invalid="ignore"):
            return np.where(both & (target >= reached), way + target - position, np.nan)


def _lines(layer: CompiledLayer) -> tuple[Indices, NDArray[np.bool_], Geometries]:
    """Return feature, whether the flow is known, and the line of each course, from its source."""
    flow = _flows(layer)
    owners: list[int] = []
    lines: list[shapely.LineString] = []
    for feature in np.flatnonzero(layer.dimensions == 1).tolist():
        pieces = layer.pieces[layer.owners == feature]
        merged = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(pieces)), True)
        for part in shapely.get_parts(merged).tolist():
            owners.append(feature)
            lines.append(shapely.reverse(part) if flow[feature] < 0 else part)
    array = np.empty(len(lines), dtype=object)
    array[:] = lines
    owner = np.array(owners, dtype=np.intp)
    return owner, flow[owner] != 0, array


def _flows(layer: CompiledLayer) -> Indices:
    """Return 1 for features that flow as they are digitised, -1 against, 0 where unknown."""
    given: Sequence[object] = (
        layer.attributes["flow"].tolist() if "flow" in layer.attributes else [None] * len(layer)
    )
    return np.array([FLOWS.get(plain_text(value), 0) for value in given], dtype=np.intp)


def _cumulative_map(line: shapely.LineString) -> Floats:
    return _cumulative(np.hypot(*np.diff(shapely.get_coordinates(line), axis=0).T))


def _cumulative_m(line: shapely.LineString) -> Floats:
    points = from_mercator(shapely.get_coordinates(line))
    return _cumulative(geodesic_m(points[:-1], points[1:]))


def _cumulative(steps: Floats) -> Floats:
    return np.r_[0.0, np.cumsum(steps)]
