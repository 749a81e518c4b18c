# SPDX-License-Identifier: GPL-2.0-or-later
"""Places a sheet on A4 landscape by arithmetic: nothing overlaps, nothing is cut unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from eco_onemap.core.messages import message
from eco_onemap.layout.page_frame import Drawn
from eco_onemap.layout.place_insets import NORTH, place_insets
from eco_onemap.layout.place_legend import legend_height_mm, place_legend
from eco_onemap.layout.place_panel import place_table, place_verdict
from eco_onemap.layout.placement import (
    CONTENT,
    FOOTER,
    GAP_MM,
    MAP,
    PANEL,
    SCALE_STRIP,
    TITLE_BAND,
    Placement,
    TextBlock,
)
from eco_onemap.layout.scales import bar_segment
from eco_onemap.layout.sheet import Box, Sheet
from eco_onemap.layout.text_fit import FittedText, fit_text, wrap_text

TITLE_SIZES = (18.0, 16.0, 14.0, 12.0, 10.0, 9.0, 8.0)
SUBTITLE_SIZES = (8.0, 7.0, 6.0)
MARK_SIZES = (10.0, 9.0, 8.0, 7.0, 6.0)
SMALL_SIZES = (6.5, 6.0, 5.5)
"""5.5 pt is the smallest that prints legibly in Chinese."""
MARK_MM = 48.0
"""Width of the marks left and right of the title."""
SUBTITLE_MM = 4.0
BAR_PART_MM = 10.0
BAR_PARTS = 4
BAR_END_MM = 11.0
"""Room at the ends of the scale bar for its first and last number."""
NOTES_MM = 104.0


def place_sheet(sheet: Sheet, drawn: Drawn, with_locator: bool) -> Placement:
    """Return where all of *sheet* stands.

    drawn: what the insets on the map must not hide, in page millimetres.
    """
    insets = place_insets(sheet, drawn, with_locator)
    verdict = place_verdict(sheet, PANEL)
    below = _below(PANEL, verdict.box)
    reserved = insets.panel_mm + GAP_MM + legend_height_mm(sheet, PANEL.width_mm)
    table = place_table(sheet, below, reserved)
    rest = _below(below, table.box) if table else below
    legend = place_legend(sheet, _shortened(rest, insets.panel_mm))
    warnings = _warnings(sheet)
    return Placement(
        title=_title(sheet),
        subtitle=_subtitle(sheet),
        secrecy=_mark(sheet.secrecy, TITLE_BAND.x_mm),
        fiction=_mark(sheet.fiction, TITLE_BAND.right_mm - MARK_MM),
        north=NORTH,
        detail=insets.detail,
        locator=insets.locator,
        verdict=verdict,
        table=table,
        legend=legend,
        scale=_block(sheet.scale_text, _scale_box(), (10.0, 9.0, 8.0), bold=True),
        scale_bar=scale_bar_box(),
        crs_note=_block(sheet.crs_note, _crs_box(), (7.0, 6.5, 6.0, 5.5)),
        sources=_sources(sheet),
        warnings=warnings,
        notes=_notes(sheet, warnings),
    )


def _below(area: Box, upper: Box) -> Box:
    top = upper.bottom_mm + GAP_MM
    return Box(area.x_mm, top, area.width_mm, area.bottom_mm - top)


def _shortened(area: Box, by_mm: float) -> Box:
    return Box(area.x_mm, area.y_mm, area.width_mm, area.height_mm - by_mm)


def _block(text: str, box: Box, sizes: Sequence[float], bold: bool = False) -> TextBlock:
    return TextBlock(box, fit_text(text, box.width_mm, box.height_mm, sizes, bold), bold)


def _title(sheet: Sheet) -> TextBlock:
    box = Box(
        TITLE_BAND.x_mm + MARK_MM + GAP_MM,
        TITLE_BAND.y_mm,
        TITLE_BAND.width_mm - 2 * (MARK_MM + GAP_MM),
        TITLE_BAND.height_mm - SUBTITLE_MM,
    )
    return _block(sheet.title, box, TITLE_SIZES, bold=True)


def _subtitle(sheet: Sheet) -> TextBlock:
    top = TITLE_BAND.bottom_mm - SUBTITLE_MM
    box = Box(TITLE_BAND.x_mm, top, TITLE_BAND.width_mm, SUBTITLE_MM)
    return _block(sheet.subtitle, box, SUBTITLE_SIZES)


def _mark(text: str, left_mm: float) -> TextBlock | None:
    if not text:
        return None
    box = Box(left_mm, TITLE_BAND.y_mm + 1.0, MARK_MM, 7.5)
    inner = box.shrunk(1.0)
    fitted = fit_text(text, inner.width_mm, inner.height_mm, MARK_SIZES, bold=True)
    return TextBlock(box, fitted, bold=True)


def _scale_box() -> Box:
    return Box(SCALE_STRIP.x_mm, SCALE_STRIP.y_mm, 38.0, SCALE_STRIP.height_mm)


def scale_bar_box() -> Box:
    """Return the room of the scale bar: its longest form with the numbers at its ends."""
    longest = BAR_PARTS * BAR_PART_MM * 1.3 + BAR_END_MM
    left = _scale_box().right_mm + GAP_MM
    return Box(left, SCALE_STRIP.y_mm, longest, SCALE_STRIP.height_mm)


def bar_length_mm(scale: int) -> float:
    """Return the length of the scale bar on paper."""
    return BAR_PARTS * bar_segment(scale, BAR_PART_MM) * 1000 / scale


def _crs_box() -> Box:
    left = scale_bar_box().right_mm + GAP_MM
    return Box(left, SCALE_STRIP.y_mm, MAP.right_mm - left, SCALE_STRIP.height_mm)


def _sources(sheet: Sheet) -> TextBlock:
    """Return as many sources as there is room for, and how many there are if not all."""
    box = Box(FOOTER.x_mm, FOOTER.y_mm, FOOTER.width_mm - NOTES_MM - 2 * GAP_MM, FOOTER.height_mm)
    for size in SMALL_SIZES:
        text = sheet.sources_head + sheet.separator.join(sheet.sources)
        fitted = FittedText("\n".join(wrap_text(text, box.width_mm, size)), size)
        if fitted.height_mm <= box.height_mm:
            return TextBlock(box, fitted)
    return TextBlock(box, _cut_sources(sheet, box, size))


def _cut_sources(sheet: Sheet, box: Box, size: float) -> FittedText:
    """Return the longest list with a note that fits, found by halving."""
    fewest, most = 0, len(sheet.sources)
    while most - fewest > 1:
        middle = (fewest + most) // 2
        if _listed(sheet, middle, box.width_mm, size).height_mm <= box.height_mm:
            fewest = middle
        else:
            most = middle
    listed = _listed(sheet, fewest, box.width_mm, size)
    return fit_text(listed.text, box.width_mm, box.height_mm, [size])


def _listed(sheet: Sheet, count: int, width_mm: float, size: float) -> FittedText:
    more = message("map.more", count=len(sheet.sources)).text(sheet.language)
    text = sheet.sources_head + sheet.separator.join([*sheet.sources[:count], more])
    return FittedText("\n".join(wrap_text(text, width_mm, size)), size)


def _warnings(sheet: Sheet) -> TextBlock | None:
    if not sheet.warnings:
        return None
    left = CONTENT.right_mm - NOTES_MM
    fitted = fit_text(sheet.warnings, NOTES_MM, FOOTER.height_mm / 2, SMALL_SIZES, bold=True)
    return TextBlock(Box(left, FOOTER.y_mm, NOTES_MM, fitted.height_mm), fitted, bold=True)


def _notes(sheet: Sheet, warnings: TextBlock | None) -> TextBlock:
    top = warnings.box.bottom_mm if warnings else FOOTER.y_mm
    box = Box(CONTENT.right_mm - NOTES_MM, top, NOTES_MM, FOOTER.bottom_mm - top)
    return _block(sheet.notes, box, SMALL_SIZES)
