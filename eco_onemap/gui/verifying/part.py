# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu's way to the dialog that verifies a report."""

from __future__ import annotations

from typing import Any

from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction

from eco_onemap.gui.desk import Desk, icon
from eco_onemap.qgis_bridge.translation import tr

ALGORITHM = "ecoonemap:verifyreport"


class VerifyingPart:
    """An entry of the menu; the dialog is that of QGIS's toolbox."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._dialog: Any = None
        action = QAction(icon("verify_report"), tr("Verify a report…"), desk.menu)
        action.triggered.connect(self.show_dialog)
        desk.add_action(action)

    def remove(self) -> None:
        """Close the dialog, whose algorithm goes with the plugin."""
        if self._dialog is not None and not sip.isdeleted(self._dialog):
            self._dialog.hide()
            sip.delete(self._dialog)
        self._dialog = None

    def show_dialog(self) -> None:
        """Open the dialog anew, with the opened map as the present data."""
        import processing  # noqa: PLC0415 - a plugin of QGIS that is loaded by then

        self.remove()
        path = self._desk.opened.path
        given = {"CATALOGUE": str(path)} if path is not None else {}
        self._dialog = processing.createAlgorithmDialog(ALGORITHM, given)
        if self._dialog is not None:  # the toolbox may be switched off
            self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._dialog.show()
