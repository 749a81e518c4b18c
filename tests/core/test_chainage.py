# SPDX-License-Identifier: GPL-2.0-or-later
"""Chainage along line sites: against lines cut in the plane and measured by pyproj, and by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.ops import substring

from eco_onemap.core.measures.chainage import Chainages, Stretches, merge_stretches
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site_facts import build_details

from .truth import GEOD
from .worlds import (
    DAY,
    LONLAT,
    PLANE,
    X0,
    Y0,
    check,
    degrees,
    entry,
    line,
    numbered,
    only,
    point,
    quick,
    rect,
    rule,
    sites,
)

ZONES = entry("zones", "drinking_zone")
TO_DEGREES = Transformer.from_crs(PLANE, LONLAT, always_xy=True)
EXACT_M = 0.002
"""Of two ways to bring a plane edge to the ellipsoid: whole, or in pieces of 25 m."""


def length_m(plane_line):
    """The geodesic length of a line of the plane, its edges followed metre by metre."""
    dense = shapely.get_coordinates(shapely.segmentize(plane_line, 1.0))
    return GEOD.line_length(*TO_DEGREES.transform(*dense.T))


def chainage_at(plane_line, distance):
    """The chainage of a place so many plane metres along a line, 0 at its start."""
    return length_m(substring(plane_line, 0, distance)) if distance > 0 else 0.0


def crossings(*shapes, layers, **options):
    """The rows of ``crossing`` for line sites."""
    known = Options(as_of=DAY, approach_m=0.0)
    result = check(sites(*shapes), layers, rule(), options=replace(known, **options))
    return result, list(result.further["crossing"].rows())


def spans(rows, **wanted):
    """From and to of the rows with the given values."""
    return [
        (row["from_m"], row["to_m"])
        for row in rows
        if all(row[name] == value for name, value in wanted.items())
    ]


# the road runs 1000 m east, then 2000 m north; the zone covers x from 400 to 700 and all y
ROAD = line((0, 0), (1000, 0), (1000, 2000))
BAND = rect(400, -500, 300, 1000)


def test_a_stretch_begins_and_ends_where_the_line_is_so_long():
    _, rows = crossings(ROAD, layers=[(ZONES, numbered(BAND))])
    expected = (chainage_at(ROAD, 400), chainage_at(ROAD, 700))
    for scope in ("layer", "feature"):
        assert spans(rows, scope=scope) == [pytest.approx(expected, abs=EXACT_M)]
    # the plane is 123 mm a kilometre larger than the ground, 100 km east of its meridian
    assert expected == pytest.approx((399.95, 699.91), abs=0.01)
    assert {row["passage"] for row in rows} == {"through"}
    assert {row["chainage"] for row in rows} == {"K0+400–K0+700"}


def test_the_length_of_stretches_is_the_length_of_the_overlap():
    zones = numbered(BAND, rect(900, -100, 50, 700), rect(950, 300, 100, 100))
    result, rows = crossings(ROAD, layers=[(ZONES, zones)])
    for hit in result.hit.rows():
        along = sum(row["length_m"] for row in rows if row["feature_id"] == hit["feature_id"])
        assert along == pytest.approx(hit["overlap_length_m"], abs=1e-5)
    whole = sum(row["length_m"] for row in rows if row["scope"] == "layer")
    assert whole == pytest.approx(only(result.site_layer)["overlap_length_m"], abs=1e-5)


def test_the_start_and_the_direction_are_the_users():
    whole = length_m(ROAD)
    _, rows = crossings(
        ROAD, layers=[(ZONES, numbered(BAND))], start_chainage_m=12_000.0, is_reversed=True
    )
    expected = (
        12_000 + whole - chainage_at(ROAD, 700),
        12_000 + whole - chainage_at(ROAD, 400),
    )
    assert spans(rows, scope="layer") == [pytest.approx(expected, abs=EXACT_M)]


def test_each_line_has_its_own_start_and_direction_where_its_file_says_so():
    """Three roads in one run: one states both, one the direction alone, one nothing."""
    three = sites(ROAD, ROAD, ROAD)
    details = {
        "start_chainage": np.array(["K12+340", "", ""], dtype=object),
        "chainage_direction": np.array(["as_drawn", "reversed", ""], dtype=object),
    }
    options = Options(as_of=DAY, approach_m=0.0, start_chainage_m=500.0, is_reversed=False)
    stated = replace(three, details={**three.details, **details})
    result = check(stated, [(ZONES, numbered(BAND))], rule(), options=options)
    rows = list(result.further["crossing"].rows())
    whole, first, last = length_m(ROAD), chainage_at(ROAD, 400), chainage_at(ROAD, 700)
    wanted = [
        (12_340 + first, 12_340 + last),
        (500 + whole - last, 500 + whole - first),
        (500 + first, 500 + last),
    ]
    for site_id, expected in zip(three.ids.tolist(), wanted, strict=True):
        assert spans(rows, site_id=site_id, scope="layer") == [pytest.approx(expected, abs=EXACT_M)]


def test_what_a_file_states_of_its_lines_stays_with_them():
    stated = {"start_chainage": np.array(["K1+000", ""], dtype=object)}
    assert build_details(stated, 2, {})["start_chainage"].tolist() == ["K1+000", ""]
    assert set(build_details({}, 2, {})) == {"project", "developer"}


def test_a_line_has_the_chainage_of_its_own_run_beside_others():
    """Directions and starts of others change nothing, to the last bit."""
    both = sites(ROAD, GAP)
    details = {
        "start_chainage": np.array(["K1+000", "7"], dtype=object),
        "chainage_direction": np.array(["reversed", "as_drawn"], dtype=object),
    }
    stated = replace(both, details={**both.details, **details})
    options = Options(as_of=DAY, approach_m=0.0)
    layers = [(ZONES, numbered(BAND))]
    together = list(check(stated, layers, rule(), options=options).further["crossing"].rows())
    alone = []
    for number in (0, 1):
        one = stated.take(np.array([number]))
        found = check(one, layers, rule(), options=options)
        alone += list(found.further["crossing"].rows())
    assert len(together) > 2
    assert repr(together) == repr(alone)


def test_features_beside_each_other_are_two_stretches_and_one_of_the_layer():
    zones = numbered(rect(100, -50, 200, 100), rect(300, -50, 200, 100), rect(700, -50, 100, 100))
    _, rows = crossings(ROAD, layers=[(ZONES, zones)])
    assert spans(rows, scope="feature") == [
        pytest.approx((chainage_at(ROAD, a), chainage_at(ROAD, b)), abs=EXACT_M)
        for a, b in ((100, 300), (300, 500), (700, 800))
    ]
    assert spans(rows, scope="layer") == [
        pytest.approx((chainage_at(ROAD, a), chainage_at(ROAD, b)), abs=EXACT_M)
        for a, b in ((100, 500), (700, 800))
    ]


def test_a_line_that_goes_back_on_itself_lies_in_a_zone_twice():
    # 500 m east, back over the same ground to x = 100, then north
    there_and_back = line((0, 0), (500, 0), (100, 0), (100, 300))
    _, rows = crossings(there_and_back, layers=[(ZONES, numbered(rect(200, -50, 100, 100)))])
    assert spans(rows, scope="feature") == [
        pytest.approx((chainage_at(there_and_back, a), chainage_at(there_and_back, b)), abs=0.01)
        for a, b in ((200, 300), (700, 800))
    ]


def test_a_line_that_crosses_itself_is_not_taken_for_its_other_course():
    # the loop comes back over x = 300 inside the zone, at right angles
    loop = line((0, 0), (600, 0), (600, 300), (300, 300), (300, -300))
    _, rows = crossings(loop, layers=[(ZONES, numbered(rect(200, -50, 200, 100)))])
    expected = [(200, 400), (600 + 300 + 300 + 250, 600 + 300 + 300 + 350)]
    assert spans(rows, scope="feature") == [
        pytest.approx((chainage_at(loop, a), chainage_at(loop, b)), abs=EXACT_M)
        for a, b in expected
    ]


def test_lines_and_points_are_crossed_at_one_chainage():
    river = numbered(line((600, -100), (600, 100)))
    _, rows = crossings(ROAD, layers=[(ZONES, river)])
    (span,) = spans(rows, scope="feature")
    assert span == pytest.approx((chainage_at(ROAD, 600),) * 2, abs=EXACT_M)
    row = next(row for row in rows if row["scope"] == "feature")
    assert (row["passage"], row["chainage"], row["length_m"]) == ("across", "K0+600", 0.0)


def test_a_line_along_another_is_told_as_a_stretch():
    _, rows = crossings(ROAD, layers=[(ZONES, numbered(line((1000, 500), (1000, 900))))])
    row = next(row for row in rows if row["scope"] == "feature")
    assert row["passage"] == "along"
    expected = chainage_at(ROAD, 1500), chainage_at(ROAD, 1900)
    assert (row["from_m"], row["to_m"]) == pytest.approx(expected, abs=EXACT_M)


def test_parts_that_meet_are_one_line_in_the_direction_of_the_first():
    # the second part was drawn towards the first, not away from it
    drawn = shapely.MultiLineString([line((0, 0), (1000, 0)), line((1000, 2000), (1000, 0))])
    _, rows = crossings(drawn, layers=[(ZONES, numbered(rect(900, 500, 200, 100)))])
    expected = (chainage_at(ROAD, 1500), chainage_at(ROAD, 1600))
    assert spans(rows, scope="layer") == [pytest.approx(expected, abs=EXACT_M)]
    assert {row["part"] for row in rows} == {1}


GAP = shapely.MultiLineString([line((0, 0), (1000, 0)), line((1500, 0), (2500, 0))])


@pytest.mark.parametrize("is_reversed", [False, True])
def test_chainage_runs_on_over_a_gap_and_no_stretch_spans_it(is_reversed):
    _, rows = crossings(
        GAP, layers=[(ZONES, numbered(rect(800, -50, 1000, 100)))], is_reversed=is_reversed
    )
    # 200 m before the end of the first part, 300 m into the second; from the other end 700, 1300
    first = length_m(line((0, 0), (1000, 0)))
    second = length_m(line((1500, 0), (2500, 0)))
    before = length_m(line((800, 0), (1000, 0)))
    after = length_m(line((1500, 0), (1800, 0)))
    expected = [(first - before, first), (first, first + after)]
    if is_reversed:
        expected = [(second - after, second), (second, second + before)]
    assert spans(rows, scope="layer") == [pytest.approx(pair, abs=EXACT_M) for pair in expected]
    assert [row["part"] for row in rows if row["scope"] == "layer"] == [1, 2]


def test_what_is_near_is_told_with_its_side_and_place():
    houses = numbered(point(200, 120), point(500, -80), point(1300, 1000), point(200, 700))
    result, rows = crossings(ROAD, layers=[(ZONES, houses)], approach_m=350.0)
    near = {row["feature_id"]: row for row in rows}
    expected = {  # feature: chainage, distance, side of the road
        "f1": (200, 120, "left"),
        "f2": (500, 80, "right"),
        "f3": (2000, 300, "right"),  # the road runs north there
    }
    assert set(near) == set(expected)  # the fourth is 700 m off
    for name, (along, off, side) in expected.items():
        row = near[name]
        assert row["from_m"] == pytest.approx(chainage_at(ROAD, along), abs=0.01)
        assert row["distance_m"] == pytest.approx(off, rel=2e-4)
        assert (row["passage"], row["side"]) == ("near", side)
    nearest = min(row["distance_m"] for row in rows)
    assert nearest == pytest.approx(only(result.site_layer)["nearest_m"], abs=1e-6)


def test_the_other_direction_turns_left_and_right():
    _, rows = crossings(
        ROAD, layers=[(ZONES, numbered(point(200, 120)))], approach_m=350.0, is_reversed=True
    )
    assert [row["side"] for row in rows] == ["right"]


def test_areas_and_points_have_no_chainage():
    result = check(sites(BAND, point(0, 0)), [(ZONES, numbered(BAND))], rule())
    assert "crossing" not in result.further
    _, rows = crossings(BAND, ROAD, layers=[(ZONES, numbered(BAND))])
    assert {row["site_id"] for row in rows} == {"s2"}


def test_rows_do_not_depend_on_blocks():
    shapes = [
        shapely.affinity.translate(ROAD, 3000 * (n % 3), 2500 * (n // 3)) for n in range(7)
    ] + [GAP, BAND]
    zones = numbered(BAND, rect(3000, 2400, 2000, 2000), point(5200, 100))
    first, one = crossings(*shapes, layers=[(ZONES, zones)], approach_m=500.0, block_sites=1)
    _, many = crossings(*shapes, layers=[(ZONES, zones)], approach_m=500.0, block_sites=100)
    assert {row["passage"] for row in one} == {"through", "near"}
    assert one == many
    assert first.further["crossing"].values["site_id"].tolist() == sorted(
        first.further["crossing"].values["site_id"].tolist()
    )


places = st.tuples(st.integers(0, 60), st.integers(0, 60))


@quick
@given(
    st.lists(places, min_size=2, max_size=7, unique=True),
    st.lists(st.tuples(places, st.integers(3, 25)), min_size=1, max_size=3),
)
def test_every_place_of_a_line_is_inside_as_its_chainage_says(course, squares):
    """Places every 7.3 m along the line are asked one by one whether they lie in the squares."""
    road = line(*[(20 * x, 20 * y) for x, y in course])
    zones = [rect(20 * x + 3, 20 * y + 3, 20 * size, 20 * size) for (x, y), size in squares]
    _, rows = crossings(road, layers=[(ZONES, numbered(*zones))])
    found = np.array(spans(rows, scope="layer")).reshape(-1, 2)
    ground = shapely.union_all(zones)
    for at in np.arange(1.7, road.length, 7.3):
        place = road.interpolate(at)
        if ground.boundary.distance(place) < 0.5:
            continue
        here = chainage_at(road, at)
        inside = bool(((found[:, 0] <= here) & (here <= found[:, 1])).any())
        assert inside == ground.contains(place), at


def test_merging_joins_what_overlaps_in_each_row_and_part_alone():
    found = Stretches(
        row=np.array([1, 0, 0, 0, 1, 0]),
        part=np.array([1, 1, 1, 2, 1, 1]),
        from_m=np.array([0.0, 10.0, 0.0, 0.0, 5.0, 2.0]),
        to_m=np.array([4.0, 20.0, 9.9995, 3.0, 6.0, 3.0]),
    )
    merged = merge_stretches(found, 0.001)
    rows = list(zip(merged.row, merged.part, merged.from_m, merged.to_m, strict=True))
    assert rows == [(0, 1, 0.0, 20.0), (0, 2, 0.0, 3.0), (1, 1, 0.0, 4.0), (1, 1, 5.0, 6.0)]
    assert len(merge_stretches(Stretches(*(found.row[:0],) * 2, *(found.to_m[:0],) * 2), 1)) == 0


def test_a_long_edge_is_measured_along_the_ellipsoid():
    # one edge of 0.3°: its middle in degrees is not the middle of its length to the metre
    edge = shapely.LineString([(118.0, 24.5), (118.0, 24.8)])
    half = shapely.LineString([(118.0, 24.5), (118.0, 24.65)])
    found = Chainages(degrees(edge)).find_stretches(np.zeros(1, dtype=int), degrees(half), 0.001)
    assert found.to_m[0] == pytest.approx(GEOD.line_length(*half.xy), abs=1e-6)


def test_the_plane_and_the_place_are_where_the_other_tests_have_them():
    assert TO_DEGREES.transform(X0, Y0) == pytest.approx((117.99, 24.51), abs=0.02)
