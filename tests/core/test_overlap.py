# SPDX-License-Identifier: GPL-2.0-or-later
"""Overlaps and their dissolving against one intersection and one union at a time."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, MultiPolygon, Point, Polygon, box

from eco_onemap.core.geometry import cutting
from eco_onemap.core.geometry.geodesy import areas_m2, lengths_m
from eco_onemap.core.measures.overlap import dissolve, find_overlaps

from .worlds import compiled, degrees, quick

GRID = 0.0005
"""Degrees; shapes lie on a coarse grid, so that borders, corners and points often coincide."""

ASIDE = (0.3718, 0.4139)
"""Cells; ways lie off the grid: whether a way on an oblique border is inside is up to rounding."""


def at(column, row):
    return 118 + GRID * column, 24.5 + GRID * row


cells = st.tuples(st.integers(0, 14), st.integers(0, 14))


@st.composite
def boxes(draw):
    column, row = draw(cells)
    width, height = draw(st.tuples(st.integers(1, 6), st.integers(1, 6)))
    return box(*at(column, row), *at(column + width, row + height))


@st.composite
def triangles(draw):
    corners = draw(st.lists(cells, min_size=3, max_size=3, unique=True))
    triangle = Polygon([at(*corner) for corner in corners])
    return triangle if triangle.area else box(*at(0, 0), *at(1, 1))


@st.composite
def stars(draw):
    """A star of up to 40 vertices, with a hole in its middle."""
    centre = np.array(at(*draw(cells)))
    count = draw(st.integers(5, 40))
    radii = np.array(draw(st.lists(st.integers(3, 9), min_size=count, max_size=count))) * GRID / 2
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    spokes = np.column_stack((np.cos(angle), np.sin(angle)))
    hole = [centre + 0.3 * GRID * spokes] if draw(st.booleans()) else []
    return Polygon(centre + radii[:, None] * spokes, hole)


polygons = st.one_of(boxes(), triangles(), stars())
ways = st.lists(cells, min_size=2, max_size=6, unique=True).map(
    lambda corners: LineString([at(*np.add(corner, ASIDE)) for corner in corners])
)
wells = cells.map(lambda cell: Point(at(*cell)))


def by_force(sites, features):
    """Each pair's intersection, and each site's with the union of all features."""
    with np.errstate(invalid="ignore"):  # GEOS 3.11 lets slip a flag of the processor
        pairs = {
            (s, f): shapely.intersection(site, feature)
            for s, site in enumerate(sites)
            for f, feature in enumerate(features)
            if shapely.intersects(site, feature)
        }
        united = shapely.union_all(features)
        return pairs, [shapely.intersection(site, united) for site in sites]


def assert_same(overlaps, sizes, pairs, measure):
    """The same size for each pair; a pair that one side lacks may only touch (rounding decides)."""
    found = dict(zip(zip(overlaps.site, overlaps.feature, strict=True), sizes, strict=True))
    truth = {pair: measure(degrees(shared))[0] for pair, shared in pairs.items()}
    for pair in {**found, **truth}:
        expected = pytest.approx(truth.get(pair, 0.0), abs=1e-3, rel=1e-8)
        assert found.get(pair, 0.0) == expected


def measured(sites, features, most=cutting.MAX_VERTICES):
    """What the core finds, with features cut into pieces of *most* vertices."""
    usual, cutting.MAX_VERTICES = cutting.MAX_VERTICES, most
    try:
        layer = compiled(*features)
    finally:
        cutting.MAX_VERTICES = usual
    overlaps = find_overlaps(degrees(*sites), layer)
    return SimpleNamespace(overlaps=overlaps, whole=dissolve(overlaps, len(sites)))


@quick
@given(
    st.lists(polygons, min_size=1, max_size=4),
    st.lists(polygons, min_size=1, max_size=6),
    st.sampled_from([12, 128]),
)
def test_polygons_overlap_as_pairs_and_unions_say(sites, features, most):
    found = measured(sites, features, most)
    pairs, united = by_force(sites, features)
    assert_same(found.overlaps, found.overlaps.area_m2, pairs, areas_m2)
    assert_same(found.overlaps, areas_m2(found.overlaps.geometries), pairs, areas_m2)
    assert not found.overlaps.length_m.any()  # common borders are no overlap
    assert found.whole.area_m2 == pytest.approx(areas_m2(degrees(*united)), abs=1e-3, rel=1e-8)
    assert (found.whole.area_m2 <= areas_m2(degrees(*sites)) + 1e-6).all()  # never more than all


@quick
@given(
    st.lists(ways, min_size=1, max_size=3),
    st.lists(polygons, min_size=1, max_size=5),
    st.sampled_from([12, 128]),
)
def test_lines_run_through_polygons_as_pairs_and_unions_say(sites, features, most):
    found = measured(sites, features, most)
    pairs, united = by_force(sites, features)
    assert_same(found.overlaps, found.overlaps.length_m, pairs, lengths_m)
    assert found.whole.length_m == pytest.approx(lengths_m(degrees(*united)), abs=1e-3, rel=1e-8)
    assert not found.whole.area_m2.any()


@quick
@given(st.lists(polygons, min_size=1, max_size=4), st.lists(ways, min_size=1, max_size=4))
def test_line_features_are_measured_inside_sites(sites, features):
    # each feature once more, 300 vertices long: a feature in pieces is measured the same
    dense = [shapely.segmentize(way, way.length / 300) for way in features]
    for layer in (features, dense):
        found = measured(sites, layer)
        pairs, united = by_force(sites, features)
        assert_same(found.overlaps, found.overlaps.length_m, pairs, lengths_m)
        whole = lengths_m(degrees(*united))
        assert found.whole.length_m == pytest.approx(whole, abs=1e-3, rel=1e-8)


@quick
@given(st.lists(st.one_of(polygons, ways, wells), min_size=1), st.lists(wells, min_size=1))
def test_points_are_met_where_they_lie(sites, features):
    for first, second in ((sites, features), (features, sites)):
        found = measured(first, second).overlaps
        pairs, _ = by_force(first, second)
        assert list(zip(found.site, found.feature, strict=True)) == sorted(pairs)
        assert not found.area_m2.any()
        assert not found.length_m.any()


def test_a_collection_keeps_the_area_of_its_polygon():
    # the site's western half lies in the zone, and the zone has a spur line across the rest:
    # their intersection is a collection of a polygon and a line
    site = box(*at(0, 0), *at(4, 2))
    zone = shapely.GeometryCollection(
        [box(*at(-2, -2), *at(2, 4)), LineString([at(2, 1), at(6, 1)])]
    )
    found = measured([site], [zone])
    half = areas_m2(degrees(box(*at(0, 0), *at(2, 2))))
    assert found.overlaps.area_m2 == pytest.approx(half, rel=1e-9)
    assert found.whole.area_m2 == pytest.approx(half, rel=1e-9)


def test_three_features_over_each_other_count_once_for_the_site():
    site = box(*at(0, 0), *at(4, 4))
    # three zones that each hold the site's southern half
    zones = [box(*at(-k, -k), *at(4 + k, 2)) for k in (1, 2, 3)]
    found = measured([site], zones)
    half = areas_m2(degrees(box(*at(0, 0), *at(4, 2))))[0]
    assert found.overlaps.area_m2 == pytest.approx([half] * 3, rel=1e-9)
    assert found.whole.area_m2 == pytest.approx([half], rel=1e-9)


def test_parts_and_holes_count_as_they_are():
    site = MultiPolygon([box(*at(0, 0), *at(2, 2)), box(*at(6, 0), *at(8, 2))])
    lake = box(*at(-1, -1), *at(10, 3)).difference(box(*at(0, 0), *at(2, 2)))
    found = measured([site], [lake])
    # the first part fills the hole: only the second lies in the feature
    second = areas_m2(degrees(box(*at(6, 0), *at(8, 2))))
    assert found.whole.area_m2 == pytest.approx(second, rel=1e-9)


def test_missing_sites_and_empty_layers_meet_nothing():
    sites = degrees(None, box(*at(0, 0), *at(1, 1)), MultiPoint())
    for features in ([], [None, box(*at(9, 9), *at(10, 10))]):
        overlaps = find_overlaps(sites, compiled(*features))
        assert len(overlaps) == 0
        assert dissolve(overlaps, 3).area_m2.tolist() == [0, 0, 0]
        assert dissolve(overlaps, 3).met.tolist() == [False] * 3


def test_a_site_that_lies_in_one_of_several_features_is_its_own_union():
    # one zone around all sites, two more that cut each of them
    zones = [shapely.box(0, 0, 10, 10), shapely.box(3, 3, 5, 7), shapely.box(4, 2, 6, 5)]
    sites = [
        shapely.box(4.5, 4, 7, 6),
        shapely.LineString([(1, 4), (5.5, 4), (5.5, 9)]),
        shapely.box(9, 4, 11, 6),  # half outside: its union is what is left of it inside
    ]
    shift = (118.0, 24.0)
    zones, sites = (
        shapely.transform(degrees(*shapes), lambda xy: xy * 0.01 + shift)
        for shapes in (zones, sites)
    )
    found = measured(sites, zones)
    inside = shapely.intersection(sites, zones[0])
    assert found.whole.area_m2 == pytest.approx(areas_m2(inside), rel=1e-12)
    assert found.whole.length_m == pytest.approx(lengths_m(inside), rel=1e-12)
    assert found.overlaps.whole.tolist() == [True, False, False, True, False, False, False]
    assert found.whole.united[0] is sites[0]
