# SPDX-License-Identifier: GPL-2.0-or-later
"""Failures seen in other programs that concern QGIS, each by its number."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

from eco_onemap.core.progress import NoProgress
from eco_onemap.layout.riskmap import export_risk_maps
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
