# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts the settings page among QGIS's options, and a way there into the plugin's menu."""

from __future__ import annotations

from qgis.gui import QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QWidget

from eco_onemap.gui.desk import Desk, icon
from eco_onemap.gui.settings.page import SettingsPage
from eco_onemap.qgis_bridge.translation import tr

PAGE = "EcoOneMapOptions"


class _PageFactory(QgsOptionsWidgetFactory):
    """Makes the page each time when the options are opened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Eco One Map"), icon("icon"), PAGE)
        self._desk = desk

    def icon(self) -> QIcon:
        """Return the page's icon."""
        return icon("icon")

    def createWidget(self, parent: QWidget | None = None) -> SettingsPage:
        """Return a page with the stored preferences."""
        page = SettingsPage(self._desk.preferences_changed.emit, parent)
        page.setObjectName(PAGE)
        return page


class SettingsPart:
    """The settings page and its action."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._factory = _PageFactory(desk)
        desk.iface.registerOptionsWidgetFactory(self._factory)
        action = QAction(tr("Settings…"), desk.menu)
        action.triggered.connect(self._open)
        desk.add_action(action)

    def _open(self) -> None:
        self._desk.iface.showOptionsDialog(self._desk.iface.mainWindow(), PAGE)

    def remove(self) -> None:
        """Take the page out of QGIS's options."""
        self._desk.iface.unregisterOptionsWidgetFactory(self._factory)
