# SPDX-License-Identifier: GPL-2.0-or-later
"""What a file of maps carries, so that anybody can verify it: the check of the sites on it."""

from __future__ import annotations

from collections.abc import Collection

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.dossier import Dossier, digest_of, pack_dossier
from eco_onemap.core.results.narrowing import of_sites
from eco_onemap.core.results.sheet_texts import KIND
from eco_onemap.outputs.report.blocks import Seal


def map_seal(assessment: Assessment, site_ids: Collection[str], language: str) -> Seal:
    """Return the seal of a file about some sites, its messages in *language*.

    The number is of sites, options, rule packs, layers and results alone: the same whatever sheets
    the file has.
    """
    told = of_sites(assessment, site_ids).in_language(language)
    content = pack_dossier(Dossier(told, language, KIND))
    return Seal(content, digest_of(content))
