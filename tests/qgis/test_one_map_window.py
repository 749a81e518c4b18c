# SPDX-License-Identifier: GPL-2.0-or-later
"""The one map in a real window: colours switch at once, marks and tips say what a layer is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import package
import pytest

from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.layout.themes import by_theme
from eco_onemap.paths import sample
from tests.qgis.windows import in_window
from tests.qgis.world import make_world

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"


CHINESE = {
    "sample": "示例城市",
    "colours": "配色",
    "close": "关闭一张图",
    "mark": "敏感：不得公开",
    "secrecy": "密级",
    "none": "暂无",
}
ENGLISH = {
    "sample": "Sample city",
    "colours": "Colours",
    "close": "Close one map",
    "mark": "Sensitive: not for publication",
    "secrecy": "Secrecy",
    "none": "None yet",
}
SCALES = (20_000, 200_000)
"""Names of sensitive targets appear from 1:50,000."""


def prints(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(
    ("locale", "words", "screen"),
    [("zh-Hans", CHINESE, "1920x1080"), ("en", ENGLISH, "1280x800")],
)
def test_colours_marks_tips_and_recent_maps(
    locale: str, words: dict[str, str], screen: str, plugins: Path, tmp_path: Path
) -> None:
    (tmp_path / "world").mkdir()
    world = make_world(tmp_path / "world")
    city = next(plugins.rglob("sample_layers"))
    before = {**prints(city), **prints(world.folder)}
    given = {**words, "broken": str(world.catalogue), "scales": SCALES}
    given["pictures"] = str(PICTURES / f"{locale} {screen} map")
    found = in_window("one_map.py", plugins, tmp_path, given=given, locale=locale, screen=screen)
    assert {**prints(city), **prints(world.folder)} == before  # nothing written, nothing beside

    # the sample city is a click away while no map is open; the last maps are listed, newest first
    assert found["sample offered"] == [True, False, True]
    assert found["layers when closed"] == 0
    assert found["at first"] == [words["none"]]
    sample_path = str(city / "onemap.yaml")
    assert found["recent"][:-1] == [f"&1 {sample_path}"]
    assert found["recent in the end"][:-1] == [f"&1 {world.catalogue}", f"&2 {sample_path}"]
    language = "zh" if locale.startswith("zh") else "en"
    entries = read_catalogue(sample("onemap.yaml")).layers
    assert found["groups"] == [theme.titles[language] for theme in by_theme(entries)]
    near, far = found["names"]
    assert near > 0
    assert far == 0

    first, planning, again = found["colours"]
    assert planning != first
    assert again == first
    sensitive = {entry.title for entry in entries if entry.secrecy.value == "sensitive"}
    assert sensitive
    assert {
        name for name, told in found["sample marks"].items() if words["mark"] in told
    } == sensitive
    (lost,) = (told for name, told in found["marks"].items() if "丢失的湿地" in name)
    assert any("nowhere.gpkg" in line for line in lost)
    assert all(words["secrecy"] in tip for tip in found["tips"].values())
