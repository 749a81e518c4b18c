# SPDX-License-Identifier: GPL-2.0-or-later
"""The one map in a real window: colours switch at once, marks and tips say what a layer is."""

from __future__ import annotations

from pathlib import Path

import package
import pytest

from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.paths import sample
from tests.qgis.windows import in_window
from tests.qgis.world import make_world

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"


@pytest.mark.parametrize(
    ("locale", "city", "colours", "mark", "secrecy", "screen"),
    [
        ("zh-Hans", "示例城市", "配色", "敏感：不得公开", "密级", "1920x1080"),
        ("en", "Sample city", "Colours", "Sensitive: not for publication", "Secrecy", "1280x800"),
    ],
)
def test_colours_marks_and_tips(
    locale: str,
    city: str,
    colours: str,
    mark: str,
    secrecy: str,
    screen: str,
    plugins: Path,
    tmp_path: Path,
) -> None:
    world = make_world(tmp_path)
    given = {"sample": city, "colours": colours, "broken": str(world.catalogue)}
    given["pictures"] = str(PICTURES / f"{locale} {screen} map")
    found = in_window("one_map.py", plugins, tmp_path, given=given, locale=locale, screen=screen)
    first, planning, again = found["colours"]
    assert planning != first
    assert again == first
    entries = read_catalogue(sample("onemap.yaml")).layers
    sensitive = {entry.title for entry in entries if entry.secrecy.value == "sensitive"}
    assert sensitive
    assert {name for name, told in found["sample marks"].items() if mark in told} == sensitive
    (lost,) = (told for name, told in found["marks"].items() if "丢失的湿地" in name)
    assert any("nowhere.gpkg" in line for line in lost)
    assert all(secrecy in tip for tip in found["tips"].values())
