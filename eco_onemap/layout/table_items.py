# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables on a sheet, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItemManualTable,
    QgsLayoutTable,
    QgsPrintLayout,
    QgsTableCell,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from eco_onemap.layout.items import HAIRLINE_MM, stand
from eco_onemap.layout.labels import text_format
from eco_onemap.layout.paper import Box
from eco_onemap.layout.place_panel import CELL_PADDING_MM

HEAD_FILL = "#ECEFF1"
PANEL_EDGE = "#8A8F94"


def table_cell(text: str, size_pt: float, bold: bool = False, fill: str = "") -> QgsTableCell:
    """Return a cell with its text in the middle of its height."""
    cell = QgsTableCell(text)
    cell.setTextFormat(text_format(size_pt, bold))
    cell.setVerticalAlignment(Qt.AlignmentFlag.AlignVCenter)
    if fill:
        cell.setBackgroundColor(QColor(fill))
    return cell


def add_cells(
    layout: QgsPrintLayout,
    name: str,
    box: Box,
    rows: Sequence[Sequence[QgsTableCell]],
    sizes_mm: tuple[Sequence[float], Sequence[float]],
) -> None:
    """Add a table with lines between its rows; sizes_mm: widths of columns, heights of rows."""
    widths, heights = sizes_mm
    table = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(table)
    table.setCellMargin(CELL_PADDING_MM)
    table.setGridStrokeWidth(HAIRLINE_MM)
    table.setGridColor(QColor(PANEL_EDGE))
    table.setVerticalGrid(False)
    table.setWrapBehavior(QgsLayoutTable.WrapBehavior.TruncateText)
    table.setTableContents(rows)
    table.setColumnWidths([width - 2 * CELL_PADDING_MM for width in widths])
    table.setRowHeights([height - 2 * CELL_PADDING_MM - HAIRLINE_MM for height in heights])
    frame = QgsLayoutFrame(layout, table)
    table.addFrame(frame)
    stand(frame, name, box)
