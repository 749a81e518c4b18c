# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue builder on layers of a project: models, edits, undo, saving, opening."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsDataSourceUri, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QPoint, Qt
from qgis.PyQt.QtTest import QAbstractItemModelTester, QTest
from qgis.PyQt.QtWidgets import QComboBox, QMessageBox, QPushButton

from eco_onemap.core.layers.building.description import Form
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.gui.builder import mapping_model
from eco_onemap.gui.builder.dialog import BuilderDialog
from eco_onemap.gui.builder.layer_model import Column
from eco_onemap.paths import sample
from eco_onemap.qgis_bridge.project_layers import address_of, describe_project
from eco_onemap.readers.files import FileLayers
from tests.qgis.conftest import KEPT

NAMES = ("redline", "drinking_zones", "control_units", "coverage_soil_register")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        shutil.copy(sample(f"{name}.gpkg"), tmp_path / f"{name}.gpkg")
    for file in sample("sensitive.shp").parent.glob("sensitive.*"):
        shutil.copy(file, tmp_path / file.name)
    shutil.copy(sample("sea_risk_grid.tif"), tmp_path / "sea_risk_grid.tif")
    return tmp_path


@pytest.fixture
def project(folder: Path) -> Iterator[QgsProject]:
    """A project with the city's layers, one that no file holds and one that says little."""
    project = QgsProject()
    for name in NAMES:
        project.addMapLayer(QgsVectorLayer(str(folder / f"{name}.gpkg"), name, "ogr"))
    project.addMapLayer(QgsVectorLayer(str(folder / "sensitive.shp"), "敏感目标", "ogr"))
    project.addMapLayer(QgsRasterLayer(str(folder / "sea_risk_grid.tif"), "海域风险", "gdal"))
    project.addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:4490", "scratch", "memory"))
    yield project
    project.clear()


@pytest.fixture
def dialog(project: QgsProject) -> Iterator[BuilderDialog]:
    opened: list[Path] = []
    dialog = BuilderDialog(project, opened.append)
    dialog.opened = opened
    dialog.look_at_project()
    dialog.session.start_new()
    yield dialog
    dialog.session.open(sample("onemap.yaml"))  # nothing is left to be asked about
    dialog.close()
    dialog.deleteLater()


def cell(dialog: BuilderDialog, title: str, column: Column):
    model = dialog.layers.model
    for row in range(model.rowCount()):
        if model.index(row, Column.TITLE).data() == title:
            return model.index(row, column)
    raise AssertionError(title)


def number_of(dialog: BuilderDialog, role: str) -> int:
    """The row, and the number of the entry, of the layer with a role."""
    roles = [entry["role"] for entry in dialog.session.catalogue.layers]
    return roles.index(role)


def field_cell(dialog: BuilderDialog, attribute: str, column: int):
    model = dialog.layers.fields
    for row in range(model.rowCount()):
        if attribute in model.index(row, 0).data().replace("(", " ").replace(")", " ").split():
            return model.index(row, column)
    raise AssertionError(attribute)


def test_descriptions_are_those_of_the_command_line(project: QgsProject, folder: Path) -> None:
    found = {one.name: one.description for one in describe_project(project.mapLayers().values())}
    for name in NAMES:
        (plain,) = FileLayers().describe_file(folder / f"{name}.gpkg")
        inside = found[name]
        assert inside.fields == plain.fields
        assert (inside.crs, inside.form, inside.source) == (plain.crs, plain.form, plain.source)
        assert inside.areas_m2 == pytest.approx(plain.areas_m2, rel=1e-12)
    assert found["海域风险"].form is Form.RASTER
    assert found["scratch"] is None


def test_a_shapefile_is_described_in_its_own_encoding(project: QgsProject) -> None:
    found = {one.name: one.description for one in describe_project(project.mapLayers().values())}
    names = next(field for field in found["敏感目标"].fields if field.name == "MBMC")
    assert names.values[0] == "上林村"


def test_the_address_of_a_table_tells_no_password() -> None:
    uri = QgsDataSourceUri()
    uri.setConnection("db.example", "5433", "eco map", "me", "secret")
    assert address_of(uri) == "postgresql://db.example:5433/eco%20map"


def test_models_keep_qts_rules(dialog: BuilderDialog) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    for model in (dialog.layers.model, dialog.layers.fields, dialog.problems.model):
        KEPT.append(QAbstractItemModelTester(model, mode))
    dialog.layers.choose(number_of(dialog, "eco_redline"))
    session = dialog.session
    session.use(session.rows[0], False)
    session.undo()
    session.redo()
    session.undo()
    for row in range(dialog.layers.model.rowCount()):
        dialog.layers.choose(row)


def test_a_new_catalogue_takes_what_is_not_doubtful(dialog: BuilderDialog) -> None:
    roles = [entry["role"] for entry in dialog.session.catalogue.layers]
    expected = ["eco_redline", "drinking_zone", "control_unit", "sensitive", "sea_risk_grid"]
    assert sorted(roles) == sorted(expected)
    offered = [row.entry["title"] for row in dialog.session.rows if not row.is_used]
    assert sorted(offered) == ["coverage_soil_register", "scratch"]


def test_a_new_catalogue_names_files_from_the_folder_of_the_data(
    dialog: BuilderDialog, folder: Path
) -> None:
    assert dialog.session.folder == folder.resolve()
    sources = {entry["source"] for entry in dialog.session.catalogue.layers}
    assert "redline.gpkg" in sources


def test_ticking_adds_and_takes_out(dialog: BuilderDialog) -> None:
    model = dialog.layers.model
    title = "coverage_soil_register"
    row = cell(dialog, title, Column.TITLE).row()
    count = len(dialog.session.catalogue.layers)
    assert model.setData(
        model.index(row, Column.USE), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
    )
    assert len(dialog.session.catalogue.layers) == count + 1
    index = cell(dialog, title, Column.USE)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    model.setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert len(dialog.session.catalogue.layers) == count


def test_a_layer_without_a_file_cannot_be_used(dialog: BuilderDialog) -> None:
    index = cell(dialog, "scratch", Column.USE)
    assert not index.flags() & Qt.ItemFlag.ItemIsEnabled
    assert "save it to a file" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_doubtful_guess_is_shown_as_such(dialog: BuilderDialog) -> None:
    index = cell(dialog, "coverage_soil_register", Column.GUESS)
    assert index.data() == "Register of contaminated parcels? (doubtful)"
    assert "coverage" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert not dialog.layers.model.row(index).is_used


def test_cells_are_edited_undone_and_redone(dialog: BuilderDialog) -> None:
    model = dialog.layers.model
    before = dialog.session.catalogue.text
    assert model.setData(model.index(0, Column.TITLE), "红线（试）")
    assert dialog.session.catalogue.layers[0]["title"] == "红线（试）"
    model.setData(model.index(0, Column.VERSION), "2024")
    assert 'version: "2024"' in dialog.session.catalogue.text
    dialog.undo_action.trigger()
    dialog.undo_action.trigger()
    assert dialog.session.catalogue.text == before
    assert not dialog.undo_action.isEnabled()
    dialog.redo_action.trigger()
    assert model.index(0, Column.TITLE).data() == "红线（试）"


def test_a_role_is_chosen_in_the_table_and_brings_its_fields(dialog: BuilderDialog) -> None:
    page = dialog.layers
    number = number_of(dialog, "eco_redline")
    index = dialog.layers.model.index(number, Column.ROLE)
    page.table.setCurrentIndex(index)
    page.table.edit(index)
    (box,) = page.table.findChildren(QComboBox)
    box.setCurrentIndex(box.findData("reserve"))
    box.activated.emit(box.currentIndex())
    entry = dialog.session.catalogue.layers[number]
    assert entry["role"] == "reserve"
    assert "in_core" not in entry["fields"]  # which is the red line's


def test_a_click_on_a_cells_arrow_opens_its_list(dialog: BuilderDialog) -> None:
    dialog.show()
    table = dialog.layers.table
    index = dialog.layers.model.index(1, Column.ROLE)
    cell = table.visualRect(index)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(table.viewport(), left, none, cell.center())
    assert table.findChildren(QComboBox) == []  # the first click beside the arrow chooses the row
    QTest.mouseClick(table.viewport(), left, none, cell.topRight() + QPoint(-5, 5))
    (box,) = table.findChildren(QComboBox)
    QTest.qWait(50)
    assert box.view().isVisible()
    box.hidePopup()


def test_layers_opened_meanwhile_are_at_hand_when_asked_for(
    dialog: BuilderDialog, project: QgsProject, folder: Path
) -> None:
    before = dialog.session.catalogue.text
    shutil.copy(sample("wetlands.gpkg"), folder / "wetlands.gpkg")
    project.addMapLayer(QgsVectorLayer(str(folder / "wetlands.gpkg"), "湿地", "ogr"))
    names = [row.entry["title"] for row in dialog.session.rows]
    dialog.layers.look_wanted.emit()
    (new,) = [row for row in dialog.session.rows if row.entry["title"] not in names]
    assert (new.entry["role"], new.is_used) == ("wetland", False)
    assert dialog.session.catalogue.text == before


def test_an_empty_project_is_told_what_to_do() -> None:
    dialog = BuilderDialog(QgsProject(), lambda _: None)
    dialog.look_at_project()
    dialog.session.start_new()
    assert "add files" in dialog.layers.headline.text()
    dialog.close()


def test_fields_are_mapped_with_previews(dialog: BuilderDialog) -> None:
    number = number_of(dialog, "drinking_zone")
    dialog.layers.choose(number)
    columns = mapping_model.Column
    assert field_cell(dialog, "level", columns.VALUES).data() == "1 · 2 · 3"
    assert field_cell(dialog, "level", columns.GUESS).data() == "sure"
    model = dialog.layers.fields
    index = field_cell(dialog, "level", columns.FIELD)
    assert index.data(Qt.ItemDataRole.FontRole).bold()  # rules ask for it
    assert model.setData(index, "")
    assert "level" not in dialog.session.catalogue.layers[number]["fields"]
    keys = [p.text.key for p in dialog.session.problems if p.layer == number]
    assert "problem.needed_field" in keys
    model.setData(field_cell(dialog, "level", columns.FIELD), "BHQJB")
    assert dialog.session.catalogue.layers[number]["fields"]["level"] == "BHQJB"


def test_the_form_edits_what_the_table_does_not_show(dialog: BuilderDialog) -> None:
    dialog.layers.choose(0)
    form = dialog.layers.form
    form.texts["authority"].setText("某局")
    QTest.keyClick(form.texts["authority"], Qt.Key.Key_Return)
    form.dates["issued"].setDate(QDate(2024, 6, 30))
    form.texts["accuracy_m"].setText("5")
    form.texts["accuracy_m"].editingFinished.emit()
    form.secrecy.setCurrentIndex(form.secrecy.findData("sensitive"))
    form.secrecy.activated.emit(form.secrecy.currentIndex())
    text = dialog.session.catalogue.text
    for line in ("authority: 某局", "issued: 2024-06-30", "accuracy_m: 5", "secrecy: sensitive"):
        assert f"    {line}\n" in text
    form.dates["issued"].clear()
    assert "issued" not in dialog.session.catalogue.layers[0]


def test_classes_of_a_raster_are_written_as_pairs(dialog: BuilderDialog) -> None:
    number = number_of(dialog, "sea_risk_grid")
    dialog.layers.choose(number)
    line = dialog.layers.form.texts["classes"]
    for text, expected in (
        ("1=低; 2=较低；3=高", {1: "低", 2: "较低", 3: "高"}),
        ("1=低", {1: "低"}),
        ("low", "low"),
    ):
        line.setText(text)
        line.editingFinished.emit()
        assert dialog.session.catalogue.layers[number]["classes"] == expected
    assert any("classes" in p.text.text("en") for p in dialog.session.problems)
    dialog.undo_action.trigger()
    assert line.text() == "1=低"


def test_problems_are_cured_at_a_click(dialog: BuilderDialog) -> None:
    view = dialog.problems
    row = next(
        n
        for n in range(view.model.rowCount())
        if view.model.problem(n).text.key == "problem.no_crs"
    )
    view.table.selectRow(row)
    (button,) = view.buttons()
    assert button.text() == "Set crs to EPSG:4490"
    button.click()
    keys = [problem.text.key for problem in dialog.session.problems]
    assert "problem.no_crs" not in keys
    assert any(entry.get("crs") == "EPSG:4490" for entry in dialog.session.catalogue.layers)


def test_saving_gives_a_catalogue_that_a_check_reads(dialog: BuilderDialog, folder: Path) -> None:
    target = folder / "maps" / "onemap.yaml"
    target.parent.mkdir()
    assert dialog.save_path(target)
    assert dialog.session.is_saved
    found = read_catalogue(target)
    assert found.notes == ()
    assert {Path(entry.source).resolve().parent for entry in found.layers} == {folder.resolve()}
    assert all("../" in entry["source"] for entry in dialog.session.catalogue.layers)
    redline = next(entry for entry in found.layers if entry.role == "eco_redline")
    assert len(FileLayers().read_features(redline).feature_ids) == 26
    assert dialog.preview.toPlainText() == target.read_text(encoding="utf-8")


def test_an_opened_catalogue_keeps_its_comments(dialog: BuilderDialog, folder: Path) -> None:
    path = folder / "onemap.yaml"
    text = (
        "# mine\nonemap: 1\ntitle: T\nlayers:\n  - id: r # stable\n    role: eco_redline\n"
        "    title: 红线\n    source: redline.gpkg\n    house: x\n"
    )
    path.write_text(text, encoding="utf-8")
    dialog.open_path(path)
    used = [row for row in dialog.session.rows if row.is_used]
    offered = [row for row in dialog.session.rows if not row.is_used]
    assert len(used) == 1
    assert not any("redline" in str(row.entry.get("source")) for row in offered)
    dialog.layers.model.setData(dialog.layers.model.index(0, Column.COVERAGE), "extent")
    assert dialog.save_path(path)
    saved = path.read_text(encoding="utf-8")
    source = "    source: redline.gpkg\n"
    assert saved == text.replace(source, source + "    coverage: extent\n")
    assert (folder / "onemap.yaml.bak").read_text(encoding="utf-8") == text


def answer_with(monkeypatch, words: str) -> list[list[str]]:
    """Press the button with these words in the next box; return the words of all it shows."""
    seen: list[list[str]] = []

    def press(box: QMessageBox) -> None:
        seen.append([button.text() for button in box.buttons()])
        next(button for button in box.buttons() if button.text() == words).click()

    monkeypatch.setattr(QMessageBox, "exec", press)
    return seen


@pytest.mark.parametrize("words", ["Save", "Discard", "Cancel"])
def test_unsaved_edits_are_asked_about_before_the_builder_closes(
    dialog: BuilderDialog, folder: Path, monkeypatch, words: str
) -> None:
    path = folder / "onemap.yaml"
    dialog.save_path(path)
    before = path.read_bytes()
    dialog.layers.model.setData(dialog.layers.model.index(0, Column.TITLE), "X")
    dialog.show()
    asked = answer_with(monkeypatch, words)
    dialog.reject()
    assert [sorted(each) for each in asked] == [["Cancel", "Discard", "Save"]]
    assert dialog.isVisible() is (words == "Cancel")
    assert (path.read_bytes() != before) is (words == "Save")
    assert dialog.session.is_saved is (words == "Save")


def test_the_questions_are_chinese_where_qgis_is(
    dialog: BuilderDialog, folder: Path, monkeypatch
) -> None:
    dialog.save_path(folder / "onemap.yaml")
    dialog.layers.model.setData(dialog.layers.model.index(0, Column.TITLE), "X")
    monkeypatch.setattr(QgsApplication, "locale", lambda: "zh-Hans")
    asked = answer_with(monkeypatch, "取消")
    dialog.reject()
    (folder / "onemap.yaml").write_text("changed elsewhere", encoding="utf-8")
    dialog.save_path(folder / "onemap.yaml")
    assert [sorted(words) for words in asked] == [["保存", "取消", "放弃"], ["取消", "替换"]]


@pytest.mark.parametrize("replaced", [True, False])
def test_a_file_that_was_changed_underneath_is_not_replaced_unasked(
    dialog: BuilderDialog, folder: Path, monkeypatch, replaced: bool
) -> None:
    path = folder / "onemap.yaml"
    assert dialog.save_path(path)
    path.write_text("changed elsewhere", encoding="utf-8")
    dialog.layers.model.setData(dialog.layers.model.index(0, Column.TITLE), "X")
    asked = answer_with(monkeypatch, "Replace" if replaced else "Cancel")
    assert dialog.save_path(path) is replaced
    assert [sorted(words) for words in asked] == [["Cancel", "Replace"]]
    kept = path.with_name("onemap.yaml.bak") if replaced else path
    assert kept.read_text(encoding="utf-8") == "changed elsewhere"
    assert dialog.session.is_saved is replaced


def test_a_folder_that_cannot_be_written_is_said(dialog: BuilderDialog, folder: Path) -> None:
    assert not dialog.save_path(folder / "nowhere" / "onemap.yaml")
    assert "nowhere" in dialog.bar.currentItem().text()
    assert not dialog.session.is_saved


def test_a_layer_that_was_deleted_from_the_project_does_no_harm(
    dialog: BuilderDialog, project: QgsProject
) -> None:
    project.clear()
    dialog.layers.model.setData(dialog.layers.model.index(0, Column.TITLE), "X")
    assert dialog.session.catalogue.layers[0]["title"] == "X"
    dialog.look_at_project()
    assert all(row.is_used for row in dialog.session.rows)


def test_a_catalogue_that_cannot_be_read_is_said(dialog: BuilderDialog, folder: Path) -> None:
    path = folder / "bad.yaml"
    path.write_text("a: [", encoding="utf-8")
    before = dialog.session.catalogue
    dialog.open_path(path)
    assert dialog.session.catalogue is before
    assert "bad.yaml" in dialog.bar.currentItem().text()


def test_an_edit_that_the_text_does_not_take_is_said(dialog: BuilderDialog, folder: Path) -> None:
    path = folder / "anchors.yaml"
    path.write_text(
        "onemap: 1\ntitle: &t T\nlayers:\n"
        "  - {id: r, role: eco_redline, title: *t, source: redline.gpkg}\n",
        encoding="utf-8",
    )
    dialog.open_path(path)
    dialog.layers.model.setData(dialog.layers.model.index(0, Column.TITLE), "X")
    assert "anchors" in dialog.bar.currentItem().text()
    assert dialog.session.catalogue.text == path.read_text(encoding="utf-8")


def test_a_saved_map_is_opened_on_request(dialog: BuilderDialog, folder: Path) -> None:
    target = folder / "onemap.yaml"
    dialog.save_path(target)
    buttons = [b for b in dialog.bar.findChildren(QPushButton) if b.text() == "Open this map"]
    buttons[0].click()
    assert dialog.opened == [target]
