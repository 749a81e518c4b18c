# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu of the one maps that were open last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtWidgets import QMenu, QWidget

from eco_onemap.gui.one_map.recent import keep_maps, recent_maps
from eco_onemap.qgis_bridge.translation import tr


class RecentMenu(QMenu):
    """Lists the maps anew each time it is shown; the digit before a map chooses it.

    chosen: is called with the catalogue of the map that is chosen.
    """

    def __init__(self, chosen: Callable[[Path], object], parent: QWidget) -> None:
        super().__init__(tr("Recent maps"), parent)
        self._chosen = chosen
        self.aboutToShow.connect(self.list_maps)

    def list_maps(self) -> None:
        """List the maps that were open last; those that are gone cannot be chosen."""
        self.clear()
        maps = recent_maps()
        for number, path in enumerate(maps, 1):
            named = str(path).replace("&", "&&")
            is_there = path.is_file()
            named = named if is_there else tr("{path} (not there)").format(path=named)
            action = self.addAction(f"&{number} {named}")
            action.setEnabled(is_there)
            action.triggered.connect(lambda _=False, path=path: self._chosen(path))
        if not maps:
            self.addAction(tr("None yet")).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(tr("Clear the list")).triggered.connect(lambda: keep_maps(()))
