# SPDX-License-Identifier: GPL-2.0-or-later
"""Rasters, read window by window through the GDAL that QGIS itself uses."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from osgeo import gdal

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.qgis_bridge.gdal_errors import gdal_complaints
from eco_onemap.readers.raster_windows import RasterWindows, choose_raster, describe_raster
from eco_onemap.readers.source_files import untouched


class GdalRaster(RasterWindows):
    """A raster file opened by GDAL."""

    def __init__(self, dataset: gdal.Dataset, info: RasterInfo, held: ExitStack) -> None:
        flags = dataset.GetRasterBand(1).GetMaskFlags()
        super().__init__(info, flags == gdal.GMF_NODATA, held)
        self._dataset = dataset

    def _values(self, column: int, row: int, columns: int, rows: int) -> NDArray[Any]:
        return self._array(self._dataset.GetRasterBand(1), (column, row, columns, rows))

    def _mask(self, column: int, row: int, columns: int, rows: int) -> NDArray[Any]:
        mask = self._dataset.GetRasterBand(1).GetMaskBand()
        return self._array(mask, (column, row, columns, rows))

    def _array(self, band: gdal.Band, window: tuple[int, int, int, int]) -> NDArray[Any]:
        with gdal_complaints() as complaints:
            try:
                array = band.ReadAsArray(*window)
            except RuntimeError as error:  # only where another plugin made GDAL raise
                complaints.append(str(error))
                array = None
        if array is None or complaints:
            cause = complaints[0] if complaints else self.info.source
            raise LayerError("reader.damaged", path=self.info.source, cause=cause)
        return array

    def close(self) -> None:
        """Release the file."""
        del self._dataset
        super().close()


def open_raster(path: Path, layer: str = "", crs: str = "") -> GdalRaster:
    """Return the opened raster; LayerError where it cannot be read or placed on the earth.

    layer: name of a raster inside the file, "" for its only one.
    crs: taken only where the file names none.
    """
    with ExitStack() as stack:
        readable = stack.enter_context(untouched(path))
        dataset = _open(path, str(readable))
        names = [name for name, _ in dataset.GetSubDatasets()]
        name = choose_raster(path, names, dataset.RasterCount, layer)
        if name:
            dataset = _open(path, name)
        return GdalRaster(dataset, _describe(path, dataset, crs), stack.pop_all())


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


def _describe(path: Path, dataset: gdal.Dataset, crs: str) -> RasterInfo:
    system, band = dataset.GetSpatialRef(), dataset.GetRasterBand(1)
    return describe_raster(
        path,
        crs,
        wkt=system.ExportToWkt() if system else None,
        geotransform=dataset.GetGeoTransform(can_return_null=True),
        size=(dataset.RasterXSize, dataset.RasterYSize),
        nodata=band.GetNoDataValue(),
        kind=gdal.GetDataTypeName(band.DataType),
        scale=band.GetScale(),
        offset=band.GetOffset(),
    )
