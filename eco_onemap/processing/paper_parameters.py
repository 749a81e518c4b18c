# SPDX-License-Identifier: GPL-2.0-or-later
"""What one may choose when papers are made of results."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    Qgis,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from eco_onemap.outputs.report.kinds import PaperKind
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.processing.choices import choices
from eco_onemap.processing.other_language import language_parameter
from eco_onemap.processing.parameter_help import advanced, with_help
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr

RESULTS, MAPS, PAPERS, FORMATS = "RESULTS", "MAPS", "PAPERS", "FORMATS"
CATALOGUE = "CATALOGUE"
HOUSE_STYLE, RELEASED_BY, OUTPUT = "HOUSE_STYLE", "RELEASED_BY", "OUTPUT"
FORMAT_NAMES = {
    ReportFormat.HTML: "HTML",
    ReportFormat.DOCX: "Word (DOCX)",
    ReportFormat.XLSX: "Excel (XLSX)",
    ReportFormat.PDF: "PDF",
}


def paper_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield the parameters of papers."""
    folder = Qgis.ProcessingFileParameterBehavior.Folder
    results = QgsProcessingParameterFile(
        RESULTS, tr("Results"), fileFilter=tr("Results of a siting check") + " (*.gpkg)"
    )
    yield with_help(results, tr("The GeoPackage that a siting check wrote."))
    maps = QgsProcessingParameterFile(MAPS, tr("Folder of maps"), folder, optional=True)
    yield with_help(maps, tr("Risk maps of the same sites, one file a site."))
    papers = choices(PAPERS, tr("Papers"), _papers(), [PaperKind.REPORT.value])
    yield with_help(
        papers,
        tr(
            "report; departments: a sheet for each office with its points only; comparison: "
            "candidate sites side by side; sources: a sheet for each source of drinking water; "
            "public: the edition for the public."
        ),
    )
    every = {each.value: FORMAT_NAMES[each] for each in ReportFormat}
    formats = choices(FORMATS, tr("Formats"), every, list(every))
    yield with_help(formats, tr("What cannot be written here is said and left."))
    style = QgsProcessingParameterFile(HOUSE_STYLE, tr("House style"), folder, optional=True)
    yield advanced(
        style,
        tr(
            "A folder with an office's template.docx, logo.png and texts.yaml. What of them is "
            "broken is said, and the built-in one is used."
        ),
    )
    yield from _language()
    released = QgsProcessingParameterString(RELEASED_BY, tr("Released by"), "", optional=True)
    yield advanced(
        released,
        tr(
            "Who went through the checklist of the edition for the public, which the log shows; "
            "without a name it is not written."
        ),
    )
    target = QgsProcessingParameterFolderDestination(OUTPUT, tr("Folder for reports"))
    yield with_help(target, tr("The files are called as the papers are, with their endings."))


def _language() -> Iterator[QgsProcessingParameterDefinition]:
    yield language_parameter()
    catalogue = QgsProcessingParameterFile(
        CATALOGUE,
        tr("Catalogue of the one map"),
        defaultValue=read_preferences().catalogue or None,
        optional=True,
        fileFilter="onemap.yaml (*.yaml *.yml)",
    )
    told = tr(
        "The file onemap.yaml that the sites were checked against; for another language only."
    )
    yield advanced(catalogue, told)


def _papers() -> dict[str, str]:
    titles = {
        PaperKind.REPORT: tr("Report"),
        PaperKind.DEPARTMENTS: tr("Sheets for departments"),
        PaperKind.COMPARISON: tr("Comparison of candidate sites"),
        PaperKind.SOURCES: tr("Sheets of water sources"),
        PaperKind.PUBLIC: tr("Edition for the public"),
    }
    return {kind.value: titles[kind] for kind in PaperKind}
