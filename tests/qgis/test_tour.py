# SPDX-License-Identifier: GPL-2.0-or-later
"""The user guide is true: its way through the window is gone as a new user would."""

from __future__ import annotations

import math
from pathlib import Path

import package
import pytest
import run_qgis
from pyproj import Transformer

from tests.qgis.tours import CORNERS, go
from tests.qgis.windows import in_window

pytestmark = pytest.mark.slow

SNAPPED_M = 120.0
"""How far snapping, which drawing does, may take a corner: twelve pixels of the map."""
PICTURES = package.ROOT / "build" / "pictures" / "tour"


@pytest.mark.parametrize(("locale", "word"), [("zh-Hans", "限制"), ("en", "Restricted")])
def test_the_way_of_the_guide(locale: str, word: str, plugins: Path, tmp_path: Path) -> None:
    found = go(locale, "1280x800", plugins, tmp_path, PICTURES / locale)
    assert found["layers"] >= 20
    to_plane = Transformer.from_crs("EPSG:4490", "EPSG:4548", always_xy=True)
    meant = list(to_plane.itransform(CORNERS))
    assert len(found["drawn"]) == len(meant) + 1
    for drawn, corner in zip(found["drawn"], meant, strict=False):
        assert math.dist(drawn, corner) < SNAPPED_M  # QGIS would take degrees for metres
    assert found["verdict"].startswith(word)
    assert {"report.docx", "report.html", "report.xlsx"} <= set(found["report"])
    assert (found["many"], found["compared"]) == (71, 3)
    assert found["wrong"] == 0
    assert len(list((PICTURES / locale).glob("*.png"))) == 14


def test_the_zip_is_installed_as_the_guide_says(tmp_path: Path) -> None:
    """Into a profile that has never seen the plugin, by QGIS's own installer."""
    package.write_zip(tmp_path / "eco_onemap.zip")
    nothing = tmp_path / "no plugins"
    nothing.mkdir()
    run_qgis.write_settings(tmp_path / "profile", "PythonPlugins", {package.PLUGIN: "true"})
    given = {"zip": str(tmp_path / "eco_onemap.zip"), "sample": "Sample city"}
    found = in_window("install.py", nothing, tmp_path, given=given, locale="en")
    assert (found["before"], found["after"]) == (False, True)
    assert found["layers"] >= 20
