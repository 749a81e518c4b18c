# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings, health check, guide and about in a real window, in both languages, with pictures."""

from __future__ import annotations

from pathlib import Path

import package
import pytest

from tests.qgis.windows import in_window

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"
NAMES = {
    "en": ("Settings…", "Health check…", "About Eco One Map", "Guide"),
    "zh-Hans": ("设置…", "健康检查…", "关于生态环境一张图", "使用指南"),
}


@pytest.mark.parametrize("locale", sorted(NAMES))
def test_dialogs_open_from_the_menu(locale: str, plugins: Path, tmp_path: Path) -> None:
    settings, health, about, guide = NAMES[locale]
    given = {"settings": settings, "health": health, "about": about, "guide": guide}
    given["pictures"] = str(PICTURES / locale)
    found = in_window("dialogs.py", plugins, tmp_path, given=given, locale=locale)
    assert found["decimals"] == 2
    assert [name for name, health in found["health"] if health == "wrong"] == []
    assert len(found["health"]) > 10
    assert found["guide"]
