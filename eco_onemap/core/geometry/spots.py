# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as the measuring of distances sees them: rectangles, a point of each, plane frames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import E2, SEMI_MAJOR_M
from eco_onemap.core.geometry.local_frames import MEAN_RADIUS_M, into_frames
from eco_onemap.core.geometry.runs import Runs
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

SLACK_M = 0.01
"""A centimetre that bounds leave for rounding and for the bow of edges."""


@dataclass(frozen=True, eq=False)
class Spots:
    """Sites, shape (n,), in CGCS2000 longitude and latitude, ``None`` allowed."""

    geometries: Geometries

    def __len__(self) -> int:
        return len(self.geometries)

    @cached_property
    def present(self) -> NDArray[np.bool_]:
        """Which sites have a geometry."""
        return ~(shapely.is_missing(self.geometries) | shapely.is_empty(self.geometries))

    @cached_property
    def bounds(self) -> Floats:
        """West, south, east, north of each site in radians, shape (n, 4)."""
        return np.asfortranarray(np.radians(shapely.bounds(self.geometries).reshape(-1, 4)))

    @cached_property
    def anchors(self) -> Floats:
        """The middle of each site's rectangle in degrees, shape (n, 2)."""
        west, south, east, north = np.degrees(self.bounds).T
        return np.column_stack(((west + east) / 2, (south + north) / 2))

    @cached_property
    def points(self) -> Floats:
        """A point of each site in radians, shape (n, 2): its middle if that lies in it."""
        middle = shapely.points(self.anchors)
        inside = shapely.intersects(self.geometries, middle)
        points = np.asfortranarray(np.radians(self.anchors))
        others = self.present & ~inside
        coordinates, owner = shapely.get_coordinates(self.geometries[others], return_index=True)
        first = np.searchsorted(owner, np.arange(int(others.sum())))
        points[others] = np.radians(coordinates[first])
        return points

    @cached_property
    def metres(self) -> Floats:
        """Metres per radian east and north at the middle of each site, shape (n, 2)."""
        latitude = np.radians(self.anchors[:, 1])
        weight = 1.0 - E2 * np.sin(latitude) ** 2
        north = SEMI_MAJOR_M * (1.0 - E2) / weight**1.5
        east = SEMI_MAJOR_M / np.sqrt(weight) * np.cos(latitude)
        return np.asfortranarray(np.column_stack((east, north)))

    @cached_property
    def slope(self) -> Floats:
        """How metres east per radian grow with latitude, relative per radian, shape (n,).

        The derivative of N·cos(latitude) is -M·sin(latitude).
        """
        east, north = self.metres.T
        return -north * np.sin(np.radians(self.anchors[:, 1])) / east

    @cached_property
    def steep(self) -> Floats:
        """The tangent of the latitude, shape (n,)."""
        return np.abs(np.tan(np.radians(self.anchors[:, 1])))

    @cached_property
    def half_m(self) -> Floats:
        """Half the larger side of each site's rectangle in m, shape (n,)."""
        west, south, east, north = self.bounds.T
        wide, high = (east - west) * self.metres[:, 0], (north - south) * self.metres[:, 1]
        return 0.5 * np.maximum(wide, high)

    @cached_property
    def frames(self) -> Geometries:
        """The sites in metres around their anchors, prepared."""
        framed = into_frames(self.geometries, self.anchors)
        shapely.prepare(framed)
        return framed

    @cached_property
    def local(self) -> Geometries:
        """The sites on local maps: metres from the anchor, as a radian has them there."""
        counts = shapely.get_num_coordinates(self.geometries)
        scale = np.repeat(self.metres, counts, axis=0)
        origin = np.repeat(self.anchors, counts, axis=0)
        return shapely.transform(
            self.geometries, lambda points: np.radians(points - origin) * scale
        )

    def between_m(self, site: Indices, runs: Runs, run: Indices) -> tuple[Floats, Floats]:
        """Return distances that sites and runs at least and at most have, from local maps."""
        scale, half_m = self._scales(site, runs, run)
        there = runs.geometries(run, np.radians(self.anchors[site]), scale)
        distance = shapely.distance(self.local[site], there)
        doubt = self._doubts(site, distance, half_m)
        return np.maximum(distance - doubt, 0.0), distance + doubt

    def _scales(self, site: Indices, runs: Runs, run: Indices) -> tuple[Floats, Floats]:
        """Return metres per radian, (k, 2), half way between sites and runs.

        And half the height of runs in m, shape (k,).
        """
        south, north = runs.south[run], runs.north[run]
        middle = 0.5 * (0.5 * (south + north) - np.radians(self.anchors[:, 1])[site])
        scale = np.empty((len(site), 2), order="F")
        scale[:, 0] = self.metres[:, 0][site] * (1.0 + self.slope[site] * middle)
        scale[:, 1] = self.metres[:, 1][site]
        return scale, 0.5 * (north - south) * MEAN_RADIUS_M

    def _doubts(self, site: Indices, distance: Floats, half_m: Floats | float) -> Floats:
        """Return how wrong distances on local maps are at most.

        half_m: half the height of what is measured to. The scale half way is the mean along the
        way but for its second derivative, for the change of M (below 1 % of a radian's) and for
        the extent of both ends.
        """
        away = distance / MEAN_RADIUS_M
        tangent = self.steep[site]
        half = self.half_m[site]
        extent = (1.0 + tangent) * (half + half_m) / MEAN_RADIUS_M
        relative = (1.0 + tangent * tangent) * away * away + 0.01 * away
        doubts: Floats = distance * relative + (distance + half) * extent + SLACK_M
        return doubts

    def boxes(self, site: Indices, reach_m: Floats) -> Geometries:
        """Return rectangles in degrees that hold all ground within *reach_m* of sites."""
        west, south, east, north = np.degrees(self.bounds[site]).T
        rise = np.degrees((reach_m + SLACK_M) / (0.99 * MEAN_RADIUS_M))
        furthest = np.minimum(np.maximum(np.abs(south), np.abs(north)) + rise, 89.0)
        run = np.minimum(rise / np.cos(np.radians(furthest)), 360.0)
        boxes: Geometries = shapely.box(west - run, south - rise, east + run, north + rise)
        return boxes

    def least_m(self, site: Indices, runs: Runs, run: Indices) -> Floats:
        """Return distances that sites and runs at least have: those of their rectangles."""
        west, south, east, north = self.bounds.T
        x = _gap(west[site], east[site], runs.west[run], runs.east[run])
        y = _gap(south[site], north[site], runs.south[run], runs.north[run])
        scale, half_m = self._scales(site, runs, run)
        x, y = x * scale[:, 0], y * scale[:, 1]
        distance = np.sqrt(x * x + y * y)
        return np.maximum(distance - self._doubts(site, distance, half_m), 0.0)

    def most_m(self, site: Indices, x: Floats, y: Floats) -> Floats:
        """Return distances that sites and points (radians) at most have."""
        points = self.points
        rise = y - points[:, 1][site]
        east = self.metres[:, 0][site] * (1.0 + 0.5 * self.slope[site] * rise)
        run, rise = (x - points[:, 0][site]) * east, rise * self.metres[:, 1][site]
        distance = np.sqrt(run * run + rise * rise)
        return distance + self._doubts(site, distance, 0.0)


def _gap(low: Floats, high: Floats, other_low: Floats, other_high: Floats) -> Floats:
    """Return how far intervals are apart, 0 where they meet."""
    return np.maximum(np.maximum(other_low - high, low - other_high), 0.0)
