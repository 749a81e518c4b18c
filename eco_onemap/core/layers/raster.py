# SPDX-License-Identifier: GPL-2.0-or-later
"""Raster values at sites, each cell weighted by the exact share of it inside the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.grouping import sum_by
from eco_onemap.core.layers.cell_shares import Spans, find_spans
from eco_onemap.core.layers.cell_totals import Cells, CellTotals, ClassTotals, joined
from eco_onemap.core.layers.grid import Grid, grid_of, place_on
from eco_onemap.core.layers.sources import RasterSource
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

TILE = 512
"""The raster is read in tiles of so many columns and rows, each once for many sites."""

MAX_CELLS = 500_000
"""Cells whose values are looked at together, or a little more: bounds the memory."""

MAX_CUTS = 400_000
"""Parts of boundaries in cells that are looked at together: bounds the memory, too."""


@dataclass(frozen=True)
class RasterStats:
    """Values of a raster at sites, arrays of shape (n,), NaN where no cell has a value.

    nodata_share: 0 to 1, the part of the site on cells without a value or off the raster.
    class_site, class_value, class_share: shape (k,), the classes of each site, sorted by both,
        shares (0 to 1) of the whole site.
    """

    minimum: Floats
    mean: Floats
    maximum: Floats
    nodata_share: Floats
    class_site: Indices
    class_value: Floats
    class_share: Floats


def measure_raster(
    sites: Geometries, raster: RasterSource, progress: Progress, classes: bool = True
) -> RasterStats:
    """Return the raster's statistics for each site; no classes where none are asked for.

    What a site's numbers are does not depend, to the last bit, on the other sites. Raises
    LayerError for a raster without a known CRS, with a rotated grid in degrees, or damaged.
    """
    grid = grid_of(raster.info)
    placed = place_on(grid, sites)
    sizes = grid.sizes(placed)
    on_grid = grid.to_cells(placed)
    totals, by_class = CellTotals(len(sites)), ClassTotals()
    for batch in _batches(on_grid, grid):
        spans = find_spans(on_grid[batch], sizes[batch], grid)
        for cells in _together(_read(spans, batch, raster, progress)):
            totals.add(cells)
            if classes:
                by_class.add(cells)
    return _statistics(totals, by_class, sizes)


def _batches(on_grid: Geometries, grid: Grid) -> Iterator[Indices]:
    """Yield the numbers of sites near each other whose boundaries have not too many parts."""
    bounds = shapely.bounds(on_grid)
    with np.errstate(invalid="ignore"):
        meets = (bounds[:, 2:] >= 0) & (bounds[:, :2] <= (grid.columns, grid.rows))
    sites = np.flatnonzero(np.isfinite(bounds).all(axis=1) & meets.all(axis=1))
    corner = np.maximum(bounds[sites, :2], 0) // TILE
    sites = sites[np.lexsort((corner[:, 0], corner[:, 1]))]
    if len(sites):
        group = np.cumsum(_cuts(on_grid[sites], grid)) // MAX_CUTS
        yield from np.split(sites, np.flatnonzero(np.diff(group)) + 1)


def _cuts(on_grid: Geometries, grid: Grid) -> Floats:
    """Return about how many parts the sides of cells cut each site's boundary into."""
    points, site = shapely.get_coordinates(on_grid, return_index=True)
    reached = np.clip(points, 0, (grid.columns, grid.rows))
    steps = np.where(np.diff(site) == 0, np.abs(np.diff(reached, axis=0)).sum(axis=1), 0.0)
    return sum_by(site, 1.0 + np.r_[0.0, steps], len(on_grid))


def _tiles(spans: Spans) -> Iterator[Spans]:
    """Yield the spans of each tile in the order of tiles, cut at the tiles' sides."""
    tile_row = spans.row // TILE
    order = np.argsort(tile_row, kind="stable")
    starts = np.flatnonzero(np.diff(tile_row[order])) + 1
    for band in np.split(order, starts):
        yield from _tiles_of_band(spans.take(band))


def _tiles_of_band(band: Spans) -> Iterator[Spans]:
    first, last = band.first // TILE, (band.end - 1) // TILE
    begun = np.bincount(first, minlength=last.max(initial=-1) + 2)
    ended = np.bincount(last + 1, minlength=len(begun))
    for tile in np.flatnonzero(np.cumsum(begun - ended)).tolist():
        part = band.take((first <= tile) & (last >= tile))
        left, right = tile * TILE, (tile + 1) * TILE
        yield Spans(
            part.site,
            part.row,
            np.maximum(part.first, left),
            np.minimum(part.end, right),
            part.size,
        )


def _read(
    spans: Spans, batch: Indices, raster: RasterSource, progress: Progress
) -> Iterator[Cells]:
    """Yield the cells of the spans with their values, read tile by tile as far as sites reach."""
    for tile in _tiles(spans):
        stop_if_cancelled(progress)
        left, top = int(tile.first.min()), int(tile.row.min())
        columns, rows = int(tile.end.max()) - left, int(tile.row.max()) + 1 - top
        values, valid = (array.ravel() for array in raster.read(left, top, columns, rows))
        for part in _parts(tile):
            length = part.end - part.first
            begins = (part.row - top) * columns + part.first - left
            begins -= np.cumsum(length) - length
            cell = np.repeat(begins, length) + np.arange(length.sum())
            value = values[cell].astype(np.float64) * raster.info.scale + raster.info.offset
            value[~valid[cell]] = np.nan
            is_new = np.r_[True, np.diff(part.site) != 0]
            yield Cells(batch[part.site], is_new, part.size, length, value)


def _parts(tile: Spans) -> Iterator[Spans]:
    """Yield the spans of some sites at a time, all that a site has in the tile together."""
    cells = np.cumsum(tile.end - tile.first)
    if cells[-1] <= MAX_CELLS:
        yield tile
        return
    starts = np.flatnonzero(np.r_[True, np.diff(tile.site) != 0])
    group = np.r_[0, cells][starts] // MAX_CELLS
    for rows in np.split(np.arange(len(tile)), starts[np.flatnonzero(np.diff(group)) + 1]):
        yield tile.take(rows)


def _together(found: Iterator[Cells]) -> Iterator[Cells]:
    """Yield the cells of several tiles together where each has few."""
    waiting: list[Cells] = []
    count = 0
    for cells in found:
        waiting.append(cells)
        count += len(cells.value)
        if count >= MAX_CELLS:
            yield joined(waiting)
            waiting, count = [], 0
    if waiting:
        yield joined(waiting)


def _statistics(totals: CellTotals, by_class: ClassTotals, sizes: Floats) -> RasterStats:
    has_value = totals.size > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = totals.weighted / totals.size
        nodata = np.where(sizes > 0, 1.0 - np.minimum(totals.size / sizes, 1.0), np.nan)
    nodata[nodata < 1e-9] = 0.0
    site, value, size = by_class.sums()
    return RasterStats(
        minimum=np.where(has_value, totals.minimum, np.nan),
        mean=np.where(has_value, np.clip(mean, totals.minimum, totals.maximum), np.nan),
        maximum=np.where(has_value, totals.maximum, np.nan),
        nodata_share=nodata,
        class_site=site,
        class_value=value,
        class_share=np.minimum(size / sizes[site], 1.0),
    )
