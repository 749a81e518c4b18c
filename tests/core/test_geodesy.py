# SPDX-License-Identifier: GPL-2.0-or-later
"""Areas, lengths and bearings against TD/T 1055's own series, quadrature and geodesics."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.ops import split

from eco_onemap.core.geometry.crs import to_cgcs2000
from eco_onemap.core.geometry.geodesy import (
    areas_m2,
    bearings_deg,
    lengths_m,
    perimeters_m,
    plane_areas_m2,
    trapezoid_area,
)

from .truth import (
    GEOD,
    geodesic_area,
    integrated_zone,
    place,
    tdt_constants,
    tdt_ring,
    tdt_trapezoid,
    unprojected,
)
from .worlds import PLANE, degrees

RECTANGLE = [(118.10, 24.50), (118.11, 24.50), (118.11, 24.51), (118.10, 24.51), (118.10, 24.50)]
TRIANGLE = [(118.10, 24.50), (118.1123, 24.5031), (118.1057, 24.5112), (118.10, 24.50)]


def area(geometry):
    return float(areas_m2(degrees(geometry))[0])


def star(longitude, latitude, radius_deg, count=9, seed=0):
    """A star-shaped polygon with edges of about the radius."""
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0, 2 * np.pi, count))
    radius = radius_deg * rng.uniform(0.4, 1, count)
    return Polygon(
        np.column_stack((longitude + radius * np.cos(angle), latitude + radius * np.sin(angle)))
    )


def test_constants_of_the_series_are_the_published_ones():
    published = (  # CGCS2000, table of TD/T 1055-2019 computed to 16 digits
        1.0033640898341927,
        0.0011241893819271072,
        1.6994594735188535e-06,
        2.717857845577432e-09,
        4.358419004834252e-12,
    )
    assert tdt_constants() == pytest.approx(published, rel=1e-14)


@pytest.mark.parametrize(
    ("ring", "expected"), [(TRIANGLE, 674_069.486), (RECTANGLE, 1_122_617.633)]
)
def test_standards_test_polygons_have_their_published_areas(ring, expected):
    longitudes, latitudes = np.array(ring).T
    assert trapezoid_area(longitudes, latitudes) == pytest.approx(expected, abs=0.0006)
    assert tdt_ring(ring) == pytest.approx(expected, abs=0.0006)


def test_sum_over_edges_is_the_standards_series():
    ring = list(star(118.3, 30.2, 0.05).exterior.coords)
    assert trapezoid_area(*np.array(ring).T) == pytest.approx(tdt_ring(ring), rel=1e-11)


@pytest.mark.parametrize("south", [3, 18, 24.5, 38, 43.999])
@pytest.mark.parametrize(("width", "height"), [(0.001, 0.001), (0.5, 0.25), (6, 4), (6, 10)])
def test_areas_of_zones_are_those_of_the_integral(south, width, height):
    zone = area(box(100, south, 100 + width, south + height))
    assert zone == pytest.approx(integrated_zone(south, south + height, width), rel=1e-9)
    assert zone == pytest.approx(tdt_trapezoid(south, south + height, width), rel=1e-9)


def test_area_is_what_subdivided_edges_converge_to():
    # an oblique triangle: the standard's sum depends on how its edges are subdivided
    triangle = Polygon(TRIANGLE)
    fine = np.asarray(shapely.segmentize(triangle, 2e-6).exterior.coords)
    assert area(triangle) == pytest.approx(trapezoid_area(*fine.T), rel=1e-9)
    # new vertices are rounded to 1.4e-14°: 1.5 nm beside edges of 1 km
    assert area(shapely.segmentize(triangle, 0.001)) == pytest.approx(area(triangle), abs=3e-6)


@pytest.mark.parametrize("latitude", [5, 20, 35, 50])
def test_edges_of_a_third_of_a_degree_need_no_subdivision(latitude):
    # the truth integrates the zone area along each edge by quadrature
    triangle = Polygon([(118, latitude), (118.3, latitude + 0.3), (118.1, latitude + 0.31)])
    nodes, weights = np.polynomial.legendre.leggauss(12)
    truth = 0.0
    for (l1, b1), (l2, b2) in itertools.pairwise(triangle.exterior.coords):
        along = b1 + (b2 - b1) * (nodes + 1) / 2
        zones = [integrated_zone(latitude, b, 1.0) for b in along]
        truth += (l2 - l1) * float(weights @ zones) / 2
    assert area(triangle) == pytest.approx(abs(truth), rel=1e-11)


@pytest.mark.parametrize("northing", [2_000_000, 2_711_000, 4_400_000, 5_900_000])
@pytest.mark.parametrize("easting", [400_000, 500_000, 600_000])
def test_surveyed_polygons_have_the_area_of_their_plane_edges(easting, northing):
    # edges of 10 km, straight in the plane EPSG:4548; the truth follows them in steps of 20 m
    corners = [(0, 0), (9_000, 4_000), (10_000, 13_000), (2_000, 9_500)]
    surveyed = Polygon([(easting + x, northing + y) for x, y in corners])
    followed = shapely.segmentize(surveyed, 20).exterior.coords
    truth = geodesic_area(Polygon(unprojected(followed, PLANE)))
    assert areas_m2(to_cgcs2000(degrees(surveyed), PLANE))[0] == pytest.approx(truth, rel=1e-8)


@pytest.mark.parametrize("northing", [2_000_000, 2_711_000, 4_400_000])
def test_surveyed_polygons_at_the_central_meridian_agree_with_geodesic_polygons(northing):
    # on the central meridian plane edges of 10 km are geodesics to a centimetre
    corners = [(-4_500, 0), (4_500, 4_000), (5_500, 13_000), (-2_500, 9_500)]
    surveyed = Polygon([(500_000 + x, northing + y) for x, y in corners])
    truth = geodesic_area(Polygon(unprojected(surveyed.exterior.coords, PLANE)))
    assert areas_m2(to_cgcs2000(degrees(surveyed), PLANE))[0] == pytest.approx(truth, rel=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_parts_of_a_cut_polygon_add_up_to_the_whole(seed):
    whole = star(118.2 + seed, 20.0 + 4 * seed, 0.08, seed=seed)
    rng = np.random.default_rng(seed)
    west, south, east, north = whole.bounds
    parts = [whole]
    for _ in range(5):  # five oblique cuts across the bounds
        cut = LineString([(west, rng.uniform(south, north)), (east, rng.uniform(south, north))])
        parts = [p for part in parts for p in split(part, cut).geoms]
    assert len(parts) > 5
    assert areas_m2(degrees(*parts)).sum() == pytest.approx(area(whole), rel=1e-12)


def test_holes_are_taken_off_and_parts_added():
    yard = box(118.10, 24.50, 118.11, 24.51)
    pond = box(118.103, 24.503, 118.105, 24.505)
    annex = box(118.12, 24.50, 118.13, 24.51)
    holed = yard.difference(pond)
    # domain test vector: this yard less this pond is 1 077 712.58 m²
    assert area(holed) == pytest.approx(1_077_712.58, abs=0.01)
    assert area(holed) == pytest.approx(area(yard) - area(pond), rel=1e-12)
    assert area(MultiPolygon([holed, annex])) == pytest.approx(area(holed) + area(annex), rel=1e-14)


def test_direction_and_start_of_a_ring_do_not_matter():
    vertices = TRIANGLE[:-1]
    for turn, ring in itertools.product(range(3), (vertices, vertices[::-1])):
        turned = Polygon(ring[turn:] + ring[:turn])
        assert area(turned) == pytest.approx(area(Polygon(TRIANGLE)), rel=1e-12)


def test_only_polygons_have_an_area_wherever_they_are():
    yard, way = box(118.10, 24.50, 118.11, 24.51), LineString([(118, 24), (119, 25)])
    nested = shapely.GeometryCollection(
        [way, shapely.GeometryCollection([yard, Point(118, 24)]), MultiPolygon([yard])]
    )
    found = areas_m2(degrees(nested, way, Point(1, 1), None, Polygon(), yard))
    assert found[0] == pytest.approx(2 * area(yard), rel=1e-14)
    assert found[1:5].tolist() == [0, 0, 0, 0]
    assert found[5] == area(yard)
    assert areas_m2(degrees()).tolist() == []


def test_plane_areas_are_those_of_the_plane():
    plane = box(600_000, 2_711_000, 600_300, 2_711_100).difference(
        box(600_010, 2_711_010, 600_020, 2_711_030)
    )
    assert plane_areas_m2(degrees(plane, None))[0] == pytest.approx(30_000 - 200, rel=1e-12)


def test_lengths_and_perimeters_are_sums_of_geodesics():
    way = LineString([(118, 24), (118.4, 24.3), (118.1, 25.0)])
    yard = star(118, 40, 0.2).difference(star(118, 40, 0.05, count=5))
    both = shapely.GeometryCollection([way, yard])
    rings = [yard.exterior, *yard.interiors]
    around = sum(GEOD.line_length(*np.asarray(ring.coords).T) for ring in rings)
    along = GEOD.line_length(*np.asarray(way.coords).T)
    assert lengths_m(degrees(way, both, yard, None)) == pytest.approx([along, along, 0, 0])
    assert perimeters_m(degrees(way, both, yard, None)) == pytest.approx([0, around, around, 0])


@pytest.mark.parametrize("azimuth", [0, 0.5, 89, 135, 180, 270, 359.5])
def test_bearings_run_from_true_north(azimuth):
    start = (118.2, 47.0)
    end = place(start, azimuth, 30_000)
    assert bearings_deg(np.array([start]), np.array([end]))[0] == pytest.approx(azimuth, abs=1e-9)
