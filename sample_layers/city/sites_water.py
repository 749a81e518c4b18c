# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines of the sites at drinking-water sources."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from city.ground import Ground
from city.guides import Point
from city.noise import Floats
from city.sites import Shapes

RIVER: Point = (118.330, 24.505)
RESERVOIR: Point = (118.336, 24.692)
UPSTREAM: Point = (118.318, 24.535)

IN_SECOND: dict[str, Any] = {
    "inside": {"zone2": 15},
    "allow": "priority,zone3,unit",
    "clearance": {"zone1": 60, "red": 250, "basic": 20},
}


def water_sites(ground: Ground) -> Shapes:
    """Return the sites at drinking-water sources."""
    return {**_first_zone(ground), **_second_zone(ground), **_third_zone(ground), **_beside(ground)}


def _first_zone(ground: Ground) -> Shapes:
    where: dict[str, Any] = {
        "inside": {"zone1": 4},
        "allow": "priority,zone2,zone3,unit",
        "clearance": {"red": 100, "lake": 5},
    }
    in_lake = {**where, "inside": {"zone1": 10, "lake": 15}}
    return {
        "P01": ground.lot("P01", RESERVOIR, 110, 80, **where),
        "P02": ground.lot("P02", RESERVOIR, 45, 30, **where),
        "T02": ground.spot(RESERVOIR, **in_lake),
    }


def _second_zone(ground: Ground) -> Shapes:
    stations = [(-1700.0, -500.0), (-600.0, 100.0), (500.0, -150.0), (1700.0, 450.0)]
    part = ground.lot("P10", RIVER, 100, 60, **IN_SECOND)
    beside = ground.lot("P10 beside", (118.372, 24.505), 120, 80, clearance={"red": 400})
    return {
        "P03": ground.lot("P03", RIVER, 130, 90, **IN_SECOND),
        "P04": ground.lot("P04", RIVER, 90, 70, **IN_SECOND),
        "P05": ground.lot("P05", RIVER, 80, 70, **IN_SECOND),
        "P09": _corner_clip(ground),
        "P10": shapely.union_all([part, beside]),
        "T03": ground.spot(RIVER, **IN_SECOND),
        "L02": ground.way(
            "L02",
            stations,
            (118.330, 24.495),
            meet="zone2",
            allow="priority,zone3,unit,fields,poor fields,sensitive",
            clearance={"zone1": 400, "red": 150, "basic": 10},
        ),
    }


def _third_zone(ground: Ground) -> Shapes:
    where: dict[str, Any] = {
        "allow": "zone3,unit,fields,county",
        "clearance": {"red": 250, "zone2": 60, "priority": 30},
    }
    return {
        "P06": ground.lot("P06", UPSTREAM, 160, 120, meet="rim of zone3", **where),
        "P07": ground.lot("P07", UPSTREAM, 90, 70, inside={"zone3": 10}, **where),
    }


def _beside(ground: Ground) -> Shapes:
    far = {"sensitive": 1200, "basic": 1200, "river": 1200}
    former: dict[str, Any] = {"inside": {"former": 10}, "clearance": {"basic": 5}}
    return {
        "P08": ground.lot("P08", (118.595, 24.615), 90, 70, allow="unit,fields", **former),
        "P11": ground.lot("P11", (118.395, 24.555), 120, 90, clearance=far),
    }


def _corner_clip(ground: Ground) -> shapely.Geometry:
    """Return a square whose corner enters the well field's second zone by half a square metre.

    A right-angled corner that enters a straight edge by d metres covers d² square metres.
    """
    zone = max(shapely.get_parts(ground.things["zone2"]), key=lambda part: part.centroid.x)
    ring = shapely.get_coordinates(shapely.orient_polygons(zone).exterior)
    for start, end in pairwise(ring):
        inward = np.array([start[1] - end[1], end[0] - start[0]]) / np.hypot(*(end - start))
        square = _square((start + end) / 2 + 0.5**0.5 * inward, inward, 90.0)
        overlap = shapely.intersection(square, zone).area
        if abs(overlap - 0.5) < 2e-3 and not shapely.intersects(ground.things["fields"], square):
            return ground.take(square)
    raise LookupError("no straight stretch of the zone's edge for the clipped corner")


def _square(tip: Floats, inward: Floats, side_m: float) -> shapely.Polygon:
    """Return a square of *side_m* metres whose corner *tip* points along *inward*."""
    back, aside = side_m * 0.5**0.5 * inward, side_m * 0.5**0.5 * np.array([-inward[1], inward[0]])
    corners = [tip, tip - back + aside, tip - 2 * back, tip - back - aside]
    return shapely.Polygon(np.round(corners, 3))
