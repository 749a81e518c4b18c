# SPDX-License-Identifier: GPL-2.0-or-later
"""The way of the user guide, gone in a QGIS window in either language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eco_onemap.paths import sample
from tests.qgis.windows import in_window

TEXTS = {
    "en": {
        "sample": "Sample city",
        "colours": "Colours",
        "settings": "Settings…",
        "health": "Health check…",
        "builder": "Build a catalogue…",
    },
    "zh-Hans": {
        "sample": "示例城市",
        "colours": "配色",
        "settings": "设置…",
        "health": "健康检查…",
        "builder": "生成图层目录…",
    },
}
CORNERS = [[118.4479, 24.4217], [118.4551, 24.4212], [118.4554, 24.4172], [118.4482, 24.4174]]
"""A site on the edge of a red line of the sample city."""
WAIT_S = 300.0
"""The whole way takes a minute on a quiet machine."""
FACTS = {
    "project": "新材料产业园一期",
    "industry": "C2614",
    "nature": "新建",
    "tags": "chemical,discharges_pollutants,hazardous_substances",
}


def go(
    locale: str, screen: str, plugins: Path, folder: Path, pictures: Path, theme: str = ""
) -> dict[str, Any]:
    """Return what each step gave; its pictures lie in a folder.

    theme: of QGIS, "" for the usual one.
    """
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    given = {
        "texts": TEXTS[locale],
        "corners": CORNERS,
        "facts": FACTS,
        "work": str(work),
        "sites": str(sample("sites.gpkg")),
        "catalogue": str(sample("onemap.yaml")),
        "pictures": str(pictures),
    }
    more = {"theme": theme} if theme else {}
    return in_window(
        *("tour.py", plugins, folder),
        given=given,
        locale=locale,
        screen=screen,
        seconds=WAIT_S,
        **more,
    )
