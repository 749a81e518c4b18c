# SPDX-License-Identifier: GPL-2.0-or-later
"""All sites of a check in one list, and how many have which verdict."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.gui.results.listing import Entry, Line, Listing, Target
from eco_onemap.outputs.formatting import decimal_text
from eco_onemap.outputs.report.wording import Wording, tone_of
from eco_onemap.qgis_bridge.translation import tr


def site_listing(assessment: Assessment, language: str) -> Listing:
    """Return one line a site, the worst verdict first."""
    table = assessment.site_verdict.in_language(language)
    severity = np.array([SEVERITY[Verdict(text)] for text in table["verdict"].tolist()], dtype=int)
    say = Wording(language)
    ordered = table.take(np.argsort(-severity, kind="stable"))
    return Listing(
        headings=(tr("Verdict"), tr("Site"), tr("Name"), tr("Reason"), tr("Area (m²)")),
        lines=tuple(
            Line(
                (
                    Entry(say.verdict(row["verdict"]), -SEVERITY[Verdict(row["verdict"])]),
                    Entry(row["site_id"], row["site_id"]),
                    Entry(row["name"], row["name"]),
                    Entry(row["reason"], row["reason"], row["reason"]),
                    Entry(decimal_text(row["area_ellipsoid_m2"], 2), row["area_ellipsoid_m2"]),
                ),
                Target(row["site_id"]),
                tone_of(row["verdict"]),
            )
            for row in ordered.rows()
        ),
        numeric=frozenset((4,)),
    )


def verdict_counts(assessment: Assessment) -> Mapping[Verdict, int]:
    """Return how many sites have each verdict, worst first; those of none are 0."""
    found, counts = np.unique(assessment.site_verdict["verdict"].astype(str), return_counts=True)
    told = dict(zip(found.tolist(), counts.tolist(), strict=True))
    return {verdict: told.get(verdict.value, 0) for verdict in Verdict}
