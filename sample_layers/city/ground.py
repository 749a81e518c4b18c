# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds free ground: places that lie in some areas and keep their distance from others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from city.guides import Point
from city.noise import Floats
from city.plane import to_degrees, to_plane
from city.shapes import lot, route

ORIGIN = (0.0, 0.0)

STEP_M = 60.0
"""Distance between the places that are tried."""

REACH_M = 9000.0

AT_ONCE = 40
"""Places that are tried together at first; the next ones are more and more."""

CLEARANCE_M: dict[str, float] = {
    "red": 1500, "reserve": 1500, "priority": 300, "zone1": 600, "zone2": 400, "zone3": 200,
    "former": 150, "wetland": 300, "fields": 40, "poor fields": 30, "basic": 60,
    "sensitive": 60, "coast": 450, "soil": 80, "suspect": 80, "setback": 60, "county": 150,
    "unit": 40, "west": 200, "taken": 250, "unmapped": 200, "outside": 600, "hole": 300,
    "key sea": 300,
}  # fmt: skip
"""How far a place keeps from what it has nothing to do with; metres from its outline."""


@dataclass
class Ground:
    """Named areas and lines in the plane; each is prepared for many questions."""

    things: dict[str, shapely.Geometry] = field(default_factory=dict)
    trees: dict[str, shapely.STRtree] = field(default_factory=dict)

    def add(self, name: str, geometry: shapely.Geometry) -> None:
        """Add a thing given in degrees under *name*."""
        self.put(name, to_plane(geometry))

    def put(self, name: str, plane: shapely.Geometry) -> None:
        """Add a thing given in metres under *name*, joining it with what is there."""
        known = self.things.get(name)
        self.things[name] = plane if known is None else shapely.union_all([known, plane])
        shapely.prepare(self.things[name])
        self.trees.pop(name, None)
        self.things.pop(f"edge of {name}", None)

    def find(
        self,
        shape: shapely.Geometry,
        hint: Point,
        inside: Mapping[str, float] | None = None,
        meet: str = "",
        allow: str = "",
        clearance: Mapping[str, float] | None = None,
    ) -> shapely.Geometry:
        """Return *shape* (metres, around 0 0) moved to the fitting place nearest *hint* (degrees).

        inside: names that it lies in, with the distance from their outline.
        meet: a name that it crosses. allow: names that it may meet, parted by commas.
        clearance: distances from names other than the usual ones.
        """
        depths = dict(inside or {})
        gaps = {**CLEARANCE_M, **(clearance or {})}
        named = (*depths, meet, *allow.split(","))
        gaps = {name: gap for name, gap in gaps.items() if name not in named}
        places = _spiral(to_plane(shapely.Point(hint)))
        start = 0
        while start < len(places):
            tried = _moved(shape, places[start : start + AT_ONCE + start])
            fitting = self._fitting(tried, depths, meet, gaps)
            if len(fitting):
                return fitting[0]
            start += len(tried)
        raise LookupError(f"no free ground near {hint} inside {depths}, across '{meet}'")

    def _fitting(
        self,
        shapes: NDArray[np.object_],
        depths: Mapping[str, float],
        meet: str,
        gaps: Mapping[str, float],
    ) -> NDArray[np.object_]:
        for name, depth in depths.items():
            shapes = shapes[shapely.contains_properly(self.things[name], shapes)]
            shapes = shapes[~self._near(self._edge(name), shapes, depth)]
        if meet:
            shapes = shapes[shapely.intersects(self.things[meet], shapes)]
        for name, gap in gaps.items():
            if name in self.things and len(shapes):
                shapes = shapes[~self._near(name, shapes, gap)]
        return shapes

    def _near(self, name: str, shapes: NDArray[np.object_], gap_m: float) -> NDArray[np.bool_]:
        """Return which shapes come within *gap_m* of a thing; lines are asked piece by piece."""
        thing = self.things[name]
        if not thing.geom_type.endswith("LineString"):
            return np.asarray(shapely.dwithin(thing, shapes, gap_m))
        if name not in self.trees:
            self.trees[name] = shapely.STRtree(line_pieces(thing))
        near = np.zeros(len(shapes), dtype=bool)
        near[self.trees[name].query(shapes, predicate="dwithin", distance=gap_m)[0]] = True
        return near

    def _edge(self, name: str) -> str:
        """Return the name under which a thing's outline is kept."""
        key = f"edge of {name}"
        if key not in self.things:
            self.put(key, shapely.boundary(self.things[name]))
        return key

    def take(self, plane: shapely.Geometry) -> shapely.Geometry:
        """Mark an outline's ground as taken and return the outline in degrees."""
        self.put("taken", shapely.envelope(plane))
        return to_degrees(plane)

    def lot(
        self, name: str, hint: Point, width_m: float, depth_m: float, **conditions: Any
    ) -> shapely.Geometry:
        """Return a building lot on fitting ground (see :meth:`find`) and take it."""
        return self.take(self.find(lot(name, ORIGIN, width_m, depth_m), hint, **conditions))

    def way(
        self, name: str, stations: list[Point], hint: Point, **conditions: Any
    ) -> shapely.Geometry:
        """Return a line through *stations* (metres, around 0 0) on fitting ground and take it."""
        return self.take(self.find(route(name, stations), hint, **conditions))

    def spot(self, hint: Point, **conditions: Any) -> shapely.Geometry:
        """Return a point on fitting ground and take it."""
        return self.take(self.find(shapely.Point(ORIGIN), hint, **conditions))


def line_pieces(lines: shapely.Geometry) -> NDArray[np.object_]:
    """Return lines cut into pieces of at most ten edges."""
    pieces: list[shapely.Geometry] = []
    for line in shapely.get_parts(shapely.line_merge(lines)):
        points = shapely.get_coordinates(line)
        pieces += [shapely.linestrings(points[k : k + 11]) for k in range(0, len(points) - 1, 10)]
    return np.array(pieces, dtype=object)


def _spiral(centre: shapely.Point) -> Floats:
    """Return the points of a net around *centre*, shape (n, 2), the nearest first."""
    line = np.arange(-REACH_M, REACH_M + STEP_M, STEP_M)
    x, y = (values.ravel() for values in np.meshgrid(line, line))
    order = np.lexsort((y, x, x * x + y * y))
    return np.round(np.column_stack([centre.x + x[order], centre.y + y[order]]), 3)


def _moved(shape: shapely.Geometry, places: Floats) -> NDArray[np.object_]:
    """Return copies of *shape*, one moved to each place, kept to a millimetre."""
    points, owner = shapely.get_coordinates(shape), np.arange(len(places))
    copies = np.full(len(places), shape, dtype=object)
    shifts = np.repeat(places[owner], len(points), axis=0)
    return shapely.transform(copies, lambda corners: np.round(corners + shifts, 3))
