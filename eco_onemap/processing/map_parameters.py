# SPDX-License-Identifier: GPL-2.0-or-later
"""What one may choose when maps are made: of which check, which sheets, on what paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingOutputDefinition,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from eco_onemap.layout.office_layout import read_office_layout
from eco_onemap.layout.order import MapFormat, MapOrder
from eco_onemap.layout.paper import Paper, PaperSize
from eco_onemap.layout.preferred_imprint import preferred_imprint
from eco_onemap.layout.subjects import subjects
from eco_onemap.outputs.house_style import LAYOUT
from eco_onemap.processing import siting_parameters as names
from eco_onemap.processing.choices import choice, choices
from eco_onemap.processing.parameter_help import advanced, with_help
from eco_onemap.qgis_bridge.translation import tr, user_language

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback

RESULTS, SHEETS, FORMAT, ONE_FILE = "RESULTS", "SHEETS", "FORMAT", "ONE_FILE"
SITE_IDS = "SITE_IDS"
PAPER, ORIENTATION, APPROVAL = "PAPER", "ORIENTATION", "APPROVAL"
HOUSE_STYLE, SEAL = "HOUSE_STYLE", "SEAL"
OUTPUT, SHEET_COUNT, SITE_COUNT = "OUTPUT", "SHEET_COUNT", "SITE_COUNT"
LANDSCAPE, PORTRAIT = "landscape", "portrait"
ALWAYS_SHOWN = {names.SITES_FILE, names.SITES, names.CATALOGUE, names.LANGUAGE}
"""What the check asks that is not folded away: results of a check make the rest idle."""


def map_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield all parameters, in the order of the dialog."""
    results = QgsProcessingParameterFile(
        RESULTS,
        tr("Results"),
        optional=True,
        fileFilter=tr("Results of a siting check") + " (*.gpkg)",
    )
    yield with_help(
        results,
        tr(
            "The GeoPackage that a siting check wrote; its layers are taken from the catalogue. "
            "Or give sites instead, which are then checked first."
        ),
    )
    for parameter in names.inputs_of_check():
        if parameter.name() not in ALWAYS_SHOWN:
            parameter.setFlags(parameter.flags() | Qgis.ProcessingParameterFlag.Advanced)
        yield parameter
    yield from _sheets()
    yield from _papers()
    folder = QgsProcessingParameterFolderDestination(OUTPUT, tr("Folder for maps"))
    yield with_help(
        folder, tr("A file a site is called by the site's identifier, one for all maps.pdf.")
    )


def map_outputs() -> Iterator[QgsProcessingOutputDefinition]:
    """Yield the outputs that are numbers."""
    yield QgsProcessingOutputNumber(SITE_COUNT, tr("Number of sites with maps"))
    yield QgsProcessingOutputNumber(SHEET_COUNT, tr("Number of sheets"))


def map_order(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    language: str,
) -> MapOrder:
    """Return which maps the parameters want, in the order of a series."""
    stated = parameters, context
    chosen = set(algorithm.parameterAsEnumStrings(parameters, SHEETS, context))
    return MapOrder(
        language=language,
        wanted=tuple(subject for subject in subjects() if subject.name in chosen),
        paper=Paper(
            PaperSize(_chosen(algorithm, PAPER, *stated)),
            _chosen(algorithm, ORIENTATION, *stated) == PORTRAIT,
        ),
        imprint=preferred_imprint(algorithm.parameterAsString(parameters, APPROVAL, context)),
        format=MapFormat(_chosen(algorithm, FORMAT, *stated)),
        in_one_file=algorithm.parameterAsBool(parameters, ONE_FILE, context),
        is_sealed=algorithm.parameterAsBool(parameters, SEAL, context),
        site_ids=_identifiers(algorithm.parameterAsString(parameters, SITE_IDS, context)),
    )


def _identifiers(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split("[,，;；]", text) if part.strip())


def _chosen(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> str:
    return str(algorithm.parameterAsEnumString(parameters, name, context))


def _sheets() -> Iterator[QgsProcessingParameterDefinition]:
    every = {subject.name: subject.titles[user_language()] for subject in subjects()}
    sheets = choices(SHEETS, tr("Sheets"), every, list(every))
    yield with_help(
        QgsProcessingParameterString(SITE_IDS, tr("Only these sites"), "", optional=True),
        tr("Identifiers of sites, such as: P01,P10. Empty: all sites."),
    )
    yield with_help(
        sheets,
        tr(
            "overview: where the site lies. redline, nature, water, soil, control, sea, land, "
            "targets, other: one theme, drawn for sites that it concerns. risk: all layers."
        ),
    )
    yield with_help(
        choice(FORMAT, tr("Format"), _formats(), MapFormat.PDF.value),
        tr(
            "pdf: vectors and text. geopdf: the same, in which each map has its coordinates. "
            "png: an image a sheet, 300 dots an inch."
        ),
    )
    yield with_help(
        QgsProcessingParameterBoolean(ONE_FILE, tr("One file for all sites"), False),
        tr("An atlas with bookmarks by site and sheet; else a file a site. Not for images."),
    )


def _formats() -> dict[str, str]:
    titles = {MapFormat.PDF: "PDF", MapFormat.GEOPDF: "GeoPDF", MapFormat.PNG: "PNG"}
    return {each.value: titles[each] for each in MapFormat}


def _papers() -> Iterator[QgsProcessingParameterDefinition]:
    orientations = {LANDSCAPE: tr("landscape"), PORTRAIT: tr("portrait")}
    yield with_help(
        choice(PAPER, tr("Paper"), {size.value: size.value for size in PaperSize}, "A4"),
        tr("A4 is bound into reports as it is, A3 folded."),
    )
    yield with_help(
        choice(ORIENTATION, tr("Orientation"), orientations, LANDSCAPE),
        tr("landscape: what is said of the site stands beside the map; portrait: below it."),
    )
    yield approval_parameter()
    yield house_style_parameter(
        tr(
            "A folder with an office's layout.qpt: it moves what stands beside the map, lends it "
            "typefaces and adds logos. A broken one is said, and the built-in layout is used."
        ),
    )
    yield seal_parameter()


def house_style_parameter(told: str) -> QgsProcessingParameterDefinition:
    """Return the parameter with the folder of an office; told: what is looked for in it."""
    folder = Qgis.ProcessingFileParameterBehavior.Folder
    style = QgsProcessingParameterFile(HOUSE_STYLE, tr("House style"), folder, optional=True)
    return advanced(style, told)


def seal_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter that asks whether PDFs carry what they are made of."""
    return advanced(
        QgsProcessingParameterBoolean(SEAL, tr("Data inside the PDF, to verify it"), True),
        tr(
            "Sites, options, rule packs and results travel inside the PDF, and their number stands "
            "on each sheet, so that eco-onemap verify can tell whether it was changed and still "
            "holds. Leave it out of maps for the public."
        ),
    )


def office_template(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    name: str = LAYOUT,
) -> str:
    """Return the office's own layout, "" for none; a broken one is said."""
    folder = algorithm.parameterAsFile(parameters, HOUSE_STYLE, context)
    text, problem = read_office_layout(Path(folder), name) if folder else ("", None)
    if problem is not None:
        feedback.pushWarning(problem.text(user_language()))
    return text


def approval_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter with the number of the maps' approval; all that draw maps ask it."""
    return advanced(
        QgsProcessingParameterString(APPROVAL, tr("Map approval number"), "", optional=True),
        tr(
            "The 审图号 under which the maps may be published. Empty: a line to fill in. "
            "Organisation and maker are taken from the settings."
        ),
    )
