# SPDX-License-Identifier: GPL-2.0-or-later
"""Simple items of a layout: text, boxes, pictures; each stands in its box in millimetres."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemPicture,
    QgsLayoutItemShape,
    QgsPrintLayout,
)
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor

from eco_onemap.layout.labels import INK, text_format
from eco_onemap.layout.paper import Box
from eco_onemap.layout.placement import TextBlock
from eco_onemap.paths import resource

HAIRLINE_MM = 0.15


def put(layout: QgsPrintLayout, item: QgsLayoutItem, name: str, box: Box) -> None:
    """Add *item* to the layout at *box* under a name by which it is found again."""
    layout.addLayoutItem(item)
    stand(item, name, box)


def stand(item: QgsLayoutItem, name: str, box: Box) -> None:
    """Name *item* and move it to *box*."""
    item.setId(name)
    item.attemptSetSceneRect(QRectF(box.x_mm, box.y_mm, box.width_mm, box.height_mm))


def add_text(
    layout: QgsPrintLayout,
    name: str,
    block: TextBlock | None,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    middle: bool = False,
    colour: QColor = INK,
) -> QgsLayoutItemLabel | None:
    """Add a block of text, nothing for None."""
    if block is None:
        return None
    label = QgsLayoutItemLabel(layout)
    label.setTextFormat(text_format(block.fitted.size_pt, block.bold, colour))
    label.setText(block.fitted.text)
    label.setMarginX(0.0)
    label.setMarginY(0.0)
    label.setHAlign(align)
    label.setVAlign(Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop)
    put(layout, label, name, block.box)
    return label


def add_box(
    layout: QgsPrintLayout,
    name: str,
    box: Box,
    fill: str = "",
    edge: str = "#1a1a1a",
    edge_mm: float = HAIRLINE_MM,
) -> None:
    """Add a rectangle; without a fill it is an outline."""
    shape = QgsLayoutItemShape(layout)
    shape.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    settings = {"color": fill or "#ffffff", "style": "solid" if fill else "no"}
    settings |= {"outline_color": edge, "outline_width": str(edge_mm), "joinstyle": "miter"}
    settings |= {"outline_style": "solid" if edge_mm else "no"}
    shape.setSymbol(QgsFillSymbol.createSimple(settings))
    put(layout, shape, name, box)


def add_picture(
    layout: QgsPrintLayout, name: str, box: Box, file_name: str
) -> QgsLayoutItemPicture:
    """Add a drawing from ``resources/styles/sheet``."""
    picture = QgsLayoutItemPicture(layout)
    picture.setPicturePath(str(resource("styles", "sheet", file_name)), Qgis.PictureFormat.SVG)
    picture.setResizeMode(QgsLayoutItemPicture.ResizeMode.Zoom)
    picture.setPictureAnchor(QgsLayoutItem.ReferencePoint.Middle)
    put(layout, picture, name, box)
    return picture
