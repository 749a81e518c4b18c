# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of crossings on a strip sheet as a table of a layout."""

from __future__ import annotations

from qgis.core import QgsPrintLayout

from eco_onemap.layout.items import add_text
from eco_onemap.layout.place_panel import TABLE_SIZE_PT
from eco_onemap.layout.strips.place_crossings import ROW_MM, CrossingsPlace
from eco_onemap.layout.table_items import HEAD_FILL, add_cells, table_cell


def add_crossings(layout: QgsPrintLayout, place: CrossingsPlace | None) -> None:
    """Add the table, nothing for None."""
    if place is None:
        return
    head = [table_cell(text, TABLE_SIZE_PT, bold=True, fill=HEAD_FILL) for text in place.head]
    body = [[table_cell(text, TABLE_SIZE_PT) for text in row] for row in place.rows]
    heights = [ROW_MM] * (len(place.rows) + 1)
    add_cells(layout, "crossings", place.box, [head, *body], (place.widths_mm, heights))
    add_text(layout, "crossings_more", place.more)
