# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's layers through QGIS: the port's implementation inside QGIS."""

from __future__ import annotations

from eco_onemap.qgis_bridge import rasters
from eco_onemap.qgis_bridge.vector_files import open_vector
from eco_onemap.readers.source_layers import SourceLayers


class QgisLayers(SourceLayers):
    """Reads layers through QGIS and GDAL, a :class:`eco_onemap.core.layers.sources.LayerSource`."""

    def __init__(self) -> None:
        super().__init__(open_vector, rasters.open_raster, rasters.is_readable)
