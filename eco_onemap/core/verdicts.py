# SPDX-License-Identifier: GPL-2.0-or-later
"""The verdict on each site: the worst finding, and never "clear" where data is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.findings import Findings
from eco_onemap.core.measurement import LostLayer, Measurement
from eco_onemap.core.messages import Message, message
from eco_onemap.core.site import SiteSet
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

    severity: shape (n,). deciding: the Findings and the row in it, None where no finding decides.
    gap: the gap that decides, None where none does.
    """

    severity: NDArray[np.int64]
    deciding: list[tuple[Findings, int] | None]
    gap: list[Gap | None]


def decide(count: int, findings: Sequence[Findings], gaps: Sequence[Gap]) -> Verdicts:
    """Return the worst of all findings for each site; the first of equals decides."""
    severity = np.zeros(count, dtype=np.int64)
    deciding: list[tuple[Findings, int] | None] = [None] * count
    for finding in findings:
        order = np.lexsort((-finding.measured, -finding.severity, finding.site))
        for row in order[finding.severity[order] > severity[finding.site[order]]].tolist():
            site = int(finding.site[row])
            if finding.severity[row] > severity[site]:
                severity[site] = finding.severity[row]
                deciding[site] = (finding, row)
    return _with_gaps(Verdicts(severity, deciding, [None] * count), gaps)


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
