# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines of the sites that meet nothing, lie where data are missing, or are hard to read."""

from __future__ import annotations

from typing import Any

import shapely

from city.ground import Ground
from city.plane import to_degrees, to_plane
from city.shapes import lot
from city.sites import Shapes


def general_sites(ground: Ground) -> Shapes:
    """Return the remaining sites."""
    return {**_clear(ground), **_facts(ground), **_unmapped(ground), **_limits(ground)}


def _clear(ground: Ground) -> Shapes:
    stations = [(-2000.0, -300.0), (-700.0, 200.0), (800.0, -150.0), (2000.0, 350.0)]
    seam: dict[str, Any] = {"meet": "seam of units", "allow": "unit"}
    return {
        "P60": ground.lot("P60", (118.465, 24.615), 420, 330),
        "P61": ground.lot("P61", (118.500, 24.625), 380, 260, meet="meridian"),
        "P62": ground.lot("P62", (118.470, 24.600), 140, 110, **seam),
        "P69": ground.lot("P69", (118.535, 24.612), 220, 180),
        "T04": ground.spot((118.470, 24.600)),
        "L01": ground.way(
            "L01",
            stations,
            (118.380, 24.500),
            meet="county",
            allow="unit,fields",
            clearance={"basic": 15, "red": 900, "reserve": 900},
        ),
    }


def _facts(ground: Ground) -> Shapes:
    village: dict[str, Any] = {
        "meet": "near people",
        "clearance": {"sensitive": 35, "basic": 600},
    }
    hillside: dict[str, Any] = {
        "inside": {"eco space": 15},
        "allow": "priority,unit",
        "clearance": {"red": 700, "reserve": 900},
    }
    return {
        "P66": ground.lot("P66", (118.375, 24.458), 80, 60, **hillside),
        "P67": ground.lot("P67", (118.560, 24.605), 90, 70, **village),
        "P68": ground.lot("P68", (118.440, 24.590), 60, 45, inside={"nofuel": 60}, allow="unit"),
    }


def _unmapped(ground: Ground) -> Shapes:
    west: dict[str, Any] = {"inside": {"west": 150}, "clearance": {"red": 1000, "reserve": 1000}}
    east: dict[str, Any] = {"inside": {"unmapped": 500}}
    return {
        "P50": ground.lot("P50", (118.735, 24.648), 110, 90, allow="unit", **east),
        "P53": ground.lot("P53", (118.245, 24.478), 90, 70, allow="unit", **west),
    }


def _limits(ground: Ground) -> Shapes:
    limit: dict[str, Any] = {"meet": "limit", "clearance": {"red": 900}}
    middle = shapely.get_coordinates(to_plane(shapely.Point(118.150, 24.560)))[0]
    return {
        "P63": shapely.MultiPolygon(),
        "P64": to_degrees(lot("P64", middle, 160, 120)),
        "P65": ground.lot("P65", (118.612, 24.762), 180, 140, allow="outside,county,unit", **limit),
        "P70": None,
    }
