# SPDX-License-Identifier: GPL-2.0-or-later
"""What the parameters of an algorithm say of a file or layer of sites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from eco_onemap.core.sites.site_settings import FACTS, Origin, SiteSettings, parse_pairs
from eco_onemap.core.table import Geometries
from eco_onemap.processing import siting_parameters as names
from eco_onemap.qgis_bridge.crs import crs_text
from eco_onemap.readers.sites.attributes import FIELD_NAMES, stated_facts
from eco_onemap.readers.sites.vector_sites import SiteOptions

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext

ORIGINS = (Origin.UNKNOWN, Origin.WGS84, Origin.GCJ02, Origin.BD09)
"""In the order of the parameter's choices."""


def site_options(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> SiteOptions:
    """Return how the file is read; InputError for a field that is written wrongly."""
    text = algorithm.parameterAsString
    return SiteOptions(
        layer=text(parameters, names.SITE_LAYER_NAME, context) or None,
        id_field=text(parameters, names.ID_FIELD, context) or None,
        crs=crs_text(algorithm.parameterAsCrs(parameters, names.SITE_CRS, context)),
        fields=parse_pairs(_items(text(parameters, names.FIELDS, context)), FIELD_NAMES),
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
        crs=crs_text(algorithm.parameterAsCrs(parameters, names.SITE_CRS, context)) or "",
        origin=ORIGINS[algorithm.parameterAsEnum(parameters, names.SITE_ORIGIN, context)],
        region=region,
        facts=stated_facts(parse_pairs(stated, FACTS)),
    )


def _items(text: str) -> list[str]:
    """Return the pairs that stand in one parameter, apart by semicolons."""
    return [part for part in re.split("[;；]", text) if part.strip()]
