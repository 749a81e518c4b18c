# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's own digitising for sites: snapping, Backspace, Esc, right click; and undo with redo."""

from __future__ import annotations

from qgis.core import QgsPointXY
from qgis.gui import QgsAdvancedDigitizingDockWidget, QgsMapCanvas, QgsMapMouseEvent
from qgis.gui import QgsMapToolDigitizeFeature as DigitizeFeature
from qgis.PyQt.QtCore import Qt


class DrawingTool(DigitizeFeature):
    """QGIS's digitising, for a layer that is not the one in use.

    QGIS takes a snapped corner from its layer and brings it from there to the CRS of the layer in
    use, whichever that is. Here the place on the map counts, so no CRS is mistaken for another.
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        cad: QgsAdvancedDigitizingDockWidget,
        mode: DigitizeFeature.CaptureMode,
    ) -> None:
        super().__init__(canvas, cad, mode)
        self._taken_back: list[QgsPointXY] = []

    def cadCanvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Take the place, snapped or not, as one of the map's."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._taken_back.clear()
        placed = QgsMapMouseEvent(
            self.canvas(),
            event.type(),
            event.pos(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )
        placed.setMapPoint(event.mapPoint())
        super().cadCanvasReleaseEvent(placed)

    def take_back(self) -> bool:
        """Take the last corner back; return whether there was one."""
        corners = self.points()
        if not corners:
            return False
        self._taken_back.append(corners[-1])
        self.undo()
        return True

    def put_back(self) -> bool:
        """Set the corner again that was taken back last; return whether there was one."""
        if not self._taken_back:
            return False
        self.addVertex(self._taken_back.pop())
        return True

    def forget(self) -> None:
        """Let no corner come back: another site begins."""
        self._taken_back.clear()
