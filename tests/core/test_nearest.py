# SPDX-License-Identifier: GPL-2.0-or-later
"""Distances and bearings against Karney's geodesics between sampled boundaries."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Point, Polygon, box
from shapely.affinity import translate

from eco_onemap.core.geometry.local_frames import out_of_frames
from eco_onemap.core.measures.nearest import DistanceIndex

from .truth import GEOD, nearest_by_force, place
from .worlds import compiled, degrees, quick

DEGREE_M = 111_195.0
LATITUDES = (18.0, 24.5, 37.0, 53.0)
DISTANCES_M = (0.1, 3.0, 120.0, 2_500.0, 20_000.0, 50_000.0)


def nearest(site, *features):
    found = DistanceIndex(compiled(*features)).find_nearest(degrees(site))
    return found.feature[0], found.gaps.distance_m[0], found.gaps


def tolerance(distance_m):
    return 0.001 + 1e-7 * distance_m


def star(rng, centre, radius_m, count):
    angle = np.sort(rng.uniform(0, 2 * np.pi, count))
    radius = radius_m / DEGREE_M * rng.uniform(0.3, 1, count)
    shrink = np.cos(np.radians(centre[1]))
    vertices = np.column_stack((radius * np.cos(angle) / shrink, radius * np.sin(angle)))
    return Polygon(vertices + centre)


def apart(rng, latitude, distance_m):
    """A site and a feature, small or large, about *distance_m* from each other."""
    site_m, feature_m = rng.choice([20, 400, 6_000]), rng.choice([20, 1_500, 30_000])
    site = star(rng, (118.0, latitude), site_m, 6)
    centre = place((118.0, latitude), rng.uniform(0, 360), distance_m + site_m + feature_m)
    feature = star(rng, centre, feature_m, 7)
    if rng.integers(3) == 0:
        feature = LineString(feature.exterior.coords[:-1])
    for _ in range(4):  # a move in degrees changes lengths a little
        gap, start, end = nearest_by_force(site, feature)
        feature = translate(feature, *((start - end) * (1 - distance_m / gap)))
    return site, feature


@pytest.mark.parametrize("latitude", LATITUDES)
@pytest.mark.parametrize("distance_m", DISTANCES_M)
def test_distances_are_geodesic_between_boundaries(latitude, distance_m):
    rng = np.random.default_rng(int(latitude * 10 + distance_m * 10))
    site, feature = apart(rng, latitude, distance_m)
    truth, _, _ = nearest_by_force(site, feature)
    assert truth == pytest.approx(distance_m, rel=0.1)
    _, found, gaps = nearest(site, feature)
    assert found == pytest.approx(truth, abs=tolerance(truth))
    # the ends that are reported lie on both boundaries and are that far apart
    ends = shapely.points(np.vstack((gaps.start, gaps.end)))
    aside = shapely.distance(ends, [site.boundary, feature]) * DEGREE_M
    assert (aside < tolerance(truth) + 1e-6 * truth).all()
    assert GEOD.inv(*gaps.start[0], *gaps.end[0])[2] == pytest.approx(found, abs=1e-6)


@pytest.mark.parametrize("latitude", LATITUDES)
@pytest.mark.parametrize("gap_m", [0.1, 30.0, 5_000.0])
def test_distance_to_the_middle_of_an_edge(latitude, gap_m):
    # a wall of 3 km along a parallel, the site south of its middle: no vertex is near
    wall = LineString([(118.0, latitude), (118.03, latitude)])
    site = Point(*place((118.013, latitude), 180, gap_m))
    truth, _, end = nearest_by_force(site, wall)
    _, found, gaps = nearest(site, wall)
    assert truth < gap_m + 0.01
    assert found == pytest.approx(truth, abs=tolerance(truth))
    assert gaps.end[0] == pytest.approx(end, abs=1e-5)


@pytest.mark.parametrize(
    ("site", "feature"),
    [  # two lines of one degree along meridians: they come together northwards, not on the map
        (LineString([(118, 24), (118, 25)]), LineString([(118.5, 24), (118.5, 25)])),
        # edges along parallels at the northern border, where they bow most off the geodesic
        (LineString([(118, 53), (119, 53)]), LineString([(118.4, 53.01), (118.6, 53.01)])),
        # a province and a place 1 100 km away
        (box(110, 20, 118, 30), Point(118.3, 40)),
    ],
    ids=["meridians", "parallels", "far"],
)
def test_long_edges_and_long_ways(site, feature):
    truth, _, _ = nearest_by_force(site, feature)
    assert nearest(site, feature)[1] == pytest.approx(truth, abs=tolerance(truth))


@pytest.mark.parametrize("azimuth", [0.0, 44.4, 90.0, 181.0, 300.0])
@pytest.mark.parametrize("latitude", LATITUDES)
def test_bearing_is_counted_from_true_north(latitude, azimuth):
    # grid north of the plane differs from true north by up to a degree here
    site = (118.9, latitude)
    for distance_m in (5.0, 800.0, 40_000.0):
        _, found, gaps = nearest(Point(site), Point(*place(site, azimuth, distance_m)))
        assert found == pytest.approx(distance_m, abs=tolerance(distance_m))
        assert np.mod(gaps.bearing_deg[0] - azimuth + 180, 360) - 180 == pytest.approx(0, abs=1e-4)


def test_meeting_features_are_at_distance_zero_without_a_bearing():
    yard = box(118, 24, 118.01, 24.01)
    ring = box(117.9, 23.9, 118.1, 24.1).difference(box(117.99, 23.99, 118.02, 24.02))
    for feature in (
        box(118.005, 24.005, 118.1, 24.1),  # overlaps the site
        box(117, 23, 119, 25),  # holds it
        box(118.002, 24.002, 118.003, 24.003),  # lies in it
        box(118.01, 24, 118.02, 24.01),  # shares a side
        Point(118, 24.005),  # lies on its boundary
    ):
        _, found, gaps = nearest(yard, feature)
        assert found == 0
        assert np.isnan(gaps.bearing_deg[0])
    # a zone around the site that leaves it out is not met: 0.01° of longitude to the west
    truth = nearest_by_force(yard, ring)[0]
    assert 900 < truth < 1_200
    assert nearest(yard, ring)[1] == pytest.approx(truth, abs=tolerance(truth))


spots = st.tuples(st.floats(117.5, 118.5), st.floats(24.0, 25.0))


@quick
@given(st.lists(spots, min_size=1, max_size=12), st.lists(spots, min_size=1, max_size=30))
def test_nearest_and_counts_are_those_of_all_distances(sites, features):
    index = DistanceIndex(compiled(*map(Point, features)))
    every = np.array([[GEOD.inv(*s, *f)[2] for f in features] for s in sites])
    found = index.find_nearest(degrees(*map(Point, sites)))
    assert found.gaps.distance_m == pytest.approx(every.min(axis=1), abs=0.001, rel=1e-7)
    chosen = every[np.arange(len(sites)), found.feature]
    assert chosen == pytest.approx(every.min(axis=1), abs=0.001, rel=1e-7)
    for reach in (500.0, 10_000.0, 60_000.0):
        clear_cut = (np.abs(every - reach) > tolerance(reach)).all(axis=1)
        near = index.find_within(degrees(*map(Point, sites)), reach)
        counts = np.bincount(near.site, minlength=len(sites))
        assert counts[clear_cut].tolist() == (every <= reach).sum(axis=1)[clear_cut].tolist()
        assert near.distance_m == pytest.approx(every[near.site, near.feature], abs=0.001, rel=1e-7)
        counted = index.count_within(degrees(*map(Point, sites)), reach)
        assert counted[clear_cut].tolist() == counts[clear_cut].tolist()


@pytest.mark.parametrize("latitude", LATITUDES)
@pytest.mark.parametrize("limit_m", [100.0, 500.0, 1_000.0, 2_500.0, 50_000.0])
def test_limits_are_kept_to_the_millimetre(latitude, limit_m):
    # 36 springs around a well, a hand's breadth inside or outside of the limit
    well, slack = (118.6, latitude), tolerance(limit_m)
    for off, inside in ((-slack, True), (slack, False)):
        springs = [Point(*place(well, azimuth, limit_m + off)) for azimuth in range(0, 360, 10)]
        index = DistanceIndex(compiled(*springs))
        expected = len(springs) if inside else 0
        assert len(index.find_within(degrees(Point(well)), limit_m).site) == expected
        assert index.count_within(degrees(Point(well)), limit_m).tolist() == [expected]


@pytest.mark.parametrize("off_m", [-0.002, 0.002])
def test_limits_count_from_the_boundary_of_large_sites(off_m):
    # a site of 4 km; the spring lies straight out of its eastern corner
    site = Polygon([(118, 24.5), (118.02, 24.49), (118.04, 24.5), (118.02, 24.51)])
    spring = Point(*place((118.04, 24.5), 90, 1_000 + off_m))
    index = DistanceIndex(compiled(None, spring))  # a row without a geometry comes first
    near = index.find_within(degrees(site), 1_000)
    assert near.feature.tolist() == ([1] if off_m < 0 else [])
    assert index.count_within(degrees(site), 1_000).tolist() == [len(near.feature)]


def test_a_feature_in_many_pieces_counts_once():
    angle = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    lake = Polygon(np.column_stack((118 + 0.05 * np.cos(angle), 24.5 + 0.05 * np.sin(angle))))
    # inside the lake, beside it, and 11 km away
    sites = degrees(Point(118, 24.5), Point(118.052, 24.5), Point(118.15, 24.5), None)
    index = DistanceIndex(compiled(Point(100, 30), lake))
    assert index.count_within(sites, 5_000).tolist() == [1, 1, 0, 0]
    near = index.find_within(sites, 5_000)
    assert near.site.tolist() == [0, 1]
    assert near.feature.tolist() == [1, 1]


def test_equally_near_features_give_the_first():
    # three springs at one place, listed after a farther one
    place_ = Point(118.01, 24)
    feature, _, _ = nearest(Point(118, 24), Point(118.5, 24), place_, place_, place_)
    assert feature == 1


def test_missing_sites_and_empty_layers_have_no_nearest():
    sites = degrees(None, Point(118, 24), MultiPoint())
    found = DistanceIndex(compiled(Point(118, 24.1))).find_nearest(sites)
    assert found.feature.tolist() == [-1, 0, -1]
    assert np.isnan(found.gaps.distance_m).tolist() == [True, False, True]
    index = DistanceIndex(compiled())
    assert index.find_nearest(sites).feature.tolist() == [-1, -1, -1]
    assert index.count_within(sites, 1_000).tolist() == [0, 0, 0]
    assert len(index.find_within(sites, 1_000).site) == 0


def test_the_last_bit_does_not_depend_on_where_in_memory_numbers_lie():
    rng = np.random.default_rng(7)
    table = rng.normal(0, 8000, (400, 2))
    anchors = rng.uniform((118, 24), (118.2, 24.2), (200, 2))
    first, junk = out_of_frames(table.copy()[1::2], anchors), []
    for _ in range(400):
        junk = [*junk[-60:], np.empty(rng.integers(1, 400))]
        assert (out_of_frames(table.copy()[1::2], anchors) == first).all()
