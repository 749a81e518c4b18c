# SPDX-License-Identifier: GPL-2.0-or-later
"""Raster values at sites, each cell weighted by the exact share of it inside the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.crs import CGCS2000, find_crs, reproject, same_as_cgcs2000
from eco_onemap.core.errors import LayerError
from eco_onemap.core.geodesy import areas_m2, lengths_m
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.sources import RasterInfo, RasterSource
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

MAX_CELLS = 250_000
"""Cells that are looked at together; bounds the memory, whatever the size of a site."""

TILE = 500
"""Windows that begin in the same tile of so many columns and rows are looked at together."""


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


@dataclass(frozen=True)
class _Cells:
    """Cells that sites meet: site, value, weight (m², m or 1), each of shape (k,)."""

    site: Indices
    value: Floats
    weight: Floats
    valid: NDArray[np.bool_]


def measure_raster(sites: Geometries, raster: RasterSource, progress: Progress) -> RasterStats:
    """Return the raster's statistics for each site.

    Raises LayerError for a raster without a known CRS or with a rotated grid.
    """
    info = raster.info
    on_grid, is_geographic = _on_grid(sites, info)
    weigh = _Weigher(is_geographic)
    blocks = []
    for block in _blocks(on_grid, info):
        stop_if_cancelled(progress)
        blocks.append(_cells(on_grid, block, raster, weigh))
    return _statistics(_joined(blocks), weigh.whole(on_grid))


def _on_grid(sites: Geometries, info: RasterInfo) -> tuple[Geometries, bool]:
    crs = find_crs(info.crs or "")
    if crs is None:
        raise LayerError("layer.unknown_crs", layer="", path=info.source)
    if info.geotransform[2] or info.geotransform[4]:
        raise LayerError("raster.rotated", path=info.source)
    if same_as_cgcs2000(crs):
        return sites, True
    dense = shapely.segmentize(sites, 0.0005)
    return reproject(dense, CGCS2000, str(info.crs)), bool(crs.is_geographic)


class _Weigher:
    """Measures parts of sites: on the ellipsoid for a geographic grid, in its plane otherwise."""

    def __init__(self, is_geographic: bool) -> None:
        self._area = areas_m2 if is_geographic else shapely.area
        self._length = lengths_m if is_geographic else shapely.length

    def whole(self, geometries: Geometries) -> Floats:
        """Return area, length or number of points by the dimension of each geometry."""
        return self.parts(geometries, shapely.get_dimensions(geometries))

    def parts(self, geometries: Geometries, dimension: NDArray[np.int32]) -> Floats:
        """Return the size of geometries in the dimension of what they are part of."""
        points = shapely.get_num_coordinates(geometries).astype(np.float64)
        return np.select(
            [dimension == 2, dimension == 1, dimension == 0],
            [self._area(geometries), self._length(geometries), points],
        )


def _blocks(on_grid: Geometries, info: RasterInfo) -> Iterator[NDArray[np.int64]]:
    """Yield windows as rows of (site, first column, first row, end column, end row).

    A block is one window of at most MAX_CELLS cells (large sites come in bands of rows), or small
    ones that begin in the same tile, so that reading around them all stays small.
    """
    windows = _bands(_windows(on_grid, info))
    tile = windows[:, 2] // TILE * (1 + info.columns // TILE) + windows[:, 1] // TILE
    order = np.argsort(tile, kind="stable")
    windows, tile = windows[order], tile[order]
    size = windows[:, 3:] - windows[:, 1:3]
    group = np.cumsum(size.prod(axis=1)) // MAX_CELLS
    alone = (size > TILE).any(axis=1)
    ends = (np.diff(tile) != 0) | (np.diff(group) != 0) | alone[1:] | alone[:-1]
    if len(windows):
        yield from np.split(windows, np.flatnonzero(ends) + 1)


def _windows(on_grid: Geometries, info: RasterInfo) -> NDArray[np.int64]:
    x, width, _, y, _, height = info.geotransform
    bounds = shapely.bounds(on_grid)
    sites = np.flatnonzero(np.isfinite(bounds).all(axis=1))
    columns = np.sort((bounds[sites][:, [0, 2]] - x) / width, axis=1)
    rows = np.sort((bounds[sites][:, [1, 3]] - y) / height, axis=1)
    first_column, end_column = _clipped(columns, info.columns)
    first_row, end_row = _clipped(rows, info.rows)
    windows = np.column_stack((sites, first_column, first_row, end_column, end_row))
    meets = (first_column < end_column) & (first_row < end_row)
    return windows[meets].astype(np.int64)


def _clipped(span: Floats, size: int) -> tuple[Floats, Floats]:
    """Return first and end cell of spans in cell units, clipped to the raster.

    What lies on a side of cells touches those on both sides.
    """
    first = np.clip(np.ceil(span[:, 0]) - 1, 0, size)
    end = np.clip(np.floor(span[:, 1]) + 1, 0, size)
    return first, end


def _bands(windows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the windows, those with too many cells cut into bands of rows."""
    height = np.maximum(MAX_CELLS // np.maximum(windows[:, 3] - windows[:, 1], 1), 1)
    count = -(-(windows[:, 4] - windows[:, 2]) // height)
    bands = np.repeat(windows, count, axis=0)
    number = np.arange(len(bands)) - np.repeat(np.cumsum(count) - count, count)
    tall = np.repeat(height, count)
    bands[:, 2] += number * tall
    bands[:, 4] = np.minimum(bands[:, 2] + tall, bands[:, 4])
    return bands


def _cells(
    on_grid: Geometries, block: NDArray[np.int64], raster: RasterSource, weigh: _Weigher
) -> _Cells:
    """Return the cells that the sites of a block meet."""
    site, column, row = _expand(block)
    shared = _shared(on_grid[site], raster.info, column, row)
    weight = weigh.parts(shared, shapely.get_dimensions(on_grid[site]))
    met = weight > 0
    values, valid = _read(raster, block, column[met], row[met])
    return _Cells(site[met], values.astype(np.float64), weight[met], valid)


def _read(
    raster: RasterSource, block: NDArray[np.int64], column: Indices, row: Indices
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return values and validity of cells of a block, read as one window around them all."""
    left, top = block[:, 1].min(), block[:, 2].min()
    right, bottom = block[:, 3].max(), block[:, 4].max()
    values, valid = raster.read(int(left), int(top), int(right - left), int(bottom - top))
    place = (row - top, column - left)
    return values[place], valid[place]


def _expand(block: NDArray[np.int64]) -> tuple[Indices, Indices, Indices]:
    """Return site, column and row of every cell of every window."""
    width = block[:, 3] - block[:, 1]
    count = width * (block[:, 4] - block[:, 2])
    window = np.repeat(np.arange(len(block)), count)
    number = np.arange(len(window)) - np.repeat(np.cumsum(count) - count, count)
    column = block[window, 1] + number % width[window]
    row = block[window, 2] + number // width[window]
    return block[window, 0], column, row


def _shared(sites: Geometries, info: RasterInfo, column: Indices, row: Indices) -> Geometries:
    """Return the part of each site in its cell; a point belongs to the cell right and below."""
    x, width, _, y, _, height = info.geotransform
    boxes = shapely.box(
        x + column * width, y + row * height, x + (column + 1) * width, y + (row + 1) * height
    )
    shapely.prepare(sites)
    shared: Geometries = boxes.copy()
    crossing = ~shapely.covers(sites, boxes)
    shared[crossing] = shapely.intersection(sites[crossing], boxes[crossing])
    points = shapely.get_type_id(sites) == 0
    place = shapely.get_coordinates(sites[points])
    own = (np.floor((place[:, 0] - x) / width) == column[points]) & (
        np.floor((place[:, 1] - y) / height) == row[points]
    )
    shared[np.flatnonzero(points)[~own]] = None
    return shared


def _joined(blocks: list[_Cells]) -> _Cells:
    if not blocks:
        nothing = np.zeros(0)
        return _Cells(nothing.astype(np.intp), nothing, nothing, nothing.astype(bool))
    return _Cells(
        np.concatenate([block.site for block in blocks]),
        np.concatenate([block.value for block in blocks]),
        np.concatenate([block.weight for block in blocks]),
        np.concatenate([block.valid for block in blocks]),
    )


def _statistics(cells: _Cells, whole: Floats) -> RasterStats:
    count = len(whole)
    every = sum_by(cells.site, cells.weight, count)
    fit = np.divide(whole, every, out=np.ones(count), where=every > whole)
    site, value = cells.site[cells.valid], cells.value[cells.valid]
    weight = (cells.weight * fit[cells.site])[cells.valid]  # what lies on a side is in both cells
    total = sum_by(site, weight, count)
    minimum, maximum = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(minimum, site, value)
    np.maximum.at(maximum, site, value)
    has_value = total > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sum_by(site, weight * value, count) / total
        nodata = np.where(whole > 0, 1.0 - np.minimum(total / whole, 1.0), np.nan)
    nodata[nodata < 1e-9] = 0.0
    class_site, class_value, class_weight = _classes(site, value, weight)
    return RasterStats(
        minimum=np.where(has_value, minimum, np.nan),
        mean=np.where(has_value, mean, np.nan),
        maximum=np.where(has_value, maximum, np.nan),
        nodata_share=nodata,
        class_site=class_site,
        class_value=class_value,
        class_share=np.minimum(class_weight / whole[class_site], 1.0),
    )


def _classes(site: Indices, value: Floats, weight: Floats) -> tuple[Indices, Floats, Floats]:
    """Return site, value and total weight of each pair of site and value."""
    order = np.lexsort((value, site))
    site, value, weight = site[order], value[order], weight[order]
    if not len(site):
        return site, value, weight
    starts = np.flatnonzero(np.r_[True, (np.diff(site) != 0) | (np.diff(value) != 0)])
    return site[starts], value[starts], np.add.reduceat(weight, starts)
