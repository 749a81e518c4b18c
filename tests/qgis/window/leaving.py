# SPDX-License-Identifier: GPL-2.0-or-later
"""Leaves QGIS by its menu while a check is going on."""

from __future__ import annotations

from pathlib import Path

from docks import open_map, start_check, take_sites, the_dock
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.utils import iface
from script import given, run_in_window

UNDER_WAY = 50


def steps() -> bool:
    """Begin the check, and leave as soon as this is told."""
    dock = the_dock()
    open_map(Path(given()["catalogue"]))
    take_sites(dock, Path(given()["sites"]))
    start_check(dock, UNDER_WAY)
    QgsProject.instance().setDirty(False)
    QTimer.singleShot(0, iface.actionExit().trigger)
    return bool(dock.is_checking)


run_in_window(steps, stay=True)
