# SPDX-License-Identifier: GPL-2.0-or-later
"""Drawing sites on the map: the buttons, what they are drawn with, and the keys meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import shapely
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsSettings,
    QgsSnappingConfig,
    QgsVectorLayer,
)
from qgis.gui import QgisInterface, QgsMapTool, QgsMapToolCapture
from qgis.PyQt.QtCore import QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QHBoxLayout, QToolButton, QWidget

from eco_onemap.gui.desk import icon
from eco_onemap.gui.siting.drawing_tool import DrawingTool
from eco_onemap.gui.undo_keys import means_redo, means_undo
from eco_onemap.qgis_bridge.translation import tr
from eco_onemap.readers.sites.tables.outlines import circle, strip

KINDS = {
    "Polygon": QgsMapToolCapture.CaptureMode.CapturePolygon,
    "LineString": QgsMapToolCapture.CaptureMode.CaptureLine,
    "Point": QgsMapToolCapture.CaptureMode.CapturePoint,
}
WIDEST_M = 10_000.0
TAKES_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
SNAP = "eco_onemap/snap_while_drawing"
SNAP_PX = 12
SNAPS_TO = Qgis.SnappingTypes(Qgis.SnappingType.Vertex | Qgis.SnappingType.Segment)


class DrawingBar(QWidget):
    """Buttons that let sites be drawn: polygons, lines with a width, points with a radius.

    A button stays pressed, and site after site can be drawn, until it is clicked again, Esc is
    pressed with nothing begun, or another tool of the map is chosen.

    site_drawn: the geometry and its CRS, which is that of the map while it was drawn.
    undo_wanted, redo_wanted: the keys of undo and redo were pressed on the map and no corner of a
    site that is being drawn was meant.
    """

    site_drawn = pyqtSignal(QgsGeometry, QgsCoordinateReferenceSystem)
    undo_wanted = pyqtSignal()
    redo_wanted = pyqtSignal()

    def __init__(self, iface: QgisInterface, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._tool: DrawingTool | None = None
        self._before: QgsMapTool | None = None
        self._layer: QgsVectorLayer | None = None
        self._size = QDoubleSpinBox()
        self._size.setRange(0.0, WIDEST_M)
        self._size.setDecimals(1)
        self._size.setSuffix(" m")
        self._size.setToolTip(tr("Width of a line, radius of a point; 0: just the line or point"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        tips = (tr("Draw a polygon"), tr("Draw a line"), tr("Draw a point"))
        names = ("polygon", "line", "point")
        self._buttons = {
            kind: self._button(kind, f"draw_{name}", tip)
            for kind, name, tip in zip(KINDS, names, tips, strict=True)
        }
        for button in self._buttons.values():
            row.addWidget(button)
        row.addWidget(self._size)
        row.addWidget(self._snapping_button())
        iface.mapCanvas().installEventFilter(self)

    def _snapping_button(self) -> QToolButton:
        self._snap = QToolButton()
        self._snap.setIcon(QgsApplication.getThemeIcon("/mIconSnapping.svg"))
        self._snap.setCheckable(True)
        self._snap.setChecked(QgsSettings().value(SNAP, True, type=bool))
        tip = tr("Snap to corners and edges of all layers while drawing")
        self._snap.setToolTip(tip)
        self._snap.setAccessibleName(tip)
        self._snap.toggled.connect(self._set_snapping)
        return self._snap

    @property
    def snaps(self) -> bool:
        """Whether drawing snaps to what the map shows."""
        return bool(self._snap.isChecked())

    @property
    def size_m(self) -> float:
        """The width of lines and radius of points in metres, 0 for none."""
        return float(self._size.value())

    @property
    def is_drawing(self) -> bool:
        """Whether a click on the map draws."""
        return self._tool is not None

    def start(self, kind: str) -> None:
        """Let sites be drawn on the map; *kind* is one of :data:`KINDS`."""
        self.stop()
        canvas = self._iface.mapCanvas()
        crs = canvas.mapSettings().destinationCrs()
        self._layer = QgsVectorLayer(f"{kind}?crs={crs.toWkt()}", tr("Drawing"), "memory")
        self._layer.setCrs(crs)
        self._layer.startEditing()  # QGIS digitises into layers that are being edited only
        self._tool = DrawingTool(canvas, self._iface.cadDockWidget(), KINDS[kind])
        self._tool.setLayer(self._layer)
        self._tool.digitizingCompleted.connect(self._take)
        self._before = canvas.mapTool()
        canvas.setMapTool(self._tool)
        self._tool.deactivated.connect(self._leave)
        self._buttons[kind].setChecked(True)
        self._apply_snapping()

    def stop(self) -> None:
        """Give the map the tool back that it had."""
        tool, before = self._tool, self._before
        self._leave()
        canvas = self._iface.mapCanvas()
        if tool is not None and canvas.mapTool() is tool:
            canvas.unsetMapTool(tool)
            if before is not None:
                canvas.setMapTool(before)

    def close_down(self) -> None:
        """End drawing and listen to the map no more."""
        self.stop()
        self._iface.mapCanvas().removeEventFilter(self)

    def eventFilter(self, _canvas: QObject, event: QEvent) -> bool:
        """Let the usual keys undo and redo on the map, while one draws or sees the buttons."""
        is_key = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if not is_key or not isinstance(event, QKeyEvent):
            return False
        act = self._meant_by(event) if self.is_drawing or self.isVisible() else None
        if act is None:
            return False
        if event.type() == QEvent.Type.KeyPress:
            act()
        event.accept()
        return True

    def _meant_by(self, key: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does here, None where it is QGIS's own affair."""
        is_undo, is_redo = means_undo(key), means_redo(key)
        if self._tool is not None:
            if is_undo or (key.key() in TAKES_BACK and self._tool.size()):
                return self._take_back
            if is_redo:
                return self._put_back
            is_over = key.key() == Qt.Key.Key_Escape and not self._tool.size()
            return self.stop if is_over else None
        layer = self._iface.activeLayer()
        if layer is not None and layer.isEditable():
            return None
        if is_undo:
            return self.undo_wanted.emit
        return self.redo_wanted.emit if is_redo else None

    def _take_back(self) -> None:
        if self._tool is None or not self._tool.take_back():
            self.undo_wanted.emit()

    def _put_back(self) -> None:
        if self._tool is None or not self._tool.put_back():
            self.redo_wanted.emit()

    def _leave(self) -> None:
        """Have no tool any more; the map may have another one already."""
        tool, self._tool, self._before = self._tool, None, None
        for button in self._buttons.values():
            button.setChecked(False)
        if tool is None:
            return
        tool.deactivated.disconnect(self._leave)
        utils = self._iface.mapCanvas().snappingUtils()
        utils.setConfig(QgsProject.instance().snappingConfig())
        tool.deleteLater()

    def _set_snapping(self, snaps: bool) -> None:
        QgsSettings().setValue(SNAP, snaps)
        if self._tool is not None:
            self._apply_snapping()

    def _apply_snapping(self) -> None:
        """Snap as the button says; the project's own settings stay as they are."""
        config = QgsSnappingConfig(QgsProject.instance().snappingConfig())
        config.setEnabled(self.snaps)
        if self.snaps:
            config.setMode(Qgis.SnappingMode.AllLayers)
            config.setTypeFlag(SNAPS_TO)
            config.setTolerance(SNAP_PX)
            config.setUnits(Qgis.MapToolUnit.Pixels)
        self._iface.mapCanvas().snappingUtils().setConfig(config)

    def _button(self, kind: str, picture: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCheckable(True)
        button.clicked.connect(lambda pressed: self.start(kind) if pressed else self.stop())
        return button

    def _take(self, feature: QgsFeature) -> None:
        if self._layer is None or self._tool is None:
            return
        self._tool.forget()
        crs = self._layer.crs()
        drawn = with_size(feature.geometry(), self.size_m, angular=crs.isGeographic())
        self.site_drawn.emit(drawn, crs)


def with_size(geometry: QgsGeometry, size_m: float, *, angular: bool) -> QgsGeometry:
    """Return a line as the strip of a width, a point as the circle of a radius, both in metres.

    A polygon stays as it is, and so does everything where *size_m* is 0. angular: whether the
    coordinates are degrees.
    """
    shape = shapely.force_2d(shapely.from_wkb(bytes(geometry.asWkb())))
    dimension = int(shapely.get_dimensions(shape))
    if size_m <= 0 or dimension == 2:
        return QgsGeometry(geometry)
    if dimension == 1:
        made = strip(shape, size_m, angular=angular)
    else:
        middle = shapely.centroid(shape)
        made = circle(middle.x, middle.y, size_m, angular=angular)
    result = QgsGeometry()
    result.fromWkb(shapely.to_wkb(made))
    return result
