# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock of the siting check as steps of a test use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pictures import drawn, wait_until
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QPoint
from qgis.PyQt.QtWidgets import QDockWidget, QProgressBar, QWidget
from qgis.utils import iface, plugins

from eco_onemap.gui.siting.highlight import (
    LINE_COLOUR,
    OVERLAP_COLOUR,
    RING_COLOUR,
    SITE_COLOUR,
)
from eco_onemap.qgis_bridge.translation import user_language

DOCK = "EcoOneMapSitingDock"
CGCS2000 = QgsCoordinateReferenceSystem("EPSG:4490")


def the_dock() -> Any:
    """Return the dock, shown."""
    dock = iface.mainWindow().findChild(QDockWidget, DOCK)
    dock.show()
    dock.raise_()
    return dock


def part(of: QWidget, kind: str) -> Any:
    """Return the widget of a class below another one."""
    return next(each for each in of.findChildren(QWidget) if type(each).__name__ == kind)


def spots_on_map(corners: list[list[float]]) -> list[QPoint]:
    """Let the map show corners (CGCS2000 degrees) and return where on it they lie, in pixels."""
    canvas = iface.mapCanvas()
    plane = canvas.mapSettings().destinationCrs()
    transform = QgsCoordinateTransform(CGCS2000, plane, QgsProject.instance())
    points = [transform.transform(QgsPointXY(*corner)) for corner in corners]
    area = QgsRectangle(points[0], points[0])
    for point in points:
        area.combineExtentWith(point.x(), point.y())
    area.scale(3.0)
    canvas.setExtent(area)
    canvas.refresh()
    drawn()
    places = [canvas.getCoordinateTransform().transform(point) for point in points]
    return [QPoint(round(place.x()), round(place.y())) for place in places]


def take_sites(dock: QDockWidget, path: Path) -> None:
    """Take the sites of a file in."""
    part(dock, "SiteChoice").open_path(path)


def open_map(path: Path) -> None:
    """Let a catalogue be the one in use, without its layers in the project."""
    plugins["eco_onemap"]._window._desk.opened.open(path)


def start_check(dock: QDockWidget, share: int) -> None:
    """Begin a check and let it go on until so many per cent are done."""
    bar = dock.findChild(QProgressBar)
    dock.check()
    wait_until(lambda: bar.value() >= share or not dock.is_checking, 60.0)
    if not dock.is_checking:
        raise AssertionError("the check was over before anything could happen to it")


def outcome(dock: QDockWidget) -> dict[str, Any]:
    """Wait for the end of the check that is going on; return its verdicts, or what was said."""
    results, said = [], []
    dock.checked.connect(results.append)
    dock.problem_said.connect(said.append)
    wait_until(lambda: not dock.is_checking, 90.0)
    dock.checked.disconnect(results.append)
    dock.problem_said.disconnect(said.append)
    if not results:
        return {"said": said}
    (assessment,) = results
    gaps = assessment.not_evaluated.in_language(user_language()).rows()
    lost = {row["what"]: row["why"] for row in gaps if row["what"].startswith("layer:")}
    verdicts = assessment.site_verdict["verdict"].tolist()
    return {"said": said, "verdicts": verdicts, "lost": lost, "banner": dock.result.banner_text}


def check(dock: QDockWidget) -> dict[str, Any]:
    """Check and return as :func:`outcome`."""
    said: list[str] = []
    dock.problem_said.connect(said.append)
    dock.check()
    dock.problem_said.disconnect(said.append)
    found = outcome(dock)
    return {**found, "said": said + found["said"]}


def bands() -> int:
    """Return how many drawings of the plugin lie over the map, known by their colours."""
    colours = {colour.name() for colour in (SITE_COLOUR, RING_COLOUR, OVERLAP_COLOUR, LINE_COLOUR)}
    items = iface.mapCanvas().scene().items()
    drawn = [item for item in items if isinstance(item, QgsRubberBand)]
    return sum(item.strokeColor().name() in colours for item in drawn)
