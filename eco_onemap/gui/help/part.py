# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu's way to guide, health check and about."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QDialog

from eco_onemap.gui.desk import Desk
from eco_onemap.gui.help.about import AboutDialog
from eco_onemap.gui.help.guide import Guide
from eco_onemap.gui.help.health_dialog import HealthDialog
from eco_onemap.qgis_bridge.translation import tr


class HelpPart:
    """Three windows that a user opens beside QGIS's own and closes when done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._open: list[QDialog] = []
        desk.add_separator()
        self._add(tr("Health check…"), self._check_health)
        self._add(tr("Guide"), self._show_guide)
        self._add(tr("About Eco One Map"), self._show_about)

    def remove(self) -> None:
        """Close what is open."""
        for dialog in self._open:
            if not sip.isdeleted(dialog):
                dialog.close()
        self._open.clear()

    def _add(self, text: str, show: Callable[[], None]) -> None:
        action = QAction(text, self._desk.menu)
        action.triggered.connect(show)
        self._desk.add_action(action)

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
