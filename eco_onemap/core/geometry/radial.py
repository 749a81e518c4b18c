# SPDX-License-Identifier: GPL-2.0-or-later
"""The area that polygons share with star-shaped parts, edge by edge around the parts' origins.

The area of a polygon is the sum over its directed edges of the signed triangles between the
origin and the edge. In a star-shaped part each triangle is cut short where the boundary of the
part is nearer than the edge, so that the area of what is shared is

    Σ over edges of ∫ ½ min(edge(θ), boundary(θ))² dθ,

which has a closed form: over the sectors between the vertices of the boundary both are straight.
Edges within the part's inner radius need no boundary, those beyond its outer radius need none of
themselves; only edges between both are followed sector by sector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.geometry.stars import Stars, triangles
from eco_onemap.core.geometry.surface import Surface
from eco_onemap.core.geometry.vertices import Vertices, ragged_places, runs_of
from eco_onemap.core.grouping import sum_by

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]

CHUNK = 20_000
"""Runs of vertices that are worked on together: few enough to stay in the processor's cache."""


@dataclass(frozen=True)
class _Edges:
    """Edges around the origins of the parts that they are measured in, each of shape (k,)."""

    part: Indices
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats

    def where(self, chosen: Mask) -> _Edges:
        return self.take(np.flatnonzero(chosen))

    def take(self, rows: Indices) -> _Edges:
        return _Edges(
            self.part.take(rows),
            self.x0.take(rows),
            self.y0.take(rows),
            self.x1.take(rows),
            self.y1.take(rows),
        )


def shared_areas(stars: Stars, surface: Surface) -> Floats:
    """Return the area in m² that each part shares with the ground, shape (p,)."""
    part, piece = surface.tree.query(stars.boxes)
    nearest2, furthest2 = _reach2(stars, part, surface.bounds[piece].T)
    swallowed = furthest2 < stars.inner2[part]
    areas = sum_by(part[swallowed], surface.areas_m2[piece[swallowed]], len(stars))
    mixed = ~swallowed & (nearest2 <= stars.outer2[part])
    part, piece = part[mixed], piece[mixed]
    counts = np.diff(surface.runs.start)[piece]
    work = np.bincount(part, counts, len(stars)).astype(np.intp)
    for some in runs_of(work, CHUNK):  # whole parts, so that each is summed in one go
        pairs = slice(*np.searchsorted(part, (some.start, some.stop)))
        run = ragged_places(surface.runs.start[piece[pairs]], counts[pairs])
        areas += _run_areas(stars, surface, np.repeat(part[pairs], counts[pairs]), run)
    return areas


def _reach2(stars: Stars, part: Indices, rectangles: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return the squared distances from the origin to the near and far end of each rectangle."""
    west, south, east, north = rectangles
    cosine, x, y = stars.cosine[part], stars.east[part], stars.north[part]
    west, east, south, north = (west - x) * cosine, (east - x) * cosine, south - y, north - y
    near_x = np.maximum(np.maximum(west, -east), 0)
    near_y = np.maximum(np.maximum(south, -north), 0)
    far_x, far_y = np.maximum(-west, east), np.maximum(-south, north)
    return near_x**2 + near_y**2, far_x**2 + far_y**2


def _run_areas(stars: Stars, surface: Surface, part: Indices, run: Indices) -> Floats:
    """Return the area that each part shares with pieces, given all their runs in order.

    part, run: shape (k,). Of runs that are wholly within or beyond a part the chord stands for
    all edges; the others are followed edge by edge.
    """
    runs = surface.runs
    rectangles = (runs.west[run], runs.south[run], runs.east[run], runs.north[run])
    nearest2, furthest2 = _reach2(stars, part, rectangles)
    run_within, run_beyond = furthest2 < stars.inner2[part], nearest2 > stars.outer2[part]
    chord = run_within | run_beyond
    counts = np.where(chord, 1, runs.count[run] - 1)
    owner = np.repeat(np.arange(len(run)), counts)
    start = ragged_places(runs.first[run], counts)
    end = np.where(chord[owner], (runs.first + runs.count - 1)[run][owner], start + 1)
    edges = _edges(stars, runs.vertices, part[owner], start, end)
    within, beyond = run_within[owner], run_beyond[owner]
    single = ~chord[owner]
    within[single], beyond[single] = _sides(edges.where(single), stars)
    continued = np.ones(len(owner), dtype=bool)  # whether an edge begins where the last one ended
    first = np.cumsum(counts) - counts
    continued[first] = runs.follows[run]
    bulges = sum_by(part[run_within], surface.bulges_m2[run[run_within]], len(stars))
    return (
        bulges
        + _areas_within(edges.where(within), stars)
        + _areas_beyond(edges, beyond, continued, stars)
        + _areas_between(edges.where(~within & ~beyond), stars)
    )


def _edges(stars: Stars, vertices: Vertices, part: Indices, start: Indices, end: Indices) -> _Edges:
    """Return the edges between vertices around the origins of parts."""
    cosine, east, north = stars.cosine[part], stars.east[part], stars.north[part]
    return _Edges(
        part,
        (vertices.x[start] - east) * cosine,
        vertices.y[start] - north,
        (vertices.x[end] - east) * cosine,
        vertices.y[end] - north,
    )


def _sides(edges: _Edges, stars: Stars) -> tuple[Mask, Mask]:
    """Return which edges lie within the inner radius of their part and which beyond the outer."""
    first, second = edges.x0**2 + edges.y0**2, edges.x1**2 + edges.y1**2
    inner2, outer2 = stars.inner2[edges.part], stars.outer2[edges.part]
    within = np.maximum(first, second) < inner2
    beyond = np.minimum(first, second) > outer2
    beyond[beyond] = ~_may_enter(edges.where(beyond), stars)
    return within, beyond


def _may_enter(edges: _Edges, stars: Stars) -> Mask:
    """Return which edges between vertices beyond the outer radius come within it."""
    dx, dy = edges.x1 - edges.x0, edges.y1 - edges.y0
    length2 = dx * dx + dy * dy
    along = -(edges.x0 * dx + edges.y0 * dy)
    cross = edges.x0 * dy - edges.y0 * dx
    enters: Mask = (
        (along > 0) & (along < length2) & (cross * cross <= stars.outer2[edges.part] * length2)
    )
    return enters


def _areas_within(edges: _Edges, stars: Stars) -> Floats:
    areas = triangles(edges.x0, edges.y0, edges.x1, edges.y1, stars.density[:, edges.part])
    return sum_by(edges.part, areas, len(stars))


def _areas_beyond(edges: _Edges, beyond: Mask, continued: Mask, stars: Stars) -> Floats:
    """Return the areas that parts sweep along edges beyond them.

    Of a run of such edges only both ends count, and how often it passes the ray to the west.
    """
    before = np.r_[False, beyond[:-1]] & continued
    after = np.r_[(beyond & continued)[1:], False]
    first, last = edges.where(beyond & ~before), edges.where(beyond & ~after)
    swept = sum_by(last.part, _swept(stars, last.part, last.x1, last.y1), len(stars))
    swept -= sum_by(first.part, _swept(stars, first.part, first.x0, first.y0), len(stars))
    passing = edges.where(beyond & ((edges.y0 < 0) != (edges.y1 < 0)))
    turn = np.sign(passing.x0 * passing.y1 - passing.y0 * passing.x1)
    west = turn == np.where(passing.y0 < 0, -1.0, 1.0)
    turns = sum_by(passing.part[west], turn[west], len(stars))
    return swept + turns * stars.areas_m2


def _swept(stars: Stars, part: Indices, x: Floats, y: Floats) -> Floats:
    """Return the area of each part between the angle -π and the direction of a point."""
    sector = stars.sector(part, np.arctan2(y, x))
    end_x, end_y = _on_boundary(stars, sector, x, y)
    density = stars.density[:, part]
    rest = triangles(stars.x[sector], stars.y[sector], end_x, end_y, density)
    return stars.swept[sector] + rest


def _on_boundary(stars: Stars, sector: Indices, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return where the ray through a point leaves its part, in a known sector."""
    x0, y0, x1, y1 = stars.x[sector], stars.y[sector], stars.x[sector + 1], stars.y[sector + 1]
    return _cut_by_ray(x0, y0, x1, y1, x, y)


def _cut_by_ray(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, x: Floats, y: Floats
) -> tuple[Floats, Floats]:
    """Return the point of each edge in the direction of (x, y); the edge's end if it has none."""
    before, after = x0 * y - y0 * x, x1 * y - y1 * x
    share = _share(before, before - after)
    return x0 + share * (x1 - x0), y0 + share * (y1 - y0)


def _share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, from 0 to 1; where both are 0 it is 0."""
    shares: Floats = np.minimum(np.maximum(part / (whole + (whole == 0)), 0.0), 1.0)
    return shares


def _areas_between(edges: _Edges, stars: Stars) -> Floats:
    """Return the areas under edges that the boundary of their part may cut short."""
    turn = edges.x0 * edges.y1 - edges.y0 * edges.x1
    edges, turn = edges.where(turn != 0), turn[turn != 0]
    forward = turn > 0
    ahead = _Edges(
        edges.part,
        np.where(forward, edges.x0, edges.x1),
        np.where(forward, edges.y0, edges.y1),
        np.where(forward, edges.x1, edges.x0),
        np.where(forward, edges.y1, edges.y0),
    )
    sign = np.sign(turn)
    ahead, sign = _split_in_the_west(ahead, sign)
    areas, owner = _sector_areas(ahead, stars)
    return sum_by(ahead.part[owner], areas * sign[owner], len(stars))


def _split_in_the_west(edges: _Edges, sign: Floats) -> tuple[_Edges, Floats]:
    """Return edges none of which passes the ray to the west, where angles begin anew."""
    passing = (edges.y0 >= 0) & (edges.y1 < 0)
    if not passing.any():
        return edges, sign
    long = edges.where(passing)
    x, _ = _cut_by_ray(long.x0, long.y0, long.x1, long.y1, np.full(len(long.x0), -1.0), 0 * long.x0)
    above = _Edges(long.part, long.x0, long.y0, x, np.zeros(len(x)))
    below = _Edges(long.part, x, np.full(len(x), -0.0), long.x1, long.y1)
    whole = edges.where(~passing)
    joined = _Edges(
        np.r_[whole.part, above.part, below.part],
        np.r_[whole.x0, above.x0, below.x0],
        np.r_[whole.y0, above.y0, below.y0],
        np.r_[whole.x1, above.x1, below.x1],
        np.r_[whole.y1, above.y1, below.y1],
    )
    return joined, np.r_[sign[~passing], sign[passing], sign[passing]]


def _sector_areas(edges: _Edges, stars: Stars) -> tuple[Floats, Indices]:
    """Return the area under edge and boundary in each sector that an edge passes, and its edge."""
    first = stars.sector(edges.part, np.arctan2(edges.y0, edges.x0))
    last = np.maximum(stars.sector(edges.part, np.arctan2(edges.y1, edges.x1)), first)
    counts = last - first + 1
    owner = np.repeat(np.arange(len(counts)), counts)
    sector = ragged_places(first, counts)
    whole = edges.take(owner)
    boundary = _Edges(
        whole.part, stars.x[sector], stars.y[sector], stars.x[sector + 1], stars.y[sector + 1]
    )
    along = _clipped(whole, boundary, sector == first[owner], sector == last[owner])
    return _under_both(along, _clipped_to(boundary, along), stars.density[:, whole.part]), owner


def _clipped(edges: _Edges, sectors: _Edges, begins: Mask, ends: Mask) -> _Edges:
    """Return the parts of edges between the rays that bound sectors, or their own ends there."""
    x0, y0 = _cut_by_ray(edges.x0, edges.y0, edges.x1, edges.y1, sectors.x0, sectors.y0)
    x1, y1 = _cut_by_ray(edges.x0, edges.y0, edges.x1, edges.y1, sectors.x1, sectors.y1)
    return _Edges(
        edges.part,
        np.where(begins, edges.x0, x0),
        np.where(begins, edges.y0, y0),
        np.where(ends, edges.x1, x1),
        np.where(ends, edges.y1, y1),
    )


def _clipped_to(boundary: _Edges, along: _Edges) -> _Edges:
    """Return the parts of the boundary between the rays through both ends of edges."""
    x0, y0 = _cut_by_ray(boundary.x0, boundary.y0, boundary.x1, boundary.y1, along.x0, along.y0)
    x1, y1 = _cut_by_ray(boundary.x0, boundary.y0, boundary.x1, boundary.y1, along.x1, along.y1)
    return _Edges(boundary.part, x0, y0, x1, y1)


def _under_both(edges: _Edges, boundary: _Edges, density: Floats) -> Floats:
    """Return the area between the origin and the nearer of two lines over one sector."""
    first = edges.x0**2 + edges.y0**2 <= boundary.x0**2 + boundary.y0**2
    second = edges.x1**2 + edges.y1**2 <= boundary.x1**2 + boundary.y1**2
    x0, y0 = np.where(first, edges.x0, boundary.x0), np.where(first, edges.y0, boundary.y0)
    x1, y1 = np.where(second, edges.x1, boundary.x1), np.where(second, edges.y1, boundary.y1)
    areas = triangles(x0, y0, x1, y1, density)
    crossing = np.flatnonzero(first != second)
    x, y = _crossings(edges.take(crossing), boundary.take(crossing))
    own = density[:, crossing]
    areas[crossing] = triangles(x0[crossing], y0[crossing], x, y, own)
    areas[crossing] += triangles(x, y, x1[crossing], y1[crossing], own)
    return areas


def _crossings(edges: _Edges, boundary: _Edges) -> tuple[Floats, Floats]:
    """Return where edges cross the boundary."""
    dx, dy = boundary.x1 - boundary.x0, boundary.y1 - boundary.y0
    before: Floats = (edges.x0 - boundary.x0) * dy - (edges.y0 - boundary.y0) * dx
    after: Floats = (edges.x1 - boundary.x0) * dy - (edges.y1 - boundary.y0) * dx
    share = _share(before, before - after)
    return edges.x0 + share * (edges.x1 - edges.x0), edges.y0 + share * (edges.y1 - edges.y0)
