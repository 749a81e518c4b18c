# SPDX-License-Identifier: GPL-2.0-or-later
"""Draws the strip maps of line projects in results that a siting check left."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from eco_onemap.layout.office_layout import STRIP_LAYOUT
from eco_onemap.layout.order import MapFormat
from eco_onemap.layout.paper import PaperSize
from eco_onemap.layout.preferred_imprint import preferred_imprint
from eco_onemap.layout.strips.routes import SMALLEST, StripPlan
from eco_onemap.layout.strips.stripmap import export_strip_maps
from eco_onemap.outputs.folders import make_folder
from eco_onemap.processing.base import EcoOneMapAlgorithm, Group, said_in_qgis
from eco_onemap.processing.choices import choice
from eco_onemap.processing.map_parameters import (
    APPROVAL,
    SEAL,
    approval_parameter,
    house_style_parameter,
    office_template,
    seal_parameter,
)
from eco_onemap.processing.other_language import language_parameter, told_in, wanted_language
from eco_onemap.processing.parameter_help import with_help
from eco_onemap.qgis_bridge.feedback import FeedbackProgress
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.stored_check import changed_layers, read_check

RESULTS, CATALOGUE, SIZE, SCALE = "RESULTS", "CATALOGUE", "SIZE", "SCALE"
FORMAT, IMAGES, OUTPUT, SHEETS = "FORMAT", "IMAGES", "OUTPUT", "SHEETS"

Parameters = dict[str, Any]


class MakeStripMaps(EcoOneMapAlgorithm):
    """Makes one PDF of strip maps of a file of results."""

    GROUP = Group.PAPER

    def name(self) -> str:
        """Return the algorithm's stable name."""
        return "makestripmaps"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Make strip maps of line projects")

    def shortDescription(self) -> str:
        """Return the tool tip."""
        return tr("Cuts roads, pipelines and other lines into map sheets along their chainage.")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Draws the line projects in results of a siting check as strip maps, all in one PDF "
            "with bookmarks: overlapping sheets turned along the line, with match lines and "
            "chainages (K12+340), below them bars of which layer covers which chainage, a table "
            "of what the line crosses and comes near, and a key map.\n\n"
            "Where chainage begins and which way it runs is stated in the siting check, as well "
            "as how far features beside the line are listed. Sites that are no lines are left out."
        )

    def flags(self) -> Qgis.ProcessingAlgorithmFlag:
        """Return that it draws in the main thread, as layouts must."""
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters."""
        results = QgsProcessingParameterFile(
            RESULTS, tr("Results"), fileFilter=tr("Results of a siting check") + " (*.gpkg)"
        )
        self.addParameter(with_help(results, tr("The GeoPackage that a siting check wrote.")))
        catalogue = QgsProcessingParameterFile(
            CATALOGUE,
            tr("Catalogue of the one map"),
            defaultValue=read_preferences().catalogue or None,
            fileFilter="onemap.yaml (*.yaml *.yml)",
        )
        self.addParameter(
            with_help(catalogue, tr("The file onemap.yaml that the sites were checked against."))
        )
        sizes = {each.value: each.value for each in PaperSize}
        size = choice(SIZE, tr("Paper"), sizes, PaperSize.A3.value)
        self.addParameter(with_help(size, tr("Sheets are landscape.")))
        scale = QgsProcessingParameterNumber(
            *(SCALE, tr("Scale 1:"), Qgis.ProcessingNumberParameterType.Integer, None, True),
            *(0, SMALLEST),
        )
        told = tr("The denominator, such as 10000. Not set or 0: by the length of each line.")
        self.addParameter(with_help(scale, told))
        self._add_formats()
        self.addParameter(approval_parameter())
        told = tr(
            "A folder with an office's layout-strips.qpt: it moves what stands around the map, "
            "lends it typefaces and adds logos. A broken one is said, and the built-in layout is "
            "used."
        )
        self.addParameter(house_style_parameter(told))
        self.addParameter(seal_parameter())
        self.addParameter(language_parameter())
        pdf = QgsProcessingParameterFileDestination(OUTPUT, tr("Strip maps"), "PDF (*.pdf)")
        self.addParameter(with_help(pdf, tr("One file of all lines, a page a sheet.")))
        self.addOutput(QgsProcessingOutputNumber(SHEETS, tr("Number of sheets")))

    def _add_formats(self) -> None:
        kinds = {MapFormat.PDF.value: "PDF", MapFormat.GEOPDF.value: "GeoPDF"}
        kind = choice(FORMAT, tr("Format"), kinds, MapFormat.PDF.value)
        told = tr("PDF: vectors and text. GeoPDF: the same, in which each map has its coordinates.")
        self.addParameter(with_help(kind, told))
        images = QgsProcessingParameterBoolean(IMAGES, tr("Each sheet as PNG, too"), False)
        told = tr("They stand beside the PDF, with their numbers; 300 dots an inch.")
        self.addParameter(with_help(images, told))

    def processAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Draw the sheets."""
        path = Path(self.parameterAsFileOutput(parameters, OUTPUT, context))
        progress = FeedbackProgress(feedback, user_language())
        with said_in_qgis(feedback):
            results = Path(self.parameterAsFile(parameters, RESULTS, context))
            catalogue = Path(self.parameterAsFile(parameters, CATALOGUE, context))
            assessment = read_check(results, catalogue)
            for changed in changed_layers(assessment):
                feedback.pushWarning(changed.text(user_language()))
            make_folder(path.parent)
            plan = self._plan(parameters, context, feedback)
            images = self.parameterAsBool(parameters, IMAGES, context)
            language = wanted_language(self, parameters, context, assessment)
            assessment = told_in(language, assessment, progress, feedback)
            made = export_strip_maps(assessment, path, language, progress, plan, images)
            return {OUTPUT: str(path), SHEETS: made.sheets}
        return {}

    def _plan(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> StripPlan:
        kind = MapFormat(self.parameterAsEnumString(parameters, FORMAT, context))
        return StripPlan(
            size=PaperSize(self.parameterAsEnumString(parameters, SIZE, context)),
            scale=self.parameterAsInt(parameters, SCALE, context),
            imprint=preferred_imprint(self.parameterAsString(parameters, APPROVAL, context)),
            template=office_template(self, parameters, context, feedback, STRIP_LAYOUT),
            with_coordinates=kind is MapFormat.GEOPDF,
            is_sealed=self.parameterAsBool(parameters, SEAL, context),
        )
