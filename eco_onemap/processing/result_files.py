# SPDX-License-Identifier: GPL-2.0-or-later
"""The files that a siting check writes beside its layers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, SubProgress, stop_if_cancelled
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.inputs import inputs_of, inputs_table
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.layout.pages.printing import print_report
from eco_onemap.layout.preferred_imprint import preferred_imprint
from eco_onemap.layout.riskmap import export_risk_maps
from eco_onemap.outputs.csv_tables import write_csv_tables
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.folders import make_folder
from eco_onemap.outputs.geopackage import write_geopackage
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import (
    ReportFormat,
    lacking_package,
    report_path,
    usable_formats,
)
from eco_onemap.processing.siting_parameters import CSV_FOLDER, MAPS_FOLDER, OUTPUT_GPKG, REPORT

MOST_IMAGES = 30
"""So many maps a Word document shows, of the sites with the most severe verdicts; a map takes a
second to draw and a megabyte. Of the others it names the file."""

WRITING_SHARE = 0.95
"""Where the bar stands while files are written."""


@dataclass(frozen=True)
class ResultFiles:
    """Paths of the files and folders that are wanted, "" for each that is not."""

    geopackage: str
    csv_folder: str
    report: str
    maps_folder: str
    language: str

    def write(self, assessment: Assessment, progress: Progress) -> dict[str, str]:
        """Write all but maps and a report that waits for them; return paths by output."""
        written = {}
        if self.geopackage:
            _say(progress, self.geopackage)
            title = assessment.catalogue.title
            tables = (*assessment.tables, inputs_table(inputs_of(assessment)))
            write_geopackage(Path(self.geopackage), tables, title)
            written[OUTPUT_GPKG] = self.geopackage
        if self.csv_folder:
            _say(progress, self.csv_folder)
            write_csv_tables(Path(self.csv_folder), assessment.tables)
            written[CSV_FOLDER] = self.csv_folder
        if self.report and not self.maps_folder:
            written |= self._write_report(assessment, {}, progress)
        return written

    def write_maps(self, assessment: Assessment, progress: Progress) -> dict[str, str]:
        """Draw the maps if they are wanted, and the report with them; on the main thread.

        Where the maps fail, the report comes without them before the error does.
        """
        if not self.maps_folder:
            return {}
        folder = Path(self.maps_folder)
        shown = _worst_sites(assessment) if self.report else ()
        written = {MAPS_FOLDER: self.maps_folder}
        maps: dict[str, Path] = {}
        try:
            make_folder(folder)
            maps = export_risk_maps(
                assessment, folder, self.language, progress, shown, imprint=preferred_imprint()
            )
        finally:
            if self.report:
                written |= self._write_report(assessment, maps, progress)
        return written

    def _write_report(
        self, assessment: Assessment, maps: dict[str, Path], progress: Progress
    ) -> dict[str, str]:
        stem = Path(self.report).with_suffix("")
        make_folder(stem.parent)
        formats, lacking = usable_formats(stem, prints=True)
        for lack in lacking:
            progress.report(WRITING_SHARE, lack.message)
        part = SubProgress(progress, WRITING_SHARE, 1.0)
        edition = Edition(self.language, formats, maps=maps, printer=print_report)
        write_reports(stem, assessment, edition, part)
        return {REPORT: str(report_path(stem, ReportFormat.HTML))}


def _worst_sites(assessment: Assessment) -> frozenset[str]:
    """Return the sites whose maps the Word document shows."""
    if lacking_package(ReportFormat.DOCX, Path("report")) is not None:
        return frozenset()
    table = assessment.site_verdict
    severities = [-SEVERITY[Verdict(verdict)] for verdict in table["verdict"]]
    order = np.argsort(severities, kind="stable")[:MOST_IMAGES]
    return frozenset(table["site_id"][order].tolist())


def _say(progress: Progress, path: str) -> None:
    stop_if_cancelled(progress)
    progress.report(WRITING_SHARE, message("qgis.step.writing", file=Path(path).name))
