# SPDX-License-Identifier: GPL-2.0-or-later
"""Places a sheet on its paper by arithmetic: nothing overlaps, nothing is cut unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from eco_onemap.core.messages import message
from eco_onemap.layout.page_frame import Drawn
from eco_onemap.layout.paper import GAP_MM, Box, Paper, PaperSize
from eco_onemap.layout.place_imprint import place_imprint
from eco_onemap.layout.place_insets import LEAST_IN_PANEL_MM, Insets, place_insets
from eco_onemap.layout.place_legend import (
    READABLE_FORM,
    legend_forms,
    legend_height_mm,
    place_legend,
)
from eco_onemap.layout.place_panel import MORE_MM, place_table, place_verdict
from eco_onemap.layout.placement import (
    LegendPlace,
    Placement,
    TablePlace,
    TextBlock,
    VerdictPlace,
)
from eco_onemap.layout.scales import bar_segment
from eco_onemap.layout.sheet import Sheet
from eco_onemap.layout.text_fit import FittedText, fit_text, without_loose_ends, wrap_text

TITLE_SIZES = (18.0, 16.0, 14.0, 12.0, 10.0, 9.0, 8.0)
LARGE_TITLE_SIZES = (24.0, 22.0, 20.0, *TITLE_SIZES)
"""On A3."""
SUBTITLE_SIZES = (8.0, 7.0, 6.0)
SCALE_SIZES, CRS_SIZES = (10.0, 9.0, 8.0), (7.0, 6.5, 6.0, 5.5)
MARK_SIZES = (10.0, 9.0, 8.0, 7.0, 6.0)
SMALL_SIZES = (6.5, 6.0, 5.5)
"""5.5 pt is the smallest that prints legibly in Chinese."""
ENLARGED_BY = 1.15
"""On A3, where it fits."""
MARK_MM = {False: 48.0, True: 30.0}
"""Width of the marks left and right of the title; less on portrait sheets."""
SUBTITLE_MM = 4.0
BAR_PART_MM = 10.0
BAR_PARTS = 4
BAR_END_MM = 11.0
"""Room at the ends of the scale bar for its first and last number."""
NOTES_SHARE = 104.0 / 275.0
"""Of the sheet's width, that notes and warnings take."""


def place_sheet(sheet: Sheet, paper: Paper, drawn: Drawn, with_locator: bool) -> Placement:
    """Return where all of *sheet* stands.

    drawn: what the insets on the map must not hide, in page millimetres.
    """
    room = _locator_room(sheet, paper) if with_locator else None
    insets = place_insets(sheet, paper, drawn, with_locator, room)
    verdict, table, legend = _place_panel(sheet, paper, insets)
    warnings = _warnings(sheet, paper)
    band = paper.title_band
    mark_mm = MARK_MM[paper.is_portrait]
    return Placement(
        paper=paper,
        title=_title(sheet, paper),
        subtitle=_subtitle(sheet, paper),
        secrecy=place_mark(sheet.secrecy, band, band.x_mm, mark_mm),
        fiction=place_mark(sheet.fiction, band, band.right_mm - mark_mm, mark_mm),
        north=insets.north,
        detail=insets.detail,
        locator=insets.locator,
        verdict=verdict,
        table=table,
        legend=legend,
        scale=_block(sheet.scale_text, _scale_box(paper), sizes_on(paper.size, SCALE_SIZES), True),
        scale_bar=scale_bar_box(paper),
        crs_note=_block(sheet.crs_note, _crs_box(paper), sizes_on(paper.size, CRS_SIZES)),
        sources=_sources(sheet, paper),
        warnings=warnings,
        notes=_notes(sheet, paper, warnings),
        imprint=place_imprint(sheet, paper),
    )


def _place_panel(
    sheet: Sheet, paper: Paper, insets: Insets
) -> tuple[VerdictPlace, TablePlace | None, LegendPlace]:
    """Return verdict, table and legend: below one another, or the legend in a second column."""
    verdict, table, column = _place_upper(sheet, paper, insets.panel_mm)
    return verdict, table, place_legend(sheet, _shortened(column, insets.panel_mm))


def _place_upper(
    sheet: Sheet, paper: Paper, foot_mm: float
) -> tuple[VerdictPlace, TablePlace | None, Box]:
    """Return verdict and table, and the column that is left below or beside them.

    foot_mm: at the panel's foot, to be left free.
    """
    first, *others = paper.columns
    verdict = place_verdict(sheet, first)
    below = _below(first, verdict.box)
    legend_mm = foot_mm + GAP_MM + legend_height_mm(sheet, first.width_mm)
    table = place_table(sheet, below, 0.0 if others else legend_mm)
    rest = _below(below, table.box) if table else below
    return verdict, table, others[0] if others else rest


def _locator_room(sheet: Sheet, paper: Paper) -> Box | None:
    """Return the room that is left for a locator at the foot of a column, None without enough.

    On portrait sheets it is below the table, if it can. Else the legend has its roomiest form above
    which a locator can stand.
    """
    verdict, table, column = _place_upper(sheet, paper, 0.0)
    if table is not None and table.more is not None:
        return None
    first, *others = paper.columns
    upper = _below(first, (table or verdict).box)
    if others and upper.height_mm >= LEAST_IN_PANEL_MM:
        return upper
    forms = legend_forms(column.width_mm)
    for form in forms[: forms.index(READABLE_FORM) + 1]:
        height = legend_height_mm(sheet, column.width_mm, form) + MORE_MM
        lower = _below(column, Box(column.x_mm, column.y_mm, column.width_mm, height))
        if lower.height_mm >= LEAST_IN_PANEL_MM:
            return lower
    return None


def _below(area: Box, upper: Box) -> Box:
    top = upper.bottom_mm + GAP_MM
    return Box(area.x_mm, top, area.width_mm, area.bottom_mm - top)


def _shortened(area: Box, by_mm: float) -> Box:
    return Box(area.x_mm, area.y_mm, area.width_mm, area.height_mm - by_mm)


def _block(text: str, box: Box, sizes: Sequence[float], bold: bool = False) -> TextBlock:
    return TextBlock(box, fit_text(text, box.width_mm, box.height_mm, sizes, bold), bold)


def sizes_on(size: PaperSize, sizes: Sequence[float]) -> tuple[float, ...]:
    """Return type sizes, largest first, with a larger one before them on A3."""
    return (*sizes,) if size is PaperSize.A4 else (round(sizes[0] * ENLARGED_BY, 1), *sizes)


def block_of_notes(text: str, box: Box, size: PaperSize) -> TextBlock:
    """Return the notes, whose lines do not end with the stroke between two of them."""
    sizes = sizes_on(size, SMALL_SIZES)
    fitted = fit_text(text, box.width_mm, box.height_mm, sizes)
    return TextBlock(box, without_loose_ends(fitted))


def _title(sheet: Sheet, paper: Paper) -> TextBlock:
    band, beside = paper.title_band, MARK_MM[paper.is_portrait] + GAP_MM
    box = Box(
        band.x_mm + beside, band.y_mm, band.width_mm - 2 * beside, band.height_mm - SUBTITLE_MM
    )
    sizes = TITLE_SIZES if paper.size is PaperSize.A4 else LARGE_TITLE_SIZES
    return _block(sheet.title, box, sizes, bold=True)


def _subtitle(sheet: Sheet, paper: Paper) -> TextBlock:
    band = paper.title_band
    box = Box(band.x_mm, band.bottom_mm - SUBTITLE_MM, band.width_mm, SUBTITLE_MM)
    return _block(sheet.subtitle, box, sizes_on(paper.size, SUBTITLE_SIZES))


def place_mark(text: str, band: Box, left_mm: float, width_mm: float) -> TextBlock | None:
    """Return a mark in the title band, its lines broken between words if they can; None for ""."""
    if not text:
        return None
    box = Box(left_mm, band.y_mm + 0.5, width_mm, band.height_mm - SUBTITLE_MM - 0.5)
    inner = box.shrunk(1.0)
    return TextBlock(box, _mark_text(text, inner), bold=True)


def _mark_text(text: str, inner: Box) -> FittedText:
    """Return the largest text whose lines end between words, or else the largest that fits."""
    room = inner.width_mm, inner.height_mm
    for size in MARK_SIZES:
        fitted = fit_text(text, *room, (size,), bold=True)
        if fitted.text.split() == text.split():
            return fitted
    return fit_text(text, *room, MARK_SIZES, bold=True)


def _scale_box(paper: Paper) -> Box:
    strip = paper.scale_strip
    return Box(strip.x_mm, strip.y_mm, 38.0, strip.height_mm)


def scale_bar_box(paper: Paper) -> Box:
    """Return the room of the scale bar: its longest form with the numbers at its ends."""
    longest = BAR_PARTS * BAR_PART_MM * 1.3 + BAR_END_MM
    scale = _scale_box(paper)
    return Box(scale.right_mm + GAP_MM, scale.y_mm, longest, scale.height_mm)


def bar_length_mm(scale: int) -> float:
    """Return the length of the scale bar on paper."""
    return BAR_PARTS * bar_segment(scale, BAR_PART_MM) * 1000 / scale


def _crs_box(paper: Paper) -> Box:
    bar = scale_bar_box(paper)
    left = bar.right_mm + GAP_MM
    return Box(left, bar.y_mm, paper.map.right_mm - left, bar.height_mm)


def _notes_mm(paper: Paper) -> float:
    return NOTES_SHARE * paper.footer.width_mm


def _sources(sheet: Sheet, paper: Paper) -> TextBlock:
    """Return as many sources as there is room for, and how many there are if not all."""
    foot = paper.footer
    width = foot.width_mm - _notes_mm(paper) - 2 * GAP_MM
    box = Box(foot.x_mm, foot.y_mm, width, foot.height_mm)
    for size in sizes_on(paper.size, SMALL_SIZES):
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


def _warnings(sheet: Sheet, paper: Paper) -> TextBlock | None:
    if not sheet.warnings:
        return None
    foot, width = paper.footer, _notes_mm(paper)
    sizes = sizes_on(paper.size, SMALL_SIZES)
    fitted = fit_text(sheet.warnings, width, foot.height_mm / 2, sizes, bold=True)
    box = Box(foot.right_mm - width, foot.y_mm, width, fitted.height_mm)
    return TextBlock(box, fitted, bold=True)


def _notes(sheet: Sheet, paper: Paper, warnings: TextBlock | None) -> TextBlock:
    foot, width = paper.footer, _notes_mm(paper)
    top = warnings.box.bottom_mm if warnings else foot.y_mm
    box = Box(foot.right_mm - width, top, width, foot.bottom_mm - top)
    return block_of_notes(sheet.notes, box, paper.size)
