# SPDX-License-Identifier: GPL-2.0-or-later
"""Making maps in QGIS: of results, of sites, and in the real ``qgis_process``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import ModuleType

import pypdf
import pytest
import run_qgis
from qgis.core import Qgis, QgsApplication, QgsProcessingException, QgsProcessingFeedback
from qgis.PyQt.QtGui import QImage

from eco_onemap.layout.subjects import subjects
from eco_onemap.qgis_bridge.preferences import Preferences, write_preferences
from tests.qgis.pdf_files import bookmarks, ground_of, page_sizes, page_texts
from tests.qgis.world import World, make_world

MAKE = "ecoonemap:makemaps"


class Listening(QgsProcessingFeedback):
    """Keeps what is told."""

    def __init__(self) -> None:
        super().__init__(False)
        self.told: list[str] = []

    def pushWarning(self, warning: str) -> None:
        self.told.append(warning)

    def pushInfo(self, info: str) -> None:
        self.told.append(info)


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def results(processing_module: ModuleType, world: World, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("results") / "results.gpkg"
    parameters = world.parameters(OUTPUT_GPKG=str(path), LANGUAGE="zh")
    processing_module.run("ecoonemap:sitingcheck", parameters)
    return path


def made(processing_module: ModuleType, feedback=None, **parameters) -> dict:
    return processing_module.run(MAKE, parameters, feedback=feedback or Listening())


def test_results_and_catalogue_give_a_file_a_site(processing_module, world, results, tmp_path):
    folder = tmp_path / "maps"
    given = {"RESULTS": str(results), "CATALOGUE": str(world.catalogue), "OUTPUT": str(folder)}
    result = made(processing_module, **given, LANGUAGE="zh", SHEETS=["overview", "risk"])
    assert result["OUTPUT"] == str(folder)
    assert (result["SITE_COUNT"], result["SHEET_COUNT"]) == (2, 4)  # the third has no geometry
    files = sorted(folder.iterdir())
    assert len(files) == 2
    for file in files:
        assert [title for _, title, _ in bookmarks(file)] == ["地理位置图", "风险一张图"]


def test_sites_are_checked_first(processing_module, world, tmp_path):
    given = world.parameters(
        OUTPUT=str(tmp_path / "maps"),
        LANGUAGE="en",
        SHEETS=["water"],
        FORMAT="geopdf",
        ONE_FILE=True,
        PAPER="A3",
        ORIENTATION="portrait",
        APPROVAL="GS(2026)1",
    )
    result = made(processing_module, **given)
    atlas = tmp_path / "maps" / "maps.pdf"
    assert result["SHEET_COUNT"] == len(pypdf.PdfReader(atlas).pages) >= 1
    assert page_sizes(atlas)[0] == pytest.approx((297, 420), abs=0.2)
    (text, *_) = page_texts(atlas)
    assert "inrelationtodrinking-waterzonesandrivers" in text
    assert "Mapapprovalno.(审图号):GS(2026)1" in text
    _, (west, _, east, _) = ground_of(atlas, 0)
    assert 550_000 < west < 600_000 < east < 650_000  # where the world lies


def test_only_some_sites_are_drawn(processing_module, world, results, tmp_path):
    given = {"RESULTS": str(results), "CATALOGUE": str(world.catalogue), "LANGUAGE": "zh"}
    every = made(processing_module, **given, SHEETS=["risk"], OUTPUT=str(tmp_path / "all"))
    assert every["SITE_COUNT"] == 2
    second = sorted(file.stem for file in (tmp_path / "all").iterdir())[1]
    given |= {"SITE_IDS": f" {second}，", "SHEETS": ["risk"], "OUTPUT": str(tmp_path / "one")}
    assert made(processing_module, **given)["SITE_COUNT"] == 1
    assert [file.stem for file in (tmp_path / "one").iterdir()] == [second]
    with pytest.raises(QgsProcessingException, match="nowhere"):
        made(processing_module, **{**given, "SITE_IDS": "nowhere"})


def test_images_of_chosen_sheets(processing_module, world, results, tmp_path):
    given = {"RESULTS": str(results), "CATALOGUE": str(world.catalogue), "LANGUAGE": "zh"}
    made(processing_module, **given, SHEETS=["risk"], FORMAT="png", OUTPUT=str(tmp_path / "maps"))
    files = sorted((tmp_path / "maps").iterdir())
    assert {file.suffix for file in files} == {".png"}
    assert QImage(str(files[0])).width() == pytest.approx(3508, abs=1)


def test_who_makes_the_maps_stands_in_the_settings(processing_module, world, results, tmp_path):
    write_preferences(Preferences(organisation="海湾市环境科学研究院", maker="王一"))
    try:
        given = {"RESULTS": str(results), "CATALOGUE": str(world.catalogue), "LANGUAGE": "zh"}
        made(processing_module, **given, SHEETS=["risk"], ONE_FILE=True, OUTPUT=str(tmp_path / "m"))
    finally:
        write_preferences(Preferences())
    text = page_texts(tmp_path / "m" / "maps.pdf")[0]
    assert "制图单位:海湾市环境科学研究院" in text
    assert "制图人:王一" in text
    assert f"制图日期:{date.today().isoformat()}" in text


def test_layers_that_changed_since_the_check_are_told(processing_module, results, tmp_path):
    other = make_world(tmp_path)
    (tmp_path / "schools.gpkg").write_bytes((tmp_path / "schools.gpkg").read_bytes() + b" ")
    listening = Listening()
    given = {"RESULTS": str(results), "CATALOGUE": str(other.catalogue), "LANGUAGE": "zh"}
    made(processing_module, listening, **given, SHEETS=["risk"], OUTPUT=str(tmp_path / "maps"))
    changed = [text for text in listening.told if "学校" in text]
    assert len(changed) == 1


def test_a_catalogue_without_the_layers_of_the_check_is_refused(
    processing_module, world, results, tmp_path
):
    text = world.catalogue.read_text(encoding="utf-8").replace("id: schools", "id: other")
    (tmp_path / "onemap.yaml").write_text(text, encoding="utf-8")
    given = {"RESULTS": str(results), "CATALOGUE": str(tmp_path / "onemap.yaml")}
    with pytest.raises(QgsProcessingException, match="schools"):
        made(processing_module, **given, OUTPUT=str(tmp_path / "maps"))
    assert not (tmp_path / "maps").exists()


@pytest.mark.parametrize("given", [{}, {"RESULTS": "a.gpkg", "SITES_FILE": "b.gpkg"}])
def test_one_source_of_sites_is_asked_for(processing_module, world, given, tmp_path):
    given = {**given, "CATALOGUE": str(world.catalogue), "OUTPUT": str(tmp_path / "maps")}
    with pytest.raises(QgsProcessingException):
        made(processing_module, **given)


def test_layouts_are_drawn_on_the_main_thread_and_every_parameter_has_help(processing_module):
    algorithm = QgsApplication.processingRegistry().algorithmById(MAKE)
    assert algorithm.flags() & Qgis.ProcessingAlgorithmFlag.NoThreading
    helps = {each.name(): each.help() for each in algorithm.parameterDefinitions()}
    assert [name for name, text in helps.items() if not text] == []
    named = algorithm.parameterDefinition("SHEETS").options()
    assert named == [subject.name for subject in subjects()]
    assert all(subject.name in helps["SHEETS"] for subject in subjects())


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_the_real_qgis_process_makes_maps(world, results, plugins, tmp_path, locale):
    run_qgis.enable_plugin(tmp_path, plugins)
    run_qgis.set_language(tmp_path, locale)
    given = {"RESULTS": str(results), "CATALOGUE": str(world.catalogue), "FORMAT": "geopdf"}
    inputs = json.dumps({"inputs": {**given, "ONE_FILE": True, "OUTPUT": str(tmp_path / "maps")}})
    done = run_qgis.run_process(["--json", "run", MAKE, "-"], tmp_path, plugins, inputs)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    atlas = tmp_path / "maps" / "maps.pdf"
    assert found["results"]["SHEET_COUNT"] == len(pypdf.PdfReader(atlas).pages)
    assert len([one for one in bookmarks(atlas) if one[0] == 0]) == found["results"]["SITE_COUNT"]
    title = "制作图件" if locale == "zh-Hans" else "Make maps"
    assert found["algorithm_details"]["name"] == title
