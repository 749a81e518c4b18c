# SPDX-License-Identifier: GPL-2.0-or-later
"""A stored check in the language that results were not written in: made again, if it is the same.

Results hold sentences, not what they were made of; the inputs that they hold make the check again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingParameterDefinition

from eco_onemap.core.assess import assess
from eco_onemap.core.errors import InputError
from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.comparing import compare
from eco_onemap.core.results.dossier import Dossier, as_travelled
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
    feedback.pushInfo(message("qgis.checked_again").text(user_language()))
    given, cache = assessment, CompiledCache(max_bytes=read_preferences().cache_bytes)
    again = assess(
        given.sites, given.catalogue, given.packs, given.options, QgisLayers(), progress, cache
    )
    comparison = compare(
        *(as_travelled(Dossier(one, stored, "")) for one in (assessment, again.in_language(stored)))
    )
    if not comparison.is_same:
        causes = comparison.causes or comparison.differences
        raise InputError("qgis.other_result", cause=causes[0].text(user_language()).strip())
    return again.in_language(language)
