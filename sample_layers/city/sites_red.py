# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines of the sites in the ecological red line, in reserves and in wetlands."""

from __future__ import annotations

from typing import Any

from city.ground import Ground
from city.sites import Shapes

IN_RED: dict[str, Any] = {
    "inside": {"red on land": 25},
    "allow": "red,priority,unit,enclave",
    "clearance": {"reserve": 300, "county": 60},
}

ON_TIDAL_FLAT: dict[str, Any] = {
    "inside": {"wetland": 3, "sea": 3},
    "allow": "unit,county,unmapped",
    "clearance": {"coast": 4, "setback": 4, "red": 900},
}


def red_sites(ground: Ground) -> Shapes:
    """Return the sites in red line, reserves and wetlands."""
    stations = [(-1500.0, -200.0), (-400.0, 150.0), (600.0, -100.0), (1500.0, 250.0)]
    return {
        "P20": ground.lot("P20", (118.470, 24.755), 220, 180, **IN_RED),
        "P21": ground.lot("P21", (118.460, 24.765), 40, 30, **IN_RED),
        "P22": ground.lot("P22", (118.480, 24.770), 90, 70, **IN_RED),
        "P28": ground.lot("P28", (118.570, 24.720), 100, 80, **IN_RED),
        "P29": ground.lot("P29", (118.500, 24.705), 180, 150, **IN_RED),
        "L03": ground.way(
            "L03",
            stations,
            (118.600, 24.720),
            meet="red on land",
            allow="red,priority,unit,fields,poor fields,sensitive",
            clearance={"basic": 10, "county": 50, "reserve": 300},
        ),
        **_reserves(ground),
        **_wetlands(ground),
    }


def _reserves(ground: Ground) -> Shapes:
    core: dict[str, Any] = {"inside": {"core": 60}, "clearance": {"county": 60}}
    park: dict[str, Any] = {"inside": {"park": 25}, "clearance": {"red": 120}}
    return {
        "P23": ground.lot(
            "P23", (118.300, 24.592), 70, 50, allow="red,reserve,priority,unit", **core
        ),
        "P30": ground.lot("P30", (118.428, 24.420), 60, 45, allow="reserve,priority,unit", **park),
    }


def _wetlands(ground: Ground) -> Shapes:
    return {
        "P31": ground.lot("P31", (118.698, 24.591), 60, 40, **ON_TIDAL_FLAT),
        "P33": ground.lot("P33", (118.676, 24.532), 70, 60, **ON_TIDAL_FLAT),
        "P32": ground.lot("P32", (118.566, 24.612), 60, 45, inside={"wetland": 10}, allow="unit"),
    }
