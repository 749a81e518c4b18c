# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites that meet nothing, lie where data are missing, or are hard to read."""

from __future__ import annotations

import numpy as np
import shapely

from city.ground import Ground
from city.plane import to_degrees, to_plane
from city.shapes import lot
from city.sites import Site

NOTHING = "各图层均已填图且不涉及，项目事实齐全。"


def general_sites(ground: Ground) -> list[Site]:
    """Return the remaining sites."""
    return [
        *_clear(ground), *_clear_special(ground), *_lines_and_points(ground), *_facts(ground),
        *_unmapped(ground), *_limits(ground), *_without_geometry(),
    ]  # fmt: skip


def _clear(ground: Ground) -> list[Site]:
    park = ground.lot("P60", (118.465, 24.615), 420, 330)
    across = ground.find(lot("P61", (0.0, 0.0), 380, 260), (118.500, 24.625), meet="meridian")
    plane_m2 = round(shapely.area(across), 2)
    seam = ground.lot("P62", (118.560, 24.600), 140, 110, meet="seam of units", allow="unit")
    return [
        Site("P60", "各层都不涉及的工业园", park, "new building discharges_pollutants", NOTHING, "clear", "",
             "没有规则被触发；只表示在已加载数据范围内未发现冲突。", industry="C3963 智能消费设备制造"),
        Site("P61", "跨 3 度带的项目", ground.take(across), "new building",
             "用地跨东经 118.5°，一半在 39 带、一半在 40 带；申报面积为 39 带平面面积。", "clear", "",
             "与分带无关，各图层不涉及。", declared_m2=plane_m2),
        Site("P62", "压控制单元公共边界的厂房", seam, "new building",
             "跨在重点管控单元和一般管控单元的公共边界上，两侧单元之间没有缝隙。", "clear", "",
             "两个单元合计覆盖全部用地，不缺数据；重点、一般单元本身不构成结论，须逐条对照清单。"),
    ]  # fmt: skip


def _clear_special(ground: Ground) -> list[Site]:
    yard = ground.lot("P69", (118.535, 24.612), 220, 180)
    true_m2 = shapely.area(to_plane(yard))
    return [
        Site("P69", "申报面积与图形不符的物流园", yard, "new building", "申报面积比图形面积大约 10%。", "clear", "",
             "面积不符不影响选址结论，须提示核对申报面积。", use="storage", industry="G5950 谷物、棉花等农产品仓储",
             declared_m2=round(1.1 * true_m2, 2)),
    ]  # fmt: skip


def _lines_and_points(ground: Ground) -> list[Site]:
    stations = [(-2000.0, -300.0), (-700.0, 200.0), (800.0, -150.0), (2000.0, 350.0)]
    road = ground.way("L01", stations, (118.400, 24.480), meet="county", allow="unit,fields,poor fields,sensitive",
                      clearance={"basic": 15, "red": 900, "reserve": 900})  # fmt: skip
    mast = ground.spot((118.470, 24.600))
    return [
        Site("L01", "跨两区县的公路", road, "new linear", "约 4 km，跨汐城区与砂屿区边界，不涉及其他图层的禁限要求。",
             "clear", "", "没有规则被触发；跨行政区须另行会商。", use="transport", industry="E4812 公路工程建筑"),
        Site("T04", "通信铁塔", mast, "new", NOTHING, "clear", "", "没有规则被触发。", use="utilities",
             industry="I6319 其他电信服务"),
    ]  # fmt: skip


def _facts(ground: Ground) -> list[Site]:
    plating = ground.lot(
        "P67",
        (118.560, 24.605),
        90,
        70,
        meet="near people",
        clearance={"sensitive": 35, "basic": 600},
    )
    boiler = ground.lot("P68", (118.440, 24.590), 60, 45, inside={"nofuel": 60}, allow="unit")
    works = ground.lot("P66", (118.375, 24.458), 80, 60, inside={"eco space": 15}, allow="priority,unit",
                       clearance={"red": 700, "reserve": 900})  # fmt: skip
    return [
        Site("P66", "一般生态空间内的农产品加工厂", works, "new building", "位于优先保护单元（一般生态空间），红线之外。",
             "study", "Z1", "优先保护单元内须逐条对照准入清单的空间布局约束（法典第67条）。",
             industry="C1371 蔬菜加工"),
        Site("P67", "紧邻村庄的电镀厂", plating, "new building soil_pollution_risk",
             "可能造成土壤污染的项目，距村庄不足 130 m。", "study", "S5",
             "居民住宅区等周边禁止新建可能造成土壤污染的项目（法典第427条）；“周边”没有法定距离，须核实。",
             industry="C3360 金属表面处理"),
        Site("P68", "禁燃区内的燃煤锅炉房", boiler, "new building high_pollution_fuel",
             "位于汐城中心城高污染燃料禁燃区。", "prohibited", "A1",
             "禁燃区内禁止新建、扩建燃用高污染燃料的设施（法典第207条）。", use="utilities", industry="D4430 热力生产和供应"),
    ]  # fmt: skip


def _unmapped(ground: Ground) -> list[Site]:
    houses = ground.lot("P50", (118.735, 24.648), 110, 90, inside={"unmapped": 500}, allow="unit")
    store = ground.lot("P53", (118.245, 24.478), 90, 70, inside={"west": 150}, allow="unit",
                       clearance={"red": 1000, "reserve": 1000})  # fmt: skip
    return [
        Site("P50", "未填图县的住宅", houses, "new building sensitive_receptor urban_construction",
             "澜东县没有土壤污染名录数据，其他图层不涉及。", "no_data", "",
             "名录是必需图层，在此未填图，不能判无冲突。", use="residential", industry="K7010 房地产开发经营"),
        Site("P53", "西部未填图区的仓库", store, "new building", "耕地土壤类别在西部未填图，其他图层不涉及。", "no_data", "",
             "有规则要用耕地土壤类别，此处没有数据，不能判无冲突。", use="storage", industry="G5990 其他仓储业"),
    ]  # fmt: skip


def _limits(ground: Ground) -> list[Site]:
    half = ground.lot("P65", (118.612, 24.762), 180, 140, meet="limit", allow="outside,county,unit",
                      clearance={"red": 900})  # fmt: skip
    middle = shapely.get_coordinates(to_plane(shapely.Point(118.150, 24.560)))[0]
    beyond = to_degrees(lot("P64", middle, 160, 120))
    return [
        Site("P64", "区域外项目", beyond, "new building", "位于海湾市范围以外。", "no_data", "",
             "一张图没有覆盖该地，不能判断。"),
        Site("P65", "一半在区域外的项目", half, "new building", "跨海湾市外边界，区域外部分没有数据。", "no_data", "",
             "部分用地没有数据，不能判无冲突；区域内部分不涉及。"),
    ]  # fmt: skip


def _without_geometry() -> list[Site]:
    return [
        Site("P63", "空几何", shapely.MultiPolygon(), "new building", "图形存在但没有坐标（empty）。", "no_data", "",
             "没有位置，无法检查。"),
        Site("P70", "无图形记录", None, "new building", "属性齐全，图形为空值（NULL）。", "no_data", "",
             "没有位置，无法检查。", declared_m2=float(np.round(12000.0, 2))),
    ]  # fmt: skip
