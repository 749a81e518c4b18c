# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds a catalogue of the project's layers from the menu, with pictures, saves and opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pictures import our_action, rest, take_picture, top_window, wait_until
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton
from qgis.utils import plugins
from script import given, run_in_window


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


def steps() -> dict[str, Any]:
    """Return what the builder made, and what the window has open in the end."""
    folder, pictures = Path(given()["folder"]), Path(given()["pictures"])
    add_layers(folder)
    our_action(given()["action"]).trigger()
    dialog = top_window("BuilderDialog")
    wait_until(lambda: dialog.layers.model.rowCount() > 0)
    dialog.layers.choose(row_of(dialog, "drinking_zone"))
    rest(0.5)
    take_picture(dialog, pictures / "builder.png")
    title = dialog.general.title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "Haiwan")
    QTest.keyClick(title, Qt.Key.Key_Tab)
    problems = dialog.problems
    number = next(
        row
        for row in range(problems.model.rowCount())
        if problems.model.problem(row).text.key == "problem.no_crs"
    )
    dialog.tabs.setCurrentWidget(problems)
    problems.table.selectRow(number)
    rest(0.3)
    take_picture(dialog, pictures / "builder_problems.png")
    QTest.mouseClick(problems.buttons()[0], Qt.MouseButton.LeftButton)
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
    return {
        "text": target.read_text(encoding="utf-8"),
        "title": dialog.windowTitle(),
        "opened": str(opened.path),
    }


run_in_window(steps)
