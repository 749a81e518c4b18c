# SPDX-License-Identifier: GPL-2.0-or-later
"""Where along a line something lies (里程桩号): stretches, crossings and nearest approaches.

Chainage is the sum of the geodesic lengths of a line's edges on the CGCS2000 ellipsoid, as all
lengths are, from the start of the line; it runs on from part to part of a line in several parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import is_

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import line_parts, point_parts
from eco_onemap.core.layers.cells_along import cells_along
from eco_onemap.core.layers.sources import RasterSource
from eco_onemap.core.measures.line_courses import (
    ON_LINE_DEG,
    Edges,
    Parts,
    edges_of,
    find_parts,
    only_where,
)
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

NEAR_LINE_DEG = 1e-7
"""A centimetre, within which the start of a shortest line is found again on its line."""
DECIMALS = 6
"""Chainages are rounded to a micrometre, as distances are."""


@dataclass(frozen=True)
class Stretches:
    """Stretches of lines, shape (k,) each: a row of what was asked, part of the line, from, to.

    Where a line is only crossed in a point, from and to are the same.
    """

    row: Indices
    part: Indices
    from_m: Floats
    to_m: Floats

    def __len__(self) -> int:
        return len(self.row)

    def take(self, chosen: Indices) -> Stretches:
        """Return the chosen stretches."""
        return Stretches(
            self.row[chosen], self.part[chosen], self.from_m[chosen], self.to_m[chosen]
        )

    def of(self, groups: Indices) -> Stretches:
        """Return the stretches under other row numbers: *groups* has one for each row."""
        return Stretches(groups[self.row], self.part, self.from_m, self.to_m)


@dataclass(frozen=True)
class Feet:
    """Places on lines that are nearest to something beside them, shape (k,) each.

    side: 1 left of the line as the chainage runs, -1 right, 0 straight before or behind an end.
    """

    part: Indices
    at_m: Floats
    side: NDArray[np.int64]


class Chainages:
    """Lines, shape (n,) in CGCS2000 longitude and latitude, with the chainage along each.

    start_m: chainage at the start of the lines, one for all or shape (n,). is_reversed: likewise,
    whether chainage runs against the direction in which they were drawn. What is no line has no
    chainage.
    """

    def __init__(
        self,
        lines: Geometries,
        start_m: Floats | float = 0.0,
        is_reversed: NDArray[np.bool_] | bool = False,
    ) -> None:
        self._lines = lines
        count = len(lines)
        self.parts: Parts = find_parts(lines, np.broadcast_to(is_reversed, count))
        self.edges: Edges = edges_of(self.parts, np.broadcast_to(start_m, count))

    @property
    def whole(self) -> Stretches:
        """Each part of each line from its start to its end; rows are numbers of lines."""
        edges = self.edges
        first = np.flatnonzero(np.diff(edges.site, prepend=-1) | np.diff(edges.part, prepend=-1))
        last = np.r_[first[1:], len(edges.site)][: len(first)] - 1
        end = np.round(edges.from_m[last] + edges.length_m[last], DECIMALS)
        return Stretches(
            edges.site[first], edges.part[first], np.round(edges.from_m[first], DECIMALS), end
        )

    def find_stretches(self, site: Indices, shared: Geometries, join_m: float) -> Stretches:
        """Return where on its line each shared geometry lies.

        site: shape (k,), number of the line of each. shared: shape (k,), what it shares with
        something: lines, points or both, ``None`` allowed. Stretches of one row that leave less
        than *join_m* between them are one.
        """
        same = map(is_, shared, self._lines[site])
        is_whole = np.fromiter(same, dtype=bool, count=len(site))
        found = [
            self._all_of(site, np.flatnonzero(is_whole)),
            self._along(site, only_where(shared, ~is_whole)),
            self._across(site, shared),
        ]
        return merge_stretches(_joined(found), join_m)

    def find_cells(self, raster: RasterSource) -> tuple[Indices, Floats, Stretches]:
        """Return line, value and stretch of each part of an edge in a cell; rows number the parts.

        Raises LayerError for a raster that cannot be used or read.
        """
        edges = self.edges
        along = cells_along(edges.lines, raster)
        ahead = (edges.end - edges.start)[along.edge]
        ends = [
            edges.at(along.edge, edges.start[along.edge] + share[:, None] * ahead)
            for share in (along.first, along.last)
        ]
        from_m, to_m = np.round(ends, DECIMALS)
        rows = np.arange(len(along.edge))
        found = Stretches(rows, edges.part[along.edge], from_m, to_m)
        return edges.site[along.edge], along.value, found

    def find_feet(self, site: Indices, start: Floats, end: Floats) -> Feet:
        """Return where shortest lines begin: from *start*, shape (k, 2), on a line, to *end*."""
        row, edge = self._near(site, start, NEAR_LINE_DEG)
        away = shapely.distance(shapely.points(start[row]), self.edges.lines[edge])
        order = np.lexsort((edge, away > ON_LINE_DEG, row))
        row, edge = row[order], edge[order]
        first = np.flatnonzero(np.diff(row, prepend=-1))
        row, edge = row[first], edge[first]
        at, part = np.full(len(site), np.nan), np.zeros(len(site), dtype=np.intp)
        side = np.zeros(len(site), dtype=np.int64)
        at[row] = np.round(self.edges.at(edge, start[row]), DECIMALS)
        part[row], side[row] = self.edges.part[edge], self._sides(edge, start[row], end[row])
        return Feet(part, at, side)

    def _all_of(self, site: Indices, rows: Indices) -> Stretches:
        """Return all parts of the lines of rows."""
        whole = self.whole
        begins = np.searchsorted(whole.row, site[rows])
        counts = np.searchsorted(whole.row, site[rows], side="right") - begins
        row = np.repeat(rows, counts)
        place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        place += np.repeat(begins, counts)
        return Stretches(row, whole.part[place], whole.from_m[place], whole.to_m[place])

    def _along(self, site: Indices, shared: Geometries) -> Stretches:
        """Return the stretch of each edge of shared lines, on all edges that it lies on."""
        lines, owner = line_parts(shared)
        points, line = shapely.get_coordinates(lines, return_index=True)
        inside = line[1:] == line[:-1]
        start, end, row = points[:-1][inside], points[1:][inside], owner[line[1:][inside]]
        piece, edge = self._near(site[row], (start + end) / 2, ON_LINE_DEG)
        for points in (start, end):  # an edge that is only crossed holds the middle alone
            away = shapely.distance(shapely.points(points[piece]), self.edges.lines[edge])
            piece, edge = piece[away <= ON_LINE_DEG], edge[away <= ON_LINE_DEG]
        ends = np.sort(
            (self.edges.at(edge, start[piece]), self.edges.at(edge, end[piece])), axis=0
        ).round(DECIMALS)
        return Stretches(row[piece], self.edges.part[edge], ends[0], ends[1])

    def _across(self, site: Indices, shared: Geometries) -> Stretches:
        """Return the places of shared points."""
        points, row = point_parts(shared)
        places = shapely.get_coordinates(points)
        number, edge = self._near(site[row], places, ON_LINE_DEG)
        at = np.round(self.edges.at(edge, places[number]), DECIMALS)
        return Stretches(row[number], self.edges.part[edge], at, at)

    def _near(self, site: Indices, points: Floats, distance: float) -> tuple[Indices, Indices]:
        """Return pairs of a point and an edge of its own line that holds it, sorted by both."""
        number, edge = self.edges.tree.query(
            shapely.points(points), predicate="dwithin", distance=distance
        )
        own = self.edges.site[edge] == site[number]
        number, edge = number[own], edge[own]
        order = np.lexsort((edge, number))
        return number[order], edge[order]

    def _sides(self, edge: Indices, start: Floats, end: Floats) -> NDArray[np.int64]:
        shrink = np.cos(np.radians(start[:, 1]))
        ahead = (self.edges.end - self.edges.start)[edge]
        aside = end - start
        turn = shrink * (ahead[:, 0] * aside[:, 1] - ahead[:, 1] * aside[:, 0])
        flat = np.hypot(*ahead.T) * np.hypot(*aside.T) * ON_LINE_DEG
        return np.where(np.abs(turn) <= flat, 0, np.sign(turn)).astype(np.int64)


def _joined(several: Sequence[Stretches]) -> Stretches:
    return Stretches(
        np.concatenate([each.row for each in several]),
        np.concatenate([each.part for each in several]),
        np.concatenate([each.from_m for each in several]),
        np.concatenate([each.to_m for each in several]),
    )


def merge_stretches(found: Stretches, join_m: float) -> Stretches:
    """Return the stretches that cover the same chainages of each row and part, sorted by these.

    What overlaps, or leaves at most *join_m* between, is one.
    """
    order = np.lexsort((found.to_m, found.from_m, found.part, found.row))
    row, part = found.row[order], found.part[order]
    from_m, to_m = found.from_m[order], found.to_m[order]
    other = np.r_[True, (np.diff(row) != 0) | (np.diff(part) != 0)][: len(row)]
    group = np.cumsum(other) - 1
    ends, rank = np.unique(to_m, return_inverse=True)
    shift = group * len(ends)  # ranks, so far apart that no group's end counts for the next one
    reached = ends[np.maximum.accumulate(rank + shift) - shift]
    gap = np.r_[True, from_m[1:] > reached[:-1] + join_m][: len(row)]
    starts = np.flatnonzero(other | gap)
    last = np.r_[starts[1:], len(row)][: len(starts)] - 1
    return Stretches(row[starts], part[starts], from_m[starts], reached[last])
