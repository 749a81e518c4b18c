# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's layers through QGIS: the port's implementation inside QGIS."""

from __future__ import annotations

from pathlib import Path

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.qgis_bridge import rasters
from eco_onemap.qgis_bridge.vector_files import open_vector
from eco_onemap.readers.source_layers import SourceLayers

_KNOWN: dict[tuple[str, str, int, int], bool] = {}
"""Whether a source is a raster, by path, layer, time of change and size: opening a file to find
that out takes longer than a check of one site has for it."""


class QgisLayers(SourceLayers):
    """Reads layers through QGIS and GDAL, a :class:`eco_onemap.core.layers.sources.LayerSource`."""

    def __init__(self) -> None:
        super().__init__(open_vector, rasters.open_raster, rasters.is_readable)

    def is_raster(self, entry: LayerEntry) -> bool:
        """Return whether the entry's source is a raster; a file is opened once as long as it is."""
        try:
            state = Path(entry.source).stat()
        except OSError:  # a database, or missing
            return super().is_raster(entry)
        key = entry.source, entry.layer, state.st_mtime_ns, state.st_size
        if key not in _KNOWN:
            _KNOWN[key] = super().is_raster(entry)
        return _KNOWN[key]
