# SPDX-License-Identifier: GPL-2.0-or-later
"""Where along edges of lines the cells of a raster lie: cut exactly at the sides of cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.layers.cell_cuts import Edges, cut_columns, cut_rows, edges_of
from eco_onemap.core.layers.grid import Grid, grid_of, place_on
from eco_onemap.core.layers.sources import RasterSource
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

TILE = 512
"""The raster is read in tiles of so many columns and rows, as far as lines reach."""


@dataclass(frozen=True)
class CellsAlong:
    """Parts of edges in cells, k of them, arrays of shape (k,).

    edge: number of the edge. first, last: shares of its length at which the part starts and ends,
    as the edge runs. value: of the cell, NaN where it has none. What runs along the side of two
    cells is in both.
    """

    edge: Indices
    first: Floats
    last: Floats
    value: Floats


def cells_along(edges: Geometries, raster: RasterSource) -> CellsAlong:
    """Return which cells edges pass, what is off the raster left out.

    edges: shape (n,), lines of two vertices, CGCS2000 longitude and latitude. LayerError as of
    :func:`.grid.grid_of`, and for a damaged raster.
    """
    grid = grid_of(raster.info)
    parts, edge, first, last = _pieces(edges, grid)
    cut, row = cut_rows(parts, grid.rows)
    cut, number = cut_columns(cut, grid.columns)
    row, column = row[number[0]], number[1]
    begins, ends = _shares(cut, parts)
    chosen, row, column = _with_sides(cut, row, column, grid)
    span = (last - first)[cut.owner]
    start, end = first[cut.owner] + begins * span, first[cut.owner] + ends * span
    value = _values(row, column, raster)
    return CellsAlong(edge[cut.owner][chosen], start[chosen], end[chosen], value)


def _pieces(edges: Geometries, grid: Grid) -> tuple[Edges, Indices, Floats, Floats]:
    """Return the edges in columns and rows, in pieces as they bend on the raster's plane.

    Each piece owns itself; beside: its edge, and the shares of this where it starts and ends.
    """
    placed = grid.to_cells(place_on(grid, edges))
    found = edges_of(placed)
    count = np.bincount(found.owner, minlength=len(edges))
    place = np.arange(len(found.owner)) - (np.cumsum(count) - count)[found.owner]
    first, last = place / count[found.owner], (place + 1) / count[found.owner]
    numbered = Edges(np.arange(len(place)), found.x0, found.y0, found.x1, found.y1)
    return numbered, found.owner, first, last


def _shares(cut: Edges, parts: Edges) -> tuple[Floats, Floats]:
    """Return at which shares of its piece each part starts and ends."""
    whole = parts.take(cut.owner)
    across, down = whole.x1 - whole.x0, whole.y1 - whole.y0
    is_flat = np.abs(across) >= np.abs(down)
    length = np.where(is_flat, across, down)
    with np.errstate(divide="ignore", invalid="ignore"):
        begins = np.where(is_flat, cut.x0 - whole.x0, cut.y0 - whole.y0) / length
        ends = np.where(is_flat, cut.x1 - whole.x0, cut.y1 - whole.y0) / length
    return np.clip(begins, 0.0, 1.0), np.clip(ends, 0.0, 1.0)


def _with_sides(
    cut: Edges, row: Indices, column: Indices, grid: Grid
) -> tuple[Indices, Indices, Indices]:
    """Return the parts that lie on the raster with their cells, twice where on a side of two."""
    along_row = (cut.y0 == cut.y1) & (cut.y0 == row)
    along_column = (cut.x0 == cut.x1) & (cut.x0 == column)
    sides = np.flatnonzero(along_row | along_column)
    part = np.r_[np.arange(len(row)), sides]
    row = np.r_[row, (row - along_row)[sides]]
    column = np.r_[column, (column - along_column)[sides]]
    is_long = (cut.x0 != cut.x1) | (cut.y0 != cut.y1)
    inside = (row >= 0) & (row < grid.rows) & (column >= 0) & (column < grid.columns)
    chosen = np.flatnonzero(inside & is_long[part])
    return part[chosen], row[chosen], column[chosen]


def _values(row: Indices, column: Indices, raster: RasterSource) -> Floats:
    """Return the value of each cell, read tile by tile, each once."""
    found = np.full(len(row), np.nan)
    for cells in _by_tile(row, column):
        top, left = int(row[cells].min()), int(column[cells].min())
        rows, columns = int(row[cells].max()) + 1 - top, int(column[cells].max()) + 1 - left
        values, valid = (np.asarray(part) for part in raster.read(left, top, columns, rows))
        here = row[cells] - top, column[cells] - left
        read = values[here].astype(np.float64) * raster.info.scale + raster.info.offset
        found[cells] = np.where(valid[here], read, np.nan)
    return found


def _by_tile(row: Indices, column: Indices) -> Iterator[Indices]:
    if not len(row):
        return
    tile = row // TILE * (int(column.max()) // TILE + 1) + column // TILE
    order = np.argsort(tile, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(tile[order])) + 1)
