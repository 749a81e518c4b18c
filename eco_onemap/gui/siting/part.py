# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts the dock of the siting check into the window, with the action that shows it."""

from __future__ import annotations

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction

from eco_onemap.gui.desk import Desk, icon
from eco_onemap.gui.siting.dock import SitingDock
from eco_onemap.qgis_bridge.translation import tr

SIZED = "eco_onemap/dock_was_sized"
"""The setting that remembers that the dock was given its width."""
USUAL_PX = 500
"""The width at which lists are read whole, and a screen of 1280 pixels keeps its map."""


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
        self._window = desk.iface.mainWindow()
        if not QgsSettings().value(SIZED, False, type=bool):
            self.dock.visibilityChanged.connect(self._give_width)

    def _give_width(self, is_visible: bool) -> None:
        """Be as wide as lists need when the dock is seen first; afterwards the user's width counts.

        Qt would make it as narrow as it can be.
        """
        if not is_visible:
            return
        self.dock.visibilityChanged.disconnect(self._give_width)
        QgsSettings().setValue(SIZED, True)
        if not self.dock.isFloating():
            self._window.resizeDocks([self.dock], [USUAL_PX], Qt.Orientation.Horizontal)

    def remove(self) -> None:
        """End a check that is going on and clear the map."""
        self.dock.close_down()
