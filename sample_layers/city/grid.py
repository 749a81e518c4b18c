# SPDX-License-Identifier: GPL-2.0-or-later
"""The grid that fields are computed on, and the contours of such fields."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from city.noise import EAST_SCALE, Floats

CASES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
    5: ((3, 2), (1, 0)), 10: ((0, 3), (2, 1)),
}  # fmt: skip
"""Marching squares: corners above the level (1 2 4 8 counter-clockwise from the lower left) to
the pairs of cell sides (0 south, 1 east, 2 north, 3 west) that the contour joins."""


@dataclass(frozen=True)
class Grid:
    """A lattice of longitudes and latitudes, row 0 in the south."""

    west: float
    south: float
    step: float
    columns: int
    rows: int

    @cached_property
    def x(self) -> Floats:
        """Longitudes, shape (rows, columns)."""
        line = self.west + self.step * np.arange(self.columns)
        return np.broadcast_to(line, (self.rows, self.columns))

    @cached_property
    def y(self) -> Floats:
        """Latitudes, shape (rows, columns)."""
        line = self.south + self.step * np.arange(self.rows)
        return np.broadcast_to(line[:, None], (self.rows, self.columns))

    def window(self, x: float, y: float, reach: float) -> Grid:
        """Return the part of the grid within *reach* degrees of latitude of a place."""
        wide = reach / EAST_SCALE
        left, right = ((x + side * wide - self.west) / self.step for side in (-1, 1))
        low, high = ((y + side * reach - self.south) / self.step for side in (-1, 1))
        column, row = max(0, int(left)), max(0, int(low))
        columns = min(self.columns, int(right) + 2) - column
        rows = min(self.rows, int(high) + 2) - row
        west, south = self.west + column * self.step, self.south + row * self.step
        return Grid(west, south, self.step, columns, rows)

    def cut(self, field: Floats, window: Grid) -> Floats:
        """Return the values of *field* on a window of this grid."""
        column = round((window.west - self.west) / self.step)
        row = round((window.south - self.south) / self.step)
        return field[row : row + window.rows, column : column + window.columns]

    def distance(self, geometries: list[shapely.Geometry], coarse: int = 4) -> Floats:
        """Return the distance to the nearest line of *geometries* in degrees of latitude.

        Computed on every *coarse*-th node, with linear values between.
        """
        nodes = Grid(
            self.west,
            self.south,
            self.step * coarse,
            (self.columns - 1) // coarse + 1,
            (self.rows - 1) // coarse + 1,
        )
        dense = shapely.segmentize(np.array(geometries, dtype=object), nodes.step / 2)
        values = _flood(nodes, shapely.get_coordinates(dense))
        return nodes.sample(values, self.x, self.y)

    def inside(self, polygon: shapely.Geometry) -> NDArray[np.bool_]:
        """Return which nodes lie in *polygon*."""
        shapely.prepare(polygon)
        return np.asarray(shapely.contains_xy(polygon, self.x.ravel(), self.y.ravel())).reshape(
            self.rows, self.columns
        )

    def contour(self, field: Floats, level: float = 0.0) -> list[shapely.Polygon]:
        """Return the polygons where *field* exceeds *level*, the largest first."""
        closed = np.where(np.isfinite(field), field, -1e9) - level
        closed = np.where(closed == 0, 1e-12, closed)
        closed[[0, -1], :] = closed[:, [0, -1]] = np.minimum(-1e-6, closed.min() * 1e-3)
        faces = shapely.get_parts(shapely.polygonize(_segments(self, closed)))
        inner = shapely.point_on_surface(faces)
        high = self.sample(closed, shapely.get_x(inner), shapely.get_y(inner)) > 0
        return sorted(faces[high], key=lambda face: -face.area)

    def sample(self, field: Floats, x: Floats, y: Floats) -> Floats:
        """Return *field* at the given places, bilinear."""
        u = np.clip((np.asarray(x) - self.west) / self.step, 0, self.columns - 1.001)
        v = np.clip((np.asarray(y) - self.south) / self.step, 0, self.rows - 1.001)
        i, j = u.astype(int), v.astype(int)
        u, v = u - i, v - j
        low = field[j, i] * (1 - u) + field[j, i + 1] * u
        high = field[j + 1, i] * (1 - u) + field[j + 1, i + 1] * u
        return low * (1 - v) + high * v


def _flood(grid: Grid, points: Floats) -> Floats:
    """Return the distance of each node to the nearest of *points* by jump flooding."""
    x, y = grid.x * EAST_SCALE, grid.y
    near_x, near_y = np.full(x.shape, 1e6), np.full(x.shape, 1e6)
    column = np.rint((points[:, 0] - grid.west) / grid.step).astype(int)
    row = np.rint((points[:, 1] - grid.south) / grid.step).astype(int)
    held = (column >= 0) & (row >= 0) & (column < grid.columns) & (row < grid.rows)
    near_x[row[held], column[held]] = points[held, 0] * EAST_SCALE
    near_y[row[held], column[held]] = points[held, 1]
    best = np.hypot(x - near_x, y - near_y)
    jumps = [2**power for power in range(int(np.log2(max(grid.rows, grid.columns))), -1, -1)]
    for jump in [*jumps, 1]:
        for up in (-jump, 0, jump):
            for across in (-jump, 0, jump):
                here, there = _overlap(x.shape, up, across)
                new = np.hypot(x[here] - near_x[there], y[here] - near_y[there])
                better = new < best[here]
                for field, values in (
                    (near_x, near_x[there]),
                    (near_y, near_y[there]),
                    (best, new),
                ):
                    field[here] = np.where(better, values, field[here])
    return best


def _overlap(
    shape: tuple[int, ...], up: int, across: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Return the slices of an array that lie over each other when one is shifted."""

    def pair(size: int, shift: int) -> tuple[slice, slice]:
        low, high = max(0, -shift), size - max(0, shift)
        return slice(low, max(low, high)), slice(low + shift, max(low, high) + shift)

    (rows, other_rows), (columns, other_columns) = pair(shape[0], up), pair(shape[1], across)
    return (rows, columns), (other_rows, other_columns)


def _segments(grid: Grid, field: Floats) -> NDArray[np.object_]:
    """Return the contour's segments; two cells use the very same point on their common side."""
    above = field > 0
    case = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    row, column = np.nonzero((case > 0) & (case < 15))
    case = case[row, column]
    sides = (
        _crossing(grid, field, row, column, 0),
        _crossing(grid, field, row, column + 1, 1),
        _crossing(grid, field, row + 1, column, 0),
        _crossing(grid, field, row, column, 1),
    )
    starts, ends = [], []
    for number, pairs in CASES.items():
        cells = case == number
        for first, last in pairs:
            starts.append(sides[first][cells])
            ends.append(sides[last][cells])
    return shapely.linestrings(np.stack([np.concatenate(starts), np.concatenate(ends)], axis=1))


def _crossing(
    grid: Grid, field: Floats, row: NDArray[np.intp], column: NDArray[np.intp], axis: int
) -> Floats:
    """Return where the level crosses the lattice edges from nodes along x (0) or y (1)."""
    first = field[row, column]
    gap = first - field[row + (axis == 1), column + (axis == 0)]
    share = np.clip(first / np.where(gap == 0, 1, gap), 0.02, 0.98)
    x, y = grid.x[row, column], grid.y[row, column]
    return np.stack([x + share * grid.step * (axis == 0), y + share * grid.step * (axis == 1)], -1)
