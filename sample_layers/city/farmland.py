# SPDX-License-Identifier: GPL-2.0-or-later
"""Fields in the plains: soil classes of farmland and permanent basic farmland."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from city import places
from city.model import City
from city.mosaic import make_cells
from city.noise import EAST_SCALE, Floats, Noise, Warp
from city.plane import PLANE, SNAP, buffer_m, ellipsoid_area_m2, kept, to_plane
from city.terrain import GRID
from city.units import priority
from city.writing import Layer, Row

FIELD_STEP = 0.0058
"""Mean distance between the middles of fields, about 600 m."""

HIGHEST_FIELD_M = 190.0

FOUL = [((118.482, 24.445), 0.026), ((118.548, 24.585), 0.020), ((118.425, 24.628), 0.014)]
"""Old industry whose neighbourhood has polluted soil: place and reach in degrees."""


@dataclass(frozen=True)
class Fields:
    """The fields of the city.

    shapes: shape (n,), polygons that fit each other. soil_class: "1", "2" or "3".
    basic: which are permanent basic farmland. mapped: which the soil survey covered.
    blocked: shape (m,), cells without a field that are free for villages.
    """

    shapes: NDArray[np.object_]
    soil_class: NDArray[np.object_]
    basic: NDArray[np.bool_]
    mapped: NDArray[np.bool_]
    blocked: NDArray[np.object_]


def make_fields(city: City) -> Fields:
    """Return the fields: cells of a fine net on low, free land."""
    cells = np.array(make_cells(_seeds(), Warp(61, 0.0014, 0.012, gain=0.4)), dtype=object)
    middles = shapely.centroid(cells)
    x, y = shapely.get_x(middles), shapely.get_y(middles)
    low = GRID.sample(city.terrain.height, x, y) < HIGHEST_FIELD_M
    free = city.land & ~priority(city) & ~city.mosaic.within("setback")
    built = [number for number, part in enumerate(places.BUILT) if part.kind != "农业"]
    free &= ~np.isin(city.mosaic.labels["built"], built) & ~city.mosaic.within("wetland")
    allowed = city.area(free)
    shapely.prepare(allowed)
    low &= shapely.contains_properly(allowed, cells)
    cells, x, y = cells[low], x[low], y[low]
    tilled = Noise(63, 0.05, 4)(x, y) > -0.10
    soil_class = _soil_class(x[tilled], y[tilled])
    fertile = Noise(65, 0.045, 3)(x[tilled], y[tilled]) > -0.02
    west = city.area(city.mosaic.within("west"))
    return Fields(
        _without_rivers(city, cells[tilled]),
        soil_class,
        fertile & (soil_class == "1"),
        shapely.disjoint(cells[tilled], west),
        cells[~tilled],
    )


def _seeds() -> list[tuple[float, float]]:
    """Return a net of points over the city, each moved a little at random."""
    x, y = np.meshgrid(np.arange(118.19, 118.82, FIELD_STEP), np.arange(24.34, 24.81, FIELD_STEP))
    moves = np.random.default_rng(62).random((2, *x.shape)) - 0.5
    points = np.stack([x, y]) + 0.75 * FIELD_STEP * moves
    return [tuple(point) for point in points.reshape(2, -1).T.tolist()]


def _soil_class(x: Floats, y: Floats) -> NDArray[np.object_]:
    foulness = 0.35 * Noise(67, 0.02, 3)(x, y)
    for (lon, lat), reach in FOUL:
        far = np.hypot((x - lon) * EAST_SCALE, y - lat)
        foulness = np.maximum(foulness, foulness + 1.1 - far / reach)
    return np.select([foulness > 0.30, foulness > 0.15], ["3", "2"], "1").astype(object)


def _without_rivers(city: City, cells: NDArray[np.object_]) -> NDArray[np.object_]:
    rivers = shapely.union_all([buffer_m(river.course, 45) for river in city.terrain.rivers])
    shapely.prepare(rivers)
    wet = shapely.intersects(rivers, cells)
    cells = cells.copy()
    cells[wet] = shapely.difference(cells[wet], rivers)
    return kept(cells)


def farmland_class(fields: Fields) -> Layer:
    """Return the soil classes of farmland, in the plane that they were surveyed in."""
    words = {"1": "优先保护类", "2": "安全利用类", "3": "严格管控类"}
    chosen = np.flatnonzero(fields.mapped)
    rows: list[Row] = []
    for number, place in enumerate(chosen, 1):
        value = fields.soil_class[place]
        plane = shapely.transform(
            to_plane(fields.shapes[place]), lambda points: np.round(points, 3)
        )
        rows.append((plane, (f"GD{number:05d}", f"耕地图斑{number:05d}", value, words[value])))
    columns = {"TBBH": "str:12", "TBMC": "str:40", "LBDM": "str:2", "LBMC": "str:20"}
    return Layer("farmland_class", columns, rows, crs=PLANE)


def permanent_farmland(fields: Fields) -> Layer:
    """Return permanent basic farmland, neighbouring fields joined."""
    together = shapely.get_parts(shapely.union_all(fields.shapes[fields.basic], grid_size=SNAP))
    rows: list[Row] = []
    for number, shape in enumerate(sorted(together, key=lambda part: part.bounds), 1):
        area_ha = round(ellipsoid_area_m2(shape) / 1e4, 4)
        rows.append((shape, (f"YJJBNT{number:04d}", f"永久基本农田{number:04d}", area_ha)))
    return Layer("pbf", {"TBBH": "str:16", "TBMC": "str:40", "MJ_HA": "float"}, rows)
