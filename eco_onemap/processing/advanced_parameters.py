# SPDX-License-Identifier: GPL-2.0-or-later
"""What few siting checks state: findings set aside, errors, neighbours, terms, chainage."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from eco_onemap.core.options import DEFAULT_APPROACH_M, DEFAULT_CONSULT_M
from eco_onemap.core.stated_options import MAX_METRES
from eco_onemap.core.zoning.vocabulary import Terms
from eco_onemap.processing.choices import choice
from eco_onemap.processing.parameter_help import advanced
from eco_onemap.qgis_bridge.translation import tr

OVERRIDES, TERMS = "OVERRIDES", "TERMS"
SITE_ACCURACY, TRANSFORMATION_ERROR, CONSULT = "SITE_ACCURACY", "TRANSFORMATION_ERROR", "CONSULT"
START_CHAINAGE, REVERSE_LINES, APPROACH = "START_CHAINAGE", "REVERSE_LINES", "APPROACH"


def review_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield what people decided, and the words that they use."""
    overrides = QgsProcessingParameterFile(
        OVERRIDES,
        tr("Findings set aside"),
        optional=True,
        fileFilter=tr("Files of overrides") + " (*.yaml *.yml)",
    )
    yield advanced(
        overrides,
        tr(
            "A file of findings that a person set aside, each with reason, author and date; it is "
            "written by: eco-onemap override. Such findings stay in the results and do not count."
        ),
    )
    words = {Terms.ZONING: tr("zoning control"), Terms.THREE_LINES: tr("three lines, one list")}
    titles = {terms.value: title for terms, title in words.items()}
    terms = choice(TERMS, tr("Words for zoning control"), titles, Terms.ZONING.value)
    yield advanced(
        terms, tr("zoning: the words of 生态环境分区管控; three_lines: those of 三线一单.")
    )


def accuracy_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield the positional errors of sites, and how far neighbours are consulted."""
    yield advanced(
        _metres(SITE_ACCURACY, tr("Survey error of the sites (m)"), 0.0, decimals=3),
        tr(
            "What a site passes by less than the errors of site, transformation and layer "
            "together needs a survey and is never clear."
        ),
    )
    yield advanced(
        _metres(
            TRANSFORMATION_ERROR, tr("Error of the sites' transformation (m)"), 0.0, decimals=3
        ),
        tr("What bringing the sites to CGCS2000 may have added, such as from an older datum."),
    )
    yield advanced(
        _metres(CONSULT, tr("Neighbours to consult within (m)"), DEFAULT_CONSULT_M),
        tr("Counties and cities so near are to be consulted. 0: none."),
    )


def chainage_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield how line sites are told by their chainage."""
    yield advanced(
        QgsProcessingParameterString(
            START_CHAINAGE, tr("Chainage at the start of lines"), "", optional=True
        ),
        tr("Such as K12+340. Empty: K0+000. Only for sites that are lines."),
    )
    yield advanced(
        QgsProcessingParameterBoolean(REVERSE_LINES, tr("Chainage against the drawing"), False),
        tr("Whether chainage runs against the direction in which lines were drawn."),
    )
    yield advanced(
        _metres(APPROACH, tr("Features near lines within (m)"), DEFAULT_APPROACH_M),
        tr("Features so near a line are listed by its chainage, left or right of it. 0: none."),
    )


def _metres(
    name: str, label: str, default: float, decimals: int = 0
) -> QgsProcessingParameterNumber:
    """Return a parameter in metres; decimals: what its widget shows of it."""
    kind = Qgis.ProcessingNumberParameterType.Double
    found = QgsProcessingParameterNumber(name, label, kind, default, False, 0.0, MAX_METRES)
    found.setMetadata({"widget_wrapper": {"decimals": decimals}})
    return found
