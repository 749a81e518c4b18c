# SPDX-License-Identifier: GPL-2.0-or-later
"""Files whose sites lie in several Gauss-Krüger zones; truth is pyproj's own transformation."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.crs_applying import settled
from eco_onemap.core.sites.crs_reasoning import decide_crs
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.readers.sites.points import read_points

from .parcels import boundary_file, parcel, square

SIDE = 2_000.0
WEST = [(p, r, x, y) for p, r, x, y in square(1, 0, 0, SIDE)]  # zone 39, 111 km east of 117°E
EAST = [(p, r, x, y + 700_000) for p, r, x, y in WEST]  # zone 40, 189 km west of 120°E
FILE = boundary_file(parcel(WEST, "1"), parcel(EAST, "2"), 带号="")
AREA_RATIO = {"1": 1.0 - 2 * 1.52e-4, "2": 1.0 - 2 * 4.40e-4}
"""Ellipsoid over plane: the scale is 1 + y²/2R², here of 112 and 188 km, R = 6,367 km."""


@pytest.fixture
def sites(tmp_path):
    def read(text: str, name: str = "p.txt", crs: str = "") -> SiteSet:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return build_site_set(read_points(path, crs=crs or None), SiteSettings(crs=crs))

    return read


def degrees(rows, zone: int, first_zone: int = 4488) -> np.ndarray:
    """Longitude and latitude of rows of points."""
    move = Transformer.from_crs(f"EPSG:{first_zone + zone}", "EPSG:4490", always_xy=True)
    return np.column_stack(move.transform([row[3] for row in rows], [row[2] for row in rows]))


def test_every_corner_stands_where_its_own_zone_puts_it(sites) -> None:
    found = sites(FILE)
    for geometry, rows, zone in zip(found.geometries, (WEST, EAST), (39, 40), strict=True):
        corners = shapely.points(degrees(rows, zone))
        vertices = shapely.multipoints(shapely.get_coordinates(geometry))
        assert shapely.distance(corners, vertices).max() < 1e-12
    assert found.crs == "EPSG:4527, EPSG:4528"
    for language in LANGUAGES:
        said = found.crs_evidence.text(language)
        assert "39 (3°)" in said
        assert "40 (3°)" in said


def test_edges_stay_straight_in_the_plane_of_their_zone(sites) -> None:
    for geometry, rows, zone in zip(sites(FILE).geometries, (WEST, EAST), (39, 40), strict=True):
        edge = [(*WEST[0][:2], *np.mean([a[2:], b[2:]], axis=0)) for a, b in pairwise(rows)]
        middles = shapely.points(degrees(edge, zone))
        chords = degrees(rows, zone)
        off = shapely.distance(middles, geometry.exterior) * 111_000
        assert off.max() < 2e-5  # metres
        assert shapely.distance(middles, shapely.LineString(chords)).max() * 111_000 > 0.02


def test_areas_are_those_on_the_ellipsoid(sites) -> None:
    found = sites(FILE)
    for geometry, area, ratio in zip(
        found.geometries, areas_m2(found.geometries), AREA_RATIO.values(), strict=True
    ):
        by_geod = abs(Geod(ellps="GRS80").geometry_area_perimeter(geometry)[0])
        assert area == pytest.approx(by_geod, rel=1e-7)
        assert area == pytest.approx(SIDE**2 * ratio, rel=2e-5)


def test_older_datums_keep_their_doubt_in_every_zone(sites) -> None:
    found = sites(FILE.replace("2000国家大地坐标系", "1980西安坐标系"))
    assert found.crs == "EPSG:2363, EPSG:2364"
    assert {site: [why.key for why in said] for site, said in found.caps.items()} == {
        0: ["cap.datum"],
        1: ["cap.datum"],
    }
    assert [note.key for note in found.notes] == ["txt.note_older_datum"]


TABLE = "地块编号,X坐标,Y坐标\n" + "".join(
    f"{number},{x:.3f},{y:.3f}\n" for number, rows in ((1, WEST), (2, EAST)) for _, _, x, y in rows
)
CASS = "".join(
    f"{n},{code},{y:.3f},{x:.3f},0\n"
    for code, rows in (("A", WEST), ("B", EAST))
    for n, (_, _, x, y) in enumerate(rows, 1)
)


@pytest.mark.parametrize(("text", "name"), [(TABLE, "p.csv"), (CASS, "p.dat")])
def test_tables_and_cass_points_give_the_same_sites(sites, text: str, name: str) -> None:
    found, expected = sites(text, name), sites(FILE)
    assert found.crs == expected.crs
    assert shapely.equals_exact(
        shapely.normalize(found.geometries), shapely.normalize(expected.geometries), 1e-12
    ).all()


@pytest.mark.parametrize(
    ("crs", "used"),
    [
        ("EPSG:4527", "EPSG:4527, EPSG:4528"),  # zone 40 read in zone 39 would lie at 125°E
        ("EPSG:4490", "EPSG:4527, EPSG:4528"),
        ("EPSG:2363", "EPSG:2363, EPSG:2364"),
        ("EPSG:4610", "EPSG:2363, EPSG:2364"),
    ],
)
def test_of_a_given_system_only_the_datum_counts(sites, crs: str, used: str) -> None:
    assert sites(TABLE, "p.csv", crs).crs == used


def test_one_system_for_all_moves_the_others_and_says_so(tmp_path) -> None:
    path = tmp_path / "p.txt"
    path.write_text(FILE, encoding="utf-8")
    raw = read_points(path)
    written, notes = settled(raw, decide_crs(raw, SiteSettings()).used)
    assert written.crs == "EPSG:4527"
    assert [note.key for note in notes] == ["site_output.note_zones"]
    assert "of 1 were brought to EPSG:4527" in notes[0].text("en")
    move = Transformer.from_crs("EPSG:4528", "EPSG:4527", always_xy=True)
    truth = np.column_stack(move.transform([row[3] for row in EAST], [row[2] for row in EAST]))
    vertices = shapely.multipoints(shapely.get_coordinates(written.geometries[1]))
    assert shapely.distance(shapely.points(truth), vertices).max() < 1e-6
    single = tmp_path / "single.txt"
    single.write_text(boundary_file(parcel(WEST, "1")), encoding="utf-8")
    one = read_points(single)
    assert settled(one, decide_crs(one, SiteSettings()).used)[1] == ()


def test_a_given_system_on_another_datum_is_refused(sites) -> None:
    with pytest.raises(SiteError) as caught:
        sites(TABLE, "p.csv", "EPSG:3857")
    assert "which EPSG:3857 cannot hold" in str(caught.value)
    assert caught.value.message.key == "crs.impossible"


def test_the_file_s_datum_counts_before_a_given_one(sites) -> None:
    found = sites(FILE, crs="EPSG:2363")
    assert found.crs == "EPSG:4527, EPSG:4528"
    assert "site_file.note_crs_kept" in [note.key for note in found.notes]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ({"带号": "39"}, "txt.zone_conflict"),
        ({"带号": "", "几度分带": "6"}, "txt.width_conflict"),
        ({"带号": "", "坐标系": "厦门92坐标系"}, "txt.unknown_system"),
    ],
)
def test_a_header_that_several_zones_contradict_is_refused(sites, header, key: str) -> None:
    with pytest.raises(SiteError) as caught:
        sites(boundary_file(parcel(WEST, "1"), parcel(EAST, "2"), **header))
    assert caught.value.message.key == key


corner = st.tuples(st.integers(0, 400), st.integers(0, 400))


@given(
    st.lists(
        st.tuples(
            st.sampled_from([38, 39, 40, 41]),
            st.lists(corner, min_size=3, max_size=8, unique=True),
        ),
        min_size=2,
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_parcels_of_any_zones_come_back_within_half_a_millimetre(tmp_path_factory, parcels) -> None:
    hulls = [(zone, shapely.MultiPoint(points).convex_hull) for zone, points in parcels]
    hulls = [(zone, hull) for zone, hull in hulls if hull.area > 500]
    rows = [
        [
            (f"J{n}", "1", 3_300_000.0 + y, zone * 1_000_000 + 500_000.0 + x)
            for n, (x, y) in enumerate(shapely.get_coordinates(hull).tolist(), 1)
        ]
        for zone, hull in hulls
    ]
    if not rows:
        return
    path = tmp_path_factory.mktemp("zones") / "p.txt"
    text = boundary_file(*(parcel(one, str(n)) for n, one in enumerate(rows, 1)), 带号="")
    path.write_text(text, encoding="utf-8")
    found = build_site_set(read_points(path))
    for geometry, own, (zone, _) in zip(found.geometries, rows, hulls, strict=True):
        vertices = shapely.multipoints(shapely.get_coordinates(geometry))
        off = shapely.distance(shapely.points(degrees(own, zone)), vertices) * 111_000
        assert off.max() < 5e-4
