# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites on contaminated or suspected land, and on farmland."""

from __future__ import annotations

import shapely

from city.ground import Ground
from city.sites import Site

HOUSES = "new building sensitive_receptor urban_construction"

LISTED = "列入建设用地土壤污染风险管控和修复名录的地块，不得作为居住、公共管理与公共服务用地（法典第456条）。"


def soil_sites(ground: Ground) -> list[Site]:
    """Return the sites on land with a past."""
    return [
        *_listed(ground), *_in_time(ground), *_without_outline(ground), *_suspected(ground),
        *_ring(ground), *_fields(ground),
    ]  # fmt: skip


def _over(ground: Ground, parcel: str, margin_m: float) -> shapely.Geometry:
    """Return the parcel's outline widened (or narrowed) by *margin_m*, its corners kept sharp."""
    wide = shapely.buffer(ground.things[parcel], margin_m, join_style="mitre")
    return ground.take(shapely.transform(wide, lambda points: points.round(3)))


def _listed(ground: Ground) -> list[Site]:
    return [
        Site("P40", "名录在册地块上的住宅", _over(ground, "汐城原电镀厂地块", 12), HOUSES,
             "覆盖正在修复的名录地块，规划为居住用地。", "prohibited", "S1", LISTED, use="residential",
             industry="K7010 房地产开发经营"),
        Site("P41", "未达修复目标地块上的厂房", _over(ground, "砂屿港原油库地块", -12), "new building",
             "在名录地块内，未达到风险管控目标，新建与修复无关的厂房。", "prohibited", "S2",
             "未达目标的地块禁止开工建设任何与风险管控、修复无关的项目（法典第461条）。"),
        Site("P42", "名录在册地块的修复工程", _over(ground, "汐北原印染厂地块", 5), "new soil_remediation",
             "名录地块上的修复项目本身，用地仍为工业。", "clear", "",
             "第461条只禁止与风险管控、修复无关的项目；第456条不涉及工业用地；其他图层不涉及。",
             industry="N7726 土壤污染治理与修复服务"),
    ]  # fmt: skip


def _in_time(ground: Ground) -> list[Site]:
    return [
        Site("P43", "名录已移出地块上的学校", _over(ground, "汐城原制革厂地块", 6), "new building sensitive_receptor",
             "地块 2025-06-30 已移出名录，但效果评估按第二类用地（工业）进行，现规划为学校。", "study", "S3",
             "移出时评估的用途不如现用途严格，须重新开展土壤污染状况调查与风险评估。", use="public",
             industry="P8321 普通小学教育"),
        Site("P44", "移出日期晚于评价日的地块上的住宅", _over(ground, "汐北原农药分装厂地块", 8), HOUSES,
             "地块的移出日期是 2026-12-31，评价基准日 2026-11-23 时仍在名录。", "prohibited", "S1", LISTED,
             use="residential", industry="K7010 房地产开发经营"),
    ]  # fmt: skip


def _without_outline(ground: Ground) -> list[Site]:
    at_point = shapely.buffer(ground.things["汐北原危废暂存点（点位）"], 45, quad_segs=2)
    at_point = ground.take(shapely.transform(at_point, lambda points: points.round(3)))
    nameless = ground.lot("P46", (118.462, 24.592), 110, 90, allow="unit")
    return [
        Site("P45", "压住名录点位的住宅", at_point, HOUSES,
             "名录中该地块只有点位，点位在用地之内。", "prohibited", "S1", LISTED, use="residential",
             industry="K7010 房地产开发经营"),
        Site("P46", "无几何名录：原海湾农药厂地块（只有四至）", nameless, HOUSES,
             "用地名称与名录中只有名称和四至、没有图形的一行相同，无法用图形判断。", "study", "S1",
             "名录按地块名称生效；没有边界时不能判无冲突，须到主管部门核实四至。", use="residential"),
    ]  # fmt: skip


def _suspected(ground: Ground) -> list[Site]:
    return [
        Site("P47", "关停电镀厂原址改建住宅", _over(ground, "汐城关停电镀厂原址", 10), HOUSES,
             "关停企业原址（疑似污染地块）规划变更为居住用地。", "restricted", "S4",
             "用途变更为居住、公共用地前应当进行土壤污染状况调查（法典第454条）。", use="residential",
             industry="K7010 房地产开发经营"),
        Site("P48", "疑似地块上用途不明的项目", _over(ground, "汐北关停印染厂原址", -8), "new building",
             "关停企业原址，规划用途没有填写。", "study", "S4",
             "是否需要先调查取决于规划用途和土地处置方式，事实缺失。", use="", stage=""),
    ]  # fmt: skip


def _ring(ground: Ground) -> list[Site]:
    parcel = ground.things["汐北原焦化厂地块"]
    outer = shapely.buffer(parcel, 95, join_style="mitre")
    hollow = shapely.difference(outer, shapely.buffer(parcel, 30, join_style="mitre"))
    hollow = ground.take(shapely.transform(hollow, lambda points: points.round(3)))
    return [
        Site("P49", "带洞用地：洞内是名录地块", hollow, "new building",
             "用地环绕名录地块，洞的边界距地块 30 m，与地块不重叠。", "clear", "",
             "名录地块在用地的洞内，不属于用地；其他图层不涉及。"),
    ]  # fmt: skip


def _fields(ground: Ground) -> list[Site]:
    on_basic = {"allow": "fields,unit"}
    bow = shapely.Polygon([(-60, -40), (60, 40), (60, -40), (-60, 40)])
    bow_tie = ground.take(ground.find(bow, (118.605, 24.600), inside={"basic": 8}, **on_basic))
    plant = ground.lot("P51", (118.570, 24.625), 130, 100, inside={"basic": 8}, **on_basic)
    houses = ground.lot("P52", (118.460, 24.452), 70, 50, inside={"strict fields": 5}, allow="fields,poor fields,unit",
                        clearance={"red": 900, "reserve": 600, "coast": 300})  # fmt: skip
    return [
        Site("P51", "永久基本农田上的厂房", plant, "new building", "整块位于永久基本农田内。", "prohibited", "F1",
             "永久基本农田任何单位和个人不得擅自占用或者改变用途（法典第766条；土地管理法第35条）。"),
        Site("P52", "严格管控类耕地上的住宅", houses, HOUSES, "位于严格管控类耕地（非永久基本农田）。", "study", "F3",
             "严格管控类耕地转为居住用途，须先调查土壤污染状况。", use="residential"),
        Site("P54", "自相交（蝴蝶结）用地", bow_tie, "new building",
             "图形自相交，修复成两个三角形后仍全部在永久基本农田内。", "prohibited", "F1",
             "修复后的图形占用永久基本农田（法典第766条）；须要求重报界址点。"),
    ]  # fmt: skip
