# SPDX-License-Identifier: GPL-2.0-or-later
"""Which coordinate system is it? Every branch of the reasoner, at places computed by hand.

On a central meridian the easting is 500 km and the northing the meridian's length from the
equator, 3,320,113.398 m at 30°N (GRS80; the same in 3° and 6° zones, scale 1). On the web's
Mercator map 118°E 30°N is 118 · 111,319.490793 = 13,135,699.91 and 3,503,549.84.
"""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.chinese_ground import in_china
from eco_onemap.core.geometry.gauss_kruger import (
    FAMILIES,
    SIX_DEGREES,
    THREE_DEGREES,
    meridian_of,
    zone_at,
)
from eco_onemap.core.messages import LANGUAGES, message
from eco_onemap.core.sites.crs_candidates import Candidate
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.core.sites.crs_reasoning import Certainty, decide_crs, reason_crs, reason_numbers
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings

from .worlds import objects, quick

ANY_NUMBER = st.floats(allow_nan=False, allow_infinity=False)

N30 = 3_320_113.398
MERCATOR = (13_135_699.91, 3_503_549.84)
EAST_CHINA = objects([shapely.box(116, 28, 119, 32)])
FAR_WEST = objects([shapely.box(80, 28, 90, 32)])
SIX, CERTAIN, LIKELY, IMPOSSIBLE = 6, Certainty.CERTAIN, Certainty.LIKELY, Certainty.IMPOSSIBLE


def spots(*places):
    return objects([shapely.box(x, y, x + 1e-6, y + 1e-6) for x, y in places])


def raw_of(geometries, crs=None, evidence=None, **more):
    count = len(geometries)
    ids = objects([str(number) for number in range(count)])
    return RawSites(geometries, crs, ids, ids, {}, "a.shp", "", evidence=evidence, **more)


@pytest.mark.parametrize(
    ("places", "evidence", "region", "certainty", "key", "names"),
    [
        # the zone in front of the easting decides
        ([(39_500_000, N30)], {}, None, CERTAIN, "crs.why_prefix", ["EPSG:4527"]),
        ([(20_500_000, N30)], {}, None, CERTAIN, "crs.why_prefix", ["EPSG:4498"]),
        ([(39_500_000, N30), (40_500_000, N30)], {}, None, CERTAIN, "crs.why_prefix",
         ["EPSG:4527, EPSG:4528"]),
        ([(N30, 39_500_000)], {}, None, CERTAIN, "crs.why_prefix", ["EPSG:4527"]),
        ([(39_500_000, N30)], {"datum": "Xian 1980", "declared": "80"}, None, CERTAIN,
         "crs.why_prefix", ["EPSG:2363"]),
        ([(39_500_000, N30)], {"zone": 39}, None, CERTAIN, "crs.why_prefix", ["EPSG:4527"]),
        # degrees
        ([(118.1, 24.5)], {}, None, CERTAIN, "crs.why_degrees", ["EPSG:4490"]),
        ([(24.5, 118.1)], {}, None, CERTAIN, "crs.why_degrees", ["EPSG:4490"]),
        ([(118.1, 24.5)], {"datum": "Beijing 1954", "declared": "54", "angular": True}, None,
         CERTAIN, "crs.why_degrees", ["EPSG:4214"]),
        # eastings without a zone are never guessed, whatever the region says
        ([(500_000, N30)], {}, EAST_CHINA, LIKELY, "crs.why_no_zone", ["EPSG:4548"]),
        ([(500_000, N30)], {"central_meridian": 117.0, "zone_degrees": 3}, None, CERTAIN,
         "crs.why_header_zone", ["EPSG:4548"]),
        ([(500_000, N30)], {"central_meridian": 117.0, "zone_degrees": SIX}, None, CERTAIN,
         "crs.why_header_zone", ["EPSG:4509"]),
        ([(500_000, N30)], {"zone": 39}, None, CERTAIN, "crs.why_header_zone", ["EPSG:4548"]),
        # plausible, but nothing confirms it; the zone 13 leads nowhere
        ([MERCATOR], {}, None, LIKELY, "crs.why_unconfirmed", ["EPSG:3857"]),
        # two readings: 6° zone 14 in Tibet (81°E 30.95°N), or the web's map at 130.3°E 29.6°N
        ([(14_500_000, 3_425_000)], {}, None, CERTAIN, "crs.why_prefix", ["EPSG:4492"]),
        # 6° zone 14 in Xinjiang (81°E 48.7°N), or the web's map in Jilin (130.3°E 43.6°N)
        ([(14_500_000, 5_400_000)], {}, None, LIKELY, "crs.why_several",
         ["EPSG:4492", "EPSG:3857"]),
        # right in itself, but not where the catalogue is
        ([(39_500_000, N30)], {}, FAR_WEST, LIKELY, "crs.why_outside_region", ["EPSG:4527"]),
        ([(118.1, 30.0)], {}, FAR_WEST, LIKELY, "crs.why_outside_region", ["EPSG:4490"]),
        # only degrees make sense, but the header speaks of metres
        ([(118.1, 24.5)], {"angular": False}, None, LIKELY, "crs.why_units", ["EPSG:4490"]),
        # impossible
        ([(24_500_000, N30)], {}, None, IMPOSSIBLE, "crs.why_nowhere", []),
        ([(5e7, 1.0)], {}, None, IMPOSSIBLE, "crs.why_nowhere", []),
        ([(45_500_000, 2_000_000)], {}, None, IMPOSSIBLE, "crs.why_nowhere", []),  # 18°N 135°E
        ([(39_899_000, N30)], {}, None, IMPOSSIBLE, "crs.why_nowhere", []),  # 4° beside its zone
        ([(118.1, 24.5), (39_500_000, N30)], {}, None, IMPOSSIBLE, "crs.why_mixed", []),
        ([(118.1, 24.5), (24.5, 118.1)], {}, None, IMPOSSIBLE, "crs.why_mixed", []),
        ([(39_500_000, N30)], {"zone": 40}, None, IMPOSSIBLE, "crs.why_zone", []),
        ([(39_500_000, N30)], {"angular": True}, None, IMPOSSIBLE, "crs.why_units", []),
        ([(500_000, N30)], {"declared": "厦门92"}, None, IMPOSSIBLE, "crs.why_unknown_system", []),
        ([], {}, None, IMPOSSIBLE, "crs.why_no_coordinates", []),
    ],
)  # fmt: skip
def test_numbers_speak(places, evidence, region, certainty, key, names):
    answer = reason_numbers(spots(*places), CrsEvidence(**evidence), region)
    assert (answer.certainty, answer.why.key) == (certainty, key)
    assert [candidate.name for candidate in answer.candidates] == names
    assert all(answer.why.text(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("place", "longitude"),
    [((39_500_000, N30), 117), ((20_500_000, N30), 117), ((45_500_000, N30 + 2e6), 135)],
)
def test_a_candidate_says_where_it_leads(place, longitude):
    (candidate,) = reason_numbers(spots(place), CrsEvidence(), None).candidates
    assert candidate.longitude == pytest.approx(longitude, abs=1e-6)
    if place[1] == N30:
        assert candidate.latitude == pytest.approx(30.0, abs=1e-8)
        assert f"({longitude}.0000°E 30.0000°N)" in str(candidate)


def test_all_meridians_that_lead_to_china_are_proposed_with_their_places():
    with pytest.raises(SiteError) as refusal:
        decide_crs(raw_of(spots((500_000, N30))), SiteSettings())
    assert refusal.value.message.key == "crs.likely"
    told = str(refusal.value)
    # at 30°N China reaches from 81°E to 122°E; 75°E and 126°E are not proposed
    for meridian, code in ((81, 4536), (99, 4542), (117, 4548), (120, 4549)):
        assert f"EPSG:{code} ({meridian}.0000°E 30.0000°N)" in told
    assert "EPSG:4534" not in told
    assert "EPSG:4552" not in told
    assert "--site-crs" in told
    assert "a.shp" in refusal.value.message.text("zh")


def test_without_any_coordinates_each_site_says_what_is_wrong_with_it():
    raw = raw_of(objects([None, shapely.Polygon()]), problems={0: message("site.swapped_axes")})
    found = build_site_set(raw)
    assert found.crs_evidence.key == "crs.why_no_coordinates"
    assert {n: why.key for n, why in found.problems.items()} == {
        0: "site.swapped_axes",
        1: "site.empty",
    }


def test_what_nothing_fits_is_refused():
    with pytest.raises(SiteError) as refusal:
        decide_crs(raw_of(spots((5e7, 1.0))), SiteSettings())
    assert refusal.value.message.key == "crs.impossible"


@pytest.mark.parametrize(
    ("crs", "given", "places", "key", "used", "swapped"),
    [
        ("EPSG:4527", "", [(39_500_000, N30)], "crs.why_declared", "EPSG:4527", False),
        ("EPSG:4527", "EPSG:4527", [(39_500_000, N30)], "crs.why_declared", "EPSG:4527", False),
        # both fit: the file's own counts
        ("EPSG:4490", "EPSG:4326", [(118.1, 24.5)], "crs.why_kept", "EPSG:4490", False),
        # the file's own leads nowhere, the given one to China
        ("EPSG:4490", "EPSG:4527", [(39_500_000, N30)], "crs.why_instead", "EPSG:4527", False),
        # neither fits: the file's own stays, and its sites are refused one by one
        ("EPSG:4490", "EPSG:4527", [(5e7, 1.0)], "crs.why_kept", "EPSG:4490", False),
        (None, "EPSG:4548", [(500_000, N30)], "crs.why_given", "EPSG:4548", False),
        (None, "EPSG:4548", [(N30, 500_000)], "crs.why_given_swapped", "EPSG:4548", True),
    ],
)
def test_what_is_declared_and_what_is_given(crs, given, places, key, used, swapped):
    answer = decide_crs(raw_of(spots(*places), crs), SiteSettings(crs=given))
    assert answer.why.key == key
    assert answer.used == Candidate({0: used}, swapped) or answer.used.name == used
    assert answer.used.swapped is swapped


@pytest.mark.parametrize(
    ("evidence", "key"),
    [
        (CrsEvidence(declared="2000国家大地坐标系", datum="CGCS2000", zone=39), "crs.why_header"),
        (CrsEvidence(zone=39), "crs.why_zone_only"),
        (CrsEvidence(), "crs.why_declared"),
    ],
)
def test_a_header_is_the_evidence_for_what_a_reader_took_from_it(evidence, key):
    raw = raw_of(spots((39_500_000, N30)), "EPSG:4527", evidence)
    answer = reason_crs(raw, SiteSettings())
    assert answer.why.key == key
    assert all(answer.why.text(language) for language in LANGUAGES)


@pytest.mark.parametrize("crs", ["EPSG:4527", pyproj.CRS("EPSG:4527").to_wkt()])
def test_a_given_zone_that_the_eastings_contradict_is_refused(crs):
    """40 500 000 in zone 39 would be a place in China, too, some 8 degrees away."""
    raw = raw_of(spots((40_500_000, N30)), None)
    answer = reason_crs(raw, SiteSettings(crs=crs))
    assert answer.certainty is Certainty.IMPOSSIBLE
    assert answer.why.key == "crs.why_zone_given"
    assert all("39" in answer.why.text(language) for language in LANGUAGES)
    agreeing = raw_of(spots((39_500_000, N30)), None)
    assert reason_crs(agreeing, SiteSettings(crs=crs)).certainty is Certainty.CERTAIN


def gauss(latitude, off_meridian):
    """Easting less 500 km and northing less the meridian's length, by the textbook's series."""
    phi, away = np.radians(latitude), np.radians(off_meridian)
    e2 = 0.00669438002290
    curve = 6378137.0 / np.sqrt(1 - e2 * np.sin(phi) ** 2)
    t2, eta2 = np.tan(phi) ** 2, e2 / (1 - e2) * np.cos(phi) ** 2
    side = away * np.cos(phi)
    east = (
        curve * side * (1 + side**2 / 6 * (1 - t2 + eta2) + side**4 / 120 * (5 - 18 * t2 + t2**2))
    )
    north = curve * np.tan(phi) * side**2 / 2 * (1 + side**2 / 12 * (5 - t2 + 9 * eta2))
    return east, north


def test_a_site_may_straddle_two_zones():
    # 118.5°E is the border of zones 39 and 40; corners 0.001° to both sides of it at 30°N and
    # 50 m further up the plane, each written in the zone in which it lies
    (east, north), (up_east, _) = gauss(30.0, 1.499), gauss(30.0, -1.499)
    ring = [
        (39_500_000 + east, N30 + north),
        (40_500_000 + up_east, N30 + north),
        (40_500_000 + up_east, N30 + north + 50),
        (39_500_000 + east, N30 + north + 50),
    ]
    sites = build_site_set(raw_of(objects([shapely.Polygon(ring)])))
    assert sites.crs == "EPSG:4527, EPSG:4528"
    west, south, far_east, top = sites.geometries[0].bounds
    # the plane's north leans 0.75° to each side: 50 m of it are 0.65 m or 7e-6° across
    assert (west, far_east) == pytest.approx((118.499, 118.501), abs=8e-6)
    assert south == pytest.approx(30.0, abs=1e-6)
    assert top - south == pytest.approx(50 / 110_852.0, rel=1e-3)


@pytest.mark.parametrize("crs", ["EPSG:1", "the usual one"])
def test_an_unknown_system_is_refused_wherever_it_comes_from(crs):
    for raw, settings in (
        (raw_of(spots((118, 24)), crs), SiteSettings()),
        (raw_of(spots((118, 24))), SiteSettings(crs=crs)),
        (raw_of(spots((118, 24)), given_crs=crs), SiteSettings()),
    ):
        with pytest.raises(SiteError) as refusal:
            decide_crs(raw, settings)
        assert refusal.value.message.key == "site.unknown_crs"


CAPITALS = {
    "北京": (116.4, 39.9), "乌鲁木齐": (87.6, 43.8), "拉萨": (91.1, 29.7), "台北": (121.5, 25.0),
    "海口": (110.3, 20.0), "三沙": (112.3, 16.8), "哈尔滨": (126.6, 45.8),
    "呼和浩特": (111.7, 40.8),
    "昆明": (102.7, 25.0), "喀什": (76.0, 39.5), "漠河": (122.5, 53.0), "抚远": (134.3, 48.4),
    "香港": (114.2, 22.3), "错那": (91.9, 28.0), "曾母暗沙": (112.3, 3.97),
}  # fmt: skip
ELSEWHERE = {
    "New Delhi": (77.2, 28.6), "Seoul-Tokyo": (139.7, 35.7), "Ulaanbaatar north": (106.9, 54.5),
    "Bangkok": (100.5, 13.7), "Kolkata": (88.4, 22.6), "Alma-Ata west": (71.4, 42.9),
}  # fmt: skip


def test_where_china_lies_roughly():
    for places, expected in ((CAPITALS, True), (ELSEWHERE, False)):
        longitude, latitude = np.array(list(places.values())).T
        found = dict(zip(places, in_china(longitude, latitude).tolist(), strict=True))
        assert found == dict.fromkeys(places, expected)


@pytest.mark.parametrize("zones", [SIX_DEGREES, THREE_DEGREES])
def test_codes_of_all_zones_have_the_meridian_and_datum_of_their_number(zones):
    from pyproj import CRS  # noqa: PLC0415 (an independent table of codes: PROJ's)

    for family in FAMILIES.values():
        for zone in zones:
            for code, easting in (
                (family.numbered(zone), zone * 1e6 + 5e5),
                (family.unnumbered(zone), 5e5),
            ):
                crs = CRS(code)
                parameters = {one.name: one.value for one in crs.coordinate_operation.params}
                assert parameters["Longitude of natural origin"] == meridian_of(zone), code
                assert parameters["False easting"] == easting, code
                assert crs.geodetic_crs.to_epsg() == int(family.geographic[5:]), code
            assert zone_at(meridian_of(zone), 3 if zone in THREE_DEGREES else 6) == zone


@quick
@given(
    st.sampled_from(list(THREE_DEGREES)), st.floats(-100_000, 100_000), st.floats(2.6e6, 4.5e6),
    st.booleans(),
)  # fmt: skip
def test_a_zone_in_the_easting_always_leads_near_its_meridian_or_is_refused(
    zone, offset, north, swapped
):
    place = (zone * 1e6 + 5e5 + offset, north)
    answer = reason_numbers(spots(place[::-1] if swapped else place), CrsEvidence(), None)
    for candidate in answer.candidates:
        if candidate.name != "EPSG:3857":
            assert abs(candidate.longitude - 3 * zone) < 2.0
            assert candidate.swapped is swapped
    if answer.certainty is Certainty.CERTAIN:
        assert in_china(np.array([answer.used.longitude]), np.array([answer.used.latitude])).all()


@quick
@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_no_pair_of_numbers_breaks_the_reasoner(x, y):
    answer = reason_numbers(objects([shapely.Point(x, y)]), CrsEvidence(), EAST_CHINA)
    assert answer.why.text("en")
    assert answer.why.text("zh")


def test_the_datum_alone_settles_sites_in_several_zones_outside_the_region():
    """Each easting names its zone, so nothing else is left to say."""
    far = raw_of(spots((39_500_000, N30), (40_500_000, N30)))
    unsaid = reason_crs(far, SiteSettings(region=FAR_WEST))
    assert (unsaid.certainty, unsaid.why.key) == (LIKELY, "crs.why_outside_region")
    named = {"EPSG:4490": "EPSG:4527, EPSG:4528", "EPSG:4610": "EPSG:2363, EPSG:2364"}
    for datum, zones in named.items():
        answer = reason_crs(far, SiteSettings(crs=datum, region=FAR_WEST))
        assert answer.certainty is CERTAIN
        assert answer.used.name == zones
        assert datum in answer.why.text("zh")
    sites = build_site_set(far, SiteSettings(crs="EPSG:4490", region=FAR_WEST))
    assert sorted(sites.problems) == [0, 1]  # each tells where it lies; nothing is measured there
    told = [sites.problems[row].text("en") for row in (0, 1)]
    assert ["117.00000°E 30.00000°N" in told[0], "120.00000°E 30.00000°N" in told[1]] == [True] * 2
