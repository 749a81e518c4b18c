# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the papers on results that a siting check left, without checking again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, SubProgress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.pages.printing import print_report
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.folders import make_folder
from eco_onemap.outputs.house_style import BUILT_IN, HouseStyle, read_house_style
from eco_onemap.outputs.report.kinds import PaperKind
from eco_onemap.outputs.report.public_edition import public_checklist
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat, usable_formats
from eco_onemap.processing.base import EcoOneMapAlgorithm, Group, said_in_qgis
from eco_onemap.processing.checking import given_file
from eco_onemap.processing.drawn_maps import maps_in, plates_in
from eco_onemap.processing.other_language import told_in, wanted_language
from eco_onemap.processing.paper_parameters import (
    CATALOGUE,
    FORMATS,
    HOUSE_STYLE,
    MAPS,
    OUTPUT,
    PAPERS,
    RELEASED_BY,
    RESULTS,
    paper_parameters,
)
from eco_onemap.qgis_bridge.feedback import FeedbackProgress
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.stored_assessment import language_of, read_assessment
from eco_onemap.readers.stored_check import read_check

Parameters = dict[str, Any]


class MakeReport(EcoOneMapAlgorithm):
    """Makes Word, Excel, HTML and PDF papers of a file of results."""

    GROUP = Group.PAPER

    def name(self) -> str:
        """Return the algorithm's stable name."""
        return "makereport"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Make reports")

    def shortDescription(self) -> str:
        """Return the tool tip."""
        return tr("Writes the papers on results of a siting check as Word, Excel, HTML and PDF.")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Writes papers on results that a siting check left in a GeoPackage, without checking "
            "again: a Word document with contents, captions and columns to fill in, a workbook "
            "with all result tables, a page for the browser, and a PDF. All have the same "
            "numbers.\n\n"
            "Maps are taken from a folder that the siting check or Make maps filled: images are "
            "embedded, of a series that with all layers; of PDF maps the PNG beside them is shown. "
            "A report on one site has all sheets of its series behind the chapters."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters."""
        for parameter in paper_parameters():
            self.addParameter(parameter)

    def processAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Write the papers."""
        folder = Path(self.parameterAsString(parameters, OUTPUT, context))
        progress = FeedbackProgress(feedback, user_language())
        with said_in_qgis(feedback):
            assessment = self._told(parameters, context, feedback, progress)
            make_folder(folder)
            edition = self._edition(parameters, context, folder, assessment, feedback)
            kinds = [
                PaperKind(name) for name in self.parameterAsEnumStrings(parameters, PAPERS, context)
            ]
            if PaperKind.PUBLIC in kinds:
                _say_checklist(assessment, feedback)
            _write(folder, kinds, assessment, edition, progress)
            return {OUTPUT: str(folder)}
        return {}

    def _told(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        progress: Progress,
    ) -> Assessment:
        """Return the check in the results, in the language that is asked for."""
        results = Path(self.parameterAsFile(parameters, RESULTS, context))
        assessment = read_assessment(results)
        language = wanted_language(self, parameters, context, assessment)
        if language == language_of(assessment, language):
            return assessment
        catalogue = given_file(self, parameters, context, CATALOGUE)
        return told_in(language, read_check(results, catalogue), progress, feedback)

    def _edition(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        folder: Path,
        assessment: Assessment,
        feedback: QgsProcessingFeedback,
    ) -> Edition:
        """Return how the papers come out; what cannot be written or used is said."""
        language = language_of(assessment, user_language())
        chosen = self.parameterAsEnumStrings(parameters, FORMATS, context)
        wanted = [each for each in ReportFormat if each.value in chosen]
        usable, lacking = usable_formats(folder / PaperKind.REPORT.value, wanted, prints=True)
        for lack in lacking:
            feedback.pushWarning(lack.message.text(user_language()))
        style = self.parameterAsFile(parameters, HOUSE_STYLE, context)
        drawn = self.parameterAsFile(parameters, MAPS, context)
        maps = maps_in(drawn, assessment)
        return Edition(
            language,
            usable,
            maps=maps,
            plates=plates_in(drawn, assessment, language, maps),
            style=_style(style, language, feedback) if style else BUILT_IN,
            printer=print_report,
            released_by=self.parameterAsString(parameters, RELEASED_BY, context).strip(),
        )


def _write(
    folder: Path,
    kinds: list[PaperKind],
    assessment: Assessment,
    edition: Edition,
    progress: Progress,
) -> None:
    for number, kind in enumerate(kinds):
        part = SubProgress(progress, number / len(kinds), (number + 1) / len(kinds))
        write_reports(folder / kind.value, assessment, replace(edition, kind=kind), part)


def _style(folder: str, language: str, feedback: QgsProcessingFeedback) -> HouseStyle:
    """Return an office's style; what of it cannot be used is said."""
    style, problems = read_house_style(Path(folder), language)
    for problem in problems:
        feedback.pushWarning(problem.text(user_language()))
    return style


def _say_checklist(assessment: Assessment, feedback: QgsProcessingFeedback) -> None:
    """Say what a person has to look at before the public gets its edition."""
    feedback.pushInfo(message("public.checklist").text(user_language()))
    for line in public_checklist(assessment, user_language()):
        feedback.pushInfo(f"□ {line}")
