# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings, health check, guide and about in a real window, in both languages, with pictures."""

from __future__ import annotations

from pathlib import Path

import package
import pytest

from tests.qgis.windows import in_window
from tests.qgis.world import make_world

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"
NAMES = {
    "en": ("Settings…", "Health check…", "About Eco One Map", "Guide"),
    "zh-Hans": ("设置…", "健康检查…", "关于生态环境一张图", "使用指南"),
}
SHARE = {"en": "Share", "zh-Hans": "占比"}
LOST = "丢失的湿地"
"""The layer of the small one map whose file is not there."""

ABOUT = ("QGIS", "Qt", "Python", "shapely", "GEOS", "PROJ", "pyproj", "GDAL", "cn-national")


def assert_areas_follow(before: list[list[str]], after: list[list[str]]) -> None:
    """What the dock lists lost the square metres, and half of the places of hectares."""
    assert len(before[0]) == len(after[0]) + 1
    (hectares,) = [cell for cell in before[1] if cell.startswith(("0.5", "0.49"))]
    assert len(hectares) == len("0.5000")
    assert "0.50" in after[1]


@pytest.mark.parametrize("locale", sorted(NAMES))
def test_dialogs_open_from_the_menu(locale: str, plugins: Path, tmp_path: Path) -> None:
    settings, health, about, guide = NAMES[locale]
    given = {"settings": settings, "health": health, "about": about, "guide": guide}
    given["pictures"] = str(PICTURES / locale)
    world = make_world(tmp_path)
    given |= {"catalogue": str(world.catalogue), "sites": str(world.sites), "share": SHARE[locale]}
    found = in_window("dialogs.py", plugins, tmp_path, given=given, locale=locale)
    assert found["decimals"] == 2
    assert_areas_follow(found["before"], found["after"])
    assert [name for name, health in found["health"] if health == "wrong"] == [LOST]
    assert len(found["health"]) > 10
    assert found["guide"]
    assert [name for name in ABOUT if f"<td>{name}" not in found["about"]] == []
