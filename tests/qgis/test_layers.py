# SPDX-License-Identifier: GPL-2.0-or-later
"""QgisLayers: the contract of all layer sources, and the same answers as FileLayers."""

from __future__ import annotations

import pytest
from osgeo import gdal

from eco_onemap.core.layers.sources import LayerSource
from eco_onemap.qgis_bridge.layers import QgisLayers
from tests.readers.layer_source_contract import LayerSourceContract


class TestQgisLayers(LayerSourceContract):
    @pytest.fixture
    def layers(self) -> LayerSource:
        # QGIS's provider sets this for the whole process; the tests' own writer would follow it.
        gdal.SetConfigOption("SHAPE_ENCODING", None)
        return QgisLayers()
