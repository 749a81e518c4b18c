# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock of the siting check in a real window, against the same check without QGIS."""

from __future__ import annotations

from pathlib import Path

import package
import pytest
import shapely
from pyproj import Transformer

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.paths import sample
from eco_onemap.qgis_bridge.preferences import NATIONAL_PACK
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites
from tests.qgis.windows import in_window

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"


CORNERS = [[118.05, 24.55], [118.06, 24.55], [118.06, 24.56]]
PIXEL_M = 8.0
"""What a pixel of the map is at most while the triangle is drawn."""


@pytest.fixture(scope="module")
def expected() -> dict[str, str]:
    """The verdict on each site of the sample city, by the packs and on the day of the dock."""
    sites = build_site_set(read_sites(sample("sites.gpkg")), SiteSettings())
    packs = [read_pack(NATIONAL_PACK)]
    table = assess(sites, read_catalogue(sample("onemap.yaml")), packs, Options(), FileLayers())
    rows = table.site_verdict.rows()
    return {row["site_id"]: row["verdict"] for row in rows}


@pytest.mark.parametrize(
    ("locale", "screen", "city", "word"),
    [
        ("zh-Hans", "1920x1080", "示例城市", "无数据"),
        ("en", "1280x800", "Sample city", "No data"),
    ],
)
def test_the_sample_city_in_the_dock(
    locale: str,
    screen: str,
    city: str,
    word: str,
    expected: dict[str, str],
    plugins: Path,
    tmp_path: Path,
) -> None:
    given = {"sample": city, "sites": str(sample("sites.gpkg")), "corners": CORNERS}
    given["pictures"] = str(PICTURES / f"{locale} {screen}")
    found = in_window("siting.py", plugins, tmp_path, given=given, locale=locale, screen=screen)
    assert dict(zip(found["sites"], found["verdicts"], strict=True)) == expected
    assert found["banner"].startswith(word)
    assert found["catalogue"].endswith("onemap.yaml")
    assert found["layers"] >= len(read_catalogue(sample("onemap.yaml")).layers) - 1
    assert found["size"] == [int(side) for side in screen.split("x")]
    assert found["crs"] == "EPSG:4548"
    assert found["aside"]["refused"] == [True]  # without a reason nobody gets on
    assert found["aside"]["author"] == "张三"
    assert expected[found["aside"]["site"]] == "prohibited"
    drawn = shapely.from_wkt(found["drawn"])
    to_plane = Transformer.from_crs("EPSG:4490", "EPSG:4548", always_xy=True)
    meant = shapely.Polygon(
        list(zip(*to_plane.transform(*zip(*CORNERS, strict=True)), strict=True))
    )
    assert len(drawn.exterior.coords) == 4  # the repeated corner was taken back
    assert shapely.hausdorff_distance(drawn, meant) < PIXEL_M
