# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts the dock of the siting check into the window, with the action that shows it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction

from eco_onemap.gui.desk import Desk, icon
from eco_onemap.gui.siting.dock import SitingDock
from eco_onemap.qgis_bridge.translation import tr


class SitingPart:
    """The dock and its action."""

    def __init__(self, desk: Desk) -> None:
        self.dock = SitingDock(desk)
        desk.add_dock(self.dock, Qt.DockWidgetArea.RightDockWidgetArea)
        self.dock.hide()
        action = QAction(icon("icon"), tr("Siting check"), desk.menu)
        action.setObjectName("EcoOneMapShowDock")
        action.setCheckable(True)
        self.dock.setToggleVisibilityAction(action)
        desk.add_action(action, in_toolbar=True)

    def remove(self) -> None:
        """End a check that is going on and clear the map."""
        self.dock.close_down()
