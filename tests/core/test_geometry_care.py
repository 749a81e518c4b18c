# SPDX-License-Identifier: GPL-2.0-or-later
"""Care for sites' geometries: what is mended by which rule, and what the log says of it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from eco_onemap.core.geometry.geodesy import plane_areas_m2
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.care_log import CareKind, CareText
from eco_onemap.core.sites.geometry_care import take_care
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.ring_care import Scale
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings

from .worlds import LONLAT, X0, Y0, line, objects, quick, rect, sites

SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100)]
POND = [(10, 10), (30, 10), (30, 30), (10, 30)]
FAR_POND = [(x + 200, y) for x, y in POND]


def metres(count=1):
    return Scale(np.ones(count), np.ones(count))


def care_for(*geometries):
    return take_care(objects(geometries), metres(len(geometries)))


def log(care):
    return [(one.site, one.kind.value, one.ring, one.point, one.x, one.y) for one in care.entries]


@pytest.mark.parametrize(
    ("geometry", "entries", "area", "doubt"),
    [
        # nothing to do: not even the object changes
        (Polygon(SQUARE, [POND]), [], 9600, None),
        (Polygon([*SQUARE[:2], (100, 0), *SQUARE[2:]]), [("repeated", 1, 3, 100, 0)], 10000, None),
        # a spike of 50 m, there and back along one line; the return is the same point again
        (Polygon([(0, 0), (100, 0), (150, 0), (100, 0), (100, 100), (0, 100)]),
         [("spike", 1, 3, 150, 0)], 10000, None),
        # half a millimetre wide at its foot: still one line in the field
        (Polygon([(0, 0), (100, 0), (150, 0), (100, 0.0005), (100, 100), (0, 100)]),
         [("spike", 1, 3, 150, 0)], 10000, None),
        # 2 mm wide: a strange but real corner, which stays
        (Polygon([(0, 0), (100, 0), (150, 0), (100, 0.002), (100, 100), (0, 100)]), [],
         10000.05, None),
        (Polygon(POND, [SQUARE]), [("ring_order", 2, 1, 0, 0)], 9600, None),
        (Polygon(SQUARE, [FAR_POND]), [("hole_outside", 2, 1, 210, 10)], 10400, 800 / 10400),
        # the bow tie's loops cancel in the stated area
        (Polygon([(0, 0), (100, 100), (100, 0), (0, 100)]), [("crossing", 1, 1, 50, 50)], 5000,
         1.0),
        # two parts on each other: 20 x 100 m were stated twice
        (MultiPolygon([Polygon(SQUARE), Polygon([(80, 0), (180, 0), (180, 100), (80, 100)])]),
         [("crossing", 1, 1, 80, 0)], 18000, 0.1),
        (MultiPolygon([Polygon(SQUARE), Polygon([(200, 0), (200.5, 0), (200.5, 0.5)])]),
         [("tiny_part", 0, 0, 200, 0)], 10000, None),
        # 1.5 m² are small, but no dust
        (MultiPolygon([Polygon(SQUARE), Polygon([(200, 0), (203, 0), (203, 1)])]), [], 10001.5,
         None),
        # in a site of 4 m² a part of 0.5 m² is an eighth: it stays
        (MultiPolygon([Polygon([(0, 0), (2, 0), (2, 2), (0, 2)]),
                       Polygon([(5, 0), (6, 0), (6, 1)])]), [], 4.5, None),
        (Polygon([(0, 0), (100, 0), (0, 0)]), [("collapsed", 1, 1, 0, 0)], 0, None),
        # a hole that is a line encloses nothing
        (Polygon(SQUARE, [[(10, 10), (30, 10), (10, 10)]]), [("collapsed", 2, 1, 10, 10)], 10000,
         None),
    ],
)  # fmt: skip
def test_each_fault_is_mended_by_its_rule(geometry, entries, area, doubt):
    care = care_for(geometry)
    ignored = (
        ("area_changed", "repeated", "spike") if "collapsed" in str(entries) else ("area_changed",)
    )
    found = [entry[1:] for entry in log(care) if entry[1] not in ignored]
    assert [entry[:3] for entry in found] == [entry[:3] for entry in entries]
    for entry, (_, _, _, x, y) in zip(found, entries, strict=True):
        assert entry[3:] == pytest.approx((x, y), abs=50)
    assert plane_areas_m2(care.geometries) == pytest.approx([area], abs=0.03)
    assert shapely.is_valid(care.geometries).all()
    assert care.doubtful == ({} if doubt is None else {0: pytest.approx(doubt, rel=1e-6)})
    if entries:
        assert care.originals[0] is geometry
    else:
        assert care.geometries[0] is geometry


def test_coordinates_in_the_log_are_those_of_the_file():
    spiked = Polygon([(0, 0), (100, 0), (150, 0), (100, 0), (100, 100)])
    assert log(care_for(spiked)) == [(0, "spike", 1, 3, 150, 0)]


def test_rings_are_counted_through_all_parts_of_a_site():
    # the second part's hole is the fourth ring; its third point stands twice
    second = Polygon([(x + 500, y) for x, y in SQUARE],
                     [[(510, 10), (530, 10), (530, 30), (530, 30), (510, 30)]])  # fmt: skip
    care = care_for(Polygon(SQUARE), MultiPolygon([Polygon(SQUARE, [POND]), second]))
    assert log(care) == [(1, "repeated", 4, 4, 530, 30)]


def test_degrees_are_measured_in_metres():
    # a spike whose foot is 1e-9 degrees (0.1 mm) wide, in degrees
    ring = [(118, 24.5), (118.001, 24.5), (118.0015, 24.5), (118.001, 24.500000001),
            (118.001, 24.501), (118, 24.501)]  # fmt: skip
    assert sites(Polygon(ring), crs=LONLAT).care[0].kind is CareKind.SPIKE
    wide = [*ring[:3], (118.001, 24.5001), *ring[4:]]  # 11 m wide
    assert sites(Polygon(wide), crs=LONLAT).care == ()


def test_the_text_of_a_site_lists_what_was_done_in_both_languages():
    points = [(x, y) for x in (0, 10, 20, 30) for y in (0,)]
    doubled = Polygon([one for corner in [*points, *SQUARE[2:]] for one in (corner, corner)])
    said = CareText(care_for(doubled).entries)  # each of the six corners stands twice
    assert len(said.entries) == 6
    for language, more in zip(LANGUAGES, ("1 more.", "另有 1 处。"), strict=True):
        assert said.text(language).endswith(more)
    assert "point 2 (0 0)" in said.text("en")


def test_repairs_of_more_than_a_thousandth_raise_a_clear_verdict():
    tie = Polygon([(X0, Y0), (X0 + 100, Y0 + 100), (X0 + 100, Y0), (X0, Y0 + 100)])
    found = sites(tie, rect(0, 0, 9, 9))
    assert set(found.floors) == {0}
    assert "100.00 %" in found.floors[0][0].text("en")
    assert found.caps == {}
    assert found.repaired[1] == ""
    assert "Self-intersection" in found.repaired[0].text("en")


def test_sites_on_each_others_ground_are_told_and_left():
    found = sites(rect(0, 0, 100, 100), rect(90, 0, 100, 100), rect(100, 300, 9, 9),
                  rect(190, 0, 50, 50), line((0, 50), (400, 50)))  # fmt: skip
    # s1 and s2 share 1,000 m²; s2 and s4 only a border; lines share no ground
    assert {(one.site, one.kind) for one in found.care} == {
        (0, CareKind.OVERLAP),
        (1, CareKind.OVERLAP),
    }
    assert found.care[0].detail.startswith("s2, 999.")  # the plane is 0.03 % too large here
    assert [note.key for note in found.notes] == ["care.note_overlap"]
    assert found.problems == {}
    assert found.repaired.tolist() == [""] * 5


def test_sites_beyond_the_region_are_told_and_sites_far_from_it_refused():
    raw_sites = (rect(0, 0, 100, 100), rect(950, 0, 100, 100), rect(5_000, 0, 100, 100),
                 rect(0, 90_000, 100, 100))  # fmt: skip
    corners = sites(rect(-1_000, -1_000, 2_000, 2_000)).geometries
    raw = sites_raw(*raw_sites)
    found = build_site_set(raw, SiteSettings(region=corners))
    assert {one.site for one in found.care} == {1, 2}
    assert {number: why.key for number, why in found.problems.items()} == {3: "site.outside_region"}
    assert "°E" in found.problems[3].text("zh")
    assert build_site_set(raw).problems == {}


def sites_raw(*geometries):
    ids = objects([f"s{number}" for number in range(len(geometries))])
    return RawSites(objects(geometries), "EPSG:4548", ids, ids, {}, "memory", "")


coordinates = st.tuples(st.integers(0, 12), st.integers(0, 12))
rings = st.lists(coordinates, min_size=3, max_size=8)


@quick
@given(st.lists(st.lists(rings, min_size=1, max_size=3), min_size=1, max_size=3))
def test_whatever_is_drawn_becomes_valid_or_empty_and_is_logged(parts):
    polygons = [
        Polygon(
            [(10 * x, 10 * y) for x, y in outline],
            [[(10 * x, 10 * y) for x, y in hole] for hole in holes],
        )
        for outline, *holes in parts
    ]
    geometry = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    care = care_for(geometry)
    (mended,) = care.geometries
    assert shapely.is_valid(mended)
    assert mended.is_empty or shapely.get_dimensions(mended) == 2
    assert care.entries or (geometry.is_valid and geometry.equals(mended))
    corners = {tuple(point) for point in shapely.get_coordinates(geometry).tolist()}
    for entry in care.entries:
        if entry.kind in (CareKind.SPIKE, CareKind.REPEATED):
            assert (entry.x, entry.y) in corners


@quick
@given(rings)
def test_ground_that_is_enclosed_once_is_never_lost(ring):
    # what a simple outline encloses stays, whatever else is wrong with the site
    outline = Polygon([(10 * x, 10 * y) for x, y in ring])
    if not outline.is_valid or outline.area == 0:
        return
    with_dirt = Polygon([*outline.exterior.coords[:-1], outline.exterior.coords[-2]])
    care = care_for(with_dirt)
    assert plane_areas_m2(care.geometries) == pytest.approx([outline.area])
    assert {entry.kind for entry in care.entries} == {CareKind.REPEATED}
