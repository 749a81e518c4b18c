# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds the QGIS print layout of a sheet: describe, place, then one item after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import shapely
from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutItem,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsMapLayer,
    QgsPrintLayout,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.layout.content import find_content
from eco_onemap.layout.describe import describe_sheet
from eco_onemap.layout.ground import describe_ground, describe_region
from eco_onemap.layout.items import add_box, add_text
from eco_onemap.layout.labels import DETAIL_MAP, LOCATOR_MAP, MAIN_MAP, NAMED_AREAS
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.legend_items import add_legend
from eco_onemap.layout.map_items import (
    add_kilometre_grid,
    add_locator,
    add_map,
    add_north_arrow,
    add_scale_bar,
)
from eco_onemap.layout.office_layout import dress_layout
from eco_onemap.layout.overlays import LABEL_OVERLAYS, build_overlays
from eco_onemap.layout.overview import admin_layers, find_region, find_whole
from eco_onemap.layout.page_frame import Drawn, drawn_in_detail, drawn_on_page, on_page
from eco_onemap.layout.panel_items import add_table, add_verdict
from eco_onemap.layout.paper import Paper
from eco_onemap.layout.place import place_sheet
from eco_onemap.layout.place_labels import MapLabels, place_labels, place_overlap_labels
from eco_onemap.layout.placement import ImprintCell, InsetPlace, Placement, TextBlock
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import SiteRecord
from eco_onemap.layout.repeated_names import REPEATED_NAMES, find_repeated_names
from eco_onemap.layout.scales import union_bounds
from eco_onemap.layout.sheet import Ground, Sheet, SheetContent
from eco_onemap.layout.subjects import SubjectKind
from eco_onemap.layout.table_items import PANEL_EDGE
from eco_onemap.layout.themed_record import about

FRAME_MM = 0.5
VEIL = "255,255,255,190"
"""White that lets the map shine through, behind the north arrow."""
LINE_INK = "#1a1a1a"
WARNING_INK = QColor("#A31621")


def build_sheet(loaded: LoadedMap, record: SiteRecord, plan: SheetPlan) -> QgsPrintLayout:
    """Return the layout of one sheet of a site, in the project of *loaded*."""
    record = about(record, plan.subject)
    shown = loaded.only(lambda layer_id: plan.subject.shows(record.entries[layer_id].role))
    ground = _ground(shown, record, plan)
    content = find_content(shown, record, ground)
    sheet = describe_sheet(record, ground, content, plan)
    area = find_whole(shown, record) if ground.with_analysis else None
    drawn = drawn_on_page(ground, content)
    placement = place_sheet(sheet, plan.paper, drawn, area is not None)
    labels = _labels(record, ground, content, placement, drawn)
    detail = placement.detail.map if placement.detail else None
    overlays = build_overlays(loaded.project, ground, content, labels, detail)
    layers = {**shown.layers, **overlays}
    layout = _empty_layout(loaded, sheet, plan.paper)
    name_once(layout, shown, shapely.box(*ground.shown), ground.crs)
    main = _add_main_map(layout, ground, layers)
    _add_insets(layout, placement, ground, layers)
    if area is not None:
        area = union_bounds([area, ground.shown])
        _add_locator(layout, placement, main, admin_layers(shown, record), area)
    _add_panel(layout, placement, sheet, layers)
    _add_furniture(layout, placement, main, ground)
    _keep_names_clear(layout, main)
    if plan.template:
        dress_layout(layout, plan.template)
    return layout


def _ground(loaded: LoadedMap, record: SiteRecord, plan: SheetPlan) -> Ground:
    if plan.subject.kind is SubjectKind.OVERVIEW:
        region = find_region(loaded, record)
        return describe_region(record, plan.paper, region, find_whole(loaded, record) or region)
    return describe_ground(record, plan.paper)


def _labels(
    record: SiteRecord, ground: Ground, content: SheetContent, placement: Placement, drawn: Drawn
) -> MapLabels:
    labels = place_labels(
        drawn,
        [f"{ring.distance_m:g} m" for ring in ground.rings],
        str(record.site["name"]),
        [line.label for line in content.nearest],
        placement.boxes_on_map().values(),
    )
    if placement.detail is None or ground.detail is None:
        return labels
    on, view = placement.detail.map, ground.detail
    texts = [piece.label for piece in ground.hatched]
    pieces = on_page(view, on, [piece.geometry for piece in ground.hatched])
    found = place_overlap_labels(drawn_in_detail(ground, content, on, view), pieces, texts)
    return replace(labels, overlaps=found)


def _empty_layout(loaded: LoadedMap, sheet: Sheet, paper: Paper) -> QgsPrintLayout:
    layout = QgsPrintLayout(loaded.project)
    layout.initializeDefaults()
    layout.setName(sheet.title)
    page = layout.pageCollection().page(0)
    ways = QgsLayoutItemPage.Orientation
    page.setPageSize(paper.size.value, ways.Portrait if paper.is_portrait else ways.Landscape)
    layout.renderContext().setDpi(300)
    add_box(layout, "frame", paper.frame, edge_mm=FRAME_MM)
    return layout


def name_once(layout: QgsPrintLayout, shown: LoadedMap, sheet: BaseGeometry, crs: str) -> None:
    """Let the main map, whose ground is *sheet*, name parts of one thing once."""
    found = find_repeated_names(shown.layers.values(), sheet, crs, shown.project)
    if found:
        QgsExpressionContextUtils.setLayoutVariable(layout, REPEATED_NAMES, found)


def _add_main_map(
    layout: QgsPrintLayout, ground: Ground, layers: Mapping[str, QgsMapLayer]
) -> QgsLayoutItemMap:
    on = ground.paper.map
    item = add_map(layout, MAIN_MAP, on, ground.main, ground.crs, list(layers.values()))
    add_kilometre_grid(item, ground.main.scale)
    if not ground.with_analysis:
        QgsExpressionContextUtils.setLayoutVariable(layout, NAMED_AREAS, True)
    layout.setReferenceMap(item)
    return item


def _add_insets(
    layout: QgsPrintLayout,
    placement: Placement,
    ground: Ground,
    layers: Mapping[str, QgsMapLayer],
) -> None:
    """Add the detail map, if there is one; its labels are its own."""
    if placement.detail is None or ground.detail is None:
        return
    shown = [layer for name, layer in layers.items() if name not in LABEL_OVERLAYS]
    add_map(layout, DETAIL_MAP, placement.detail.map, ground.detail, ground.crs, shown)
    _add_caption(layout, DETAIL_MAP, placement.detail)


def _keep_names_clear(layout: QgsPrintLayout, main: QgsLayoutItemMap) -> None:
    """Let no name of the main map run below what stands on it."""
    ground = main.sceneBoundingRect()
    for item in layout.items():
        box = item.sceneBoundingRect()
        is_part = isinstance(item, QgsLayoutItem) and item is not main
        if is_part and box.intersects(ground) and not box.contains(ground):
            main.addLabelBlockingItem(item)


def _add_caption(layout: QgsPrintLayout, name: str, inset: InsetPlace) -> None:
    add_box(layout, f"{name}_head", inset.caption.box, fill="#ECEFF1", edge_mm=0.4)
    centre = Qt.AlignmentFlag.AlignHCenter
    add_text(layout, f"{name}_caption", inset.caption, centre, middle=True)


def _add_locator(
    layout: QgsPrintLayout,
    placement: Placement,
    main: QgsLayoutItemMap,
    layers: Sequence[QgsVectorLayer],
    area: Bounds,
) -> None:
    if placement.locator is not None:
        add_locator(layout, LOCATOR_MAP, placement.locator.map, main, layers, area)
        _add_caption(layout, LOCATOR_MAP, placement.locator)


def _add_panel(
    layout: QgsPrintLayout,
    placement: Placement,
    sheet: Sheet,
    layers: Mapping[str, QgsMapLayer],
) -> None:
    centre = Qt.AlignmentFlag.AlignHCenter
    add_text(layout, "title", placement.title, centre, middle=True)
    add_text(layout, "subtitle", placement.subtitle, centre, middle=True)
    add_mark(layout, "secrecy", placement.secrecy)
    add_mark(layout, "fiction", placement.fiction)
    add_verdict(layout, placement.verdict, sheet.verdict)
    add_table(layout, placement.table)
    add_legend(layout, placement.legend, layers)


def add_mark(layout: QgsPrintLayout, name: str, block: TextBlock | None) -> None:
    """Add a mark in its box, nothing for None."""
    if block is not None:
        add_box(layout, f"{name}_box", block.box, edge_mm=0.4)
        add_text(layout, name, block, Qt.AlignmentFlag.AlignHCenter, middle=True)


def _add_furniture(
    layout: QgsPrintLayout, placement: Placement, main: QgsLayoutItemMap, ground: Ground
) -> None:
    add_box(layout, "north_box", placement.north.shrunk(-1.0), VEIL, edge_mm=0.0)
    add_north_arrow(layout, main, placement.north)
    add_text(layout, "scale", placement.scale, middle=True)
    add_scale_bar(layout, main, placement.scale_bar, ground.main.scale)
    add_text(layout, "crs_note", placement.crs_note, Qt.AlignmentFlag.AlignRight, middle=True)
    add_text(layout, "sources", placement.sources)
    add_text(layout, "warnings", placement.warnings, colour=WARNING_INK)
    add_text(layout, "notes", placement.notes)
    add_imprint(layout, placement.imprint)


def add_imprint(layout: QgsPrintLayout, cells: Sequence[ImprintCell]) -> None:
    """Add the strip at the foot that says who made the sheet."""
    for number, cell in enumerate(cells):
        add_box(layout, f"imprint_box_{number}", cell.box, edge=PANEL_EDGE)
        add_text(layout, f"imprint_{number}", cell.text, middle=True)
        if cell.line is not None:
            add_box(layout, f"imprint_line_{number}", cell.line, fill=LINE_INK, edge_mm=0.0)
