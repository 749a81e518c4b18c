# SPDX-License-Identifier: GPL-2.0-or-later
"""Boundary point files made of squares, to be changed by tests."""

from __future__ import annotations

from collections.abc import Iterable

HEADER = {
    "格式版本号": "1.01",
    "坐标系": "2000国家大地坐标系",
    "几度分带": "3",
    "投影类型": "高斯克吕格",
    "计量单位": "米",
    "带号": "39",
    "精度": "0.001",
    "转换参数": "0,0,0,0,0,0,0",
}

NORTH, EAST = 2_711_000.0, 39_611_000.0

Row = tuple[str, str, float, float]


def square(ring: object, south: float, west: float, side: float, closed: bool = True) -> list[Row]:
    """Return the rows of a square whose south-west corner is *south*, *west* of the origin."""
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return [
        (f"J{number}", str(ring), NORTH + south + north, EAST + west + east)
        for number, (north, east) in enumerate(corners[: 5 if closed else 4], start=1)
    ]


def parcel(rows: Iterable[Row], number: str = "1", name: str = "地块", **changes: str) -> str:
    """Return a parcel line and its rows."""
    rows = list(rows)
    values = {"points": str(len(rows)), "hectares": "1.5", "shape": "面", "use": "工业用地"}
    values |= changes
    line = "{points},{hectares},{number},{name},{shape},,{use},,@".format(
        number=number, name=name, **values
    )
    return "\n".join([line, *(f"{p},{r},{x:.3f},{y:.3f}" for p, r, x, y in rows)])


def boundary_file(*parcels: str, **header: str) -> str:
    """Return a whole file; a header key given as "" is left out."""
    keys = {**HEADER, **header}
    lines = [f"{key}={value}" for key, value in keys.items() if value]
    return "\n".join(["[属性描述]", *lines, "[地块坐标]", *parcels]) + "\n"
