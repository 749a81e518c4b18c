# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites in hand as a table: what kind each is, its identifier and its name, to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

import shapely
from qgis.PyQt.QtCore import QModelIndex, QObject, Qt, pyqtSignal

from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.gui.desk import icon
from eco_onemap.gui.rows_model import RowsModel
from eco_onemap.qgis_bridge.translation import tr

KINDS = ("point", "line", "polygon")
"""By the dimension of a geometry."""


_CELL = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_NAME = _CELL | Qt.ItemFlag.ItemIsEditable


class Column(IntEnum):
    """The columns in their order."""

    SITE = 0
    NAME = 1


class SitesModel(RowsModel):
    """Shows sites; a name that a person writes is told, and shown when it comes back.

    named: a row and its new name.
    """

    named = pyqtSignal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sites: RawSites | None = None
        self._headings = (tr("Site"), tr("Name"))  # views ask for their number at each row
        self._icons = [icon(f"draw_{kind}") for kind in KINDS]

    def show_sites(self, sites: RawSites | None) -> None:
        """Show other sites, None for none."""
        self.beginResetModel()
        self._sites = sites
        self.endResetModel()

    def rows(self) -> Sequence[int]:
        """Return the numbers of the sites."""
        return range(0 if self._sites is None else len(self._sites))

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return self._headings

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return that names can be changed."""
        if not index.isValid():
            return super().flags(index)
        return _NAME if index.column() == Column.NAME else _CELL

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or self._sites is None:
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            texts = self._sites.ids if column == Column.SITE else self._sites.names
            return str(texts[row])
        if role == Qt.ItemDataRole.DecorationRole and column == Column.SITE:
            dimension = int(shapely.get_dimensions(self._sites.geometries[row]))
            return self._icons[dimension] if dimension >= 0 else None
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell another name."""
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not name or name == index.data():
            return False
        self.named.emit(index.row(), name)
        return True
