# SPDX-License-Identifier: GPL-2.0-or-later
"""Control units, which tile land and sea, and the list of what each of them admits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from city import places
from city.model import City, Flags
from city.writing import Layer, Row
from city.zoned import hectares

CLASS_WORDS = {"1": "优先保护", "2": "重点管控", "3": "一般管控"}


@dataclass(frozen=True)
class Unit:
    """A control unit before it has its code."""

    prefix: str
    county: str
    unit_class: str
    name: str
    kind: str


def control_units(city: City) -> Layer:
    """Return the units: every face of the mosaic belongs to exactly one."""
    keys = _units(city)
    joined = city.mosaic.dissolve(np.ones(len(keys), dtype=bool), keys)
    used: dict[str, int] = {}
    rows: list[Row] = []
    for unit, shape in joined.items():
        stem = f"{unit.prefix}{unit.county}{unit.unit_class}"
        used[stem] = used.get(stem, 0) + 1
        county = places.COUNTIES.get(unit.county, "海湾市")
        domain = "land" if unit.prefix == "ZH" else "sea"
        rows.append((shape, (
            f"{stem}{used[stem]:04d}", unit.name, unit.unit_class, domain, county, unit.kind,
            round(hectares(shape) / 100, 4),
        )))  # fmt: skip
    fields = {"HJGKDYBM": "str:13", "HJGKDYMC": "str:80", "ZHGKDYFL": "str:1", "HLSX": "str:8",
              "AREA": "str:40", "YXBHLX": "str:40", "MJ_KM2": "float"}  # fmt: skip
    return Layer("control_units", fields, rows)


def priority(city: City) -> Flags:
    """Return which faces are in a priority unit."""
    within = city.mosaic.within
    hillside = within("slope") | within("hill") | within("zone1") | within("zone2")
    land = (hillside | within("reserve")) & ~within("enclave")
    return city.red | np.where(city.land, land, within("reserve"))


def _units(city: City) -> list[Unit]:
    """Return the unit of each face."""
    first, within = priority(city), city.mosaic.within
    drinking = within("zone1") | within("zone2")
    labels = {name: labels.tolist() for name, labels in city.mosaic.labels.items()}
    return [
        _land_unit(labels, face, county, first[face], city.red[face], drinking[face])
        if county
        else _sea_unit(labels, face, first[face])
        for face, county in enumerate(city.county)
    ]


def _land_unit(
    labels: dict[str, list[int]], face: int, code: str, first: bool, red: bool, drinking: bool
) -> Unit:
    county = places.COUNTIES[code]
    if first:
        kind = "生态保护红线" if red else "饮用水水源保护区" if drinking else "一般生态空间"
        return Unit("ZH", code, "1", f"{county}{kind}优先保护单元", kind)
    if labels["built"][face] >= 0:
        built = places.BUILT[labels["built"][face]]
        return Unit("ZH", code, "2", f"{county}{built.name}重点管控单元", built.kind)
    part = places.CELLS[labels["cell"][face]][1]
    return Unit("ZH", code, "3", f"{county}{part}一般管控单元", "一般")


def _sea_unit(labels: dict[str, list[int]], face: int, first: bool) -> Unit:
    code = places.CITY_CODE
    if first:
        from_red = labels["sea_red"][face]
        name = SEA_PRIORITY[from_red if from_red >= 0 else 5]
        return Unit("HY", code, "1", f"{name}优先保护单元", "海洋生态空间")
    if labels["sea_key"][face] >= 0:
        built = places.SEA_KEY[labels["sea_key"][face]]
        return Unit("HY", code, "2", f"{built.name}重点管控单元", "海域")
    bay = places.SEA_RISKS[labels["risk"][face]].bay
    return Unit("HY", code, "3", f"{bay}一般管控单元", "海域")


SEA_PRIORITY = [
    "月汐湾红树林",
    "砂屿周边海域",
    "澜角外渔业水域",
    "澜礁海岛",
    "砂河口岸线",
    "其他海洋自然保护地",
]

CLAUSES: dict[str, list[tuple[str, str, str, str]]] = {
    "1": [
        ("空间布局约束", "禁止开发建设活动的要求", "禁止",
         "生态保护红线内，除法律法规和国家政策允许的有限人为活动外，禁止开发性、生产性建设活动。"),
        ("空间布局约束", "限制开发建设活动的要求", "限制",
         "一般生态空间内限制大规模工业化、城镇化开发，确需建设的应开展生态影响论证。"),
        ("污染物排放管控", "新增源排放标准限值", "禁止", "饮用水水源保护区内禁止新设排污口。"),
        ("环境风险防控", "企业环境风险防控", "禁止", "禁止新建贮存、使用危险化学品的项目。"),
        ("资源开发效率要求", "水资源利用", "限制", "保障河道生态流量，限制新增取水。"),
    ],
    "2": [
        ("空间布局约束", "限制开发建设活动的要求", "限制", "居住区与工业用地之间应留出防护距离。"),
        ("空间布局约束", "不符合空间布局要求活动的退出要求", "退出", "园区外的化工企业逐步退出或搬迁入园。"),
        ("污染物排放管控", "新增源等量或倍量替代", "限制", "新增化学需氧量、氨氮排放实行倍量替代。"),
        ("环境风险防控", "用地环境风险防控", "限制", "关停企业原址用途变更前应开展土壤污染状况调查。"),
        ("资源开发效率要求", "禁燃区要求", "禁止", "禁燃区内禁止新建、扩建燃用高污染燃料的设施。"),
    ],
    "3": [
        ("空间布局约束", "其他", "允许", "执行省级、市级总体准入要求。"),
        ("污染物排放管控", "现有源提标升级改造", "限制", "农村生活污水处理设施按期提标。"),
        ("环境风险防控", "其他", "限制", "畜禽养殖禁养区内不得新建养殖场。"),
        ("资源开发效率要求", "水资源利用", "限制", "推广节水灌溉。"),
    ],
}  # fmt: skip
"""Unit class to its clauses: dimension, sub-dimension, kind of limit, text (all invented)."""

GENERAL_CLAUSES = [
    ("省", "990000", "空间布局约束", "禁止开发建设活动的要求", "禁止", "严格执行生态保护红线管理规定。"),
    ("省", "990000", "污染物排放管控", "新增源排放标准限值", "限制", "新建项目执行最严格的地方排放标准。"),
    ("省", "990000", "环境风险防控", "联防联控", "限制", "建立流域上下游、海湾两岸联防联控机制。"),
    ("省", "990000", "资源开发效率要求", "水资源利用", "限制", "用水总量和强度双控。"),
    ("市", "990100", "空间布局约束", "限制开发建设活动的要求", "限制", "汐湾沿岸一公里内不再新布局化工项目。"),
    ("市", "990100", "污染物排放管控", "新增源等量或倍量替代", "限制", "汐湾汇水区内实行总氮总量控制。"),
    ("市", "990100", "环境风险防控", "园区", "限制", "沿海园区应建设事故应急池和三级防控体系。"),
    ("市", "990100", "资源开发效率要求", "能源利用", "限制", "新建项目单位产品能耗应达到先进值。"),
]  # fmt: skip

LIST_COLUMNS = (
    "list_id", "level", "scope_code", "dimension", "sub_dimension", "clause_no", "clause_text",
    "restrict_type", "industries", "doc_title", "doc_no", "issue_date", "effective_from",
    "effective_to",
)  # fmt: skip

LIST_SOURCE = (
    "海湾市生态环境准入清单（虚构数据）", "海虚政〔2024〕12号", "2024-06-30", "2024-07-01", "",
)  # fmt: skip


def access_list(units: Layer) -> list[tuple[str, ...]]:
    """Return the rows of the list of access requirements: of the province, the city, each unit."""
    rows = [
        (level, code, dimension, sub, text, limit)
        for level, code, dimension, sub, limit, text in GENERAL_CLAUSES
    ]
    for _, values in units.rows:
        clauses = CLAUSES[values[2]]
        rows += [("单元", values[0], dim, sub, text, limit) for dim, sub, limit, text in clauses]
    return [_numbered(number, row, rows) for number, row in enumerate(rows, 1)]


def _numbered(number: int, row: tuple[str, ...], rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return a row with its identifier and clause number (dimension, then place in it)."""
    level, code, dimension, sub, text, limit = row
    order = ["空间布局约束", "污染物排放管控", "环境风险防控", "资源开发效率要求"].index(
        dimension
    ) + 1
    before = sum(other[1:3] == row[1:3] for other in rows[: number - 1])
    clause = f"{order}-{before + 1}"
    return (f"QD{number:05d}", level, code, dimension, sub, clause, text, limit, "", *LIST_SOURCE)
