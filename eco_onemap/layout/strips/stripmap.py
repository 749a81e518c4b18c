# SPDX-License-Identifier: GPL-2.0-or-later
"""Printed strip maps of line projects: all sheets in one PDF. Main thread only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import shapely
from qgis.core import QgsPrintLayout

from eco_onemap.core.errors import OutputError
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.exporting import export_pdf
from eco_onemap.layout.layers import load_catalogue
from eco_onemap.layout.map_seal import map_seal
from eco_onemap.layout.record import site_record
from eco_onemap.layout.side_files import no_side_files
from eco_onemap.layout.strips.build import build_page
from eco_onemap.layout.strips.routes import StripPlan, find_page, find_route
from eco_onemap.layout.strips.strip_pages import StripPages
from eco_onemap.outputs.replacing import check_folder

A4_SHEETS = StripPlan()


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
    says why there are none or why they cannot be written (the PDF that was there stays), and
    Cancelled.
    """
    sites = line_sites(assessment)
    if not sites:
        raise OutputError("strips.no_lines", path=assessment.sites.source)
    if "crossing" not in assessment.further:
        raise OutputError("strips.no_crossings", path=str(path))
    check_folder(path.parent)
    loaded = load_catalogue(assessment.catalogue, assessment.options.as_of)
    records = (site_record(assessment, site_id, language) for site_id in sites)
    routes = [find_route(loaded, record, plan) for record in records]
    seal = map_seal(assessment, sites, language) if plan.is_sealed else None
    number = seal.number if seal else ""
    pages = StripPages(loaded, routes, progress, path if images else None, number)
    export_pdf(pages, path, assessment.catalogue.title, plan.with_coordinates, seal)
    return StripFiles(path, pages.count(), tuple(pages.pictures))


@no_side_files()
def build_strip_sheets(
    assessment: Assessment, site_id: str, language: str, plan: StripPlan = A4_SHEETS
) -> list[QgsPrintLayout]:
    """Return the sheets of one line as editable layouts, each with a project of its own."""
    layouts: list[QgsPrintLayout] = []
    record, count = site_record(assessment, site_id, language), 1
    while len(layouts) < count:
        loaded = load_catalogue(assessment.catalogue, assessment.options.as_of)
        route = find_route(loaded, record, plan)
        count = len(route.windows)
        layout = build_page(loaded, record, find_page(loaded, route, route.windows[len(layouts)]))
        loaded.project.setParent(layout)
        layouts.append(layout)
    return layouts
