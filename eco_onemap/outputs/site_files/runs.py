# SPDX-License-Identifier: GPL-2.0-or-later
"""Geometries as runs of rounded points, as files of points hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.raw_sites import RawSites

_FEWEST_CORNERS = 3


class Form(Enum):
    """What a site's points form, in the word of boundary point files."""

    POINT = "点"
    LINE = "线"
    POLYGON = "面"


_FORMS = {0: Form.POINT, 1: Form.LINE, 2: Form.POLYGON}


@dataclass(frozen=True)
class Outline:
    """One site as runs of points: its number, form, and arrays of shape (k, 2), x = east.

    A polygon's rings, outer and inner alike, return to their first points.
    """

    site: int
    form: Form
    runs: tuple[NDArray[np.float64], ...]

    @property
    def points(self) -> int:
        """How many rows the site takes."""
        return sum(map(len, self.runs))


def outlines(sites: RawSites, decimals: int) -> tuple[list[Outline], list[Message]]:
    """Return the sites' points rounded to *decimals*, and notes on what could not be kept.

    Sites without a geometry, or of mixed kinds, are left out; so are rings that are smaller
    than the last decimal. A polygon whose rings cross after rounding is told.
    """
    made: list[Outline] = []
    notes: list[Message] = []
    for number, geometry in enumerate(sites.geometries.tolist()):
        outline = _outline(number, geometry, decimals)
        if outline is None:
            notes.append(message("site_output.note_left_out", site=sites.ids[number]))
            continue
        made.append(outline)
        notes += _losses(sites.ids[number], geometry, outline, decimals)
    return made, notes


def _outline(number: int, geometry: shapely.Geometry | None, decimals: int) -> Outline | None:
    if geometry is None or geometry.is_empty or geometry.geom_type == "GeometryCollection":
        return None
    form = _FORMS[shapely.get_dimensions(geometry)]
    runs: list[NDArray[np.float64]] = []
    for points in _coordinates(geometry, form):
        rounded = np.round(points, decimals) + 0.0
        run = _ring(rounded, runs[-1][0] if runs else None) if form is Form.POLYGON else rounded
        if run is not None:
            runs.append(run)
    return Outline(number, form, tuple(runs)) if runs else None


def _coordinates(geometry: shapely.Geometry, form: Form) -> Iterator[NDArray[np.float64]]:
    for part in shapely.get_parts(geometry):
        if form is Form.POLYGON:
            for ring in (part.exterior, *part.interiors):
                yield shapely.get_coordinates(ring)
        else:
            yield shapely.get_coordinates(part)


def _ring(
    points: NDArray[np.float64], before: NDArray[np.float64] | None
) -> NDArray[np.float64] | None:
    """Return a ring without repeated points, None where fewer than three are left.

    It starts at a point that occurs once, and not where the ring before did, so that a reader sees
    its end where it returns there. None as well where no point is such: the ring has no area.
    """
    corners = points[:-1]
    corners = corners[np.any(corners != np.roll(corners, 1, axis=0), axis=1)]
    if len(corners) < _FEWEST_CORNERS:
        return None
    _, first, count = np.unique(corners, axis=0, return_index=True, return_counts=True)
    starts = np.sort(first[count == 1])
    if before is not None:
        starts = starts[np.any(corners[starts] != before, axis=1)]
    if not len(starts):
        return None
    corners = np.roll(corners, -int(starts[0]), axis=0)
    return np.vstack([corners, corners[:1]])


def _losses(
    site: str, geometry: shapely.Geometry, outline: Outline, decimals: int
) -> list[Message]:
    if outline.form is not Form.POLYGON or not geometry.is_valid:
        return []
    rings = sum(1 + len(part.interiors) for part in shapely.get_parts(geometry).tolist())
    if rings > len(outline.runs):
        return [message("site_output.note_rings", site=site, count=rings - len(outline.runs))]
    rounded = shapely.transform(geometry, lambda xy: np.round(xy, decimals))
    return [] if rounded.is_valid else [message("site_output.note_crossing", site=site)]


def rows_of(outline: Outline) -> Iterator[tuple[int, int, float, float]]:
    """Yield run, point, east and north of each row; a closing row repeats the number of its first.

    Points are numbered through the site from 1, as J1, J2 … are.
    """
    number = 0
    for run, points in enumerate(outline.runs, start=1):
        start = number + 1
        for place, (east, north) in enumerate(points.tolist()):
            closing = outline.form is Form.POLYGON and place == len(points) - 1
            number += not closing
            yield run, start if closing else number, east, north
