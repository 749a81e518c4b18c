# SPDX-License-Identifier: GPL-2.0-or-later
"""What went wrong in other tools, each as a test; the numbers are those of their list.

7 needs a map server; 9 and 15 (one answer in all doors of QGIS, pages of an atlas) are tested with
QGIS; 16 (size and memory) is measured by the benchmarks.
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely import Polygon, box
from shapely.affinity import translate

from eco_onemap.core import schema
from eco_onemap.core.errors import LayerError
from eco_onemap.core.law.rules import Relation
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict

from .truth import circle, geodesic_area, nearest_by_force, place, unprojected
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
    objects,
    only,
    point,
    rect,
    rule,
    sites,
    verdicts,
)

YARD = rect(0, 0, 100, 100)


def test_peer_failure_01_overlapping_zones_are_not_summed():
    # three zones lie over each other on the yard's southern half
    zones = numbered(rect(-10, -10, 120, 60), rect(-20, -20, 140, 70), rect(-30, -30, 160, 80))
    result = check(sites(YARD), [(entry(), zones)])
    dissolved = only(result.site_layer)["overlap_area_m2"]
    whole = only(result.site_verdict)["area_ellipsoid_m2"]
    assert dissolved == pytest.approx(whole / 2, rel=1e-6)
    assert result.hit["overlap_area_m2"].sum() == pytest.approx(3 * dissolved, rel=1e-6)
    # the table says which of both it gives
    meanings = {column.name: column.meaning for column in schema.SITE_LAYER}
    assert "dissolved" in meanings["overlap_area_m2"]


@pytest.mark.parametrize("rings", [(), (500.0,), (100.0, 2_500.0)])
def test_peer_failure_02_shares_are_of_the_site_whatever_the_rings(rings):
    # a quarter of the yard, and much more around it
    zones = numbered(rect(50, 50, 3_000, 3_000))
    result = check(sites(YARD), [(entry(), zones)], options=Options(as_of=DAY, rings_m=rings))
    row = only(result.site_layer)
    assert row["overlap_pct"] == pytest.approx(25, rel=1e-5)
    for ring in rings:
        assert row[schema.ring_area_column(ring)] > 3 * row["overlap_area_m2"]


def test_peer_failure_03_no_hit_hides_another():
    # the yard lies in a zone of the second and, by its corner, in one of the first class
    zones = numbered(rect(-50, -50, 200, 200), rect(80, 80, 50, 50), level=["2", "1"])
    result = check(
        sites(YARD),
        [(entry(), zones)],
        rule("W2", Verdict.RESTRICTED, where={"level": "2"}),
        rule("W1", Verdict.PROHIBITED, where={"level": "1"}),
    )
    assert result.hit["feature_id"].tolist() == ["f1", "f2"]
    assert result.finding["rule_id"].tolist() == ["W1", "W2"]
    assert verdicts(result) == ["prohibited"]


def test_peer_failure_04_the_distance_is_always_given():
    # a layer that is hit, one near by, one 300 km away: no search limit, no empty cell
    far = place((118.0, 24.5), 30, 300_000)
    layers = [
        (entry("hit"), numbered(rect(50, 50, 100, 100))),
        (entry("near"), numbered(rect(500, 0, 10, 10), rect(300, 0, 10, 10))),
        (entry("far"), numbered(shapely.Point(far), crs=LONLAT)),
    ]
    result = check(sites(YARD), layers)
    yard = sites(YARD).geometries[0]
    distances = dict(
        zip(result.site_layer["layer_id"], result.site_layer["nearest_m"], strict=True)
    )
    assert distances["hit"] == 0
    near = sites(rect(300, 0, 10, 10)).geometries[0]
    assert distances["near"] == pytest.approx(nearest_by_force(yard, near)[0], abs=0.001)
    truth = nearest_by_force(yard, shapely.Point(far))[0]
    assert distances["far"] == pytest.approx(truth, abs=0.001 + 1e-7 * truth)
    assert result.site_layer["nearest_id"].tolist() == ["f1", "f2", "f1"]


def test_peer_failure_05_a_mixed_intersection_keeps_its_area():
    # the zone covers the western half of the yard and touches it along a spur of no width
    west = rect(-50, -50, 100, 200)
    spur = shapely.union(west, rect(100, 20, 50, 50))  # shares the yard's eastern side
    mixed = shapely.intersection(YARD, spur)
    assert mixed.geom_type == "GeometryCollection"
    result = check(sites(YARD), [(entry(), numbered(spur))], rule())
    half = only(result.site_verdict)["area_ellipsoid_m2"] / 2
    assert only(result.hit)["overlap_area_m2"] == pytest.approx(half, rel=1e-6)
    assert only(result.site_layer)["overlap_area_m2"] == pytest.approx(half, rel=1e-6)


def test_peer_failure_06_an_invalid_layer_is_repaired_or_lost_never_zero():
    # a bow-tie of two triangles on the yard, and a zone with a broken coordinate
    tie = Polygon([(X0, Y0), (X0 + 100, Y0 + 100), (X0 + 100, Y0), (X0, Y0 + 100)])
    result = check(sites(YARD), [(entry(), numbered(tie))], rule())
    half = only(result.site_verdict)["area_ellipsoid_m2"] / 2
    assert only(result.site_layer)["overlap_area_m2"] == pytest.approx(half, rel=1e-6)
    assert "1 invalid features were repaired" in only(result.run, key="layer.zones.notes")["value"]
    broken = Polygon([(X0, Y0), (X0 + 100, np.nan), (X0 + 100, Y0 + 100)])
    lost = check(sites(YARD), [(entry(), numbered(broken))], rule())
    assert only(lost.site_layer)["status"] == "not_loaded"
    assert np.isnan(only(lost.site_layer)["overlap_area_m2"])
    assert verdicts(lost) == ["no_data"]


def test_peer_failure_08_a_failed_query_is_no_negative_answer():
    down = LayerError("layer.failed", layer="Zones", cause="server is down")
    layers = [(entry("a", "one", empty=True), numbered()), (entry(), down)]
    result = check(sites(YARD), layers, rule(roles=("one",)), rule())
    assert result.site_layer["status"].tolist() == ["no_hit", "not_loaded"]
    assert verdicts(result) == ["no_data"]
    assert "server is down" in only(result.not_evaluated)["why"]
    assert not result.is_complete


@pytest.mark.parametrize("size", [100, 1_000, 10_000])
def test_peer_failure_10_areas_agree_with_geodesic_polygons(size):
    # surveyed in the plane; the truth is Karney's area of the boundary followed in small steps
    corners = [(0, 0), (size, 0.3 * size), (0.8 * size, size), (0.1 * size, 0.7 * size)]
    surveyed = Polygon([(X0 + x, Y0 + y) for x, y in corners])
    followed = shapely.segmentize(surveyed, 20).exterior.coords
    truth = geodesic_area(Polygon(unprojected(followed, PLANE)))
    row = only(check(sites(surveyed), [(entry(), numbered())]).site_verdict)
    assert row["area_ellipsoid_m2"] == pytest.approx(truth, rel=1e-6)
    assert row["area_planar_m2"] == pytest.approx(surveyed.area, rel=1e-9)


def test_peer_failure_11_a_gap_of_a_tenth_of_a_millimetre_drops_nothing():
    result = check(sites(YARD), [(entry(), numbered(rect(100.0001, 0, 50, 100)))], rule())
    assert only(result.hit)["kind"] == "touch"
    assert only(result.site_layer)["status"] == "hit"
    finding = only(result.finding)
    assert finding["verdict"] == "study"
    assert "within a millimetre" in finding["message"]


@pytest.mark.parametrize("length", [500, 2_000, 10_000])
def test_peer_failure_12_a_shared_border_makes_no_overlap(length):
    # both sides were surveyed along one border in EPSG:4548; the zone has vertices in between
    border = [(X0 + t * length, Y0 + 0.3 * t * length) for t in (0, 0.13, 0.5, 0.77, 1)]
    site = Polygon([border[0], border[-1], (X0 + length, Y0 + length), (X0, Y0 + length)])
    zone = Polygon([*border, (X0 + length, Y0 - length), (X0, Y0 - length)])
    result = check(sites(site), [(entry(), numbered(zone))], rule())
    hit = only(result.hit)
    assert hit["kind"] in ("touch", "sliver")
    assert hit["overlap_area_m2"] < 1e-4 * length  # a tenth of a millimetre along the border
    assert verdicts(result) == ["study"]


def test_peer_failure_13_copies_of_a_site_have_equal_results():
    # one yard: drawn, selected as a part of many, imported in other systems and vertex orders
    def moved(crs):
        move = Transformer.from_crs(PLANE, crs, always_xy=True)
        return shapely.transform(dense, lambda xy: np.column_stack(move.transform(*xy.T)))

    dense = shapely.segmentize(YARD, 10)
    ring = list(YARD.exterior.coords)[:-1]
    zones = numbered(rect(60, 30, 200, 200), rect(300, 0, 50, 50))
    copies = [
        sites(YARD),
        sites(Polygon(ring[2:] + ring[:2])),
        sites(Polygon(ring[::-1])),
        sites(shapely.MultiPolygon([YARD])),
        sites(shapely.GeometryCollection([YARD])),
        *(sites(moved(crs), crs=crs) for crs in ("EPSG:4527", "EPSG:4549", LONLAT)),
    ]
    rows = [only(check(copy, [(entry(), zones)], rule()).site_layer) for copy in copies]
    for row in rows[1:]:
        for name, value in rows[0].items():
            same = value if isinstance(value, str) else pytest.approx(value, rel=1e-6, nan_ok=True)
            assert row[name] == same, name


@pytest.mark.parametrize("ring", [100.0, 565.0, 1_000.0, 2_500.0])
def test_peer_failure_14_the_ring_that_is_printed_is_the_ring_that_was_measured(ring):
    # wells around the yard's middle, every 10 m from 20 m to 3 km
    centre = sites(point(0, 0)).geometries[0].coords[0]
    wells = [shapely.Point(*place(centre, 7 * k, 10 * k)) for k in range(2, 300)]
    zone = circle(centre, 10_000)
    result = check(
        sites(point(0, 0)),
        [(entry("wells"), numbered(*wells, crs=LONLAT)), (entry(), numbered(zone, crs=LONLAT))],
        options=Options(as_of=DAY, rings_m=(ring - 5,)),
    )
    named = f"{ring - 5:g}"
    wells_row, zone_row = result.site_layer.rows()
    inside = sum(10 * k <= ring - 5 for k in range(2, 300))
    assert wells_row[f"within_{named}_m"] == inside
    ring_m2 = zone_row[f"ring_{named}_area_m2"]
    assert np.sqrt(ring_m2 / np.pi) == pytest.approx(ring - 5, rel=0.001)
    assert only(result.run, key="rings_m")["value"] == named


@pytest.mark.parametrize("seed", range(4))
def test_peer_failure_17_the_index_finds_what_plain_search_finds(seed):
    rng = np.random.default_rng(seed)

    def shapes(count):
        places = rng.integers(0, 20, (count, 2)) * 25.0
        sides = rng.integers(1, 6, (count, 2)) * 25.0
        kinds = rng.integers(0, 3, count)
        make = (rect, lambda x, y, w, h: line((x, y), (x + w, y + h)), lambda x, y, *_: point(x, y))
        return [make[k](*p, *s) for k, p, s in zip(kinds, places, sides, strict=True)]

    some, features = shapes(25), shapes(60)
    checked = sites(*some)
    result = check(checked, [(entry(), numbered(*features))])
    moved = sites(*features).geometries
    pairs = {
        (f"s{i + 1}", f"f{j + 1}")
        for i, site in enumerate(checked.geometries)
        for j, feature in enumerate(moved)
        # what lies within a millimetre touches, by the tolerance of the run
        if shapely.distance(site, feature) * 111_195 < 0.0005
    }
    assert len(pairs) > 20
    assert set(zip(result.hit["site_id"], result.hit["feature_id"], strict=True)) == pairs


def test_peer_failure_18_sites_of_a_batch_are_not_merged():
    # neighbours, one inside the other, one twice: each on its own gives the same rows
    some = [
        YARD,
        translate(YARD, 50),
        rect(20, 20, 10, 10),
        YARD,
        line((0, 0), (300, 0)),
        point(9, 9),
    ]
    zones = numbered(rect(80, -20, 60, 60), rect(90, -30, 60, 90), rect(0, 0, 30, 30))
    near = rule("near", relation=Relation.WITHIN_DISTANCE, threshold=50.0)
    batch = check(sites(*some), [(entry(), zones)], rule(), near)
    for number, geometry in enumerate(some):
        alone = check(sites(geometry), [(entry(), zones)], rule(), near)
        singles = {table.name: table for table in alone.tables}
        for together in batch.tables:
            if together.name == "run" or not len(together):
                continue
            if together.name == "crossing" and geometry.geom_type != "LineString":
                assert together.name not in singles  # only lines have chainages
                continue
            single = singles[together.name]
            mine = together.where("site_id", f"s{number + 1}")
            assert len(mine) == len(single), together.name
            for column in single.columns:
                if column.name not in ("site_id", "name"):
                    same = np.array_equal(mine[column.name], single[column.name])
                    assert same or np.array_equal(
                        mine[column.name], single[column.name], equal_nan=True
                    ), (together.name, column.name)


def test_builders_of_this_file_are_where_they_say():
    # the plane's place is near 118°E 24.5°N, and its metres are metres to 0.013 %
    yard = sites(YARD).geometries[0]
    assert box(117.9, 24.4, 118.1, 24.6).contains(yard)
    assert geodesic_area(yard) == pytest.approx(10_000, rel=3e-4)
    assert len(degrees(yard)) == len(objects([yard])) == 1
