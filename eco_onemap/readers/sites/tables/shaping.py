# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a table to geometries: polygons, points, circles, lines and strips."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.messages import Message, message
from eco_onemap.readers.sites.tables.headings import Role
from eco_onemap.readers.sites.tables.layout import Layout
from eco_onemap.readers.sites.tables.numbers import parse_coordinate
from eco_onemap.readers.sites.tables.outlines import circle, strip, usable_size
from eco_onemap.readers.sites.tables.rows import PointRows
from eco_onemap.readers.sites.txt_rings import SAME_LINE_M, Built, build_geometries
from eco_onemap.readers.sites.txt_rows import ParcelFile, Shape

Floats = NDArray[np.float64]

SAME_LINE_DEG = 1e-7
"""A centimetre in degrees."""


def build_shapes(file: ParcelFile, widths: Floats, radii: Floats, *, angular: bool) -> Built:
    """Return the sites' geometries; lines with a width and points with a radius become ground.

    file: rows with ``first`` north and ``second`` east. widths, radii: in m, one for each row of
    the file, NaN where the table has none. angular: whether the coordinates are degrees.
    """
    tolerance = SAME_LINE_DEG if angular else SAME_LINE_M
    built = build_geometries(
        file, file.second, file.first, tolerance=tolerance, note_unclosed=False
    )
    work = _Widening(file, built, angular)
    work.widen_lines(widths)
    work.widen_points(radii)
    return Built(work.geometries, work.problems, tuple(work.notes))


def sizes(rows: PointRows, layout: Layout, role: Role) -> Floats:
    """Return the numbers in the column of a role, one for each row, NaN where there is none."""
    if role not in layout.roles:
        return np.full(len(rows.points), np.nan)
    found = [parse_coordinate(text) for text in rows.column(layout.roles[role])]
    return np.array([one.value if one else math.nan for one in found])


class _Widening:
    """Replaces lines by strips and points by circles, and says so."""

    def __init__(self, file: ParcelFile, built: Built, angular: bool) -> None:
        self._file = file
        self._angular = angular
        self.geometries = built.geometries.copy()
        self.problems: dict[int, Message] = dict(built.problems)
        self.notes: list[Message] = list(built.notes)

    def widen_lines(self, widths: Floats) -> None:
        made = 0
        for number in self._with_size(widths, Shape.LINE):
            own = (self._file.parcel_of == number) & np.isfinite(widths)
            stated = np.unique(widths[own])
            if len(stated) > 1 or not usable_size(float(stated[0])):
                self._spoil(number, "table.problem_width", stated)
                continue
            line = self.geometries[number]
            self.geometries[number] = strip(line, float(stated[0]), angular=self._angular)
            made += 1
        self._note(made, "table.note_strips", "table.note_strips_degrees")

    def widen_points(self, radii: Floats) -> None:
        made = 0
        for number in self._with_size(radii, Shape.POINT):
            own = np.flatnonzero(self._file.parcel_of == number)
            if not all(usable_size(radius) for radius in radii[own].tolist()):
                self._spoil(number, "table.problem_radius", radii[own])
                continue
            circles = [self._circle(row, float(radii[row])) for row in own.tolist()]
            self.geometries[number] = circles[0] if len(own) == 1 else shapely.union_all(circles)
            made += len(circles)
        self._note(made, "table.note_circles", "table.note_circles_degrees")

    def _with_size(self, sizes: Floats, shape: Shape) -> list[int]:
        """Return the sites of a shape that have a geometry and a size in one of their rows."""
        sized = np.unique(self._file.parcel_of[np.isfinite(sizes)]).tolist()
        parcels = self._file.parcels
        return [n for n in sized if parcels[n].shape is shape and n not in self.problems]

    def _circle(self, row: int, radius: float) -> shapely.Polygon:
        east, north = float(self._file.second[row]), float(self._file.first[row])
        return circle(east, north, radius, angular=self._angular)

    def _spoil(self, number: int, key: str, stated: Floats) -> None:
        parcel = self._file.parcels[number]
        values = ", ".join(f"{value:g}" for value in stated[:5].tolist())
        self.geometries[number] = None
        self.problems[number] = message(key, line=parcel.line, parcel=parcel.label, values=values)

    def _note(self, count: int, plane: str, degrees: str) -> None:
        if count:
            self.notes.append(message(degrees if self._angular else plane, count=count))
