# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu's way to the dialog that verifies a report."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QAction

from eco_onemap.gui.desk import Desk, icon
from eco_onemap.qgis_bridge.translation import tr

ALGORITHM = "ecoonemap:verifyreport"


class VerifyingPart:
    """An entry of the menu; the dialog is that of QGIS's toolbox."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        action = QAction(icon("verify_report"), tr("Verify a report…"), desk.menu)
        action.triggered.connect(self._show)
        desk.add_action(action)

    def remove(self) -> None:
        """Leave the dialog, which is QGIS's own, to QGIS."""

    def _show(self) -> None:
        """Open the dialog with the opened map as the present data."""
        import processing  # noqa: PLC0415 - a plugin of QGIS that is loaded by then

        path = self._desk.opened.path
        processing.execAlgorithmDialog(ALGORITHM, {"CATALOGUE": str(path)} if path else {})
