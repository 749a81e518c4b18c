# SPDX-License-Identifier: GPL-2.0-or-later
"""The vertices of many geometries as flat arrays, for work on all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Vertices:
    """Vertices of m points, lines or polygons, one geometry after another.

    x, y: shape (v,), longitudes and latitudes in radians. start: shape (m + 1,), where the
    vertices of each geometry begin. joined: shape (v,), whether an edge leads from a vertex to
    the next.
    """

    x: Floats
    y: Floats
    start: Indices
    joined: NDArray[np.bool_]

    @property
    def counts(self) -> Indices:
        """How many vertices each geometry has, shape (m,)."""
        return np.diff(self.start)


def vertices_of(geometries: Geometries) -> Vertices:
    """Return the vertices of single-part geometries in degrees, none of them missing."""
    coordinates = np.radians(shapely.get_coordinates(geometries))
    start = np.r_[0, np.cumsum(shapely.get_num_coordinates(geometries))]
    joined = np.ones(len(coordinates), dtype=bool)
    joined[_run_ends(geometries)] = False
    return Vertices(
        np.ascontiguousarray(coordinates[:, 0]),
        np.ascontiguousarray(coordinates[:, 1]),
        start,
        joined,
    )


def _run_ends(geometries: Geometries) -> Indices:
    """Return the places of vertices that end a ring, a line or a point."""
    rings, owner = shapely.get_rings(geometries, return_index=True)
    others = np.flatnonzero(shapely.get_type_id(geometries) != shapely.GeometryType.POLYGON)
    owners = np.r_[owner, others]
    counts = np.r_[
        shapely.get_num_coordinates(rings), shapely.get_num_coordinates(geometries[others])
    ]
    order = np.argsort(owners, kind="stable")
    ends: Indices = np.cumsum(counts[order]) - 1
    return ends


def ragged_places(start: Indices, counts: Indices) -> Indices:
    """Return start[i], start[i] + 1, … counts[i] of them, for all i one after another."""
    offset = np.cumsum(counts) - counts
    places: Indices = np.arange(int(counts.sum())) + np.repeat(start - offset, counts)
    return places


def runs_of(counts: Indices, most: int) -> Iterator[slice]:
    """Yield runs of items whose counts add up to about *most*, at least one item each."""
    total = np.cumsum(counts)
    first = 0
    while first < len(counts):
        begun = total[first - 1] if first else 0
        last = max(int(np.searchsorted(total, begun + most, side="right")), first + 1)
        yield slice(first, last)
        first = last
