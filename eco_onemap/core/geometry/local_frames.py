# SPDX-License-Identifier: GPL-2.0-or-later
"""Plane frames around many points at once, in which distances are those on the ellipsoid.

A frame is the tangent plane at its anchor (east, north), with radii stretched from the chord to
the arc: an azimuthal equidistant map, whose radii are true to 3e-8 within 1000 km.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import E2, GEOD, SEMI_MAJOR_M
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]

MEAN_RADIUS_M = 6371008.8
"""IUGG mean radius, for what needs it to two digits only."""

MAX_EDGE_DEG = 0.001
"""Edges straight in longitude and latitude are densified to this before they enter a frame; they
bow by less than 0.25 mm."""


SERIES_WITHIN_M = 10_000.0
"""So far from an anchor the series of :func:`radians_from_frames` are true to 0.03 mm."""

RING_EDGE_DEG = 0.005
"""Edges of sites are densified to this before rings are drawn around them; they bow by 6 mm."""


@dataclass(frozen=True)
class Frames:
    """Sites, each in the plane frame around the middle of its rectangle.

    anchors: shape (n, 2), degrees, NaN for missing sites. geometries: shape (n,), metres.
    """

    anchors: Floats
    geometries: Geometries

    def __len__(self) -> int:
        return len(self.geometries)

    @property
    def reach_m(self) -> float:
        """The largest coordinate of any site, 0 where there are none."""
        bounds = np.abs(shapely.bounds(self.geometries))
        return float(np.nan_to_num(bounds).max(initial=0.0))

    def take(self, rows: NDArray[np.intp]) -> Frames:
        """Return the frames of the sites with the given numbers."""
        return Frames(self.anchors[rows], self.geometries[rows])


def frame_sites(sites: Geometries) -> Frames:
    """Return sites, given in longitude and latitude, in frames of their own."""
    bounds = shapely.bounds(sites).reshape(-1, 4)
    anchors = np.column_stack((bounds[:, [0, 2]].mean(axis=1), bounds[:, [1, 3]].mean(axis=1)))
    return Frames(anchors, into_frames(sites, anchors, RING_EDGE_DEG))


def geocentric(longitudes: Floats, latitudes: Floats) -> Floats:
    """Return geocentric coordinates in m, shape (n, 3), of points in degrees on the ellipsoid."""
    east, north = np.radians(longitudes), np.radians(latitudes)
    normal = SEMI_MAJOR_M / np.sqrt(1.0 - E2 * np.sin(north) ** 2)
    return np.column_stack(
        (
            normal * np.cos(north) * np.cos(east),
            normal * np.cos(north) * np.sin(east),
            normal * (1.0 - E2) * np.sin(north),
        )
    )


def into_frames(
    geometries: Geometries, anchors: Floats, max_edge_deg: float = MAX_EDGE_DEG
) -> Geometries:
    """Return each geometry in metres east and north of its own anchor.

    geometries: shape (n,), longitude and latitude. anchors: shape (n, 2), degrees. max_edge_deg:
    longer edges are densified first.
    """
    dense = shapely.segmentize(geometries, max_edge_deg)
    frame = np.repeat(np.arange(len(dense)), shapely.get_num_coordinates(dense))
    return shapely.transform(dense, lambda points: _project(points, anchors, frame))


def _project(points: Floats, anchors: Floats, frame: NDArray[np.intp]) -> Floats:
    east, north = np.radians(anchors[:, 0]), np.radians(anchors[:, 1])
    offset = (
        geocentric(points[:, 0], points[:, 1]) - geocentric(anchors[:, 0], anchors[:, 1])[frame]
    )
    sin_e, cos_e = np.sin(east)[frame], np.cos(east)[frame]
    sin_n, cos_n = np.sin(north)[frame], np.cos(north)[frame]
    inward = cos_e * offset[:, 0] + sin_e * offset[:, 1]
    x = cos_e * offset[:, 1] - sin_e * offset[:, 0]
    y = cos_n * offset[:, 2] - sin_n * inward
    radius, up = np.hypot(x, y), cos_n * inward + sin_n * offset[:, 2]
    arcs = _arcs(np.hypot(radius, up), points, anchors[frame])
    stretch = np.divide(arcs, radius, out=np.ones(len(points)), where=radius > 0)
    return np.column_stack((x * stretch, y * stretch))


def _arcs(chords: Floats, start: Floats, end: Floats) -> Floats:
    """Return the geodesics over chords of the ellipsoid in m, by Euler's radius half way along.

    start, end: shape (n, 2), degrees. Against Karney's geodesics true to 1e-11 up to 100 km and
    3e-8 up to 1000 km.
    """
    sine2 = np.sin(np.radians((start[:, 1] + end[:, 1]) / 2)) ** 2
    weight = (1.0 - E2 * sine2) / (1.0 - E2)
    east2 = (start[:, 0] - end[:, 0]) ** 2 * (1.0 - sine2)
    north2 = ((start[:, 1] - end[:, 1]) / weight) ** 2
    part_east = np.divide(east2, east2 + north2, out=np.zeros(len(chords)), where=east2 > 0)
    curvature = np.sqrt(1.0 - E2 * sine2) / SEMI_MAJOR_M * (weight - part_east * (weight - 1.0))
    q = (chords * curvature) ** 2
    arcs: Floats = chords * (1.0 + q * (1 / 24 + q * (3 / 640 + q * (5 / 7168 + q * 35 / 294912))))
    return arcs


def columns(table: Floats) -> tuple[Floats, ...]:
    """Return the columns of a table as arrays of their own.

    numpy computes sines, cosines and the like of columns with steps between their numbers in one
    of two ways, by where in memory they happen to lie; the ways differ in the last bit.
    """
    return tuple(np.ascontiguousarray(column) for column in table.T)


def out_of_frames(points: Floats, anchors: Floats) -> Floats:
    """Return points given in metres east and north of their anchors in degrees, shape (n, 2)."""
    east_m, north_m = columns(points)
    azimuths = np.degrees(np.arctan2(east_m, north_m))
    radii = np.hypot(east_m, north_m)
    longitudes, latitudes, _ = GEOD.fwd(anchors[:, 0], anchors[:, 1], azimuths, radii)
    return np.column_stack((longitudes, latitudes))


def radians_from_frames(
    east_m: Floats, north_m: Floats, anchor_latitudes: Floats, counts: NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """Return points in frames as radians from their anchors: longitude times cosine, latitude.

    east_m, north_m: shape (v,), at most :data:`SERIES_WITHIN_M` from the anchors.
    anchor_latitudes: shape (n,), radians; counts: shape (n,), points of each. Legendre's series
    for the geodesic (Jordan, Handbuch der Vermessungskunde III) to the third order.
    """
    sine, cosine = np.sin(anchor_latitudes), np.cos(anchor_latitudes)
    tan2, eta2 = (sine / cosine) ** 2, E2 / (1.0 - E2) * cosine**2
    tan = sine / cosine

    def each(values: Floats) -> Floats:
        return np.repeat(values, counts)

    scale = each(np.sqrt(1.0 - E2 * sine**2) / SEMI_MAJOR_M)
    east, north = east_m * scale, north_m * scale
    east2 = east * east
    latitude = (
        north * each(1.0 + eta2)
        - east2 * each((1.0 + eta2) * tan / 2.0)
        - north * north * each((1.0 + eta2) * 1.5 * tan * eta2)
        - north * east2 * each((1.0 + eta2) * (1.0 + 3.0 * tan2 + eta2 - 9.0 * eta2 * tan2) / 6.0)
        - north**3 * each((1.0 + eta2) * eta2 * (1.0 - tan2 + eta2 - 5.0 * eta2 * tan2) / 2.0)
    )
    longitude = east * (
        1.0
        + north * each(tan)
        - east2 * each(tan2 / 3.0)
        + north * north * each((1.0 + 3.0 * tan2 + eta2) / 3.0)
    )
    return longitude, latitude


def geometries_out_of_frames(geometries: Geometries, anchors: Floats) -> Geometries:
    """Return geometries given in metres around their anchors in longitude and latitude."""
    frame = np.repeat(np.arange(len(geometries)), shapely.get_num_coordinates(geometries))
    return shapely.transform(geometries, lambda points: out_of_frames(points, anchors[frame]))
