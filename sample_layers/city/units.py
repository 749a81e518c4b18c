# SPDX-License-Identifier: GPL-2.0-or-later
"""Control units, which tile land and sea, and the list of what each of them admits."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

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

DIMENSIONS = ("空间布局约束", "污染物排放管控", "环境风险防控", "资源开发效率要求")

LIST_COLUMNS = (
    "list_id", "level", "scope_code", "dimension", "sub_dimension", "clause_no", "clause_text",
    "restrict_type", "industries", "activities", "limits", "doc_title", "doc_no",
    "issue_date", "effective_from", "effective_to",
)  # fmt: skip

LIST_SOURCE = (
    "海湾市生态环境准入清单（虚构数据）", "海虚政〔2024〕12号", "2024-06-30", "2024-07-01", "",
)  # fmt: skip


def access_list(units: Layer) -> list[tuple[str, ...]]:
    """Return the rows of the list of access requirements: of the province, the city, each unit.

    ``clauses.csv`` holds the (invented) clauses; those of units are given by class.
    """
    clauses = _clauses()
    found = [(clause, clause["scope"]) for clause in clauses if clause["level"] != "单元"]
    for _, values in units.rows:
        code, unit_class = values[0], values[2]
        found += [(clause, code) for clause in clauses if clause["scope"] == unit_class]
    used: Counter[tuple[str, str]] = Counter()
    rows = []
    for number, (clause, scope) in enumerate(found, 1):
        dimension = clause["dimension"]
        used[scope, dimension] += 1
        clause_no = f"{DIMENSIONS.index(dimension) + 1}-{used[scope, dimension]}"
        rows.append((
            f"QD{number:05d}", clause["level"], scope, dimension, clause["sub_dimension"],
            clause_no, clause["text"], clause["restrict_type"], clause["industries"],
            clause["activities"], clause["limits"], *LIST_SOURCE,
        ))  # fmt: skip
    return rows


def _clauses() -> list[dict[str, str]]:
    path = Path(__file__).with_name("clauses.csv")
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))
