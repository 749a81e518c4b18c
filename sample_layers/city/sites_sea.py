# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines of the sites on the coast and at sea."""

from __future__ import annotations

from typing import Any

from city.ground import Ground
from city.sites import Shapes

ACROSS_COAST: dict[str, Any] = {
    "meet": "natural coast",
    "allow": "coast,setback,unit,county,fields",
}


def sea_sites(ground: Ground) -> Shapes:
    """Return the sites on the coast and at sea."""
    return {**_shore(ground), **_open_sea(ground)}


def _shore(ground: Ground) -> Shapes:
    stations = [(-250.0, 0.0), (0.0, 20.0), (250.0, -10.0)]
    strip: dict[str, Any] = {"inside": {"setback": 4}, "clearance": {"coast": 15}}
    return {
        "P55": ground.lot("P55", (118.625, 24.527), 150, 110, **ACROSS_COAST),
        "P56": ground.lot("P56", (118.570, 24.534), 60, 40, allow="unit,county,fields", **strip),
        "L05": ground.way("L05", stations, (118.575, 24.440), **ACROSS_COAST),
    }


def _open_sea(ground: Ground) -> Shapes:
    port: dict[str, Any] = {
        "inside": {"key sea": 150, "sea": 300},
        "clearance": {"red": 1200, "reserve": 1200},
    }
    red: dict[str, Any] = {"inside": {"red": 300, "sea": 300}, "allow": "priority,unit"}
    pure: dict[str, Any] = {"inside": {"function 1": 100, "sea": 300}, "clearance": {"red": 800}}
    return {
        "P57": ground.lot("P57", (118.440, 24.345), 320, 240, inside={"sea": 300}, allow="unit"),
        "P58": ground.lot("P58", (118.560, 24.352), 180, 140, allow="unit", **port),
        "T01": ground.spot((118.716, 24.452), **red),
        "T07": ground.spot((118.765, 24.545), allow="unit", **pure),
        "T06": ground.spot((118.655, 24.435), inside={"hole": 150, "sea": 300}, allow="unit"),
    }
