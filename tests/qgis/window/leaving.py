# SPDX-License-Identifier: GPL-2.0-or-later
"""Leaves QGIS by its menu while a check is going on."""

from __future__ import annotations

from pathlib import Path

from docks import open_map, start_check, take_sites, the_dock
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QMessageBox
from qgis.utils import iface
from script import given, run_in_window

UNDER_WAY = 50
EVERY_MS = 200


def say_yes() -> None:
    """Answer QGIS, which asks whether what is running is to be cancelled, and then stays."""
    question = QApplication.activeModalWidget()
    if isinstance(question, QMessageBox):
        question.button(QMessageBox.StandardButton.Yes).click()


def steps() -> bool:
    """Begin the check, and leave as soon as this is told."""
    dock = the_dock()
    open_map(Path(given()["catalogue"]))
    take_sites(dock, Path(given()["sites"]))
    start_check(dock, UNDER_WAY)
    QgsProject.instance().setDirty(False)
    for act in (iface.actionExit().trigger, say_yes):  # a timer is deaf while its own act lasts
        timer = QTimer(iface.mainWindow())
        timer.timeout.connect(act)
        timer.start(EVERY_MS)
    return bool(dock.is_checking)


run_in_window(steps, stay=True)
