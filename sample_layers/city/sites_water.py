# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites at drinking-water sources."""

from __future__ import annotations

import shapely

from city.ground import Ground
from city.guides import Point
from city.sites import Site

RIVER: Point = (118.330, 24.505)
RESERVOIR: Point = (118.336, 24.692)

IN_SECOND = {"allow": "priority,zone3,unit", "clearance": {"zone1": 60, "red": 250, "basic": 20}}


def water_sites(ground: Ground) -> list[Site]:
    """Return the sites at drinking-water sources."""
    return [
        *_first_zone(ground), *_second_zone(ground), *_second_zone_unclear(ground), *_third_zone(ground),
        *_beside(ground), *_points_and_lines(ground),
    ]  # fmt: skip


def _first_zone(ground: Ground) -> list[Site]:
    near = {"red": 100, "lake": 5, "zone2": 0}
    where = {"inside": {"zone1": 4}, "allow": "priority,zone2,zone3,unit", "clearance": near}
    plant = ground.lot("P01", RESERVOIR, 110, 80, **where)
    pump = ground.lot("P02", RESERVOIR, 45, 30, **where)
    return [
        Site("P01", "一级保护区内的化工厂", plant,
             "new building chemical discharges_pollutants hazardous_substances soil_pollution_risk groundwater_risk",
             "整块用地位于云坪水库一级保护区陆域内，新建化工厂，与供水无关。", "prohibited", "W1",
             "一级保护区内禁止新建、改建、扩建与供水设施和保护水源无关的建设项目（法典第319条）。",
             industry="C2614 有机化学原料制造"),
        Site("P02", "一级保护区内的取水泵站", pump, "new building water_supply source_protection",
             "同一一级保护区内的供水设施，例外事实已写明；所在单元为优先保护单元。", "study", "Z1",
             "供水设施不在第319条禁止之列；但位于优先保护单元，须逐条对照准入清单（法典第67条）。",
             use="utilities", industry="D4610 自来水生产和供应"),
    ]  # fmt: skip


def _second_zone(ground: Ground) -> list[Site]:
    where = {"inside": {"zone2": 15}, **IN_SECOND}
    return [
        Site("P03", "二级保护区内的电镀厂", ground.lot("P03", RIVER, 130, 90, **where),
             "new building discharges_pollutants", "砂河二级保护区内新建排放污染物的工厂。",
             "prohibited", "W2", "二级保护区内禁止新建、改建、扩建排放污染物的建设项目（法典第320条）。",
             industry="C3360 金属表面处理"),
        Site("P04", "二级保护区内不排污的仓库", ground.lot("P04", RIVER, 90, 70, **where),
             "new building", "同一二级保护区内的仓库，写明不排放污染物。", "restricted", "W2b",
             "不排放污染物的项目不在第320条第一款禁止之列，但须按规定采取措施并经主管部门核实。",
             use="storage", industry="G5990 其他仓储业"),
    ]  # fmt: skip


def _second_zone_unclear(ground: Ground) -> list[Site]:
    where = {"inside": {"zone2": 15}, **IN_SECOND}
    return [
        Site("P05", "二级保护区内排污情况不明的加工厂", ground.lot("P05", RIVER, 80, 70, **where),
             "new building", "是否排放污染物既未写明也未否认。", "study", "W2",
             "第320条是否适用取决于是否排污，事实缺失，须补充后再判断。",
             industry="C1391 淀粉及淀粉制品制造", unknown="discharges_pollutants"),
        Site("P09", "压二级区一角 0.5 平方米的车间", _corner_clip(ground), "new building discharges_pollutants",
             "正方形用地的一角伸入地下水二级保护区约 0.71 m，重叠约 0.5 m²，其余在区外。", "study", "W2",
             "重叠小于 1 m²，在测绘误差之内，不能据此判禁止，也不能判无冲突，须实地核实边界。"),
        Site("P10", "多部件用地：一块在二级区", _two_parts(ground, where), "expand building discharges_pollutants",
             "一宗两块：一块在普通地段，另一块在二级保护区内。", "prohibited", "W2",
             "任一部分位于二级保护区即受第320条约束。", industry="C1352 肉制品及副产品加工"),
    ]  # fmt: skip


def _two_parts(ground: Ground, where: dict) -> shapely.Geometry:
    inside = ground.lot("P10", RIVER, 100, 60, **where)
    other = ground.lot("P10 second part", (118.372, 24.505), 120, 80, clearance={"red": 400})
    return shapely.union_all([inside, other])


def _corner_clip(ground: Ground) -> shapely.Geometry:
    """Return a square whose corner enters the well field's second zone by sqrt(1/2) m."""
    zone = max(shapely.get_parts(ground.things["zone2"]), key=_eastward)
    ring = shapely.get_coordinates(shapely.orient_polygons(zone).exterior)
    for start, end in zip(ring[:-1], ring[1:], strict=True):
        along = (end - start) / max(1e-9, float(shapely.Point(start).distance(shapely.Point(end))))
        inward = [-along[1], along[0]]
        tip = (start + end) / 2 + 0.5**0.5 * shapely.get_coordinates(shapely.Point(inward))[0]
        square = _square_with_corner(tip, inward, 90.0)
        overlap = shapely.intersection(square, zone).area
        if abs(overlap - 0.5) < 1e-6 and not shapely.intersects(ground.things["fields"], square):
            return ground.take(shapely.transform(square, lambda points: points.round(3)))
    raise LookupError("no straight stretch of the zone's edge for the clipped corner")


def _eastward(polygon: shapely.Polygon) -> float:
    return polygon.centroid.x


def _square_with_corner(tip, inward: list[float], side: float) -> shapely.Polygon:
    """Return a square of *side* metres whose corner *tip* points along *inward*."""
    half = side * 0.5**0.5
    (x, y), (u, v) = tip, inward
    back, aside = (x - half * u, y - half * v), (-v * half, u * half)
    return shapely.Polygon([
        tip, (back[0] + aside[0], back[1] + aside[1]), (x - 2 * half * u, y - 2 * half * v),
        (back[0] - aside[0], back[1] - aside[1]),
    ])  # fmt: skip


def _third_zone(ground: Ground) -> list[Site]:
    hint = (118.318, 24.535)
    edge = {
        "meet": "rim of zone3",
        "allow": "zone3,unit,fields,county",
        "clearance": {"red": 250, "zone2": 100, "priority": 30},
    }
    inner = {
        "inside": {"zone3": 10},
        "allow": "unit,fields,county",
        "clearance": {"red": 250, "zone2": 60, "priority": 30},
    }
    return [
        Site("P06", "准保护区边缘的造纸厂扩建", ground.lot("P06", hint, 160, 120, **edge),
             "expand building discharges_pollutants heavy_water_pollution increases_discharge",
             "用地跨在准保护区外缘上，一部分在区内，对水体污染严重。", "prohibited", "W3",
             "准保护区内禁止新建、扩建对水体污染严重的建设项目（法典第321条）。", industry="C2221 机制纸及纸板制造"),
        Site("P07", "准保护区内不增加排污的改建", ground.lot("P07", hint, 90, 70, **inner),
             "rebuild building discharges_pollutants", "准保护区内改建，写明不增加排污量、非严重污染。",
             "restricted", "W3b", "改建不得增加排污量（法典第321条），须核定排污量后办理。", industry="C1511 酒精制造"),
    ]  # fmt: skip


def _beside(ground: Ground) -> list[Site]:
    former = {"inside": {"former": 10}, "allow": "unit,fields", "clearance": {"basic": 5}}
    return [
        Site("P08", "已撤销水源保护区内的食品厂", ground.lot("P08", (118.595, 24.615), 90, 70, **former),
             "new building discharges_pollutants", "只落在 2022 年已撤销的澜溪旧水源保护区内。", "clear", "",
             "已撤销的保护区不再具有法律效力（目录以 ZT='现行' 过滤），其他图层均不涉及。",
             industry="C1439 其他方便食品制造"),
        Site("P11", "取水口 10 千米内的危化品仓库", ground.lot("P11", (118.395, 24.555), 120, 90),
             "new building hazardous_substances", "不在任何保护区内，但距砂河取水口不足 10 km，贮存危险化学品。",
             "study", "W5", "可能影响取水口，须按 HJ 169-2018 开展环境风险评价；直线距离不分上下游。", use="storage",
             industry="G5942 危险化学品仓储"),
    ]  # fmt: skip


def _points_and_lines(ground: Ground) -> list[Site]:
    in_lake = {
        "inside": {"zone1": 10, "lake": 15},
        "allow": "priority,zone2,zone3,unit",
        "clearance": {"red": 100},
    }
    crossing = {
        "meet": "zone2",
        "allow": "priority,zone3,unit,fields,poor fields,sensitive",
        "clearance": {"zone1": 60, "red": 150, "basic": 10},
    }
    stations = [(-1700.0, -500.0), (-600.0, 100.0), (500.0, -150.0), (1700.0, 450.0)]
    return [
        Site("T02", "一级保护区内的新取水口", ground.spot(RESERVOIR, **in_lake), "new water_supply source_protection",
             "一级保护区水域内的取水口，属供水设施。", "study", "Z1",
             "供水设施不受第319条限制；位于优先保护单元，须对照准入清单。", use="water"),
        Site("T03", "二级保护区内的排污口", ground.spot(RIVER, inside={"zone2": 15}, **IN_SECOND),
             "new outfall discharges_pollutants", "砂河二级保护区内设置排污口（点）。", "prohibited", "W4",
             "在饮用水水源保护区内，禁止设置排污口（法典第318条）。", use="utilities"),
        Site("L02", "穿越二级保护区的输油管道", ground.way("L02", stations, (118.330, 24.495), **crossing),
             "new linear hazardous_substances", "约 3.6 km 管线，一段穿过砂河二级保护区，写明不排放污染物。",
             "restricted", "W2b", "不排污的线性工程不在第320条第一款禁止之列，须论证避让并采取防泄漏措施。",
             use="utilities", industry="G5720 陆地管道运输"),
    ]  # fmt: skip
