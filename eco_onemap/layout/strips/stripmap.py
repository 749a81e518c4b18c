# SPDX-License-Identifier: GPL-2.0-or-later
"""Printed strip maps of line projects: all sheets in one PDF. Main thread only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsPrintLayout

from eco_onemap.core.errors import OutputError
from eco_onemap.core.further.crossing_table import chainages_of
from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, SubProgress, steps
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.content import find_content
from eco_onemap.layout.describe import Say, describe_sheet
from eco_onemap.layout.exporting import export_image, export_layout_pdf
from eco_onemap.layout.ground import describe_ground
from eco_onemap.layout.layers import LoadedMap, load_catalogue
from eco_onemap.layout.paper import PaperSize
from eco_onemap.layout.pdf_bookmarks import Bookmark
from eco_onemap.layout.record import Row, SiteRecord, site_record
from eco_onemap.layout.sheet import Ground
from eco_onemap.layout.side_files import no_side_files
from eco_onemap.layout.strips.build import StripPage, add_page, new_layout
from eco_onemap.layout.strips.colours import Colours, feature_colours
from eco_onemap.layout.strips.course import Course, find_course
from eco_onemap.layout.strips.describe import (
    count_layers,
    crossings_of,
    describe_strip,
    match_text,
)
from eco_onemap.layout.strips.overlays import tick_overlays
from eco_onemap.layout.strips.paper import StripPaper
from eco_onemap.layout.strips.place_bars import bars_height_mm
from eco_onemap.layout.strips.place_labels import find_ticks
from eco_onemap.layout.strips.windows import (
    MatchLine,
    Window,
    cut_course,
    find_scale,
    match_lines,
)
from eco_onemap.outputs.replacing import check_folder

MOST_SHEETS = 200
"""Of one line; beyond, the scale was hardly meant."""
LARGEST, SMALLEST = 500, 1_000_000
IMAGE_DPI = 200
DRAWING_SHARE = 0.6
"""Of the time, that describing and building takes; the rest is writing the file."""


@dataclass(frozen=True)
class StripPlan:
    """How strip maps are drawn; scale: denominator, 0 to choose it by the line's length."""

    size: PaperSize = PaperSize.A4
    scale: int = 0

    def __post_init__(self) -> None:
        if self.scale and not LARGEST <= self.scale <= SMALLEST:
            raise OutputError("strips.scale", scale=self.scale)


A4_SHEETS = StripPlan()


@dataclass(frozen=True, eq=False)
class _Route:
    """One line with all that its sheets share."""

    record: SiteRecord
    paper: StripPaper
    course: Course
    ground: Ground
    windows: tuple[Window, ...]
    matches: tuple[MatchLine, ...]
    crossings: Sequence[Row]
    colours: Colours


@dataclass(frozen=True)
class StripFiles:
    """What was written: the PDF with its number of sheets, and images where they were wanted."""

    pdf: Path
    sheets: int
    images: tuple[Path, ...] = ()


def line_sites(assessment: Assessment) -> list[str]:
    """Return the sites that are lines, in their order."""
    table = assessment.site_verdict
    if table.geometries is None:
        return []
    is_line = shapely.get_dimensions(table.geometries) == 1
    found: list[str] = table["site_id"][is_line].tolist()
    return found


@no_side_files()
def export_strip_maps(
    assessment: Assessment,
    path: Path,
    language: str,
    progress: Progress,
    plan: StripPlan = A4_SHEETS,
    images: bool = False,
) -> StripFiles:
    """Write the strip maps of all line sites to one PDF.

    Bookmarks lead to each site and sheet. images: each sheet as a PNG beside it, too. OutputError
    says why there are none or why they cannot be written (what was there stays), and Cancelled.
    """
    sites = line_sites(assessment)
    if not sites:
        raise OutputError("strips.no_lines", path=assessment.sites.source)
    if "crossing" not in assessment.further:
        raise OutputError("strips.no_crossings", path=str(path))
    check_folder(path.parent)
    loaded = load_catalogue(assessment.catalogue, assessment.options.as_of)
    layout = new_layout(loaded, assessment.catalogue.title)
    bookmarks = []
    for site_id, part in steps(sites, SubProgress(progress, 0.0, DRAWING_SHARE)):
        record = site_record(assessment, site_id, language)
        bookmarks.append(add_line(layout, loaded, record, plan, part))
    progress.report(DRAWING_SHARE, message("strips.writing", path=str(path)))
    export_layout_pdf(layout, path, bookmarks)
    sheets = layout.pageCollection().pageCount()
    pictures = _export_images(layout, path, progress) if images else []
    return StripFiles(path, sheets, tuple(pictures))


def _route(loaded: LoadedMap, record: SiteRecord, plan: StripPlan) -> _Route:
    """Return a line cut into sheets, their maps as high as the bars of the fullest sheet allow."""
    paper, crossings = StripPaper(plan.size), crossings_of(record)
    ground = replace(describe_ground(record, paper.plain), rings=(), detail=None)
    line = np.array([record.geometry], dtype=object)
    course = find_course(chainages_of(line, record.assessment.options), ground.crs)
    scale = plan.scale or find_scale(course, paper.map)
    first = _cut(record, course, paper, scale)
    most = max(count_layers(crossings, window) for window in first)
    paper = replace(paper, bars_mm=bars_height_mm(most))
    windows = _cut(record, course, paper, scale)
    across = paper.map.height_mm + paper.map.width_mm
    layers = dict.fromkeys(row["layer_id"] for row in crossings)
    return _Route(
        record=record,
        paper=paper,
        course=course,
        ground=ground,
        windows=windows,
        matches=tuple(match_lines(course, windows, across * scale / 1000)),
        crossings=crossings,
        colours=feature_colours(loaded, record, course.line, course.crs, layers),
    )


def _cut(record: SiteRecord, course: Course, paper: StripPaper, scale: int) -> tuple[Window, ...]:
    windows = cut_course(course, paper.map, scale)
    if len(windows) > MOST_SHEETS:
        told: dict[str, Any] = {"scale": scale, "count": len(windows), "most": MOST_SHEETS}
        raise OutputError("strips.too_many", site=record.site_id, **told)
    return windows


def add_line(
    layout: QgsPrintLayout,
    loaded: LoadedMap,
    record: SiteRecord,
    plan: StripPlan,
    progress: Progress,
) -> Bookmark:
    """Add all sheets of a line; return the bookmark of the first with those of all below.

    OutputError if the scale would make too many, and Cancelled.
    """
    route = _route(loaded, record, plan)
    first = layout.pageCollection().pageCount()
    scale = route.windows[0].view.scale
    ticks = tick_overlays(loaded.project, route.course.crs, find_ticks(route.course, scale))
    marks: list[Bookmark] = []
    for window, part in steps(route.windows, progress):
        told = {"site": route.record.site_id, "number": window.number, "count": len(route.windows)}
        part.report(0.0, message("strips.drawing", **told))
        page = _page(loaded, route, window)
        add_page(layout, loaded, route.record, page, ticks, route.paper)
        marks.append(Bookmark(page.strip.place, first + len(marks)))
    name = f"{route.record.site_id} {route.record.site['name']}".strip()
    return Bookmark(name, first, tuple(marks))


def _page(loaded: LoadedMap, route: _Route, window: Window) -> StripPage:
    """Return what a page is built from."""
    record, shown = route.record, window.ground(route.paper.map)
    here = route.course.stretch(window.part, window.from_m, window.to_m)
    overlaps = tuple(o for o in route.ground.overlaps if o.geometry.intersects(shown))
    ground = replace(route.ground, main=window.view, overlaps=overlaps)
    stretch = replace(ground, site=here)
    content = replace(find_content(loaded, record, stretch, shown), nearest=())
    sheet = describe_sheet(record, stretch, content)
    strip = describe_strip(
        record, sheet, route.crossings, route.windows, route.matches, window.number
    )
    say = Say(record.language)
    return StripPage(
        strip=strip,
        course=route.course,
        windows=route.windows,
        ground=ground,
        content=content,
        match_texts=[match_text(match, window.number, say) for match in strip.matches],
        colours=route.colours,
    )


def _export_images(layout: QgsPrintLayout, path: Path, progress: Progress) -> list[Path]:
    """Write every page as a PNG named after the PDF and its number."""
    written = []
    pages = range(layout.pageCollection().pageCount())
    for page, _ in steps(pages, SubProgress(progress, DRAWING_SHARE, 1.0)):
        image = path.with_name(f"{path.stem}_{page + 1:03d}.png")
        export_image(layout, image, IMAGE_DPI, page)
        written.append(image)
    return written
