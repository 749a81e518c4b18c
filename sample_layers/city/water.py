# SPDX-License-Identifier: GPL-2.0-or-later
"""Drinking water: three sources, their protection zones and their intakes.

The widths follow what HJ 338-2018 is commonly said to ask of such sources; a real zone is the
one that the province approved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import ops

from city.eco import ECO_SPACE_M
from city.guides import DAM, Point
from city.plane import buffer_m, to_degrees, to_plane
from city.terrain import GRID, Terrain


@dataclass(frozen=True)
class Source:
    """A source of drinking water.

    level: "1", "2" and "3" (准) to outlines, each inside the next; a zone proper is its outline
    without the one before. intakes: name, place and people served.
    """

    code: str
    name: str
    source_type: str
    approval: str
    level: dict[str, shapely.Geometry]
    intakes: list[tuple[str, shapely.Point, int]]
    in_force: bool = True

    def zone(self, level: str) -> shapely.Geometry:
        """Return the zone of *level* without the stricter ones."""
        stricter = [shape for other, shape in self.level.items() if other < level]
        return shapely.difference(self.level[level], shapely.union_all(stricter))


def sources(terrain: Terrain) -> list[Source]:
    """Return the city's sources, one of them no longer in force."""
    return [_reservoir(terrain), _river_reach(terrain), _well_field(terrain), _former(terrain)]


def _reservoir(terrain: Terrain) -> Source:
    dam = shapely.LineString(DAM).interpolate(0.5, normalized=True)
    intake = shapely.Point(dam.x - 0.0042, dam.y + 0.0035)
    water = shapely.intersection(terrain.lake, buffer_m(intake, 500))
    distance = GRID.distance([terrain.lake.exterior])
    distance = np.where(GRID.inside(terrain.lake), 0, distance)
    (x1, y1), (x2, y2) = DAM
    across = (GRID.x - x1) * (y2 - y1) - (GRID.y - y1) * (x2 - x1)
    below_dam = np.clip(across / np.hypot(x2 - x1, y2 - y1), 0, None)
    second = GRID.contour(0.014 - distance - 3 * below_dam + 0.005 * terrain.rough)[0]
    third = GRID.contour(0.036 - distance - 4 * below_dam + 0.012 * terrain.rough)[0]
    first = buffer_m(shapely.get_parts(water)[0], 200)
    return Source(
        "SY990100001",
        "云坪水库水源地",
        "湖库",
        "虚构政函〔2021〕15号",
        _nested(first, shapely.Polygon(second.exterior), shapely.Polygon(third.exterior)),
        [("云坪水库取水口", intake, 620000)],
    )


def _river_reach(terrain: Terrain) -> Source:
    course = next(r.course for r in terrain.rivers if r.name == "砂河")
    intake_m = 0.60 * to_plane(course).length
    low = GRID.contour(ECO_SPACE_M - 40 - terrain.height)[0]

    def strip(up_m: float, down_m: float, width_m: float) -> shapely.Geometry:
        reach = _reach(course, intake_m - up_m, intake_m + down_m)
        wide = shapely.intersection(buffer_m(reach, width_m, "flat"), low)
        return max(shapely.get_parts(wide), key=lambda part: part.area)

    intake = to_degrees(to_plane(course).interpolate(intake_m))
    return Source(
        "SY990102001",
        "砂河水源地",
        "河流",
        "虚构政函〔2019〕88号",
        _nested(strip(1000, 100, 90), strip(3000, 300, 1000), strip(7000, 300, 1250)),
        [("砂河取水口", intake, 185000)],
    )


def _reach(course: shapely.LineString, start_m: float, end_m: float) -> shapely.LineString:
    """Return the part of a course between two distances from its source."""
    return to_degrees(ops.substring(to_plane(course), start_m, end_m))


def _well_field(terrain: Terrain) -> Source:
    wells: list[Point] = [(118.6385, 24.5630), (118.6420, 24.5652), (118.6402, 24.5600)]
    points = shapely.points(np.array(wells))
    first = shapely.union_all([buffer_m(point, 100) for point in points])
    second = terrain.patch((118.6402, 24.5628), 0.0098)
    return Source(
        "SY990104001",
        "澜角地下水水源地",
        "地下水",
        "虚构政函〔2020〕41号",
        _nested(first, second),
        [(f"澜角{number}号井", well, 24000) for number, well in enumerate(points, 1)],
    )


def _former(terrain: Terrain) -> Source:
    """Return a source that was given up; its zones stay in the data, marked as repealed."""
    course = next(r.course for r in terrain.rivers if r.name == "澜溪")
    middle_m = 0.68 * to_plane(course).length
    first = buffer_m(_reach(course, middle_m - 1000, middle_m + 100), 80, "flat")
    second = buffer_m(_reach(course, middle_m - 2600, middle_m + 300), 700, "flat")
    return Source(
        "SY990101009",
        "澜溪旧水源地",
        "河流",
        "虚构政函〔2009〕7号（2022年撤销）",
        _nested(first, second),
        [],
        in_force=False,
    )


def _nested(*outlines: shapely.Geometry) -> dict[str, shapely.Geometry]:
    """Return the outlines by level, each joined with the ones before it."""
    levels: dict[str, shapely.Geometry] = {}
    for number, outline in enumerate(outlines, 1):
        joined = shapely.union_all([*levels.values(), outline])
        levels[str(number)] = joined
    return levels
