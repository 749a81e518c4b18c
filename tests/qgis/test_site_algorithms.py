# SPDX-License-Identifier: GPL-2.0-or-later
"""Import and export of sites as Processing algorithms, and the same options in the siting check."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from qgis.core import QgsProcessingException, QgsVectorLayer

from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.readers.sites import read_sites
from tests.readers.site_files_contract import FOLDER

from .test_sitingcheck import Listener
from .world import World, make_world

GIS = FOLDER / "gis"


def rows(layer: QgsVectorLayer) -> list[dict]:
    names = layer.fields().names()
    return [dict(zip(names, feature.attributes(), strict=True)) for feature in layer.getFeatures()]


def imported(processing_module, name: str, **more):
    parameters = {"SITES_FILE": str(GIS / name), "OUTPUT": "memory:", "CARE": "memory:", **more}
    return processing_module.run("ecoonemap:importsites", parameters)


def test_a_drawing_is_imported_with_its_pond(processing_module):
    found = imported(processing_module, "outline.dxf")
    (feature,) = found["OUTPUT"].getFeatures()
    geometry = shapely.from_wkb(bytes(feature.geometry().asWkb()))
    assert found["OUTPUT"].crs().authid() == "EPSG:4490"
    assert (found["SITE_COUNT"], found["PROBLEM_COUNT"], found["CRS"]) == (1, 0, "EPSG:4527")
    # the worked example: 1,077,712.58 m² on the ellipsoid
    assert areas_m2(shapely.get_parts(geometry)).sum() == pytest.approx(1_077_712.58, abs=0.05)
    assert feature["area_ellipsoid_m2"] == pytest.approx(1_077_712.58, abs=0.05)


def test_faults_stand_in_the_table_of_care(processing_module):
    found = imported(processing_module, "spike.geojson")
    (row,) = rows(found["CARE"])
    assert (row["site_id"], row["kind"], row["ring"], row["point"]) == ("s1", "spike", 1, 3)
    assert (row["x"], row["y"]) == (118.12, 24.50)
    assert "118.12 24.5" in row["what"]


def test_doubts_and_facts_come_along(processing_module):
    found = imported(
        processing_module,
        "facts.gpkg",
        FIELDS="id=编号; nature=性质；developer=单位",
        FACTS="planned_use=工业用地",
        SITE_ORIGIN=2,
    )
    (row,) = rows(found["OUTPUT"])
    assert (row["nature"], row["industry"]) == ("expand,rebuild", "C2614")
    assert (row["developer"], row["planned_use"]) == ("海湾化工有限公司", "industrial")
    assert row["tags"] == "discharges_pollutants,expand,rebuild"
    assert "GCJ-02" in row["doubts"]
    assert "580 m" in row["doubts"]


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("bare_no_prj.shp", {}, "EPSG:4548 (118.1050°E 24.5050°N)"),  # a candidate with its place
        ("mixed.geojson", {}, "cannot be in one system"),
        ("two_layers.gpkg", {}, "plan (1, EPSG:4490)"),
        ("square.gpkg", {"FIELDS": "size=3"}, "name=value"),
        ("square.gpkg", {"FACTS": "nature=爆破"}, "nature"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(processing_module, name, more, said):
    with pytest.raises(QgsProcessingException) as refusal:
        imported(processing_module, name, **more)
    assert said in str(refusal.value)
    assert "Traceback" not in str(refusal.value)


def test_a_given_crs_and_layer_are_taken(processing_module):
    found = imported(processing_module, "bare_no_prj.shp", SITE_CRS="EPSG:4548")
    (row,) = rows(found["OUTPUT"])
    assert row["area_ellipsoid_m2"] == pytest.approx(1_122_617.63, abs=0.5)
    both = imported(processing_module, "two_layers.gpkg", SITE_LAYER_NAME="*")
    assert both["SITE_COUNT"] == 2


@pytest.mark.parametrize("ending", ["txt", "gpkg", "csv", "dat"])
def test_an_exported_file_holds_the_same_sites(processing_module, tmp_path: Path, ending):
    layer = QgsVectorLayer(str(GIS / "plane.gpkg"), "sites", "ogr")
    target = tmp_path / f"sites.{ending}"
    result = processing_module.run("ecoonemap:exportsites", {"SITES": layer, "OUTPUT": str(target)})
    assert Path(result["OUTPUT"]).is_file()
    before = build_site_set(read_sites(GIS / "plane.gpkg"))
    after = build_site_set(read_sites(target, crs="EPSG:4527"))
    ground = areas_m2(before.geometries)
    if ending != "dat":  # points of CASS carry no rings: the pond becomes a site of its own
        assert areas_m2(after.geometries) == pytest.approx(ground, abs=2.0)
        between = shapely.hausdorff_distance(before.geometries, after.geometries)
        assert between.max() < 1e-8  # a millimetre


def test_sites_in_degrees_are_exported_in_their_zone(processing_module, tmp_path: Path):
    layer = QgsVectorLayer(str(GIS / "square.gpkg"), "sites", "ogr")
    listener = Listener()
    target = tmp_path / "sites.txt"
    processing_module.run(
        "ecoonemap:exportsites", {"SITES": layer, "OUTPUT": str(target)}, feedback=listener
    )
    text = target.read_text(encoding="gb18030")
    assert "带号=39" in text
    assert "2711113.450,39611494.787" in text  # the worked example's first corner


def test_the_check_caps_sites_of_a_web_map(processing_module, tmp_path: Path):
    world: World = make_world(tmp_path)
    result = processing_module.run("ecoonemap:sitingcheck", world.parameters(SITE_ORIGIN=3))
    assert (result["PROHIBITED_COUNT"], result["STUDY_COUNT"], result["NO_DATA_COUNT"]) == (0, 2, 1)
