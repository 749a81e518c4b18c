# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin in the real ``qgis_process``: staged, and installed from its zip."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import package
import pytest
import run_qgis

from eco_onemap.cli.main import run
from eco_onemap.core.assess import FURTHER_TABLES
from eco_onemap.core.results.inputs import INPUT_TABLE, inputs_of, inputs_table
from eco_onemap.outputs.geopackage import write_geopackage
from eco_onemap.paths import sample
from eco_onemap.processing.siting_parameters import SINKS
from eco_onemap.readers.results import read_results
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
    tables = (*assessment.tables, inputs_table(inputs_of(assessment)))
    write_geopackage(tmp_path / "python.gpkg", tables, assessment.catalogue.title)
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


STATED = {
    "AS_OF": ("--as-of", "2026-11-23"),
    "RINGS": ("--rings", "300,1200"),
    "TAGS": ("--tags", "new"),
    "SITE_ACCURACY": ("--site-accuracy", 4.0),
    "TRANSFORMATION_ERROR": ("--transformation-error", 3.0),
    "CONSULT": ("--consult", 6000.0),
    "TERMS": ("--terms", "three_lines"),
    "START_CHAINAGE": ("--start-chainage", "K12+340"),
    "APPROACH": ("--approach", 300.0),
    "LANGUAGE": ("--language", "zh"),
    "SITES_FILE": ("--sites", str(sample("sites.gpkg"))),
    "CATALOGUE": ("--catalogue", str(sample("onemap.yaml"))),
}
"""What both doors are told: parameter of the algorithm, option of the command line, value."""

FACTS = ("nature=新建", "planned_use=居住", "stage=选址", "industry=C2614")


def set_aside(folder: Path) -> Path:
    """Return a file of overrides with one finding of the sample city."""
    first, overrides = folder / "first.gpkg", folder / "overrides.yaml"
    words = [str(word) for name, pair in STATED.items() if name != "LANGUAGE" for word in pair]
    facts = [word for fact in FACTS for word in ("--fact", fact)]
    assert run(["check", *words, *facts, "--out", str(first)]) == 1
    finding = next(read_results(first, ["finding"])["finding"].rows())
    about = ["--site", finding["site_id"], "--rule", finding["rule_id"],
             "--layer", finding["layer_id"], "--feature", finding["feature_id"]]  # fmt: skip
    said = ["--reason", "现场已核实", "--author", "王工", "--date", "2026-11-20"]
    done = ["override", "add", str(overrides), "--results", str(first), *about, *said]
    assert run(done) == 0
    return overrides


def all_rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table of results, with their geometries."""
    with closing(sqlite3.connect(path)) as database:
        found = database.execute("SELECT table_name FROM gpkg_contents").fetchall()
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in found}


def test_the_same_options_give_the_tables_of_the_command_line(
    installed, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("ECO_ONEMAP_CACHE", str(tmp_path / "cache"))
    overrides = set_aside(tmp_path)
    words = [str(word) for pair in STATED.values() for word in pair]
    facts = [word for fact in FACTS for word in ("--fact", fact)]
    told = ["check", *words, *facts, "--overrides", str(overrides), "--reverse-lines"]
    assert run([*told, "--out", str(tmp_path / "cli.gpkg")]) == 1
    parameters = {name: value for name, (_, value) in STATED.items()}
    parameters |= {"FACTS": "; ".join(FACTS), "OVERRIDES": str(overrides)}
    parameters["REVERSE_LINES"] = True
    done = installed.run({**parameters, "OUTPUT_GPKG": str(tmp_path / "qgis.gpkg")})
    assert done.returncode == 0, done.stderr
    ours, theirs = (all_rows(tmp_path / f"{one}.gpkg") for one in ("qgis", "cli"))
    assert set(ours) == set(theirs) == {*SINKS.values(), *FURTHER_TABLES, INPUT_TABLE}
    for name, rows in theirs.items():
        assert len(rows) > 0, name
        assert ours[name] == rows, name
    record = {key: value for _, key, value in ours["run"]}
    assert record["overrides.count"] == "1"
    assert (record["site_accuracy_m"], record["transformation_m"]) == ("4", "3")
    assert (record["consult_m"], record["terms"]) == ("6000", "three_lines")
    assert (record["start_chainage_m"], record["approach_m"]) == ("12340", "300")
    assert record["chainage"] == "against the drawing"


def test_main_job_needs_neither_fiona_nor_rasterio(installed, world: World, tmp_path) -> None:
    for name in ("fiona", "rasterio"):  # as in QGIS on Windows
        (tmp_path / f"{name}.py").write_text("raise ModuleNotFoundError", encoding="utf-8")
    assessment = world.assessment()
    tables = (*assessment.tables, inputs_table(inputs_of(assessment)))
    write_geopackage(tmp_path / "python.gpkg", tables, assessment.catalogue.title)
    usual = run_qgis.environment(installed.profile, None)["PYTHONPATH"]
    done = installed.run(
        world.parameters(OUTPUT_GPKG=str(tmp_path / "qgis.gpkg")),
        {"PYTHONPATH": os.pathsep.join((str(tmp_path), usual))},
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "qgis.gpkg").read_bytes() == (tmp_path / "python.gpkg").read_bytes()


def test_strip_maps_of_the_sample_lines(installed, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ECO_ONEMAP_CACHE", str(tmp_path / "cache"))
    results, pdf = tmp_path / "lines.gpkg", tmp_path / "strips.pdf"
    told = ["--sites", str(sample("sites.gpkg")), "--site-layer", "lines", "--language", "zh"]
    told += ["--catalogue", str(sample("onemap.yaml")), "--as-of", "2026-11-23"]
    assert run(["check", *told, "--out", str(results)]) == 0
    parameters = {
        "RESULTS": str(results),
        "CATALOGUE": str(sample("onemap.yaml")),
        "SIZE": "A4",
        "IMAGES": True,
        "OUTPUT": str(pdf),
    }
    job = ["--json", "run", "ecoonemap:makestripmaps", "-"]
    given = json.dumps({"inputs": parameters})
    done = run_qgis.run_process(job, installed.profile, installed.plugins, given)
    assert done.returncode == 0, done.stderr
    sheets = json.loads(done.stdout)["results"]["SHEETS"]
    pages = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    assert f"Pages:           {sheets}\n" in pages
    assert sheets >= 5  # five lines
    assert len(list(tmp_path.glob("strips_*.png"))) == sheets


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
