# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites from the formats of OGR."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from eco_onemap.core.errors import MissingPackageError, SiteError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.readers.sites import read_sites

from .sources import snapshot, write_layer

FIELDS = {
    "site_id": "str:10",
    "name": "str:30",
    "tags": "str:50",
    "not_tags": "str:50",
    "stage": "str:20",
    "planned_use": "str:20",
    "industry": "str:20",
    "declared_area_m2": "float",
}

POLYGON = "POLYGON ((118 24, 118.01 24, 118.01 24.01, 118 24))"
LINE = "LINESTRING (118 24, 118.01 24.01)"
POINT = "POINT (118 24)"


def facts(**values: Any) -> dict[str, Any]:
    """Return a row of sites with nothing but the given values."""
    return dict.fromkeys(FIELDS) | values


def refusal(path: Path, **options: Any) -> SiteError:
    with pytest.raises(SiteError) as caught:
        read_sites(path, **options)
    for language in LANGUAGES:
        assert str(path) in caught.value.message.text(language)
    return caught.value


def keys(sites: RawSites) -> list[str]:
    assert all(note.text(language) for note in sites.notes for language in LANGUAGES)
    return [note.key for note in sites.notes]


@pytest.fixture
def three_layers(tmp_path: Path) -> Path:
    """A GeoPackage with a polygon, a line and a point, each in its own layer."""
    path = tmp_path / "sites.gpkg"
    rows = {
        "polygons": (
            POLYGON,
            facts(
                site_id="S1",
                name="化工厂",
                tags="new,chemical",
                not_tags="tailings",
                stage="siting",
                planned_use="industrial",
                industry="C26",
                declared_area_m2=12.5,
            ),
        ),
        "lines": (LINE, facts(site_id="S2", name="管线")),
        "points": (POINT, facts(site_id="S3")),
    }
    for layer, (wkt, values) in rows.items():
        write_layer(path, [(wkt, values)], fields=FIELDS, layer=layer)
    return path


def test_all_layers_come_one_after_the_other(three_layers: Path) -> None:
    sites = read_sites(three_layers)
    assert [geometry.geom_type for geometry in sites.geometries] == [
        "Polygon",
        "LineString",
        "Point",
    ]
    assert sites.ids.tolist() == ["S1", "S2", "S3"]
    assert sites.names.tolist() == ["化工厂", "管线", ""]
    assert sites.crs == "EPSG:4490"
    assert sites.columns["tags"].tolist() == ["new,chemical", "", ""]
    assert sites.columns["not_tags"].tolist() == ["tailings", "", ""]
    assert sites.columns["stage"].tolist() == ["siting", "", ""]
    assert sites.columns["planned_use"].tolist() == ["industrial", "", ""]
    assert sites.columns["industry"].tolist() == ["C26", "", ""]
    np.testing.assert_array_equal(sites.columns["declared_area_m2"], [12.5, np.nan, np.nan])
    assert keys(sites) == []


def test_one_layer_can_be_named(three_layers: Path) -> None:
    assert read_sites(three_layers, layer="lines").ids.tolist() == ["S2"]
    assert "polygons, lines, points" in str(refusal(three_layers, layer="areas"))


def test_sites_go_on_to_a_checked_set(three_layers: Path) -> None:
    checked = build_site_set(read_sites(three_layers))
    assert checked.facts[0].tags == {"new", "chemical"}
    assert checked.facts[0].planned_use == "industrial"
    assert checked.problems == {}


def test_reading_leaves_the_folder_as_it_is(three_layers: Path) -> None:
    before = snapshot(three_layers.parent)
    read_sites(three_layers)
    assert snapshot(three_layers.parent) == before


def test_layers_in_different_crs_are_refused(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.gpkg", [(POINT, facts())], fields=FIELDS, layer="one")
    write_layer(path, [(POINT, facts())], fields=FIELDS, layer="two", crs="EPSG:4527")
    told = str(refusal(path))
    assert "EPSG:4490" in told
    assert "EPSG:4527" in told
    assert read_sites(path, layer="two").crs == "EPSG:4527"


def test_layer_without_features_does_not_count(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.gpkg", [(POINT, facts())], fields=FIELDS, layer="one")
    write_layer(path, [], fields=FIELDS, layer="two", crs="EPSG:4527")
    assert len(read_sites(path)) == 1


def test_file_without_features_is_refused(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "none.gpkg", [], fields=FIELDS)
    assert refusal(path).message.key == "site_file.empty"


def test_table_without_geometries_is_refused(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "t.gpkg", [(None, facts())], fields=FIELDS, geometry="None")
    assert refusal(path).message.key == "site_file.no_geometry"


def test_file_without_crs(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.gpkg", [(POINT, facts())], fields=FIELDS, crs=None)
    assert read_sites(path).crs is None  # the reasoner decides, and refuses six-digit eastings
    assert read_sites(path, crs="EPSG:4527").crs == "EPSG:4527"
    assert refusal(path, crs="EPSG:99").message.key == "reader.unknown_crs"


def test_crs_of_the_file_counts(three_layers: Path) -> None:
    sites = read_sites(three_layers, crs="EPSG:4527")
    assert sites.crs == "EPSG:4490"
    assert build_site_set(sites).crs == "EPSG:4490"
    assert build_site_set(sites).crs_evidence.key == "crs.why_kept"
    declared = build_site_set(read_sites(three_layers, crs="EPSG:4490"))
    assert declared.crs_evidence.key == "crs.why_declared"


def test_missing_and_broken_files_are_refused(tmp_path: Path) -> None:
    refusal(tmp_path / "nowhere.gpkg")
    broken = tmp_path / "broken.gpkg"
    broken.write_text("these are my notes", encoding="utf-8")
    assert refusal(broken).message.key == "reader.unreadable"


def test_null_and_empty_geometries_stay_for_the_check(tmp_path: Path) -> None:
    rows = [(None, facts(site_id="a")), ("POLYGON EMPTY", facts(site_id="b"))]
    path = write_layer(tmp_path / "a.gpkg", rows, fields=FIELDS)
    sites = read_sites(path)
    assert sites.geometries[0] is None
    assert sites.geometries[1].is_empty
    assert set(build_site_set(sites).problems) == {0, 1}


# --- identifiers and names --------------------------------------------------------------------


def with_ids(path: Path, field: str, values: list[Any], kind: str = "str:20") -> Path:
    rows = [(POINT, {field: value}) for value in values]
    return write_layer(path, rows, fields={field: kind})


@pytest.mark.parametrize(
    ("field", "kind", "values", "ids"),
    [
        ("site_id", "str:20", ["a", "b"], ["a", "b"]),
        ("ID", "int:9", [7, 8], ["7", "8"]),
        ("地块编号", "str:20", ["甲", "乙"], ["甲", "乙"]),
        ("DKBH", "float", [3.0, 4.0], ["3", "4"]),
        ("colour", "str:20", ["red", "blue"], ["1", "2"]),
        ("site_id", "str:20", ["a", "a"], ["a", "a-2"]),
        ("site_id", "str:20", [None, "1"], ["1-2", "1"]),
    ],
)
def test_identifiers(tmp_path: Path, field: str, kind: str, values: list, ids: list) -> None:
    sites = read_sites(with_ids(tmp_path / "a.gpkg", field, values, kind))
    assert sites.ids.tolist() == ids
    changed = field in ("site_id",) and [str(value) for value in values] != ids
    assert keys(sites) == (["site_file.note_ids"] if changed else [])


def test_identifier_field_can_be_named(tmp_path: Path) -> None:
    path = with_ids(tmp_path / "a.gpkg", "colour", ["red", "blue"])
    assert read_sites(path, id_field="colour").ids.tolist() == ["red", "blue"]
    told = str(refusal(path, id_field="size"))
    assert "size" in told
    assert "colour" in told


def test_chinese_headers(tmp_path: Path) -> None:
    fields = {
        "项目编号": "str:10",
        "项目名称": "str:10",
        "标签": "str:20",
        "项目阶段": "str:10",
        "用地性质": "str:20",
        "用地面积（公顷）": "float",
    }

    def row(values: list[Any]) -> dict[str, Any]:
        return dict(zip(fields, values, strict=True))

    rows = [
        (POINT, row(["X1", "甲", "new,chemical", "选址", "二类工业用地", 1.5])),
        (POINT, row(["X2", "乙", "", "竣工", "商住混合用地", None])),
        (POINT, row(["X3", "丙", "", "规划阶段", "公共管理与公共服务用地", 0.0])),
    ]
    sites = read_sites(write_layer(tmp_path / "a.gpkg", rows, fields=fields))
    assert sites.ids.tolist() == ["X1", "X2", "X3"]
    assert sites.names.tolist() == ["甲", "乙", "丙"]
    assert sites.columns["tags"].tolist() == ["new,chemical", "", ""]
    assert sites.columns["stage"].tolist() == ["siting", "", "planning"]
    assert sites.columns["planned_use"].tolist() == ["industrial", "", "public"]
    np.testing.assert_array_equal(sites.columns["declared_area_m2"], [15_000, np.nan, 0])
    # what the rules do not know is told, and counts as not stated
    assert keys(sites) == ["site_file.note_unknown_stage", "site_file.note_unknown_planned_use"]
    assert "竣工" in sites.notes[0].text("zh")
    assert "商住混合用地" in sites.notes[1].text("zh")


@pytest.mark.parametrize(("unit", "area_m2"), [("亩", 1000.0), ("平方米", 1.5), ("ha", 15_000.0)])
def test_units_of_the_declared_area(tmp_path: Path, unit: str, area_m2: float) -> None:
    path = with_ids(tmp_path / "a.gpkg", f"面积_{unit}", [1.5], "float")
    assert read_sites(path).columns["declared_area_m2"] == pytest.approx([area_m2])


def test_area_without_a_unit_declares_nothing(tmp_path: Path) -> None:
    path = with_ids(tmp_path / "a.gpkg", "面积", [1.5], "float")
    assert "declared_area_m2" not in read_sites(path).columns


# --- other formats ----------------------------------------------------------------------------


def test_shapefile_of_gbk_text_without_cpg(tmp_path: Path) -> None:
    path = tmp_path / "a.shp"
    rows = [(POLYGON, {"编号": "甲1", "名称": "化工厂"})]
    options = {"driver": "ESRI Shapefile", "geometry": "Polygon", "encoding": "GB18030"}
    write_layer(path, rows, fields={"编号": "str:20", "名称": "str:20"}, **options)
    path.with_suffix(".cpg").unlink()
    sites = read_sites(path)
    assert sites.ids.tolist() == ["甲1"]
    assert sites.names.tolist() == ["化工厂"]
    assert keys(sites) == ["reader.note_encoding"]


def test_geojson_without_crs_takes_the_given_one(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "Point", "coordinates": [39611494.787, 2711113.45]}', "utf-8")
    assert read_sites(path, crs="EPSG:4527").crs == "EPSG:4527"


def test_kml(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    placemark = (
        "<Folder><name>{0}</name><Placemark><name>{0}地块</name><Point>"
        "<coordinates>118,24,15</coordinates></Point></Placemark></Folder>"
    )
    body = placemark.format("甲") + placemark.format("乙")
    path.write_text(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>', "utf-8"
    )
    sites = read_sites(path)
    assert sites.crs == "EPSG:4326"
    assert sites.names.tolist() == ["甲地块", "乙地块"]
    assert shapely.to_wkt(sites.geometries).tolist() == ["POINT (118 24)"] * 2


def test_gpx_counts_a_track_once(tmp_path: Path) -> None:
    # the format's reader also offers the points of each track as a layer of their own
    path = tmp_path / "a.gpx"
    path.write_text(
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="24" lon="118"/>'
        '<trk><trkseg><trkpt lat="24" lon="118"/><trkpt lat="25" lon="119"/></trkseg></trk></gpx>',
        "utf-8",
    )
    assert [one.geom_type for one in read_sites(path).geometries] == ["Point", "LineString"]


def test_without_fiona_only_txt_can_be_read(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "fiona", None)
    monkeypatch.delitem(sys.modules, "eco_onemap.readers.layers", raising=False)
    path = tmp_path / "a.gpkg"
    path.touch()
    with pytest.raises(MissingPackageError, match="fiona"):
        read_sites(path)
    assert len(read_sites(Path(__file__).parents[1] / "data" / "sites" / "one_parcel.txt")) == 1
