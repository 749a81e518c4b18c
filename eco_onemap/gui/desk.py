# SPDX-License-Identifier: GPL-2.0-or-later
"""What the parts of the window share: QGIS's interface, the menu, the toolbar, the opened map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QMenu, QToolButton

from eco_onemap.gui.opened_map import OpenedMap
from eco_onemap.paths import resource
from eco_onemap.qgis_bridge.translation import tr

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

OBJECT_NAME = "EcoOneMap"


class WindowPart(Protocol):
    """A part of the window: made with the desk, it stands; what it added itself it removes."""

    def remove(self) -> None:
        """Take out of QGIS what the part added to it beside the desk's menu and toolbar."""


class Desk(QObject):
    """The plugin's place in QGIS's window; all that is added here goes with :meth:`clear`.

    menu: the plugin's menu, a parent for actions that live as long as it.
    preferences_changed: the user accepted the settings page.
    """

    preferences_changed = pyqtSignal()

    def __init__(self, iface: QgisInterface) -> None:
        super().__init__()
        self.iface = iface
        self.opened = OpenedMap()
        self.menu = QMenu(tr("Eco One Map"))
        self.menu.setIcon(icon("icon"))
        self.menu.setObjectName(f"{OBJECT_NAME}Menu")
        iface.pluginMenu().addMenu(self.menu)
        self._toolbar = iface.addToolBar(tr("Eco One Map"))
        self._toolbar.setObjectName(f"{OBJECT_NAME}Toolbar")
        self._docks: list[QDockWidget] = []

    def add_action(self, action: QAction, *, in_toolbar: bool = False) -> None:
        """Show *action* in the plugin's menu and, where it is used daily, in its toolbar."""
        self.menu.addAction(action)
        if in_toolbar:
            self._toolbar.addAction(action)

    def add_button(self, action: QAction) -> None:
        """Show *action* in the toolbar only."""
        self._toolbar.addAction(action)

    def hang_menu(self, menu: QMenu, action: QAction) -> None:
        """Let the arrow beside an action's button in the toolbar open *menu*."""
        button = self._toolbar.widgetForAction(action)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    def add_menu(self, menu: QMenu) -> None:
        """Show a submenu in the plugin's menu."""
        self.menu.addMenu(menu)

    def add_separator(self) -> None:
        """Draw a line below what is in the menu so far."""
        self.menu.addSeparator()

    def add_dock(self, dock: QDockWidget, area: Qt.DockWidgetArea) -> None:
        """Dock a panel, tabbed with those that are there."""
        self.iface.addTabifiedDockWidget(area, dock, raiseTab=False)
        self._docks.append(dock)

    def clear(self) -> None:
        """Take menu, toolbar and panels out of the window."""
        for dock in self._docks:
            self.iface.removeDockWidget(dock)
            dock.deleteLater()
        self._docks.clear()
        self.iface.pluginMenu().removeAction(self.menu.menuAction())
        for widget in (self.menu, self._toolbar):
            if not sip.isdeleted(widget):
                widget.deleteLater()


def icon(name: str) -> QIcon:
    """Return the icon ``resources/icons/<name>.svg``."""
    return QIcon(str(resource("icons", f"{name}.svg")))
