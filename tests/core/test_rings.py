# SPDX-License-Identifier: GPL-2.0-or-later
"""Rings: their areas, their distances, and what lies in them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.geometry.rings import build_rings
from eco_onemap.core.options import Options

from .truth import circle, geodesic_area, nearest_by_force, place
from .worlds import DAY, LONLAT, check, degrees, entry, numbered, only, point, rect, sites

RINGS_M = (50.0, 500.0, 2_500.0, 50_000.0)


def ring_of(site, distance_m):
    return build_rings(degrees(site), distance_m)[0]


@pytest.mark.parametrize("latitude", [18.0, 24.5, 37.0, 53.0])
@pytest.mark.parametrize("distance_m", RINGS_M)
def test_ring_of_a_point_is_the_geodesic_circle(latitude, distance_m):
    centre = (118.7, latitude)
    truth = geodesic_area(circle(centre, distance_m))
    ring = ring_of(Point(centre), distance_m)
    assert areas_m2(degrees(ring))[0] == pytest.approx(truth, rel=0.001)
    assert geodesic_area(ring) == pytest.approx(truth, rel=0.001)


@pytest.mark.parametrize("distance_m", RINGS_M[:3])
@pytest.mark.parametrize(
    "site",
    [
        Polygon([(118, 24.5), (118.03, 24.48), (118.01, 24.5), (118.03, 24.53)]),  # a re-entrant
        LineString([(118, 50), (118.1, 50.001), (118.1, 50.05)]),  # a pipeline of 12 km
        box(118, 37, 118.02, 37.02).difference(box(118.005, 37.005, 118.015, 37.015)),
    ],
    ids=["corner", "pipeline", "yard"],
)
def test_the_rings_boundary_is_everywhere_at_its_distance(site, distance_m):
    boundary = ring_of(site, distance_m).boundary
    for along in np.linspace(0, 1, 12, endpoint=False):
        spot = shapely.line_interpolate_point(boundary, along, normalized=True)
        assert nearest_by_force(spot, site)[0] == pytest.approx(distance_m, rel=0.001)


def test_ring_includes_the_site_and_missing_sites_have_none():
    yard = box(118, 24, 118.01, 24.01)
    rings = build_rings(degrees(None, yard, Point()), 500)
    assert rings[0] is None
    assert shapely.covers(rings[1], yard)
    assert shapely.is_missing(rings[2]) or shapely.is_empty(rings[2])
    assert build_rings(degrees(), 500).tolist() == []


def test_counts_and_areas_of_rings_come_into_the_table():
    # wells 400 m and 600 m east of the site's eastern corner, one inside the site
    corner = (118.02, 24.5)
    diamond = Polygon([(118, 24.5), (118.01, 24.49), corner, (118.01, 24.51)])
    wells = [Point(*place(corner, 90, 400)), Point(*place(corner, 90, 600)), Point(118.01, 24.5)]
    zone = circle(corner, 200)  # half in the site, wholly in both rings
    result = check(
        sites(diamond, crs=LONLAT),
        [
            (entry("wells"), numbered(*wells, crs=LONLAT)),
            (entry("zones"), numbered(zone, crs=LONLAT)),
        ],
        options=Options(as_of=DAY, rings_m=(500.0, 1_000.0)),
    )
    wells_row, zone_row = (only(result.site_layer, layer_id=name) for name in ("wells", "zones"))
    assert (wells_row["within_500_m"], wells_row["within_1000_m"]) == (2, 3)
    assert np.isnan(wells_row["ring_500_area_m2"])  # points have no area
    assert zone_row["within_500_m"] == 1
    for column in ("ring_500_area_m2", "ring_1000_area_m2"):
        assert zone_row[column] == pytest.approx(geodesic_area(zone), rel=1e-6)
    assert zone_row["overlap_area_m2"] < 0.6 * zone_row["ring_500_area_m2"]


def test_ring_areas_stop_at_the_ring():
    # one zone covers everything: its area in the ring is the ring's
    result = check(
        sites(point(0, 0)),
        [(entry(), numbered(rect(-20_000, -20_000, 40_000, 40_000)))],
        options=Options(as_of=DAY, rings_m=(500.0, 2_500.0)),
    )
    centre = sites(point(0, 0)).geometries[0].coords[0]
    row = only(result.site_layer, layer_id="zones")
    for ring in (500, 2_500):
        truth = geodesic_area(circle(centre, ring))
        assert row[f"ring_{ring}_area_m2"] == pytest.approx(truth, rel=0.001)
