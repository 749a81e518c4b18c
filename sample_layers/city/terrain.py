# SPDX-License-Identifier: GPL-2.0-or-later
"""The lie of the land: coast, rivers, heights and the lake behind the dam."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from city.grid import Grid
from city.guides import COAST, DAM, ISLANDS, PORT_PIERS, REGION, RIVERS, Path, Point
from city.noise import EAST_SCALE, Floats, Noise, Warp

GRID = Grid(west=118.16, south=24.26, step=0.0005, columns=1361, rows=1141)
"""118.16–118.84° E, 24.26–24.83° N, a node every 50 m."""

LEAST_ISLAND = 4e-6
"""Smallest island that is kept, square degrees (about 4.5 ha)."""

LAKE_LEVEL_M = 224.0


@dataclass(frozen=True)
class River:
    """A river's course from source to mouth."""

    name: str
    river_class: str
    course: shapely.LineString


@dataclass(frozen=True)
class Terrain:
    """The shape that all layers are laid on.

    coast, rivers: fields of distances in degrees of latitude (coast: positive on land).
    height: metres above the sea. rough: fine noise for natural outlines.
    land: mainland and islands, the largest first. lake: the reservoir.
    """

    region: shapely.Polygon
    land: list[shapely.Polygon]
    rivers: list[River]
    lake: shapely.Polygon
    coast: Floats
    river_distance: Floats
    height: Floats
    rough: Floats

    def patch(self, centre: Point, radius: float, stretch: float = 1.0) -> shapely.Polygon:
        """Return a natural patch around *centre*, *radius* in degrees of latitude."""
        window = GRID.window(*centre, 2.6 * radius * max(1.0, stretch))
        field = self.blob(window, centre, radius, stretch)
        return shapely.Polygon(window.contour(field)[0].exterior)

    def blob(self, grid: Grid, centre: Point, radius: float, stretch: float = 1.0) -> Floats:
        """Return a field that is positive in a natural patch around *centre*.

        The fine noise is looked at through a lens, so that small patches are as rugged as large.
        """
        lens = 0.024 / radius
        x = 118.36 + 0.25 * (centre[0] * 37 % 1) + lens * (grid.x - centre[0])
        y = 24.42 + 0.25 * (centre[1] * 53 % 1) + lens * (grid.y - centre[1])
        rugged = radius * (1 + 0.75 * GRID.sample(self.rough, x, y))
        return rugged - _from(grid, centre, stretch)


def make_terrain() -> Terrain:
    """Return the city's terrain."""
    rough = Noise(11, 0.06, 7)(GRID.x, GRID.y)
    region = Warp(21, 0.0105, 0.075, gain=0.47).bend([shapely.Polygon(REGION)])[0]
    shore = _shore(rough)
    land = _land(shore)
    rivers = _rivers(land[0])
    river_distance = GRID.distance([river.course for river in rivers])
    coast = _coast_distance(land)
    height = _heights(coast, river_distance, rough)
    return Terrain(region, land, rivers, _lake(height), coast, river_distance, height, rough)


def _from(grid: Grid, centre: Point, stretch: float = 1.0) -> Floats:
    """Return distances from *centre*; *stretch* > 1 draws the circles out along the coast."""
    u, v = (grid.x - centre[0]) * EAST_SCALE, grid.y - centre[1]
    along, across = (u * 0.8 + v * 0.6) / stretch, u * -0.6 + v * 0.8
    return np.hypot(along, across)


def _shore(rough: Floats) -> Floats:
    """Return a field that is positive on land."""
    mainland = shapely.Polygon(COAST)
    shore = GRID.distance([mainland.exterior], coarse=2)
    shore = np.where(GRID.inside(mainland), shore, -shore)
    for centre, radius in ISLANDS.values():
        shore = np.maximum(shore, radius - _from(GRID, centre, 1.35))
    bays = 0.0105 * Noise(14, 0.05, 6, gain=0.62)(GRID.x, GRID.y)
    return shore + bays


def _land(shore: Floats) -> list[shapely.Polygon]:
    filled = shapely.union_all(GRID.contour(shore) + [shapely.Polygon(p) for p in PORT_PIERS])
    parts = [shapely.Polygon(part.exterior) for part in shapely.get_parts(filled)]
    return sorted((p for p in parts if p.area > LEAST_ISLAND), key=lambda p: -p.area)


def _coast_distance(land: list[shapely.Polygon]) -> Floats:
    distance = GRID.distance([polygon.exterior for polygon in land], coarse=2)
    return np.where(GRID.inside(shapely.MultiPolygon(land)), distance, -distance)


def _rivers(mainland: shapely.Polygon) -> list[River]:
    warp = Warp(31, 0.005, 0.03, gain=0.42)
    return [
        River(
            name,
            river_class,
            longest_inside(warp.bend([shapely.LineString(_smooth(path))])[0], mainland),
        )
        for name, (river_class, paths) in RIVERS.items()
        for path in paths
    ]


def longest_inside(line: shapely.LineString, area: shapely.Polygon) -> shapely.LineString:
    """Return the longest piece of *line* in *area*, in the line's direction."""
    pieces = shapely.get_parts(shapely.intersection(line, area))
    return max(pieces, key=lambda piece: piece.length)


def _smooth(path: Path) -> Floats:
    """Return the path with its corners cut (Chaikin), end points kept."""
    points = np.array(path)
    for _ in range(3):
        near, far = points[:-1] * 0.75 + points[1:] * 0.25, points[:-1] * 0.25 + points[1:] * 0.75
        middle = np.stack([near, far], axis=1).reshape(-1, 2)
        points = np.vstack([points[:1], middle, points[-1:]])
    return points


def _heights(coast: Floats, river: Floats, rough: Floats) -> Floats:
    """Return metres: river beds rise inland, ridges stand midway between rivers."""
    bed = 1100 * np.clip(coast, 0, None) ** 1.05
    north_west = 0.7 * (118.5 - GRID.x) * EAST_SCALE + (GRID.y - 24.55) * 0.75
    inland = np.clip(coast - 0.022, 0, None)
    relief = np.clip(inland / 0.09 + 1.5 * north_west, 0, 1.4)
    for centre, radius, strength in HILLS:
        relief += (
            strength * np.exp(-((_from(GRID, centre) / radius) ** 2)) * np.clip(coast / 0.012, 0, 1)
        )
    relief = np.clip(relief, 0.05, None)
    valley = 1 - np.exp(-((river / 0.022) ** 1.3))
    ridges = 1 - 2 * np.abs(Noise(13, 0.030, 6, gain=0.55)(GRID.x, GRID.y))
    grain = np.clip(0.75 + 0.45 * rough + 0.45 * ridges, 0.15, None)
    return np.where(coast > 0, 2 + bed + 620 * relief * valley * grain, 4000 * coast)


HILLS = [
    ((118.440, 24.430), 0.030, 0.85),
    ((118.655, 24.645), 0.022, 0.75),
    ((118.655, 24.715), 0.030, 0.35),
    ((118.600, 24.437), 0.012, 0.40),
    ((118.285, 24.400), 0.030, 0.70),
    ((118.316, 24.706), 0.017, -1.45),
]
"""Hills near the coast: centre, radius in degrees, strength."""


def _lake(height: Floats) -> shapely.Polygon:
    """Return the water held back by the dam: below its level, above the dam."""
    (x1, y1), (x2, y2) = DAM
    above_dam = (GRID.x - x1) * (y2 - y1) - (GRID.y - y1) * (x2 - x1) < 0
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    below = np.where(above_dam, LAKE_LEVEL_M - 2200 * _from(GRID, middle) - height, -1.0)
    return GRID.contour(below)[0]
