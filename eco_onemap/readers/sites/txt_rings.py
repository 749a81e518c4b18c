# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings of boundary points to geometries; containment decides what is a hole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.messages import Message, message
from eco_onemap.core.table import Geometries
from eco_onemap.readers.sites.txt_rows import ParcelFile, Shape

Collect = Callable[..., Geometries]
"""``shapely.multipolygons`` and its like: parts and, by ``indices``, the whole of each."""

SAME_LINE_M = 0.01
"""A hole's point this far outside its parcel still lies on the boundary: coordinates of such
files are kept to a millimetre or a centimetre."""


@dataclass(frozen=True)
class Built:
    """A geometry for each parcel (None where there is none), what is wrong, what was decided."""

    geometries: Geometries
    problems: dict[int, Message]
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class _Rings:
    """Runs of rows: parcel, first row, number of rows, of points without the closing ones."""

    parcel: NDArray[np.int64]
    start: NDArray[np.int64]
    rows: NDArray[np.int64]
    points: NDArray[np.int64]


def build_geometries(
    file: ParcelFile,
    east: NDArray[np.float64],
    north: NDArray[np.float64],
    *,
    tolerance: float = SAME_LINE_M,
    note_unclosed: bool = True,
) -> Built:
    """Return the parcels' polygons, lines and points, x = east.

    tolerance: so far outside its parcel, in the coordinates' unit, a hole's point still lies on
    the boundary. note_unclosed: whether rings of this kind of file return to their first point.
    """
    rings = _rings(file)
    xy = np.column_stack([east, north])
    shapes = np.array([parcel.shape.value for parcel in file.parcels])
    fewest = {Shape.POINT.value: 1, Shape.LINE.value: 2, Shape.POLYGON.value: 3}
    short = rings.points < np.array([fewest[shape] for shape in shapes])[rings.parcel]
    problems = _problems(file, rings, short)
    usable = ~np.isin(rings.parcel, list(problems))
    of_shape = {shape: usable & (shapes[rings.parcel] == shape.value) for shape in Shape}

    result = np.full(len(file.parcels), None, dtype=object)
    notes = _unclosed_notes(file, rings, of_shape[Shape.POLYGON]) if note_unclosed else []
    _put_simple(result, file, rings, xy, of_shape)
    notes += _put_polygons(result, file, rings, xy, of_shape[Shape.POLYGON], tolerance)
    return Built(result, problems, tuple(notes))


def _rings(file: ParcelFile) -> _Rings:
    _, start, rows = np.unique(file.ring_of, return_index=True, return_counts=True)
    closing = np.bincount(file.ring_of[file.closes], minlength=len(start))
    return _Rings(file.parcel_of[start], start, rows, rows - closing)


def _problems(file: ParcelFile, rings: _Rings, short: NDArray[np.bool_]) -> dict[int, Message]:
    with_points = set(rings.parcel.tolist())
    problems = {
        number: message("txt.problem_no_points", line=parcel.line, parcel=parcel.label)
        for number, parcel in enumerate(file.parcels)
        if number not in with_points
    }
    for ring in np.flatnonzero(short).tolist():
        parcel = int(rings.parcel[ring])
        problems.setdefault(
            parcel,
            message(
                "txt.problem_few_points",
                line=int(file.line_of[rings.start[ring]]),
                parcel=file.parcels[parcel].label,
                points=int(rings.points[ring]),
            ),
        )
    return problems


def _unclosed_notes(file: ParcelFile, rings: _Rings, polygonal: NDArray[np.bool_]) -> list[Message]:
    return [
        message(
            "txt.note_closed",
            line=int(file.line_of[rings.start[ring]]),
            parcel=file.parcels[int(rings.parcel[ring])].label,
        )
        for ring in np.flatnonzero(polygonal & (rings.points == rings.rows)).tolist()
    ]


def _put_simple(
    result: Geometries,
    file: ParcelFile,
    rings: _Rings,
    xy: NDArray[np.float64],
    of_shape: dict[Shape, NDArray[np.bool_]],
) -> None:
    """Put the parcels of points and lines into *result*."""
    lines = of_shape[Shape.LINE]
    if lines.any():
        coordinates, numbers = _coordinates(file, xy, lines)
        made = shapely.linestrings(coordinates, indices=numbers)
        _put(result, made, rings.parcel[lines], shapely.multilinestrings)
    dots = of_shape[Shape.POINT][file.ring_of]
    if dots.any():
        _put(result, shapely.points(xy[dots]), file.parcel_of[dots], shapely.multipoints)


def _put_polygons(
    result: Geometries,
    file: ParcelFile,
    rings: _Rings,
    xy: NDArray[np.float64],
    chosen: NDArray[np.bool_],
    tolerance: float,
) -> list[Message]:
    """Put the parcels of polygons into *result*; return notes on rings that cross others."""
    if not chosen.any():
        return []
    coordinates, numbers = _coordinates(file, xy, chosen)
    owners = rings.parcel[chosen]
    made = shapely.linearrings(coordinates, indices=numbers)
    shell_of, crossing = place_rings(made, owners, tolerance)
    is_shell = shell_of == np.arange(len(made))
    order = np.lexsort((~is_shell, shell_of))
    _, parts = np.unique(shell_of[order], return_inverse=True)
    polygons = shapely.polygons(made[order], indices=parts)
    _put(result, polygons, owners[np.flatnonzero(is_shell)], shapely.multipolygons)
    return [
        message("txt.note_crossing", parcel=file.parcels[parcel].label)
        for parcel in np.unique(owners[crossing]).tolist()
    ]


def _coordinates(
    file: ParcelFile, xy: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the points of the chosen rings and which of these rings, from 0, each belongs to."""
    rows = chosen[file.ring_of]
    return xy[rows], (np.cumsum(chosen) - 1)[file.ring_of[rows]]


def _put(result: Geometries, parts: Geometries, owners: NDArray[np.int64], multi: Collect) -> None:
    """Put each parcel's parts into *result*, as one multi-geometry where there are several."""
    order = np.argsort(owners, kind="stable")
    parcels, start, inverse, count = np.unique(
        owners[order], return_index=True, return_inverse=True, return_counts=True
    )
    sorted_parts = parts[order]
    result[parcels] = sorted_parts[start]
    several = count > 1
    if several.any():
        rows = several[inverse]
        numbers = (np.cumsum(several) - 1)[inverse[rows]]
        result[parcels[several]] = multi(sorted_parts[rows], indices=numbers)


def place_rings(
    rings: Geometries, owners: NDArray[np.int64], tolerance: float = SAME_LINE_M
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return for each ring the shell that it belongs to, itself if it is one, and which cross.

    owners: the parcel of each ring. A ring inside an odd number of the parcel's others is a hole
    of the smallest of them; one inside an even number is a part of its own. A ring that is only
    partly inside another crosses it: it counts as a part, so that no ground gets lost.
    """
    polygons = shapely.polygons(rings)
    inner, outer, crossing = _nesting(rings, polygons, owners, tolerance)
    odd = np.bincount(inner, minlength=len(rings)) % 2 == 1
    cut = odd[inner] & ~odd[outer]
    inner, outer = inner[cut], outer[cut]
    largest_first = np.argsort(-shapely.area(polygons[outer]), kind="stable")
    shell_of = np.arange(len(rings))
    shell_of[inner[largest_first]] = outer[largest_first]  # the smallest comes last and stays
    return shell_of, crossing


def _nesting(
    rings: Geometries, polygons: Geometries, owners: NDArray[np.int64], tolerance: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]:
    """Return pairs (inner ring, outer ring) of one parcel, and the rings that cross another."""
    crossing = np.zeros(len(rings), dtype=bool)
    several = np.flatnonzero(np.bincount(owners)[owners] > 1)
    if not len(several):
        return several, several, crossing
    tree = shapely.STRtree(polygons[several])
    inside = shapely.point_on_surface(polygons[several])
    inner, outer = (several[found] for found in tree.query(inside, predicate="intersects"))
    areas = shapely.area(polygons)
    candidate = (owners[inner] == owners[outer]) & (areas[inner] < areas[outer])
    inner, outer = inner[candidate], outer[candidate]
    whole = _lie_inside(rings[inner], polygons[outer], tolerance)
    crossing[inner[~whole]] = True
    return inner[whole], outer[whole], crossing


def _lie_inside(rings: Geometries, polygons: Geometries, tolerance: float) -> NDArray[np.bool_]:
    """Return whether all points of each ring lie in its polygon or on its boundary.

    Point by point, because predicates on whole rings fail where a ring crosses itself.
    """
    xy, pair = shapely.get_coordinates(rings, return_index=True)
    shapely.prepare(polygons)
    outside = np.flatnonzero(~shapely.intersects_xy(polygons[pair], xy[:, 0], xy[:, 1]))
    with np.errstate(invalid="ignore"):  # GEOS divides by zero on segments without length
        gaps = shapely.distance(polygons[pair[outside]], shapely.points(xy[outside]))
    whole = np.ones(len(rings), dtype=bool)
    whole[pair[outside[~(gaps <= tolerance)]]] = False
    return whole
