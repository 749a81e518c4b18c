# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers from PostGIS: the contract, and what only a database can meet."""

from __future__ import annotations

import pytest

from eco_onemap.core.sources import LayerSource
from eco_onemap.readers.files import FileLayers
from tests.readers.layer_source_contract import LayerSourceContract

from .loading import NotOfDatabases, ThroughDatabase


class TestPostgisLayers(NotOfDatabases, LayerSourceContract):
    @pytest.fixture
    def layers(self, postgis) -> LayerSource:
        return ThroughDatabase(FileLayers(), postgis)
