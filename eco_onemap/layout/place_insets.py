# SPDX-License-Identifier: GPL-2.0-or-later
"""Places the small maps into those corners of the main map where they hide nothing that matters."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from eco_onemap.layout.page_frame import Drawn, box_polygon
from eco_onemap.layout.paper import GAP_MM, Box, Paper
from eco_onemap.layout.placement import InsetPlace, TextBlock
from eco_onemap.layout.scales import DETAIL_MM
from eco_onemap.layout.sheet import Sheet
from eco_onemap.layout.text_fit import fit_text

CAPTION_MM = 4.0
LOCATOR_WIDTH_MM, LOCATOR_HEIGHT_MM = 42.0, 34.0
LEAST_IN_PANEL_MM = LOCATOR_HEIGHT_MM + CAPTION_MM
"""Height of the smallest locator in the panel, with its caption."""
MOST_SHARE = 0.8
"""Of the panel's width, that a locator in it is high at most."""
CAPTION_SIZES = (7.0, 6.5, 6.0, 5.5)
NEAR_LINE_MM = 2.0
"""Insets keep this far from the site and the nearest lines."""


@dataclass(frozen=True)
class Insets:
    """North arrow and small maps; panel_mm is the height that one takes of the legend's column."""

    north: Box
    detail: InsetPlace | None
    locator: InsetPlace | None
    panel_mm: float = 0.0


def place_insets(
    sheet: Sheet, paper: Paper, drawn: Drawn, with_locator: bool, room: Box | None
) -> Insets:
    """Return the places of the detail (if the sheet has one) and of the locator (if wanted).

    A locator stands at the foot of the panel's *room* to spare, as large as it can; else in a
    corner of the map, or in the panel all the same. A detail without a free corner is left out.
    """
    north = Box(drawn.map.right_mm - 15.0, drawn.map.y_mm + 3.0, 12.0, 17.0)
    detail = None
    if sheet.detail_caption:
        detail = _in_corner(DETAIL_MM, DETAIL_MM, ("SW", "SE", "NW"), drawn, north)
    panel, locator, height = paper.columns[-1], None, LEAST_IN_PANEL_MM
    if room is not None:
        panel, height = room, min(room.height_mm, MOST_SHARE * room.width_mm)
    elif with_locator:
        taken = detail or north
        corners = ("SE", "SW", "NW")
        locator = _in_corner(LOCATOR_WIDTH_MM, LOCATOR_HEIGHT_MM, corners, drawn, taken)
    in_panel = with_locator and locator is None
    if in_panel:
        locator = Box(panel.x_mm, panel.bottom_mm - height, panel.width_mm, height)
    return Insets(
        north=north,
        detail=_inset(detail, sheet.detail_caption),
        locator=_inset(locator, sheet.locator_caption),
        panel_mm=height + GAP_MM if in_panel and panel.x_mm >= paper.columns[-1].x_mm else 0.0,
    )


def _in_corner(
    width_mm: float, map_height_mm: float, corners: tuple[str, ...], drawn: Drawn, taken: Box
) -> Box | None:
    """Return the first corner that hides no ring, else the first that hides nothing essential."""
    height = map_height_mm + CAPTION_MM
    boxes = [_corner(drawn.map, corner, width_mm, height) for corner in corners]
    free = [
        box
        for box in boxes
        if not box.overlaps(taken) and not _hides(box, drawn.essential, NEAR_LINE_MM)
    ]
    return min(free, key=lambda box: _hides(box, drawn.useful, 0.0), default=None)


def _hides(box: Box, drawn: BaseGeometry, margin_mm: float) -> bool:
    return not drawn.is_empty and bool(box_polygon(box, margin_mm).intersects(drawn))


def _corner(of: Box, corner: str, width_mm: float, height_mm: float) -> Box:
    left = of.x_mm if "W" in corner else of.right_mm - width_mm
    top = of.y_mm if "N" in corner else of.bottom_mm - height_mm
    return Box(left, top, width_mm, height_mm)


def _inset(box: Box | None, caption: str) -> InsetPlace | None:
    if box is None:
        return None
    head = Box(box.x_mm, box.y_mm, box.width_mm, CAPTION_MM)
    fitted = fit_text(caption, box.width_mm - 1.0, CAPTION_MM, CAPTION_SIZES)
    below = Box(box.x_mm, head.bottom_mm, box.width_mm, box.height_mm - CAPTION_MM)
    return InsetPlace(box, TextBlock(head, fitted), below)
