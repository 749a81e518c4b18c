# SPDX-License-Identifier: GPL-2.0-or-later
"""The builder's order of layers, its files from elsewhere, and its access lists."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QMimeData, QModelIndex, Qt, QUrl
from qgis.PyQt.QtTest import QAbstractItemModelTester, QTest

from eco_onemap.core.layers.catalogue import parse_catalogue, read_catalogue
from eco_onemap.core.zoning.clause_reading import read_clauses
from eco_onemap.gui.builder import mapping_model
from eco_onemap.gui.builder.choice_delegate import CHOICES
from eco_onemap.gui.builder.dialog import BuilderDialog
from eco_onemap.paths import sample
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.readers.files import FileLayers
from tests.qgis.conftest import KEPT
from tests.qgis.test_builder import number_of
from tests.readers.sources import write_layer

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
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


def dropped(dialog: BuilderDialog, number: int, before: int) -> bool:
    """Drop a layer before a row as the table does."""
    model, top = dialog.layers.model, QModelIndex()
    data = model.mimeData([model.index(number, 1)])
    move = Qt.DropAction.MoveAction
    return model.canDropMimeData(data, move, before, 0, top) and model.dropMimeData(
        data, move, before, 0, top
    )


def test_a_layer_is_dropped_at_its_new_place_and_stays_chosen(dialog: BuilderDialog) -> None:
    before, text = ids(dialog), dialog.session.catalogue.text
    KEPT.append(QAbstractItemModelTester(dialog.layers.model, FATAL))
    page, last = dialog.layers, len(before) - 1
    for number, above, to in ((0, 3, 2), (5, 1, 1), (2, -1, last), (3, 4, 3), (3, 3, 3)):
        expected = [each for each in before if each != before[number]]
        expected.insert(to, before[number])
        page.choose(number)
        assert dropped(dialog, number, above)
        assert ids(dialog) == expected
        chosen = page.model.row(page.table.currentIndex())
        assert chosen.entry["id"] == before[number]
        assert page.form.texts["id"].text() == before[number]
        if expected != before:
            dialog.session.undo()
            assert page.table.currentIndex().row() == number
            dialog.session.redo()
            assert ids(dialog) == expected
            dialog.session.undo()
        assert dialog.session.catalogue.text == text


def test_a_dropped_layer_takes_its_comments_along(dialog: BuilderDialog) -> None:
    text = dialog.session.catalogue.text
    number = ids(dialog).index("control_units")
    assert COMMENT in text[: text.index("id: control_units") + 900]
    assert dropped(dialog, number, 0)
    written = dialog.session.catalogue.text
    assert written.index(COMMENT) < written.index(f"id: {ids(dialog)[1]}")
    assert sorted(written.splitlines()) == sorted(text.splitlines())


def test_only_layers_of_the_catalogue_are_dragged_and_only_among_them(
    dialog: BuilderDialog, tmp_path: Path
) -> None:
    (tmp_path / "broken.gpkg").write_bytes(b"no layer")
    dialog.layers.add_files([tmp_path / "broken.gpkg"])
    model, count = dialog.layers.model, len(ids(dialog))
    assert model.rowCount() == count + 1
    assert model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsDragEnabled
    assert not model.flags(model.index(count, 1)) & Qt.ItemFlag.ItemIsDragEnabled
    before = ids(dialog)
    assert not dropped(dialog, 0, count + 1)
    data, onto = model.mimeData([model.index(0, 1)]), model.index(3, 1)
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, onto)
    foreign = QMimeData()
    foreign.setText("0")
    assert not model.dropMimeData(foreign, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert ids(dialog) == before


def test_files_dropped_onto_the_table_are_added(dialog: BuilderDialog, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    shutil.copy(sample("wetlands.gpkg"), folder / "某县湿地.gpkg")
    data, before = QMimeData(), ids(dialog)
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    model, copy, top = dialog.layers.model, Qt.DropAction.CopyAction, QModelIndex()
    assert model.canDropMimeData(data, copy, -1, -1, top)
    assert model.dropMimeData(data, copy, -1, -1, top)
    assert ids(dialog)[:-1] == before
    assert dialog.session.catalogue.layers[-1]["source"] == "more/某县湿地.gpkg"
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/map")])
    assert not model.canDropMimeData(web, copy, -1, -1, top)


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


LIST = "代号,级,说明,备注\nZH99010110001,单元,禁止新建化工项目,甲\nZH99010120002,单元,限制扩建,乙\n"


def column_cell(dialog: BuilderDialog, name: str, column: int) -> QModelIndex:
    """Return a cell of the columns of an access list."""
    model = dialog.access.columns
    return model.index(model.rows().index(name), column)


def test_columns_of_a_list_are_mapped_with_previews(dialog: BuilderDialog, tmp_path: Path) -> None:
    page, columns = dialog.access, mapping_model.Column
    KEPT.append(QAbstractItemModelTester(page.columns, FATAL))
    assert column_cell(dialog, "text", columns.GUESS).data() == "by its heading"
    assert column_cell(dialog, "text", columns.FIELD).data() == "clause_text"
    (tmp_path / "own.csv").write_text(LIST, encoding="utf-8")
    page.add_files([str(tmp_path / "own.csv")])
    assert "fields" in page.preview.text()  # the heading is not understood
    text, code = column_cell(dialog, "text", 0), column_cell(dialog, "scope_code", 0)
    assert text.data(Qt.ItemDataRole.FontRole).bold()
    assert text.siblingAtColumn(columns.GUESS).data() == "missing"
    field = text.siblingAtColumn(columns.FIELD)
    offered = [words for _, words in field.data(CHOICES)]
    assert offered == ["none", "代号", "级", "说明", "备注"]
    assert page.columns.setData(field, "说明")
    assert text.siblingAtColumn(columns.VALUES).data() == "禁止新建化工项目 · 限制扩建"
    assert page.columns.setData(code.siblingAtColumn(columns.FIELD), "代号")
    assert page.preview.text().startswith("2 clauses are read")
    assert "ZH99010110001" in page.preview.text()
    path = tmp_path / "onemap.yaml"
    assert dialog.save_path(path)
    *_, own = read_catalogue(path).access_lists
    assert dict(own.fields) == {"text": "说明", "scope_code": "代号"}
    clauses = read_clauses(FileLayers().read_rows(own), own)
    assert [clause.scope for clause in clauses] == ["ZH99010110001", "ZH99010120002"]
    dialog.session.undo()
    assert "fields" in page.preview.text()
    assert page.columns.setData(code.siblingAtColumn(columns.FIELD), "没有")
    assert code.siblingAtColumn(columns.GUESS).data() == "not in the table"
    assert page.columns.setData(code.siblingAtColumn(columns.FIELD), "")
    assert code.siblingAtColumn(columns.GUESS).data() == "missing"
    assert "scope_code" not in dialog.session.catalogue.entries("access_lists")[-1]["fields"]


def test_a_level_for_the_whole_list_needs_no_column_of_codes(
    dialog: BuilderDialog, tmp_path: Path
) -> None:
    (tmp_path / "own.csv").write_text(LIST, encoding="utf-8")
    page, number = dialog.access, len(ids(dialog, "access_lists"))
    page.add_files([str(tmp_path / "own.csv")])
    assert page.columns.is_needed("scope_code")
    scope = page.form.texts["scope"]
    scope.setText("990100")
    scope.editingFinished.emit()
    assert dialog.session.catalogue.entries("access_lists")[number]["scope"] == "990100"
    assert not page.columns.is_needed("scope_code")


def test_a_table_is_read_again_only_where_it_or_its_columns_changed(
    dialog: BuilderDialog, tmp_path: Path, monkeypatch
) -> None:
    read: list[str] = []
    real = QgisLayers.read_rows
    monkeypatch.setattr(
        QgisLayers, "read_rows", lambda self, entry: read.append(entry.id) or real(self, entry)
    )
    session, page = dialog.session, dialog.access
    session.edit("", ("layers", 0, "version"), "1")
    session.edit("", ("access_lists", 0, "title"), "T")
    session.edit("", ("access_lists", 0, "fields"), {"remark": "x"})
    assert read == []
    count = int(page.preview.text().split()[0])
    path = tmp_path / "access_list.csv"
    path.write_bytes(path.read_bytes().rsplit(b"\n", 2)[0] + b"\n")
    session.edit("", ("layers", 0, "version"), "2")
    assert len(read) == 1
    assert int(page.preview.text().split()[0]) < count


def test_a_layer_is_said_to_be_empty_by_a_tick(dialog: BuilderDialog, tmp_path: Path) -> None:
    dialog.layers.choose(0)
    form, path = dialog.layers.form, tmp_path / "onemap.yaml"
    assert not form.empty.isChecked()
    form.empty.click()
    assert "    empty: true\n" in dialog.session.catalogue.text
    assert dialog.save_path(path)
    assert read_catalogue(path).layers[0].empty
    dialog.session.undo()
    assert not form.empty.isChecked()
    assert "empty" not in dialog.session.catalogue.layers[0]
    dialog.layers.choose(1)
    assert not form.empty.isChecked()


def test_a_layer_without_features_is_told_and_cured(dialog: BuilderDialog, tmp_path: Path) -> None:
    path = tmp_path / "某县生态保护红线.gpkg"
    write_layer(path, [], fields={"HXBM": "str:20", "HXMC": "str:40"}, geometry="Polygon")
    assert QgisLayers().describe_file(path) == FileLayers().describe_file(path)
    number = len(ids(dialog))
    dialog.layers.add_files([path])
    assert dialog.session.catalogue.layers[number]["role"] == "eco_redline"
    told = [p for p in dialog.session.problems if p.text.key == "layer.vacant"]
    assert [problem.layer for problem in told] == [number]
    dialog.session.cure(told[0].cures[0])
    dialog.layers.choose(number)
    assert dialog.layers.form.empty.isChecked()
    assert "layer.vacant" not in [p.text.key for p in dialog.session.problems]


def test_the_rectangle_of_a_database_layer_is_written_as_numbers(
    dialog: BuilderDialog, tmp_path: Path
) -> None:
    dialog.layers.choose(0)
    line = dialog.layers.form.texts["bounds"]
    assert not line.isEnabled()  # files are read whole
    place = ("layers", 0)
    dialog.session.edit("", (*place, "source"), "postgresql://db.invalid/eco")
    assert line.isEnabled()
    for text, expected in (
        ("116, 24, 117.5，25", [116, 24, 117.5, 25]),
        ("118 24 119 25", [118, 24, 119, 25]),
        ("here", "here"),
    ):
        line.setText(text)
        line.editingFinished.emit()
        assert dialog.session.catalogue.layers[0]["bounds"] == expected
    assert any("bounds" in problem.text.text("en") for problem in dialog.session.problems)
    dialog.session.undo()
    assert line.text() == "118, 24, 119, 25"
    assert "    bounds: [118, 24, 119, 25]\n" in dialog.session.catalogue.text
    catalogue = parse_catalogue(dialog.session.catalogue.text, tmp_path / "onemap.yaml")
    assert catalogue.layers[0].bounds == (118, 24, 119, 25)


def test_access_lists_are_moved_with_their_comments(dialog: BuilderDialog, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(LIST, encoding="utf-8")
    page, text = dialog.access, dialog.session.catalogue.text
    page.add_files([str(tmp_path / "own.csv")])
    before, added = ids(dialog, "access_lists"), dialog.session.catalogue.text
    page.move_current(-1)
    assert ids(dialog, "access_lists") == before[::-1]
    assert page.names.currentRow() == 0
    assert page.form.texts["id"].text() == before[1]
    page.move_current(-1)  # nothing above
    assert sorted(dialog.session.catalogue.text.splitlines()) == sorted(added.splitlines())
    assert dialog.save_path(tmp_path / "onemap.yaml")
    saved = read_catalogue(tmp_path / "onemap.yaml").access_lists
    assert [one.id for one in saved] == before[::-1]
    page.move_current(1)
    assert dialog.session.catalogue.text == added
    dialog.session.undo()
    dialog.session.undo()
    dialog.session.undo()
    assert dialog.session.catalogue.text == text


def test_the_rectangle_of_databases_is_written_for_the_whole(dialog: BuilderDialog) -> None:
    line, session = dialog.general.bounds, dialog.session
    dialog.show()
    assert not line.isVisible()  # files have no use for it
    text = session.catalogue.text
    session.edit("", ("layers", 0, "source"), "postgresql://gis@db/onemap?table=red")
    assert line.isVisible()
    line.setText("118，24, 119 25.5")
    line.editingFinished.emit()
    assert session.catalogue.data["bounds"] == [118, 24, 119, 25.5]
    assert line.text() == "118, 24, 119, 25.5"
    last = session.history.last
    line.editingFinished.emit()
    assert session.history.last is last  # the same again is no edit
    line.setText("118, 24, east")
    line.editingFinished.emit()
    assert session.catalogue.data["bounds"] == "118, 24, east"
    line.setText("")
    line.editingFinished.emit()
    assert "bounds" not in session.catalogue.data
    for _ in range(4):
        session.undo()
    assert session.catalogue.text == text
    assert not line.isVisible()
    assert [p for p in problems_of(dialog) if "four numbers" in p] == []
    session.edit("", ("bounds",), "nowhere")
    assert [p for p in problems_of(dialog) if "four numbers" in p]


def problems_of(dialog: BuilderDialog) -> list[str]:
    return [problem.text.text("en") for problem in dialog.session.problems]
