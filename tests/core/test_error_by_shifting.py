# SPDX-License-Identifier: GPL-2.0-or-later
"""What a shift by the positional error can turn asks for a survey: found by really shifting sites.

Each site is moved by the error, and by half of it, in 16 directions, and plain plane geometry says
whether the rule's condition holds there.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity

from eco_onemap.core.law.answering import answers_between
from eco_onemap.core.law.conditions import NO, UNKNOWN, YES
from eco_onemap.core.law.rules import Measure, Relation
from eco_onemap.core.law.when import Bound, Limit
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.options import Options

from .trees import tree
from .worlds import (
    DAY,
    PLANE,
    X0,
    Y0,
    MemoryRaster,
    check,
    entry,
    line,
    numbered,
    point,
    rect,
    rule,
    sites,
    verdicts,
)

ERROR = 5.0
ROUGH = entry(accuracy_m=3.0)
SURVEYED = Options(as_of=DAY, rings_m=(), site_accuracy_m=4.0)  # 3 and 4 make 5
EXACT = Options(as_of=DAY, rings_m=())

ZONES = (
    rect(0, 0, 100, 100),
    rect(100, 0, 80, 100),  # shares its side with the first one
    rect(40, 160, 20, 20),
    rect(90, 160, 12, 12),
)
UNION = shapely.union_all(ZONES)
WELLS = (point(0, 0), point(30, 0), point(0, 35), point(200, 60))


def shifted(site):
    """The site where it is surveyed, and all around."""
    for radius in (ERROR, ERROR / 2):
        for step in range(16):
            angle = step * math.tau / 16
            yield affinity.translate(site, radius * math.cos(angle), radius * math.sin(angle))


def size(geometry, site):
    return geometry.area if site.geom_type == "Polygon" else geometry.length


def share(site, ground):
    if site.geom_type == "Point":
        return 100.0 * ground.intersects(site)
    return 100.0 * size(site.intersection(ground), site) / size(site, site)


def plain(relation=Relation.OVERLAPS, measure=Measure.AREA, threshold=0.0):
    return rule(relation=relation, measure=measure, threshold=threshold)


def asks(text):
    return rule(when=tree(text))


def holds_whole(site, zone):
    return site.buffer(1e-7).covers(zone)


CONDITIONS = {
    "contains": (
        plain(Relation.CONTAINS), lambda s, zs: any(holds_whole(s, z) for z in zs)),
    "contains two": (
        plain(Relation.CONTAINS, Measure.COUNT, 1), lambda s, zs:
        sum(holds_whole(s, z) for z in zs) > 1),
    "covers": (
        plain(Relation.COVERS), lambda s, zs: any(holds_whole(z, s) for z in zs)),
    "count": (
        plain(measure=Measure.COUNT, threshold=1), lambda s, zs:
        sum(s.intersects(z) for z in zs) > 1),
    "share": (
        plain(measure=Measure.SHARE, threshold=40), lambda s, zs:
        any(share(s, z) > 40 for z in zs)),
    "area": (
        plain(measure=Measure.AREA, threshold=300), lambda s, zs:
        any(s.intersection(z).area > 300 for z in zs)),
    "length": (
        plain(measure=Measure.LENGTH, threshold=30), lambda s, zs:
        s.geom_type == "LineString" and any(s.intersection(z).length > 30 for z in zs)),
    "inside": (
        asks("{inside: }"), lambda s, zs: any(holds_whole(z, s) for z in zs)),
    "not inside": (
        asks("{not: {inside: }}"), lambda s, zs: not any(holds_whole(z, s) for z in zs)),
    "covered": (
        asks("{covered: }"), lambda s, zs: holds_whole(shapely.union_all(zs), s)),
    "tree contains": (
        asks("{contains: }"), lambda s, zs: any(holds_whole(s, z) for z in zs)),
    "together share": (
        asks("{together: {share_pct: {ge: 60}}}"), lambda s, zs:
        share(s, shapely.union_all(zs)) >= 60),
    "together count": (
        asks("{together: {count: {ge: 2}}}"), lambda s, zs: sum(s.intersects(z) for z in zs) >= 2),
    "count in ring": (
        asks("{ring: {distance_m: 60, count: {ge: 2}}}"), lambda s, zs:
        sum(s.distance(z) <= 60 for z in zs) >= 2),
    "few in ring": (
        asks("{ring: {distance_m: 60, count: {lt: 2}}}"), lambda s, zs:
        sum(s.distance(z) <= 60 for z in zs) < 2),
    "area in ring": (
        asks("{ring: {distance_m: 40, area_m2: {gt: 9000}}}"), lambda s, zs:
        s.buffer(40, quad_segs=64).intersection(shapely.union_all(zs)).area > 9000),
    "near and not inside": (
        asks("{all: [{near: {distance_m: 20}}, {not: {inside: }}]}"), lambda s, zs:
        any(s.distance(z) <= 20 for z in zs) and not any(holds_whole(z, s) for z in zs)),
}  # fmt: skip

steps = st.floats(-30, 220, width=16)
sides = st.sampled_from([8.0, 30.0, 60.0, 110.0])
places = st.one_of(
    st.builds(rect, steps, steps, sides, sides),
    st.builds(lambda x, y, a, b: line((x, y), (x + a, y + b)), steps, steps, sides, sides),
    st.builds(point, steps, steps),
)


def survey_asked(result, number):
    """Whether a site's verdict, or the margin of a finding, asks for a survey."""
    site = f"s{number + 1}"
    margins = [row["margin"] for row in result.finding.rows() if row["site_id"] == site]
    return verdicts(result)[number] == "study" or any("survey" in margin for margin in margins)


@pytest.mark.parametrize("name", CONDITIONS)
@given(drawn=st.lists(places, min_size=4, max_size=8), on_wells=st.booleans())
@settings(max_examples=12, deadline=None, derandomize=True)
def test_what_a_shift_can_turn_asks_for_a_survey(name, drawn, on_wells):
    asked, holds = CONDITIONS[name]
    ground = WELLS if on_wells else ZONES
    result = check(sites(*drawn), [(ROUGH, numbered(*ground))], asked, options=SURVEYED)
    for number, site in enumerate(drawn):
        here = holds(site, ground)
        if any(holds(moved, ground) is not here for moved in shifted(site)):
            assert survey_asked(result, number), (name, site.wkt)
            assert verdicts(result)[number] != "clear"


SURE = [  # at least twice the error from where the answer turns
    ("contains", rect(25, 145, 50, 50), True),
    ("contains", rect(66, 145, 12, 50), False),
    ("covers", rect(20, 20, 60, 60), True),
    ("covers", rect(60, 20, 60, 60), False),
    ("inside", rect(20, 20, 60, 60), True),
    ("inside", line((20, 20), (70, 70)), True),
    ("inside", line((20, 20), (150, 70)), False),
    ("not inside", rect(20, 20, 60, 60), False),
    ("covered", rect(60, 20, 60, 60), True),  # across the side that two zones share
    ("covered", rect(60, 60, 60, 60), False),
    ("covered", line((30, 50), (150, 60)), True),
    ("count", rect(60, 20, 60, 60), True),
    ("count", rect(20, 20, 60, 60), False),
    ("share", rect(20, 20, 60, 60), True),
    ("share", rect(-50, 20, 60, 60), False),
    ("together share", line((-60, 50), (20, 50)), False),
    ("count in ring", rect(20, 20, 10, 10), False),
    ("count in ring", rect(85, 20, 5, 5), True),
    ("area in ring", rect(60, 20, 60, 60), True),
    ("length", line((20, 20), (80, 20)), True),
]


@pytest.mark.parametrize(("name", "site", "met"), SURE)
def test_what_no_shift_can_turn_stays_as_it_is(name, site, met):
    asked, holds = CONDITIONS[name]
    assert holds(site, ZONES) is met
    layer = [(ROUGH, numbered(*ZONES))]
    rough = check(sites(site), layer, asked, options=SURVEYED)
    assert verdicts(rough) == (["prohibited"] if met else ["clear"])
    assert not survey_asked(rough, 0)


@pytest.mark.parametrize("name", CONDITIONS)
def test_without_an_error_nothing_is_within_it(name):
    asked, holds = CONDITIONS[name]
    place = rect(2, 2, 96, 96)
    result = check(sites(place), [(entry(), numbered(*ZONES))], asked, options=EXACT)
    assert not survey_asked(result, 0)
    assert verdicts(result) == (["prohibited"] if holds(place, ZONES) else ["clear"])


def test_the_finding_says_feature_value_and_error():
    asked = CONDITIONS["share"][0]
    place = rect(-25, 20, 40, 40)  # 37.5 % in the zone; 5 m further east 50 %
    result = check(sites(place), [(ROUGH, numbered(*ZONES))], asked, options=SURVEYED)
    (row,) = result.finding.rows()
    assert (row["verdict"], row["feature_id"]) == ("study", "f1")
    assert "may meet the rule's conditions" in row["message"]
    assert "±5 m" in row["message"]
    assert "survey" in row["margin"]
    assert "positional error alone" in row["explanation"]
    assert "not prohibited: only the positional error makes the rule apply" in row["explanation"]


def test_a_line_across_adjoining_zones_is_covered():
    """The union of its parts is snapped and loses micrometres; that is no gap."""
    asked = CONDITIONS["covered"][0]
    road = line((30, 50), (150, 60))
    result = check(sites(road), [(entry(), numbered(*ZONES))], asked, options=EXACT)
    assert verdicts(result) == ["prohibited"]


# --- rasters ------------------------------------------------------------------------------------

CELL = 20.0
VALUES = np.array([[1, 1, 2, 1, 3], [1, 2, 2, 1, 1], [1, 1, 1, 1, 1], [3, 1, 1, 2, 2]], dtype=float)


def raster_of(values):
    rows, columns = values.shape
    info = RasterInfo(PLANE, (X0, CELL, 0.0, Y0 + rows * CELL, 0.0, -CELL), columns, rows, None,
                      "risk.tif", "2" * 64)  # fmt: skip
    return MemoryRaster(values, info)


def of_class(value):
    """The ground of one class, from its cells."""
    rows = len(VALUES)
    return shapely.union_all([
        rect(column * CELL, (rows - 1 - row) * CELL, CELL, CELL)
        for row, column in zip(*np.nonzero(value == VALUES), strict=True)
    ])  # fmt: skip


GRID = entry(
    "risk", "drinking_zone", accuracy_m=3.0, classes={1: "low", 2: "middle", 3: "high"}, fields={}
)
CLASS_2 = {"class": "2"}


def meets(site, ground):
    found = site.intersection(ground)
    return found.area > 0 or found.length > 0 or (site.geom_type == "Point" and not found.is_empty)


GRID_CONDITIONS = {
    "share of a class": (
        rule(where=CLASS_2, measure=Measure.SHARE, threshold=30.0), lambda s:
        share(s, of_class(2)) > 30),
    "any of a class": (rule(where=CLASS_2), lambda s: meets(s, of_class(2))),
    "classes together": (
        asks("{together: {where: {class: ['2', '3']}, share_pct: {ge: 50}}}"), lambda s:
        share(s, of_class(2).union(of_class(3))) >= 50),
    "most": (asks("{raster: {max: {ge: 3}}}"), lambda s: meets(s, of_class(3))),
    "mean": (
        asks("{raster: {mean: {gt: 1.5}}}"), lambda s:
        sum(value * share(s, of_class(value)) for value in (1, 2, 3)) > 150),
}  # fmt: skip

inner_places = st.one_of(
    st.builds(
        rect, st.floats(6, 60, width=16), st.floats(6, 40, width=16),
        st.sampled_from([6.0, 30.0]), st.sampled_from([12.0, 30.0]),
    ),
    st.builds(lambda x, y: line((x, y), (x + 30, y + 25)), st.floats(6, 60), st.floats(6, 40)),
    st.builds(point, st.floats(6, 90), st.floats(6, 70)),
)  # fmt: skip


@pytest.mark.parametrize("name", GRID_CONDITIONS)
@given(drawn=st.lists(inner_places, min_size=3, max_size=6))
@settings(max_examples=10, deadline=None, derandomize=True)
def test_a_raster_below_a_shifted_site_asks_for_a_survey(name, drawn):
    asked, holds = GRID_CONDITIONS[name]
    result = check(sites(*drawn), [], asked, rasters=[(GRID, raster_of(VALUES))], options=SURVEYED)
    for number, site in enumerate(drawn):
        here = holds(site)
        if any(holds(moved) is not here for moved in shifted(site)):
            assert survey_asked(result, number), (name, site.wkt)


@pytest.mark.parametrize(
    ("name", "site", "met"),
    [
        ("share of a class", rect(6, 6, 8, 8), False),
        ("share of a class", rect(66, 6, 28, 8), True),
        ("any of a class", rect(6, 26, 8, 8), False),
        ("any of a class", point(70, 10), True),
        ("most", rect(26, 26, 8, 8), False),
        ("mean", rect(26, 26, 8, 8), False),
    ],
)
def test_a_raster_that_no_shift_can_turn_stays_as_it_is(name, site, met):
    asked, holds = GRID_CONDITIONS[name]
    assert holds(site) is met
    result = check(sites(site), [], asked, rasters=[(GRID, raster_of(VALUES))], options=SURVEYED)
    assert verdicts(result) == (["prohibited"] if met else ["clear"])
    assert not survey_asked(result, 0)


def test_a_class_that_only_the_error_reaches_and_nobody_declares_asks_for_a_survey():
    """Class 9 lies 4 m east of the site; the catalogue declares 1 to 3, and the error is 5 m."""
    values = np.where(VALUES == 3, 9.0, VALUES)
    place = rect(66, 62, 10, 10)  # the cell of class 9 begins at x = 80
    for asked in (
        rule(where={"class": "9"}),
        rule(where={"class": {"ge": 4}}),
        rule(where={"class": {"not_in": ["1", "2"]}}),
        asks("{overlap: {where: {class: '9'}}}"),
        asks("{together: {where: {class: {ge: 4}}, share_pct: {gt: 1}}}"),
    ):
        grid = [(GRID, raster_of(values))]
        result = check(sites(place), [], asked, rasters=grid, options=SURVEYED)
        assert verdicts(result) == ["study"]
        (row,) = result.finding.rows()
        assert (row["feature_id"], row["layer_id"]) == ("9", "risk")
        assert "±5 m" in row["message"]
        far = check(sites(rect(62, 62, 10, 10)), [], asked, rasters=grid, options=SURVEYED)
        assert verdicts(far) == ["clear"]
    near = check(sites(rect(66, 42, 10, 10)), [], rule(where={"class": "9"}),
                 rasters=[(GRID, raster_of(values))], options=SURVEYED)  # fmt: skip
    assert verdicts(near) == ["clear"]  # 8 m and more from any of class 9


def test_a_range_between_two_values_may_be_kept():
    between = Limit("area_m2", ((Bound.GT, 10.0), (Bound.LT, 20.0)))
    low, high = np.array([5.0, 12.0, 21.0]), np.array([25.0, 15.0, 30.0])
    assert answers_between(between, low, high).tolist() == [UNKNOWN, YES, NO]
