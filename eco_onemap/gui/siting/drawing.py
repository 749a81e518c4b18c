# SPDX-License-Identifier: GPL-2.0-or-later
"""Drawing a site on the map with QGIS's own digitising: snapping, Backspace, Esc, right click."""

from __future__ import annotations

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
from qgis.gui import (
    QgisInterface,
    QgsMapMouseEvent,
    QgsMapTool,
    QgsMapToolCapture,
    QgsMapToolDigitizeFeature,
)
from qgis.PyQt.QtCore import QEvent, QObject, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QHBoxLayout, QToolButton, QWidget

from eco_onemap.gui.desk import icon
from eco_onemap.qgis_bridge.translation import tr
from eco_onemap.readers.sites.tables.outlines import circle, strip

KINDS = {
    "Polygon": QgsMapToolCapture.CaptureMode.CapturePolygon,
    "LineString": QgsMapToolCapture.CaptureMode.CaptureLine,
    "Point": QgsMapToolCapture.CaptureMode.CapturePoint,
}
WIDEST_M = 10_000.0
SNAP = "eco_onemap/snap_while_drawing"
SNAP_PX = 12
SNAPS_TO = Qgis.SnappingTypes(Qgis.SnappingType.Vertex | Qgis.SnappingType.Segment)


class DrawingTool(QgsMapToolDigitizeFeature):
    """QGIS's digitising, for a layer that is not the one in use.

    QGIS takes a snapped corner from its layer and brings it from there to the CRS of the layer in
    use, whichever that is. Here the place on the map counts, so no CRS is mistaken for another.
    """

    def cadCanvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Take the place, snapped or not, as one of the map's."""
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


class DrawingBar(QWidget):
    """Buttons that let a site be drawn: a polygon, a line with a width, a point with a radius.

    site_drawn: the geometry and its CRS, which is that of the map while it was drawn.
    """

    site_drawn = pyqtSignal(QgsGeometry, QgsCoordinateReferenceSystem)

    def __init__(self, iface: QgisInterface, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._tool: DrawingTool | None = None
        self._before: QgsMapTool | None = None
        self._layer: QgsVectorLayer | None = None
        self._size = QDoubleSpinBox()
        self._size.setRange(0.0, WIDEST_M)
        self._size.setSuffix(" m")
        self._size.setToolTip(tr("Width of a line, radius of a point; 0: just the line or point"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        tips = (tr("Draw a polygon"), tr("Draw a line"), tr("Draw a point"))
        for kind, name, tip in zip(KINDS, ("polygon", "line", "point"), tips, strict=True):
            row.addWidget(self._button(kind, f"draw_{name}", tip))
        row.addWidget(self._size)
        self._snap = QToolButton()
        self._snap.setIcon(QgsApplication.getThemeIcon("/mIconSnapping.svg"))
        self._snap.setCheckable(True)
        self._snap.setChecked(QgsSettings().value(SNAP, True, type=bool))
        tip = tr("Snap to corners and edges of all layers while drawing")
        self._snap.setToolTip(tip)
        self._snap.setAccessibleName(tip)
        self._snap.toggled.connect(self._set_snapping)
        row.addWidget(self._snap)

    @property
    def snaps(self) -> bool:
        """Whether drawing snaps to what the map shows."""
        return bool(self._snap.isChecked())

    @property
    def size_m(self) -> float:
        """The width of lines and radius of points in metres, 0 for none."""
        return float(self._size.value())

    def start(self, kind: str) -> None:
        """Let a site be drawn on the map; *kind* is one of :data:`KINDS`."""
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
        canvas.installEventFilter(self)
        self._apply_snapping()

    def stop(self) -> None:
        """Give the map the tool back that it had."""
        tool, self._tool = self._tool, None
        if tool is None:
            return
        canvas = self._iface.mapCanvas()
        canvas.removeEventFilter(self)
        canvas.snappingUtils().setConfig(QgsProject.instance().snappingConfig())
        if canvas.mapTool() is tool:
            canvas.unsetMapTool(tool)
            if self._before is not None:
                canvas.setMapTool(self._before)
        self._before = None
        tool.deleteLater()

    def eventFilter(self, _canvas: QObject, event: QEvent) -> bool:
        """Let the usual keys of undo take the last point back, while a site is being drawn."""
        is_key = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if not is_key or self._tool is None or not event.matches(QKeySequence.StandardKey.Undo):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._tool.undo()
        event.accept()
        return True

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
        button.clicked.connect(lambda: self.start(kind))
        return button

    def _take(self, feature: QgsFeature) -> None:
        if self._layer is None:
            return
        crs = self._layer.crs()
        drawn = with_size(feature.geometry(), self.size_m, angular=crs.isGeographic())
        self.stop()
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
