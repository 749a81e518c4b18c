# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers of the sea: functions, risk zones, the risk grid, and the coastline itself."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio import features, transform

from city import places
from city.guides import PORT_PIERS
from city.model import City
from city.noise import EAST_SCALE, Floats, Noise
from city.places import SeaPart
from city.plane import CGCS2000
from city.writing import Layer, Row
from city.zoned import hectares

CELL = 0.0015
"""Size of a cell of the risk grid in degrees, about 160 m."""

GRID_BOUNDS = (118.195, 24.295, 118.810, 24.625)

RISK_SOURCES = [
    ((118.498, 24.556), 0.020, 1.0), ((118.530, 24.360), 0.026, 1.0), ((118.470, 24.455), 0.014,
    0.7),
    ((118.690, 24.375), 0.018, 0.7), ((118.700, 24.570), 0.012, 0.6), ((118.600, 24.520), 0.010,
    0.5),
    ((118.352, 24.345), 0.010, 0.45), ((118.600, 24.335), 0.022, 0.45),
]  # fmt: skip
"""Ports, outfalls and fairways: place, reach in degrees, strength."""

CLASS_LIMITS = (0.13, 0.30, 0.60)
"""Strengths that part the four classes of the grid."""


def sea_function(city: City) -> Layer:
    """Return the functional zones of the coastal waters."""
    rows: list[Row] = []
    for number, (part, shape) in enumerate(_parts(city, "function", places.SEA_FUNCTIONS), 1):
        aim = {"1": "第一类", "2": "第二类", "3": "第三类", "4": "第四类"}[part.value]
        code = f"FJ9901{number:02d}"
        rows.append((shape, (code, part.name, part.value, part.kind, aim, hectares(shape))))
    fields = {"GNQDM": "str:12", "GNQMC": "str:60", "GNQLB": "str:2", "ZDGN": "str:40",
        "SZMB": "str:20",
              "MJ_HA": "float"}  # fmt: skip
    return Layer("sea_function", fields, rows)


def sea_risk(city: City) -> Layer:
    """Return the sea-risk zones; on the landward side their edge is the coastline."""
    rows: list[Row] = []
    for number, (part, shape) in enumerate(_parts(city, "risk", places.SEA_RISKS), 1):
        values = (f"FX9901{number:02d}", part.name, part.value, part.kind, part.bay, part.key_area)
        rows.append((shape, (*values, hectares(shape))))
    fields = {"FXQBM": "str:12", "FXQMC": "str:60", "FXDJ": "str:2", "FXLX": "str:20",
        "HWMC": "str:40",
              "SFZDHY": "str:4", "MJ_HA": "float"}  # fmt: skip
    return Layer("sea_risk", fields, rows)


def _parts(city: City, name: str, parts: list[SeaPart]) -> list[tuple[SeaPart, shapely.Geometry]]:
    labels = city.mosaic.labels[name].tolist()
    found = city.mosaic.dissolve(~city.land, labels)
    return [(parts[number], found[number]) for number in sorted(found)]


def risk_grid(city: City) -> NDArray[np.uint8]:
    """Return the risk classes of the sea's cells, 1 low to 4 high, 0 on land and in holes."""
    west, south, east, north = GRID_BOUNDS
    columns, rows = round((east - west) / CELL), round((north - south) / CELL)
    x = np.broadcast_to(west + CELL * (np.arange(columns) + 0.5), (rows, columns))
    y = np.broadcast_to((north - CELL * (np.arange(rows) + 0.5))[:, None], (rows, columns))
    classes = 1 + np.digitize(_risk(x, y), CLASS_LIMITS)
    known = city.area(~city.land & ~city.mosaic.within("hole"))
    place = transform.from_origin(west, north, CELL, CELL)
    sea = features.rasterize([known], out_shape=(rows, columns), transform=place)
    return np.where(sea == 1, classes, 0).astype(np.uint8)


def _risk(x: Floats, y: Floats) -> Floats:
    total = 0.12 + 0.09 * Noise(51, 0.03, 5)(x, y)
    for (lon, lat), reach, strength in RISK_SOURCES:
        squared = ((x - lon) * EAST_SCALE / reach) ** 2 + ((y - lat) / reach) ** 2
        total = np.maximum(total, strength * np.exp(-squared / 2) + 0.10 * total)
    return total + 0.05 * Noise(53, 0.01, 4)(x, y)


def coastline(city: City) -> Layer:
    """Return the coast by type and bay, made of the very edges between land and sea."""
    coast = _shared(city.area(city.land), city.area(~city.land))
    strict = _edges(city.area(~city.land & city.red))
    kinds = np.where(_contained(coast, strict), "严格保护岸线", "自然岸线").astype(object)
    middles = shapely.points(coast.reshape(-1, 2, 2).mean(axis=1))
    kinds[shapely.within(middles, _man_made(city))] = "人工岸线"
    seats = np.array([part.seat for part in places.SEA_RISKS])
    x, y = shapely.get_x(middles), shapely.get_y(middles)
    nearest = np.hypot((x[:, None] - seats[:, 0]) * EAST_SCALE, y[:, None] - seats[:, 1]).argmin(1)
    bays = np.array([part.bay for part in places.SEA_RISKS], dtype=object)[nearest]
    rows: list[Row] = []
    for kind, bay in sorted(set(zip(kinds, bays, strict=True))):
        chosen = coast[(kinds == kind) & (bays == bay)]
        line = shapely.line_merge(shapely.multilinestrings(chosen.reshape(-1, 2, 2)))
        length = round(CGCS2000.geometry_length(line), 1)
        rows.append(
            (shapely.normalize(line), (f"AX{len(rows) + 1:03d}", f"{bay}{kind}", kind, length))
        )
    fields = {"AXBM": "str:12", "AXMC": "str:60", "AXLX": "str:20", "CD_M": "float"}
    return Layer("coastline", fields, rows, "MultiLineString")


def _man_made(city: City) -> shapely.Geometry:
    """Return where the coast is built: quays, and the shores of towns and industrial parks."""
    built = city.mosaic.within("built") & city.land
    towns = shapely.buffer(city.area(built), 0.0015)
    piers = [shapely.buffer(shapely.Polygon(pier), 0.0006) for pier in PORT_PIERS]
    return shapely.union_all([towns, *piers])


def _edges(area: shapely.Geometry) -> Floats:
    """Return the edges of an area, shape (n, 4), each with its lesser end first."""
    rings = shapely.get_parts(shapely.boundary(shapely.get_parts(area)))
    found = []
    for ring in rings:
        points = shapely.get_coordinates(ring)
        found.append(np.hstack([points[:-1], points[1:]]))
    edges = np.vstack(found)
    swap = (edges[:, 0] > edges[:, 2]) | (
        (edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3])
    )
    edges[swap] = edges[swap][:, [2, 3, 0, 1]]
    return edges


def _shared(first: shapely.Geometry, second: shapely.Geometry) -> Floats:
    """Return the edges that two areas have in common."""
    edges = _edges(first)
    return edges[_contained(edges, _edges(second))]


def _contained(edges: Floats, others: Floats) -> NDArray[np.bool_]:
    known = {tuple(edge) for edge in others.tolist()}
    return np.array([tuple(edge) in known for edge in edges.tolist()])
