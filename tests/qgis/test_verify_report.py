# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports verified in QGIS: the algorithm, ``qgis_process``, the entry of the menu."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import package
import pytest
import run_qgis
from qgis.core import QgsProcessingException

from eco_onemap.cli.main import run as run_cli
from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import UNASKED
from tests.qgis.windows import in_window
from tests.qgis.world import World, make_world

VERIFY = "ecoonemap:verifyreport"
PICTURES = package.ROOT / "build" / "pictures"
NAMES = {"en": "Verify a report…", "zh-Hans": "核验报告…"}


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def reports(world: World, tmp_path_factory) -> Path:
    """The folder of a report in three formats."""
    folder = tmp_path_factory.mktemp("reports")
    edition = Edition("zh", list(UNASKED))
    write_reports(folder / "report", world.assessment(), edition, NoProgress())
    return folder


@pytest.fixture
def edited(reports: Path, tmp_path: Path) -> Path:
    """The page with another verdict."""
    page = tmp_path / "edited.html"
    text = (reports / "report.html").read_text(encoding="utf-8")
    assert "一级区" in text
    page.write_text(text.replace("一级区", "二级区", 1), encoding="utf-8")
    return page


def parameters(report: Path, world: World) -> dict[str, Any]:
    given = {"REPORT": str(report), "CATALOGUE": str(world.catalogue)}
    return given | {"RULES": [str(world.rules)]}


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html"])
def test_a_report_is_the_same(processing_module, world, reports, ending: str) -> None:
    done = processing_module.run(VERIFY, parameters(reports / f"report.{ending}", world))
    assert (done["SAME"], done["INTACT"], done["HOLDS"]) == (True, True, True)


def test_without_a_catalogue_only_the_text_is_compared(processing_module, edited, reports) -> None:
    given = {"REPORT": str(reports / "report.docx"), "CATALOGUE": ""}
    done = processing_module.run(VERIFY, given)
    assert (done["SAME"], done["INTACT"], "HOLDS" in done) == (True, True, False)
    done = processing_module.run(VERIFY, given | {"REPORT": str(edited)})
    assert (done["SAME"], done["INTACT"]) == (False, False)
    assert len(done["TEXT"].splitlines()) == 4


def test_a_changed_layer_another_date_and_another_number_are_told(
    processing_module, world, reports, tmp_path
) -> None:
    report = reports / "report.docx"
    moved = World(Path(shutil.copytree(world.folder, tmp_path / "moved")))
    (moved.folder / "schools.gpkg").unlink()
    done = processing_module.run(VERIFY, parameters(report, moved))
    assert (done["SAME"], done["INTACT"], done["HOLDS"]) == (False, True, False)
    assert "学校" in done["TEXT"]
    done = processing_module.run(VERIFY, parameters(report, world) | {"AS_OF": "2019-01-01"})
    assert "2026-11-23 → 2019-01-01" in done["TEXT"]
    done = processing_module.run(VERIFY, parameters(report, world) | {"NUMBER": "00000"})
    assert (done["SAME"], done["INTACT"]) == (False, False)


@pytest.mark.parametrize("name", ["nowhere.docx", "plain.docx"])
def test_what_cannot_be_verified_is_one_sentence(processing_module, world, tmp_path, name) -> None:
    (tmp_path / "plain.docx").write_text("no zip", encoding="utf-8")
    with pytest.raises(QgsProcessingException, match=name):
        processing_module.run(VERIFY, parameters(tmp_path / name, world))


@pytest.mark.slow
def test_qgis_process_says_what_the_command_line_says(
    world, reports, edited, tmp_path, capsys, monkeypatch
) -> None:
    monkeypatch.setenv("ECO_ONEMAP_CACHE", str(tmp_path / "cache"))
    profile, plugins = tmp_path / "profile", tmp_path / "plugins"
    package.stage_plugin(plugins)
    run_qgis.enable_plugin(profile, plugins)
    for report, code in ((reports / "report.xlsx", 0), (edited, 1)):
        given = ["--catalogue", str(world.catalogue), "--rules", str(world.rules)]
        assert run_cli(["verify", str(report), *given, "--language", "en"]) == code
        told = capsys.readouterr().out.strip()
        job = ["--json", "run", VERIFY, "-"]
        inputs = json.dumps({"inputs": parameters(report, world)})
        done = run_qgis.run_process(job, profile, plugins, inputs)
        assert done.returncode == 0, done.stderr
        results = json.loads(done.stdout)["results"]
        assert (results["SAME"], results["TEXT"]) == (code == 0, told)


@pytest.mark.slow
@pytest.mark.parametrize("locale", sorted(NAMES))
def test_the_menu_opens_the_dialog_that_goes_with_the_plugin(
    locale: str, plugins: Path, world: World, edited: Path, tmp_path: Path
) -> None:
    given = {"action": NAMES[locale], "parameters": parameters(edited, world)}
    given["pictures"] = str(PICTURES / locale)
    found = in_window("verifying.py", plugins, tmp_path, given=given, locale=locale)
    assert found["finished"] == [True], found["log"]
    assert (found["results"]["SAME"], found["results"]["INTACT"]) == (False, False)
    assert found["results"]["TEXT"].splitlines()[1] in found["log"]
    assert found["has_icon"]
    assert (found["open"], found["left"]) == (1, 0)
