# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks sites in the dock: a file, a drawing, many; measures how long and how alive it is."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import shapely
from docks import spots_on_map, the_dock
from pictures import drawn, fill_screen, our_action, rest, take_picture, wait_until
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QDockWidget
from qgis.utils import iface
from script import given, run_in_window


def timed_check(dock: QDockWidget, seconds: float = 90.0) -> float:
    """Check and return the seconds until the result is shown."""
    told: list[Any] = []
    dock.checked.connect(told.append)
    start = time.perf_counter()
    dock.check()
    wait_until(lambda: not dock.is_checking, seconds)
    took = time.perf_counter() - start
    dock.checked.disconnect(told.append)
    assert told
    return took


def set_first_aside(dock: QDockWidget, folder: Path) -> dict[str, Any]:
    """Set the worst finding aside through the dialog; return what came of it."""
    (folder / "overrides.yaml").unlink(missing_ok=True)
    refused: list[bool] = []

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        refused.append(not dialog._buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled())
        dialog._reason.setPlainText("现场核实：界线已调整")
        dialog._author.setText("张三")
        dialog._file.setFilePath(str(folder / "overrides.yaml"))
        take_picture(dialog, folder / "aside.png")
        dialog.accept()

    dock.result.findings.choose_first()
    QTimer.singleShot(500, fill)
    dock.result.findings.want_override()
    wait_until(lambda: not dock.is_checking)
    row = next(dock.result.assessment.finding.where("override", "set_aside").rows())
    return {"refused": refused, "author": row["override_author"], "site": row["site_id"]}


def draw_by_mouse(dock: QDockWidget, corners: list[list[float]]) -> str:
    """Draw a polygon by clicks on the map; Backspace and Ctrl+Z take back a point too many."""
    canvas = iface.mapCanvas()
    spots = spots_on_map(corners)
    dock.inputs.drawing.start("Polygon")
    view = canvas.viewport()
    for spot in [*spots, spots[0]]:
        QTest.mouseMove(view, spot)
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot)
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=spot)
    rest(0.3)
    return shapely.to_wkt(dock.inputs.sites.sites.geometries[0], rounding_precision=-1)


def steps() -> dict[str, Any]:
    """Return what each check gave."""
    asked, found = given(), {}
    folder = Path(asked["pictures"])
    fill_screen()
    iface.newProject()
    our_action(asked["sample"]).trigger()
    dock = the_dock()
    found["size"] = [iface.mainWindow().width(), iface.mainWindow().height()]
    drawn()
    found["crs"] = iface.mapCanvas().mapSettings().destinationCrs().authid()
    take_picture(iface.mainWindow(), folder / "map.png")
    found["catalogue"] = dock.inputs.catalogue.filePath()
    found["layers"] = len(iface.mapCanvas().layers())
    dock.inputs.sites.open_path(Path(asked["sites"]))
    found["first"] = timed_check(dock)
    found["sites"] = dock.result.assessment.site_verdict["site_id"].tolist()
    found["verdicts"] = dock.result.assessment.site_verdict["verdict"].tolist()
    dock.result.findings.choose_first()
    drawn()
    take_picture(iface.mainWindow(), folder / "many.png")
    found["aside"] = set_first_aside(dock, folder)
    found["drawn"] = draw_by_mouse(dock, asked["corners"])
    found["single"] = []
    for _ in range(5):
        drawn()
        found["single"].append(timed_check(dock))
    found["banner"] = dock.result.banner_text
    drawn()
    take_picture(iface.mainWindow(), folder / "one.png")
    return found


run_in_window(steps)
