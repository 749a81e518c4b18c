# SPDX-License-Identifier: GPL-2.0-or-later
"""What the parameters of an algorithm say of a file or layer of sites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from eco_onemap.core.errors import InputError
from eco_onemap.core.sites.site_settings import FACTS, Origin, SiteSettings, parse_pairs
from eco_onemap.core.table import Geometries
from eco_onemap.processing import site_parameters as names
from eco_onemap.qgis_bridge.crs import crs_text
from eco_onemap.readers.sites.attributes import FIELD_NAMES, stated_facts
from eco_onemap.readers.sites.tables.options import AngleNotation, TableOptions
from eco_onemap.readers.sites.txt_rows import Shape
from eco_onemap.readers.sites.vector_sites import SiteOptions

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext

ORIGINS = (Origin.UNKNOWN, Origin.WGS84, Origin.GCJ02, Origin.BD09)
ANGLES = (None, AngleNotation.DECIMAL, AngleNotation.DMS, AngleNotation.PACKED)
SHAPES = (None, Shape.POINT, Shape.LINE, Shape.POLYGON)
"""Each in the order of its parameter's choices."""

PROJECT_CRS = "ProjectCrs"
"""What QGIS's widget writes for the CRS of the project."""


def stated_crs(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> str:
    """Return the CRS that a parameter states, "" for none; InputError for a name that is no CRS."""
    crs = crs_text(algorithm.parameterAsCrs(parameters, name, context))
    stated = parameters.get(name)
    if crs is None and stated == PROJECT_CRS:
        raise InputError("qgis.project_without_crs")
    if crs is None and isinstance(stated, str) and stated.strip():
        raise InputError("qgis.unknown_crs", crs=stated.strip())
    return crs or ""


def site_options(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> SiteOptions:
    """Return how the file is read; InputError for a field that is written wrongly."""
    text = algorithm.parameterAsString
    return SiteOptions(
        layer=text(parameters, names.SITE_LAYER_NAME, context) or None,
        id_field=text(parameters, names.ID_FIELD, context) or None,
        crs=stated_crs(algorithm, parameters, names.SITE_CRS, context) or None,
        fields=parse_pairs(_items(text(parameters, names.FIELDS, context)), FIELD_NAMES),
    )


def table_options(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> TableOptions:
    """Return how text and tables are read where they leave it open."""
    choice = algorithm.parameterAsEnum
    return TableOptions(
        angle=ANGLES[choice(parameters, names.ANGLE, context)],
        shape=SHAPES[choice(parameters, names.SHAPE, context)],
        encoding=algorithm.parameterAsString(parameters, names.ENCODING, context).strip(),
    )


def site_settings(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    region: Geometries | None,
) -> SiteSettings:
    """Return what the user states beside the file.

    Parameters between datums are no parameter here: QGIS writes all of these to its history.
    """
    stated = _items(algorithm.parameterAsString(parameters, names.FACTS, context))
    return SiteSettings(
        crs=stated_crs(algorithm, parameters, names.SITE_CRS, context),
        origin=ORIGINS[algorithm.parameterAsEnum(parameters, names.SITE_ORIGIN, context)],
        region=region,
        facts=stated_facts(parse_pairs(stated, FACTS)),
    )


def _items(text: str) -> list[str]:
    """Return the pairs that stand in one parameter, apart by semicolons."""
    return [part for part in re.split("[;；]", text) if part.strip()]
