# SPDX-License-Identifier: GPL-2.0-or-later
"""What rasters have in common, whichever library opens them: what they are and what cells say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.readers.crs_names import find_crs_name
from eco_onemap.readers.fingerprint import fingerprint

CELLS_ARE_PIXELS = (0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
"""The geotransform of a picture that lies nowhere."""


class RasterWindows(ABC):
    """An open raster file, a :class:`eco_onemap.core.layers.sources.RasterSource`.

    only_nodata: whether nothing but the nodata value tells which cells are valid. held: what to
    close with the file.
    """

    def __init__(self, info: RasterInfo, only_nodata: bool, held: ExitStack) -> None:
        self.info = info
        self._only_nodata, self._held = only_nodata, held

    def read(self, column: int, row: int, columns: int, rows: int) -> tuple[NDArray[Any], Any]:
        """Return band 1 of a window inside the raster as stored, and where it is valid.

        Both have shape (rows, columns). Not valid are nodata cells, cells that the raster's mask
        leaves out, and values that are no finite number.
        """
        values = self._values(column, row, columns, rows)
        if self._only_nodata and values.dtype.kind != "f":  # the mask would say the same, slower
            return values, values != self.info.nodata
        valid = self._mask(column, row, columns, rows) != 0
        if values.dtype.kind == "f":
            valid &= np.isfinite(values)
        return values, valid

    def close(self) -> None:
        """Release the file."""
        self._held.close()

    @abstractmethod
    def _values(self, column: int, row: int, columns: int, rows: int) -> NDArray[Any]:
        """Return what a window stores; LayerError where the file is damaged."""

    @abstractmethod
    def _mask(self, column: int, row: int, columns: int, rows: int) -> NDArray[Any]:
        """Return the mask of a window, 0 where there is no value."""


def choose_raster(path: Path, names: Sequence[str], bands: int, layer: str) -> str:
    """Return what GDAL calls the wanted raster inside the file, "" for the file itself.

    names: of the rasters inside the file. Raises LayerError where the choice is not clear.
    """
    inside = {name.rsplit(":", 1)[-1].strip('"'): name for name in names}
    if not layer and bands:
        return ""
    if not layer and len(inside) == 1:
        return next(iter(inside.values()))
    if layer not in inside:
        key = "reader.missing_layer" if layer else "reader.several_layers"
        raise LayerError(key, path=str(path), layer=layer, layers=", ".join(inside))
    return inside[layer]


def describe_raster(
    path: Path,
    crs: str,
    *,
    wkt: str | None,
    geotransform: Sequence[float] | None,
    size: tuple[int, int],
    nodata: float | None,
    kind: str,
    scale: float | None,
    offset: float | None,
) -> RasterInfo:
    """Return what a raster says of itself; LayerError where it cannot be used.

    crs: taken where the file names none (wkt is None). size: columns and rows. kind: the name of
    the type of its values.
    """
    if geotransform is None or tuple(geotransform) == CELLS_ARE_PIXELS:
        raise LayerError("reader.no_georeference", path=str(path))
    if "complex" in kind.lower() or kind.lower().startswith(("cint", "cfloat")):
        raise LayerError("reader.complex_raster", path=str(path))
    own = find_crs_name(wkt) if wkt else None
    if not (own or crs):
        raise LayerError("reader.missing_crs", path=str(path))
    a, b, c, d, e, f = geotransform
    return RasterInfo(
        crs=own or crs,
        geotransform=(a, b, c, d, e, f),
        columns=size[0],
        rows=size[1],
        nodata=nodata,
        source=str(path),
        fingerprint=fingerprint(path),
        scale=1.0 if scale is None else scale,
        offset=offset or 0.0,
    )
