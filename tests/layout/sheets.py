# SPDX-License-Identifier: GPL-2.0-or-later
"""Sheets made up word by word, for placing."""

from __future__ import annotations

import shapely

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.page_frame import Drawn
from eco_onemap.layout.paper import Paper
from eco_onemap.layout.sheet import (
    ImprintField,
    LayerRow,
    LegendEntry,
    LegendGroup,
    Sheet,
)

A4 = Paper()


def entries(count: int, text: str = "饮用水水源保护区 一级") -> tuple[LegendEntry, ...]:
    return tuple(LegendEntry("water", number, f"{text}{number}") for number in range(count))


def rows(count: int) -> tuple[LayerRow, ...]:
    return tuple(
        LayerRow(Verdict.STUDY, "核", f"图层{number}", "要素", "距 12.00 m")
        for number in range(count)
    )


def sheet(**words) -> Sheet:
    known = {
        "site_id": "S-1",
        "language": "zh",
        "title": "滨江化工项目选址生态环境风险图",
        "subtitle": "虚构市生态环境一张图 | 编号 S-1",
        "secrecy": "内部资料 注意保存",
        "fiction": "虚构数据",
        "verdict": Verdict.PROHIBITED,
        "verdict_word": "禁止",
        "reason": "R1 该地块占用生态保护红线。",
        "basis": "依据:《生态环境法典》第60条",
        "table_head": ("涉及图层", "要素", "重叠 / 距离"),
        "table": rows(3),
        "legend_title": "图例",
        "legend": (LegendGroup("项目范围内", entries(3)), LegendGroup("图幅内其他", entries(4))),
        "scale_text": "比例尺 1:25000",
        "crs_note": "2000国家大地坐标系(CGCS2000) / 高斯-克吕格3度带 中央经线117°\n公里网间隔 1 km",
        "detail_caption": "项目放大图 1:5000",
        "locator_caption": "位置示意图",
        "sources_head": "数据来源:",
        "sources": ("生态保护红线(2024)", "环境管控单元(2023)"),
        "separator": ";",
        "warnings": "未能绘制:湿地。",
        "notes": "规则包:cn 2026.11\n本图由用户自备数据计算,仅供前期研究。",
        "imprint": (
            ImprintField("制图单位", "海湾市环境科学研究院有限公司"),
            ImprintField("制图人", "王一"),
            ImprintField("制图日期", "2026-11-29"),
            ImprintField("审图号", ""),
        ),
    }
    return Sheet(**{**known, **words})


def drawn_at(
    x_mm: float, y_mm: float, width_mm: float, height_mm: float, paper: Paper = A4
) -> Drawn:
    """Drawn: a site at a place of the map (from its upper left corner), and a ring around it."""
    west, north = paper.map.x_mm + x_mm, paper.map.y_mm + y_mm
    site = shapely.box(west, north, west + width_mm, north + height_mm)
    return Drawn(paper.map, site, (), (site.buffer(20).boundary,))


MIDDLE = drawn_at(80, 60, 20, 20)
