# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as 界址点 TXT files, the way that surveyors hand them in."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from city.ground import Ground
from city.plane import ellipsoid_area_m2, to_degrees
from city.shapes import lot

ZONE = 39

HEADER = [
    "[属性描述]", "格式版本号=1.01", "数据产生单位=海湾市虚构测绘有限公司",
    "数据产生日期=2026-11-20",
    "坐标系=2000国家大地坐标系", "几度分带=3", "投影类型=高斯克吕格", "计量单位=米", f"带号={ZONE}",
    "精度=0.001", "转换参数=,,,,,,", "[地块坐标]",
]  # fmt: skip


@dataclass(frozen=True)
class Plot:
    """A parcel of a TXT file; *shape* in metres without zone number."""

    number: str
    name: str
    use: str
    shape: shapely.Polygon


def factory(ground: Ground) -> bytes:
    """Return a factory with a hole (a substation) in a second protection zone, GB18030, CRLF."""
    where = {
        "allow": "priority,zone3,unit,taken",
        "clearance": {"zone1": 60, "red": 250, "basic": 20},
    }
    outer = ground.find(
        lot("txt factory", (0.0, 0.0), 170, 130), (118.322, 24.515), {"zone2": 10}, **where
    )
    inner = lot("txt factory hole", shapely.get_coordinates(shapely.centroid(outer))[0], 30, 22)
    plot = Plot("1", "砂河二级保护区内的厂区（虚构）", "工业用地", shapely.difference(outer, inner))
    ground.take(outer)
    return _text([plot]).encode("gb18030")


def two_parcels(ground: Ground) -> bytes:
    """Return two parcels, one of them on listed land, UTF-8 with byte-order mark, CRLF."""
    clear = ground.find(lot("txt clear", (0.0, 0.0), 150, 110), (118.520, 24.622))
    ground.take(clear)
    listed = shapely.buffer(ground.things["汐北原蓄电池厂地块"], 10, join_style="mitre")
    listed = shapely.transform(listed, lambda points: points.round(3))
    plots = [
        Plot("2026-01", "不涉及任何图层的地块（虚构）", "工业用地", clear),
        Plot("2026-02", "压名录地块的居住用地（虚构）", "居住用地", listed),
    ]
    return _text(plots).encode("utf-8-sig")


def _text(plots: list[Plot]) -> str:
    lines, first = list(HEADER), 1
    for plot in plots:
        rows, first = _rows(plot.shape, first)
        area_ha = ellipsoid_area_m2(to_degrees(shapely.segmentize(plot.shape, 10.0))) / 1e4
        head = (len(rows), f"{area_ha:.4f}", plot.number, plot.name, "面", "", plot.use, "", "@")
        lines += [",".join(map(str, head)), *rows]
    return "\r\n".join(lines) + "\r\n"


def _rows(shape: shapely.Polygon, first: int) -> tuple[list[str], int]:
    """Return the vertex rows (point, ring, northing, easting) and the next free point number."""
    rows: list[str] = []
    for ring, line in enumerate([shape.exterior, *shape.interiors], 1):
        points = shapely.get_coordinates(line)
        numbers = [first + k for k in range(len(points) - 1)]
        first += len(numbers)
        for number, (x, y) in zip([*numbers, numbers[0]], points, strict=True):
            rows.append(f"J{number},{ring},{y:.3f},{ZONE * 1_000_000 + x:.3f}")
    return rows, first
