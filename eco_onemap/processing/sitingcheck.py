# SPDX-License-Identifier: GPL-2.0-or-later
"""The siting check as a Processing algorithm: translates, ``assess()`` works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
)

from eco_onemap.core.progress import stop_if_cancelled
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.processing import siting_parameters as names
from eco_onemap.processing.base import said_in_qgis
from eco_onemap.processing.checking import check_sites
from eco_onemap.processing.checking_algorithm import CheckingAlgorithm
from eco_onemap.processing.problems import say_packs, say_problems, say_reading
from eco_onemap.processing.result_files import ResultFiles
from eco_onemap.processing.styling import style_when_loaded
from eco_onemap.processing.tables import write_table
from eco_onemap.qgis_bridge.feedback import FeedbackProgress
from eco_onemap.qgis_bridge.translation import tr, user_language

Parameters = dict[str, Any]


class SitingCheck(CheckingAlgorithm):
    """Checks project sites against the layers of a catalogue under rule packs."""

    def __init__(self) -> None:
        super().__init__()
        self._assessment: Assessment | None = None
        self._files: ResultFiles | None = None
        self._results: dict[str, Any] = {}

    def name(self) -> str:
        """Return the algorithm's stable name."""
        return "sitingcheck"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Siting check")

    def tags(self) -> list[str]:
        """Return words by which the toolbox finds the algorithm."""
        words = tr("environment,ecology,red line,constraint,site selection,overlay,buffer,risk")
        return [*words.split(","), "选址", "生态保护红线", "一张图"]

    def shortDescription(self) -> str:
        """Return the tool tip."""
        return tr("Checks project sites against all layers of a region's ecological one map.")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Checks project sites against all layers that a catalogue (onemap.yaml) names: "
            "overlaps on the CGCS2000 ellipsoid, distances, counts in rings, raster values, and "
            "the rules that apply, each with the legal basis in force on the assessment date.\n\n"
            "Each site gets the worst verdict of all findings: prohibited, restricted, study, "
            "no_data or clear. A site is never clear where a needed layer is missing, broken or "
            "not mapped; the table of what was not evaluated says why.\n\n"
            "A layer or site that cannot be read is reported, and the rest goes on."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for parameter in names.siting_parameters():
            self.addParameter(parameter)
        for output in names.siting_outputs():
            self.addOutput(output)

    def processAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Check the sites and write the results, but for maps; any thread."""
        progress = FeedbackProgress(feedback, user_language())
        with said_in_qgis(feedback):
            assessment = check_sites(self, parameters, context, self._snapshot, progress)
            say_reading(assessment.sites, feedback)
            say_packs(assessment, feedback)
            say_problems(assessment, feedback)
            self._assessment = assessment.in_language(self._language(parameters, context))
            self._results = self._publish(self._assessment, parameters, context, feedback)
            language = self._language(parameters, context)
            style_when_loaded(self._results, names.SINKS, language, context)
        return self._results

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Draw the maps, on the main thread, and the report that shows them."""
        if self._results and self._files is not None and self._assessment is not None:
            progress = FeedbackProgress(feedback, user_language())
            with said_in_qgis(feedback):
                self._results |= self._files.write_maps(self._assessment, progress)
        return self._results

    def _language(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        return str(self.parameterAsEnumString(parameters, names.LANGUAGE, context))

    def _publish(
        self,
        assessment: Assessment,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Write files and tables and return the values of the outputs."""
        progress = FeedbackProgress(feedback, user_language())
        stop_if_cancelled(progress)
        self._files = self._wanted_files(parameters, context)
        results = self._files.write(assessment, progress)
        for name, table in zip(names.SINKS, assessment.contract_tables, strict=True):
            stop_if_cancelled(progress)
            results |= write_table(self, name, table, parameters, context, feedback)
        return results | _figures(assessment)

    def _wanted_files(self, parameters: Parameters, context: QgsProcessingContext) -> ResultFiles:
        return ResultFiles(
            geopackage=self.parameterAsFileOutput(parameters, names.OUTPUT_GPKG, context),
            csv_folder=self.parameterAsFileOutput(parameters, names.CSV_FOLDER, context),
            report=self.parameterAsFileOutput(parameters, names.REPORT, context),
            maps_folder=self.parameterAsFileOutput(parameters, names.MAPS_FOLDER, context),
            language=self._language(parameters, context),
        )


def _figures(assessment: Assessment) -> dict[str, Any]:
    """Return the outputs that are numbers and flags."""
    verdicts = assessment.site_verdict["verdict"]
    counts = {names.count_output(v): int((verdicts == v.value).sum()) for v in Verdict}
    return {names.SITE_COUNT: len(verdicts), **counts, names.COMPLETE: assessment.is_complete}
