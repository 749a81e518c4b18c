# SPDX-License-Identifier: GPL-2.0-or-later
"""Places a strip sheet on its paper by arithmetic: nothing overlaps, nothing is cut unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from eco_onemap.core.messages import message
from eco_onemap.layout.page_frame import box_polygon
from eco_onemap.layout.paper import GAP_MM, GRID_LABEL_MM, Box, PaperSize
from eco_onemap.layout.place import (
    BAR_END_MM,
    BAR_PART_MM,
    BAR_PARTS,
    LARGE_TITLE_SIZES,
    MARK_MM,
    SMALL_SIZES,
    SUBTITLE_MM,
    SUBTITLE_SIZES,
    TITLE_SIZES,
    block_of_notes,
    place_mark,
)
from eco_onemap.layout.place_imprint import place_imprint
from eco_onemap.layout.place_legend import place_legend
from eco_onemap.layout.placement import ImprintCell, InsetPlace, LegendPlace, TextBlock
from eco_onemap.layout.strips.paper import KEY_MM, LEGEND_MM, StripPaper
from eco_onemap.layout.strips.place_bars import BarsPlace, place_bars
from eco_onemap.layout.strips.place_crossings import CrossingsPlace, place_crossings
from eco_onemap.layout.strips.sheet import StripSheet
from eco_onemap.layout.text_fit import fit_text

NORTH_WIDTH_MM, NORTH_HEIGHT_MM = 12.0, 17.0
NORTH_EDGE_MM, NORTH_ASIDE_MM = 3.0, 9.0
"""From the map's upper and lower edge, and from its sides, where the words at match lines stand."""
CAPTION_MM = 4.0
CAPTION_SIZES = (7.0, 6.5, 6.0, 5.5)
SCALE_MM = 38.0
NOTES_SHARE = 0.42
CORNERS = ("NE", "NW", "SE", "SW")


@dataclass(frozen=True)
class StripPlacement:
    """A whole strip sheet on its paper."""

    paper: StripPaper
    title: TextBlock
    subtitle: TextBlock
    secrecy: TextBlock | None
    fiction: TextBlock | None
    north: Box
    scale: TextBlock
    scale_bar: Box
    crs_note: TextBlock
    bars: BarsPlace
    legend: LegendPlace
    table: CrossingsPlace | None
    key: InsetPlace
    sources: TextBlock
    notes: TextBlock
    warnings: TextBlock | None
    imprint: tuple[ImprintCell, ...]

    def boxes(self) -> Mapping[str, Box]:
        """Return the boxes of the items that stand beside one another, by name."""
        blocks = {
            "title": self.title,
            "subtitle": self.subtitle,
            "secrecy": self.secrecy,
            "fiction": self.fiction,
            "scale": self.scale,
            "crs_note": self.crs_note,
            "sources": self.sources,
            "notes": self.notes,
            "warnings": self.warnings,
        }
        shown = self.paper.map
        around_map = Box(
            shown.x_mm - GRID_LABEL_MM,
            shown.y_mm - 3.5,
            shown.width_mm + 2 * GRID_LABEL_MM,
            shown.height_mm + 3.5 + GRID_LABEL_MM,
        )
        found = {name: block.box for name, block in blocks.items() if block is not None}
        found |= {f"imprint {n}": cell.box for n, cell in enumerate(self.imprint)}
        if self.table is not None:
            found["table"] = self.table.box
        return {
            **found,
            "map": around_map,
            "scale_bar": self.scale_bar,
            "bars": self.bars.box,
            "legend": self.legend.box,
            "key": self.key.box,
        }


def place_strip(strip: StripSheet, paper: StripPaper, line: BaseGeometry) -> StripPlacement:
    """Return where all of a strip sheet stands; *line*: the site's on the page, in millimetres."""
    sheet, band, mark_mm = strip.sheet, paper.title_band, MARK_MM[False]
    scale = Box(paper.map.x_mm, paper.scale_strip.y_mm, SCALE_MM, paper.scale_strip.height_mm)
    bar_mm = BAR_PARTS * BAR_PART_MM * 1.3 + BAR_END_MM
    bar = Box(scale.right_mm + GAP_MM, scale.y_mm, bar_mm, scale.height_mm)
    crs_left = bar.right_mm + GAP_MM
    crs = Box(crs_left, bar.y_mm, paper.map.right_mm - crs_left, bar.height_mm)
    sources, notes, warnings = _footer(strip, paper)
    bars = place_bars(strip, paper.bars)
    legend, table, key = _lower(paper, bars.box.bottom_mm + GAP_MM)
    return StripPlacement(
        paper=paper,
        title=_title(strip, paper),
        subtitle=_block(
            sheet.subtitle,
            Box(band.x_mm, band.bottom_mm - SUBTITLE_MM, band.width_mm, SUBTITLE_MM),
            SUBTITLE_SIZES,
        ),
        secrecy=place_mark(sheet.secrecy, band, band.x_mm, mark_mm),
        fiction=place_mark(sheet.fiction, band, band.right_mm - mark_mm, mark_mm),
        north=_north(paper.map, line),
        scale=_block(sheet.scale_text, scale, (10.0, 9.0, 8.0), bold=True),
        scale_bar=bar,
        crs_note=_block(sheet.crs_note, crs, (7.0, 6.5, 6.0, 5.5)),
        bars=bars,
        legend=place_legend(sheet, legend),
        table=place_crossings(strip, table),
        key=_key(strip, key),
        sources=sources,
        notes=notes,
        warnings=warnings,
        imprint=place_imprint(sheet, paper.plain),
    )


def _block(text: str, box: Box, sizes: tuple[float, ...], bold: bool = False) -> TextBlock:
    return TextBlock(box, fit_text(text, box.width_mm, box.height_mm, sizes, bold), bold)


def _title(strip: StripSheet, paper: StripPaper) -> TextBlock:
    band, beside = paper.title_band, MARK_MM[False] + GAP_MM
    height = band.height_mm - SUBTITLE_MM
    box = Box(band.x_mm + beside, band.y_mm, band.width_mm - 2 * beside, height)
    sizes = TITLE_SIZES if paper.size is PaperSize.A4 else LARGE_TITLE_SIZES
    return _block(strip.sheet.title, box, sizes, bold=True)


def _north(on: Box, line: BaseGeometry) -> Box:
    """Return the first corner of the map in which the arrow hides nothing of the line."""
    boxes = [_corner(on, corner) for corner in CORNERS]
    free = (box for box in boxes if not box_polygon(box, 1.0).intersects(line))
    return next(free, boxes[0])


def _corner(on: Box, corner: str) -> Box:
    left = on.x_mm + NORTH_ASIDE_MM
    if "E" in corner:
        left = on.right_mm - NORTH_ASIDE_MM - NORTH_WIDTH_MM
    top = on.y_mm + NORTH_EDGE_MM
    if "S" in corner:
        top = on.bottom_mm - NORTH_EDGE_MM - NORTH_HEIGHT_MM
    return Box(left, top, NORTH_WIDTH_MM, NORTH_HEIGHT_MM)


def _lower(paper: StripPaper, top_mm: float) -> tuple[Box, Box, Box]:
    """Return the boxes of legend, table of crossings and key map, from left to right."""
    lower, legend_mm, key_mm = paper.lower(top_mm), LEGEND_MM[paper.size], KEY_MM[paper.size]
    legend = Box(lower.x_mm, top_mm, legend_mm, lower.height_mm)
    key = Box(lower.right_mm - key_mm, top_mm, key_mm, lower.height_mm)
    left = legend.right_mm + GAP_MM
    return legend, Box(left, top_mm, key.x_mm - GAP_MM - left, lower.height_mm), key


def _key(strip: StripSheet, box: Box) -> InsetPlace:
    head = Box(box.x_mm, box.y_mm, box.width_mm, CAPTION_MM)
    caption = fit_text(strip.key_caption, box.width_mm - 1.0, CAPTION_MM, CAPTION_SIZES)
    below = Box(box.x_mm, head.bottom_mm, box.width_mm, box.height_mm - CAPTION_MM)
    return InsetPlace(box, TextBlock(head, caption), below)


def _footer(strip: StripSheet, paper: StripPaper) -> tuple[TextBlock, TextBlock, TextBlock | None]:
    """Return sources left, warnings and notes below one another on the right."""
    sheet, foot = strip.sheet, paper.footer
    width = NOTES_SHARE * foot.width_mm
    left = Box(foot.x_mm, foot.y_mm, foot.width_mm - width - 2 * GAP_MM, foot.height_mm)
    listed = sheet.sources_head + sheet.separator.join(sheet.sources)
    sources = _block(listed, left, SMALL_SIZES)
    if sources.fitted.text.endswith("…"):
        more = message("map.more", count=len(sheet.sources)).text(sheet.language)
        sources = _block(f"{sheet.sources_head}{more}{sheet.separator}{listed}", left, SMALL_SIZES)
    right, top, warnings = foot.right_mm - width, foot.y_mm, None
    if sheet.warnings:
        told = fit_text(sheet.warnings, width, foot.height_mm / 2, SMALL_SIZES, bold=True)
        warnings = TextBlock(Box(right, top, width, told.height_mm), told, bold=True)
        top = warnings.box.bottom_mm
    notes = block_of_notes(sheet.notes, Box(right, top, width, foot.bottom_mm - top), PaperSize.A4)
    return sources, notes, warnings
