# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's layers through fiona and rasterio: the port's implementation without QGIS."""

from __future__ import annotations

from eco_onemap.readers import rasters
from eco_onemap.readers.layers import open_vector
from eco_onemap.readers.source_layers import SourceLayers


class FileLayers(SourceLayers):
    """Reads layers from files, a :class:`eco_onemap.core.layers.sources.LayerSource`."""

    def __init__(self) -> None:
        super().__init__(open_vector, rasters.open_raster, rasters.is_readable)
