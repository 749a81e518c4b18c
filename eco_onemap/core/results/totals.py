# SPDX-License-Identifier: GPL-2.0-or-later
"""What is told of all sites of a check, also by a report that has no room for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.table import ResultTable


@dataclass(frozen=True)
class Totals:
    """Counts over all sites.

    verdicts: verdict to the number of sites. statuses: layer and status to the number of sites.
    hit_kinds: kind of overlap to the number of hits.
    """

    verdicts: Mapping[str, int]
    statuses: Mapping[tuple[str, str], int]
    hit_kinds: Mapping[str, int]

    @property
    def sites(self) -> int:
        """The number of sites."""
        return sum(self.verdicts.values())


@dataclass(frozen=True)
class Excerpt:
    """An assessment with the rows of its worst sites only, and the counts over all of them."""

    assessment: Assessment
    totals: Totals

    @property
    def tables(self) -> tuple[ResultTable, ...]:
        """The tables, with the rows of the worst sites."""
        return self.assessment.tables

    def in_language(self, language: str) -> Excerpt:
        """Return the excerpt with all messages as text."""
        return replace(self, assessment=self.assessment.in_language(language))


def count_totals(assessment: Assessment) -> Totals:
    """Return the counts over all rows of an assessment."""
    layers = assessment.site_layer
    return Totals(
        Counter(assessment.site_verdict["verdict"].tolist()),
        Counter(zip(layers["layer_id"].tolist(), layers["status"].tolist(), strict=True)),
        Counter(assessment.hit["kind"].tolist()),
    )
