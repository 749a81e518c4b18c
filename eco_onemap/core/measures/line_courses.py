# SPDX-License-Identifier: GPL-2.0-or-later
"""Line sites as courses to go along: their parts in order, in the direction of the chainage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import geodesic_m
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

ON_LINE_DEG = 1e-9
"""A tenth of a millimetre: what is nearer to a line lies on it but for rounding."""


@dataclass(frozen=True)
class Parts:
    """Parts of lines that join nowhere, in the order of the chainage, p of them.

    site: shape (p,), ascending. number: shape (p,), from 1 within each line. lines: shape (p,),
    LineStrings in the direction of the chainage.
    """

    site: Indices
    number: Indices
    lines: Geometries


def only_where(geometries: Geometries, chosen: NDArray[np.bool_]) -> Geometries:
    """Return the chosen geometries in their places, ``None`` in all others."""
    kept: Geometries = np.full(len(geometries), None, dtype=object)
    kept[chosen] = geometries[chosen]
    return kept


def find_parts(lines: Geometries, is_reversed: NDArray[np.bool_]) -> Parts:
    """Return the parts of *lines*, shape (n,), ``None`` and what is no line left out.

    Parts that meet end to end are one, in the direction of the one that was drawn first; the
    others follow in the order in which they were drawn. is_reversed: shape (n,), whether each is
    gone along from the other end.
    """
    lines = only_where(lines, shapely.get_dimensions(lines) == 1)
    several = shapely.get_num_geometries(lines) > 1
    merged = np.where(several, shapely.line_merge(lines), lines)
    found, site = shapely.get_parts(merged, return_index=True)
    drawn, owner = shapely.get_parts(lines, return_index=True)
    first = _first_drawn(found, site, drawn, owner)
    ahead = shapely.line_locate_point(found, shapely.get_point(drawn[first], 0))
    behind = shapely.line_locate_point(found, shapely.get_point(drawn[first], -1))
    found = np.where(several[site] & (ahead > behind), shapely.reverse(found), found)
    rank = np.where(is_reversed[site], -first, first)
    order = np.lexsort((rank, site))
    found, site = found[order], site[order].astype(np.intp)
    begins = np.searchsorted(site, site)
    turned = np.where(is_reversed[site], shapely.reverse(found), found)
    return Parts(site, np.arange(len(site)) - begins + 1, turned)


def _first_drawn(found: Geometries, site: Indices, drawn: Geometries, owner: Indices) -> Indices:
    """Return for each part the number of the drawn line that is the first in it."""
    middle = shapely.line_interpolate_point(drawn, 0.5, normalized=True)
    number, part = shapely.STRtree(found).query(middle, predicate="dwithin", distance=ON_LINE_DEG)
    own = owner[number] == site[part]
    first = np.full(len(found), len(drawn), dtype=np.intp)
    np.minimum.at(first, part[own], number[own])
    return first


@dataclass(frozen=True, eq=False)
class Edges:
    """The edges of parts with the chainage at which each begins, e of them, in its order.

    site, part: shape (e,). start, end: shape (e, 2), degrees. from_m, length_m: shape (e,).
    """

    site: Indices
    part: Indices
    start: Floats
    end: Floats
    from_m: Floats
    length_m: Floats

    @cached_property
    def lines(self) -> Geometries:
        """Each edge as a line."""
        made: Geometries = shapely.linestrings(np.stack((self.start, self.end), axis=1))
        return made

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The index of the edges."""
        return shapely.STRtree(self.lines)

    def at(self, edge: Indices, points: Floats) -> Floats:
        """Return the chainage in m of points, shape (k, 2), on the edges with given numbers."""
        gone = np.minimum(geodesic_m(self.start[edge], points), self.length_m[edge])
        chainage: Floats = self.from_m[edge] + gone
        return chainage


def edges_of(parts: Parts, start_m: Floats) -> Edges:
    """Return the edges of parts; each line begins at its chainage of *start_m*, shape (n,).

    Gaps count nothing.
    """
    points, part = shapely.get_coordinates(parts.lines, return_index=True)
    inside = (part[1:] == part[:-1]) & (points[1:] != points[:-1]).any(axis=1)
    start, end, part = points[:-1][inside], points[1:][inside], part[1:][inside]
    site, length = parts.site[part], geodesic_m(start, end)
    begins = np.flatnonzero(np.diff(site, prepend=-1))
    # each line is summed up on its own, so that it does not matter which others there are
    lines = zip(start_m[site[begins]], np.split(length, begins)[1:], strict=True)
    gone = [np.cumsum(np.r_[start, each[:-1]]) for start, each in lines]
    return Edges(site, parts.number[part], start, end, np.concatenate([np.zeros(0), *gone]), length)
