# SPDX-License-Identifier: GPL-2.0-or-later
"""Cuts the course of a line into map windows that are turned along it. Pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from eco_onemap.layout.paper import Box
from eco_onemap.layout.scales import SCALES, round_interval, round_scale
from eco_onemap.layout.sheet import View
from eco_onemap.layout.strips.course import Course, CoursePart

Floats = NDArray[np.float64]

BEYOND_MM = 14.0
"""Ground that a sheet shows beyond its match lines, so that neighbouring sheets overlap."""
ACROSS_SHARE = 0.66
"""Of a map's height, that the line may bend through; the rest shows what lies beside it."""
USUAL_SCALE = 10_000
"""Of route maps; a line that needs more than :data:`MOST_SHEETS` at it is shown smaller."""
LARGEST_SCALE = 1000
MOST_SHEETS = 24
ROUND_MM = 5.0
"""Match lines stand at chainages that are round to about this much of the map."""
STEPS = 120
"""Places along a window at which it is asked whether the line still fits."""
EVEN_STEPS = 12
"""Halvings by which the sheets of a part are made equally long."""


@dataclass(frozen=True)
class Window:
    """A stretch of a line and the ground of its sheet.

    number: of the sheet, from 1. turn_deg: by how much the map is turned clockwise, so that the
    line runs to the right. view: middle in the map's CRS, and scale.
    """

    number: int
    part: int
    from_m: float
    to_m: float
    view: View
    turn_deg: float

    @property
    def axis(self) -> tuple[float, float]:
        """The direction on the ground that runs to the right on paper, a unit vector."""
        turn = math.radians(self.turn_deg)
        return math.cos(turn), math.sin(turn)

    def on_page(self, on: Box, geometries: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        """Return geometries of the map's CRS in millimetres on the page; *on*: the map's box."""
        east, north = self.axis
        per_mm = 1000.0 / self.view.scale
        a, b, d, e = (per_mm * value for value in (east, north, north, -east))
        middle_x, middle_y = on.x_mm + on.width_mm / 2, on.y_mm + on.height_mm / 2
        x = middle_x - a * self.view.x - b * self.view.y
        y = middle_y - d * self.view.x - e * self.view.y
        return [affine_transform(geometry, (a, b, d, e, x, y)) for geometry in geometries]

    def on_ground(self, on: Box, points_mm: Floats) -> Floats:
        """Return places in the map's CRS of points on the page, shape (k, 2)."""
        east, north = self.axis
        metres = self.view.scale / 1000.0
        right = (points_mm[:, 0] - on.x_mm - on.width_mm / 2) * metres
        down = (points_mm[:, 1] - on.y_mm - on.height_mm / 2) * metres
        x = self.view.x + right * east + down * north
        y = self.view.y + right * north - down * east
        return np.column_stack((x, y))

    def ground(self, on: Box) -> BaseGeometry:
        """Return the ground that the map shows, a turned rectangle."""
        corners = [(on.x_mm, on.y_mm), (on.right_mm, on.y_mm), (on.right_mm, on.bottom_mm)]
        return shapely.polygons(self.on_ground(on, np.array([*corners, (on.x_mm, on.bottom_mm)])))


def find_scale(course: Course, on: Box) -> int:
    """Return the scale of a line's sheets on maps as large as *on*.

    1:10,000; larger where the whole line fits on one sheet, smaller where it would take more
    than :data:`MOST_SHEETS`.
    """
    usual = SCALES.index(USUAL_SCALE)
    for scale in SCALES[SCALES.index(LARGEST_SCALE) : usual]:
        room = _room(on, scale)
        if all(_fits(part, part.from_m, part.to_m, room) for part in course.parts):
            return scale
    fits = (scale for scale in SCALES[usual:] if _fewest(course, on, scale) <= MOST_SHEETS)
    chosen = next(fits, SCALES[-1])
    while len(cut_course(course, on, chosen)) > MOST_SHEETS + len(course.parts):
        chosen = round_scale(chosen + 1)
    return chosen


def _fewest(course: Course, on: Box, scale: int) -> int:
    length = sum(part.to_m - part.from_m for part in course.parts)
    return math.ceil(length / _room(on, scale).along_m)


def cut_course(course: Course, on: Box, scale: int) -> tuple[Window, ...]:
    """Return the windows of all sheets, parts one after another; *on*: the box of every map."""
    windows: list[Window] = []
    for part in course.parts:
        for from_m, to_m in _even_cuts(part, _room(on, scale)):
            windows.append(_window(len(windows) + 1, part, from_m, to_m, scale))
    return tuple(windows)


@dataclass(frozen=True)
class _Room:
    """How long and how wide the ground between match lines is, and to what they are rounded."""

    along_m: float
    across_m: float
    round_m: float


def _room(on: Box, scale: int) -> _Room:
    metres = scale / 1000.0
    along, across = on.width_mm - 2 * BEYOND_MM, ACROSS_SHARE * on.height_mm
    return _Room(along * metres, across * metres, round_interval(scale, ROUND_MM))


def _even_cuts(part: CoursePart, room: _Room) -> list[tuple[float, float]]:
    """Return the stretches of a part, as few as fit, the last no shorter than need be."""
    cuts = list(_cuts(part, room))
    least, most = room.along_m / 2, room.along_m
    for _ in range(EVEN_STEPS if len(cuts) > 1 else 0):
        middle = (least + most) / 2
        tried = list(_cuts(part, replace(room, along_m=middle)))
        if len(tried) <= len(cuts):
            cuts, most = tried, middle
        else:
            least = middle
    return cuts


def _cuts(part: CoursePart, room: _Room) -> Iterator[tuple[float, float]]:
    start = part.from_m
    while start < part.to_m:
        end = _furthest(part, start, room)
        if end < part.to_m:
            rounded = math.floor(end / room.round_m) * room.round_m
            end = rounded if rounded > start else end
        yield start, end
        start = end


def _furthest(part: CoursePart, start: float, room: _Room) -> float:
    """Return the chainage up to which the line from *start* fits into a window."""
    step = room.along_m / STEPS
    count = int((part.to_m - start) / step) + 1
    ends = np.minimum(start + step * np.arange(1, count + 1), part.to_m)
    reached = ends[0]
    for end in ends.tolist():
        if not _fits(part, start, end, room):
            break
        reached = end
    return float(reached)


def _fits(part: CoursePart, start: float, end: float, room: _Room) -> bool:
    right, up = _turned(part.between(start, end))
    return bool(np.ptp(right) <= room.along_m and np.ptp(up) <= room.across_m)


def _turn(points: Floats) -> float:
    """Return the direction from the first to the last point, radians from the east."""
    east, north = points[-1] - points[0]
    return math.atan2(north, east)


def _turned(points: Floats) -> tuple[Floats, Floats]:
    """Return how far right and up points lie where the last one is right of the first."""
    turn = _turn(points)
    x, y = (points - points[0]).T
    right = x * math.cos(turn) + y * math.sin(turn)
    return right, y * math.cos(turn) - x * math.sin(turn)


def _window(number: int, part: CoursePart, from_m: float, to_m: float, scale: int) -> Window:
    points = part.between(from_m, to_m)
    turn, (right, up) = _turn(points), _turned(points)
    along, across = (right.min() + right.max()) / 2, (up.min() + up.max()) / 2
    x = points[0, 0] + along * math.cos(turn) - across * math.sin(turn)
    y = points[0, 1] + along * math.sin(turn) + across * math.cos(turn)
    view = View(float(x), float(y), scale)
    return Window(number, part.number, from_m, to_m, view, math.degrees(turn))


@dataclass(frozen=True)
class MatchLine:
    """Where two sheets meet: chainage, the sheets' numbers, and the line on the ground."""

    at_m: float
    sheets: tuple[int, int]
    line: BaseGeometry


def match_lines(course: Course, windows: Sequence[Window], length_m: float) -> list[MatchLine]:
    """Return the lines between sheets, *length_m* long, square to the middle of both directions."""
    found = []
    for one, other in pairwise(windows):
        if one.part == other.part:
            (place,) = course.part(one.part).points(np.array([one.to_m]))
            along = np.array(one.axis) + np.array(other.axis)
            along = along if np.hypot(*along) > 1e-6 else np.array(one.axis)
            aside = np.array([-along[1], along[0]]) / np.hypot(*along) * length_m / 2
            line = shapely.linestrings([place - aside, place + aside])
            found.append(MatchLine(one.to_m, (one.number, other.number), line))
    return found
