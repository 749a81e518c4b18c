# SPDX-License-Identifier: GPL-2.0-or-later
"""Rasters, read window by window through rasterio."""

from __future__ import annotations

import warnings
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from eco_onemap.core.errors import LayerError
from eco_onemap.core.sources import RasterInfo
from eco_onemap.readers.crs_names import find_crs_name
from eco_onemap.readers.fingerprint import fingerprint
from eco_onemap.readers.source_files import untouched

_UNREADABLE = (RasterioError, OSError)
"""What rasterio raises; its own error of input and output is no RasterioError in version 1.3."""


class FileRaster:
    """An open raster file, a :class:`eco_onemap.core.sources.RasterSource`."""

    def __init__(self, dataset: rasterio.DatasetReader, info: RasterInfo, stack: ExitStack) -> None:
        self.info = info
        self._dataset, self._stack = dataset, stack

    def read(self, column: int, row: int, columns: int, rows: int) -> tuple[NDArray[Any], Any]:
        """Return band 1 of a window inside the raster: values and where they are valid.

        Both have shape (rows, columns). Not valid are nodata cells, cells that the raster's mask
        leaves out, and NaN. The band's scale and offset are applied.
        """
        window = Window(column, row, columns, rows)
        try:
            values = self._dataset.read(1, window=window)
            valid = self._dataset.read_masks(1, window=window) != 0
        except _UNREADABLE as error:
            raise LayerError(
                "reader.damaged",
                path=self.info.source,
                cause=str(error).rstrip(" ."),
                details=repr(error),
            ) from error
        valid &= ~np.isnan(values)
        scale, offset = self._dataset.scales[0], self._dataset.offsets[0]
        if (scale, offset) != (1.0, 0.0):
            values = values * scale + offset
        return values, valid

    def close(self) -> None:
        """Release the file."""
        self._stack.close()


def open_raster(path: Path, layer: str = "", crs: str = "") -> FileRaster:
    """Return the opened raster; LayerError where it cannot be read or placed on the earth.

    layer: name of a raster inside the file, "" for its only one.
    crs: taken only where the file names none.
    """
    with ExitStack() as stack:
        readable = stack.enter_context(untouched(path))
        dataset = stack.enter_context(_open(path, str(readable)))
        name = _subdataset(path, dataset, layer)
        if name:
            dataset = stack.enter_context(_open(path, name))
        info = _info(path, dataset, crs)
        held = stack.pop_all()
    return FileRaster(dataset, info, held)


def is_readable(path: Path) -> bool:
    """Return whether the file opens as a raster."""
    try:
        with untouched(path) as readable, _open(path, str(readable)):
            return True
    except LayerError:
        return False


def _open(path: Path, name: str) -> rasterio.DatasetReader:
    with warnings.catch_warnings():
        # A raster without a place is refused below, with a sentence.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            return rasterio.open(name)
        except _UNREADABLE as error:
            raise LayerError(
                "reader.unreadable",
                path=str(path),
                cause=str(error).rstrip(" ."),
                details=repr(error),
            ) from error


def _subdataset(path: Path, dataset: rasterio.DatasetReader, layer: str) -> str:
    """Return what GDAL calls the wanted raster inside the file, "" for the file itself."""
    inside = {name.rsplit(":", 1)[-1].strip('"'): name for name in dataset.subdatasets}
    if not layer and dataset.count:
        return ""
    if not layer and len(inside) == 1:
        return next(iter(inside.values()))
    if layer not in inside:
        key = "reader.missing_layer" if layer else "reader.several_layers"
        raise LayerError(key, path=str(path), layer=layer, layers=", ".join(inside))
    return inside[layer]


def _info(path: Path, dataset: rasterio.DatasetReader, crs: str) -> RasterInfo:
    if dataset.transform.is_identity:
        raise LayerError("reader.no_georeference", path=str(path))
    own = find_crs_name(dataset.crs.to_wkt()) if dataset.crs else None
    if not (own or crs):
        raise LayerError("reader.missing_crs", path=str(path))
    a, b, c, d, e, f = dataset.transform.to_gdal()
    return RasterInfo(
        crs=own or crs,
        geotransform=(a, b, c, d, e, f),
        columns=dataset.width,
        rows=dataset.height,
        nodata=dataset.nodata,
        source=str(path),
        fingerprint=fingerprint(path),
    )
