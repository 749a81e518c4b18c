# SPDX-License-Identifier: GPL-2.0-or-later
"""The ground of a sheet: CRS, rings, overlaps, views."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer

from eco_onemap.core.errors import OutputError
from eco_onemap.core.options import Options
from eco_onemap.layout.ground import describe_ground
from eco_onemap.layout.record import site_record
from tests.core.worlds import DAY, PLANE, check, entry, line, rect, sites, table
from tests.layout.sheets import A4

SITE = rect(0, 0, 400, 300)


def ground_of(*layers, site=SITE, rings=(500.0, 1000.0), language="zh"):
    assessment = check(sites(site), layers, options=Options(as_of=DAY, rings_m=rings))
    return describe_ground(site_record(assessment, "s1", language), A4)


def zones(*geometries, role="drinking_zone", layer_id="zones"):
    names = [f"Z{number}" for number in range(len(geometries))]
    rows = table(list(geometries), id=names, name=names, level=["1"] * len(names))
    return entry(layer_id, role), rows


def test_the_map_has_the_crs_of_the_plane_areas():
    assert ground_of(zones(rect(5000, 0, 10, 10))).crs == PLANE


def test_the_site_lies_in_the_plane_where_it_was_surveyed():
    drawn = ground_of(zones(rect(5000, 0, 10, 10))).site
    assert drawn.symmetric_difference(SITE).area < 1.0  # of 120,000 m²


@pytest.mark.parametrize("distance", [500.0, 1000.0])
def test_rings_are_at_their_distance_on_the_ellipsoid(distance):
    ground = ground_of(zones(rect(5000, 0, 10, 10)))
    ring = next(ring for ring in ground.rings if ring.distance_m == distance)
    back = Transformer.from_crs(PLANE, "EPSG:4490", always_xy=True)
    points = shapely.get_coordinates(ring.line)[::17]
    shore = shapely.get_coordinates(
        shapely.line_interpolate_point(SITE.exterior, np.linspace(0, SITE.length, 3000))
    )
    geod = Geod(a=6378137, rf=298.257222101)
    for x, y in points:
        # the nearest of many points of the site's boundary, by geodesics
        nearest = shore[np.argsort(np.hypot(*(shore - (x, y)).T))[:5]]
        there, here = back.transform(*nearest.T), back.transform(x, y)
        lengths = [geod.inv(*here, *place)[2] for place in zip(*there, strict=True)]
        assert min(lengths) == pytest.approx(distance, rel=5e-4)


def test_the_view_holds_the_rings_with_the_site_in_its_middle():
    ground = ground_of(zones(rect(50_000, 0, 10, 10)))
    assert (ground.main.x, ground.main.y) == pytest.approx((600_200, 2_711_150))
    assert ground.main.scale == 25_000  # 2.3 km on 144 mm · 0.92
    around = shapely.box(*ground.main.bounds(180, 144))
    assert all(around.covers(ring.line) for ring in ground.rings)


def test_a_constraint_beyond_the_rings_widens_the_view():
    without = ground_of(zones(rect(50_000, 0, 10, 10)))
    far = rect(400 + 3000, 100, 50, 50)  # 3 km east
    ground = ground_of(zones(far))
    assert ground.main.scale > without.main.scale
    corner = shapely.Point(far.bounds[0], far.bounds[1])
    assert shapely.box(*ground.main.bounds(180, 144)).covers(corner)


def test_background_layers_do_not_widen_the_view():
    without = ground_of(zones(rect(50_000, 0, 10, 10)))
    ground = ground_of(zones(rect(3400, 100, 50, 50), role="admin", layer_id="admin"))
    assert ground.main.scale == without.main.scale


def test_overlaps_are_drawn_but_not_those_of_layers_that_cover_everything():
    quarter = rect(0, 0, 200, 150)
    ground = ground_of(
        zones(quarter),
        zones(rect(-900, -900, 3000, 3000), role="control_unit", layer_id="units"),
    )
    (overlap,) = ground.overlaps
    assert overlap.layer_id == "zones"
    assert overlap.geometry.symmetric_difference(quarter).area < 0.1
    # 30,000 m² of plane are 0.024 % less on the ground
    assert overlap.label.split() == ["Zones", "2.9993", "公顷"]


def test_a_line_site_is_drawn_as_a_line():
    ground = ground_of(zones(rect(0, -50, 100, 100)), site=line((0, 0), (1000, 0)))
    assert shapely.get_dimensions(ground.site) == 1
    assert shapely.get_dimensions(ground.overlaps[0].geometry) == 1


def test_a_small_site_has_a_detail_that_shows_it_whole():
    ground = ground_of(zones(rect(5000, 0, 10, 10)))
    assert ground.detail.scale < ground.main.scale
    assert shapely.box(*ground.detail.bounds(46, 46)).covers(ground.site)


def test_a_site_without_geometry_cannot_be_drawn():
    assessment = check(sites(SITE, None), [zones(rect(5000, 0, 10, 10))])
    with pytest.raises(OutputError) as caught:
        site_record(assessment, "s2", "zh")
    assert "s2" in caught.value.message.text("zh")


def test_an_unknown_site_is_named():
    assessment = check(sites(SITE), [zones(rect(5000, 0, 10, 10))])
    with pytest.raises(OutputError) as caught:
        site_record(assessment, "nowhere", "en")
    assert "nowhere" in caught.value.message.text("en")
