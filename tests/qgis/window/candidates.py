# SPDX-License-Identifier: GPL-2.0-or-later
"""Draws three candidates one after another, names one, checks, and looks at every list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docks import spots_on_map, the_dock
from pictures import drawn, fill_screen, our_action, rest, take_picture, wait_until
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QTableView, QTreeView, QWidget
from qgis.utils import iface
from script import given, run_in_window

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SHIFTS = (QPoint(0, 0), QPoint(60, 120), QPoint(-40, -110))


def press(key: Qt.Key, held: Qt.KeyboardModifiers = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key on the map."""
    QTest.keyClick(iface.mapCanvas(), key, held)


def click_corners(spots: list[QPoint]) -> None:
    """Click the corners of a polygon on the map."""
    view = iface.mapCanvas().viewport()
    for spot in spots:
        QTest.mouseMove(view, spot)
        QTest.mouseClick(view, LEFT, pos=spot)


def end_shape(spot: QPoint) -> None:
    """End what is being drawn."""
    QTest.mouseClick(iface.mapCanvas().viewport(), RIGHT, pos=spot)
    rest(0.3)


def undo_corners(drawing: QWidget) -> list[int]:
    """Take two corners back and set them again by all keys; return how many there are each time."""
    counts = []
    for key, held in (
        (Qt.Key.Key_Z, CONTROL),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Y, CONTROL),
        (Qt.Key.Key_Z, CONTROL | SHIFT),
        (Qt.Key.Key_Y, CONTROL),  # nothing is left to set
    ):
        press(key, held)
        counts.append(drawing._tool.size())
    return counts


def draw_all(dock: Any, spots: list[QPoint]) -> dict[str, Any]:
    """Press the button once and draw three candidates; end by Esc."""
    drawing, sites = dock.inputs.drawing, dock.inputs.sites
    found: dict[str, Any] = {}
    drawing._buttons["Polygon"].click()
    for number, shift in enumerate(SHIFTS):
        moved = [spot + shift for spot in spots]
        click_corners(moved)
        if number == 0:
            found["corners"] = undo_corners(drawing)
        end_shape(moved[-1])
    found["still drawing"] = drawing._buttons["Polygon"].isChecked()
    found["names"] = sites.sites.names.tolist()
    found["written"] = dock.highlight.texts
    press(Qt.Key.Key_Z, CONTROL)
    found["undone"] = len(sites.sites)
    press(Qt.Key.Key_Z, CONTROL | SHIFT)
    found["redone"] = len(sites.sites)
    press(Qt.Key.Key_Escape)
    rest(0.3)
    found["ended"] = not drawing.is_drawing and not drawing._buttons["Polygon"].isChecked()
    return found


def rename(dock: Any, name: str) -> str:
    """Type another name over the second candidate's; return what stands there."""
    table = dock.inputs.sites.list.findChild(QTableView)
    index = dock.inputs.sites.list.model.index(1, 1)
    table.setCurrentIndex(index)
    table.edit(index)
    editor = table.indexWidget(index) or table.findChild(QWidget, "qt_editing_widget")
    editor = editor or table.viewport().findChildren(QWidget)[-1]
    editor.setText(name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    rest(0.2)
    return str(index.data())


def hidden_px(table: QTreeView) -> int:
    """Return how much of a table lies to the right of what is seen."""
    return int(table.horizontalScrollBar().maximum()) if table.isVisible() else 0


def look_at_lists(dock: Any, folder: Path) -> dict[str, int]:
    """Show each list in turn; return how much of it is out of sight."""
    result, hidden = dock.result, {}
    pages = result._pages
    for page, name in ((0, "all"), (2, "side by side"), (1, "site")):
        pages.setCurrentIndex(page)
        rest(0.3)
        take_picture(iface.mainWindow(), folder / f"{name}.png")
        lists = [result._tabs.widget(tab) for tab in range(4)] if page == 1 else []
        for tab, _ in enumerate(lists):
            result._tabs.setCurrentIndex(tab)
            rest(0.3)
            take_picture(iface.mainWindow(), folder / f"list {tab}.png")
            hidden[f"list {tab}"] = max(map(hidden_px, pages.findChildren(QTreeView)))
        hidden[name] = max(map(hidden_px, pages.findChildren(QTreeView)))
    hidden["dock"] = dock.widget().verticalScrollBar().maximum()
    return hidden


def go_to_nearest(dock: Any, folder: Path) -> dict[str, Any]:
    """Click a layer that the site does not meet; return what is written on the map."""
    dock.result._tabs.setCurrentIndex(2)
    table = dock.result._clear.findChild(QTreeView)
    scale = iface.mapCanvas().scale()
    spot = table.visualRect(table.model().index(1, 0)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=spot)
    drawn()
    away = iface.mapCanvas().scale()
    take_picture(iface.mainWindow(), folder / "nearest.png")
    QTest.mouseClick(table.viewport(), LEFT, pos=spot)
    drawn()
    return {
        "written": dock.highlight.texts,
        "distance": table.model().index(1, 2).data(),
        "zoomed out": away > scale,
        "stays": iface.mapCanvas().scale() == away,
    }


def steps() -> dict[str, Any]:
    """Return what each step gave."""
    asked = given()
    folder = Path(asked["pictures"])
    fill_screen()
    iface.newProject()
    our_action(asked["sample"]).trigger()
    drawn()
    iface.messageBar().clearWidgets()
    dock = the_dock()
    rest(0.5)
    found: dict[str, Any] = {"width": dock.width()}
    found["drawing"] = draw_all(dock, spots_on_map(asked["corners"]))
    take_picture(iface.mainWindow(), folder / "drawn.png")
    found["renamed"] = rename(dock, "滨海方案")
    dock.check()
    wait_until(lambda: not dock.is_checking, 90.0)
    drawn()
    found["compared"] = list(dock.result._comparison._list._model.headings())
    found["hidden"] = look_at_lists(dock, folder)
    found["nearest"] = go_to_nearest(dock, folder)
    found["said"] = dock._said.isVisible()
    dock.inputs.sites.list.remove_all()
    found["said after a change"] = dock._said.isVisible()
    found["left on the map"] = dock.highlight.texts
    QApplication.clipboard().setText("118.057999 24.557999\n118.067999 24.557999")
    QTest.keyClick(dock, Qt.Key.Key_V, CONTROL)
    found["pasted"] = dock.inputs.sites.sites.source
    QTest.keyClick(dock, Qt.Key.Key_Z, CONTROL)
    found["pasting undone"] = dock.inputs.sites.sites is None
    return found


run_in_window(steps)
