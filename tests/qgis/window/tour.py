# SPDX-License-Identifier: GPL-2.0-or-later
"""Goes the way of the user guide in a QGIS window, with a picture of each step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dock_steps import checked, state_facts
from pictures import drawn, fill_screen, our_action, rest, take_picture, top_window, wait_until
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsOptionsPageWidget
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDockWidget, QWidget
from qgis.utils import iface
from script import given, run_in_window

CGCS2000 = QgsCoordinateReferenceSystem("EPSG:4490")
OPENING_MS = 2500
WIDTHS = (240, 500)
"""Of the panels of layers and of the siting check, as a user draws them, in pixels."""


class Tour:
    """The steps of the guide, one method each; *folder* takes the pictures."""

    def __init__(self, texts: dict[str, str], folder: Path) -> None:
        self._texts, self._folder = texts, folder
        self._number = 0
        self.dock: QDockWidget = iface.mainWindow().findChild(QDockWidget, "EcoOneMapSitingDock")

    def shot(self, name: str, widget: QWidget | None = None) -> None:
        """Take the next picture, of the whole window unless told otherwise."""
        self._number += 1
        rest(0.3)
        picture = self._folder / f"{self._number:02} {name}.png"
        take_picture(widget or iface.mainWindow(), picture)

    def open_menu(self) -> None:
        """The plugin's menu."""
        menu = our_action(self._texts["sample"]).parent()
        menu.popup(QPoint(300, 40))
        self.shot("menu", menu)
        menu.close()

    def open_map(self) -> int:
        """The sample city in the layer tree."""
        our_action(self._texts["sample"]).trigger()
        drawn()
        self.shot("map")
        iface.messageBar().clearWidgets()
        return len(iface.mapCanvas().layers())

    def switch_colours(self) -> None:
        """The other scheme and back."""
        usual, other = our_action(self._texts["colours"]).menu().actions()
        other.trigger()
        drawn()
        self.shot("colours")
        usual.trigger()
        drawn()

    def draw_site(self, corners: list[list[float]]) -> list[list[float]]:
        """A site, drawn by clicks on the map; its corners in the map's plane."""
        self.dock.show()
        self.dock.raise_()
        layers = iface.mainWindow().findChild(QDockWidget, "Layers")
        iface.mainWindow().resizeDocks([layers, self.dock], WIDTHS, Qt.Orientation.Horizontal)
        rest(0.3)
        canvas = iface.mapCanvas()
        plane = canvas.mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(CGCS2000, plane, QgsProject.instance())
        points = [transform.transform(QgsPointXY(*corner)) for corner in corners]
        area = QgsRectangle(points[0], points[0])
        for point in points:
            area.combineExtentWith(point.x(), point.y())
        area.scale(5.0)
        canvas.setExtent(area)
        drawn()
        self.dock.inputs.drawing.start("Polygon")
        view = canvas.viewport()
        for point in points:
            place = canvas.getCoordinateTransform().transform(point)
            spot = QPoint(round(place.x()), round(place.y()))
            QTest.mouseMove(view, spot)
            QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot)
        rest(0.3)
        self.shot("drawing")
        QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=spot)
        rest(0.5)
        drawn_site = self.dock.inputs.sites.sites.geometries[0]
        return [list(corner) for corner in drawn_site.exterior.coords]

    def check_site(self, facts: dict[str, str]) -> str:
        """What is known of the project, and the verdict."""
        state_facts(self.dock, facts, self._folder / f"{self._number + 1:02} facts.png")
        self._number += 1
        checked(self.dock)
        drawn()
        self.shot("verdict")
        self.dock.result.findings.choose_first()
        drawn()
        self.shot("finding")
        return str(self.dock.result.banner_text)

    def make_report(self, folder: Path) -> list[str]:
        """A report, and what the message bar says of it."""
        iface.messageBar().clearWidgets()
        self.dock.actions.make("ecoonemap:makereport", folder)
        wait_until(lambda: not self.dock.actions.is_making, 90.0)
        self.shot("report")
        iface.messageBar().clearWidgets()
        return sorted(path.name for path in folder.iterdir() if path.is_file())

    def check_many(self, sites: Path) -> int:
        """All sites of a file in one table."""
        self.dock.inputs.setCollapsed(False)
        self.dock.inputs.sites.open_path(sites)
        checked(self.dock)
        drawn()
        self.shot("many")
        return len(self.dock.result.assessment.site_verdict["site_id"])

    def compare(self, sites: Path, ids: tuple[str, ...]) -> int:
        """Some sites of a layer, side by side."""
        self.dock.inputs.setCollapsed(False)
        layer = QgsVectorLayer(str(sites), sites.stem, "ogr")
        QgsProject.instance().addMapLayer(layer)
        iface.setActiveLayer(layer)
        layer.selectByIds([f.id() for f in list(layer.getFeatures())[: len(ids)]])
        self.dock.inputs.sites.take_picked()
        checked(self.dock)
        layer.removeSelection()
        pages = self.dock.result._pages
        pages.setCurrentIndex(2)
        drawn()
        self.shot("compare")
        QgsProject.instance().removeMapLayer(layer)
        return len(self.dock.result.assessment.site_verdict["site_id"])

    def open_settings(self) -> None:
        """The plugin's page in QGIS's options."""

        def use() -> None:
            dialog: QDialog = QApplication.activeModalWidget()
            pages = dialog.findChildren(QgsOptionsPageWidget)
            assert any(p.objectName() == "EcoOneMapOptions" and p.isVisible() for p in pages)
            self.shot("settings", dialog)
            dialog.reject()

        QTimer.singleShot(OPENING_MS, use)
        our_action(self._texts["settings"]).trigger()

    def open_health(self) -> int:
        """The health check, once it is through."""
        our_action(self._texts["health"]).trigger()
        dialog = top_window("HealthDialog")
        wait_until(lambda: dialog.is_done, 60.0)
        self.shot("health", dialog)
        wrong = [line.name for line in dialog.lines if line.health.value == "wrong"]
        dialog.close()
        return len(wrong)

    def open_builder(self, catalogue: Path) -> None:
        """The sample city's catalogue in the builder."""
        our_action(self._texts["builder"]).trigger()
        dialog = top_window("BuilderDialog")
        dialog.open_path(catalogue)
        dialog.layers.choose(1)
        rest(0.5)
        self.shot("builder", dialog)
        dialog.tabs.setCurrentWidget(dialog.access)
        self.shot("access", dialog)
        dialog.close()


def steps() -> dict[str, Any]:
    """Return what each step gave."""
    asked, found = given(), {}
    fill_screen()
    iface.newProject()
    iface.messageBar().clearWidgets()
    tour = Tour(asked["texts"], Path(asked["pictures"]))
    tour.open_menu()
    found["layers"] = tour.open_map()
    tour.switch_colours()
    found["drawn"] = tour.draw_site(asked["corners"])
    found["verdict"] = tour.check_site(asked["facts"])
    found["report"] = tour.make_report(Path(asked["work"]))
    found["many"] = tour.check_many(Path(asked["sites"]))
    found["compared"] = tour.compare(Path(asked["sites"]), ("a", "b", "c"))
    tour.open_settings()
    found["wrong"] = tour.open_health()
    tour.open_builder(Path(asked["catalogue"]))
    return found


run_in_window(steps)
