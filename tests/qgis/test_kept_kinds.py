# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a source is a raster is found out once, and again when its file changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.readers.source_layers import SourceLayers
from tests.readers.sources import write_layer, write_raster


def test_a_file_is_opened_again_only_when_it_changes(tmp_path: Path, monkeypatch) -> None:
    fields = {"crs": "EPSG:4490", "fields": {"name": "str:5"}}
    write_layer(tmp_path / "zones.gpkg", [("POINT (118 24)", {"name": "x"})], **fields)
    write_raster(tmp_path / "risk.tif", np.array([[1, 2], [1, 2]], np.uint8))
    source = tmp_path / "source.bin"
    shutil.copy(tmp_path / "zones.gpkg", source)
    entry = LayerEntry(id="x", role="x", title="x", source=str(source))
    asked: list[str] = []
    plain = SourceLayers.is_raster
    monkeypatch.setattr(
        SourceLayers, "is_raster", lambda self, one: asked.append(one.id) or plain(self, one)
    )
    assert [QgisLayers().is_raster(entry) for _ in range(3)] == [False] * 3
    assert len(asked) == 1
    shutil.copy(tmp_path / "risk.tif", source)
    os.utime(source, ns=(1, 1))
    assert [QgisLayers().is_raster(entry) for _ in range(3)] == [True] * 3
    assert len(asked) == 2
    source.unlink()
    assert not QgisLayers().is_raster(entry)
