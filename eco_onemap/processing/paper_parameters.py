# SPDX-License-Identifier: GPL-2.0-or-later
"""What one may choose when papers are made of results."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    Qgis,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from eco_onemap.outputs.report.kinds import PaperKind
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.processing.parameter_help import advanced, with_help
from eco_onemap.qgis_bridge.translation import tr

RESULTS, MAPS, PAPERS, FORMATS = "RESULTS", "MAPS", "PAPERS", "FORMATS"
HOUSE_STYLE, RELEASED_BY, OUTPUT = "HOUSE_STYLE", "RELEASED_BY", "OUTPUT"


def paper_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield the parameters of papers."""
    folder = Qgis.ProcessingFileParameterBehavior.Folder
    results = QgsProcessingParameterFile(
        RESULTS, tr("Results"), fileFilter=tr("Results of a siting check") + " (*.gpkg)"
    )
    yield with_help(results, tr("The GeoPackage that a siting check wrote."))
    maps = QgsProcessingParameterFile(MAPS, tr("Folder of maps"), folder, optional=True)
    yield with_help(maps, tr("Risk maps of the same sites, one file a site."))
    papers = _choice(PAPERS, tr("Papers"), [kind.value for kind in PaperKind], 1)
    yield with_help(
        papers,
        tr(
            "report; departments: a sheet for each office with its points only; comparison: "
            "candidate sites side by side; sources: a sheet for each source of drinking water; "
            "public: the edition for the public."
        ),
    )
    formats = _choice(FORMATS, tr("Formats"), [each.value for each in ReportFormat], None)
    yield with_help(formats, tr("What cannot be written here is said and left."))
    style = QgsProcessingParameterFile(HOUSE_STYLE, tr("House style"), folder, optional=True)
    yield advanced(
        style,
        tr(
            "A folder with an office's template.docx, logo.png and texts.yaml. What of them is "
            "broken is said, and the built-in one is used."
        ),
    )
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


def _choice(
    name: str, label: str, values: list[str], first: int | None
) -> QgsProcessingParameterEnum:
    """Return a choice of several values, of which the *first* ones, or all, are chosen."""
    parameter = QgsProcessingParameterEnum(
        name, label, values, allowMultiple=True, defaultValue=values[:first]
    )
    parameter.setUsesStaticStrings(True)
    return parameter
