# SPDX-License-Identifier: GPL-2.0-or-later
"""The cells of a grid that sites meet, and exactly how much of each lies inside.

Edges are cut at the sides of cells. A part of an edge covers what lies right of it: some of its
own cell, and the height it climbs of every cell further right in its row. Summed over a closed
ring with signs, this is the area inside, cell by cell, without intersecting anything (the
accumulation of scanline rasterisers, here in exact areas). Heights are whole numbers, so rows
close exactly, cells that no edge enters are covered wholly or not at all, and no site's numbers
depend on which others are looked at together.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import line_parts, polygon_parts
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.layers.cell_cuts import cut_columns, cut_rows, edges_of
from eco_onemap.core.layers.grid import Grid
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

ROUNDING = 1e-9
"""A part of a cell below this share of the cell, or of the site if that is smaller, is rounding."""


@dataclass(frozen=True)
class Spans:
    """Runs of cells in one row that have the same size inside a site, sorted by site, row, column.

    site, row: shape (k,). first, end: shape (k,), columns from *first* to before *end*.
    size: shape (k,), of the part of each of the cells inside the site, in m² (or the plane's
    units squared), m, or points.
    """

    site: Indices
    row: Indices
    first: Indices
    end: Indices
    size: Floats

    def __len__(self) -> int:
        return len(self.site)

    def take(self, chosen: Indices | NDArray[np.bool_]) -> Spans:
        """Return the chosen runs."""
        return Spans(*(getattr(self, field.name)[chosen] for field in fields(self)))


def find_spans(sites: Geometries, sizes: Floats, grid: Grid) -> Spans:
    """Return the cells of the grid that each site meets.

    sites: shape (n,), in columns and rows, finite. sizes: shape (n,), of the whole sites.
    """
    points, lines, polygons = (_of_dimension(sites, number) for number in range(3))
    found = [_areas(polygons, sizes, grid), _lengths(lines, grid), _points(points, grid)]
    return _sorted(found, grid)


def _of_dimension(sites: Geometries, dimension: int) -> Geometries:
    """Return the sites of one dimension, ``None`` in place of the others."""
    chosen = sites.copy()
    chosen[shapely.get_dimensions(sites) != dimension] = None
    return chosen


def _sorted(found: list[Spans], grid: Grid) -> Spans:
    spans = Spans(
        *(np.concatenate([getattr(part, field.name) for part in found]) for field in fields(Spans))
    )
    return spans.take(np.argsort(_cell_numbers(spans.site, spans.row, spans.first, grid)))


def _cell_numbers(site: Indices, row: Indices, column: Indices, grid: Grid) -> NDArray[np.int64]:
    """Return numbers that order cells by site, row and column; column -1 is left of the grid."""
    numbers: NDArray[np.int64] = (site * grid.rows + row) * (grid.columns + 2) + column + 1
    return numbers


def _areas(sites: Geometries, sizes: Floats, grid: Grid) -> Spans:
    """Return the cells of polygons; cells between those that edges enter come as one run."""
    rings, site, sign = _signed_rings(sites)
    edges = edges_of(rings)
    edges, row = cut_rows(edges.take(edges.y0 != edges.y1), grid.rows)
    inside = (row >= 0) & (row < grid.rows)
    edges, row = edges.take(inside), row[inside]
    edges, number = cut_columns(edges, grid.columns)
    row, column = row[number[0]], number[1]
    turn = sign[edges.owner]
    rise = turn * (grid.depths(edges.y1) - grid.depths(edges.y0))
    bow = turn * (edges.x1 - edges.x0) * grid.bows(edges.y0, edges.y1)
    right: Floats = (column + 1 - 0.5 * (edges.x0 + edges.x1)) * rise - bow
    return _accumulated(site[edges.owner], row, column, rise, right, sizes, grid)


def _accumulated(
    site: Indices,
    row: Indices,
    column: Indices,
    rise: NDArray[np.int64],
    right: Floats,
    sizes: Floats,
    grid: Grid,
) -> Spans:
    """Return the runs from what each part of an edge adds to its cell and to those right of it."""
    key = _cell_numbers(site, row, column, grid)
    order = np.argsort(key, kind="stable")
    starts = _starts(key[order])
    first = order[starts]
    site, row, column = site[first], row[first], column[first]
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(key)]))
    cover = np.cumsum(np.add.reduceat(rise[order], starts) if len(starts) else rise)
    before = np.r_[0, cover[:-1]] if len(cover) else cover
    size = grid.unit_area * (before + sum_by(group, right[order], len(starts)))
    whole = grid.unit_area * (grid.depths(row + 1.0) - grid.depths(row.astype(np.float64)))
    entered = (column >= 0) & (column < grid.columns)
    entered &= size > ROUNDING * np.minimum(whole, sizes[site])
    following = np.r_[column[1:], 0]
    between = np.flatnonzero((cover != 0) & (following > column + 1))
    runs = Spans(
        site[between],
        row[between],
        column[between] + 1,
        following[between],
        grid.unit_area * cover[between],
    )
    cells = Spans(site, row, column, column + 1, size).take(entered)
    return _sorted([cells, runs], grid)


def _signed_rings(sites: Geometries) -> tuple[Geometries, Indices, NDArray[np.int64]]:
    """Return rings of polygons, the site of each, and the sign that makes its inside count.

    Holes count against shells, whichever way either is drawn.
    """
    polygons, owner = polygon_parts(sites)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    is_shell = np.r_[True, np.diff(polygon) != 0][: len(rings)]
    sign = np.where(is_shell == shapely.is_ccw(rings), -1, 1)
    return rings, owner[polygon], sign


def _lengths(sites: Geometries, grid: Grid) -> Spans:
    """Return the cells of lines; what runs along the side of two cells is shared between them."""
    parts, site = line_parts(sites)
    edges, row = cut_rows(edges_of(parts), grid.rows)
    edges, number = cut_columns(edges, grid.columns)
    row, column = row[number[0]], number[1]
    length = grid.lengths(
        np.column_stack((edges.x0, edges.y0)), np.column_stack((edges.x1, edges.y1))
    )
    along_row = (edges.y0 == edges.y1) & (edges.y0 == row)
    along_column = (edges.x0 == edges.x1) & (edges.x0 == column)
    sides = np.flatnonzero((along_row | along_column) & (length > 0))
    other_row, other_column = row - along_row, column - along_column
    both = np.zeros(len(row), dtype=bool)
    both[sides] = _on_grid(row, column, grid)[sides]
    both[sides] &= _on_grid(other_row, other_column, grid)[sides]
    length = np.where(both, 0.5 * length, length)
    return _cells(
        np.r_[site[edges.owner], site[edges.owner][sides]],
        np.r_[row, other_row[sides]],
        np.r_[column, other_column[sides]],
        np.r_[length, length[sides]],
        grid,
    )


def _points(sites: Geometries, grid: Grid) -> Spans:
    """Return the cells of points; one on a side belongs to the cell right and below."""
    places, site = shapely.get_coordinates(sites, return_index=True)
    within = ((places >= 0) & (places < (grid.columns, grid.rows))).all(axis=1)
    column, row = np.floor(places[within]).astype(np.intp).T
    return _cells(site[within], row, column, np.ones(len(row)), grid)


def _cells(site: Indices, row: Indices, column: Indices, size: Floats, grid: Grid) -> Spans:
    """Return sizes summed by cell, those off the grid and of no size left out."""
    chosen = np.flatnonzero(_on_grid(row, column, grid) & (size > 0))
    key = _cell_numbers(site, row, column, grid)[chosen]
    order = chosen[np.argsort(key, kind="stable")]
    starts = _starts(np.sort(key))
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(order)]))
    first = order[starts]
    sums = sum_by(group, size[order], len(starts))
    return Spans(site[first], row[first], column[first], column[first] + 1, sums)


def _on_grid(row: Indices, column: Indices, grid: Grid) -> NDArray[np.bool_]:
    on_grid: NDArray[np.bool_] = (row >= 0) & (row < grid.rows)
    return on_grid & (column >= 0) & (column < grid.columns)


def _starts(sorted_keys: NDArray[np.int64]) -> Indices:
    """Return where each new key begins."""
    return np.flatnonzero(np.r_[True, np.diff(sorted_keys) != 0][: len(sorted_keys)])
