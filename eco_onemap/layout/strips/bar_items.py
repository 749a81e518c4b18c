# SPDX-License-Identifier: GPL-2.0-or-later
"""The bars below a strip map as items of a layout."""

from __future__ import annotations

from qgis.core import QgsFillSymbol, QgsLayoutItemShape, QgsPrintLayout
from qgis.PyQt.QtGui import QColor

from eco_onemap.layout.items import HAIRLINE_MM, add_box, add_text, put
from eco_onemap.layout.paper import Box
from eco_onemap.layout.strips.colours import UNKNOWN, Colours
from eco_onemap.layout.strips.place_bars import BarsPlace, MarkPlace, RowPlace
from eco_onemap.layout.table_items import PANEL_EDGE
from eco_onemap.layout.text_fit import MM_PER_POINT

LEAST_SHARE, LIGHT_SHARE = 0.1, 0.45
"""Of a colour in its bar: less of dark ones, so that text can be read; the edge has it whole."""
LINE = "#C4C8CC"
INK = "#1a1a1a"


def add_bars(layout: QgsPrintLayout, place: BarsPlace, colours: Colours) -> None:
    """Add the bars with their axis."""
    add_text(layout, "bars_head", place.head, middle=True)
    top, height = place.axis.y_mm, sum(row.box.height_mm for row in place.rows)
    for tick in place.ticks:
        add_text(layout, "bars_tick", tick.text, middle=True)
        line = Box(tick.x_mm - HAIRLINE_MM / 2, top, HAIRLINE_MM, height)
        add_box(layout, "bars_tick_line", line, fill=LINE, edge_mm=0.0)
    for row in place.rows:
        _add_row(layout, row, colours)
    frame = Box(place.box.x_mm, top, place.box.width_mm, height)
    add_box(layout, "bars_frame", frame, edge=PANEL_EDGE)
    add_text(layout, "bars_more", place.more, middle=True)


def _add_row(layout: QgsPrintLayout, row: RowPlace, colours: Colours) -> None:
    rule = Box(row.box.x_mm, row.box.bottom_mm - HAIRLINE_MM, row.box.width_mm, HAIRLINE_MM)
    add_box(layout, "bars_rule", rule, fill=LINE, edge_mm=0.0)
    add_text(layout, f"bars_title_{row.layer_id}", row.title, middle=True)
    for bar in row.bars:
        colour = colours.get((row.layer_id, bar.feature_id), UNKNOWN)
        add_box(layout, f"bar_{row.layer_id}", bar.box, _light(colour).name(), colour.name(), 0.2)
    for mark in row.marks:
        _add_mark(layout, f"mark_{row.layer_id}", mark)
    for text in row.texts:
        add_text(layout, f"bar_text_{row.layer_id}", text, middle=True)


def _light(colour: QColor) -> QColor:
    share = LEAST_SHARE + LIGHT_SHARE * colour.lightnessF()
    mixed = [round(255 - share * (255 - part)) for part in colour.getRgb()[:3]]
    return QColor(*mixed)


def _add_mark(layout: QgsPrintLayout, name: str, mark: MarkPlace) -> None:
    """Add a dot, hollow for what is only near."""
    shape = QgsLayoutItemShape(layout)
    shape.setShapeType(QgsLayoutItemShape.Shape.Ellipse)
    settings = {"color": "#FFFFFF" if mark.is_near else INK, "outline_color": INK}
    settings |= {"outline_width": str(MM_PER_POINT)}
    shape.setSymbol(QgsFillSymbol.createSimple(settings))
    put(layout, shape, name, mark.box)
