# SPDX-License-Identifier: GPL-2.0-or-later
"""Maps and papers in either language from the results of one check."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from qgis.core import QgsProcessingException

from tests.qgis.pdf_files import page_texts
from tests.qgis.world import World, make_world

PAPERS = {"PAPERS": ["report"], "FORMATS": ["docx"]}


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def results(processing_module, world, tmp_path_factory) -> Path:
    """What a check in Chinese wrote."""
    path = tmp_path_factory.mktemp("results") / "results.gpkg"
    processing_module.run("ecoonemap:sitingcheck", world.parameters(OUTPUT_GPKG=str(path)))
    assert path.is_file()
    return path


def maps(world: World, results: Path, folder: Path, language: str) -> dict[str, object]:
    return {
        "RESULTS": str(results),
        "CATALOGUE": str(world.catalogue),
        "SHEETS": ["risk"],
        "LANGUAGE": language,
        "OUTPUT": str(folder),
    }


@pytest.mark.parametrize(
    ("language", "wanted", "foreign"),
    [
        ("zh", ("禁止", "图例", "该地块占用"), "Prohibited"),
        ("en", ("Prohibited", "Legend", "Thesiteoverlaps"), "禁止"),
    ],
)
def test_maps_of_one_file_of_results_speak_either_language(
    processing_module, world, results, tmp_path, language, wanted, foreign
):
    processing_module.run("ecoonemap:makemaps", maps(world, results, tmp_path, language))
    (text,) = page_texts(tmp_path / "a.pdf")
    assert all(word in text for word in wanted)
    assert foreign not in text
    assert "0.4999" in text  # the same number in both


@pytest.mark.parametrize(("language", "word"), [("results", "禁止"), ("en", "Prohibited")])
def test_papers_of_one_file_of_results_speak_either_language(
    processing_module, world, results, tmp_path, language, word
):
    given = {"RESULTS": str(results), "CATALOGUE": str(world.catalogue), **PAPERS}
    made = {**given, "LANGUAGE": language, "OUTPUT": str(tmp_path)}
    processing_module.run("ecoonemap:makereport", made)
    document = docx.Document(str(tmp_path / "report.docx"))
    cells = {c.text for table in document.tables for row in table.rows for c in row.cells}
    assert any(word in text for text in cells)
    assert any("4,998.76" in text for text in cells)


def test_layers_that_give_another_result_are_no_source_of_words(
    processing_module, world, results, tmp_path
):
    other = World(tmp_path / "other")
    shutil.copytree(world.folder, other.folder)
    shutil.copyfile(world.folder / "region.gpkg", other.folder / "zones.gpkg")
    with pytest.raises(QgsProcessingException, match=r"language|语言"):
        processing_module.run("ecoonemap:makemaps", maps(other, results, tmp_path / "m", "en"))
    assert not list((tmp_path / "m").glob("*"))
