# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites at the very edge of the red line: they share it, leave 0.4 m, or cross by 5 cm."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from city.ground import Ground
from city.noise import Floats
from city.sites import Site

EDGES = 4
"""Edges of the red line that a site lies along."""

DEPTH_M = 70.0


def edge_sites(ground: Ground) -> list[Site]:
    """Return the sites along the edge of a village that the red line leaves out (天窗)."""
    stretches = _stretches(ground)
    shared, gap, sliver, line = (next(stretches) for _ in range(4))
    hole = ground.lot(
        "P24", (118.456, 24.656), 60, 45, inside={"enclave": 60}, allow="red,priority,unit"
    )
    return [
        *_polygons(ground, shared, gap, sliver),
        Site("P24", "红线空洞内的观测站", hole, "new building limited_activity",
             "位于红线天窗（空洞）内，四周都是红线，与红线不重叠。", "study", "R7",
             "不在红线内；紧邻红线，须核实边界并评估影响。", use="public", industry="M7461 环境保护监测"),
        Site("L04", "与红线边界共线的围栏线路", ground.take(shapely.linestrings(line)), "new linear",
             "线路与红线边界逐点重合，没有进入红线内部。", "study", "R7",
             "只与红线相接（≤ 1 mm），属边界核实事项，不作占用处理。", use="utilities"),
        Site("T05", "红线边界上的监测点", ground.take(shapely.Point(next(stretches)[2])), "new limited_activity",
             "点恰好落在红线边界的一个界址点上。", "study", "R7", "只与红线相接，须核实。", use="public"),
    ]  # fmt: skip


def _polygons(ground: Ground, shared: Floats, gap: Floats, sliver: Floats) -> list[Site]:
    touching = "production_development"
    return [
        Site("P25", "与红线共边但不重叠的仓库", ground.take(_beside(ground, shared)), f"new building {touching}",
             "一条边与红线边界完全相同（共用界址点），面积不重叠。", "study", "R7",
             "相接不是占用；紧邻红线须核实边界。", use="storage", industry="G5990 其他仓储业"),
        Site("P26", "隔红线 0.4 m 的厂房", ground.take(_along(ground, gap, 0.4)), f"new building {touching}",
             "一条边与红线边界平行，间距 0.4 m。", "study", "R7", "不重叠；距离在测绘和红线精度之内，须核实。"),
        Site("P27", "细条重叠红线 0.05 m 的厂房", ground.take(_along(ground, sliver, -0.05)), f"new building {touching}",
             "一条边越过红线边界 0.05 m，形成细条重叠。", "study", "R2",
             "细条宽度小于 0.1 m，在测绘误差之内，不据此判禁止，但必须核实。"),
    ]  # fmt: skip


def _stretches(ground: Ground) -> Iterator[Floats]:
    """Yield nearly straight stretches of the edge of the largest enclave, apart from each other."""
    enclave = max(shapely.get_parts(ground.things["enclave"]), key=lambda part: part.area)
    ring = shapely.get_coordinates(shapely.orient_polygons(enclave).exterior)[:-1]
    start = 0
    while start + EDGES < len(ring):
        stretch = ring[start : start + EDGES + 1]
        steps = np.hypot(*np.diff(stretch, axis=0).T)
        chord = np.hypot(*(stretch[-1] - stretch[0]))
        straight = chord > 0.96 * steps.sum() and steps.sum() > 80
        if straight and _fits(ground, enclave, stretch):
            yield stretch
            start += EDGES + 2
        else:
            start += 1
    raise LookupError("the enclave has too few straight stretches")


def _fits(ground: Ground, enclave: shapely.Polygon, stretch: Floats) -> bool:
    """Return whether the red line begins at the stretch and a lot has room inside it."""
    middles = shapely.points((stretch[:-1] + stretch[1:]) / 2)
    bordering = shapely.dwithin(ground.things["red"], middles, 1e-4).all()
    near, deep = (
        shapely.linestrings(stretch[[0, -1]] + depth * _inward(stretch))
        for depth in (6, DEPTH_M + 15)
    )
    return bool(bordering and shapely.contains(enclave, deep) and shapely.contains(enclave, near))


def _inward(stretch: Floats) -> Floats:
    """Return the unit vector to the left of a stretch, which is the enclave's inside."""
    along = stretch[-1] - stretch[0]
    return np.array([-along[1], along[0]]) / np.hypot(*along)


def _beside(ground: Ground, stretch: Floats) -> shapely.Polygon:
    """Return a lot that uses the stretch itself as one side."""
    site = shapely.Polygon([*stretch, *(stretch[[-1, 0]] + DEPTH_M * _inward(stretch)).round(3)])
    _check(ground, site, 0.0)
    return site


def _along(ground: Ground, stretch: Floats, gap_m: float) -> shapely.Polygon:
    """Return a lot one side of which runs *gap_m* inside the stretch (negative: beyond it)."""
    middle = np.vstack([stretch[:2].mean(axis=0), stretch[1:-1], stretch[-2:].mean(axis=0)])
    side = shapely.offset_curve(shapely.linestrings(middle), gap_m, join_style="mitre")
    points = shapely.get_coordinates(side).round(3)
    if (points[-1] - points[0]) @ (middle[-1] - middle[0]) < 0:
        points = points[::-1]
    site = shapely.Polygon([*points, *(points[[-1, 0]] + DEPTH_M * _inward(stretch)).round(3)])
    _check(ground, site, max(0.0, -gap_m) * shapely.length(shapely.linestrings(middle)))
    return site


def _check(ground: Ground, site: shapely.Polygon, overlap_m2: float) -> None:
    """Raise ValueError unless the site is sound and overlaps the red line by *overlap_m2*."""
    found = shapely.intersection(site, ground.things["red"]).area
    if not site.is_valid or abs(found - overlap_m2) > 0.02 + 0.02 * overlap_m2:
        raise ValueError(f"a site at the red line's edge overlaps {found} m², not {overlap_m2} m²")
