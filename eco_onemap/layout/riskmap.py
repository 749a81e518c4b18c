# SPDX-License-Identifier: GPL-2.0-or-later
"""Printed risk maps: one sheet per site. Main thread only; needs no QGIS window."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qgis.core import QgsPrintLayout

from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, steps
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.build import build_sheet
from eco_onemap.layout.exporting import export_image, export_pdf
from eco_onemap.layout.file_names import file_names
from eco_onemap.layout.layers import LoadedMap, load_catalogue
from eco_onemap.layout.paper import LANDSCAPE_A4, Paper
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import site_record
from eco_onemap.layout.side_files import no_side_files
from eco_onemap.outputs.replacing import check_folder

DOCUMENT_DPI = 200
"""Enough for a map of A4 in a document that is printed; a megabyte a site."""


@no_side_files()
def export_risk_maps(
    assessment: Assessment,
    folder: Path,
    language: str,
    progress: Progress,
    images: Collection[str] = (),
    paper: Paper = LANDSCAPE_A4,
) -> dict[str, Path]:
    """Write one PDF per site to *folder*; return the files by site.

    images: the sites whose map stands beside it as a PNG, too, for documents that show no PDF.
    Sites without geometry are left out and told to *progress*. Raises OutputError (what was
    written before stays, whole) and Cancelled.
    """
    check_folder(folder)
    written: dict[str, Path] = {}
    sites = _drawable(assessment, progress)
    names = file_names(sites)
    loaded = load_catalogue(assessment.catalogue, assessment.options.as_of)
    for site_id, part in steps(sites, progress):
        part.report(0.0, message("layout.drawing", site=site_id))
        path = folder / f"{names[site_id]}.pdf"
        with _layout(loaded, assessment, site_id, language, paper) as layout:
            export_pdf(layout, path)
            if site_id in images:
                export_image(layout, path.with_suffix(".png"), DOCUMENT_DPI)
        written[site_id] = path
    return written


@no_side_files()
def export_risk_image(
    assessment: Assessment,
    site_id: str,
    path: Path,
    language: str,
    dpi: int = 150,
    paper: Paper = LANDSCAPE_A4,
) -> None:
    """Write one site's risk map as a PNG; OutputError if it cannot be written."""
    loaded = load_catalogue(assessment.catalogue, assessment.options.as_of)
    with _layout(loaded, assessment, site_id, language, paper) as layout:
        export_image(layout, path, dpi)


@no_side_files()
def build_risk_map(
    assessment: Assessment, site_id: str, language: str, paper: Paper = LANDSCAPE_A4
) -> QgsPrintLayout:
    """Return one site's risk map as an editable layout with a project of its own.

    The layout owns its project. OutputError if there is no such site or it has no geometry.
    """
    loaded = load_catalogue(assessment.catalogue, assessment.options.as_of)
    layout = build_sheet(loaded, site_record(assessment, site_id, language), SheetPlan(paper=paper))
    loaded.project.setParent(layout)
    return layout


@contextmanager
def _layout(
    loaded: LoadedMap, assessment: Assessment, site_id: str, language: str, paper: Paper
) -> Iterator[QgsPrintLayout]:
    """Yield a site's layout; its overlays leave the shared project afterwards."""
    shared = set(loaded.project.mapLayers())
    layout = build_sheet(loaded, site_record(assessment, site_id, language), SheetPlan(paper=paper))
    try:
        yield layout
    finally:
        layout.clear()
        loaded.project.removeMapLayers(list(set(loaded.project.mapLayers()) - shared))


def _drawable(assessment: Assessment, progress: Progress) -> list[str]:
    """Return the sites that have a geometry; tell the others."""
    table = assessment.site_verdict
    geometries: Sequence[object] = () if table.geometries is None else list(table.geometries)
    found = []
    for site_id, geometry in zip(table["site_id"].tolist(), geometries, strict=True):
        if geometry is None:
            progress.report(0.0, message("layout.skipped", site=site_id))
        else:
            found.append(site_id)
    return found
