# SPDX-License-Identifier: GPL-2.0-or-later
"""One open raster for several threads: its reads take turns."""

from __future__ import annotations

from threading import Lock
from typing import Any

from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.grid import grid_of
from eco_onemap.core.layers.sources import RasterInfo, RasterSource


class SharedRaster:
    """A :class:`RasterSource` whose file handle is used by one thread at a time.

    Raises LayerError, and releases the file, where sites cannot be placed on the raster's grid.
    """

    def __init__(self, raster: RasterSource) -> None:
        self._raster, self._lock = raster, Lock()
        self.info: RasterInfo = raster.info
        try:
            grid_of(self.info)
        except LayerError:
            raster.close()
            raise

    def read(self, column: int, row: int, columns: int, rows: int) -> tuple[NDArray[Any], Any]:
        """Return values and validity of a window, as the raster gives them."""
        with self._lock:
            return self._raster.read(column, row, columns, rows)

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._raster.close()
