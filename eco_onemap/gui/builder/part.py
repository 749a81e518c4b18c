# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu's way to the catalogue builder."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction

from eco_onemap.gui.builder.dialog import BuilderDialog
from eco_onemap.gui.desk import Desk
from eco_onemap.qgis_bridge.translation import tr


class BuilderPart:
    """One builder at a time: a new catalogue from the project, or the opened one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._dialog: BuilderDialog | None = None
        action = QAction(tr("Build a catalogue…"), desk.menu)
        action.triggered.connect(self.show_builder)
        desk.add_action(action)

    def remove(self) -> None:
        """Close the builder; edits that are not saved are given up with the plugin."""
        dialog = self._standing()
        if dialog is not None:
            dialog.hide()
            sip.delete(dialog)
        self._dialog = None

    def show_builder(self) -> None:
        """Show the builder with the opened map's catalogue, or one made of the project's layers."""
        dialog = self._standing()
        if dialog is None:
            opened = self._desk.opened
            window = self._desk.iface.mainWindow()
            dialog = BuilderDialog(QgsProject.instance(), opened.open, window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.look_at_project()
            if opened.path is not None:
                dialog.open_path(opened.path)
            else:
                dialog.session.start_new()
            self._dialog = dialog
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _standing(self) -> BuilderDialog | None:
        if self._dialog is None or sip.isdeleted(self._dialog):
            return None
        return self._dialog
