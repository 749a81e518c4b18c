# SPDX-License-Identifier: GPL-2.0-or-later
"""Words over the map: names of sites, distances of rings, the length of the nearest line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsPointXY, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from qgis.PyQt.QtWidgets import QStyleOptionGraphicsItem, QWidget

from eco_onemap.qgis_bridge.crs import build_cgcs2000

HALO_PX = 3.0
ABOVE = 1000.0
"""Higher than the drawings that the words belong to."""


@dataclass(frozen=True)
class MapLabel:
    """A text centred on a place in CGCS2000 degrees."""

    text: str
    longitude: float
    latitude: float
    colour: QColor


class MapLabels(QgsMapCanvasItem):
    """Writes texts with a white rim, so that they are read on any map."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._placed: list[tuple[MapLabel, QgsPointXY]] = []
        self.setZValue(ABOVE)

    @property
    def texts(self) -> list[str]:
        """What is written, in the order of writing."""
        return [label.text for label, _ in self._placed]

    def show_labels(self, labels: Sequence[MapLabel]) -> None:
        """Write other texts; those whose place the map's CRS does not reach are left out."""
        settings = self._canvas.mapSettings()
        move = QgsCoordinateTransform(
            build_cgcs2000(), settings.destinationCrs(), QgsProject.instance()
        )
        self._placed = []
        for label in labels:
            try:
                point = move.transform(QgsPointXY(label.longitude, label.latitude))
            except QgsCsException:
                continue
            self._placed.append((label, point))
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the whole view: texts may stand anywhere."""
        return QRectF(self._canvas.rect())

    def updatePosition(self) -> None:
        """Write anew where the map moved."""
        self.prepareGeometryChange()
        self.update()

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem | None = None,
        _widget: QWidget | None = None,
    ) -> None:
        """Write the texts."""
        font = self._canvas.font()
        font.setBold(True)
        height = QFontMetricsF(font).capHeight()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim = QPen(QBrush(Qt.GlobalColor.white), HALO_PX)
        rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for label, point in self._placed:
            at = self.toCanvasCoordinates(point)
            width = QFontMetricsF(font).horizontalAdvance(label.text)
            written = QPainterPath()
            written.addText(QPointF(at.x() - width / 2, at.y() + height / 2), font, label.text)
            painter.strokePath(written, rim)
            painter.fillPath(written, QBrush(label.colour))
