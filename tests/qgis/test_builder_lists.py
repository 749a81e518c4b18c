# SPDX-License-Identifier: GPL-2.0-or-later
"""The builder's order of layers, its files from elsewhere, and its access lists."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtTest import QTest

from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.gui.builder.dialog import BuilderDialog
from eco_onemap.paths import sample
from tests.qgis.test_builder import number_of

COMMENT = "# AREA holds the county's name here"


@pytest.fixture
def dialog(tmp_path: Path):
    """The builder with the sample city's catalogue, beside its data in a folder of the test."""
    for file in sample("onemap.yaml").parent.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path / file.name)
    dialog = BuilderDialog(QgsProject(), lambda _: None)
    dialog.open_path(tmp_path / "onemap.yaml")
    yield dialog
    dialog.session.open(tmp_path / "onemap.yaml")  # nothing is left to be asked about
    dialog.close()
    dialog.deleteLater()


def ids(dialog: BuilderDialog, section: str = "layers") -> list[str]:
    return [entry["id"] for entry in dialog.session.catalogue.entries(section)]


def test_layers_move_with_their_comments_and_stay_chosen(dialog: BuilderDialog) -> None:
    before, text = ids(dialog), dialog.session.catalogue.text
    page, number = dialog.layers, before.index("control_units")
    page.choose(number)
    page.move_current(1)
    page.move_current(1)
    moved = ids(dialog)
    assert moved.index("control_units") == number + 2
    assert sorted(moved) == sorted(before)
    assert page.table.currentIndex().row() == number + 2
    written = dialog.session.catalogue.text
    assert written.index(COMMENT) > written.index(f"id: {before[number + 2]}")
    page.move_current(-1)
    page.move_current(-1)
    assert dialog.session.catalogue.text == text


def test_the_first_layer_moves_no_further_up(dialog: BuilderDialog) -> None:
    dialog.layers.choose(0)
    dialog.layers.move_current(-1)
    assert dialog.session.is_saved
    dialog.layers.choose(len(ids(dialog)) - 1)
    dialog.layers.move_current(1)
    assert dialog.session.is_saved


def test_files_are_added_with_guesses_and_kept_by_one_undo(dialog, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    shutil.copy(sample("redline.gpkg"), folder / "某县生态保护红线.gpkg")
    shutil.copy(sample("drinking_zones.gpkg"), folder / "某县饮用水水源保护区.gpkg")
    (folder / "broken.gpkg").write_bytes(b"no layer")
    before = ids(dialog)
    dialog.layers.add_files([folder])
    added = dialog.session.catalogue.layers[len(before) :]
    assert [entry["role"] for entry in added] == ["eco_redline", "drinking_zone"]
    assert [entry["source"] for entry in added] == [
        "more/某县生态保护红线.gpkg",
        "more/某县饮用水水源保护区.gpkg",
    ]
    whys = [row.why for row in dialog.session.rows if not row.is_used]
    assert any("broken.gpkg" in why for why in whys)
    dialog.session.undo()
    assert ids(dialog) == before
    dialog.layers.choose(number_of(dialog, "eco_redline"))


def test_an_access_list_is_added_described_and_saved(dialog, tmp_path: Path) -> None:
    page = dialog.access
    assert page.names.count() == 1
    assert "clauses are read" in page.preview.text()
    count = int(page.preview.text().split()[0])
    lines = (tmp_path / "access_list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert count >= len(lines) - 1  # a row may be for several units
    shutil.copy(tmp_path / "access_list.csv", tmp_path / "区县清单.csv")
    page.add_files([str(tmp_path / "区县清单.csv")])
    assert page.names.currentRow() == 1
    line = page.form.texts["title"]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "County list")
    line.editingFinished.emit()
    page.form.level.setCurrentIndex(page.form.level.findData("county"))
    page.form.level.activated.emit(page.form.level.currentIndex())
    assert dialog.save_path(tmp_path / "onemap.yaml")
    _, added = read_catalogue(tmp_path / "onemap.yaml").access_lists
    assert (added.title, added.level, Path(added.source).name) == (
        "County list",
        "县",
        "区县清单.csv",
    )
    assert COMMENT in (tmp_path / "onemap.yaml").read_text(encoding="utf-8")
    page.remove_current()
    assert page.names.count() == 1


def test_what_is_wrong_with_a_list_is_said(dialog, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    dialog.access.add_files([str(tmp_path / "notes.csv")])
    assert "notes.csv" in dialog.access.preview.text()
    dialog.session.edit("", ("access_lists", 1, "source"), "gone.csv")
    assert "gone.csv" in dialog.access.preview.text()
    told = [problem.text.text("en") for problem in dialog.session.problems]
    assert [text for text in told if "gone.csv" in text and "take the list out" in text]
    dialog.access.remove_current()
    told = [problem.text.text("en") for problem in dialog.session.problems]
    assert not [text for text in told if "gone.csv" in text]
