# SPDX-License-Identifier: GPL-2.0-or-later
"""The corpus of GIS and CAD files through fiona."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.readers.layers import open_vector
from eco_onemap.readers.sites import read_sites
from eco_onemap.readers.sites.vector_sites import SiteOptions, read_vector_sites

from .site_files_contract import FOLDER, ReadSites, SiteFilesContract, expected_rows
from .sources import snapshot

GIS = FOLDER / "gis"


def read_through_fiona(path: Path, options: SiteOptions):
    return read_vector_sites(path, open_vector, options)


class TestThroughFiona(SiteFilesContract):
    @pytest.fixture
    def read(self) -> ReadSites:
        return read_through_fiona


def sites_of(name: str, **options) -> SiteSet:
    return build_site_set(read_sites(GIS / name, **options))


def test_the_corpus_is_large_enough_and_each_file_stands_in_the_table():
    endings = {".gpkg", ".shp", ".zip", ".geojson", ".kml", ".kmz", ".gpx", ".gml", ".tab", ".mif"}
    files = {file.name for file in GIS.iterdir() if file.suffix in {*endings, ".dxf"}}
    assert {f"gis/{file}" for file in files} == {row["file"] for row in expected_rows()}
    assert len(files) >= 25


def test_reading_leaves_the_corpus_as_it_is():
    before = snapshot(GIS)
    for row in expected_rows():
        with contextlib.suppress(SiteError):
            read_sites(FOLDER / row["file"])
    assert snapshot(GIS) == before


def test_an_arc_is_read_as_segments_of_the_half_disc():
    # a half disc of 0.005° radius; in degrees its area is pi r²/2, segments of 4° lose 0.08 %
    (half,) = sites_of("curve.gpkg").geometries
    assert half.area == pytest.approx(np.pi * 0.005**2 / 2, rel=1e-3)
    (disc,) = areas_m2(sites_of("circle.dxf").geometries)
    assert disc == pytest.approx(np.pi * 100.0**2, rel=2e-3)  # the plane is 0.03 % too large


def test_sites_in_two_zones_lie_in_both():
    # 100 m east of the central meridians of zones 39 and 40 at 30°N: 1 m is 1.0364e-5°
    first, second = sites_of("two_zones.geojson").geometries
    assert shapely.bounds(first) == pytest.approx((117, 30, 117.001036, 30.000902), abs=2e-6)
    assert shapely.bounds(second) == pytest.approx((120, 30, 120.001036, 30.000902), abs=2e-6)


def test_an_older_datum_is_brought_over_without_parameters_and_says_so():
    sites = sites_of("xian80.gpkg")
    (cap,) = sites.caps[0]
    assert "Xian 1980" in cap.text("en")
    assert "130 m" in cap.text("en")
    assert "仅供参考" in cap.text("zh")


def test_map_offsets_are_stated_in_metres():
    # Xiamen: 583 m for GCJ-02 by the public algorithm (560 to 610 across the site's square)
    (cap,) = sites_of("amap.kml").caps[0]
    assert "高德地图" in cap.text("zh")
    assert "580" in cap.text("zh")


def test_mapped_fields_hold_the_facts():
    fields = {
        "id": "编号",
        "project": "项目",
        "developer": "单位",
        "nature": "性质",
        "stage": "阶段",
    }
    sites = build_site_set(read_sites(GIS / "facts.gpkg", fields=fields))
    (facts,) = sites.facts
    assert facts.nature == "expand,rebuild"
    assert facts.tags == {"expand", "rebuild", "discharges_pollutants"}
    assert facts.not_tags == {"new", "technical_upgrade", "relocate"}
    assert (facts.industry, facts.stage) == ("C2614", "siting")
    assert sites.details["developer"].tolist() == ["海湾化工有限公司"]
    assert sites.details["project"].tolist() == ["海湾化工二期"]


def test_a_mapped_field_that_is_missing_is_refused():
    with pytest.raises(SiteError) as refusal:
        read_sites(GIS / "facts.gpkg", fields={"nature": "建设性质"})
    assert refusal.value.message.key == "site_file.missing_field"
    assert "性质" in str(refusal.value)


def test_a_closed_gap_is_stated_with_its_length():
    (entry,) = sites_of("open_ring.geojson").care
    assert entry.detail == "0.01"  # degrees, from the fourth corner back to the first
    assert (entry.x, entry.y) == (118.10, 24.51)


@pytest.mark.parametrize("name", ["plane.gpkg", "xian80.gpkg"])
def test_a_copy_under_another_name_is_the_same(tmp_path, name):
    copy = shutil.copy(GIS / name, tmp_path / "红线 1.gpkg")
    assert read_sites(copy).fingerprint == read_sites(GIS / name).fingerprint
    one, other = sites_of(name), build_site_set(read_sites(copy))
    assert shapely.equals_identical(one.geometries, other.geometries).all()


def test_what_climbs_out_of_an_archive_stays_inside(tmp_path):
    folder = tmp_path / "inner"
    folder.mkdir()
    archive = Path(shutil.copy(GIS / "climbing.zip", folder))
    read_sites(archive)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["climbing.zip"]
