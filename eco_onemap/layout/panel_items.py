# SPDX-License-Identifier: GPL-2.0-or-later
"""The panel beside the map: verdict, table of layers, legend."""

from __future__ import annotations

from qgis.core import QgsPrintLayout, QgsTableCell
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.items import add_box, add_picture, add_text
from eco_onemap.layout.labels import text_format
from eco_onemap.layout.placement import TablePlace, VerdictPlace
from eco_onemap.layout.table_items import HEAD_FILL, add_cells, table_cell

VERDICT_COLOURS = {
    Verdict.PROHIBITED: "#A31621",
    Verdict.RESTRICTED: "#B3530A",
    Verdict.STUDY: "#7A6200",
    Verdict.NO_DATA: "#5F6670",
    Verdict.CLEAR: "#1E6B3A",
}
"""Dark enough for white text (contrast above 4.5) and told apart by icon and word as well."""
WHITE = QColor("#FFFFFF")


def add_verdict(layout: QgsPrintLayout, place: VerdictPlace, verdict: Verdict) -> None:
    """Add the verdict's box."""
    colour = VERDICT_COLOURS[verdict]
    add_box(layout, "verdict_box", place.box, fill="#FFFFFF", edge=colour, edge_mm=0.4)
    add_box(layout, "verdict_band", place.band, fill=colour, edge_mm=0.0)
    add_picture(layout, "verdict_icon", place.icon, f"verdict_{verdict.value}.svg")
    add_text(layout, "verdict_word", place.word, middle=True, colour=WHITE)
    add_text(layout, "verdict_reason", place.reason)
    add_text(layout, "verdict_basis", place.basis, colour=QColor("#3A3A3A"))


def add_table(layout: QgsPrintLayout, place: TablePlace | None) -> None:
    """Add the table of layers, nothing for None."""
    if place is None:
        return
    head = [table_cell(text, place.size_pt, bold=True, fill=HEAD_FILL) for text in place.head]
    body = [
        [_mark_cell(row.cells[0], row.verdict, place.size_pt)]
        + [table_cell(text, place.size_pt) for text in row.cells[1:]]
        for row in place.rows
    ]
    heights = [place.head_mm, *(row.height_mm for row in place.rows)]
    add_cells(layout, "table", place.box, [head, *body], (place.widths_mm, heights))
    add_text(layout, "table_more", place.more)


def _mark_cell(text: str, verdict: Verdict | None, size_pt: float) -> QgsTableCell:
    cell = table_cell(text, size_pt, bold=True, fill=VERDICT_COLOURS[verdict] if verdict else "")
    cell.setTextFormat(text_format(size_pt, True, WHITE))
    cell.setHorizontalAlignment(Qt.AlignmentFlag.AlignHCenter)
    return cell
