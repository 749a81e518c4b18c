# SPDX-License-Identifier: GPL-2.0-or-later
"""Industries that a search found, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from eco_onemap.core.sites.industries import Industry

CODE = Qt.ItemDataRole.UserRole
"""The role of an industry's code."""
NOWHERE = QModelIndex()


class IndustryModel(QAbstractListModel):
    """Shows code and name of industries."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Industry, ...] = ()

    def show_industries(self, found: Sequence[Industry]) -> None:
        """Show other industries."""
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NOWHERE) -> int:
        """Return the number of industries."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return code and name, or the code alone."""
        if not index.isValid():
            return None
        industry = self._found[index.row()]
        told = {
            CODE: industry.code,
            Qt.ItemDataRole.DisplayRole: f"{industry.code}  {industry.name}",
        }
        return told.get(role)
