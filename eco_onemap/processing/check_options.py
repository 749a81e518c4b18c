# SPDX-License-Identifier: GPL-2.0-or-later
"""The options of a check that the parameters of an algorithm state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from eco_onemap.core.options import Options
from eco_onemap.core.stated_options import state_options
from eco_onemap.processing import advanced_parameters as more
from eco_onemap.processing import siting_parameters as names

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext


def check_options(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Options:
    """Return the options; OptionError or OverrideError for what cannot be read."""
    day = algorithm.parameterAsDateTime(parameters, names.AS_OF, context).date()
    overrides = algorithm.parameterAsFile(parameters, more.OVERRIDES, context)
    return state_options(
        as_of=day.toPyDate().isoformat() if day.isValid() else "",
        rings=algorithm.parameterAsString(parameters, names.RINGS, context),
        tags=algorithm.parameterAsString(parameters, names.TAGS, context),
        overrides=Path(overrides) if overrides else None,
        site_accuracy_m=algorithm.parameterAsDouble(parameters, more.SITE_ACCURACY, context),
        transformation_m=algorithm.parameterAsDouble(
            parameters, more.TRANSFORMATION_ERROR, context
        ),
        consult_m=algorithm.parameterAsDouble(parameters, more.CONSULT, context),
        terms=algorithm.parameterAsEnumString(parameters, more.TERMS, context),
        start_chainage=algorithm.parameterAsString(parameters, more.START_CHAINAGE, context),
        is_reversed=algorithm.parameterAsBool(parameters, more.REVERSE_LINES, context),
        approach_m=algorithm.parameterAsDouble(parameters, more.APPROACH, context),
    )
