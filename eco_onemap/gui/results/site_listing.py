# SPDX-License-Identifier: GPL-2.0-or-later
"""All sites of a check in one list, and how many have which verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.gui.results.areas import AreaColumns
from eco_onemap.gui.results.listing import Entry, Line, LinesWhenSeen, Listing, Target
from eco_onemap.outputs.report.wording import Wording, tone_of
from eco_onemap.qgis_bridge.translation import tr

MOST_WRAPPED = 12
"""Of more sites reasons take one line: the list is looked through, a site's page is read."""


def site_listing(assessment: Assessment, language: str, areas: AreaColumns) -> Listing:
    """Return one line a site, the worst verdict first, with its area in the first unit."""
    first = replace(areas, units=areas.units[:1])
    table = assessment.site_verdict.in_language(language)
    severity = np.array([SEVERITY[Verdict(text)] for text in table["verdict"].tolist()], dtype=int)
    order = np.argsort(-severity, kind="stable")
    shown = ("verdict", "site_id", "name", "reason", "area_ellipsoid_m2")
    columns = [table[name][order].tolist() for name in shown]
    say = Wording(language)
    known = {
        verdict.value: (
            Entry(say.verdict(verdict.value), -SEVERITY[verdict]),
            tone_of(verdict.value),
        )
        for verdict in Verdict
    }

    def line(row: int) -> Line:
        verdict, site_id, name, reason, area = (column[row] for column in columns)
        told, tone = known[verdict]
        texts = (Entry(site_id, site_id), Entry(name, name), Entry(reason, reason, reason))
        return Line((told, *texts, *first.entries(area)), Target(site_id), tone)

    return Listing(
        headings=(tr("Verdict"), tr("Site"), tr("Name"), tr("Reason"), *first.headings),
        lines=LinesWhenSeen(len(table), line),
        numeric=frozenset((4,)),
        wraps=len(table) <= MOST_WRAPPED,
    )


def verdict_counts(assessment: Assessment) -> Mapping[Verdict, int]:
    """Return how many sites have each verdict, worst first; those of none are 0."""
    found, counts = np.unique(assessment.site_verdict["verdict"].astype(str), return_counts=True)
    told = dict(zip(found.tolist(), counts.tolist(), strict=True))
    return {verdict: told.get(verdict.value, 0) for verdict in Verdict}
