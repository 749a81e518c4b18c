# SPDX-License-Identifier: GPL-2.0-or-later
"""The language of what is made of a stored check, as algorithms ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingParameterDefinition

from eco_onemap.core import retelling
from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.processing.choices import choice
from eco_onemap.processing.parameter_help import with_help
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.stored_assessment import language_of

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback

LANGUAGE, OF_RESULTS = "LANGUAGE", "results"


def language_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter that asks for a language, that of the results unless another is."""
    titles = {OF_RESULTS: tr("that of the results"), "zh": "中文", "en": "English"}
    parameter = choice(LANGUAGE, tr("Language"), titles, OF_RESULTS)
    told = tr(
        "For another one than that of the results, the same sites are checked again with the "
        "catalogue; where its layers changed since, that is refused."
    )
    return with_help(parameter, told)


def wanted_language(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    assessment: Assessment,
) -> str:
    """Return the language that is asked for."""
    chosen = str(algorithm.parameterAsEnumString(parameters, LANGUAGE, context))
    return language_of(assessment, user_language()) if chosen == OF_RESULTS else chosen


def told_in(
    language: str, assessment: Assessment, progress: Progress, feedback: QgsProcessingFeedback
) -> Assessment:
    """Return a stored check, its layers where its catalogue says they are, in a language.

    InputError where the present layers give another result than the stored one. Raises Cancelled.
    """
    stored = language_of(assessment, language)
    if language == stored:
        return assessment
    feedback.pushInfo(message("results.checked_again").text(user_language()))
    cache = CompiledCache(max_bytes=read_preferences().cache_bytes)
    return retelling.told_in(language, assessment, stored, QgisLayers(), progress, cache)
