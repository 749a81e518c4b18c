# SPDX-License-Identifier: GPL-2.0-or-later
"""Boundary point files whose coordinates are degrees."""

from __future__ import annotations

import pytest
import shapely

from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.readers.sites.points import read_points
from eco_onemap.readers.sites.tables.options import AngleNotation, TableOptions

WITHOUT_GRID = {"几度分带": "", "带号": "", "投影类型": "", "计量单位": "度"}
CORNERS = [(24.58711, 118.16753), (24.58893, 118.16753), (24.58893, 118.16891)]
SITE = shapely.Polygon([(x, y) for y, x in CORNERS])
HEADER = {
    "坐标系": "2000国家大地坐标系",
    "几度分带": "3",
    "投影类型": "高斯克吕格",
    "计量单位": "米",
    "带号": "39",
}


def file_of(corners, **header: str) -> str:
    keys = "".join(f"{key}={value}\n" for key, value in {**HEADER, **header}.items() if value)
    ring = [*corners, corners[0]]
    rows = "".join(f"J{n},1,{a:.9f},{b:.9f}\n" for n, (a, b) in enumerate(ring, 1))
    return f"[属性描述]\n{keys}[地块坐标]\n{len(ring)},1.5,1,甲,面,,工业用地,,@\n{rows}"


@pytest.fixture
def read(tmp_path):
    def read(text: str, crs: str = "", angle: AngleNotation | None = None) -> SiteSet:
        path = tmp_path / "p.txt"
        path.write_text(text, encoding="utf-8")
        raw = read_points(path, crs=crs or None, table=TableOptions(angle=angle))
        return build_site_set(raw, SiteSettings(crs=crs))

    return read


@pytest.mark.parametrize("unit", ["度", "十进制度", "°", "degree", "Decimal Degrees"])
def test_degrees_are_read_on_the_header_s_datum(read, unit: str) -> None:
    found = read(file_of(CORNERS, **{**WITHOUT_GRID, "计量单位": unit}))
    assert found.geometries[0].equals(SITE)
    assert (found.crs, found.crs_evidence.key) == ("EPSG:4490", "crs.why_header")


def test_longitude_first_is_read_so_with_a_note(read) -> None:
    found = read(file_of([(x, y) for y, x in CORNERS], **WITHOUT_GRID))
    assert found.geometries[0].equals(SITE)
    assert [note.key for note in found.notes] == ["txt.note_swapped"]


def test_without_a_unit_the_numbers_tell(read) -> None:
    found = read(file_of(CORNERS, **{**WITHOUT_GRID, "计量单位": "", "坐标系": ""}))
    assert found.geometries[0].equals(SITE)
    assert found.crs_evidence.key == "crs.why_degrees"
    assert all("118.1682°E" in found.crs_evidence.text(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"几度分带": "", "带号": "", "投影类型": ""},  # 计量单位=米
        {**WITHOUT_GRID, "计量单位": "", "带号": "39"},
        {**WITHOUT_GRID, "计量单位": "", "投影类型": "高斯克吕格"},
    ],
)
def test_where_the_header_speaks_of_metres_the_place_is_proposed(read, header) -> None:
    with pytest.raises(SiteError) as caught:
        read(file_of(CORNERS, **header))
    assert caught.value.message.key == "crs.likely"
    assert "EPSG:4490 (118.1682°E 24.5880°N)" in str(caught.value)
    assert "degrees or metres" in str(caught.value)


def test_a_given_system_settles_it(read) -> None:
    found = read(file_of(CORNERS), "EPSG:4490")
    assert found.geometries[0].equals(SITE)
    assert found.crs_evidence.key == "crs.why_given"


def test_older_datums_keep_their_doubt(read) -> None:
    found = read(file_of(CORNERS, **{**WITHOUT_GRID, "坐标系": "1954北京坐标系"}))
    assert found.crs == "EPSG:4214"
    assert [why.key for why in found.caps[0]] == ["cap.datum"]


def test_a_local_system_needs_to_be_named(read) -> None:
    text = file_of(CORNERS, **{**WITHOUT_GRID, "坐标系": "WGS84"})
    with pytest.raises(SiteError) as caught:
        read(text)
    assert caught.value.message.key == "txt.unknown_system"
    assert read(text, "EPSG:4326").crs == "EPSG:4326"


# 24.3000 is 24°18′ or 24°30′00″
PACKED = [(24.3, 118.1), (24.3, 118.1030), (24.3030, 118.1030)]


def test_numbers_that_could_be_packed_are_asked_for(read) -> None:
    with pytest.raises(SiteError) as caught:
        read(file_of(PACKED, **WITHOUT_GRID))
    assert caught.value.message.key == "table.packed_or_decimal"
    decimal = read(file_of(PACKED, **WITHOUT_GRID), angle=AngleNotation.DECIMAL)
    packed = read(file_of(PACKED, **WITHOUT_GRID), angle=AngleNotation.PACKED)
    assert decimal.geometries[0].bounds == pytest.approx((118.1, 24.3, 118.103, 24.303))
    # 118°10′, 24°30′, and 30 seconds more
    corner = (118 + 10 / 60, 24.5)
    assert packed.geometries[0].bounds == pytest.approx(
        (*corner, corner[0] + 30 / 3600, corner[1] + 30 / 3600), abs=1e-12
    )
    assert read(file_of(PACKED, **{**WITHOUT_GRID, "计量单位": "十进制度"})).crs == "EPSG:4490"


@pytest.mark.parametrize(
    ("angle", "key"),
    [(AngleNotation.DMS, "table.not_dms"), (AngleNotation.PACKED, "table.not_packed")],
)
def test_numbers_that_are_not_as_announced_are_refused(read, angle, key: str) -> None:
    with pytest.raises(SiteError) as caught:
        read(file_of(CORNERS, **WITHOUT_GRID), angle=angle)  # 24.58893: 89 seconds
    assert caught.value.message.key == key


def test_degrees_under_a_header_of_another_unit_are_refused(read) -> None:
    metres = [(2_711_000, 39_611_000), (2_711_100, 39_611_000), (2_711_100, 39_611_100)]
    with pytest.raises(SiteError) as caught:
        read(file_of(metres, 计量单位="度"))
    assert caught.value.message.key == "txt.bad_header"
    assert "计量单位=度" in str(caught.value)
