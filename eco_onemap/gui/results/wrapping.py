# SPDX-License-Identifier: GPL-2.0-or-later
"""Cells of a tree view whose text is wrapped into the width of their column."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QRect, QSize
from qgis.PyQt.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

BETWEEN_PX = 6
"""Between the texts of two rows."""
MOST_LINES = 5
"""What is longer ends in an ellipsis; its tip says the whole."""
HIGHEST_PX = 10_000
"""Qt wraps into rectangles that have a height."""


class WrappingDelegate(QStyledItemDelegate):
    """Makes rows as high as their wrapped texts; Qt's own tree view measures them on one line.

    wraps: whether it does; without, a cell's size is that of its text on one line.
    """

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self.wraps = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the size of a cell at the present width of its column."""
        if not self.wraps:
            return super().sizeHint(option, index)
        wide = QStyleOptionViewItem(option)
        wide.rect = QRect(0, 0, self._view.columnWidth(index.column()), HIGHEST_PX)
        wide.features |= QStyleOptionViewItem.ViewItemFeature.WrapText
        size = super().sizeHint(wide, index)
        most = MOST_LINES * self._view.fontMetrics().lineSpacing()
        return QSize(size.width(), min(size.height(), most) + BETWEEN_PX)
