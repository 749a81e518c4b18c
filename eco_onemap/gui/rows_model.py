# SPDX-License-Identifier: GPL-2.0-or-later
"""A table of rows under headings, from which the window's models are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt


class RowsModel(QAbstractTableModel):
    """Counts rows and columns; a subclass says what its rows and headings are, and its cells."""

    def rows(self) -> Sequence[Any]:
        """Return what stands in a row each."""
        raise NotImplementedError

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        raise NotImplementedError

    def index(self, row: int, column: int, parent: QModelIndex | None = None) -> QModelIndex:
        """Return a cell's place, none below a cell; Qt's own asks for both counts each time."""
        is_inside = 0 <= row < len(self.rows()) and 0 <= column < len(self.headings())
        below = parent is not None and parent.isValid()
        return self.createIndex(row, column) if is_inside and not below else QModelIndex()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of rows; a cell has none below it."""
        return 0 if parent is not None and parent.isValid() else len(self.rows())

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of columns; a cell has none below it."""
        return 0 if parent is not None and parent.isValid() else len(self.headings())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        headings = self.headings()
        return headings[section] if 0 <= section < len(headings) else None
