# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds the QGIS print layout of a strip sheet, one item after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qgis.core import (
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemPage,
    QgsMapLayer,
    QgsPrintLayout,
    QgsRectangle,
)
from qgis.PyQt.QtCore import Qt

from eco_onemap.layout.build import (
    FRAME_MM,
    VEIL,
    WARNING_INK,
    add_imprint,
    add_mark,
    name_once,
)
from eco_onemap.layout.items import add_box, add_text, put
from eco_onemap.layout.labels import ADMIN, LOCATOR_MAP, MAIN_MAP, text_format
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.legend import SITE
from eco_onemap.layout.legend_items import add_legend
from eco_onemap.layout.map_items import (
    add_kilometre_grid,
    add_map,
    add_north_arrow,
    add_scale_bar,
)
from eco_onemap.layout.office_layout import BY_LINE, dress_layout
from eco_onemap.layout.overlays import build_overlays
from eco_onemap.layout.paper import Box
from eco_onemap.layout.place_labels import MapLabels
from eco_onemap.layout.record import SiteRecord
from eco_onemap.layout.sheet import Ground, SheetContent
from eco_onemap.layout.strips.bar_items import add_bars
from eco_onemap.layout.strips.colours import Colours
from eco_onemap.layout.strips.course import Course
from eco_onemap.layout.strips.overlays import (
    FRAMES,
    HERE,
    KEY_LINE,
    NUMBERS,
    frame_overlays,
    sheet_overlays,
    tick_overlays,
)
from eco_onemap.layout.strips.paper import StripPaper
from eco_onemap.layout.strips.place import StripPlacement, place_strip
from eco_onemap.layout.strips.place_labels import (
    MATCH_PT,
    MatchPlace,
    Tick,
    place_chainages,
    place_matches,
)
from eco_onemap.layout.strips.sheet import StripSheet
from eco_onemap.layout.strips.table_items import add_crossings
from eco_onemap.layout.strips.windows import Window

ROOM_AROUND = 1.06
NUMBERS_MM = 5.0
"""Between the numbers of sheets on the key map."""
UPRIGHT_DEG = 270.0
STEEP_DEG = 45.0
"""Turned further than this, lines of equal northing run up the sheet."""
NO_LABELS = MapLabels((), (), ())


@dataclass(frozen=True)
class StripPage:
    """Everything that a page is built from.

    ground: of the whole line, its view that of the page. match_texts: one for each match line.
    template: the office's own layout, "" for none.
    """

    strip: StripSheet
    course: Course
    windows: Sequence[Window]
    ground: Ground
    content: SheetContent
    match_texts: Sequence[str]
    colours: Colours
    ticks: Sequence[Tick]
    paper: StripPaper
    template: str = ""


def build_page(loaded: LoadedMap, record: SiteRecord, page: StripPage) -> QgsPrintLayout:
    """Return the layout of one sheet in the project of *loaded*, which its overlays join."""
    window, on, project, crs = page.strip.window, page.paper.map, loaded.project, page.course.crs
    (line,) = window.on_page(on, [page.course.line])
    placed = place_strip(page.strip, page.paper, line)
    matches = place_matches(page.strip.matches, page.match_texts, window, on)
    taken = [placed.north, *(match.box for match in matches)]
    labels = place_chainages(page.course, window, on, taken)
    own = build_overlays(project, page.ground, page.content, NO_LABELS)
    ticks = tick_overlays(project, crs, page.ticks)
    over = sheet_overlays(project, crs, page.strip, on, labels)
    below = {key: layer for key, layer in own.items() if key != SITE}
    layout = _empty_layout(loaded, page)
    shown = {**loaded.layers, **below, **ticks, SITE: own[SITE], **over}
    name_once(layout, loaded, window.ground(on), crs)
    main = _add_main_map(layout, window, on, crs, shown)
    add_bars(layout, placed.bars, page.colours)
    add_crossings(layout, placed.table)
    add_legend(layout, placed.legend, {**loaded.layers, **own})
    _add_key(layout, loaded, record, page, placed)
    _add_furniture(layout, placed, main, window)
    for match in matches:
        _add_match(layout, match)
    if page.template:
        dress_layout(layout, page.template, BY_LINE)
    return layout


def _empty_layout(loaded: LoadedMap, page: StripPage) -> QgsPrintLayout:
    layout = QgsPrintLayout(loaded.project)
    layout.initializeDefaults()
    layout.setName(page.strip.sheet.title)
    sheet = layout.pageCollection().page(0)
    sheet.setPageSize(page.paper.size.value, QgsLayoutItemPage.Orientation.Landscape)
    layout.renderContext().setDpi(300)
    add_box(layout, "frame", page.paper.plain.frame, edge_mm=FRAME_MM)
    return layout


def _add_main_map(
    layout: QgsPrintLayout, window: Window, on: Box, crs: str, layers: Mapping[str, QgsMapLayer]
) -> QgsLayoutItemMap:
    item = add_map(layout, MAIN_MAP, on, window.view, crs, list(layers.values()))
    item.setMapRotation(window.turn_deg)
    add_kilometre_grid(item, window.view.scale)
    _name_once(item.grids().grid(0), window.turn_deg)
    return item


def _name_once(grid: QgsLayoutItemMapGrid, turn_deg: float) -> None:
    """Write eastings on one pair of sides and northings on the other, as the map is turned."""
    mode = QgsLayoutItemMapGrid.DisplayMode
    side = QgsLayoutItemMapGrid.BorderSide
    is_steep = STEEP_DEG < turn_deg % 180.0 < 180.0 - STEEP_DEG
    level, upright = mode.LatitudeOnly, mode.LongitudeOnly
    for sides, shown in (((side.Left, side.Right), level), ((side.Top, side.Bottom), upright)):
        other = upright if shown is level else level
        for each in sides:
            grid.setAnnotationDisplay(other if is_steep else shown, each)


def _add_key(
    layout: QgsPrintLayout,
    loaded: LoadedMap,
    record: SiteRecord,
    page: StripPage,
    placed: StripPlacement,
) -> None:
    """Add the key map: the whole line with the frames of all sheets, each with its number."""
    extent, room, on = QgsRectangle(), placed.key.map, page.paper.map
    for window in page.windows:
        extent.combineExtentWith(QgsRectangle(*window.ground(on).bounds))
    extent.scale(ROOM_AROUND)
    metres_per_mm = max(extent.width() / room.width_mm, extent.height() / room.height_mm)
    frames = frame_overlays(
        *(loaded.project, page.course, page.windows, page.strip.window, on),
        NUMBERS_MM * metres_per_mm,
    )
    areas = [
        layer
        for key, layer in loaded.layers.items()
        if record.entries[loaded.owners[key]].role == ADMIN
    ]
    layers = [*areas, *(frames[key] for key in (FRAMES, HERE, KEY_LINE, NUMBERS))]
    view = page.strip.window.view
    item = add_map(layout, LOCATOR_MAP, room, view, page.course.crs, layers)
    item.zoomToExtent(extent)
    add_box(layout, "key_head", placed.key.caption.box, fill="#ECEFF1", edge_mm=0.4)
    add_text(layout, "key_caption", placed.key.caption, Qt.AlignmentFlag.AlignHCenter, middle=True)


def _add_furniture(
    layout: QgsPrintLayout, placed: StripPlacement, main: QgsLayoutItemMap, window: Window
) -> None:
    centre, right = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
    add_text(layout, "title", placed.title, centre, middle=True)
    add_text(layout, "subtitle", placed.subtitle, centre, middle=True)
    add_mark(layout, "secrecy", placed.secrecy)
    add_mark(layout, "fiction", placed.fiction)
    add_box(layout, "north_box", placed.north.shrunk(-1.0), VEIL, edge_mm=0.0)
    add_north_arrow(layout, main, placed.north)
    add_text(layout, "scale", placed.scale, middle=True)
    add_scale_bar(layout, main, placed.scale_bar, window.view.scale)
    add_text(layout, "crs_note", placed.crs_note, right, middle=True)
    add_text(layout, "sources", placed.sources)
    add_text(layout, "warnings", placed.warnings, colour=WARNING_INK)
    add_text(layout, "notes", placed.notes)
    add_imprint(layout, placed.imprint)


def _add_match(layout: QgsPrintLayout, match: MatchPlace) -> None:
    """Add the words at a match line, upright: a label that lies, turned around its middle."""
    box = match.box
    x, y = box.x_mm + box.width_mm / 2, box.y_mm + box.height_mm / 2
    add_box(layout, "match_box", box, VEIL, edge_mm=0.0)
    label = QgsLayoutItemLabel(layout)
    label.setTextFormat(text_format(MATCH_PT, bold=True))
    label.setText(match.text)
    label.setMarginX(0.0)
    label.setMarginY(0.0)
    label.setHAlign(Qt.AlignmentFlag.AlignHCenter)
    label.setVAlign(Qt.AlignmentFlag.AlignVCenter)
    lying = Box(x - box.height_mm / 2, y - box.width_mm / 2, box.height_mm, box.width_mm)
    put(layout, label, "match", lying)
    label.setItemRotation(UPRIGHT_DEG)
