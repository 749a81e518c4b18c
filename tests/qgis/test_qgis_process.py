# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin in the real ``qgis_process``: staged, and installed from its zip."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import package
import pytest
import run_qgis

from eco_onemap.outputs.geopackage import write_geopackage
from tests.qgis.world import World, make_world

pytestmark = pytest.mark.slow

JOB = ["--json", "run", "ecoonemap:sitingcheck", "-"]


@dataclass(frozen=True)
class Installed:
    """A QGIS profile with the plugin switched on."""

    profile: Path
    plugins: Path | None

    def run(
        self, parameters: dict[str, Any], extra: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the siting check, with *extra* environment variables."""
        given = json.dumps({"inputs": parameters})
        return run_qgis.run_process(JOB, self.profile, self.plugins, given, extra)


@pytest.fixture(scope="module", params=["staged", "from the zip"])
def installed(request, tmp_path_factory) -> Installed:
    folder = tmp_path_factory.mktemp("qgis")
    profile, plugins = folder / "profile", folder / "plugins"
    if request.param == "staged":
        package.stage_plugin(plugins)
    else:
        archive = package.write_zip(folder / "plugin.zip")
        plugins = None
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(profile / "profiles" / "default" / "python" / "plugins")
    run_qgis.enable_plugin(profile, plugins)
    return Installed(profile, plugins)


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


def test_main_job_gives_the_bytes_of_the_python_call(installed, world: World, tmp_path) -> None:
    assessment = world.assessment()
    write_geopackage(tmp_path / "python.gpkg", assessment.tables, assessment.catalogue.title)
    done = installed.run(
        world.parameters(
            OUTPUT_GPKG=str(tmp_path / "qgis.gpkg"),
            REPORT=str(tmp_path / "report.html"),
            MAPS_FOLDER=str(tmp_path / "maps"),
        )
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert (results["PROHIBITED_COUNT"], results["CLEAR_COUNT"]) == (1, 1)
    assert results["COMPLETE"] is False
    assert (tmp_path / "qgis.gpkg").read_bytes() == (tmp_path / "python.gpkg").read_bytes()
    assert (tmp_path / "report.html").stat().st_size > 5000
    assert len(list((tmp_path / "maps").glob("*.pdf"))) == 2


def test_main_job_needs_neither_fiona_nor_rasterio(installed, world: World, tmp_path) -> None:
    for name in ("fiona", "rasterio"):  # as in QGIS on Windows
        (tmp_path / f"{name}.py").write_text("raise ModuleNotFoundError", encoding="utf-8")
    assessment = world.assessment()
    write_geopackage(tmp_path / "python.gpkg", assessment.tables, assessment.catalogue.title)
    usual = run_qgis.environment(installed.profile, None)["PYTHONPATH"]
    done = installed.run(
        world.parameters(OUTPUT_GPKG=str(tmp_path / "qgis.gpkg")),
        {"PYTHONPATH": os.pathsep.join((str(tmp_path), usual))},
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "qgis.gpkg").read_bytes() == (tmp_path / "python.gpkg").read_bytes()


def test_wrong_input_is_one_sentence(installed: Installed, world: World) -> None:
    done = installed.run(world.parameters(CATALOGUE="/nowhere/onemap.yaml"))
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "/nowhere/onemap.yaml" in said
    assert "Traceback" not in said


def test_missing_packages_are_said_in_one_sentence(installed: Installed, tmp_path: Path) -> None:
    # a Python that finds no shapely 2: its folder is not on the path
    bare = {"PYTHONPATH": str(tmp_path)}
    done = run_qgis.run_process(["plugins"], installed.profile, installed.plugins, "", bare)
    lines = [line for line in done.stderr.splitlines() if "Eco One Map" in line]
    assert len(lines) == 1
    assert "shapely>=2" in lines[0]
    assert "pip install" in lines[0]
    assert "Traceback" not in done.stderr
