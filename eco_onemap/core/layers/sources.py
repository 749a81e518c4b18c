# SPDX-License-Identifier: GPL-2.0-or-later
"""The port through which the core gets layers; readers and the QGIS bridge implement it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from numpy.typing import NDArray

if TYPE_CHECKING:
    from eco_onemap.core.layers.catalogue import AccessListEntry, LayerEntry
    from eco_onemap.core.layers.compiled import CompiledLayer
    from eco_onemap.core.table import FeatureTable


@dataclass(frozen=True)
class RasterInfo:
    """What a raster says of itself: CRS, GDAL geotransform, size in cells, fingerprint, scale.

    geotransform: (x of the upper-left corner, cell width, row rotation, y of the upper-left
    corner, column rotation, cell height, negative when north is up).
    scale, offset: a cell's value is what is stored, times scale, plus offset.
    """

    crs: str | None
    geotransform: tuple[float, float, float, float, float, float]
    columns: int
    rows: int
    nodata: float | None
    source: str
    fingerprint: str
    scale: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True)
class TableRows:
    """A plain table as a reader found it: cells as text, "" where empty, and each row's line."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    source: str
    fingerprint: str


class RasterSource(Protocol):
    """An open raster, read window by window."""

    info: RasterInfo

    def read(self, column: int, row: int, columns: int, rows: int) -> tuple[NDArray[Any], Any]:
        """Return band 1 of a window: what is stored, shape (rows, columns), and where it is valid.

        The scale and offset of the raster's info are not applied.
        """

    def close(self) -> None:
        """Release the file."""


class LayerSource(Protocol):
    """Reads the layers that a catalogue names; raises LayerError with cause and cure."""

    def is_raster(self, entry: LayerEntry) -> bool:
        """Return whether the entry's source is a raster."""

    def fingerprint(self, entry: LayerEntry) -> str:
        """Return the SHA-256 of a vector entry's source, without reading its features."""

    def read_features(self, entry: LayerEntry) -> FeatureTable:
        """Return all features of a vector entry, its ``where`` filter applied."""

    def open_raster(self, entry: LayerEntry) -> RasterSource:
        """Return the opened raster of an entry."""

    def read_polygons(self, path: str) -> FeatureTable:
        """Return the features of a coverage or region file (an absolute path)."""

    def read_rows(self, entry: AccessListEntry) -> TableRows:
        """Return the rows of an access list's table."""


class LayerCache(Protocol):
    """Keeps compiled layers between checks."""

    def find(self, entry: LayerEntry, fingerprint: str) -> CompiledLayer | None:
        """Return the layer compiled from a source with this fingerprint, None if there is none."""

    def store(self, entry: LayerEntry, layer: CompiledLayer) -> bool:
        """Keep a layer; return whether that was possible."""
