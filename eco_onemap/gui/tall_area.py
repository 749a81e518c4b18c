# SPDX-License-Identifier: GPL-2.0-or-later
"""A scroll area for what may be higher than the screen, but never wider than its panel."""

from __future__ import annotations

from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt
from qgis.PyQt.QtWidgets import QFrame, QStyle, QWidget


class TallArea(QgsScrollArea):
    """Is as wide as its content needs and scrolls up and down only."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    @property
    def is_low(self) -> bool:
        """Whether there is less height than the content needs."""
        return bool(self.widget().minimumSizeHint().height() > self.viewport().height())

    def minimumSizeHint(self) -> QSize:
        """Return the width of the content beside a scroll bar; any height is enough."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        width = self.widget().minimumSizeHint().width() + bar if self.widget() else 0
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the content when it becomes wider."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return bool(super().eventFilter(watched, event))
