# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds small assessments by hand: a fictional city, five sites, one for each verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import shapely

from eco_onemap.core import schema
from eco_onemap.core.law.rules import LegalBasis, Measure, Relation, Rule, RulePack
from eco_onemap.core.layers.catalogue import (
    Catalogue,
    CoverageEntry,
    CoverageKind,
    LayerEntry,
    Secrecy,
)
from eco_onemap.core.messages import Message
from eco_onemap.core.options import Options
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.site import SiteFacts, SiteSet
from eco_onemap.core.table import NO_COUNT, Column, ColumnType, ResultTable
from eco_onemap.core.vocabulary import Verdict

AS_OF = date(2026, 11, 23)
RINGS = (500.0, 1000.0)
NAN = float("nan")


def square(west: float, south: float, degrees: float = 0.01) -> shapely.Geometry:
    """Return a square in longitude and latitude."""
    return shapely.box(west, south, west + degrees, south + degrees)


def table(
    name: str, columns: tuple[Column, ...], rows: list[dict[str, Any]], geometries: Any = None
) -> ResultTable:
    """Return a table from rows that name only the columns they fill."""
    blank = {
        ColumnType.TEXT: "",
        ColumnType.REAL: NAN,
        ColumnType.INTEGER: NO_COUNT,
        ColumnType.BOOLEAN: False,
    }
    kinds = {
        ColumnType.TEXT: object,
        ColumnType.REAL: np.float64,
        ColumnType.INTEGER: np.int64,
        ColumnType.BOOLEAN: bool,
    }
    values = {}
    for column in columns:
        array = np.empty(len(rows), dtype=kinds[column.type])
        array[:] = [row.get(column.name, blank[column.type]) for row in rows]
        values[column.name] = array
    if geometries is not None:
        array = np.empty(len(rows), dtype=object)
        array[:] = geometries
        geometries = array
    return ResultTable(name, columns, values, geometries)


def entry(layer_id: str, role: str, title: str, **more: Any) -> LayerEntry:
    """Return a catalogue entry."""
    known = {"coverage": CoverageEntry(CoverageKind.COMPLETE), "version": "2025 版"}
    return LayerEntry(layer_id, role, title, f"/data/{layer_id}.gpkg", **{**known, **more})


CATALOGUE = Catalogue(
    title="海湾市生态环境一张图(虚构数据)",
    layers=(
        entry(
            "redline",
            "eco_redline",
            "生态保护红线",
            version="2024 动态更新",
            authority="海湾市自然资源局",
            issued=date(2024, 6, 30),
            valid_from=date(2024, 7, 1),
            accuracy_m=5.0,
            required=True,
        ),
        entry("water", "drinking_zone", "饮用水水源保护区", authority="海湾市生态环境局"),
        entry("units", "control_unit", "环境管控单元", secrecy=Secrecy.PUBLIC),
        entry("soil", "soil_register", "建设用地土壤污染风险管控和修复名录"),
        entry("coast", "coastline", "海岸线", coverage=CoverageEntry(CoverageKind.EXTENT)),
        entry("farmland", "pbf", "永久基本农田", coverage=CoverageEntry(CoverageKind.UNKNOWN)),
        entry(
            "risk",
            "sea_risk_grid",
            "海域环境风险栅格",
            classes={1: "低", 2: "较低", 3: "较高", 4: "高"},
        ),
        entry("outfall", "outfall", "入海排污口"),
    ),
    planar_crs="EPSG:4527",
    path="/data/onemap.yaml",
)

W1 = Rule(
    id="W1",
    title={"zh": "一级保护区内的建设项目", "en": "Construction in a first-class water source zone"},
    verdict=Verdict.PROHIBITED,
    relation=Relation.OVERLAPS,
    roles=("drinking_zone",),
    basis=(
        LegalBasis(
            "生态环境法典",
            "319",
            effective_from=date(2026, 8, 15),
            text="禁止在饮用水水源一级保护区内新建、改建、扩建与供水设施和保护水源无关的建设项目。",
            verified=True,
        ),
        LegalBasis(
            "水污染防治法",
            "65",
            effective_from=date(2018, 1, 1),
            effective_to=date(2026, 8, 14),
            text="旧条文。",
            verified=True,
        ),
    ),
    advice={
        "zh": "避让一级保护区,或提供属于供水设施、保护水源项目的证明材料。",
        "en": "Keep out of the first-class zone, or show that the project serves water supply.",
    },
)
R2 = Rule(
    id="R2",
    title={"zh": "生态保护红线内的有限人为活动", "en": "Limited activities within the red line"},
    verdict=Verdict.RESTRICTED,
    relation=Relation.OVERLAPS,
    roles=("eco_redline",),
    basis=(
        LegalBasis(
            "生态环境法典",
            "60",
            effective_from=date(2026, 8, 15),
            text="生态保护红线内严格控制人为活动。",
            verified=False,
        ),
    ),
    advice={"zh": "按程序论证,取得符合允许有限人为活动的认定意见。"},
)
C1 = Rule(
    id="C1",
    title={
        "zh": "距海岸线一千米内涉危险物质的项目",
        "en": "Hazardous substances within 1 km of the coast",
    },
    verdict=Verdict.STUDY,
    relation=Relation.WITHIN_DISTANCE,
    roles=("coastline",),
    measure=Measure.DISTANCE,
    threshold=1000.0,
    basis=(),
)
PACK = RulePack(
    "cn-national", "2026.11", "中华人民共和国", "zh", (W1, R2, C1), fingerprint="ab" * 32
)

SITE_IDS = ("S-01", "S-02", "S-03", "S-04", "S-05")
NAMES = ("东港化工码头", "滨湖小学扩建", "北山仓储用地", "南湾养殖示范区", "高新区标准厂房")
SITE_SHAPES = [square(118.10 + 0.02 * number, 24.50) for number in range(5)]
AREA = 1_122_617.634  # of a square 0.01° wide at 24.50° N on CGCS2000


def build_sites() -> SiteSet:
    """Return five sites; the fourth was repaired, the fifth is a square like the others."""
    facts = (
        SiteFacts(
            frozenset({"chemical", "new"}),
            frozenset({"water_supply"}),
            "siting",
            "industrial",
            "C2614",
        ),
        SiteFacts(frozenset({"expand", "sensitive_receptor"}), planned_use="public"),
        SiteFacts(planned_use="storage"),
        SiteFacts(frozenset({"aquaculture"})),
        SiteFacts(frozenset({"new"}), stage="supply", planned_use="industrial"),
    )
    return SiteSet(
        ids=np.array(SITE_IDS, dtype=object),
        names=np.array(NAMES, dtype=object),
        geometries=np.array(SITE_SHAPES, dtype=object),
        facts=facts,
        declared_area_m2=np.array([1_122_000.0, NAN, NAN, NAN, 1_123_000.0]),
        repaired=np.array(["", "", "", "自相交,已修复", ""], dtype=object),
        crs="EPSG:4527",
        source="/home/someone/sites.gpkg",
        fingerprint="cd" * 32,
    )


def said(zh: str, en: str) -> Message:
    """Return a message that exists in both languages, for text that a check would say."""
    return _Said(zh, en)  # type: ignore[return-value]


class _Said:
    def __init__(self, zh: str, en: str) -> None:
        self.texts = {"zh": zh, "en": en}

    def text(self, language: str = "en") -> str:
        return self.texts[language]


def _verdict_rows() -> list[dict[str, Any]]:
    reasons = (
        (
            "prohibited",
            "W1",
            said(
                "该地块占用饮用水水源保护区(东溪水源一级区)52,340.12 平方米。",
                "The site takes 52,340.12 m² of a first-class water source zone (东溪水源一级区).",
            ),
            2,
        ),
        (
            "restricted",
            "R2",
            said(
                "该地块占用生态保护红线(北山红线)1.50 平方米。",
                "The site takes 1.50 m² of the red line (北山红线).",
            ),
            1,
        ),
        (
            "study",
            "C1",
            said(
                "该地块距海岸线(砂质岸线)612.40 米。",
                "The site is 612.40 m from the coastline (砂质岸线).",
            ),
            1,
        ),
        (
            "no_data",
            "",
            said(
                "生态保护红线在该地块 37.50 % 的范围内未填图。",
                "The red line is not mapped over 37.50 % of the site.",
            ),
            0,
        ),
        (
            "clear",
            "",
            said("在已加载图层范围内未发现冲突。", "No conflict was found in the layers loaded."),
            0,
        ),
    )
    sites = build_sites()
    return [
        {
            "site_id": SITE_IDS[number],
            "name": NAMES[number],
            "verdict": verdict,
            "deciding_rule": rule,
            "reason": reason,
            "area_ellipsoid_m2": AREA,
            "area_planar_m2": AREA + 347.7,
            "planar_crs": "EPSG:4527",
            "declared_area_m2": sites.declared_area_m2[number],
            "unmapped_share": 0.375 if number == 3 else 0.0,
            "repaired": sites.repaired[number],
            "findings": count,
        }
        for number, (verdict, rule, reason, count) in enumerate(reasons)
    ]


def _layer_row(site: str, layer: LayerEntry, status: str, **more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"mapped_pct": 100.0, "hits": 0, "overlap_pct": 0.0}
    if status == "no_hit":
        known |= {
            "overlap_area_m2": 0.0,
            "nearest_m": 1234.567,
            "nearest_id": f"{layer.id}-9",
            "nearest_name": "最近的对象",
            "nearest_bearing_deg": 312.4,
            "within_500_m": 0,
            "within_1000_m": 2,
        }
    return {
        "site_id": site,
        "layer_id": layer.id,
        "role": layer.role,
        "status": status,
        **known,
        **more,
    }


def _layer_rows() -> list[dict[str, Any]]:
    special: dict[tuple[str, str], dict[str, Any]] = {
        ("S-01", "water"): {
            "status": "hit",
            "overlap_area_m2": 52_340.12,
            "overlap_pct": 4.6623,
            "hits": 2,
        },
        ("S-01", "redline"): {
            "status": "hit",
            "overlap_area_m2": 0.38,
            "overlap_pct": 3.4e-5,
            "hits": 1,
        },
        ("S-01", "coast"): {
            "status": "hit",
            "overlap_area_m2": 0.0,
            "overlap_length_m": 230.456,
            "hits": 1,
        },
        ("S-02", "redline"): {
            "status": "hit",
            "overlap_area_m2": 1.5,
            "overlap_pct": 1.3e-4,
            "hits": 1,
        },
        ("S-04", "redline"): {
            "status": "partly_mapped",
            "mapped_pct": 62.5,
            "nearest_m": 88.0,
            "nearest_id": "R9",
            "nearest_name": "北山红线",
        },
    }
    rows = []
    for site in SITE_IDS:
        for layer in CATALOGUE.layers:
            usual = {"units": "hit", "farmland": "not_mapped", "outfall": "not_loaded"}
            given = dict(special.get((site, layer.id), {"status": usual.get(layer.id, "no_hit")}))
            if layer.id == "units":
                given |= {"overlap_area_m2": AREA, "overlap_pct": 100.0, "hits": 1}
            if layer.id == "risk":
                given |= {"raster_min": 1.0, "raster_mean": 1.75, "raster_max": 3.0}
            if layer.id in ("farmland", "outfall"):
                given |= {"mapped_pct": NAN}
            rows.append(_layer_row(site, layer, **given))
    return rows


def _hit_rows() -> tuple[list[dict[str, Any]], list[shapely.Geometry]]:
    rows: list[dict[str, Any]] = [
        # a fifth of the site in the first-class zone, and the second-class zone around it
        {
            "site_id": "S-01",
            "layer_id": "water",
            "feature_id": "W-7",
            "feature_name": "东溪水源一级区",
            "relation": "overlaps",
            "overlap_area_m2": 52_340.12,
            "overlap_pct_site": 4.6623,
            "overlap_pct_feature": 61.2,
            "distance_m": 0.0,
            "bearing_deg": 45.0,
            "kind": "real",
        },
        {
            "site_id": "S-01",
            "layer_id": "water",
            "feature_id": "W-8",
            "feature_name": "东溪水源二级区",
            "relation": "overlaps",
            "overlap_area_m2": 12_000.0,
            "overlap_pct_site": 1.0689,
            "overlap_pct_feature": 2.0,
            "distance_m": 0.0,
            "bearing_deg": 90.0,
            "kind": "narrow",
        },
        # a sliver along the red line
        {
            "site_id": "S-01",
            "layer_id": "redline",
            "feature_id": "R-1",
            "feature_name": '<北山>红线 & "核心"',
            "relation": "overlaps",
            "overlap_area_m2": 0.38,
            "overlap_pct_site": 3.4e-5,
            "overlap_pct_feature": 1e-7,
            "distance_m": 0.0,
            "bearing_deg": 0.0,
            "kind": "sliver",
        },
        # a coastline through the site
        {
            "site_id": "S-01",
            "layer_id": "coast",
            "feature_id": "C-3",
            "feature_name": "人工岸线",
            "relation": "crosses",
            "overlap_length_m": 230.456,
            "overlap_pct_feature": 0.4,
            "distance_m": 0.0,
            "kind": "real",
        },
        {
            "site_id": "S-02",
            "layer_id": "redline",
            "feature_id": "R-1",
            "feature_name": "北山红线",
            "relation": "overlaps",
            "overlap_area_m2": 1.5,
            "overlap_pct_site": 1.3e-4,
            "overlap_pct_feature": 1e-6,
            "distance_m": 0.0,
            "bearing_deg": 350.0,
            "kind": "narrow",
        },
    ]
    rows += [
        {
            "site_id": site,
            "layer_id": "units",
            "feature_id": f"ZH{number}",
            "feature_name": "海湾重点管控单元",
            "relation": "within",
            "overlap_area_m2": AREA,
            "overlap_pct_site": 100.0,
            "overlap_pct_feature": 8.2,
            "distance_m": 0.0,
            "bearing_deg": 180.0,
            "kind": "real",
        }
        for number, site in enumerate(SITE_IDS)
    ]
    line = shapely.LineString([(118.10, 24.505), (118.11, 24.506)])
    shapes = [
        square(118.10, 24.50, 0.002),
        square(118.105, 24.50, 0.001),
        square(118.1, 24.509, 1e-5),
    ]
    return rows, [*shapes, line, square(118.12, 24.50, 1e-4), *SITE_SHAPES]


def _finding_rows() -> list[dict[str, Any]]:
    w1 = {
        "site_id": "S-01",
        "rule_id": "W1",
        "layer_id": "water",
        "verdict": "prohibited",
        "citation": said(
            "《生态环境法典》第319条(2026-08-15 起施行)",
            "《生态环境法典》第319条 (in force since 2026-08-15)",
        ),
        "advice": said("避让。", "Keep out."),
    }
    return [
        {
            **w1,
            "feature_id": "W-7",
            "message": said(
                "该地块占用饮用水水源保护区(东溪水源一级区)52,340.12 平方米:一级区内的建设项目。",
                "The site takes 52,340.12 m² of a water source zone (东溪水源一级区).",
            ),
            "margin": said("52,340.12 平方米,有占用即适用", "52,340.12 m², any overlap counts"),
        },
        {
            "site_id": "S-01",
            "rule_id": "C1",
            "layer_id": "coast",
            "feature_id": "C-3",
            "verdict": "study",
            "message": said(
                "该地块距海岸线(人工岸线)0.00 米。", "The site is 0.00 m from the coastline."
            ),
            "citation": said("2026-11-23 无有效依据", "no basis in force on 2026-11-23"),
            "margin": said(
                "在 1,000 米限值以内 1,000.00 米", "1,000.00 m inside the limit of 1,000 m"
            ),
        },
        {
            "site_id": "S-02",
            "rule_id": "R2",
            "layer_id": "redline",
            "feature_id": "R-1",
            "verdict": "restricted",
            "message": said(
                "该地块占用生态保护红线(北山红线)1.50 平方米。",
                "The site takes 1.50 m² of the red line.",
            ),
            "citation": said(
                "《生态环境法典》第60条(2026-08-15 起施行,待核)",
                "《生态环境法典》第60条 (in force since 2026-08-15, unverified)",
            ),
            "advice": said("论证。", "Justify."),
        },
        {
            "site_id": "S-03",
            "rule_id": "C1",
            "layer_id": "coast",
            "feature_id": "C-1",
            "verdict": "study",
            "message": said(
                "该地块距海岸线(砂质岸线)612.40 米。", "The site is 612.40 m from the coastline."
            ),
            "citation": said("2026-11-23 无有效依据", "no basis in force on 2026-11-23"),
            "margin": said("在 1,000 米限值以内 387.60 米", "387.60 m inside the limit of 1,000 m"),
        },
    ]


def _gap_rows() -> list[dict[str, Any]]:
    gaps = [
        {
            "site_id": "*",
            "what": "layer:outfall",
            "why": said(
                "无法读取 /data/outfall.gpkg:文件不存在。",
                "/data/outfall.gpkg cannot be read: there is no such file.",
            ),
        },
        {
            "site_id": "*",
            "what": "rule:R9",
            "why": said(
                "目录中没有角色为 reserve 的图层。",
                "The catalogue has no layer of the role reserve.",
            ),
        },
        {
            "site_id": "S-04",
            "what": "layer:redline",
            "why": said(
                "生态保护红线在该地块 37.50 % 的范围内未填图。",
                "The red line is not mapped over 37.50 % of the site.",
            ),
        },
    ]
    return gaps + [
        {
            "site_id": site,
            "what": "layer:farmland",
            "why": said(
                "未说明永久基本农田的填图范围,未查到不等于不存在。",
                "Where 永久基本农田 is mapped is not stated.",
            ),
        }
        for site in SITE_IDS
    ]


def build_assessment() -> Assessment:
    """Return an assessment of five sites with messages that are not yet text."""
    classes = [
        {
            "site_id": "S-03",
            "layer_id": "risk",
            "value": value,
            "label": label,
            "share_pct": 100 / 3,
            "area_m2": AREA / 3,
        }
        for value, label in ((1.0, "低"), (2.0, "较低"), (3.0, "较高"))
    ]
    hits, shapes = _hit_rows()
    run = {
        "eco_onemap.version": "0.1.0",
        "as_of": "2026-11-23",
        "layer.redline.features": "431",
        "layer.redline.sha256": "0123456789abcdef" * 4,
    }
    return Assessment(
        sites=build_sites(),
        catalogue=CATALOGUE,
        packs=(PACK,),
        options=Options(as_of=AS_OF, rings_m=RINGS),
        site_verdict=table("site_verdict", schema.SITE_VERDICT, _verdict_rows(), SITE_SHAPES),
        site_layer=table("site_layer", schema.site_layer_columns(RINGS), _layer_rows()),
        hit=table("hit", schema.HIT, hits, shapes),
        finding=table("finding", schema.FINDING, _finding_rows()),
        not_evaluated=table("not_evaluated", schema.NOT_EVALUATED, _gap_rows()),
        raster_class=table("raster_class", schema.RASTER_CLASS, classes),
        run=table("run", schema.RUN, [{"key": k, "value": v} for k, v in run.items()]),
    )
