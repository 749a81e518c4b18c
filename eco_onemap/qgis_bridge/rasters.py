# SPDX-License-Identifier: GPL-2.0-or-later
"""Rasters, read window by window through the GDAL that QGIS itself uses."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from eco_onemap.core.errors import LayerError
from eco_onemap.core.sources import RasterInfo
from eco_onemap.qgis_bridge.gdal_errors import gdal_complaints
from eco_onemap.readers.crs_names import find_crs_name
from eco_onemap.readers.fingerprint import fingerprint
from eco_onemap.readers.source_files import untouched


class GdalRaster:
    """An open raster file, a :class:`eco_onemap.core.sources.RasterSource`."""

    def __init__(self, dataset: gdal.Dataset, info: RasterInfo, stack: ExitStack) -> None:
        self.info = info
        self._dataset, self._stack = dataset, stack

    def read(self, column: int, row: int, columns: int, rows: int) -> tuple[NDArray[Any], Any]:
        """Return band 1 of a window inside the raster: values and where they are valid.

        Both have shape (rows, columns). Not valid are nodata cells, cells that the raster's mask
        leaves out, and NaN. The band's scale and offset are applied.
        """
        band = self._dataset.GetRasterBand(1)
        values = self._array(band, (column, row, columns, rows))
        valid = self._array(band.GetMaskBand(), (column, row, columns, rows)) != 0
        valid &= ~np.isnan(values)
        scale, offset = band.GetScale() or 1.0, band.GetOffset() or 0.0
        if (scale, offset) != (1.0, 0.0):
            values = values * scale + offset
        return values, valid

    def _array(self, band: gdal.Band, window: tuple[int, int, int, int]) -> NDArray[Any]:
        with gdal_complaints() as complaints:
            try:
                array = band.ReadAsArray(*window)
            except RuntimeError as error:  # only where another plugin made GDAL raise
                complaints.append(str(error))
                array = None
        if array is None or complaints:
            raise LayerError("reader.damaged", path=self.info.source, cause=complaints[0])
        return array

    def close(self) -> None:
        """Release the file."""
        del self._dataset
        self._stack.close()


def open_raster(path: Path, layer: str = "", crs: str = "") -> GdalRaster:
    """Return the opened raster; LayerError where it cannot be read or placed on the earth.

    layer: name of a raster inside the file, "" for its only one.
    crs: taken only where the file names none.
    """
    with ExitStack() as stack:
        readable = stack.enter_context(untouched(path))
        dataset = _open(path, str(readable))
        name = _subdataset(path, dataset, layer)
        if name:
            dataset = _open(path, name)
        info = _info(path, dataset, crs)
        return GdalRaster(dataset, info, stack.pop_all())


def is_readable(path: Path) -> bool:
    """Return whether the file opens as a raster."""
    try:
        with untouched(path) as readable:
            _open(path, str(readable))
    except (LayerError, OSError):
        return False
    return True


def _open(path: Path, name: str) -> gdal.Dataset:
    with gdal_complaints() as complaints:
        try:
            dataset = gdal.OpenEx(name, gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
        except RuntimeError as error:  # only where another plugin made GDAL raise
            complaints.append(str(error))
            dataset = None
    if dataset is None:
        cause = complaints[0] if complaints else name
        raise LayerError("reader.unreadable", path=str(path), cause=cause)
    return dataset


def _subdataset(path: Path, dataset: gdal.Dataset, layer: str) -> str:
    """Return what GDAL calls the wanted raster inside the file, "" for the file itself."""
    names = [name for name, _ in dataset.GetSubDatasets()]
    inside = {name.rsplit(":", 1)[-1].strip('"'): name for name in names}
    if not layer and dataset.RasterCount:
        return ""
    if not layer and len(inside) == 1:
        return next(iter(inside.values()))
    if layer not in inside:
        key = "reader.missing_layer" if layer else "reader.several_layers"
        raise LayerError(key, path=str(path), layer=layer, layers=", ".join(inside))
    return inside[layer]


def _info(path: Path, dataset: gdal.Dataset, crs: str) -> RasterInfo:
    transform = dataset.GetGeoTransform(can_return_null=True)
    if transform is None:
        raise LayerError("reader.no_georeference", path=str(path))
    system = dataset.GetSpatialRef()
    own = find_crs_name(system.ExportToWkt()) if system else None
    if not (own or crs):
        raise LayerError("reader.missing_crs", path=str(path))
    return RasterInfo(
        crs=own or crs,
        geotransform=tuple(transform),
        columns=dataset.RasterXSize,
        rows=dataset.RasterYSize,
        nodata=dataset.GetRasterBand(1).GetNoDataValue(),
        source=str(path),
        fingerprint=fingerprint(path),
    )
