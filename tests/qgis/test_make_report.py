# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports in QGIS: what the siting check writes beside the page, and what is made of results."""

from __future__ import annotations

import struct
from pathlib import Path

import docx
import openpyxl
import pytest
from qgis.core import QgsProcessingException

from tests.qgis.world import World, make_world

CHECK, MAKE = "ecoonemap:sitingcheck", "ecoonemap:makereport"


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
