# SPDX-License-Identifier: GPL-2.0-or-later
"""Types a site, answers for its place and project, checks twice, compares, makes a report."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from dock_steps import checked, state_facts, when_asked
from pictures import drawn, fill_screen, our_action, rest, take_picture, wait_until
from qgis.core import QgsPointXY, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QDockWidget
from qgis.utils import iface
from script import given, run_in_window


def type_site(dock: QDockWidget, rows: str, folder: Path) -> dict[str, Any]:
    """Type coordinates whose zone nobody knows, and choose among the places."""
    told: dict[str, Any] = {}

    def write(dialog: QDialog) -> None:
        dialog.shape.setCurrentIndex(1)
        dialog.name.setText("新材料产业园")
        dialog.text.setPlainText(rows)
        dialog.read()
        told["typed"] = dialog.told
        rest(0.3)
        take_picture(dialog, folder / "typed.png")
        when_asked("PlaceDialog", choose)
        dialog.accept()

    def choose(dialog: QDialog) -> None:
        dialog.choose(0)
        rest(0.5)
        told["candidates"] = dialog.model.rowCount()
        told["crs"] = dialog.stated.crs
        take_picture(dialog, folder / "place.png")
        drawn()
        take_picture(iface.mainWindow(), folder / "candidate.png")
        dialog.accept()

    when_asked("TypedDialog", write)
    dock.inputs.sites.type_coordinates()
    wait_until(lambda: "crs" in told and not dock.inputs.place.is_open)
    told["line"] = dock.inputs.place.text
    return told


def drop(dock: QDockWidget, path: Path) -> str:
    """Drop a file on the result part of the dock and return what the dock says of it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(20, dock.height() - 20).toPoint(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dock.dropEvent(event)
    return str(dock.inputs.sites.text)


def draw_beside(dock: QDockWidget, corner: QgsPointXY) -> float:
    """Draw a polygon that begins some pixels beside a layer's corner; return how far it begins."""
    canvas = iface.mapCanvas()
    canvas.setExtent(QgsRectangle.fromCenterAndSize(corner, 600, 600))
    drawn()
    dock.inputs.drawing.start("Polygon")
    spot = canvas.getCoordinateTransform().transform(corner)
    view, utils = canvas.viewport(), canvas.snappingUtils()
    beside = QPoint(round(spot.x()), round(spot.y()))
    wait_until(lambda: utils.snapToMap(beside).isValid())  # QGIS indexes in the background
    for right, down in ((5, 4), (-120, 30), (-120, -90)):
        place = QPoint(round(spot.x()) + right, round(spot.y()) + down)
        QTest.mouseMove(view, place)
        rest(0.3)
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=place)
    rest(0.3)
    site = dock.inputs.sites.sites.geometries[0]
    return min(corner.distance(QgsPointXY(*xy)) for xy in site.exterior.coords)


def steps() -> dict[str, Any]:
    """Return what each step gave."""
    asked, found = given(), {}
    folder = Path(asked["pictures"])
    fill_screen()
    iface.newProject()
    our_action(asked["sample"]).trigger()
    QgsProject.instance().write(str(Path(asked["work"]) / "plan.qgz"))
    dock = iface.mainWindow().findChild(QDockWidget, "EcoOneMapSitingDock")
    dock.show()
    dock.raise_()
    drawn()
    found["place"] = type_site(dock, asked["rows"], folder)
    found["unknown"] = checked(dock)
    state_facts(dock, asked["facts"], folder / "facts.png")
    found["facts"] = dock.inputs.facts.text
    found["known"] = checked(dock)
    dock.history.setCollapsed(False)
    dock.history.choose(0, 1)
    rest(0.5)
    take_picture(iface.mainWindow(), folder / "history.png")
    dialog = dock.history.difference()
    dialog.show()
    rest(0.3)
    take_picture(dialog, folder / "difference.png")
    found["difference"] = len(dialog.list._model.listing.lines)
    dialog.close()
    found["kept"] = sorted(str(path) for path in Path(asked["work"]).glob("plan_checks/*.gpkg"))
    dock.history.setCollapsed(True)
    dock.actions.layers.click()
    dock.actions.make("ecoonemap:makereport", Path(asked["work"]))
    wait_until(lambda: not dock.actions.is_making, 60.0)
    found["reports"] = sorted(path.name for path in Path(asked["work"]).glob("report.*"))
    dock.actions.make("ecoonemap:makemaps", Path(asked["work"]) / "maps")
    wait_until(lambda: not dock.actions.is_making, 60.0)
    found["maps"] = sorted(path.name for path in Path(asked["work"]).glob("maps/*"))
    found["groups"] = [node.name() for node in QgsProject.instance().layerTreeRoot().children()]
    drawn()
    take_picture(iface.mainWindow(), folder / "layers.png")
    found["snapped"] = draw_beside(dock, QgsPointXY(*asked["corner"]))
    found["times"] = []
    for _ in range(4):
        drawn()
        start = time.perf_counter()
        dock.check()
        wait_until(lambda: not dock.is_checking, 90.0)
        found["times"].append(time.perf_counter() - start)
    found["dropped"] = drop(dock, Path(asked["sites"]))
    return found


run_in_window(steps)
