# SPDX-License-Identifier: GPL-2.0-or-later
"""A line project in the plane of its maps, with the chainage of every vertex. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.geometry.crs import CGCS2000, reproject
from eco_onemap.core.measures.chainage import Chainages

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CoursePart:
    """A part of a line that joins no other one.

    number: from 1. xy: shape (k, 2), vertices in the map's CRS in the direction of the chainage.
    at_m: shape (k,), their chainage.
    """

    number: int
    xy: Floats
    at_m: Floats

    @property
    def from_m(self) -> float:
        """The chainage of the start."""
        return float(self.at_m[0])

    @property
    def to_m(self) -> float:
        """The chainage of the end."""
        return float(self.at_m[-1])

    def points(self, at_m: Floats) -> Floats:
        """Return the places, shape (k, 2), of chainages."""
        x, y = (np.interp(at_m, self.at_m, self.xy[:, axis]) for axis in (0, 1))
        return np.column_stack((x, y))

    def between(self, from_m: float, to_m: float) -> Floats:
        """Return the vertices of a stretch, shape (k, 2), its ends included."""
        inside = (self.at_m > from_m) & (self.at_m < to_m)
        return self.points(np.r_[from_m, self.at_m[inside], to_m])

    def directions(self, at_m: Floats) -> Floats:
        """Return unit vectors along the line, shape (k, 2), at chainages; at a bend half way."""
        step = max(1e-3, 1e-6 * self.to_m)
        behind = self.points(np.maximum(at_m - step, self.from_m))
        ahead = self.points(np.minimum(at_m + step, self.to_m)) - behind
        length = np.hypot(*ahead.T)[:, None]
        units: Floats = np.divide(ahead, length, out=np.zeros_like(ahead), where=length > 0)
        return units


@dataclass(frozen=True, eq=False)
class Course:
    """A whole line project on its maps; crs: of the maps, a projected one in metres."""

    crs: str
    parts: tuple[CoursePart, ...]

    @property
    def line(self) -> BaseGeometry:
        """The whole line."""
        return shapely.multilinestrings([shapely.linestrings(part.xy) for part in self.parts])

    def stretch(self, part: int, from_m: float, to_m: float) -> BaseGeometry:
        """Return the line between two chainages of a part, a point where they are the same."""
        points = self.part(part).between(from_m, to_m)
        return shapely.linestrings(points) if to_m > from_m else shapely.points(points[0])

    def part(self, number: int) -> CoursePart:
        """Return the part with a number."""
        return self.parts[number - 1]


def find_course(chainages: Chainages, crs: str) -> Course:
    """Return the course of one line: *chainages* is of a single one."""
    edges, parts = chainages.edges, []
    for number in np.unique(edges.part).tolist():
        of_part = np.flatnonzero(edges.part == number)
        last = of_part[-1]
        vertices = np.vstack((edges.start[of_part], edges.end[last : last + 1]))
        (line,) = reproject(np.array([shapely.linestrings(vertices)]), CGCS2000, crs)
        at = np.r_[edges.from_m[of_part], edges.from_m[last] + edges.length_m[last]]
        parts.append(CoursePart(number, shapely.get_coordinates(line), at))
    return Course(crs, tuple(parts))
