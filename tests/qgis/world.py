# SPDX-License-Identifier: GPL-2.0-or-later
"""A small one map in files: layers, catalogue, rules and sites, in metres from one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.options import Options, parse_date
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_region import find_region
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.core.table import ResultTable
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites
from tests.readers.sources import write_layer, write_raster

PLANE = "EPSG:4548"  # CGCS2000, 3° zone, central meridian 117°E
X0, Y0 = 600_000.0, 2_711_000.0  # a place in that plane, near 118°E 24.5°N
DAY = "2026-11-23"

CATALOGUE = """\
onemap: 1
title: 小图
planar_crs: EPSG:4548
region: region.gpkg
layers:
  - {id: zones, role: drinking_zone, title: 饮用水水源保护区, source: zones.gpkg,
     fields: {id: code, name: name, level: level}, coverage: complete}
  - {id: schools, role: sensitive, title: 学校, source: schools.gpkg,
     fields: {id: code, name: name}, coverage: complete}
  - {id: risk, role: sea_risk_grid, title: 风险栅格, source: risk.tif,
     classes: {1: 低, 2: 高}, coverage: complete}
  - {id: lost, role: wetland, title: 丢失的湿地, source: nowhere.gpkg}
"""

RULES = """\
pack: test
version: "1"
jurisdiction: 小图
language: zh
rules:
  - id: T1
    title: {zh: 一级保护区, en: Zone I}
    roles: [drinking_zone]
    where: {level: "1"}
    relation: overlaps
    verdict: prohibited
    basis:
      - {law: 测试法, article: "1", effective_from: 2020-01-01, text: 不得建设。, verified: true}
    advice: {zh: 另行选址。, en: Choose another site.}
"""

FIELDS = {"code": "str:20", "name": "str:40", "level": "str:5"}
SITE_FIELDS = {"site_id": "str:20", "name": "str:40", "tags": "str:40"}


def rect(x: float, y: float, width: float, height: float) -> str:
    """Return a rectangle in metres from the place, as WKT."""
    west, south = X0 + x, Y0 + y
    return shapely.box(west, south, west + width, south + height).wkt


@dataclass(frozen=True)
class World:
    """The folder of a small one map."""

    folder: Path

    @property
    def sites(self) -> Path:
        """The file of sites."""
        return self.folder / "sites.gpkg"

    @property
    def catalogue(self) -> Path:
        """The catalogue."""
        return self.folder / "onemap.yaml"

    @property
    def rules(self) -> Path:
        """The rule pack."""
        return self.folder / "rules.yaml"

    def parameters(self, **more: Any) -> dict[str, Any]:
        """Return the parameters of a siting check of this world."""
        return {
            "SITES_FILE": str(self.sites),
            "CATALOGUE": str(self.catalogue),
            "RULES": [str(self.rules)],
            "AS_OF": DAY,
            "LANGUAGE": "zh",
            **more,
        }

    def assessment(self, rules: Path | None = None) -> Assessment:
        """Return what a plain Python call gives, through fiona and rasterio."""
        catalogue, layers = read_catalogue(self.catalogue), FileLayers()
        settings = SiteSettings(region=find_region(catalogue, layers))
        return assess(
            build_site_set(read_sites(self.sites), settings),
            catalogue,
            [read_pack(rules or self.rules)],
            Options(as_of=parse_date(DAY)),
            layers,
        ).in_language("zh")


def make_world(folder: Path) -> World:
    """Write the files of the world to *folder*."""
    plane = {"crs": PLANE, "fields": FIELDS}
    region = [(rect(-5000, -5000, 20_000, 20_000), {"code": "r", "name": "", "level": ""})]
    write_layer(folder / "region.gpkg", region, **plane)
    zones = [
        # zone I covers the right half of site a
        (rect(50, 0, 100, 100), {"code": "z1", "name": "一级区", "level": "1"}),
        # zone II touches nothing
        (rect(0, 3000, 100, 100), {"code": "z2", "name": "二级区", "level": "2"}),
    ]
    write_layer(folder / "zones.gpkg", zones, **plane)
    school = f"POINT ({X0 + 50} {Y0 + 400})"  # 300 m north of site a
    schools = [(school, {"code": "s1", "name": "小学", "level": ""})]
    write_layer(folder / "schools.gpkg", schools, **plane)
    write_raster(folder / "risk.tif", np.array([[1, 2], [1, 2]], np.uint8))
    sites = [
        (rect(0, 0, 100, 100), {"site_id": "a", "name": "甲", "tags": "new"}),
        # site b lies free
        (rect(2000, 2000, 100, 100), {"site_id": "b", "name": "乙", "tags": ""}),
        # site c has no geometry
        (None, {"site_id": "c", "name": "丙", "tags": ""}),
    ]
    write_layer(folder / "sites.gpkg", sites, crs=PLANE, fields=SITE_FIELDS)
    (folder / "onemap.yaml").write_text(CATALOGUE, encoding="utf-8")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    return World(folder)


def many_sites(path: Path, count: int) -> Path:
    """Write squares of 40 m all over the region of the small one map."""
    rng = np.random.default_rng(count)
    x, y = rng.uniform(-5000, 14_000, (2, count)) + np.array([[X0], [Y0]])
    squares = shapely.to_wkt(shapely.box(x, y, x + 40, y + 40)).tolist()
    rows = [(text, {"site_id": f"s{number}"}) for number, text in enumerate(squares)]
    return write_layer(path, rows, crs=PLANE, fields={"site_id": "str:20"})


def plain_rows(table: ResultTable) -> list[tuple[Any, ...]]:
    """Return a table's rows with ``None`` wherever there is no value."""
    return [tuple(map(_plain, row.values())) for row in table.rows()]


def _plain(value: Any) -> Any:
    if value == "" or value != value or (isinstance(value, int) and value < 0):
        return None
    return value
