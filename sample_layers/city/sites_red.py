# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites in the ecological red line, in reserves and in wetlands."""

from __future__ import annotations

from city.ground import Ground
from city.sites import Site

IN_RED = {
    "inside": {"red on land": 25},
    "allow": "red,priority,unit,enclave",
    "clearance": {"reserve": 300, "county": 60},
}

RED_LINE_LAW = "生态保护红线内，自然保护地核心保护区外，禁止开发性、生产性建设活动（自然资发〔2022〕142号、法典第60条）。"


def red_sites(ground: Ground) -> list[Site]:
    """Return the sites in red line, reserves and wetlands."""
    return [
        *_prohibited(ground), *_by_procedure(ground), *_unclear(ground), *_reserves(ground),
        *_wetlands(ground), *_line(ground),
    ]  # fmt: skip


def _prohibited(ground: Ground) -> list[Site]:
    quarry = ground.lot("P20", (118.470, 24.755), 220, 180, **IN_RED)
    landfill = ground.lot("P29", (118.500, 24.705), 180, 150, **IN_RED)
    return [
        Site("P20", "红线内的采石场", quarry, "new production_development mining",
             "整块位于鹤岭水源涵养红线内的生产性项目。", "prohibited", "R2", RED_LINE_LAW,
             use="industrial", industry="B1011 石灰石、石膏开采"),
        Site("P29", "红线内的生活垃圾填埋场", landfill, "new landfill discharges_pollutants soil_pollution_risk",
             "公益性生活垃圾填埋场，写明不属开发性、生产性项目，位于红线内。", "prohibited", "R5",
             "生态保护红线区域内禁止建设生活垃圾填埋场（法典第481条）。", use="utilities",
             industry="N7820 环境卫生管理"),
    ]  # fmt: skip


def _by_procedure(ground: Ground) -> list[Site]:
    station = ground.lot("P21", (118.460, 24.765), 40, 30, **IN_RED)
    substation = ground.lot("P22", (118.480, 24.770), 90, 70, **IN_RED)
    return [
        Site("P21", "红线内的护林防火站", station, "new building limited_activity",
             "红线内的管护设施，属有限人为活动。", "restricted", "R3",
             "142号允许的有限人为活动，须由县级政府出具认定意见。", use="public", industry="A0521 森林经营和管护"),
        Site("P22", "红线内的国家重大变电工程", substation, "new building national_major",
             "红线内的国家重大项目，写明非开发性生产性、非有限人为活动。", "restricted", "R4",
             "国家重大项目须作不可避让论证，经省级政府出具意见后报批（142号第二部分）。", use="utilities",
             industry="D4420 电力供应"),
    ]  # fmt: skip


def _unclear(ground: Ground) -> list[Site]:
    shape = ground.lot("P28", (118.570, 24.720), 100, 80, **IN_RED)
    return [
        Site("P28", "红线内性质不明的项目", shape, "new building",
             "位于红线内，是否开发性生产性、有限人为活动或国家重大项目均未说明。", "study", "R2",
             "红线内能否建设取决于项目性质，事实缺失，须补充。",
             unknown="production_development limited_activity national_major", use=""),
    ]  # fmt: skip


def _reserves(ground: Ground) -> list[Site]:
    core = ground.lot("P23", (118.300, 24.592), 70, 50, inside={"core": 60}, allow="red,reserve,priority,unit",
                      clearance={"county": 60})  # fmt: skip
    park = ground.lot("P30", (118.428, 24.420), 60, 45, inside={"park": 25}, allow="reserve,priority,unit",
                      clearance={"red": 120})  # fmt: skip
    return [
        Site("P23", "核心保护区内的旅游木屋", core, "new building production_development",
             "位于岚岭省级自然保护区核心保护区，也在红线内。", "prohibited", "R1",
             "红线内自然保护地核心保护区原则上禁止人为活动（142号第一部分；自然保护区规则 N1 同）。", use="commercial",
             industry="H6130 民宿服务"),
        Site("P30", "森林公园内的民宿", park, "new building production_development",
             "位于青屏山省级森林公园（一般控制区）内、红线外。", "restricted", "N2",
             "自然公园按一般控制区管理，严格限制人为活动（法典第861条）。", use="commercial", industry="H6130 民宿服务"),
    ]  # fmt: skip


def _wetlands(ground: Ground) -> list[Site]:
    tidal = {"inside": {"wetland": 3, "sea": 3}, "allow": "unit,county,unmapped"}
    near = {"clearance": {"coast": 4, "setback": 4, "red": 900}}
    jetty = ground.lot("P31", (118.698, 24.591), 60, 40, **tidal, **near)
    mill = ground.lot("P33", (118.676, 24.532), 70, 60, **tidal, **near)
    park = ground.lot("P32", (118.566, 24.612), 60, 45, inside={"wetland": 10}, allow="unit")
    return [
        Site("P31", "红树林里的栈道码头", jetty, "new sea_project coastal_project",
             "全部位于澜湾红树林湿地（海域，红线外）。", "prohibited", "N7",
             "禁止占用红树林湿地，国家重大、防灾减灾项目经评估除外（湿地保护法第34条）。", use="transport"),
        Site("P33", "国家重要湿地内的风电基础", mill, "new sea_project production_development",
             "全部位于澜角滩涂国家重要湿地（红线外）。", "prohibited", "N5",
             "禁止占用国家重要湿地，所列例外项目除外（湿地保护法第19条）。", use="utilities", industry="D4415 风力发电"),
        Site("P32", "一般湿地上的停车场", park, "new building", "全部位于澜溪塘一般湿地内。", "restricted", "N6",
             "建设项目应当避让湿地，无法避让的须征求主管部门意见（湿地保护法第19条）。", use="transport"),
    ]  # fmt: skip


def _line(ground: Ground) -> list[Site]:
    stations = [(-1500.0, -200.0), (-400.0, 150.0), (600.0, -100.0), (1500.0, 250.0)]
    line = ground.way("L03", stations, (118.600, 24.720), meet="red on land", allow="red,priority,unit,fields,poor fields,sensitive",
                      clearance={"basic": 10, "county": 50, "reserve": 300})  # fmt: skip
    return [
        Site("L03", "穿越红线的输电线路", line, "new linear limited_activity",
             "约 3 km 线路，一段穿过红线，写明属必须且无法避让的线性基础设施。", "restricted", "R3",
             "必须且无法避让的线性基础设施属142号允许的有限人为活动，须取得认定意见。", use="utilities",
             industry="D4420 电力供应"),
    ]  # fmt: skip
