# SPDX-License-Identifier: GPL-2.0-or-later
"""A tiny fictional town on disk with its assessment, for maps that are really drawn.

Plane: CGCS2000 3° zone, central meridian 117°E; metres from the corner (X0, Y0), near 118°E.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import fiona
import numpy as np
import rasterio
import shapely
from rasterio.transform import from_origin

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rules import LegalBasis, Relation, Rule, RulePack
from eco_onemap.core.layers.catalogue import (
    Catalogue,
    CoverageEntry,
    CoverageKind,
    LayerEntry,
    Secrecy,
)
from eco_onemap.core.options import Options
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.readers.files import FileLayers

PLANE = "EPSG:4548"
X0, Y0 = 600_000.0, 2_711_000.0
DAY = date(2026, 11, 23)
RINGS = (500.0, 1000.0)


def rect(x, y, width, height):
    return shapely.box(X0 + x, Y0 + y, X0 + x + width, Y0 + y + height)


def point(x, y):
    return shapely.Point(X0 + x, Y0 + y)


def line(*places):
    return shapely.LineString([(X0 + x, Y0 + y) for x, y in places])


def objects(items):
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


@dataclass(frozen=True)
class Layer:
    """A layer of the town: its entry's words, features as (geometry, {field: text})."""

    id: str
    role: str
    title: str
    features: list
    fields: dict = field(default_factory=dict)
    more: dict = field(default_factory=dict)


def town_layers():
    """The site S-1 is 400 m × 300 m with its lower left corner at (0, 0)."""
    return [
        # two units tile the ground; the line between them runs through the site
        Layer(
            "units",
            "control_unit",
            "环境管控单元",
            [
                (rect(-5000, -5000, 5200, 10000), {"HJGKDYBM": "ZH9901011", "FL": "1"}),
                (rect(200, -5000, 5000, 10000), {"HJGKDYBM": "ZH9901012", "FL": "2"}),
                # a third class, far beyond any sheet
                (rect(90_000, 0, 1000, 1000), {"HJGKDYBM": "ZH9901013", "FL": "3"}),
            ],
            {"id": "HJGKDYBM", "unit_class": "FL"},
            {"secrecy": Secrecy.PUBLIC},
        ),
        # a red line whose edge is 100 m inside the site's north side: 400 × 100 m of overlap
        Layer(
            "redline",
            "eco_redline",
            "生态保护红线",
            [(rect(-600, 200, 1600, 700), {"code": "R1", "MC": "北山水源涵养红线"})],
            {"id": "code", "name": "MC"},
            {
                "secrecy": Secrecy.INTERNAL,
                "version": "2024 动态更新",
                "issued": date(2024, 6, 30),
                "authority": "虚构市自然资源局",
            },
        ),
        # a first-class zone 500 m east of the site, a second-class one around it
        Layer(
            "water",
            "drinking_zone",
            "饮用水水源保护区",
            [
                (rect(900, -200, 300, 300), {"code": "W1", "MC": "东溪水源地", "JB": "1"}),
                (rect(800, -400, 700, 700), {"code": "W2", "MC": "东溪水源地", "JB": "2"}),
            ],
            {"id": "code", "name": "MC", "source_name": "MC", "level": "JB"},
        ),
        # three points: 50 m west, 700 m south, and one 60 km away
        Layer(
            "schools",
            "sensitive",
            "环境敏感目标",
            [
                (point(-50, 150), {"code": "P1", "MC": "第一小学"}),
                (point(200, -700), {"code": "P2", "MC": "南村"}),
                (point(60_000, 0), {"code": "P3", "MC": "远村"}),
            ],
            {"id": "code", "name": "MC"},
        ),
        Layer(
            "coast",
            "coastline",
            "海岸线",
            [(line((-3000, -900), (0, -800), (3000, -1000)), {"code": "C1", "LX": "自然岸线"})],
            {"id": "code", "name": "code", "type": "LX"},
        ),
        Layer(
            "admin",
            "admin",
            "行政区划",
            [
                (rect(-9000, -7000, 9100, 15000), {"code": "990101", "MC": "西区"}),
                (rect(100, -7000, 9900, 15000), {"code": "990102", "MC": "东区"}),
            ],
            {"id": "code", "name": "MC"},
            {"secrecy": Secrecy.PUBLIC},
        ),
    ]


def town_rules():
    """The red line prohibits; a point within 100 m asks for a study."""
    law = (LegalBasis("生态环境法典", "60", effective_from=date(2026, 8, 15), verified=True),)
    return RulePack(
        "cn-test",
        "2026.11",
        "虚构",
        "zh",
        (
            Rule(
                "R1",
                {
                    "zh": "生态保护红线内禁止开发性生产性建设",
                    "en": "No development in the red line",
                },
                Verdict.PROHIBITED,
                Relation.OVERLAPS,
                law,
                ("eco_redline",),
            ),
        ),
    )


def write_layer(path: Path, layer: Layer) -> None:
    names = sorted({name for _, row in layer.features for name in row})
    schema = {
        "geometry": layer.features[0][0].geom_type,
        "properties": dict.fromkeys(names, "str"),
    }
    with fiona.open(path, "w", driver="GPKG", crs=PLANE, schema=schema, layer=layer.id) as file:
        file.writerecords(
            {"geometry": shapely.geometry.mapping(shape), "properties": row}
            for shape, row in layer.features
        )


def write_grid(path: Path, values, west: float, north: float, cell: float) -> None:
    """Write a classified raster; 0 is no data."""
    values = np.asarray(values, dtype=np.uint8)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=values.shape[1],
        height=values.shape[0],
        count=1,
        dtype="uint8",
        crs=PLANE,
        transform=from_origin(X0 + west, Y0 + north, cell, cell),
        nodata=0,
    ) as file:
        file.write(values, 1)


def entry_of(layer: Layer, folder: Path) -> LayerEntry:
    known = {"coverage": CoverageEntry(CoverageKind.COMPLETE), "version": "1"}
    return LayerEntry(
        layer.id,
        layer.role,
        layer.title,
        str(folder / f"{layer.id}.gpkg"),
        layer=layer.id,
        fields=layer.fields,
        **{**known, **layer.more},
    )


def write_town(folder: Path, layers=None, title="虚构市生态环境一张图") -> Catalogue:
    """Write the town's files to *folder*; return its catalogue."""
    layers = town_layers() if layers is None else layers
    for layer in layers:
        write_layer(folder / f"{layer.id}.gpkg", layer)
    entries = [entry_of(layer, folder) for layer in layers]
    # the whole ground is low risk (1), but for one cell of high risk (4) in the far north
    values = np.ones((40, 40))
    values[0, 0] = 4
    write_grid(folder / "risk.tif", values, -10_000, 10_000, 500)
    risk = LayerEntry(
        "risk",
        "sea_risk_grid",
        "海域环境风险",
        str(folder / "risk.tif"),
        classes={1: "低", 2: "较低", 3: "较高", 4: "高"},
        coverage=CoverageEntry(CoverageKind.EXTENT),
    )
    return Catalogue(title, (*entries, risk), path=str(folder / "onemap.yaml"))


SITES = {"S-1": ("滨江化工", rect(0, 0, 400, 300)), "S/2": ("码头", rect(1500, 1500, 100, 100))}


def assess_town(catalogue: Catalogue, sites=None, rings=RINGS, more_rules=()) -> Assessment:
    """Check *sites*, id to (name, geometry), with the town's rules, and more."""
    sites = SITES if sites is None else sites
    raw = RawSites(
        geometries=objects([shape for _, shape in sites.values()]),
        crs=PLANE,
        ids=objects(list(sites)),
        names=objects([name for name, _ in sites.values()]),
        columns={},
        source="memory",
        fingerprint="1" * 64,
    )
    options = Options(as_of=DAY, rings_m=tuple(rings))
    rules = town_rules()
    pack = replace(rules, rules=(*rules.rules, *more_rules))
    return assess(build_site_set(raw), catalogue, (pack,), options, FileLayers())
