# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue builder in a real window, in both languages, with pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

import package
import pytest

from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.paths import sample
from tests.qgis.windows import in_window

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"
ACTIONS = {"en": "Build a catalogue…", "zh-Hans": "生成图层目录…"}
FILES = ("redline", "drinking_zones", "control_units", "wetlands", "admin")


@pytest.mark.parametrize("locale", sorted(ACTIONS))
def test_a_catalogue_is_built_saved_and_opened(locale: str, plugins: Path, tmp_path: Path) -> None:
    folder = tmp_path / "layers"
    folder.mkdir()
    for name in FILES:
        shutil.copy(sample(f"{name}.gpkg"), folder / f"{name}.gpkg")
    for file in sample("sensitive.shp").parent.glob("sensitive.*"):
        shutil.copy(file, folder / file.name)
    shutil.copy(sample("sea_risk_grid.tif"), folder / "sea_risk_grid.tif")
    given = {
        "folder": str(folder),
        "pictures": str(PICTURES / locale),
        "action": ACTIONS[locale],
    }
    found = in_window("builder.py", plugins, tmp_path, given=given, locale=locale)
    target = folder / "onemap.yaml"
    assert found["opened"] == str(target)
    assert not found["title"].endswith("*")
    catalogue = read_catalogue(target)
    assert catalogue.title == "Haiwan"
    roles = sorted(entry.role for entry in catalogue.layers)
    expected = ["admin", "control_unit", "drinking_zone", "eco_redline"]
    assert roles == [*expected, "sea_risk_grid", "sensitive", "wetland"]
    sensitive = next(entry for entry in catalogue.layers if entry.role == "sensitive")
    assert sensitive.crs == "EPSG:4490"  # by the cure that was clicked
