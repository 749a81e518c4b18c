# SPDX-License-Identifier: GPL-2.0-or-later
"""From the sites of a file to sites that can be checked: repair, places, planes, facts."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely import LineString, Point, Polygon, box

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.crs import find_crs, gauss_kruger_3_degrees, same_as_cgcs2000
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.messages import message
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_building import build_site_set

from .truth import geodesic_area, unprojected
from .worlds import LONLAT, PLANE, X0, Y0, objects, rect, sites

YARD = rect(0, 0, 100, 100)


def area(site_set, number=0):
    return areas_m2(site_set.geometries)[number]


def problems(site_set):
    return {number: problem.key for number, problem in site_set.problems.items()}


def test_a_bow_tie_becomes_its_two_triangles():
    # the surveyor walked corners 1-3-2-4: the boundary crosses itself in the middle
    tie = Polygon([(X0, Y0), (X0 + 100, Y0 + 100), (X0 + 100, Y0), (X0, Y0 + 100)])
    found = sites(tie, YARD)
    assert found.problems == {}
    assert shapely.is_valid(found.geometries).all()
    assert area(found) == pytest.approx(area(found, 1) / 2, rel=1e-6)
    assert "Self-intersection" in found.repaired[0].text()
    assert found.repaired[1] == ""


def test_a_hole_outside_of_its_ring_adds_nothing_and_a_hole_inside_stays():
    pond = [(X0 + 10, Y0 + 10), (X0 + 30, Y0 + 10), (X0 + 30, Y0 + 30), (X0 + 10, Y0 + 30)]
    # a spike of 50 m at a corner makes the ring invalid; the pond must survive the repair
    spiked = Polygon(
        [(X0, Y0), (X0 + 100, Y0), (X0 + 150, Y0), (X0 + 100, Y0), (X0 + 100, Y0 + 100),
         (X0, Y0 + 100)],
        [pond],
    )  # fmt: skip
    found = sites(spiked, YARD, Polygon(pond))
    assert found.repaired[0]
    assert area(found) == pytest.approx(area(found, 1) - area(found, 2), rel=1e-9)


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        (None, "site.empty"),
        (Polygon(), "site.empty"),
        (Point(X0, np.nan), "site.empty"),
        (Polygon([(X0, Y0), (X0 + 9, np.nan), (X0 + 9, Y0 + 9), (X0, Y0 + 9)]), "site.empty"),
        (LineString([(X0, Y0), (X0, np.inf)]), "site.empty"),
        (LineString([(X0, Y0), (X0, Y0)]), "site.empty_after_repair"),
        (Polygon([(X0, Y0), (X0 + 9, Y0), (X0, Y0)]), "site.empty_after_repair"),
        (Point(X0 + 9e6, Y0), "site.outside_china"),
    ],
    ids=[
        "null",
        "empty",
        "nan point",
        "nan vertex",
        "infinite",
        "no length",
        "no area",
        "elsewhere",
    ],
)
def test_sites_that_cannot_be_checked_say_why_and_the_others_go_on(geometry, problem):
    found = sites(YARD, geometry, YARD)
    assert problems(found) == {1: problem}
    assert shapely.is_missing(found.geometries).tolist() == [False, True, False]
    assert area(found) == area(found, 2) > 0
    for language in ("en", "zh"):
        assert found.problems[1].text(language)


def test_a_readers_reason_stays():
    raw = RawSites(
        objects([None]), PLANE, objects(["a"]), objects([""]), {}, "", "",
        {0: message("site.swapped_axes")},
    )  # fmt: skip
    assert problems(build_site_set(raw)) == {0: "site.swapped_axes"}


@pytest.mark.parametrize("crs", [LONLAT, "EPSG:4326", "EPSG:4610"])
def test_swapped_axes_are_told_and_not_guessed(crs):
    found = sites(box(24.5, 118, 24.51, 118.01), box(118, 24.5, 118.01, 24.51), crs=crs)
    assert problems(found) == {0: "site.swapped_axes"}
    assert found.geometries[0] is None


@pytest.mark.parametrize(
    ("geometry", "crs", "problem"),
    [
        (box(13.3, 52.4, 13.4, 52.5), LONLAT, "site.outside_china"),  # Berlin
        (box(0, 0, 1, 1), LONLAT, "site.outside_china"),  # "null island"
        (YARD, LONLAT, "site.other_crs"),  # metres read as degrees
        (rect(0, 0, 1, 1), "EPSG:4526", "site.other_crs"),  # a zone prefix is expected and missing
        (box(Y0, X0, Y0 + 9, X0 + 9), PLANE, "site.other_crs"),  # north and east exchanged
    ],
    ids=["Berlin", "origin", "metres", "no prefix", "exchanged"],
)
def test_places_outside_of_china_are_told(geometry, crs, problem):
    assert problems(sites(geometry, crs=crs)) == {0: problem}


@pytest.mark.parametrize("crs", [None, "", "EPSG:1", "the usual one"])
def test_an_unknown_crs_refuses_the_file(crs):
    with pytest.raises(SiteError) as refusal:
        sites(YARD, crs=crs)
    assert "memory" in str(refusal.value)
    assert refusal.value.message.text("zh")


@pytest.mark.parametrize(
    "crs", [LONLAT, "OGC:CRS84", "EPSG:4326", "EPSG:4548", "EPSG:4527", "EPSG:32650"]
)
def test_every_usual_crs_comes_to_the_same_place(crs):
    # a yard at 118.00°E 24.50°N, its corners given in each CRS, east or longitude first
    corners = np.array([(118, 24.5), (118.001, 24.5), (118.001, 24.501), (118, 24.501)])
    move = Transformer.from_crs(LONLAT, crs, always_xy=True)
    given = Polygon(np.column_stack(move.transform(*corners.T)))
    found = sites(given, crs=crs)
    assert found.problems == {}
    middle = shapely.centroid(found.geometries[0])
    assert (middle.x, middle.y) == pytest.approx((118.0005, 24.5005), abs=1e-7)
    assert found.crs == crs


def test_heights_are_dropped():
    found = sites(shapely.force_3d(YARD, 12.0))
    assert not shapely.has_z(found.geometries).any()


def test_edges_stay_where_they_were_surveyed():
    # an edge of 10 km in the plane: its middle must not move although it becomes a curve
    long_edge = LineString([(X0, Y0), (X0 + 10_000, Y0)])
    found = sites(long_edge).geometries[0]
    along = unprojected(shapely.segmentize(long_edge, 10).coords, PLANE)
    off_m = shapely.distance(found, shapely.points(along)) * 111_195
    assert off_m.max() < 0.0001
    straight = LineString([along[0], along[-1]])  # what happens without densifying: 0.9 m
    assert shapely.distance(straight, Point(along[len(along) // 2])) * 111_195 > 0.5


def test_edges_given_in_degrees_stay_straight_in_degrees():
    ring = box(118, 24.5, 118.1, 24.6)
    assert sites(ring, crs=LONLAT).geometries[0].equals_exact(ring, 0)


def test_planes_in_other_units_are_densified_in_metres():
    # UTM 50N in kilometres, an edge of 10 km
    found = sites(LineString([(600, 2711), (610, 2711)]), crs="+proj=utm +zone=50 +units=km")
    assert shapely.get_num_coordinates(found.geometries)[0] >= 200


def test_a_border_that_two_neighbours_share_is_shared_on_the_ellipsoid_too():
    # both were surveyed along the same border of 2 km; the southern one has five more vertices
    border = [(X0 + d, Y0 + 0.2 * d) for d in (0, 317, 801, 1_250, 1_999, 2_000)]
    north = Polygon([border[0], border[-1], (X0 + 2_000, Y0 + 1_000), (X0, Y0 + 1_000)])
    south = Polygon([*border, (X0 + 2_000, Y0 - 1_000), (X0, Y0 - 1_000)])
    found = sites(north, south).geometries
    common = shapely.intersection(found[0], found[1])
    gaps = shapely.get_parts(shapely.union_all(found).buffer(0))
    holes = [Polygon(ring) for part in gaps for ring in part.interiors]
    assert areas_m2(objects([common]))[0] < 0.05  # 0.02 mm along 2 km
    assert sum(map(geodesic_area, holes)) < 0.05


def test_facts_come_from_the_columns_and_what_is_not_told_is_unknown():
    found = sites(
        YARD, YARD,
        tags=["chemical, new，outfall", None], not_tags=["mining", ""], stage=["siting", None],
        planned_use=[" industrial ", ""], industry=["C26", None], declared_area_m2=["10000.5", "?"],
    )  # fmt: skip
    first, second = found.facts
    assert first.tags == {"chemical", "new", "outfall"}
    assert first.not_tags == {"mining"}
    assert (first.stage, first.planned_use, first.industry) == ("siting", "industrial", "C26")
    assert second == dataclasses.replace(second, tags=frozenset(), stage="", industry="")
    assert found.declared_area_m2[0] == 10000.5
    assert np.isnan(found.declared_area_m2[1])
    assert np.isnan(sites(YARD).declared_area_m2[0])


@pytest.mark.parametrize(
    ("longitude", "code"),
    [(75, 4534), (117.0, 4548), (118.49, 4548), (118.51, 4549), (119.9, 4549), (135, 4554)],
)
def test_zones_of_three_degrees(longitude, code):
    assert gauss_kruger_3_degrees(longitude) == f"EPSG:{code}"
    meridian, _ = unprojected([(500_000, 3_000_000)], f"EPSG:{code}")[0]
    assert abs(meridian - longitude) <= 1.5


def test_only_cgcs2000_in_degrees_is_left_as_it_is():
    same = [same_as_cgcs2000(find_crs(c)) for c in (LONLAT, "EPSG:4326", "EPSG:4548")]
    assert same == [True, False, False]


def test_systems_without_places_on_the_earth_are_none():
    # geocentric, heights, the moon
    assert [find_crs(c) for c in ("EPSG:4479", "EPSG:5737", "IAU_2015:30100")] == [None] * 3
