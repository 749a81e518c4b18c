# SPDX-License-Identifier: GPL-2.0-or-later
"""The maps of a sheet with their grid, scale bar and north arrow."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    Qgis,
    QgsBasicNumericFormat,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemMapOverview,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMapLayerStyle,
    QgsPrintLayout,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.layout.describe import GRID_MM
from eco_onemap.layout.items import add_picture, put
from eco_onemap.layout.labels import text_format
from eco_onemap.layout.overlays import MAGENTA
from eco_onemap.layout.paper import Box
from eco_onemap.layout.place import BAR_PART_MM, BAR_PARTS
from eco_onemap.layout.scales import bar_segment, round_interval
from eco_onemap.layout.sheet import View

FRAME_MM = 0.4
KILOMETRE = 1000.0
ROOM_AROUND = 1.06
"""The locator shows a little more than the area that it shows."""


def add_map(
    layout: QgsPrintLayout,
    name: str,
    box: Box,
    view: View,
    crs: str,
    layers: Sequence[QgsMapLayer],
) -> QgsLayoutItemMap:
    """Add a map of the ground of *view*; *layers* are given bottom first."""
    item = _plain_map(layout, name, box, crs, layers)
    item.setExtent(QgsRectangle(*view.bounds(box.width_mm, box.height_mm)))
    return item


def add_locator(
    layout: QgsPrintLayout,
    name: str,
    box: Box,
    main: QgsLayoutItemMap,
    layers: Sequence[QgsVectorLayer],
    area: Bounds,
) -> QgsLayoutItemMap:
    """Add a small map of a whole *area* (in the main map's CRS) with the main map's frame in it."""
    item = _plain_map(layout, name, box, main.crs().authid(), layers)
    item.setKeepLayerStyles(True)
    item.setLayerStyleOverrides({layer.id(): _plain_areas(layer) for layer in layers})
    shown = QgsRectangle(*area)
    shown.scale(ROOM_AROUND)
    item.zoomToExtent(shown)
    overview = QgsLayoutItemMapOverview("sheet", item)
    overview.setLinkedMap(main)
    overview.setFrameSymbol(
        QgsFillSymbol.createSimple(
            {"color": "230,0,126,60", "outline_color": MAGENTA, "outline_width": "0.5"}
        )
    )
    item.overviews().addOverview(overview)
    return item


def _plain_areas(layer: QgsVectorLayer) -> str:
    """Return a layer's style with thin outlines, as dashes run together at a small scale."""
    look = layer.clone()
    symbol = {"color": "#F4F2EC", "outline_color": "#6B6B6B", "outline_width": "0.18"}
    look.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(symbol)))
    style = QgsMapLayerStyle()
    style.readFromLayer(look)
    return str(style.xmlData())


def _plain_map(
    layout: QgsPrintLayout, name: str, box: Box, crs: str, layers: Sequence[QgsMapLayer]
) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    put(layout, item, name, box)
    item.setCrs(QgsCoordinateReferenceSystem(crs))
    item.setLayers(list(reversed(layers)))
    item.setKeepLayerSet(True)
    item.setBackgroundColor(QColor("#FFFFFF"))
    item.setFrameEnabled(True)
    item.setFrameStrokeWidth(QgsLayoutMeasurement(FRAME_MM))
    return item


def add_kilometre_grid(item: QgsLayoutItemMap, scale: int) -> None:
    """Draw the plane coordinates' grid with kilometres outside the frame."""
    interval = round_interval(scale, GRID_MM)
    grid = QgsLayoutItemMapGrid("kilometres", item)
    grid.setIntervalX(interval)
    grid.setIntervalY(interval)
    grid.setStyle(QgsLayoutItemMapGrid.GridStyle.Solid)
    grid.setLineSymbol(
        QgsLineSymbol.createSimple({"line_color": "90,90,90,90", "line_width": "0.1"})
    )
    grid.setFrameStyle(QgsLayoutItemMapGrid.FrameStyle.ExteriorTicks)
    grid.setFrameWidth(0.8)
    grid.setFramePenSize(0.15)
    _annotate(grid, interval)
    item.grids().addGrid(grid)


def _annotate(grid: QgsLayoutItemMapGrid, interval: float) -> None:
    decimals = max(0, len(f"{interval / KILOMETRE:g}".partition(".")[2]))
    grid.setAnnotationEnabled(True)
    grid.setAnnotationFormat(QgsLayoutItemMapGrid.AnnotationFormat.CustomFormat)
    grid.setAnnotationExpression(
        f"format_number(@grid_number / {KILOMETRE:g}, {decimals}, 'en', true)"
    )
    grid.setAnnotationTextFormat(text_format(6.0))
    grid.setAnnotationFrameDistance(0.4)
    sides = QgsLayoutItemMapGrid.BorderSide
    for side in (sides.Left, sides.Right):
        grid.setAnnotationDirection(QgsLayoutItemMapGrid.AnnotationDirection.Vertical, side)
    for side in (sides.Top, sides.Bottom):
        grid.setAnnotationDirection(QgsLayoutItemMapGrid.AnnotationDirection.Horizontal, side)


def add_scale_bar(layout: QgsPrintLayout, item: QgsLayoutItemMap, box: Box, scale: int) -> None:
    """Add a scale bar that measures *item*."""
    part = bar_segment(scale, BAR_PART_MM)
    in_km = part >= KILOMETRE
    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(item)
    bar.setStyle("Double Box")
    bar.setUnits(Qgis.DistanceUnit.Kilometers if in_km else Qgis.DistanceUnit.Meters)
    bar.setUnitLabel("km" if in_km else "m")
    bar.setUnitsPerSegment(part / KILOMETRE if in_km else part)
    bar.setNumberOfSegments(BAR_PARTS)
    bar.setNumberOfSegmentsLeft(0)
    bar.setHeight(1.6)
    bar.setLabelBarSpace(0.6)
    bar.setBoxContentSpace(0.3)
    numbers = QgsBasicNumericFormat()
    numbers.setShowThousandsSeparator(False)
    bar.setNumericFormat(numbers)
    bar.setTextFormat(text_format(6.5))
    bar.setLineSymbol(QgsLineSymbol.createSimple({"line_color": "#1a1a1a", "line_width": "0.2"}))
    put(layout, bar, "scale_bar", box)


def add_north_arrow(layout: QgsPrintLayout, item: QgsLayoutItemMap, box: Box) -> None:
    """Add an arrow to true north, which differs from the grid's by the convergence."""
    arrow = add_picture(layout, "north", box, "north.svg")
    arrow.setLinkedMap(item)
    arrow.setNorthMode(QgsLayoutItemPicture.NorthMode.TrueNorth)
    arrow.update()
