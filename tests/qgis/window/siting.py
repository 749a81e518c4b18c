# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks sites in the dock: a file, a drawing, many; measures how long and how alive it is."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from pictures import rest, take_picture, wait_until
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface
from script import given, run_in_window

DOCK = "EcoOneMapSitingDock"
CGCS2000 = QgsCoordinateReferenceSystem("EPSG:4490")
FRAME_MS = 10


def the_dock() -> QDockWidget:
    """Return the dock of the siting check, shown."""
    dock = iface.mainWindow().findChild(QDockWidget, DOCK)
    dock.show()
    dock.raise_()
    return dock


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


def frames_while(dock: QDockWidget) -> dict[str, Any]:
    """Check and return how often a timer of the window fired, and the longest time it did not."""
    ticks: list[float] = [time.perf_counter()]
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(FRAME_MS)
    took = timed_check(dock)
    timer.stop()
    gaps = [later - earlier for earlier, later in pairwise(ticks)]
    return {"seconds": took, "per_second": len(gaps) / took, "longest_gap": max(gaps)}


def steps() -> dict[str, Any]:
    """Return what each check gave."""
    asked, found = given(), {}
    folder = Path(asked["pictures"])
    iface.mainWindow().showMaximized()
    iface.newProject()
    dock = the_dock()
    dock._catalogue.setFilePath(asked["catalogue"])
    dock.sites.open_path(Path(asked["sites"]))
    found["first"] = timed_check(dock)
    found["sites"] = dock.result.assessment.site_verdict["site_id"].tolist()
    found["verdicts"] = dock.result.assessment.site_verdict["verdict"].tolist()
    dock.result.findings.choose_first()
    rest(1.0)
    found["picture"] = take_picture(iface.mainWindow(), folder / "many.png")
    dock.sites.take_drawn(QgsGeometry.fromWkt(asked["drawn"]), CGCS2000)
    found["single"] = [timed_check(dock) for _ in range(5)]
    found["banner"] = dock.result.banner_text
    rest(1.0)
    take_picture(iface.mainWindow(), folder / "one.png")
    if asked.get("batch"):
        dock.sites.open_path(Path(asked["batch"]))
        found["alive"] = frames_while(dock)
    return found


run_in_window(steps)
