# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu's way to first steps, guide, health check and about; a new user is shown the first."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QAction, QDialog

from eco_onemap.gui.desk import Desk
from eco_onemap.gui.help.about import AboutDialog
from eco_onemap.gui.help.first_steps import FirstSteps, keep_seen, were_seen
from eco_onemap.gui.help.guide import Guide
from eco_onemap.gui.help.health_dialog import HealthDialog
from eco_onemap.gui.siting.dock import OBJECT_NAME, SitingDock
from eco_onemap.qgis_bridge.translation import tr

GREETING_MS = 500
"""A new user sees QGIS first."""


class HelpPart:
    """Windows that a user opens beside QGIS's own and closes when done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._open: list[QDialog] = []
        desk.add_separator()
        self._add(tr("First steps…"), self.show_first_steps)
        self._add(tr("Health check…"), self._check_health)
        self._add(tr("Guide"), self._show_guide)
        self._add(tr("About Eco One Map"), self._show_about)
        self._greeting = QTimer()
        self._greeting.setSingleShot(True)
        self._greeting.timeout.connect(self._greet)
        if not were_seen():
            self._greeting.start(GREETING_MS)

    def remove(self) -> None:
        """Close what is open."""
        self._greeting.stop()
        for dialog in self._open:
            if not sip.isdeleted(dialog):
                dialog.close()
        self._open.clear()

    def _add(self, text: str, show: Callable[[], None]) -> None:
        action = QAction(text, self._desk.menu)
        action.triggered.connect(show)
        self._desk.add_action(action)

    def show_first_steps(self) -> None:
        """Show the first steps, and no more by themselves from now on."""
        window = self._desk.iface.mainWindow()
        steps = FirstSteps(self._desk, window.findChild(SitingDock, OBJECT_NAME), window)
        self._show(steps)
        steps.stand_aside()
        keep_seen()

    def _greet(self) -> None:
        """Wait until QGIS stands: it loads plugins before it shows its window."""
        if self._desk.iface.mainWindow().isVisible():
            self.show_first_steps()
        else:
            self._greeting.start(GREETING_MS)

    def _check_health(self) -> None:
        self._show(HealthDialog(self._desk.opened.catalogue, self._desk.iface.mainWindow()))

    def _show_guide(self) -> None:
        guide = Guide(self._desk.iface.mainWindow())
        guide.open_document()
        self._show(guide)

    def _show_about(self) -> None:
        self._show(AboutDialog(self._desk.iface.mainWindow()))

    def _show(self, dialog: QDialog) -> None:
        self._open = [each for each in self._open if not sip.isdeleted(each)]
        self._open.append(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
