# SPDX-License-Identifier: GPL-2.0-or-later
"""One mosaic of faces below all zoned layers, so that neighbours share every vertex."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from city.noise import Warp
from city.plane import SNAP, kept

Labels = NDArray[np.int64]

SPLINTER = 3e-8
"""Faces smaller than this (about 330 m², square degrees) are taken for drawing error."""


@dataclass(frozen=True)
class Mosaic:
    """Faces that no line crosses, and for each set of areas the number of the one a face is in.

    labels: name of a set to its member's number at each face, -1 where there is none.
    """

    faces: NDArray[np.object_]
    labels: Mapping[str, Labels]

    def within(self, name: str) -> NDArray[np.bool_]:
        """Return which faces lie in any member of the set *name*."""
        return self.labels[name] >= 0

    def dissolve(
        self, chosen: NDArray[np.bool_], keys: Sequence[Hashable]
    ) -> dict[Hashable, shapely.Geometry]:
        """Return the chosen faces joined by equal key, keys in sorted order."""
        groups: dict[Hashable, list[int]] = {}
        for number in np.flatnonzero(chosen).tolist():
            groups.setdefault(keys[number], []).append(number)
        ordered = sorted(groups, key=str)
        return {key: joined(self.faces[groups[key]]) for key in ordered}


def joined(faces: NDArray[np.object_]) -> shapely.Geometry:
    """Return faces of a mosaic as one geometry, a multipolygon where they lie apart."""
    return shapely.normalize(shapely.union_all(shapely.coverage_union_all(faces)))


def make_mosaic(region: shapely.Polygon, sets: Mapping[str, list[shapely.Geometry]]) -> Mosaic:
    """Return the mosaic of *region* cut by the outlines of all *sets*; members do not overlap."""
    outlines = [shapely.boundary(np.array(members, dtype=object)) for members in sets.values()]
    lines = np.concatenate([*outlines, np.array([region.exterior], dtype=object)])
    noded = shapely.get_parts(shapely.unary_union(lines, grid_size=SNAP))
    faces = shapely.get_parts(shapely.polygonize(noded))
    faces = kept(faces)
    inner = shapely.point_on_surface(faces)
    inside = shapely.within(inner, region)
    faces, inner = faces[inside], inner[inside]
    owner = _owners(faces)
    return Mosaic(faces, {name: _member_of(inner, sets[name])[owner] for name in sets})


def _owners(faces: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return for each face its own number, for a splinter that of its longest neighbour."""
    owner = np.arange(len(faces))
    small = shapely.area(faces) < SPLINTER
    tree = shapely.STRtree(faces)
    for number in np.flatnonzero(small).tolist():
        around = tree.query(faces[number], predicate="intersects")
        around = around[~small[around]]
        if len(around):
            shared = shapely.length(shapely.intersection(faces[number], faces[around]))
            owner[number] = around[int(shared.argmax())]
    return owner


def _member_of(points: NDArray[np.object_], members: list[shapely.Geometry]) -> Labels:
    labels = np.full(len(points), -1)
    found, member = shapely.STRtree(members).query(points, predicate="within")
    labels[found] = member
    return labels


def make_cells(seeds: Sequence[tuple[float, float]], warp: Warp) -> list[shapely.Polygon]:
    """Return cells around *seeds* in their order, with natural borders that fit each other."""
    frame = shapely.box(117.9, 24.0, 119.1, 25.1)
    plain = shapely.voronoi_polygons(shapely.multipoints(np.array(seeds)), extend_to=frame)
    borders = shapely.union_all(shapely.boundary(shapely.get_parts(plain)))
    edges = shapely.get_parts(shapely.line_merge(borders))
    cells = shapely.get_parts(shapely.polygonize(warp.bend(list(edges))))
    homes = shapely.points(warp.move(np.array(seeds, dtype=float)))
    found, cell = shapely.STRtree(cells).query(homes, predicate="within")
    if sorted(found) != list(range(len(seeds))):
        raise ValueError("a cell is missing: the warp is too strong and its borders cross")
    return [cells[number] for number in cell[np.argsort(found)]]
