# SPDX-License-Identifier: GPL-2.0-or-later
"""The cells of a raster as a plane in which they are squares of side 1."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError
from eco_onemap.core.geometry.crs import (
    CGCS2000,
    MAX_PLANE_EDGE_M,
    find_crs,
    reproject,
    same_as_cgcs2000,
)
from eco_onemap.core.geometry.geodesy import (
    areas_m2,
    geodesic_m,
    lengths_m,
    plane_areas_m2,
    zone_area_bow,
    zone_area_per_radian,
)
from eco_onemap.core.geometry.local_frames import MEAN_RADIUS_M
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

DEPTH_UNITS = 2**60
"""Units of depth over a whole raster: sums of whole numbers are exact in any order."""

MAX_EDGE_DEG = np.degrees(MAX_PLANE_EDGE_M / MEAN_RADIUS_M)
"""Edges straight in longitude and latitude are densified to this for a raster in a plane."""

MAX_LINE_EDGE_DEG = 0.01
"""Edges of lines on a raster in degrees, so that lengths of their parts add up to the whole."""


def bounds_of_raster(info: RasterInfo) -> Floats | None:
    """Return west, south, east and north of a raster's corners on CGCS2000; None without a CRS."""
    if info.crs is None or find_crs(info.crs) is None:
        return None
    left, width, row_turn, top, column_turn, height = info.geotransform
    column, row = np.array([[0, 1, 1, 0], [0, 0, 1, 1]]) * [[info.columns], [info.rows]]
    x = left + column * width + row * row_turn
    y = top + column * column_turn + row * height
    corners = shapely.multipoints(np.column_stack((x, y)))
    bounds: Floats = shapely.bounds(reproject(np.array([corners]), info.crs, CGCS2000))[0]
    return bounds


@dataclass(frozen=True)
class Grid:
    """A raster's cells: x counts columns from the left side, y rows from the top.

    Parts of cells have their size on the ellipsoid where the raster is in degrees, and in the
    raster's own plane otherwise.
    """

    info: RasterInfo
    is_geographic: bool

    @property
    def columns(self) -> int:
        """Number of columns."""
        return self.info.columns

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.info.rows

    def sizes(self, placed: Geometries) -> Floats:
        """Return area, length or number of points of geometries in the raster's CRS.

        Which of them goes by the dimension of each; NaN where coordinates are not finite.
        """
        dimension = shapely.get_dimensions(placed)
        area = areas_m2(placed) if self.is_geographic else plane_areas_m2(placed)
        length = lengths_m(placed) if self.is_geographic else shapely.length(placed)
        points = shapely.get_num_coordinates(placed).astype(np.float64)
        sizes = np.select([dimension == 2, dimension == 1, dimension == 0], [area, length, points])
        return np.where(np.isfinite(shapely.bounds(placed)).all(axis=1), sizes, np.nan)

    def to_cells(self, placed: Geometries) -> Geometries:
        """Return geometries in the raster's CRS in columns and rows."""
        origin, inverse = self._origin, np.linalg.inv(self._axes)
        upright = self._axes[0, 1] == 0.0 and self._axes[1, 0] == 0.0

        def counted(points: Floats) -> Floats:
            away = points - origin
            return away / np.diag(self._axes) if upright else away @ inverse.T

        result: Geometries = shapely.transform(placed, counted)
        return result

    def lengths(self, start: Floats, end: Floats) -> Floats:
        """Return the lengths in m, or in the plane's units, between points in columns and rows."""
        first, second = self._to_crs(start), self._to_crs(end)
        if self.is_geographic:
            return geodesic_m(first, second)
        return np.hypot(*(second - first).T)

    def depths(self, y: Floats) -> NDArray[np.int64]:
        """Return how much of the raster lies above each y, in units of :attr:`unit_area`.

        A unit is one column wide. The same y has the same depth, so what a closed ring adds and
        takes away is nothing, exactly.
        """
        if self.is_geographic:
            top, bottom = self._zones(np.array([0.0, self.rows]))
            share = (self._zones(y) - top) / (bottom - top)
        else:
            share = y / self.rows
        return np.rint(share * DEPTH_UNITS).astype(np.int64)

    def bows(self, first: Floats, second: Floats) -> Floats:
        """Return the mean depth of the ends of edges less their mean depth, in units of depth."""
        if not self.is_geographic:
            return np.zeros(len(first))
        top, bottom = self._zones(np.array([0.0, self.rows]))
        start, end = self._latitudes(first), self._latitudes(second)
        return zone_area_bow(0.5 * (start + end), end - start) * (DEPTH_UNITS / (bottom - top))

    @cached_property
    def unit_area(self) -> float:
        """Area of one unit of depth in one column, in m² or the plane's units squared."""
        if not self.is_geographic:
            return float(abs(np.linalg.det(self._axes)) * self.rows / DEPTH_UNITS)
        top, bottom = self._zones(np.array([0.0, self.rows]))
        return float(abs(np.radians(self._axes[0, 0]) * (bottom - top)) / DEPTH_UNITS)

    @cached_property
    def _axes(self) -> Floats:
        """The step of one column and of one row, as columns of a matrix."""
        _, a, b, _, d, e = self.info.geotransform
        return np.array([[a, b], [d, e]])

    @property
    def _origin(self) -> Floats:
        return np.array([self.info.geotransform[0], self.info.geotransform[3]])

    def _to_crs(self, points: Floats) -> Floats:
        moved: Floats = points @ self._axes.T + self._origin
        return moved

    def _latitudes(self, y: Floats) -> Floats:
        latitudes: Floats = np.radians(self._origin[1] + y * self._axes[1, 1])
        return latitudes

    def _zones(self, y: Floats) -> Floats:
        return zone_area_per_radian(self._latitudes(y))


def grid_of(info: RasterInfo) -> Grid:
    """Return the grid of a raster.

    Raises LayerError for a raster without a known CRS or with a rotated grid in degrees.
    """
    crs = find_crs(info.crs or "")
    if crs is None:
        raise LayerError("layer.unknown_crs", layer="", path=info.source)
    if crs.is_geographic and (info.geotransform[2] or info.geotransform[4]):
        raise LayerError("raster.rotated", path=info.source)
    return Grid(info, bool(crs.is_geographic))


def place_on(grid: Grid, sites: Geometries) -> Geometries:
    """Return sites on CGCS2000 longitude and latitude in the raster's CRS.

    Their edges stay where they are: for a plane they are densified first.
    """
    if not grid.is_geographic:
        return reproject(shapely.segmentize(sites, MAX_EDGE_DEG), CGCS2000, str(grid.info.crs))
    placed = sites.copy()
    lines = shapely.get_dimensions(sites) == 1
    placed[lines] = shapely.segmentize(sites[lines], MAX_LINE_EDGE_DEG)
    crs = find_crs(str(grid.info.crs))
    if crs is not None and same_as_cgcs2000(crs):
        return placed
    return reproject(placed, CGCS2000, str(grid.info.crs))
