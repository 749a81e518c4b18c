# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines of the sites on contaminated or suspected land, and on farmland."""

from __future__ import annotations

from typing import Any

import shapely

from city.ground import Ground
from city.sites import Shapes

OVER_PARCELS = {
    "P40": ("汐城原电镀厂地块", 12),
    "P41": ("砂屿港原油库地块", -12),
    "P42": ("汐北原印染厂地块", 5),
    "P43": ("汐城原制革厂地块", 6),
    "P44": ("汐北原农药分装厂地块", 8),
    "P47": ("汐城关停电镀厂原址", 10),
    "P48": ("汐北关停印染厂原址", -8),
}
"""Site to the parcel that it covers, and by how many metres it is wider (or narrower)."""


def soil_sites(ground: Ground) -> Shapes:
    """Return the sites on land with a past."""
    return {
        **{site: _over(ground, *parcel) for site, parcel in OVER_PARCELS.items()},
        "P45": _around_point(ground),
        "P46": ground.lot("P46", (118.462, 24.592), 110, 90, allow="unit"),
        "P49": _ring(ground),
        **_fields(ground),
    }


def _over(ground: Ground, parcel: str, margin_m: float) -> shapely.Geometry:
    """Return the parcel's outline widened (or narrowed) by *margin_m*, its corners kept sharp."""
    wide = shapely.buffer(ground.things[parcel], margin_m, join_style="mitre")
    return ground.take(shapely.transform(wide, lambda points: points.round(3)))


def _around_point(ground: Ground) -> shapely.Geometry:
    wide = shapely.buffer(ground.things["汐北原危废暂存点（点位）"], 45, quad_segs=2)
    return ground.take(shapely.transform(wide, lambda points: points.round(3)))


def _ring(ground: Ground) -> shapely.Geometry:
    """Return a site with a hole, 30 m wider than the listed parcel in it."""
    parcel = ground.things["汐北原焦化厂地块"]
    outer, hole = (shapely.buffer(parcel, width, join_style="mitre") for width in (95, 30))
    ring = shapely.transform(shapely.difference(outer, hole), lambda points: points.round(3))
    return ground.take(ring)


def _fields(ground: Ground) -> Shapes:
    basic: dict[str, Any] = {"inside": {"basic": 8}, "allow": "fields,unit"}
    strict: dict[str, Any] = {"inside": {"strict fields": 5}, "allow": "fields,poor fields,unit"}
    near = {"red": 900, "reserve": 600, "coast": 300}
    bow_tie = shapely.Polygon([(-60, -40), (60, 40), (60, -40), (-60, 40)])
    return {
        "P51": ground.lot("P51", (118.570, 24.625), 130, 100, **basic),
        "P52": ground.lot("P52", (118.460, 24.452), 70, 50, clearance=near, **strict),
        "P54": ground.take(ground.find(bow_tie, (118.605, 24.600), **basic)),
    }
