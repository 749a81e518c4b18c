# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines of the sites at the red line's very edge: along it, 0.4 m off, or 5 cm across."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from city.ground import Ground
from city.noise import Floats
from city.sites import Shapes

EDGES = 4
"""Edges of the red line that a site lies along."""

DEPTH_M = 70.0


def edge_sites(ground: Ground) -> Shapes:
    """Return the sites along the edge of a village that the red line leaves out (天窗)."""
    stretches = _stretches(ground)
    shared, gap, sliver, line, point = (next(stretches) for _ in range(5))
    return {
        "P24": ground.lot(
            "P24", (118.456, 24.656), 60, 45, inside={"enclave": 60}, allow="red,priority,unit"
        ),
        "P25": ground.take(_beside(ground, shared)),
        "P26": ground.take(_along(ground, gap, 0.4)),
        "P27": ground.take(_along(ground, sliver, -0.05)),
        "L04": ground.take(shapely.linestrings(line)),
        "T05": ground.take(shapely.Point(point[2])),
    }


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
