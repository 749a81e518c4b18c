# SPDX-License-Identifier: GPL-2.0-or-later
"""Goes the whole way with mouse and keyboard: sample city, a drawn site, verdict, map, report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docks import bands, part, spots_on_map
from pictures import drawn, fill_screen, rest, wait_until
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAction,
    QApplication,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QToolBar,
    QTreeView,
    QWidget,
)
from qgis.utils import iface
from script import given, run_in_window

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CONTROL = Qt.KeyboardModifier.ControlModifier
ASKED_MS = 800


def picture(name: str) -> None:
    """Save what the whole screen shows."""
    drawn()
    folder = Path(given()["pictures"])
    folder.mkdir(parents=True, exist_ok=True)
    shown = iface.mainWindow().screen().grabWindow(0)
    if not shown.save(str(folder / f"{name}.png")):
        raise OSError(f"{name} was not saved")


def click(widget: QWidget, spot: QPoint | None = None, button: Qt.MouseButton = LEFT) -> None:
    """Click a widget that is on the screen, in its middle or at a spot."""
    at = widget.rect().center() if spot is None else spot
    on_screen = widget.mapToGlobal(at)
    hit = QApplication.widgetAt(on_screen)
    if hit is not widget and not widget.isAncestorOf(hit):
        raise AssertionError(f"{widget} is hidden by {hit} at {on_screen}")
    QTest.mouseMove(widget, at)
    QTest.mouseClick(widget, button, pos=at)


def choose_in_menu(name: str) -> None:
    """Open the plugin's menu and click the action of a name in it."""
    action = iface.mainWindow().findChild(QAction, name) or next(
        each for each in QApplication.allWidgets() if each.objectName() == "EcoOneMapMenu"
    ).findChild(QAction, name)
    menu = action.parent()
    menu.popup(iface.mainWindow().mapToGlobal(QPoint(300, 60)))
    rest(0.3)
    click(menu, menu.actionGeometry(action).center())


def show_dock() -> Any:
    """Click the plugin's button in its toolbar and return the dock."""
    toolbar = iface.mainWindow().findChild(QToolBar, "EcoOneMapToolbar")
    action = next(each for each in toolbar.actions() if each.objectName() == "EcoOneMapShowDock")
    click(toolbar.widgetForAction(action))
    rest(0.5)
    return next(
        each
        for each in iface.mainWindow().findChildren(QWidget, "EcoOneMapSitingDock")
        if each.isVisible()
    )


def draw(dock: QWidget, corners: list[list[float]]) -> int:
    """Draw a polygon with the mouse and return how many corners it has."""
    spots = spots_on_map(corners)
    polygon, *_ = part(dock, "DrawingBar").findChildren(QAbstractButton)
    click(polygon)
    view = iface.mapCanvas().viewport()
    for spot in spots:
        click(view, spot)
    picture("drawing")
    click(view, spots[-1], RIGHT)
    rest(0.3)
    return len(dock.inputs.sites.sites.geometries[0].exterior.coords) - 1


def check(dock: QWidget) -> None:
    """Click the button and wait for the verdict."""
    click(dock.findChild(QPushButton, "EcoOneMapCheck"))
    wait_until(lambda: dock.result.assessment is not None and not dock.is_checking, 60.0)
    rest(0.5)


def choose_finding(dock: QWidget) -> dict[str, Any]:
    """Look at the whole map, double-click the first finding; copy it with the keyboard."""
    table = dock.result.findings.findChild(QTreeView)
    iface.mapCanvas().zoomToFullExtent()
    drawn()
    before = iface.mapCanvas().scale()
    spot = table.visualRect(table.model().index(0, 0)).center()
    click(table.viewport(), spot)
    QTest.mouseDClick(table.viewport(), LEFT, pos=spot)
    rest(0.5)
    QApplication.setActiveWindow(iface.mainWindow())  # no window manager does
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C, CONTROL)
    return {
        "closer": before / iface.mapCanvas().scale(),
        "bands": bands(),
        "law": dock.result.findings.details,
        "copied": QApplication.clipboard().text(),
    }


def export_report(dock: QWidget) -> list[str]:
    """Click the button for reports, type a folder, press Enter; return the files in it."""
    folder = Path(given()["reports"])

    def type_folder() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog), dialog
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        line.selectAll()
        QTest.keyClicks(line, str(folder))
        QTest.keyClick(line, Qt.Key.Key_Return)

    QTimer.singleShot(ASKED_MS, type_folder)
    click(dock.actions.report)
    wait_until(lambda: not dock.actions.is_making and any(folder.iterdir()), 60.0)
    return sorted(path.suffix for path in folder.iterdir())


def steps() -> dict[str, Any]:
    """Return what each stage gave."""
    fill_screen()
    iface.newProject()
    choose_in_menu("EcoOneMapOpenSample")
    drawn()
    dock = show_dock()
    picture("map")
    found: dict[str, Any] = {"corners": draw(dock, given()["corners"])}
    check(dock)
    found["banner"] = dock.result.banner_text
    found["verdict"] = dock.result.assessment.site_verdict["verdict"].tolist()
    picture("verdict")
    found["finding"] = choose_finding(dock)
    picture("finding")
    found["reports"] = export_report(dock)
    picture("report")
    QgsApplication.setUITheme(given()["theme"])  # from light to dark; back, QGIS must start anew
    rest(1.0)
    picture(given()["theme"])
    found["size"] = [iface.mainWindow().width(), iface.mainWindow().height()]
    return found


run_in_window(steps)
