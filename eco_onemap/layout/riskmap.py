# SPDX-License-Identifier: GPL-2.0-or-later
"""The risk one map of each site: the sheet with all layers. Main thread only; needs no window."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from qgis.core import QgsPrintLayout

from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.build import build_sheet
from eco_onemap.layout.exporting import export_image
from eco_onemap.layout.imprint import BLANK, Imprint
from eco_onemap.layout.layers import load_catalogue
from eco_onemap.layout.order import MapFormat, MapOrder
from eco_onemap.layout.paper import LANDSCAPE_A4, Paper
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import site_record
from eco_onemap.layout.series import export_series
from eco_onemap.layout.side_files import no_side_files
from eco_onemap.layout.subjects import RISK

DOCUMENT_DPI = 200
"""Enough for a map of A4 in a document that is printed; a megabyte a site."""


def export_risk_maps(
    assessment: Assessment,
    folder: Path,
    language: str,
    progress: Progress,
    images: Collection[str] = (),
    paper: Paper = LANDSCAPE_A4,
    imprint: Imprint = BLANK,
) -> dict[str, Path]:
    """Write one PDF per site to *folder*; return the files by site.

    images: the sites whose map stands beside it as a PNG, too, for documents that show no PDF.
    Sites without geometry are left out and told to *progress*. Raises OutputError (what was
    written before stays, whole) and Cancelled.
    """
    order = MapOrder(language, (RISK,), paper, imprint, MapFormat.GEOPDF)
    written = export_series(assessment, order, folder, progress).by_site
    for site_id in (site_id for site_id in written if site_id in images):
        path = written[site_id][0].with_suffix(".png")
        export_risk_image(assessment, site_id, path, language, DOCUMENT_DPI, paper, imprint)
    return {site_id: paths[0] for site_id, paths in written.items()}


@no_side_files()
def export_risk_image(
    assessment: Assessment,
    site_id: str,
    path: Path,
    language: str,
    dpi: int = 150,
    paper: Paper = LANDSCAPE_A4,
    imprint: Imprint = BLANK,
) -> None:
    """Write one site's risk map as a PNG; OutputError if it cannot be written."""
    layout = build_risk_map(assessment, site_id, language, paper, imprint)
    export_image(layout, path, dpi)


@no_side_files()
def build_risk_map(
    assessment: Assessment,
    site_id: str,
    language: str,
    paper: Paper = LANDSCAPE_A4,
    imprint: Imprint = BLANK,
) -> QgsPrintLayout:
    """Return one site's risk map as an editable layout with a project of its own.

    The layout owns its project. OutputError if there is no such site or it has no geometry.
    """
    record = site_record(assessment, site_id, language)
    loaded = load_catalogue(assessment.catalogue, assessment.options.as_of)
    layout = build_sheet(loaded, record, SheetPlan(RISK, paper, imprint))
    loaded.project.setParent(layout)
    return layout
