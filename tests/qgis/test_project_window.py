# SPDX-License-Identifier: GPL-2.0-or-later
"""In a real window: a typed site, its place and project, two checks and what is made of them."""

from __future__ import annotations

from pathlib import Path

import package
import pytest

from eco_onemap.paths import sample
from tests.qgis.windows import in_window

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"
ROWS = """\
2711970.000\t634240.000
2711970.000\t634640.000
2711770.000\t634640.000
2711770.000\t634240.000"""
"""Near 118.3264°E 24.5050°N, in a zone II of drinking water, if the meridian is 117°E."""
CORNER = [634_640.0, 2_711_970.0]
FACTS = {
    "project": "新材料产业园一期",
    "developer": "海湾新材料有限公司",
    "industry": "C2614",
    "nature": "新建",
    "tags": "chemical,discharges_pollutants,hazardous_substances",
    "not_tags": "tailings,fuel_station",
}


@pytest.mark.parametrize(
    ("locale", "screen", "city", "words"),
    [
        ("zh-Hans", "1280x800", "示例城市", ("化工项目", "选址检查：")),
        ("en", "1280x800", "Sample city", ("Chemical", "Siting check: ")),
    ],
)
def test_from_typed_corners_to_a_report(
    locale: str, screen: str, city: str, words: tuple[str, str], plugins: Path, tmp_path: Path
) -> None:
    given = {"sample": city, "rows": ROWS, "facts": FACTS, "work": str(tmp_path)}
    given["sites"] = str(sample("sites.gpkg"))
    given["corner"] = CORNER
    given["pictures"] = str(PICTURES / f"{locale} {screen}")
    found = in_window("project.py", plugins, tmp_path, given=given, locale=locale, screen=screen)
    assert found["place"]["crs"] == "EPSG:4548"  # the only zone that lies in the city's region
    assert "EPSG:4548" in found["place"]["line"]
    assert words[0] in found["facts"]
    assert "study" in found["unknown"].values()  # what is not known is not decided
    assert found["known"] != found["unknown"]
    assert found["difference"] > 0
    assert len(found["kept"]) == 2
    assert {"report.docx", "report.html", "report.xlsx"} <= set(found["reports"])
    assert found["maps"]
    assert found["groups"][0].startswith(words[1])
    assert found["snapped"] < 1e-6  # of a corner that the layer of verdicts has
    assert "sites.gpkg" in found["dropped"]
