# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks whose answers are known beforehand, for the health check of an installation."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from eco_onemap.core.geometry.crs import CGCS2000, reproject, to_cgcs2000
from eco_onemap.core.geometry.geodesy import GEOD, areas_m2, zone_area_per_radian
from eco_onemap.core.geometry.repair import repair
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.compiled import CompiledLayer, compile_layer
from eco_onemap.core.measures.nearest import DistanceIndex
from eco_onemap.core.measures.overlap import dissolve, find_overlaps
from eco_onemap.core.table import FeatureTable, Geometries


@dataclass(frozen=True)
class SelfCheck:
    """One check: what came out, what must, and how far apart they may lie."""

    name: str
    measured: float
    expected: float
    tolerance: float

    @property
    def passed(self) -> bool:
        """Whether the measured value is the expected one."""
        return abs(self.measured - self.expected) <= self.tolerance


def run_self_checks() -> tuple[SelfCheck, ...]:
    """Return the outcome of all checks."""
    checks: tuple[Callable[[], SelfCheck], ...] = (
        _zone_area,
        _surveyed_parcel,
        _overlap_with_hole,
        _dissolved_overlap,
        _distance,
        _tiny_gap,
        _bow_tie,
        _axis_order,
    )
    return tuple(check() for check in checks)


def _array(*geometries: shapely.Geometry) -> Geometries:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array


def _layer(*geometries: shapely.Geometry) -> CompiledLayer:
    ids = np.array([str(number) for number in range(len(geometries))], dtype=object)
    table = FeatureTable(_array(*geometries), {}, CGCS2000, "", ids, "")
    return compile_layer(table, LayerEntry("check", "", "", ""))


def _zone_area() -> SelfCheck:
    """Compare a quadrangle of 3° by 4° with the closed form."""
    north, south = np.radians([34.0, 30.0])
    expected = math.radians(3.0) * float(np.ptp(zone_area_per_radian(np.array([south, north]))))
    measured = float(areas_m2(_array(shapely.box(117.0, 30.0, 120.0, 34.0)))[0])
    return SelfCheck("zone_area", measured, expected, 1e-9 * expected)


def _surveyed_parcel() -> SelfCheck:
    """Compare a surveyed parcel with a hole (EPSG:4527, 107.77 ha) with geodesic polygons."""
    outer = [
        (39611494.787, 2711113.450),
        (39611485.965, 2712221.240),
        (39612499.557, 2712229.351),
        (39612508.460, 2711121.558),
    ]
    inner = [
        (39611796.235, 2711448.212),
        (39611998.965, 2711449.832),
        (39611997.192, 2711671.390),
        (39611794.466, 2711669.770),
    ]
    parcel = _array(shapely.Polygon(outer, [inner]))
    measured = float(areas_m2(to_cgcs2000(parcel, "EPSG:4527"))[0])
    corners = reproject(parcel, "EPSG:4527", CGCS2000)[0]
    rings = (corners.exterior, *corners.interiors)
    geodesic = [abs(GEOD.polygon_area_perimeter(*ring.coords.xy)[0]) for ring in rings]
    return SelfCheck("surveyed_parcel", measured, geodesic[0] - geodesic[1], 1e-6 * geodesic[0])


def _overlap_with_hole() -> SelfCheck:
    """See that a site over the hole of a feature shares only the ground around it."""
    hole = shapely.box(118.002, 24.002, 118.004, 24.004)
    feature = shapely.difference(shapely.box(118.0, 24.0, 118.01, 24.01), hole)
    site = shapely.box(118.001, 24.001, 118.005, 24.005)
    measured = float(find_overlaps(_array(site), _layer(feature)).area_m2[0])
    expected = float(areas_m2(_array(site))[0] - areas_m2(_array(hole))[0])
    return SelfCheck("overlap_with_hole", measured, expected, 1e-3)


def _dissolved_overlap() -> SelfCheck:
    """See that a site in two features that lie on each other is counted once."""
    site = shapely.box(118.001, 24.001, 118.002, 24.002)
    zone = shapely.box(118.0, 24.0, 118.01, 24.01)
    overlaps = find_overlaps(_array(site), _layer(zone, zone))
    measured = float(dissolve(overlaps, 1).area_m2[0])
    return SelfCheck("dissolved_overlap", measured, float(areas_m2(_array(site))[0]), 1e-3)


def _distance() -> SelfCheck:
    """See that a point 1,000 m away at azimuth 60° is 1,000 m away."""
    east, north, _ = GEOD.fwd(118.0, 24.5, 60.0, 1000.0)
    index = DistanceIndex(_layer(shapely.Point(east, north)))
    nearest = index.find_nearest(_array(shapely.Point(118.0, 24.5)))
    return SelfCheck("distance", float(nearest.gaps.distance_m[0]), 1000.0, 0.001)


def _tiny_gap() -> SelfCheck:
    """See that a gap of a tenth of a millimetre is seen as one."""
    east, north, _ = GEOD.fwd(118.0, 24.5, 90.0, 0.0001)
    index = DistanceIndex(_layer(shapely.Point(east, north)))
    near = index.find_within(_array(shapely.Point(118.0, 24.5)), 0.001)
    return SelfCheck("tiny_gap", float(near.distance_m.sum()), 0.0001, 0.00002)


def _bow_tie() -> SelfCheck:
    """See that a bow-tie is repaired to its two triangles."""
    tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    measured = float(shapely.area(repair(_array(tie)).geometries)[0])
    return SelfCheck("bow_tie", measured, 2.0, 1e-9)


def _axis_order() -> SelfCheck:
    """See that the central meridian of zone 39 is 117°E, whatever order the CRS officially has."""
    place = reproject(_array(shapely.Point(39500000.0, 2700000.0)), "EPSG:4527", CGCS2000)
    return SelfCheck("axis_order", float(shapely.get_x(place)[0]), 117.0, 1e-9)
