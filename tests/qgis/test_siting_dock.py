# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock of the siting check in a real window, against the same check without QGIS."""

from __future__ import annotations

from pathlib import Path

import package
import pytest

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


CITY = {"catalogue": str(sample("onemap.yaml")), "sites": str(sample("sites.gpkg"))}
DRAWN = "Polygon((118.05 24.55, 118.06 24.55, 118.06 24.56, 118.05 24.55))"


@pytest.fixture(scope="module")
def expected() -> dict[str, str]:
    """The verdict on each site of the sample city, by the packs and on the day of the dock."""
    sites = build_site_set(read_sites(sample("sites.gpkg")), SiteSettings())
    packs = [read_pack(NATIONAL_PACK)]
    table = assess(sites, read_catalogue(sample("onemap.yaml")), packs, Options(), FileLayers())
    rows = table.site_verdict.rows()
    return {row["site_id"]: row["verdict"] for row in rows}


@pytest.mark.parametrize(
    ("locale", "screen", "word"),
    [("zh-Hans", "1920x1080", "无数据"), ("en", "1280x800", "No data")],
)
def test_the_sample_city_in_the_dock(
    locale: str,
    screen: str,
    word: str,
    expected: dict[str, str],
    plugins: Path,
    tmp_path: Path,
) -> None:
    given = CITY | {"drawn": DRAWN, "pictures": str(PICTURES / f"{locale} {screen}")}
    found = in_window("siting.py", plugins, tmp_path, given=given, locale=locale, screen=screen)
    assert dict(zip(found["sites"], found["verdicts"], strict=True)) == expected
    assert found["banner"].startswith(word)
