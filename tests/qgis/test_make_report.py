# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports in QGIS: what the siting check writes beside the page, and what is made of results."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import replace
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from eco_onemap.core.errors import OutputError
from eco_onemap.core.progress import NoProgress
from eco_onemap.processing import result_files
from eco_onemap.processing.drawn_maps import maps_in, plates_in
from tests.outputs.builders import build_assessment
from tests.qgis.world import World, make_world

CHECK, MAKE = "ecoonemap:sitingcheck", "ecoonemap:makereport"
FIRST = np.array([0])


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def checked(processing_module, world: World, tmp_path_factory) -> Path:
    """The folder of a check with all files that it can write."""
    folder = tmp_path_factory.mktemp("checked")
    parameters = world.parameters(
        OUTPUT_GPKG=str(folder / "results.gpkg"),
        REPORT=str(folder / "report" / "check.html"),
        MAPS_FOLDER=str(folder / "maps"),
    )
    processing_module.run(CHECK, parameters)
    return folder


def test_word_and_workbook_stand_beside_the_page(checked: Path) -> None:
    names = sorted(file.name for file in (checked / "report").iterdir())
    assert names == ["check.docx", "check.html", "check.pdf", "check.xlsx"]


@pytest.mark.parametrize(("maps", "failing"), [("maps", False), ("", False), ("maps", True)])
def test_the_report_of_a_check_is_written_once(monkeypatch, tmp_path, maps, failing) -> None:
    """With its maps where they are wanted; without them where they cannot be drawn."""
    shown = []
    drawn = {"P01": Path("P01.png")}

    def draw(*_given, **_more):
        if failing:
            raise OutputError("document.no_printer", path="maps")
        return drawn

    monkeypatch.setattr(result_files, "export_risk_maps", draw)
    monkeypatch.setattr(
        result_files, "write_reports", lambda _stem, _told, edition, _part: shown.append(edition)
    )
    report, folder = str(tmp_path / "report.html"), maps and str(tmp_path / maps)
    files = result_files.ResultFiles("", "", report, folder, "en")
    written = files.write(build_assessment(), NoProgress())
    with contextlib.suppress(OutputError):
        written |= files.write_maps(build_assessment(), NoProgress())
        assert written["REPORT"] == report
    (edition,) = shown
    assert edition.maps == (drawn if maps and not failing else {})


def test_maps_are_in_the_document_at_200_dots_an_inch(checked: Path) -> None:
    document = docx.Document(str(checked / "report" / "check.docx"))
    assert len(document.inline_shapes) == 2  # the third site has no geometry
    maps = sorted((checked / "maps").glob("*.png"))
    assert len(maps) == len(list((checked / "maps").glob("*.pdf"))) == 2
    width, height = struct.unpack(">II", maps[0].read_bytes()[16:24])
    assert (width, height) == (int(297 / 25.4 * 200), int(210 / 25.4 * 200))


def test_reports_of_results_are_those_of_the_check(processing_module, checked, tmp_path) -> None:
    result = processing_module.run(
        MAKE,
        {
            "RESULTS": str(checked / "results.gpkg"),
            "MAPS": str(checked / "maps"),
            "OUTPUT": str(tmp_path / "again"),
        },
    )
    again = Path(result["OUTPUT"])
    for ending in ("docx", "xlsx", "pdf"):
        made = (again / f"report.{ending}").read_bytes()
        assert made == (checked / "report" / f"check.{ending}").read_bytes()
    assert (again / "report.html").exists()


def test_a_report_on_one_site_has_all_sheets_of_its_series(
    processing_module, checked, world, tmp_path
) -> None:
    """The sheet with all layers stands in the chapter on the project, the others at the end."""
    only = replace(world.assessment(), site_verdict=world.assessment().site_verdict.take(FIRST))
    site = str(only.site_verdict["site_id"][0])
    (tmp_path / "maps").mkdir()
    drawn = {"RESULTS": str(checked / "results.gpkg"), "CATALOGUE": str(world.catalogue)}
    drawn |= {"FORMAT": "png", "SITE_IDS": site, "OUTPUT": str(tmp_path / "maps")}
    processing_module.run("ecoonemap:makemaps", drawn)
    files = sorted(path.name for path in (tmp_path / "maps").glob(f"{site}_*.png"))
    maps = maps_in(str(tmp_path / "maps"), only)
    plates = plates_in(str(tmp_path / "maps"), only, "zh", maps)
    assert maps[site].name == files[-1]
    assert [plate.path.name for plate in plates] == files[:-1]
    assert len(plates) >= 2
    name = str(only.site_verdict["name"][0]) or site
    assert plates[0].title == f"{name}项目地理位置图"
    assert all(plate.title.endswith("位置关系图") for plate in plates[1:])
    assert not plates_in(str(tmp_path / "maps"), world.assessment(), "zh", maps)


def test_only_chosen_formats_are_written(processing_module, checked, tmp_path) -> None:
    parameters = {
        "RESULTS": str(checked / "results.gpkg"),
        "FORMATS": ["xlsx"],
        "OUTPUT": str(tmp_path / "one"),
    }
    processing_module.run(MAKE, parameters)
    assert [file.name for file in (tmp_path / "one").iterdir()] == ["report.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "one" / "report.xlsx")
    assert len(book.sheetnames) >= 9


def test_what_is_no_file_of_results_is_said_in_one_sentence(processing_module, tmp_path) -> None:
    (tmp_path / "text.gpkg").write_text("no database", encoding="utf-8")
    parameters = {"RESULTS": str(tmp_path / "text.gpkg"), "OUTPUT": str(tmp_path / "out")}
    with pytest.raises(QgsProcessingException, match=r"text\.gpkg"):
        processing_module.run(MAKE, parameters)
    assert not (tmp_path / "out").exists()


def test_all_papers_come_in_all_formats_in_the_style_of_an_office(
    processing_module, checked, tmp_path
) -> None:
    office = tmp_path / "office"
    office.mkdir()
    (office / "texts.yaml").write_text(
        "en: {title: Our Report}\nzh: {title: 本院报告}\n", encoding="utf-8"
    )
    (office / "template.docx").write_bytes(b"no zip")
    feedback = Log()
    parameters = {
        "RESULTS": str(checked / "results.gpkg"),
        "PAPERS": ["report", "departments", "comparison", "sources", "public"],
        "HOUSE_STYLE": str(office),
        "RELEASED_BY": "Li Hua",
        "OUTPUT": str(tmp_path / "papers"),
    }
    processing_module.run(MAKE, parameters, feedback=feedback)
    names = {file.name for file in (tmp_path / "papers").iterdir()}
    kinds = ("report", "departments", "comparison", "sources", "public")
    assert names == {f"{kind}.{end}" for kind in kinds for end in ("html", "docx", "xlsx", "pdf")}
    (warning,) = feedback.warnings
    assert "template.docx" in warning  # broken: said, and the built-in one used
    assert sum(line.startswith("□") for line in feedback.infos) == 5
    page = (tmp_path / "papers" / "public.html").read_text(encoding="utf-8")
    assert "Li Hua" in page
    assert 'class="watermark"' in page
    document = docx.Document(str(tmp_path / "papers" / "report.docx"))
    assert document.paragraphs[0].text in ("Our Report", "本院报告")


def test_the_public_gets_nothing_that_nobody_released(processing_module, checked, tmp_path) -> None:
    feedback = Log()
    parameters = {
        "RESULTS": str(checked / "results.gpkg"),
        "PAPERS": ["public"],
        "OUTPUT": str(tmp_path / "papers"),
    }
    with pytest.raises(QgsProcessingException):
        processing_module.run(MAKE, parameters, feedback=feedback)
    assert sum(line.startswith("□") for line in feedback.infos) == 5
    assert list((tmp_path / "papers").iterdir()) == []


class Log(QgsProcessingFeedback):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__(False)
        self.infos: list[str] = []
        self.warnings: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.infos.append(info)

    def pushWarning(self, warning: str) -> None:
        self.warnings.append(warning)
