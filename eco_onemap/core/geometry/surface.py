# SPDX-License-Identifier: GPL-2.0-or-later
"""The ground that the polygons of a layer cover, what several of them cover only once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.geometry.runs import Runs, runs_of_vertices
from eco_onemap.core.geometry.vertices import vertices_of
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Surface:
    """Polygons that share no ground with each other.

    pieces: shape (m,), in CGCS2000 longitude and latitude, exterior rings counter-clockwise.
    tree: index over them, in degrees. runs: theirs; bulges_m2: shape (r,), as runs have them.
    areas_m2: shape (m,), of the pieces on the ellipsoid.
    """

    pieces: Geometries
    tree: shapely.STRtree
    runs: Runs
    bulges_m2: Floats
    areas_m2: Floats

    @cached_property
    def borders(self) -> Geometries:
        """The boundaries of the pieces."""
        return shapely.boundary(self.pieces)

    @cached_property
    def bounds(self) -> Floats:
        """West, south, east and north of each piece in radians, shape (m, 4)."""
        return np.radians(shapely.bounds(self.pieces).reshape(-1, 4))


def surface_of(pieces: Geometries) -> Surface:
    """Return polygons that share no ground, counter-clockwise, as ground."""
    runs = runs_of_vertices(vertices_of(pieces))
    return Surface(pieces, shapely.STRtree(pieces), runs, runs.bulges_m2(), areas_m2(pieces))


def counter_clockwise(polygons: Geometries) -> Geometries:
    """Return polygons with exterior rings counter-clockwise and holes clockwise."""
    return shapely.reverse(shapely.normalize(polygons))
