# SPDX-License-Identifier: GPL-2.0-or-later
"""Verifies a report as a Processing algorithm, with the words of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputString,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.paths import resource
from eco_onemap.processing import siting_parameters as names
from eco_onemap.processing.base import EcoOneMapAlgorithm, Group, said_in_qgis
from eco_onemap.processing.checking import given_file, rule_packs
from eco_onemap.processing.parameter_help import advanced, with_help
from eco_onemap.qgis_bridge.feedback import FeedbackProgress
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.verifying.present import Present
from eco_onemap.verifying.verification import Again, Verification, verify_report

REPORT, NUMBER = "REPORT", "NUMBER"
SAME, INTACT, HOLDS, TEXT = "SAME", "INTACT", "HOLDS", "TEXT"

Parameters = dict[str, Any]


class VerifyReport(EcoOneMapAlgorithm):
    """Tells whether a report is as it was made, and whether it holds with the present data."""

    GROUP = Group.PAPER

    def name(self) -> str:
        """Return the algorithm's stable name."""
        return "verifyreport"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Verify a report")

    def tags(self) -> list[str]:
        """Return words by which the toolbox finds the algorithm."""
        return [*tr("verify,digest,seal,forged,edited").split(","), "核验", "篡改", "编号"]

    def svgIconPath(self) -> str:
        """Return the path of the algorithm's icon."""
        return str(resource("icons", "verify_report.svg"))

    def shortDescription(self) -> str:
        """Return the tool tip."""
        return tr(
            "Tells whether a report was changed after it was made, and whether it still holds."
        )

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Compares a report (Word, Excel, HTML or PDF) with what it was made of, which travels "
            "inside it: numbers and sentences that were edited, rows that are gone or were put in, "
            "what is hidden. Notes and judgements in the columns for them are told apart.\n\n"
            "With a catalogue it checks the same sites against the present data and says whether "
            "the result is the same, or what differs and which layer, rule, option or version "
            "changed.\n\n"
            "The number of a report is no signature: who changes text and data together makes "
            "another report with another number. Compare it with the one that its maker told."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for parameter in _parameters():
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputBoolean(SAME, tr("Nothing differs")))
        self.addOutput(QgsProcessingOutputBoolean(INTACT, tr("The report is as it was made")))
        self.addOutput(
            QgsProcessingOutputBoolean(HOLDS, tr("The present data give the same result"))
        )
        self.addOutput(QgsProcessingOutputString(TEXT, tr("What was found")))

    def processAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Verify the report; any thread."""
        with said_in_qgis(feedback):
            path = given_file(self, parameters, context, REPORT)
            number = self.parameterAsString(parameters, NUMBER, context).strip()
            found = verify_report(path, self._again(parameters, context, feedback), number)
            return _told(found, feedback)
        return {}

    def _again(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Again | None:
        """Return how sites are checked on the present data, ``None`` without a catalogue."""
        if not self.parameterAsFile(parameters, names.CATALOGUE, context):
            return None
        day = self.parameterAsDateTime(parameters, names.AS_OF, context).date()
        present = Present(
            read_catalogue(given_file(self, parameters, context, names.CATALOGUE)),
            rule_packs(self, parameters, context),
            QgisLayers(),
            CompiledCache(max_bytes=read_preferences().cache_bytes),
            day.toPyDate() if day.isValid() else None,
        )
        progress = FeedbackProgress(feedback, user_language())
        return lambda dossier: present.check_again(dossier, progress)


def _parameters() -> Iterator[QgsProcessingParameterDefinition]:
    report = QgsProcessingParameterFile(
        REPORT, tr("Report"), fileFilter=tr("Reports") + " (*.docx *.xlsx *.html *.pdf)"
    )
    yield with_help(report, tr("A report of Eco One Map: .docx, .xlsx, .html or .pdf."))
    number = QgsProcessingParameterString(NUMBER, tr("Report number"), "", optional=True)
    yield with_help(number, tr("The number that its maker told, if you know it."))
    catalogue = QgsProcessingParameterFile(
        names.CATALOGUE,
        tr("Catalogue of the one map"),
        defaultValue=read_preferences().catalogue or None,
        optional=True,
        fileFilter="onemap.yaml (*.yaml *.yml)",
    )
    yield with_help(
        catalogue,
        tr(
            "The file onemap.yaml of the present data, wherever it lies now. Empty: the report is "
            "only compared with what travels inside it."
        ),
    )
    rules = QgsProcessingParameterMultipleLayers(
        names.RULES, tr("Rule packs"), Qgis.ProcessingSourceType.File, optional=True
    )
    yield with_help(rules, tr("Rule packs (YAML). None: the national pack that comes along."))
    as_of = QgsProcessingParameterDateTime(
        names.AS_OF,
        tr("Assessment date"),
        Qgis.ProcessingDateTimeParameterDataType.Date,
        optional=True,
    )
    yield advanced(as_of, tr("The day whose law and layers count. Empty: that of the report."))


def _told(found: Verification, feedback: QgsProcessingFeedback) -> dict[str, Any]:
    """Say what was found and return the values of the outputs."""
    lines = [sentence.text(user_language()) for sentence in found.sentences]
    say = feedback.pushInfo if found.is_same else feedback.pushWarning
    for line in lines:
        say(line)
    results = {SAME: found.is_same, INTACT: found.is_intact, TEXT: "\n".join(lines)}
    return results if found.holds is None else {**results, HOLDS: found.holds}
