# SPDX-License-Identifier: GPL-2.0-or-later
"""The register of contaminated land and the list of suspected land: all plants are invented."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from city.ground import ORIGIN, Ground
from city.guides import Point
from city.plane import to_degrees
from city.shapes import lot
from city.writing import Layer, Row


@dataclass(frozen=True)
class Parcel:
    """A parcel of the register; *size_m* of 0 stands for a point, no *hint* for text only.

    stage: 调查, 风险评估, 风险管控, 修复, 效果评估 or 已移出. listed, removed: days as text.
    """

    name: str
    hint: Point | None
    size_m: float
    stage: str
    risk: str
    pollutants: str
    listed: str
    removed: str = ""
    use: str = "未定"
    reached: str = "否"
    batch: str = "2024年第一批"


REGISTER = [
    Parcel("汐城原电镀厂地块", (118.432, 24.585), 150, "修复", "高", "六价铬、镍", "2023-12-28"),
    Parcel("砂屿港原油库地块", (118.492, 24.402), 190, "风险管控", "中", "石油烃、苯", "2024-05-10"),
    Parcel("汐北原印染厂地块", (118.512, 24.607), 140, "修复", "中", "苯胺、锑", "2024-05-10"),
    Parcel("汐城原制革厂地块", (118.418, 24.570), 130, "已移出", "低", "铬", "2021-03-15", "2025-06-30", "第二类用地（工业）", "是", "2021年第一批"),
    Parcel("汐北原农药分装厂地块", (118.500, 24.588), 120, "效果评估", "中", "有机氯农药", "2022-09-01", "2026-12-31", "第一类用地（居住）", "是", "2022年第三批"),
    Parcel("汐北原焦化厂地块", (118.545, 24.590), 110, "修复", "高", "多环芳烃、苯", "2023-12-28"),
    Parcel("汐北原蓄电池厂地块", (118.536, 24.603), 130, "风险评估", "中", "铅", "2025-07-18", batch="2025年第七批"),
    Parcel("砂屿城区原造纸厂地块", (118.400, 24.392), 160, "修复", "中", "二噁英", "2024-11-20"),
    Parcel("岚溪原线路板厂地块", (118.422, 24.634), 110, "风险管控", "低", "铜、镍", "2025-01-06"),
    Parcel("岚溪原铅锌选矿厂地块", (118.405, 24.670), 140, "调查", "高", "铅、锌、镉", "2025-07-18", batch="2025年第七批"),
    Parcel("汐湾原炼油厂地块", (118.485, 24.440), 200, "风险管控", "高", "石油烃", "2023-12-28"),
    Parcel("汐城原铸造厂地块", (118.442, 24.566), 100, "已移出", "低", "铅", "2020-06-10", "2023-02-14", "第一类用地（居住）", "是", "2020年第二批"),
    Parcel("汐城原铅蓄电池厂（点位）", (118.424, 24.598), 0, "调查", "中", "铅", "2025-07-18", batch="2025年第七批"),
    Parcel("砂屿原加油站（点位）", (118.412, 24.380), 0, "风险评估", "低", "石油烃", "2025-01-06"),
    Parcel("汐北原危废暂存点（点位）", (118.558, 24.578), 0, "调查", "中", "重金属", "2026-03-20", batch="2026年第一批"),
    Parcel("原海湾农药厂地块", None, 0, "修复", "高", "有机磷农药", "2024-05-10"),
    Parcel("原汐江染料厂地块", None, 0, "风险评估", "中", "苯胺", "2025-01-06"),
    Parcel("原砂屿造船厂地块", None, 0, "调查", "中", "石油烃", "2026-03-20", batch="2026年第一批"),
    Parcel("原岚溪选矿堆场地块", None, 0, "风险管控", "高", "砷、铅", "2023-12-28"),
]  # fmt: skip

SUSPECTS: list[tuple[str, str, Point, float, str]] = [
    ("汐城关停电镀厂原址", "电镀", (118.437, 24.573), 110, "关停企业原址"),
    ("汐北关停印染厂原址", "印染", (118.497, 24.605), 120, "关停企业原址"),
    ("汐湾化工园制药厂", "化工（制药）", (118.478, 24.449), 180, "重点监管单位"),
    ("砂屿港皮革厂原址", "制革", (118.508, 24.388), 110, "关停企业原址"),
    ("砂屿城区造纸二厂", "造纸", (118.397, 24.380), 140, "重点监管单位"),
    ("岚溪铅蓄电池厂", "铅蓄电池制造", (118.428, 24.625), 120, "重点监管单位"),
    ("澜东冶炼厂", "有色金属冶炼", (118.750, 24.624), 160, "重点监管单位"),
    ("汐北搬迁化工厂原址", "化工", (118.541, 24.577), 150, "疑似污染地块"),
    ("澜东旧矿（点位）", "有色金属矿采选", (118.690, 24.665), 0, "疑似污染地块"),
    ("砂屿旧电镀点（点位）", "电镀", (118.420, 24.395), 0, "疑似污染地块"),
]  # fmt: skip
"""Name, one of the eight trades, place, size in metres (0 for a point), kind."""


def make_register(ground: Ground) -> Layer:
    """Return the register; polygons, points, and rows that give their bounds in words only."""
    rows: list[Row] = []
    for number, parcel in enumerate(REGISTER, 1):
        code = f"WR9901{number:03d}"
        shape = (
            None
            if parcel.hint is None
            else _placed(ground, parcel.name, parcel.hint, parcel.size_m)
        )
        if shape is not None:
            ground.put("soil", shape)
            ground.put(parcel.name, shape)
        rows.append((None if shape is None else to_degrees(shape), (code, *_values(parcel))))
    fields = {"DKBM": "str:16", "DKMC": "str:60", "DKDZ": "str:80", "SZ": "str:120", "SZJD": "str:20",
              "FXDJ": "str:4", "ZYWRW": "str:60", "LRRQ": "str:10", "YCRQ": "str:10", "PC": "str:30",
              "PGYT": "str:40", "SFDB": "str:4"}  # fmt: skip
    return Layer("soil_register", fields, rows, "Unknown")


def _values(parcel: Parcel) -> tuple[str | None, ...]:
    place = parcel.name.removeprefix("原")[:2]
    bounds = f"东至虚构路，南至{place}河，西至虚构厂围墙，北至{place}大道"
    return (
        parcel.name, f"海湾市（虚构）{place}片区", bounds, parcel.stage, parcel.risk, parcel.pollutants,
        parcel.listed, parcel.removed or None, parcel.batch, parcel.use, parcel.reached,
    )  # fmt: skip


def make_suspects(ground: Ground) -> Layer:
    """Return suspected parcels, supervised plants and sites of closed plants."""
    rows: list[Row] = []
    for number, (name, trade, hint, size_m, kind) in enumerate(SUSPECTS, 1):
        shape = _placed(ground, name, hint, size_m)
        ground.put("suspect", shape)
        ground.put(name, shape)
        rows.append((to_degrees(shape), (f"YS9901{number:03d}", name, trade, kind)))
    fields = {"DKBM": "str:16", "DKMC": "str:60", "HYLB": "str:30", "LX": "str:20"}
    return Layer("soil_suspect", fields, rows, "Unknown")


def _placed(ground: Ground, name: str, hint: Point, size_m: float) -> shapely.Geometry:
    """Return the parcel in the plane on free ground near *hint*; a point where it has no size."""
    shape = lot(name, ORIGIN, size_m or 60, 0.8 * (size_m or 60))
    clearance = {
        "soil": 500,
        "suspect": 500,
        "sensitive": 120,
        "basic": 120,
        "red": 600,
        "reserve": 600,
    }
    found = ground.find(shape, hint, clearance=clearance, allow="unmapped")
    return found if size_m else shapely.centroid(found)
