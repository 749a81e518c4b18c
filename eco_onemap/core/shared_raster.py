# SPDX-License-Identifier: GPL-2.0-or-later
"""One open raster for several threads: its reads take turns."""

from __future__ import annotations

from threading import Lock
from typing import Any

from numpy.typing import NDArray

from eco_onemap.core.sources import RasterInfo, RasterSource


class SharedRaster:
    """A :class:`RasterSource` whose file handle is used by one thread at a time."""

    def __init__(self, raster: RasterSource) -> None:
        self._raster, self._lock = raster, Lock()
        self.info: RasterInfo = raster.info

    def read(self, column: int, row: int, columns: int, rows: int) -> tuple[NDArray[Any], Any]:
        """Return values and validity of a window, as the raster gives them."""
        with self._lock:
            return self._raster.read(column, row, columns, rows)

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._raster.close()
