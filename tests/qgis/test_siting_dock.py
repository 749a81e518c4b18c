# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock of the siting check in a real window, against the same check without QGIS."""

from __future__ import annotations

from pathlib import Path

import package
import pytest

from eco_onemap.paths import sample
from tests.qgis.windows import in_window
from tests.qgis.world import PLANE  # noqa: F401

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"


@pytest.mark.parametrize(("locale", "screen"), [("zh-Hans", "1920x1080"), ("en", "1280x800")])
def test_the_sample_city_in_the_dock(locale: str, screen: str, plugins: Path, tmp_path: Path) -> None:
    given = {
        "catalogue": str(sample("onemap.yaml")),
        "sites": str(sample("sites.gpkg")),
        "drawn": "Polygon((118.05 24.55, 118.06 24.55, 118.06 24.56, 118.05 24.55))",
        "pictures": str(PICTURES / f"{locale} {screen}"),
    }
    found = in_window("siting.py", plugins, tmp_path, given=given, locale=locale, screen=screen)
    print(found)
    assert len(found["sites"]) == 71
