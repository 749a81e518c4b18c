# SPDX-License-Identifier: GPL-2.0-or-later
"""The verdict on each site: the worst finding, and never "clear" where data is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import joined
from eco_onemap.core.law.findings import Findings
from eco_onemap.core.law.gaps import ALL_SITES, Gap, Gaps, gaps_at
from eco_onemap.core.measures.measurement import LostLayer, Measurement
from eco_onemap.core.sentences import Indices, Listed, Numbers, Phrase, Rows, by_kind
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.vocabulary import LayerStatus, Verdict

KNOWN = (LayerStatus.HIT.value, LayerStatus.NO_HIT.value)


@dataclass(frozen=True)
class Verdicts:
    """The verdict on each of n sites.

    severity: shape (n,). finding, row: shape (n,), the number of the Findings that decide and the
    row in them, -1 where none does. gap: shape (n,), the row of *gaps* that decides, -1 for none.
    """

    severity: NDArray[np.int64]
    finding: Indices
    row: Indices
    gap: Indices
    gaps: Gaps


def decide(count: int, findings: Sequence[Findings], gaps: Gaps) -> Verdicts:
    """Return the worst of all findings that count for each site; the first of equals decides."""
    severity = np.zeros(count, dtype=np.int64)
    finding, row = (np.full(count, -1, dtype=np.intp) for _ in range(2))
    sizes = np.array([len(found) for found in findings], dtype=np.intp)
    sources = np.repeat(np.arange(len(sizes)), sizes)
    rows = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    site = joined([found.site for found in findings], np.intp)
    effective = joined([found.effective for found in findings], np.int64)
    measured = joined([found.measured for found in findings], np.float64)
    order = np.lexsort((-measured, sources, -effective, site))
    order = order[effective[order] > 0]
    first = order[np.flatnonzero(np.diff(site[order], prepend=-1))]
    severity[site[first]] = effective[first]
    finding[site[first]], row[site[first]] = sources[first], rows[first]
    blocking = gaps.first_rows(count, np.flatnonzero(gaps.blocks))
    lacking = (blocking >= 0) & (severity < Verdict.NO_DATA.severity)
    severity[lacking] = Verdict.NO_DATA.severity
    return Verdicts(severity, finding, row, np.where(lacking, blocking, -1), gaps)


def site_gaps(sites: SiteSet) -> Gaps:
    """Return a gap for each site that cannot be checked."""
    numbers = sorted(sites.problems)
    why = Listed(list(map(sites.problems.__getitem__, numbers)))
    return gaps_at(np.array(numbers, dtype=np.intp), "site", why, blocks=True)


def layer_gaps(
    measurement: Measurement, checked: NDArray[np.bool_], needed: NDArray[np.bool_]
) -> Gaps:
    """Return a gap for each checked site where the layer is not, or not wholly, mapped.

    needed: shape (n,), the sites that the gap keeps from being clear.
    """
    unknown = ~np.isin(measurement.status.astype(str), KNOWN) | (measurement.mapped_share != 1.0)
    site = np.flatnonzero(checked & unknown)
    share = measurement.mapped_share[site]
    keys = np.select(
        [np.isnan(share), share >= 1.0, share <= 0.0],
        ["gap.coverage_unknown", "gap.no_unit", "gap.not_mapped"],
        "gap.partly_mapped",
    )

    def say(key: str, rows: Indices) -> Rows:
        unmapped = Numbers(100 * (1 - share[rows]), ".2f")
        return Phrase(str(key), {"layer": measurement.entry.title, "share": unmapped}, len(rows))

    return gaps_at(site, f"layer:{measurement.entry.id}", by_kind(keys, say), needed[site])


def lost_gap(lost: LostLayer, is_needed: bool, site: int = ALL_SITES) -> Gap:
    """Return the gap that a lost layer leaves at a site, or at all."""
    return Gap(site, f"layer:{lost.entry.id}", lost.problem, blocks=is_needed)
