# SPDX-License-Identifier: GPL-2.0-or-later
"""Failures seen in other programs that concern QGIS, each by its number."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pyproj
import pytest
import shapely
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

from eco_onemap.core.progress import NoProgress
from eco_onemap.layout.order import MapOrder
from eco_onemap.layout.riskmap import build_risk_map, export_risk_maps
from eco_onemap.layout.series import export_series
from eco_onemap.layout.subjects import OVERVIEW, RISK
from tests.layout.town import SITES, X0, Y0, assess_town, write_town
from tests.qgis.pdf_files import page_texts
from tests.qgis.world import World, make_world


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.mark.parametrize("ellipsoid", ["NONE", "EPSG:7019", "EPSG:7030"])
def test_peer_failure_09_areas_do_not_hang_on_the_project(processing_module, world, ellipsoid):
    # a project without an ellipsoid makes QGIS measure in the plane; ours is always CGCS2000's
    project = QgsProject()
    project.setEllipsoid(ellipsoid)
    context = QgsProcessingContext()
    context.setProject(project)
    result = processing_module.run(
        "ecoonemap:sitingcheck",
        world.parameters(SITE_VERDICT="TEMPORARY_OUTPUT"),
        context=context,
        feedback=QgsProcessingFeedback(),
    )
    areas = [feature["area_ellipsoid_m2"] for feature in result["SITE_VERDICT"].getFeatures()]
    expected = world.assessment().site_verdict["area_ellipsoid_m2"]
    assert areas[:2] == expected[:2].tolist()


@pytest.mark.slow
def test_peer_failure_15_each_site_has_one_page_that_names_it(world: World, tmp_path: Path):
    assessment = world.assessment()
    written = export_risk_maps(assessment, tmp_path, "zh", NoProgress())
    drawn = [
        site
        for site, geometry in zip(assessment.sites.ids, assessment.sites.geometries, strict=True)
        if geometry is not None
    ]
    assert list(written) == drawn
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        path.name for path in written.values()
    )
    for site, path in written.items():
        told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
        assert "Pages:           1" in told
        text = subprocess.run(
            ["pdftotext", path, "-"], capture_output=True, text=True, check=True
        ).stdout
        assert f"编号 {site}" in text


@pytest.fixture(scope="module")
def town(tmp_path_factory, qgis_app):
    return assess_town(write_town(tmp_path_factory.mktemp("town")))


def test_peer_failure_14_the_ring_on_the_map_is_as_far_away_as_it_says(town):
    """Each ring as it is drawn, measured on the ellipsoid from the site."""
    layout = build_risk_map(town, "S-1", "zh")
    drawn = {layer.name(): layer for layer in layout.itemById("map").layers()}
    lines = [
        shapely.from_wkb(bytes(feature.geometry().asWkb()))
        for feature in drawn["@rings"].getFeatures()
    ]
    printed = sorted({feature["label"] for feature in drawn["@ring_labels"].getFeatures()})
    assert printed == ["1000 m", "500 m"]
    site = shapely.box(X0, Y0, X0 + 400, Y0 + 300)
    to_degrees = pyproj.Transformer.from_crs("EPSG:4548", "EPSG:4490", always_xy=True)
    geod = pyproj.Geod(ellps="GRS80")
    for line, distance in zip(sorted(lines, key=lambda one: one.length), (500, 1000), strict=True):
        for share in (0.0, 0.2, 0.5, 0.9):
            point = line.interpolate(share, normalized=True)
            nearest = shapely.shortest_line(point, site)
            ends = [to_degrees.transform(x, y) for x, y in nearest.coords]
            measured = geod.inv(*ends[0], *ends[1])[2]
            assert measured == pytest.approx(distance, rel=2e-3)  # corners are cut into 16 edges


@pytest.mark.slow
@pytest.mark.parametrize("in_one_file", [True, False])
def test_peer_failure_15_an_atlas_has_each_sheet_once_in_the_files_that_were_asked_for(
    town, tmp_path, in_one_file
):
    order = MapOrder("zh", (OVERVIEW, RISK), in_one_file=in_one_file)
    written = export_series(town, order, tmp_path, NoProgress())
    names = ["maps.pdf"] if in_one_file else ["S-1.pdf", "S_2.pdf"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    told = [text for name in names for text in page_texts(tmp_path / name)]
    found = [re.search(r"编号(.*?)[|│｜]", text)[1] for text in told]
    assert found == ["S-1", "S-1", "S/2", "S/2"]
    assert len(found) == written.sheets
    assert len(set(told)) == len(told)


@pytest.mark.slow
def test_peer_failure_18_a_sheet_of_a_batch_is_that_of_its_site_alone(town, tmp_path):
    order = MapOrder("zh", (RISK,))
    export_series(town, order, tmp_path, NoProgress())
    (tmp_path / "alone").mkdir()
    alone = assess_town(town.catalogue, {"S/2": SITES["S/2"]})
    export_series(alone, order, tmp_path / "alone", NoProgress())
    one, other = (
        [re.sub("校验编号[0-9A-F-]{23}", "", text) for text in page_texts(folder / "S_2.pdf")]
        for folder in (tmp_path, tmp_path / "alone")
    )
    assert one == other  # but for the number of the check, which tells what else was checked
