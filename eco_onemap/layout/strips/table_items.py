# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of crossings on a strip sheet as a table of a layout."""

from __future__ import annotations

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItemManualTable,
    QgsLayoutTable,
    QgsPrintLayout,
    QgsTableCell,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from eco_onemap.layout.items import HAIRLINE_MM, add_text, stand
from eco_onemap.layout.labels import text_format
from eco_onemap.layout.panel_items import HEAD_FILL, PANEL_EDGE
from eco_onemap.layout.place_panel import CELL_PADDING_MM, TABLE_SIZE_PT
from eco_onemap.layout.strips.place_crossings import ROW_MM, CrossingsPlace


def add_crossings(layout: QgsPrintLayout, place: CrossingsPlace | None) -> None:
    """Add the table, nothing for None."""
    if place is None:
        return
    table = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(table)
    table.setCellMargin(CELL_PADDING_MM)
    table.setGridStrokeWidth(HAIRLINE_MM)
    table.setGridColor(QColor(PANEL_EDGE))
    table.setVerticalGrid(False)
    table.setWrapBehavior(QgsLayoutTable.WrapBehavior.TruncateText)
    head = [_cell(text, bold=True) for text in place.head]
    table.setTableContents([head, *([_cell(text) for text in row] for row in place.rows)])
    table.setColumnWidths([width - 2 * CELL_PADDING_MM for width in place.widths_mm])
    height = ROW_MM - 2 * CELL_PADDING_MM - HAIRLINE_MM
    table.setRowHeights([height] * (len(place.rows) + 1))
    frame = QgsLayoutFrame(layout, table)
    table.addFrame(frame)
    stand(frame, "crossings", place.box)
    add_text(layout, "crossings_more", place.more)


def _cell(text: str, bold: bool = False) -> QgsTableCell:
    cell = QgsTableCell(text)
    cell.setTextFormat(text_format(TABLE_SIZE_PT, bold))
    cell.setVerticalAlignment(Qt.AlignmentFlag.AlignVCenter)
    if bold:
        cell.setBackgroundColor(QColor(HEAD_FILL))
    return cell
