# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites on the coast and at sea."""

from __future__ import annotations

from city.ground import Ground
from city.sites import Site

AT_SHORE = {"allow": "coast,setback,unit,county,fields"}


def sea_sites(ground: Ground) -> list[Site]:
    """Return the sites on the coast and at sea."""
    return [*_shore(ground), *_at_sea(ground), *_points(ground)]


def _shore(ground: Ground) -> list[Site]:
    quay = ground.lot("P55", (118.625, 24.527), 150, 110, meet="natural coast", **AT_SHORE)
    hotel = ground.lot("P56", (118.570, 24.534), 60, 40, inside={"setback": 4}, allow="unit,county,fields",
                       clearance={"coast": 15})  # fmt: skip
    pipe = ground.way("L05", [(-250.0, 0.0), (0.0, 20.0), (250.0, -10.0)], (118.575, 24.440),
                      meet="natural coast", **AT_SHORE)  # fmt: skip
    return [
        Site("P55", "占用自然岸线的码头", quay, "new coastal_project sea_project",
             "用地一半在陆、一半在海，跨越自然岸线。", "restricted", "C1",
             "禁止违法占用、损害自然岸线（法典第739条）；是否合法取决于岸线审批，须先论证和办理。", use="transport",
             industry="G5532 货运港口"),
        Site("P56", "海岸退缩线内的酒店", hotel, "new building coastal_project",
             "整块位于 200 m 退缩线控制带内，不占岸线。", "restricted", "C2",
             "海岸建筑退缩线内的建筑物按地方规划控制（法典第739条）。", use="commercial", industry="H6110 旅游饭店"),
        Site("L05", "排水管道穿越自然岸线", pipe, "new linear coastal_project outfall discharges_pollutants",
             "管道从陆地穿过砂屿西侧自然岸线伸入海中。", "restricted", "C1",
             "占用自然岸线须办理审批（法典第739条），入海排口另须论证备案（第348条）。", use="utilities"),
    ]  # fmt: skip


def _at_sea(ground: Ground) -> list[Site]:
    fill = ground.lot("P57", (118.440, 24.345), 320, 240, inside={"sea": 300}, allow="unit")
    yard = ground.lot("P58", (118.560, 24.352), 180, 140, inside={"key sea": 150, "sea": 300}, allow="unit",
                      clearance={"red": 1200, "reserve": 1200})  # fmt: skip
    return [
        Site("P57", "填海造地", fill, "new reclamation sea_project", "全部在海域，不在红线、保护地和重点海域内。",
             "prohibited", "C6", "除国家重大战略项目外，全面停止新增围填海项目审批（国发〔2018〕24号）。",
             use="industrial"),
        Site("P58", "重点海域内的修船厂", yard, "new sea_project coastal_project discharges_pollutants",
             "位于砂屿港高风险重点海域控制区内。", "restricted", "Z4",
             "重点海域控制区域内采取特别管控措施（法典第45条）。", industry="C3735 船舶修理"),
    ]  # fmt: skip


def _points(ground: Ground) -> list[Site]:
    outfall = ground.spot((118.716, 24.452), inside={"red": 300, "sea": 300}, allow="priority,unit")
    first = ground.spot((118.765, 24.545), inside={"function 1": 100, "sea": 300}, allow="unit",
                        clearance={"red": 800})  # fmt: skip
    buoy = ground.spot((118.655, 24.435), inside={"hole": 150, "sea": 300}, allow="unit")
    return [
        Site("T01", "红线海域内的工业排污口", outfall, "new outfall industrial_outfall discharges_pollutants sea_project",
             "澜角外重要渔业水域红线内新设工业排污口。", "prohibited", "R6",
             "生态保护红线区域禁止新设工业排污口和城镇污水集中处理设施排污口（法典第349条）。", use="utilities"),
        Site("T07", "一类海域内的养殖尾水排口", first, "new outfall aquaculture discharges_pollutants",
             "位于一类近岸海域环境功能区、红线和保护地之外，非工业非城镇排口。", "study", "C3",
             "一类区水质要求最严（GB 3097-1997），新设排口须科学论证（法典第348条）。", use="water",
             industry="A0411 海水养殖"),
        Site("T06", "海域风险栅格缺测区的浮标", buoy, "new sea_project",
             "位于海域风险栅格没有数值的地方，其他图层不涉及。", "no_data", "",
             "风险栅格在此处没有数据，不能判无冲突。", use="public"),
    ]  # fmt: skip
