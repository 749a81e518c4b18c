# SPDX-License-Identifier: GPL-2.0-or-later
"""Where nature is protected: hills, reserves, wetlands and parts of the sea."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from city.guides import Point
from city.terrain import GRID, Terrain

RED_LINE_M = 500.0
"""Hills above this height are ecological red line, those above ECO_SPACE_M ecological space."""

ECO_SPACE_M = 330.0

LEAST_PATCH = 3e-5
"""Smallest patch that is kept, square degrees (about 33 ha)."""

LEAST_HOLE = 8e-6


@dataclass(frozen=True)
class Patch:
    """A protected area with a name: *kind* is its type, *grade* or *zone* what else is known."""

    name: str
    kind: str
    outline: shapely.Polygon
    zone: str = ""
    grade: str = ""


ENCLAVES: list[tuple[Point, float]] = [((118.462, 24.728), 0.0046), ((118.456, 24.656), 0.0034)]
"""Villages in the hills that the red line leaves out (天窗): centre and radius."""

RESERVES = [
    ("岚岭省级自然保护区", "自然保护区", "省级", (118.300, 24.590), 0.040, 1.0, 0.019),
    ("月汐湾红树林省级自然保护区", "自然保护区", "省级", (118.452, 24.512), 0.019, 0.8, 0.009),
    ("青屏山省级森林公园", "自然公园", "省级", (118.438, 24.436), 0.024, 1.1, 0.0),
    ("砂屿省级海洋公园", "自然公园", "省级", (118.612, 24.405), 0.021, 1.3, 0.0),
]
"""Name, kind, grade, centre, radius, stretch, radius of the core zone (0 for none)."""

SEA_RED_LINE = [
    ("月汐湾红树林", "红树林", (118.452, 24.512), 0.019, 0.8),
    ("砂屿周边海域", "海洋自然景观", (118.612, 24.405), 0.021, 1.3),
    ("澜角外重要渔业水域", "重要渔业水域", (118.716, 24.452), 0.026, 1.5),
    ("澜礁特别保护海岛", "特别保护海岛", (118.735, 24.515), 0.017, 1.0),
    ("砂河口自然岸线", "自然岸线", (118.282, 24.348), 0.013, 1.4),
]
"""Name, type, centre, radius, stretch."""

WETLANDS = [
    ("月汐湾红树林湿地", "省级重要", "1", (118.452, 24.512), 0.017, 0.0042),
    ("澜湾红树林湿地", "省级重要", "1", (118.700, 24.592), 0.012, 0.0034),
    ("澜角滩涂湿地", "国家重要", "0", (118.672, 24.530), 0.015, 0.0075),
    ("砂河口滩涂湿地", "一般", "0", (118.346, 24.356), 0.020, 0.0060),
]
"""Coastal wetlands: name, grade, whether mangrove, centre, radius, width of the tidal strip."""

INLAND_WETLANDS = [
    ("澜溪塘湿地", "一般", (118.566, 24.612), 0.0055),
    ("云坪水库库尾湿地", "省级重要", (118.334, 24.757), 0.0060),
]


def hills(terrain: Terrain, above_m: float) -> list[shapely.Polygon]:
    """Return the hills above *above_m*, without small patches and small holes."""
    return tidy(GRID.contour(terrain.height - above_m))


def enclaves(terrain: Terrain) -> list[shapely.Polygon]:
    """Return the villages that red line and ecological space leave out."""
    return [terrain.patch(centre, radius) for centre, radius in ENCLAVES]


def tidy(polygons: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """Return the polygons thinned to 12 m, without small ones and small holes."""
    kept = [polygon for polygon in polygons if polygon.area > LEAST_PATCH]
    return [_filled(shapely.simplify(polygon, 0.00011)) for polygon in kept]


def _filled(polygon: shapely.Polygon) -> shapely.Polygon:
    holes = [ring for ring in polygon.interiors if shapely.Polygon(ring).area > LEAST_HOLE]
    return shapely.Polygon(polygon.exterior, holes)


def reserves(terrain: Terrain) -> list[Patch]:
    """Return the reserves, their core zones after the whole areas."""
    whole, cores = [], []
    for name, kind, grade, centre, radius, stretch, core in RESERVES:
        outline = terrain.patch(centre, radius, stretch)
        whole.append(Patch(name, kind, outline, "一般控制区", grade))
        if core:
            inner = shapely.intersection(outline, terrain.patch(centre, core, stretch))
            cores.append(Patch(name, kind, inner, "核心保护区", grade))
    return whole + cores


def sea_red_line(terrain: Terrain) -> list[Patch]:
    """Return the areas of the sea's red line (they may reach onto the land)."""
    return [
        Patch(name, kind, terrain.patch(centre, radius, stretch))
        for name, kind, centre, radius, stretch in SEA_RED_LINE
    ]


def wetlands(terrain: Terrain) -> list[Patch]:
    """Return the wetlands; those on the coast are strips on both sides of it."""
    found = []
    for name, grade, mangrove, centre, radius, width in WETLANDS:
        window = GRID.window(*centre, 2.6 * radius)
        strip = width * (1 + 0.6 * GRID.cut(terrain.rough, window))
        strip = strip - np.abs(GRID.cut(terrain.coast, window))
        shapes = window.contour(np.minimum(strip, terrain.blob(window, centre, radius)))
        large = [shape for shape in shapes if shape.area > 2e-6]
        found += [Patch(name, mangrove, shape, grade=grade) for shape in large]
    for name, grade, centre, radius in INLAND_WETLANDS:
        found.append(Patch(name, "0", terrain.patch(centre, radius), grade=grade))
    return found
