# SPDX-License-Identifier: GPL-2.0-or-later
"""A listing as a Qt model, and a proxy that sorts by values and filters by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.results.listing import Line, Listing
from eco_onemap.gui.results.looks import verdict_icon
from eco_onemap.gui.rows_model import RowsModel

ORDER = Qt.ItemDataRole.UserRole + 1
"""The role of the value that a column is sorted by."""

NOTHING = Listing((), ())


class ListingModel(RowsModel):
    """Shows a listing; a line's verdict is an icon in its first cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = NOTHING
        self._icons = {verdict.value: verdict_icon(verdict) for verdict in Verdict}

    @property
    def listing(self) -> Listing:
        """What is shown."""
        return self._listing

    def show_listing(self, listing: Listing) -> None:
        """Show another listing."""
        self.beginResetModel()
        self._listing = listing
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Return a line by its number."""
        return self._listing.lines[row]

    def rows(self) -> Sequence[Line]:
        """Return the lines."""
        return self._listing.lines

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return self._listing.headings

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading, and what it means in more words."""
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return self._listing.tips.get(section)
        return super().headerData(section, orientation, role)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, tells or is sorted by."""
        if not index.isValid():
            return None
        line, column = self._listing.lines[index.row()], index.column()
        entry = line.cells[column]
        told = {
            Qt.ItemDataRole.DisplayRole: entry.text,
            Qt.ItemDataRole.ToolTipRole: entry.tip or None,
            ORDER: entry.order,
        }
        if role in told:
            return told[role]
        if role == Qt.ItemDataRole.TextAlignmentRole and column in self._listing.numeric:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        is_verdict = role == Qt.ItemDataRole.DecorationRole and column == 0
        return self._icons.get(line.tone.value) if is_verdict else None


class ListingProxy(QSortFilterProxyModel):
    """Sorts numbers as numbers; shows the lines in which every word of the filter occurs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._tone = ""
        self.setSortRole(ORDER)

    def filter_by(self, text: str) -> None:
        """Show the lines that hold all words of *text*, in whichever cells or tips of cells."""
        self._words = text.casefold().split()
        self.invalidateFilter()

    def filter_by_tone(self, tone: str) -> None:
        """Show the lines of one verdict, "" for all."""
        if tone != self._tone:
            self._tone = tone
            self.invalidateFilter()

    def filterAcceptsRow(self, row: int, _parent: QModelIndex) -> bool:
        """Return whether a line is shown."""
        if not self._tone and not self._words:
            return True
        line = self.sourceModel().line(row)
        if self._tone and line.tone.value != self._tone:
            return False
        said = (text for cell in line.cells for text in (cell.text, cell.tip))
        text = "\n".join(said).casefold()
        return all(word in text for word in self._words)
