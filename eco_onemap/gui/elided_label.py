# SPDX-License-Identifier: GPL-2.0-or-later
"""One line of text that ends in an ellipsis where there is no room, its whole in the tool tip."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPaintEvent
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QWidget

LEAST_PX = 40


class ElidedLabel(QLabel):
    """Takes what width is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return how little room is enough."""
        return QSize(LEAST_PX, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for no more: a long text must not widen a panel."""
        return self.minimumSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what has room."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.setPen(self.palette().text().color())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()
