# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the map series of checked sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsProcessingContext, QgsProcessingFeedback

from eco_onemap.core.progress import SubProgress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.series import export_series
from eco_onemap.outputs.folders import make_folder
from eco_onemap.processing import map_parameters as maps
from eco_onemap.processing import siting_parameters as names
from eco_onemap.processing.base import Group, said_in_qgis
from eco_onemap.processing.checking import check_sites, given_file
from eco_onemap.processing.checking_algorithm import CheckingAlgorithm
from eco_onemap.processing.other_language import told_in
from eco_onemap.processing.problems import say_packs, say_problems
from eco_onemap.qgis_bridge.feedback import FeedbackProgress
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.stored_assessment import language_of
from eco_onemap.readers.stored_check import changed_layers, read_check

CHECKING_SHARE = 0.3
"""How much of the time a check before the maps is taken to need."""

Parameters = dict[str, Any]


class MakeMaps(CheckingAlgorithm):
    """Draws an overview, sheets of themes and the risk one map of each site."""

    GROUP = Group.PAPER
    SOURCES = (maps.RESULTS, names.SITES, names.SITES_FILE)
    ONE_SOURCE = "qgis.one_map_source"

    def name(self) -> str:
        """Return the algorithm's stable name."""
        return "makemaps"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Make maps")

    def shortDescription(self) -> str:
        """Return the tool tip."""
        return tr("Draws the map series of sites: overview, themes, and all on one map.")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Draws maps for the file: of each site an overview, a sheet for each theme that "
            "concerns it (red line, protected nature, water, soil, control units, sea, farmland, "
            "sensitive targets) with the verdict on that theme, and the risk one map of all "
            "layers. Rings, overlaps and nearest distances are those of the check.\n\n"
            "Maps are made of the results of a siting check, or of sites that are checked first. "
            "Each file appears when it is whole. QGIS waits while maps are drawn."
        )

    def flags(self) -> Qgis.ProcessingAlgorithmFlag:
        """Return that layouts are drawn on the main thread."""
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for parameter in maps.map_parameters():
            self.addParameter(parameter)
        for output in maps.map_outputs():
            self.addOutput(output)

    def processAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Draw the maps."""
        folder = Path(self.parameterAsString(parameters, maps.OUTPUT, context))
        progress = FeedbackProgress(feedback, user_language())
        with said_in_qgis(feedback):
            if parameters.get(maps.RESULTS):
                assessment, started = self._stored(parameters, context, feedback)
            else:
                assessment, started = self._checked(parameters, context, feedback), CHECKING_SHARE
            language = language_of(assessment, user_language())
            order = maps.map_order(self, parameters, context, language)
            template = maps.office_template(self, parameters, context, feedback)
            order = replace(order, template=template)
            make_folder(folder)
            drawing = SubProgress(progress, started, 1.0)
            written = export_series(assessment, order, folder, drawing)
            return {
                maps.OUTPUT: str(folder),
                maps.SITE_COUNT: len(written.by_site),
                maps.SHEET_COUNT: written.sheets,
            }
        return {}

    def _stored(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> tuple[Assessment, float]:
        """Return the check in the results and how far the work is; say what differs by now."""
        stated = self, parameters, context
        assessment = read_check(
            given_file(*stated, maps.RESULTS), given_file(*stated, names.CATALOGUE)
        )
        for changed in changed_layers(assessment):
            feedback.pushWarning(changed.text(user_language()))
        whole = FeedbackProgress(feedback, user_language())
        checking = SubProgress(whole, 0.0, CHECKING_SHARE)
        told = told_in(self._language(parameters, context), assessment, checking, feedback)
        return told, CHECKING_SHARE if told is not assessment else 0.0

    def _checked(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Assessment:
        whole = FeedbackProgress(feedback, user_language())
        checking = SubProgress(whole, 0.0, CHECKING_SHARE)
        assessment = check_sites(self, parameters, context, self._snapshot, checking)
        say_packs(assessment, feedback)
        say_problems(assessment, feedback)
        return assessment.in_language(self._language(parameters, context))

    def _language(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        return str(self.parameterAsEnumString(parameters, names.LANGUAGE, context))
