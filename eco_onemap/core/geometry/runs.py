# SPDX-License-Identifier: GPL-2.0-or-later
"""Short runs of vertices with a rectangle around each: where exactly a layer comes near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import edge_areas_m2
from eco_onemap.core.geometry.vertices import Vertices, ragged_places
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

EDGES = 16
"""Edges in a run: as long as a site is wide, on boundaries as dense as a survey makes them."""


@dataclass(frozen=True)
class Runs:
    """Runs of at most :data:`EDGES` edges, r of them, in the order of the vertices.

    first, count: shape (r,), the vertices of each; the last one begins the next run.
    west, south, east, north: shape (r,), rectangles in radians.
    start: shape (m + 1,), where the runs of each of m pieces begin.
    """

    vertices: Vertices
    first: Indices
    count: Indices
    west: Floats
    south: Floats
    east: Floats
    north: Floats
    start: Indices

    def __len__(self) -> int:
        return len(self.first)

    @cached_property
    def follows(self) -> NDArray[np.bool_]:
        """Whether each run begins where the one before it ends, shape (r,)."""
        ends = self.first + self.count - 1
        return np.r_[False, self.first[1:] == ends[:-1]]

    def geometries(
        self, run: Indices, origin: Floats | None = None, scale: Floats | None = None
    ) -> Geometries:
        """Return runs as lines, or points where they have one vertex, in degrees.

        origin, scale: shape (k, 2), of a local map to return them on instead, in radians and
        units per radian.
        """
        count = self.count[run]
        place = ragged_places(self.first[run], count)
        owner = np.repeat(np.arange(len(run)), count)
        points = np.empty((len(place), 2))
        for axis, values in enumerate((self.vertices.x, self.vertices.y)):
            if origin is None or scale is None:
                points[:, axis] = np.degrees(values[place])
            else:
                points[:, axis] = (values[place] - origin[:, axis][owner]) * scale[:, axis][owner]
        return _lines_or_points(points, owner, count == 1)

    def bulges_m2(self) -> Floats:
        """Return the signed area in m² between each run and its chord, to the chord's right +.

        Shape (r,). Triangles over the chords of a polygon's runs and their bulges add up to those
        over its edges.
        """
        x, y = self.vertices.x, self.vertices.y
        last = self.first + self.count - 1
        edge = ragged_places(self.first, self.count - 1)
        owner = np.repeat(np.arange(len(self)), self.count - 1)
        east = x[self.first]
        edges = edge_areas_m2(
            x[edge] - east[owner], y[edge], x[edge + 1] - east[owner], y[edge + 1]
        )
        chords = edge_areas_m2(x[last] - east, y[last], np.zeros(len(self)), y[self.first])
        return sum_by(owner, edges, len(self)) + chords


def runs_of_vertices(vertices: Vertices) -> Runs:
    """Return the runs of all rings, lines and points."""
    ends = np.flatnonzero(~vertices.joined)
    begins = np.r_[0, ends[:-1] + 1] if len(ends) else ends
    edges = ends - begins
    parts = np.maximum(-(-edges // EDGES), 1)
    of_part = np.repeat(np.arange(len(parts)), parts)
    first = begins[of_part] + EDGES * (
        np.arange(len(of_part)) - (np.cumsum(parts) - parts)[of_part]
    )
    count = np.minimum(first + EDGES, ends[of_part]) - first + 1
    x, y = vertices.x, vertices.y
    return Runs(
        vertices,
        first,
        count,
        west=_over_runs(np.minimum, x, first, count),
        south=_over_runs(np.minimum, y, first, count),
        east=_over_runs(np.maximum, x, first, count),
        north=_over_runs(np.maximum, y, first, count),
        start=np.searchsorted(first, vertices.start),
    )


def _over_runs(operation: np.ufunc, values: Floats, first: Indices, count: Indices) -> Floats:
    """Return the extreme of each run; its last vertex belongs to the next one too."""
    if not len(first):
        return np.zeros(0)
    inner: Floats = operation.reduceat(values, first)  # type: ignore[attr-defined]
    extremes: Floats = operation(inner, values[first + count - 1])
    return extremes


def _lines_or_points(points: Floats, owner: Indices, single: NDArray[np.bool_]) -> Geometries:
    """Return the points of each owner as a line, those of owners with one point as points."""
    if not single.any():
        return shapely.linestrings(points, indices=owner)
    if single.all():
        return shapely.points(points)
    geometries: Geometries = np.empty(len(single), dtype=object)
    alone = single[owner]
    geometries[single] = shapely.points(points[alone])
    number = np.cumsum(~single) - 1
    geometries[~single] = shapely.linestrings(points[~alone], indices=number[owner[~alone]])
    return geometries
