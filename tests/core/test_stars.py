# SPDX-License-Identifier: GPL-2.0-or-later
"""Areas summed radially in star-shaped parts, against GEOS' overlay of the same polygons."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box

from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.geometry.local_frames import frame_sites
from eco_onemap.core.geometry.rings import measured_rings
from eco_onemap.core.geometry.star_building import build_ring_stars, build_stars
from eco_onemap.core.geometry.surface import counter_clockwise, surface_of
from eco_onemap.core.measures.ring_areas import measure_ground, ring_areas

from .worlds import degrees, quick

# a horseshoe whose ring of 500 m has a hole, a yard with a hole, and two parts far apart
HORSESHOE = LineString([(118, 24), (118.03, 24), (118.03, 24.03), (118, 24.03), (118, 24.004)])
YARD = box(118, 24, 118.02, 24.02).difference(box(118.005, 24.005, 118.015, 24.015))
PAIR = MultiPolygon([box(118, 24, 118.001, 24.001), box(118.2, 24.1, 118.201, 24.101)])
SITES = (Point(118.3, 24.7), box(118, 24, 118.003, 24.002), HORSESHOE, YARD, PAIR, None)


def truth(rings, ground):
    union = shapely.union_all(ground)
    return areas_m2(shapely.intersection(rings, union))


@st.composite
def blobs(draw):
    """A polygon with spikes and re-entrants around the sites, sometimes with a hole."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(3, 60))
    angle = np.sort(rng.uniform(0, 2 * np.pi, count))
    radius = draw(st.sampled_from([0.003, 0.02, 0.3])) * rng.uniform(0.05, 1.0, count)
    x, y = rng.uniform(117.98, 118.06), rng.uniform(23.98, 24.06)
    blob = Polygon(np.column_stack((x + radius * np.cos(angle), y + radius * np.sin(angle))))
    blob = shapely.make_valid(blob, method="structure", keep_collapsed=False)
    if draw(st.booleans()):
        blob = blob.difference(box(x - 0.001, y - 0.001, x + 0.001, y + 0.001))
    return [part for part in shapely.get_parts(blob) if isinstance(part, Polygon)]


@quick
@given(blobs(), st.sampled_from([50.0, 500.0, 2500.0]))
def test_ground_in_rings_is_what_overlay_finds(parts, distance_m):
    sites = degrees(*SITES)
    ground = surface_of(counter_clockwise(degrees(*parts)))
    found = measure_ground(build_ring_stars(frame_sites(sites), distance_m), ground)
    wanted = truth(measured_rings(frame_sites(sites), distance_m), ground.pieces)
    assert found == pytest.approx(wanted, rel=1e-8, abs=1e-3)


@pytest.mark.parametrize("distance_m", [1.0, 500.0, 9_000.0, 60_000.0])
def test_the_areas_of_stars_are_those_of_the_rings(distance_m):
    sites = degrees(*SITES)
    wanted = areas_m2(measured_rings(frame_sites(sites), distance_m))
    assert ring_areas(build_ring_stars(frame_sites(sites), distance_m)) == pytest.approx(
        wanted, rel=2e-9
    )
    assert ring_areas(build_stars(measured_rings(frame_sites(sites), distance_m))) == pytest.approx(
        wanted, rel=2e-9
    )


def test_edges_through_the_origin_along_rays_and_on_the_boundary():
    # a quarter whose corner is the ring's centre, a strip through it, and the ring itself
    sites = degrees(Point(118, 24))
    stars = build_ring_stars(frame_sites(sites), 1000.0)
    ring = measured_rings(frame_sites(sites), 1000.0)
    quarter = box(118, 24, 119, 25)
    strip = box(117, 23.999, 119, 24.001)
    for polygon in (quarter, strip, ring[0], box(117, 23, 118, 25), box(110, 20, 120, 30)):
        ground = surface_of(counter_clockwise(degrees(polygon)))
        assert measure_ground(stars, ground) == pytest.approx(truth(ring, ground.pieces), rel=1e-9)


def test_what_is_far_away_or_missing_shares_nothing():
    ground = surface_of(counter_clockwise(degrees(box(120, 30, 121, 31))))
    stars = build_ring_stars(frame_sites(degrees(*SITES)), 500.0)
    assert measure_ground(stars, ground).tolist() == [0.0] * len(SITES)
    assert measure_ground(stars, surface_of(degrees())).tolist() == [0.0] * len(SITES)


def test_a_part_is_summed_alike_alone_and_among_others():
    rng = np.random.default_rng(5)
    places = rng.uniform((118, 24), (118.05, 24.05), (300, 2))
    sites = degrees(*[Point(place).buffer(0.001) for place in places])
    lake = Point(118.02, 24.02).buffer(0.02, quad_segs=400)
    ground = surface_of(counter_clockwise(degrees(lake)))
    together = measure_ground(build_ring_stars(frame_sites(sites), 700.0), ground)
    for number in (0, 17, 299):
        alone = measure_ground(
            build_ring_stars(frame_sites(sites[number : number + 1]), 700.0), ground
        )
        assert alone[0] == together[number]  # to the last bit
