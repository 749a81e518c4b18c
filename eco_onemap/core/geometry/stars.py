# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings cut into star-shaped parts: from an origin inside, every ray leaves a part just once.

In such a part a direction tells how far it reaches, so that the area of whatever lies in it can
be summed over the edges of that (:mod:`.radial`) without overlaying geometries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import E2, SEMI_MAJOR_M
from eco_onemap.core.geometry.vertices import ragged_places
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

TICKS = 2.0**36
"""Angles are sorted as whole numbers of 2⁻³⁶ radians above the number of their part, so that what
is found for one part does not depend on how many stand before it."""
PART = 2**40


@dataclass(frozen=True)
class Stars:
    """Star-shaped parts of n rings, p of them, and what had to be left as it is.

    Part arrays, shape (p,): ring, the number of the ring; boxes, rectangles around the parts in
    degrees; east, north, the origins in radians; cosine, of their latitudes; inner2, outer2, the
    squared radii that the boundary keeps between; density: shape (3, p), :func:`area_density`.
    Boundary arrays, from angle -π to π around each part, start: shape (p + 1,) where each begins:
    x, y in radians from the origin, longitudes times the cosine; keys, angles in ticks that ascend
    over all parts; swept, the area in m² between the angle -π and each vertex.
    rest, rest_ring: polygons in degrees that are no stars, and their rings.
    """

    count: int
    ring: Indices
    boxes: Geometries
    east: Floats
    north: Floats
    cosine: Floats
    inner2: Floats
    outer2: Floats
    density: Floats
    start: Indices
    keys: NDArray[np.int64]
    x: Floats
    y: Floats
    swept: Floats
    rest: Geometries
    rest_ring: Indices

    def __len__(self) -> int:
        return len(self.ring)

    def sector(self, part: Indices, angle: Floats) -> Indices:
        """Return the place of the boundary vertex at or before an angle of a part."""
        place = np.searchsorted(self.keys, _keys(part, angle), side="right") - 1
        first, last = self.start[part], self.start[part + 1] - 2
        return np.minimum(np.maximum(place, first), last)

    @property
    def areas_m2(self) -> Floats:
        """The area of each part, shape (p,)."""
        areas: Floats = self.swept[self.start[1:] - 1]
        return areas


@dataclass(frozen=True)
class Boundaries:
    """Closed rings around origins from which each is star-shaped, counter-clockwise.

    ring, east, north: shape (p,), as in :class:`Stars`. x, y: vertices as there; start: shape
    (p + 1,), where each ring begins; its first vertex is repeated at its end.
    """

    ring: Indices
    east: Floats
    north: Floats
    x: Floats
    y: Floats
    start: Indices

    def take(self, chosen: NDArray[np.bool_]) -> Boundaries:
        """Return the boundaries where *chosen*, shape (p,), is true."""
        counts = np.diff(self.start)
        places = ragged_places(self.start[:-1][chosen], counts[chosen])
        return Boundaries(
            self.ring[chosen],
            self.east[chosen],
            self.north[chosen],
            self.x[places],
            self.y[places],
            np.r_[0, np.cumsum(counts[chosen])],
        )

    def are_stars(self) -> NDArray[np.bool_]:
        """Return around which origins the vertices turn left all the way, shape (p,)."""
        if not len(self.ring):
            return np.zeros(0, dtype=bool)
        turning = self.x[:-1] * self.y[1:] - self.y[:-1] * self.x[1:]
        turning = np.r_[turning, np.inf]
        turning[self.start[1:] - 1] = np.inf  # from the last vertex of one to the first of the next
        stars: NDArray[np.bool_] = np.minimum.reduceat(turning, self.start[:-1]) > 0
        return stars


def join_boundaries(several: Sequence[Boundaries]) -> Boundaries:
    """Return boundaries one after another."""
    counts = np.concatenate([np.diff(each.start) for each in several])
    return Boundaries(
        np.concatenate([each.ring for each in several]),
        np.concatenate([each.east for each in several]),
        np.concatenate([each.north for each in several]),
        np.concatenate([each.x for each in several]),
        np.concatenate([each.y for each in several]),
        np.r_[0, np.cumsum(counts)],
    )


def describe_stars(
    count: int, boundaries: Boundaries, rest: Geometries, rest_ring: Indices
) -> Stars:
    """Return what areas in star-shaped parts are measured with.

    count: of the rings. rest, rest_ring: as in :class:`Stars`.
    """
    x, y, angle, start = _turned(boundaries)
    counts = np.diff(start)
    part = np.repeat(np.arange(len(counts)), counts)
    cosine = np.cos(boundaries.north)
    density = area_density(boundaries.north, cosine)
    steps = np.zeros(len(x))
    steps[1:] = triangles(x[:-1], y[:-1], x[1:], y[1:], density[:, part[1:]])
    steps[start[:-1]] = 0.0
    return Stars(
        count=count,
        ring=boundaries.ring,
        boxes=_boxes(boundaries, x, y, start),
        east=boundaries.east,
        north=boundaries.north,
        cosine=cosine,
        inner2=_per_part(np.minimum, _line_distances2(x, y, start), start),
        outer2=_per_part(np.maximum, x * x + y * y, start),
        density=density,
        start=start,
        keys=_keys(part, angle),
        x=x,
        y=y,
        swept=_running_sums(steps, counts),
        rest=rest,
        rest_ring=rest_ring,
    )


def _keys(part: Indices, angle: Floats) -> NDArray[np.int64]:
    keys: NDArray[np.int64] = PART * part + np.floor(angle * TICKS).astype(np.int64)
    return keys


def _running_sums(values: Floats, counts: Indices) -> Floats:
    """Return the running sums of groups of values, each summed on its own."""
    columns = np.arange(counts.max(initial=0))
    inside = columns < counts[:, None]
    table = np.zeros(inside.shape)
    table[inside] = values
    sums: Floats = np.cumsum(table, axis=1)[inside]
    return sums


def _boxes(boundaries: Boundaries, x: Floats, y: Floats, start: Indices) -> Geometries:
    east, north, cosine = boundaries.east, boundaries.north, np.cos(boundaries.north)
    boxes: Geometries = shapely.box(
        np.degrees(east + _per_part(np.minimum, x, start) / cosine),
        np.degrees(north + _per_part(np.minimum, y, start)),
        np.degrees(east + _per_part(np.maximum, x, start) / cosine),
        np.degrees(north + _per_part(np.maximum, y, start)),
    )
    return boxes


def _turned(boundaries: Boundaries) -> tuple[Floats, Floats, Floats, Indices]:
    """Return boundaries that run from angle -π to π, with a vertex at both.

    Each ring begins anew where its angle is smallest; its closing vertex gives way to the two
    points where it crosses the ray to the west.
    """
    counts = np.diff(boundaries.start) - 1
    places = ragged_places(boundaries.start[:-1], counts)
    x, y = boundaries.x[places], boundaries.y[places]
    angle = np.arctan2(y, x)
    begin = np.cumsum(counts) - counts
    lowest = np.repeat(_per_part(np.minimum, angle, np.r_[begin, len(angle)]), counts)
    owner = np.repeat(np.arange(len(counts)), counts)
    leading = np.flatnonzero(angle == lowest)
    shift = np.zeros(len(counts), dtype=np.intp)
    shift[owner[leading]] = leading - begin[owner[leading]]
    within = np.arange(len(x)) - begin[owner] + shift[owner]
    order = begin[owner] + np.where(within >= counts[owner], within - counts[owner], within)
    x, y, angle = x[order], y[order], angle[order]
    west = _west_crossing(x, y, begin, begin + counts - 1)
    start = np.r_[0, np.cumsum(counts + 2)]
    inner = ragged_places(start[:-1] + 1, counts)
    return (
        _with_ends(x, inner, start, west, west),
        _with_ends(y, inner, start, 0.0, 0.0),
        _with_ends(angle, inner, start, -np.pi, np.pi),
        start,
    )


def _with_ends(
    values: Floats, inner: Indices, start: Indices, first: Floats | float, last: Floats | float
) -> Floats:
    result = np.zeros(int(start[-1]))
    result[inner] = values
    result[start[:-1]] = first
    result[start[1:] - 1] = last
    return result


def _west_crossing(x: Floats, y: Floats, first: Indices, last: Indices) -> Floats:
    """Return where the edges from the last vertices to the first cross the ray to the west."""
    rise = y[last] - y[first]
    share = np.divide(y[last], rise, out=np.zeros(len(rise)), where=rise > 0)
    crossing: Floats = x[last] + share * (x[first] - x[last])
    return crossing


def _line_distances2(x: Floats, y: Floats, start: Indices) -> Floats:
    """Return the squared distance of the origin from the line through each edge."""
    dx, dy = np.diff(x, append=0.0), np.diff(y, append=0.0)
    length2 = dx * dx + dy * dy
    cross = x * dy - y * dx
    distance2 = np.divide(cross * cross, length2, out=np.full(len(x), np.inf), where=length2 > 0)
    distance2[start[1:] - 1] = np.inf
    return distance2


def _per_part(operation: np.ufunc, values: Floats, start: Indices) -> Floats:
    if len(start) < 2:
        return np.zeros(0)
    result: Floats = operation.reduceat(values, start[:-1])  # type: ignore[attr-defined]
    return result


def area_density(north: Floats, cosine: Floats) -> Floats:
    """Return the area in m² that a unit of a local map covers: at its origin, times y, times y².

    north: latitudes of the origins, radians; the map has radians of latitude as y and radians of
    longitude times the cosine as x. The Taylor terms of M·N·cos(latitude), shape (3, n).
    """
    sine = np.sin(north)
    weight = 1.0 - E2 * sine**2
    whole = SEMI_MAJOR_M**2 * (1.0 - E2) / cosine
    zeroth = cosine / weight**2
    first = -sine / weight**2 + 4.0 * E2 * sine * cosine**2 / weight**3
    second = (
        -cosine / weight**2
        - 4.0 * E2 * sine**2 * cosine / weight**3
        + 4.0 * E2 * (cosine**3 - 2.0 * sine**2 * cosine) / weight**3
        + 24.0 * E2**2 * sine**2 * cosine**3 / weight**4
    )
    return np.stack((whole * zeroth, whole * first, 0.5 * whole * second))


def triangles(x0: Floats, y0: Floats, x1: Floats, y1: Floats, density: Floats) -> Floats:
    """Return the signed areas in m² of triangles between the origin and each edge.

    density: shape (3, n), as :func:`area_density` has it.
    """
    plane = 0.5 * (x0 * y1 - y0 * x1)
    mean = (y0 + y1) / 3.0
    square = (y0 * y0 + y0 * y1 + y1 * y1) / 6.0
    areas: Floats = plane * (density[0] + density[1] * mean + density[2] * square)
    return areas
