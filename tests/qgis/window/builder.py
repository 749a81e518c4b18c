# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds a catalogue of the project's layers from the menu, with pictures, saves and opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dragging import drag_row
from pictures import our_action, rest, take_picture, top_window, wait_until
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QPushButton
from qgis.utils import plugins
from script import given, run_in_window

from eco_onemap.gui.builder.layer_model import Column

MOST_TABS = 60
ASKING_MS = 500


def add_layers(folder: Path) -> None:
    """Open the files as a user does, under the names that the files have."""
    project = QgsProject.instance()
    for file in sorted(folder.iterdir()):
        if file.suffix == ".tif":
            project.addMapLayer(QgsRasterLayer(str(file), file.stem, "gdal"))
        elif file.suffix in (".gpkg", ".shp"):
            project.addMapLayer(QgsVectorLayer(str(file), file.stem, "ogr"))


def row_of(dialog: Any, role: str) -> int:
    """Return the row of the layer with a role."""
    roles = [entry["role"] for entry in dialog.session.catalogue.layers]
    return roles.index(role)


def tabbed(dialog: Any) -> list[str]:
    """Return what the Tab key reaches one after another, from the title until it comes back."""
    reached: list[str] = []
    dialog.general.title.setFocus()
    for _ in range(MOST_TABS):
        now = QApplication.focusWidget()
        if now is dialog.general.title and reached:
            break
        words = now.text() if isinstance(now, QAbstractButton) else ""
        reached.append(words or type(now).__name__)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return reached


def choose_by_keys(table: Any, row: int, column: int, pictures: Path) -> None:
    """Open the list of a cell by the keyboard, go one further, take it."""
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, column))
    QTest.keyClick(table, Qt.Key.Key_F2)
    box = QApplication.focusWidget()
    QTest.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    wait_until(lambda: QApplication.activePopupWidget() is not None)
    rest(0.3)
    pixels = QGuiApplication.primaryScreen().grabWindow(0)
    pixels.save(str(pictures / "builder_choice.png"))
    view = box.view()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    rest(0.2)


def ids(dialog: Any) -> list[str]:
    """Return the identifiers of the layers in their order."""
    return [entry["id"] for entry in dialog.session.catalogue.layers]


def arrange(dialog: Any, pictures: Path) -> dict[str, Any]:
    """Go round by the Tab key, choose a role by keys, drag a layer; undo what was done."""
    found: dict[str, Any] = {"tabs": tabbed(dialog)}
    before = dialog.session.catalogue.text
    table, row = dialog.layers.table, row_of(dialog, "wetland")
    choose_by_keys(table, row, Column.ROLE, pictures)
    found["role by keys"] = dialog.session.catalogue.layers[row]["role"]
    dialog.undo_action.trigger()
    found["order"] = ids(dialog)
    drag_row(table, 4, above=1)
    found["dragged"] = ids(dialog)
    found["chosen"] = dialog.layers.model.row(table.currentIndex()).entry["id"]
    dialog.undo_action.trigger()
    found["undone"] = dialog.session.catalogue.text == before
    return found


def cure_by_mouse(dialog: Any, pictures: Path) -> str:
    """Go to the layer of a problem by a double click, back, click its cure; return its role."""
    problems = dialog.problems
    number = next(
        row
        for row in range(problems.model.rowCount())
        if problems.model.problem(row).text.key == "problem.no_crs"
    )
    dialog.tabs.setCurrentWidget(problems)
    rest(0.3)
    place = problems.table.visualRect(problems.model.index(number, 1)).center()
    QTest.mouseClick(problems.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    take_picture(dialog, pictures / "builder_problems.png")
    QTest.mouseDClick(problems.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.tabs.currentWidget() is dialog.layers
    shown = dialog.layers.model.row(dialog.layers.table.currentIndex()).entry["role"]
    dialog.tabs.setCurrentWidget(problems)
    problems.table.selectRow(number)
    rest(0.3)
    QTest.mouseClick(problems.buttons()[0], Qt.MouseButton.LeftButton)
    return shown


def leave_unsaved(dialog: Any, pictures: Path) -> list[str]:
    """Close the builder with edits in it, look at the question, stay; return its buttons."""
    words: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        words.extend(button.text() for button in box.buttons())
        take_picture(box, pictures / "builder_question.png")
        box.reject()

    QTimer.singleShot(ASKING_MS, look)
    dialog.close()
    return words


def steps() -> dict[str, Any]:
    """Return what the builder made, and what the window has open in the end."""
    folder, pictures = Path(given()["folder"]), Path(given()["pictures"])
    pictures.mkdir(parents=True, exist_ok=True)
    add_layers(folder)
    our_action(given()["action"]).trigger()
    dialog = top_window("BuilderDialog")
    wait_until(lambda: dialog.layers.model.rowCount() > 0)
    dialog.layers.choose(row_of(dialog, "drinking_zone"))
    rest(0.5)
    take_picture(dialog, pictures / "builder.png")
    found = arrange(dialog, pictures)
    title = dialog.general.title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "Haiwan")
    QTest.keyClick(title, Qt.Key.Key_Tab)
    dialog.tabs.setCurrentWidget(dialog.access)
    dialog.access.add_files([str(folder / "access_list.csv")])
    rest(0.3)
    take_picture(dialog, pictures / "builder_lists.png")
    found["shown by problem"] = cure_by_mouse(dialog, pictures)
    found["asked"] = leave_unsaved(dialog, pictures)
    dialog.tabs.setCurrentWidget(dialog.preview)
    rest(0.3)
    take_picture(dialog, pictures / "builder_text.png")
    target = folder / "onemap.yaml"
    dialog.save_path(target)
    dialog.tabs.setCurrentWidget(dialog.layers)
    rest(0.3)
    take_picture(dialog, pictures / "builder_saved.png")
    (button,) = dialog.bar.findChildren(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    opened = plugins["eco_onemap"]._window._desk.opened
    return {**found, "title": dialog.windowTitle(), "opened": str(opened.path)}


run_in_window(steps)
