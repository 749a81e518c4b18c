# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites of a report, checked again on the present data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.core.layers.sources import LayerCache, LayerSource
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.dossier import Dossier, as_travelled
from eco_onemap.core.results.narrowing import of_sites
from eco_onemap.core.results.sheet_texts import KIND as MAPS


@dataclass(frozen=True)
class Present:
    """What there is now; as_of: another assessment date than the report's, ``None`` for its own."""

    catalogue: Catalogue
    packs: Sequence[RulePack]
    layers: LayerSource
    cache: LayerCache | None
    as_of: date | None = None

    def check_again(self, dossier: Dossier, progress: Progress) -> Assessment:
        """Return the assessment of a report's sites as it would travel; errors as of ``assess``."""
        given = dossier.assessment
        options = replace(given.options, as_of=self.as_of or given.options.as_of)
        again = assess(
            *(given.sites, self.catalogue, self.packs, options),
            *(self.layers, progress, self.cache),
        )
        told = again.in_language(dossier.language)
        if dossier.kind == MAPS:
            told = of_sites(told, given.sites.ids.tolist())
        return as_travelled(replace(dossier, assessment=told))
