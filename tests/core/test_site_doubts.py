# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites in doubt: caps at study in both directions, offsets, and a user's own parameters."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import CRS
from shapely import box

from eco_onemap.core.errors import OptionError
from eco_onemap.core.geometry.crs import transformer
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.datums import find_older_datum, offset_of, shifted_to_cgcs2000
from eco_onemap.core.sites.map_offsets import offset_m
from eco_onemap.core.sites.raw_sites import RawSites, Suspicion
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import (
    DatumShift,
    Origin,
    SiteSettings,
    parse_origin,
    parse_pairs,
    parse_shift,
)
from eco_onemap.core.vocabulary import Verdict

from .worlds import LONLAT, X0, Y0, check, entry, numbered, objects, only, rect, rule, verdicts

GCJ = SiteSettings(origin=Origin.GCJ02)
SHIFT = DatumShift((-12.5, 113.25, 42.0), (1.5, -2.25, 3.0), -4.5)


def raw_of(*geometries, crs="EPSG:4548", suspected=None):
    ids = objects([f"s{number + 1}" for number in range(len(geometries))])
    names = objects([""] * len(geometries))
    return RawSites(
        objects(geometries), crs, ids, names, {}, "a.kml", "", suspected_origin=suspected
    )


def checked(settings, *rules, geometries=(), zone=None, **more):
    sites = build_site_set(raw_of(*geometries, **more), settings)
    layer = (entry(), numbered(zone or rect(0, 0, 100, 100)))
    return check(sites, [layer], *rules)


INSIDE, APART, GONE = rect(10, 10, 20, 20), rect(5_000, 0, 20, 20), None


@pytest.mark.parametrize("verdict", [Verdict.PROHIBITED, Verdict.RESTRICTED, Verdict.STUDY])
def test_a_doubtful_place_gives_study_and_never_more_or_less(verdict):
    found = checked(GCJ, rule("R", verdict), geometries=(INSIDE, APART, GONE))
    assert verdicts(found) == ["study", "study", "no_data"]
    inside, apart, gone = found.site_verdict.rows()
    # what the rule found is kept, and says what it would be without the doubt
    finding = only(found.finding, site_id="s1")
    assert finding["verdict"] == "study"
    assert inside["deciding_rule"] == "R"
    assert ("By itself the rule says" in finding["message"]) is (verdict is not Verdict.STUDY)
    assert "For reference only" in inside["reason"]
    assert "Rule R" in inside["reason"]
    # without a finding the doubt is the reason
    assert apart["reason"].startswith("For reference only")
    assert apart["deciding_rule"] == ""
    assert "no geometry" in gone["reason"]
    # and it stands among what could not be evaluated
    gaps = [row for row in found.not_evaluated.rows() if row["what"] == "site"]
    assert [row["site_id"] for row in gaps] == ["s1", "s2", "s3"]


def test_what_would_weigh_most_is_the_reason_at_a_doubtful_place():
    weak, strong = rule("A", Verdict.STUDY), rule("B", Verdict.PROHIBITED)
    found = checked(GCJ, weak, strong, geometries=(INSIDE,))
    (row,) = found.site_verdict.rows()
    assert (row["verdict"], row["deciding_rule"]) == ("study", "B")
    assert '"prohibited"' in row["reason"]
    assert sorted(found.finding["verdict"]) == ["study", "study"]


def test_without_a_doubt_the_same_sites_are_prohibited_and_clear():
    found = checked(SiteSettings(), rule(), geometries=(INSIDE, APART))
    assert verdicts(found) == ["prohibited", "clear"]
    assert set(found.not_evaluated["what"]) == set()


def test_missing_data_does_not_hide_the_doubt_nor_the_doubt_the_missing_data():
    from .worlds import UNKNOWN  # noqa: PLC0415

    sites = build_site_set(raw_of(APART), GCJ)
    found = check(sites, [(entry(coverage=UNKNOWN), numbered(rect(0, 0, 9, 9)))], rule())
    assert verdicts(found) == ["study"]
    assert {row["what"] for row in found.not_evaluated.rows()} == {"site", "layer:zones"}


def test_a_doubtful_boundary_raises_clear_and_leaves_what_was_found():
    def tie(x):
        return shapely.Polygon(
            [(X0 + x, Y0), (X0 + x + 20, Y0 + 20), (X0 + x + 20, Y0), (X0 + x, Y0 + 20)]
        )

    found = checked(SiteSettings(), rule(), geometries=(tie(10), tie(5_000)))
    assert verdicts(found) == ["prohibited", "study"]
    assert "100.00 %" in found.site_verdict["reason"][1]
    assert found.is_complete


@pytest.mark.parametrize(
    ("origin", "suspected", "key"),
    [
        (Origin.UNKNOWN, None, None),
        (Origin.WGS84, None, None),
        (Origin.GCJ02, None, "cap.origin"),
        (Origin.BD09, None, "cap.origin"),
        (Origin.UNKNOWN, Suspicion(Origin.GCJ02, "高德地图"), "cap.origin_suspected"),
        (Origin.UNKNOWN, Suspicion(Origin.UNKNOWN, "奥维互动地图"), "cap.origin_suspected"),
        # what the user states goes before what the file's maker makes one suspect
        (Origin.WGS84, Suspicion(Origin.GCJ02, "高德地图"), None),
        (Origin.BD09, Suspicion(Origin.GCJ02, "高德地图"), "cap.origin"),
    ],
)
def test_origins_are_declared_or_suspected_and_never_converted(origin, suspected, key):
    square = box(118.10, 24.50, 118.11, 24.51)
    raw = raw_of(square, crs=LONLAT, suspected=suspected)
    sites = build_site_set(raw, SiteSettings(origin=origin))
    assert [why.key for why in sites.caps.get(0, ())] == ([] if key is None else [key])
    assert sites.geometries[0].equals_exact(square, 0)
    for why in sites.caps.get(0, ()):
        assert "仅供参考" in why.text("zh")


@pytest.mark.parametrize(
    ("place", "gcj_m"),
    # published sizes of the offset: Xiamen 583 m, Beijing 555 m, Chengdu 360 m
    [((118.1, 24.5), 583), ((116.4, 39.9), 555), ((104.07, 30.67), 360)],
)
def test_offsets_have_their_published_size(place, gcj_m):
    longitude, latitude = np.array([place[0]]), np.array([place[1]])
    assert offset_m(Origin.GCJ02, longitude, latitude) == pytest.approx([gcj_m], abs=2)
    # Baidu adds 0.0065° east and 0.006° north
    both = offset_m(Origin.BD09, longitude, latitude)
    added = np.hypot(0.0065 * np.cos(np.radians(latitude)), 0.006) * 111_320
    assert np.abs(both - added) <= gcj_m + 2


@pytest.mark.parametrize(
    ("code", "datum"),
    [
        ("EPSG:4490", None), ("EPSG:4326", None), ("EPSG:3857", None), ("EPSG:4548", None),
        ("EPSG:32650", None), ("EPSG:9057", None), ("EPSG:2363", "Xian 1980"),
        ("EPSG:4610", "Xian 1980"), ("EPSG:2415", "Beijing 1954"), ("EPSG:4555", "New Beijing"),
    ],
)  # fmt: skip
def test_older_datums_are_known(code, datum):
    assert find_older_datum(CRS(code)) == datum


@pytest.mark.parametrize(
    ("crs", "key", "said"),
    [("EPSG:2382", "cap.datum", "130 m"), ("EPSG:2434", "cap.datum", "110 m"),
     ("EPSG:4555", "cap.datum_unknown", "not known")],
)  # fmt: skip
def test_sites_in_an_older_datum_are_capped_and_the_accuracy_is_stated(crs, key, said):
    move = transformer(LONLAT, crs)
    square = shapely.transform(
        box(114.1, 24.5, 114.11, 24.51), lambda xy: np.column_stack(move.transform(*xy.T))
    )
    sites = build_site_set(raw_of(square, crs=crs))
    (why,) = sites.caps[0]
    assert why.key == key
    assert said in why.text("en")
    assert offset_of("Krassovsky") is None
    # with the user's own parameters nothing is left to doubt
    assert build_site_set(raw_of(square, crs=crs), SiteSettings(shift=SHIFT)).caps == {}


def geocentric(longitude, latitude, a, f):
    e2 = f * (2 - f)
    lam, phi = np.radians(longitude), np.radians(latitude)
    n = a / np.sqrt(1 - e2 * np.sin(phi) ** 2)
    return np.array(
        [n * np.cos(phi) * np.cos(lam), n * np.cos(phi) * np.sin(lam), n * (1 - e2) * np.sin(phi)]
    )


def geographic(xyz, a, f):
    """Longitude and latitude by Bowring's iteration."""
    e2, p = f * (2 - f), np.hypot(xyz[0], xyz[1])
    phi = np.arctan2(xyz[2], p * (1 - e2))
    for _ in range(10):
        n = a / np.sqrt(1 - e2 * np.sin(phi) ** 2)
        phi = np.arctan2(xyz[2] + e2 * n * np.sin(phi), p)
    return np.degrees(np.arctan2(xyz[1], xyz[0])), np.degrees(phi)


def test_parameters_are_applied_as_the_textbook_writes_them():
    # 布尔莎 (Bursa): X2 = dX + (1 + m) R X1 with +rz in the first row's second place
    (dx, dy, dz), (rx, ry, rz), ppm = (
        SHIFT.metres,
        np.radians(np.array(SHIFT.seconds) / 3600),
        SHIFT.ppm,
    )
    rotation = np.array([[1, rz, -ry], [-rz, 1, rx], [ry, -rx, 1]])
    xyz = np.array([dx, dy, dz]) + (1 + ppm * 1e-6) * rotation @ geocentric(
        118.1, 24.5, 6378140.0, 1 / 298.257
    )
    expected = geographic(xyz, 6378137.0, 1 / 298.257222101)
    (moved,) = shifted_to_cgcs2000(objects([shapely.Point(118.1, 24.5)]), "EPSG:4610", SHIFT)
    assert moved.coords[0] == pytest.approx(expected, abs=1e-9)
    assert np.hypot(moved.x - 118.1, moved.y - 24.5) > 1e-4


def test_parameters_are_written_nowhere(caplog):
    move = transformer(LONLAT, "EPSG:2382")
    square = shapely.transform(
        box(114.1, 24.5, 114.11, 24.51), lambda xy: np.column_stack(move.transform(*xy.T))
    )
    settings = SiteSettings(shift=SHIFT)
    sites = build_site_set(raw_of(square, crs="EPSG:2382"), settings)
    found = check(sites, [(entry(), numbered(rect(0, 0, 9, 9)))], rule())
    written = "".join(str(list(table.rows())) for table in found.tables)
    for value in ("113.25", "-12.5", "-2.25", "-4.5"):
        assert value not in written
        assert value not in repr(settings)
        assert value not in caplog.text


@pytest.mark.parametrize("text", ["", "1,2", "1,2,3,4", "a,b,c", "1,2,nan", "1,2,3,4,5,6,7,8"])
def test_wrong_parameters_are_refused_without_repeating_them(text):
    with pytest.raises(OptionError) as refusal:
        parse_shift(text)
    for language in LANGUAGES:
        assert refusal.value.message.args == {}
        assert "ppm" in refusal.value.message.text(language)


def test_options_as_they_are_written():
    assert parse_shift("1,2,3") == DatumShift((1, 2, 3))
    assert parse_shift(" 1，2,3, 4,5,6,7 ") == DatumShift((1, 2, 3), (4, 5, 6), 7)
    assert [parse_origin(text) for text in ("", "GCJ-02", "bd09", "wgs84")] == [
        Origin.UNKNOWN, Origin.GCJ02, Origin.BD09, Origin.WGS84,
    ]  # fmt: skip
    assert parse_pairs(["name = XMMC"], ("name",)) == {"name": "XMMC"}
    for wrong in (["name"], ["name="], ["size=3"]):
        with pytest.raises(OptionError):
            parse_pairs(wrong, ("name",))
    with pytest.raises(OptionError):
        parse_origin("mars")
