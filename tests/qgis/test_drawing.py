# SPDX-License-Identifier: GPL-2.0-or-later
"""Drawn lines and points become ground of the size that was asked for."""

from __future__ import annotations

import math

import pytest
import shapely
from pyproj import Geod
from qgis.core import QgsGeometry

from eco_onemap.gui.siting.drawing import with_size

GEOD = Geod(ellps="GRS80")


def area_m2(geometry: QgsGeometry) -> float:
    shape = shapely.from_wkb(bytes(geometry.asWkb()))
    return abs(GEOD.geometry_area_perimeter(shape)[0])


def test_a_line_in_metres_becomes_a_strip():
    line = QgsGeometry.fromWkt("LineString(500000 2700000, 500300 2700400)")
    assert with_size(line, 20.0, angular=False).area() == pytest.approx(500 * 20, rel=1e-6)


def test_a_point_in_degrees_becomes_a_circle():
    point = QgsGeometry.fromWkt("Point(118.1 24.5)")
    made = with_size(point, 300.0, angular=True)
    assert area_m2(made) == pytest.approx(math.pi * 300**2, rel=5e-3)


@pytest.mark.parametrize(
    "text", ["LineString(0 0, 3 4)", "Point(1 2)", "Polygon((0 0,1 0,1 1,0 0))"]
)
def test_without_a_size_everything_stays(text):
    geometry = QgsGeometry.fromWkt(text)
    assert with_size(geometry, 0.0, angular=False).equals(geometry)


def test_a_polygon_has_no_width():
    geometry = QgsGeometry.fromWkt("Polygon((0 0, 10 0, 10 10, 0 0))")
    assert with_size(geometry, 5.0, angular=False).equals(geometry)
