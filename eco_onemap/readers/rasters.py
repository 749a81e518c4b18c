# SPDX-License-Identifier: GPL-2.0-or-later
"""Rasters, read window by window through rasterio."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import rasterio
from numpy.typing import NDArray
from rasterio.enums import MaskFlags
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.readers.raster_windows import RasterWindows, choose_raster, describe_raster
from eco_onemap.readers.source_files import untouched

_UNREADABLE = (RasterioError, OSError)
"""What rasterio raises; its own error of input and output is no RasterioError in version 1.3."""

CACHE_MB = "256"
"""What GDAL may keep of rasters in memory; by itself it takes a twentieth of the machine's. The
environment variable GDAL_CACHEMAX, read by GDAL before the first cell, says otherwise."""


class FileRaster(RasterWindows):
    """A raster file opened by rasterio."""

    def __init__(self, dataset: rasterio.DatasetReader, info: RasterInfo, held: ExitStack) -> None:
        super().__init__(info, dataset.mask_flag_enums[0] == [MaskFlags.nodata], held)
        self._dataset = dataset

    def _values(self, column: int, row: int, columns: int, rows: int) -> NDArray[Any]:
        return self._read(self._dataset.read, Window(column, row, columns, rows))

    def _mask(self, column: int, row: int, columns: int, rows: int) -> NDArray[Any]:
        return self._read(self._dataset.read_masks, Window(column, row, columns, rows))

    def _read(self, read: Callable[..., NDArray[Any]], window: Window) -> NDArray[Any]:
        try:
            return read(1, window=window)
        except _UNREADABLE as error:
            raise _failed("reader.damaged", self.info.source, error) from error


def open_raster(path: Path, layer: str = "", crs: str = "") -> FileRaster:
    """Return the opened raster; LayerError where it cannot be read or placed on the earth.

    layer: name of a raster inside the file, "" for its only one.
    crs: taken only where the file names none.
    """
    os.environ.setdefault("GDAL_CACHEMAX", CACHE_MB)
    with ExitStack() as stack:
        readable = stack.enter_context(untouched(path))
        dataset = stack.enter_context(_open(path, str(readable)))
        name = choose_raster(path, dataset.subdatasets, dataset.count, layer)
        if name:
            dataset = stack.enter_context(_open(path, name))
        info = describe_raster(
            path,
            crs,
            wkt=dataset.crs.to_wkt() if dataset.crs else None,
            geotransform=dataset.transform.to_gdal(),
            size=(dataset.width, dataset.height),
            nodata=dataset.nodata,
            kind=dataset.dtypes[0],
            scale=dataset.scales[0],
            offset=dataset.offsets[0],
        )
        return FileRaster(dataset, info, stack.pop_all())


def is_readable(path: Path) -> bool:
    """Return whether the file opens as a raster."""
    try:
        with untouched(path) as readable, _open(path, str(readable)):
            return True
    except LayerError:
        return False


def _open(path: Path, name: str) -> rasterio.DatasetReader:
    with warnings.catch_warnings():
        # A raster without a place is refused when it is described, with a sentence.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            return rasterio.open(name)
        except _UNREADABLE as error:
            raise _failed("reader.unreadable", str(path), error) from error


def _failed(key: str, path: str, error: Exception) -> LayerError:
    return LayerError(key, path=path, cause=str(error).rstrip(" ."), details=repr(error))
