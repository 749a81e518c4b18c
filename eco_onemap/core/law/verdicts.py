# SPDX-License-Identifier: GPL-2.0-or-later
"""The verdict on each site: the worst finding, and never "clear" where data is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import joined
from eco_onemap.core.law.findings import Findings
from eco_onemap.core.measures.measurement import LostLayer, Measurement
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.vocabulary import LayerStatus, Verdict

ALL_SITES = -1
"""The number that stands for all sites."""

KNOWN = (LayerStatus.HIT.value, LayerStatus.NO_HIT.value)


@dataclass(frozen=True)
class Gap:
    """Something that could not be evaluated at a site (:data:`ALL_SITES`: at all).

    blocks: whether it keeps the site from being clear.
    """

    site: int
    what: str
    why: Message
    blocks: bool


@dataclass(frozen=True)
class Verdicts:
    """The verdict on each of n sites.

    severity: shape (n,). finding, row: shape (n,), the number of the Findings that decide and the
    row in them, -1 where none does. gap: the gap that decides, None where none does.
    """

    severity: NDArray[np.int64]
    finding: NDArray[np.intp]
    row: NDArray[np.intp]
    gap: list[Gap | None]


def decide(count: int, findings: Sequence[Findings], gaps: Sequence[Gap]) -> Verdicts:
    """Return the worst of all findings that count for each site; the first of equals decides."""
    severity = np.zeros(count, dtype=np.int64)
    finding, row = (np.full(count, -1, dtype=np.intp) for _ in range(2))
    numbers = [np.full(len(found), number) for number, found in enumerate(findings)]
    sources = joined(numbers, np.intp)
    rows = joined([np.arange(len(found)) for found in findings], np.intp)
    site = joined([found.site for found in findings], np.intp)
    effective = joined([found.effective for found in findings], np.int64)
    measured = joined([found.measured for found in findings], np.float64)
    order = np.lexsort((-measured, sources, -effective, site))
    order = order[effective[order] > 0]
    first = order[np.flatnonzero(np.diff(site[order], prepend=-1))]
    severity[site[first]] = effective[first]
    finding[site[first]], row[site[first]] = sources[first], rows[first]
    return _with_gaps(Verdicts(severity, finding, row, [None] * count), gaps)


def _with_gaps(verdicts: Verdicts, gaps: Sequence[Gap]) -> Verdicts:
    for gap in gaps:
        if not gap.blocks:
            continue
        sites = range(len(verdicts.gap)) if gap.site < 0 else (gap.site,)
        for site in sites:
            if verdicts.severity[site] < Verdict.NO_DATA.severity:
                verdicts.severity[site] = Verdict.NO_DATA.severity
                verdicts.gap[site] = gap
    return verdicts


def site_gaps(sites: SiteSet) -> list[Gap]:
    """Return a gap for each site that cannot be checked."""
    return [Gap(number, "site", why, blocks=True) for number, why in sorted(sites.problems.items())]


def layer_gaps(
    measurement: Measurement, checked: NDArray[np.bool_], needed: NDArray[np.bool_]
) -> list[Gap]:
    """Return a gap for each checked site where the layer is not, or not wholly, mapped.

    needed: shape (n,), the sites that the gap keeps from being clear.
    """
    unknown = ~np.isin(measurement.status.astype(str), KNOWN) | (measurement.mapped_share != 1.0)
    return [
        Gap(
            site,
            f"layer:{measurement.entry.id}",
            _why_unmapped(measurement, site),
            blocks=bool(needed[site]),
        )
        for site in np.flatnonzero(checked & unknown).tolist()
    ]


def _why_unmapped(measurement: Measurement, site: int) -> Message:
    title, share = measurement.entry.title, measurement.mapped_share[site]
    if np.isnan(share):
        return message("gap.coverage_unknown", layer=title)
    if share >= 1.0:
        return message("gap.no_unit", layer=title)
    if share <= 0.0:
        return message("gap.not_mapped", layer=title)
    return message("gap.partly_mapped", layer=title, share=f"{100 * (1 - share):.2f}")


def lost_gap(lost: LostLayer, is_needed: bool, site: int = ALL_SITES) -> Gap:
    """Return the gap that a lost layer leaves at a site, or at all."""
    return Gap(site, f"layer:{lost.entry.id}", lost.problem, blocks=is_needed)
