# SPDX-License-Identifier: GPL-2.0-or-later
"""A stored check in the language that its results are not in: made again, if it is the same.

Results hold sentences, not what they were made of; the inputs that they hold make the check again.
"""

from __future__ import annotations

from eco_onemap.core.assess import assess
from eco_onemap.core.errors import InputError
from eco_onemap.core.layers.sources import LayerCache, LayerSource
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.comparing import compare
from eco_onemap.core.results.dossier import Dossier, as_travelled


def told_in(
    language: str,
    given: Assessment,
    stored: str,
    layers: LayerSource,
    progress: Progress,
    cache: LayerCache | None,
) -> Assessment:
    """Return a stored check, its layers where its catalogue says they are, in a language.

    stored: the language of its sentences. InputError where the present layers give another result
    than the stored one. Raises Cancelled.
    """
    again = assess(
        given.sites, given.catalogue, given.packs, given.options, layers, progress, cache
    )
    both = (given, again.in_language(stored))
    comparison = compare(*(as_travelled(Dossier(one, stored, "")) for one in both))
    if not comparison.is_same:
        causes = comparison.causes or comparison.differences
        raise InputError("results.other_result", cause=causes[0])
    return again.in_language(language)
