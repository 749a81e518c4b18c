# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user can state of a file of sites, for all algorithms that read one."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)

from eco_onemap.processing.parameter_help import advanced
from eco_onemap.qgis_bridge.translation import tr

SITE_LAYER_NAME, ID_FIELD, SITE_CRS = "SITE_LAYER_NAME", "ID_FIELD", "SITE_CRS"
SITE_ORIGIN, FIELDS, FACTS = "SITE_ORIGIN", "FIELDS", "FACTS"
ANGLE, SHAPE, ENCODING = "ANGLE", "SHAPE", "ENCODING"


def site_file_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield what a user can state of a file of sites; all algorithms that read one ask the same."""
    yield advanced(
        QgsProcessingParameterString(
            SITE_LAYER_NAME, tr("Layer inside the file of sites"), "", optional=True
        ),
        tr(
            "The layer to take from a file with several, of a drawing the CAD layer, of a workbook "
            "the sheet; * for all layers. Empty: the only one with polygons, lines or points."
        ),
    )
    yield advanced(
        QgsProcessingParameterString(
            ID_FIELD, tr("Field with the sites' identifiers"), "", optional=True
        ),
        tr("Empty: the field site_id or the like if there is one, else the sites are numbered."),
    )
    yield advanced(
        QgsProcessingParameterCrs(SITE_CRS, tr("CRS of the sites"), optional=True),
        tr("Only where the file or layer leaves it open, as coordinate text files often do."),
    )
    yield from _notations()
    yield from _statements()


def _notations() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield how text and tables are written, where they leave it open."""
    angles = [tr("as the file shows"), tr("decimal"), tr("degrees, minutes, seconds"), "ddd.mmss"]
    yield advanced(
        QgsProcessingParameterEnum(
            ANGLE, tr("Notation of degrees"), angles, defaultValue=0, optional=True
        ),
        tr("How text and tables write degrees: 118.5, 118°30′ only, or packed as 118.3000."),
    )
    shapes = [tr("as the file shows"), tr("points"), tr("a line"), tr("a polygon")]
    yield advanced(
        QgsProcessingParameterEnum(
            SHAPE, tr("What rows of points form"), shapes, defaultValue=0, optional=True
        ),
        tr("Only for tables and points of CASS that do not tell points from corners."),
    )
    yield advanced(
        QgsProcessingParameterString(ENCODING, tr("Encoding of text"), "", optional=True),
        tr("Of a text file of sites, such as GB18030. Empty: found by itself."),
    )


def _statements() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield what a user states of coordinates and projects."""
    origin = QgsProcessingParameterEnum(
        SITE_ORIGIN,
        tr("Origin of the coordinates"),
        [tr("not stated"), tr("survey or GPS (CGCS2000, WGS 84)"), "GCJ-02", "BD-09"],
        defaultValue=0,
        optional=True,
    )
    yield advanced(
        origin,
        tr("Coordinates of web maps are not converted; their verdicts stay at further study."),
    )
    yield advanced(
        QgsProcessingParameterString(FIELDS, tr("Fields of the file"), "", optional=True),
        tr("What fields hold, such as: name=XMMC; industry=HYDM; nature=建设性质."),
    )
    yield advanced(
        QgsProcessingParameterString(FACTS, tr("Facts of all projects"), "", optional=True),
        tr(
            "What holds where the file is silent, such as: nature=新建; planned_use=居住; "
            "stage=选址; industry=C2614; tags=chemical; not_tags=mining."
        ),
    )
