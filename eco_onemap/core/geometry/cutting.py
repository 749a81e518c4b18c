# SPDX-License-Identifier: GPL-2.0-or-later
"""Cuts large geometries into small pieces, so that a check touches only what is near."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import areas_m2, polygon_parts
from eco_onemap.core.geometry.surface import counter_clockwise
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.table import Geometries

Clip = Callable[[shapely.Geometry, shapely.Geometry], shapely.Geometry]

MAX_VERTICES = 128
"""Pieces of 64, 128 and 256 vertices are equally fast to check; smaller and larger are slower."""

AREA_TOLERANCE = 1e-9
"""Relative: what rounding may change when a feature is cut."""


def cut(geometries: Geometries, progress: Progress) -> tuple[Geometries, NDArray[np.intp]]:
    """Return pieces of at most :data:`MAX_VERTICES` vertices and the feature each is from.

    geometries: shape (n,), valid single or multi-part geometries, ``None`` allowed. The pieces of
    a feature do not overlap and make up the whole of it.
    """
    parts, owner = _single_parts(geometries)
    large = shapely.get_num_coordinates(parts) > MAX_VERTICES
    pieces, owners = [parts[~large]], [owner[~large]]
    for number in np.flatnonzero(large):
        stop_if_cancelled(progress)
        is_line = shapely.get_dimensions(parts[number]) == 1
        cells = _cut_line(parts[number]) if is_line else _cut_polygon(parts[number])
        pieces.append(cells)
        owners.append(np.full(len(cells), owner[number]))
    return _turned(np.concatenate(pieces)), np.concatenate(owners)


def dissolve_pieces(pieces: Geometries, progress: Progress) -> Geometries:
    """Return the union of polygons in pieces that do not overlap."""
    stop_if_cancelled(progress)
    united = np.array([shapely.union_all(pieces)], dtype=object)
    return cut(united, progress)[0]


def _turned(pieces: Geometries) -> Geometries:
    """Return the pieces, polygons among them counter-clockwise."""
    areal = shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON
    pieces[areal] = counter_clockwise(pieces[areal])
    return pieces


def _single_parts(geometries: Geometries) -> tuple[Geometries, NDArray[np.intp]]:
    parts, owner = np.asarray(geometries, dtype=object), np.arange(len(geometries))
    while (shapely.get_type_id(parts) >= 4).any():
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    present = ~shapely.is_empty(parts) & ~shapely.is_missing(parts)
    return parts[present], owner[present]


def _cut_line(line: shapely.Geometry) -> Geometries:
    """Return the runs of a line's vertices, each beginning with the last vertex of the one before.

    Rectangles would lose or double what runs along their sides.
    """
    coordinates = shapely.get_coordinates(shapely.remove_repeated_points(line))
    step = MAX_VERTICES - 1
    starts = range(0, len(coordinates) - 1, step)
    runs = [shapely.linestrings(coordinates[start : start + step + 1]) for start in starts]
    return np.array(runs, dtype=object)


def _cut_polygon(part: shapely.Geometry) -> Geometries:
    """Return the pieces of a polygon: by clipping, or by exact overlay where that went wrong."""
    cells = _halve(part, _clip)
    if _is_whole(part, cells):
        return cells
    return _halve(part, shapely.intersection)


def _is_whole(part: shapely.Geometry, cells: Geometries) -> bool:
    if not shapely.is_valid(cells).all():
        return False
    whole = areas_m2(np.array([part], dtype=object))[0]
    return bool(abs(areas_m2(cells).sum() - whole) <= AREA_TOLERANCE * whole)


def _clip(geometry: shapely.Geometry, cell: shapely.Geometry) -> shapely.Geometry:
    return shapely.clip_by_rect(geometry, *cell.bounds)


def _halve(part: shapely.Geometry, clip: Clip) -> Geometries:
    """Return the part halved across its longer side, again and again, until pieces are small."""
    waiting, done = [part], []
    while waiting:
        geometry = waiting.pop()
        if shapely.get_num_coordinates(geometry) <= MAX_VERTICES:
            done.append(geometry)
            continue
        for half in _halves(geometry):
            waiting.extend(_polygons(clip(geometry, half)))
    return np.array(done, dtype=object)


def _halves(geometry: shapely.Geometry) -> tuple[shapely.Geometry, shapely.Geometry]:
    west, south, east, north = shapely.bounds(geometry)
    if east - west >= north - south:
        middle = (west + east) / 2
        return shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)
    middle = (south + north) / 2
    return shapely.box(west, south, east, middle), shapely.box(west, middle, east, north)


def _polygons(clipped: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the polygons of a clipped geometry, without the touches on the cut line."""
    if shapely.get_type_id(clipped) == 3 and not shapely.is_empty(clipped):
        return [clipped]
    parts, _ = polygon_parts(np.array([clipped], dtype=object))
    return list(parts)
