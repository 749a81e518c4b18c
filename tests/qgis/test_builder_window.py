# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue builder in a real window, in both languages, with pictures."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import package
import pytest

from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.paths import sample
from tests.qgis.windows import DARK, in_window

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"
FILES = ("redline", "drinking_zones", "control_units", "wetlands", "admin")
ENGLISH = {
    "action": "Build a catalogue…",
    "buttons": ["New from the project", "Open…", "Save", "Add files…", "Add folder…"],
    "answers": ["Save", "Discard", "Cancel"],
}
CHINESE = {
    "action": "生成图层目录…",
    "buttons": ["由工程新建", "打开…", "保存", "添加文件…", "添加文件夹…"],
    "answers": ["保存", "放弃", "取消"],
}


def hand_over(folder: Path) -> dict[str, str]:
    """Put files as an office hands them over into a folder; return their prints."""
    folder.mkdir()
    for name in FILES:
        shutil.copy(sample(f"{name}.gpkg"), folder / f"{name}.gpkg")
    for file in sample("sensitive.shp").parent.glob("sensitive.*"):
        shutil.copy(file, folder / file.name)
    for name in ("sea_risk_grid.tif", "access_list.csv"):
        shutil.copy(sample(name), folder / name)
    return prints(folder)


def prints(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file in a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("locale", "words", "theme"),
    [("en", ENGLISH, None), ("zh-Hans", CHINESE, None), ("zh-Hans", CHINESE, DARK)],
)
def test_a_catalogue_is_built_saved_and_opened(
    locale: str, words: dict, theme: str | None, plugins: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "layers"
    before = hand_over(folder)
    place = f"{locale} dark" if theme else locale
    given = {
        "folder": str(folder),
        "pictures": str(PICTURES / place),
        "action": words["action"],
    }
    settings = {"given": given, "locale": locale, **({"theme": theme} if theme else {})}
    found = in_window("builder.py", plugins, tmp_path, **settings)
    target = folder / "onemap.yaml"
    assert found["opened"] == str(target)
    assert not found["title"].endswith("*")
    after = prints(folder)
    assert after.pop("onemap.yaml")
    assert after == before  # nothing of the data was changed, nothing written beside it

    # by the keyboard: all buttons, the CRS, tabs and tables are reached; drop-downs open
    assert set(words["buttons"]) <= set(found["tabs"])
    assert found["tabs"].count("QTableView") == 2
    assert found["tabs"][:2] == ["QLineEdit", "QComboBox"]
    assert found["role by keys"] not in ("wetland", "")

    # by the mouse: the fifth layer was dragged above the second one, chosen still, undone
    order = found["order"]
    assert found["dragged"] == [order[0], order[4], *order[1:4], *order[5:]]
    assert found["chosen"] == order[4]
    assert found["undone"]
    assert found["shown by problem"] == "sensitive"
    assert sorted(found["asked"]) == sorted(words["answers"])

    catalogue = read_catalogue(target)
    assert catalogue.title == "Haiwan"
    roles = sorted(entry.role for entry in catalogue.layers)
    expected = ["admin", "control_unit", "drinking_zone", "eco_redline"]
    assert roles == [*expected, "sea_risk_grid", "sensitive", "wetland"]
    sensitive = next(entry for entry in catalogue.layers if entry.role == "sensitive")
    assert sensitive.crs == "EPSG:4490"  # by the cure that was clicked
    (listed,) = catalogue.access_lists
    assert Path(listed.source).name == "access_list.csv"
