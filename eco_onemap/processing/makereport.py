# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the reports on results that a siting check left, without checking again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
)

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.file_names import file_names
from eco_onemap.outputs.folders import make_folder
from eco_onemap.outputs.report_files import ReportFormat, usable_formats, write_reports
from eco_onemap.processing.base import EcoOneMapAlgorithm, Group, said_in_qgis
from eco_onemap.processing.parameter_help import with_help
from eco_onemap.qgis_bridge.feedback import FeedbackProgress
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.stored_assessment import language_of, read_assessment

RESULTS, MAPS, FORMATS, OUTPUT = "RESULTS", "MAPS", "FORMATS", "OUTPUT"
STEM = "report"

Parameters = dict[str, Any]


class MakeReport(EcoOneMapAlgorithm):
    """Makes Word, Excel and HTML reports of a file of results."""

    GROUP = Group.PAPER

    def name(self) -> str:
        """Return the algorithm's stable name."""
        return "makereport"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Make reports")

    def shortDescription(self) -> str:
        """Return the tool tip."""
        return tr("Writes the reports on results of a siting check as Word, Excel and HTML.")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Writes the reports on results that a siting check left in a GeoPackage, without "
            "checking again: a Word document with contents, captions and columns to fill in, a "
            "workbook with all result tables, and a page for the browser. All have the same "
            "numbers. They are in the language of the results.\n\n"
            "Maps are taken from a folder that the siting check filled: images are embedded, of "
            "PDF maps Word shows the PNG beside them."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters."""
        results = QgsProcessingParameterFile(
            RESULTS, tr("Results"), fileFilter=tr("Results of a siting check") + " (*.gpkg)"
        )
        self.addParameter(with_help(results, tr("The GeoPackage that a siting check wrote.")))
        maps = QgsProcessingParameterFile(
            MAPS, tr("Folder of maps"), Qgis.ProcessingFileParameterBehavior.Folder, optional=True
        )
        self.addParameter(with_help(maps, tr("Risk maps of the same sites, one file a site.")))
        formats = QgsProcessingParameterEnum(
            FORMATS,
            tr("Formats"),
            [each.value for each in ReportFormat],
            allowMultiple=True,
            defaultValue=[each.value for each in ReportFormat],
        )
        formats.setUsesStaticStrings(True)
        self.addParameter(with_help(formats, tr("What cannot be written here is said and left.")))
        folder = QgsProcessingParameterFolderDestination(OUTPUT, tr("Folder for reports"))
        self.addParameter(with_help(folder, tr("The files are called report, with their endings.")))

    def processAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Write the reports."""
        folder = Path(self.parameterAsString(parameters, OUTPUT, context))
        progress = FeedbackProgress(feedback, user_language())
        with said_in_qgis(feedback):
            assessment = read_assessment(Path(self.parameterAsFile(parameters, RESULTS, context)))
            make_folder(folder)
            wanted = self._formats(parameters, context, folder, feedback)
            maps = _maps_in(self.parameterAsFile(parameters, MAPS, context), assessment)
            language = language_of(assessment, user_language())
            write_reports(folder / STEM, assessment, wanted, language, maps, progress)
            return {OUTPUT: str(folder)}
        return {}

    def _formats(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        folder: Path,
        feedback: QgsProcessingFeedback,
    ) -> list[ReportFormat]:
        """Return the formats that are wanted and can be written; what lacks for others is said."""
        usable, lacking = usable_formats(folder / STEM)
        for lack in lacking:
            feedback.pushWarning(lack.message.text(user_language()))
        chosen = set(self.parameterAsEnumStrings(parameters, FORMATS, context))
        return [each for each in usable if each.value in chosen]


def _maps_in(folder: str, assessment: Assessment) -> dict[str, Path]:
    """Return the map of each site that has one in a folder, "" for none: an image before a PDF."""
    names = file_names(assessment.site_verdict["site_id"].tolist()) if folder else {}
    found = {}
    for site_id, name in names.items():
        files = (Path(folder, f"{name}.{ending}") for ending in ("png", "jpg", "pdf"))
        present = next((file for file in files if file.is_file()), None)
        if present is not None:
            found[site_id] = present
    return found
