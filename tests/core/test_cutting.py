# SPDX-License-Identifier: GPL-2.0-or-later
"""Cutting: small pieces that together are the whole, and results that do not know of the cuts."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box

from eco_onemap.core.errors import Cancelled
from eco_onemap.core.geometry import cutting
from eco_onemap.core.geometry.cutting import MAX_VERTICES, cut
from eco_onemap.core.geometry.geodesy import areas_m2, lengths_m
from eco_onemap.core.measures.overlap import dissolve, find_overlaps
from eco_onemap.core.progress import NoProgress

from .worlds import compiled, degrees


def ragged(longitude, latitude, radius, count, seed=1):
    """A closed curve of many vertices around a place, each step at a radius of its own."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    radii = radius * np.random.default_rng(seed).uniform(0.8, 1.0, count)
    return np.column_stack((longitude + radii * np.cos(angle), latitude + radii * np.sin(angle)))


def red_line():
    """An island of 5 000 vertices with a lake of 2 000, and a rock of four beside it."""
    island = Polygon(ragged(118, 24.5, 0.05, 5000), [ragged(118, 24.5, 0.02, 2000, seed=2)])
    return MultiPolygon([island, box(118.06, 24.5, 118.061, 24.501)])


def pieces_of(*geometries):
    return cut(degrees(*geometries), NoProgress())


def test_pieces_are_small_and_make_up_the_whole_without_overlap():
    whole = red_line()
    pieces, owners = pieces_of(None, whole)
    assert shapely.get_num_coordinates(pieces).max() <= MAX_VERTICES
    assert set(owners) == {1}
    assert shapely.is_valid(pieces).all()
    assert areas_m2(pieces).sum() == pytest.approx(areas_m2(degrees(whole))[0], rel=1e-10)
    lost_or_added = shapely.symmetric_difference(shapely.union_all(pieces), whole)
    assert lost_or_added.area < 1e-10 * whole.area
    first, second = shapely.STRtree(pieces).query(pieces, predicate="intersects")
    common = shapely.intersection(pieces[first], pieces[second])[first < second]
    assert shapely.area(common).sum() < 1e-10 * whole.area


def test_small_geometries_stay_as_they_are():
    pond, way, well = box(118, 24, 118.1, 24.1), LineString([(118, 24), (119, 25)]), Point(118, 24)
    pieces, owners = pieces_of(pond, None, shapely.GeometryCollection([way, well]), Polygon())
    assert [piece.normalize() for piece in pieces] == [pond.normalize(), way, well]
    assert owners.tolist() == [0, 2, 2]


@pytest.mark.parametrize(
    "vertices",
    [
        ragged(118, 24.5, 0.05, 3000),  # a winding way
        np.column_stack((np.full(1000, 118.0), np.linspace(24, 25, 1000))),  # along a meridian
        np.column_stack((np.linspace(118, 119, 1000), np.full(1000, 24.0))),  # along a parallel
        np.array([[118.0, 24.0]] * 500 + [[118.01, 24.01]]),  # a digitiser that stood still
    ],
    ids=["winding", "meridian", "parallel", "repeated"],
)
def test_pieces_of_lines_keep_every_metre(vertices):
    way = LineString(vertices)
    pieces, _ = pieces_of(way)
    assert shapely.get_num_coordinates(pieces).max() <= MAX_VERTICES
    assert lengths_m(pieces).sum() == pytest.approx(lengths_m(degrees(way))[0], rel=1e-12)
    assert set(map(tuple, shapely.get_coordinates(pieces))) == set(way.coords)


@pytest.mark.parametrize(
    "awkward",
    [
        Polygon([(118, 24)] * 500 + [(118.01, 24), (118.01, 24.01), (118, 24.01)]),
        Point(118, 24).buffer(1e-11, quad_segs=300),  # a thousand vertices within a micrometre
    ],
    ids=["repeated", "minute"],
)
def test_awkward_polygons_end_as_whole_pieces(awkward):
    pieces, _ = pieces_of(awkward)
    assert shapely.get_num_coordinates(pieces).max() <= MAX_VERTICES
    assert shapely.area(pieces).sum() == pytest.approx(awkward.area, rel=1e-3)


def test_holes_that_meet_in_one_point_can_be_cut():
    # 90 wedges are taken out of a square; all have their tip in its middle
    angles = np.radians(np.arange(0, 360, 4))
    wedges = [
        [(118, 24), *((118 + np.cos(a + d) / 2, 24 + np.sin(a + d) / 2) for d in (0, 0.03))]
        for a in angles
    ]
    square = Polygon(box(117, 23, 119, 25).exterior, wedges)
    assert square.is_valid
    pieces, _ = pieces_of(square)
    assert shapely.get_num_coordinates(pieces).max() <= MAX_VERTICES
    assert areas_m2(pieces).sum() == pytest.approx(areas_m2(degrees(square))[0], rel=1e-9)


def test_results_do_not_depend_on_the_cuts(monkeypatch):
    rng = np.random.default_rng(3)
    corners = rng.uniform((117.94, 24.44), (118.05, 24.55), (60, 2))
    sites = degrees(*(box(x, y, x + 0.007, y + 0.005) for x, y in corners))
    results = {}
    for most in (16, 128, 10**6):
        monkeypatch.setattr(cutting, "MAX_VERTICES", most)
        layer = compiled(red_line())
        overlaps = find_overlaps(sites, layer)
        results[most] = overlaps, dissolve(overlaps, len(sites)), len(layer.pieces)
    assert results[10**6][2] == 2  # not cut at all: the island and the rock
    assert results[16][2] > 5 * results[128][2] / 2
    truth, whole, _ = results[10**6]
    for overlaps, dissolved, _ in results.values():
        assert overlaps.site.tolist() == truth.site.tolist()
        assert overlaps.area_m2 == pytest.approx(truth.area_m2, rel=1e-9, abs=1e-4)
        assert dissolved.area_m2 == pytest.approx(whole.area_m2, rel=1e-9, abs=1e-4)


def test_a_line_on_a_cut_is_measured_once():
    # the first cut of this disc runs down its middle, and so does the pipeline
    disc = Polygon(ragged(118, 24.5, 0.01, 2000))
    west, _, east, _ = disc.bounds
    middle = (west + east) / 2
    pipeline = degrees(LineString([(middle, 24.495), (middle, 24.505)]))
    overlaps = find_overlaps(pipeline, compiled(disc))
    truth = lengths_m(pipeline)
    assert overlaps.length_m == pytest.approx(truth, rel=1e-9)
    assert dissolve(overlaps, 1).length_m == pytest.approx(truth, rel=1e-9)


def test_cutting_stops_when_the_user_stops():
    class Stopped(NoProgress):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        cut(degrees(red_line()), Stopped())
