# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu of colour schemes: what is chosen is preferred from then on, and shown at once."""

from __future__ import annotations

from dataclasses import replace

from qgis.PyQt.QtCore import pyqtBoundSignal
from qgis.PyQt.QtWidgets import QActionGroup, QMenu, QWidget

from eco_onemap.layout.schemes import scheme_titles
from eco_onemap.qgis_bridge.preferences import read_preferences, write_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language


class SchemeMenu(QMenu):
    """One entry for each scheme, the preferred one ticked.

    changed: the signal that tells of changed preferences.
    """

    def __init__(self, changed: pyqtBoundSignal, parent: QWidget) -> None:
        super().__init__(tr("Colours"), parent)
        self.setObjectName("EcoOneMapSchemes")
        self._changed = changed
        self._group = QActionGroup(self)
        for name, titles in scheme_titles().items():
            action = self.addAction(titles[user_language()])
            action.setCheckable(True)
            action.setData(name)
            self._group.addAction(action)
        self._group.triggered.connect(lambda action: self._prefer(action.data()))
        self.aboutToShow.connect(self._tick)
        self._tick()

    def _tick(self) -> None:
        preferred = read_preferences().scheme
        for action in self._group.actions():
            action.setChecked(action.data() == preferred)

    def _prefer(self, scheme: str) -> None:
        write_preferences(replace(read_preferences(), scheme=scheme))
        self._changed.emit()
