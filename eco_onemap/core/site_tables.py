# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a result that tell of sites: verdicts, findings, gaps, and the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core import schema
from eco_onemap.core.columns import Values, joined, text_column
from eco_onemap.core.findings import Findings
from eco_onemap.core.measurement import LostLayer, Measurement
from eco_onemap.core.measuring import Subject
from eco_onemap.core.messages import Message, message
from eco_onemap.core.site import SiteSet
from eco_onemap.core.site_caps import doubts_of
from eco_onemap.core.table import ResultTable, Translatable
from eco_onemap.core.verdicts import Gap, Verdicts
from eco_onemap.core.wording import Joined, Localized, cite, say_finding, say_margin, verdict_of

Need = tuple[Measurement | LostLayer, NDArray[np.bool_]]
"""A layer, and which sites cannot be clear without it, shape (n,)."""


def site_verdict_table(
    sites: SiteSet,
    subject: Subject,
    verdicts: Verdicts,
    findings: Sequence[Findings],
    needed: Sequence[Need],
) -> ResultTable:
    """Return one row per site with its geometry."""
    sizes = subject.sizes
    polygon, line = sizes.dimensions == 2, sizes.dimensions == 1
    values: Values = {
        "site_id": sites.ids,
        "name": sites.names,
        "verdict": text_column(verdict_of(int(s)).value for s in verdicts.severity),
        "deciding_rule": text_column(d[0].rule.id if d else "" for d in verdicts.deciding),
        "reason": text_column(_reasons(sites, verdicts)),
        "area_ellipsoid_m2": np.where(polygon, sizes.area_m2, np.nan),
        "area_planar_m2": np.where(polygon, sizes.planar_area_m2, np.nan),
        "planar_crs": np.where(polygon, sizes.planar_crs, "").astype(object),
        "declared_area_m2": sites.declared_area_m2,
        "length_m": np.where(line, sizes.length_m, np.nan),
        "unmapped_share": _unmapped_shares(len(sites), needed),
        "repaired": sites.repaired,
        "findings": _finding_counts(len(sites), findings),
    }
    return ResultTable("site_verdict", schema.SITE_VERDICT, values, sites.geometries)


def _reasons(sites: SiteSet, verdicts: Verdicts) -> list[Translatable]:
    """Return the reason of each verdict; at a site in doubt the doubts follow what decides."""
    reasons: list[Translatable] = list(map(_reason, verdicts.deciding, verdicts.gap))
    for site, doubts in doubts_of(sites).items():
        decided = verdicts.deciding[site]
        reasons[site] = Joined((reasons[site], *doubts) if decided else doubts, " ")
    return reasons


def _reason(deciding: tuple[Findings, int] | None, gap: Gap | None) -> Message:
    if deciding:
        return say_finding(*deciding)
    return gap.why if gap else message("reason.clear")


def _unmapped_shares(count: int, needed: Sequence[Need]) -> NDArray[np.float64]:
    """Return the largest unmapped share of each site; lost and unknown count as unmapped."""
    largest = np.zeros(count)
    for layer, at in needed:
        known = 0.0 if isinstance(layer, LostLayer) else np.nan_to_num(layer.mapped_share)
        unmapped = 1.0 - known
        largest = np.where(at, np.maximum(largest, unmapped), largest)
    return largest


def _finding_counts(count: int, findings: Sequence[Findings]) -> NDArray[np.int64]:
    total = np.zeros(count, dtype=np.int64)
    for finding in findings:
        total += np.bincount(finding.site, minlength=count)
    return total


def finding_table(sites: SiteSet, subject: Subject, findings: Sequence[Findings]) -> ResultTable:
    """Return one row per finding: by site, worst first, then in the order of the packs."""
    site = joined([f.site for f in findings], np.intp)
    severity = joined([f.severity for f in findings], np.int64)
    order = np.lexsort((np.arange(len(site)), -severity, site))
    blocks = [_finding_values(sites, subject, f) for f in findings]
    values = {
        column.name: joined([b[column.name] for b in blocks], object)[order]
        for column in schema.FINDING
    }
    return ResultTable("finding", schema.FINDING, values)


def _finding_values(sites: SiteSet, subject: Subject, findings: Findings) -> Values:
    rule, entry, count = findings.rule, findings.measurement.entry, len(findings)
    citation, advice = cite(rule, subject.options.as_of), Localized(rule.advice)
    return {
        "site_id": sites.ids[findings.site],
        "rule_id": np.full(count, rule.id, dtype=object),
        "layer_id": np.full(count, entry.id, dtype=object),
        "feature_id": findings.measurement.features.ids[findings.feature],
        "verdict": text_column(verdict_of(int(s)).value for s in findings.severity),
        "message": text_column(say_finding(findings, row) for row in range(count)),
        "citation": text_column([citation] * count),
        "advice": text_column([advice] * count),
        "margin": text_column(say_margin(findings, row) for row in range(count)),
    }


def not_evaluated_table(sites: SiteSet, gaps: Sequence[Gap]) -> ResultTable:
    """Return one row per gap: those of all sites first, then by site."""
    ordered = sorted(gaps, key=lambda gap: gap.site)
    values: Values = {
        "site_id": text_column("*" if gap.site < 0 else sites.ids[gap.site] for gap in ordered),
        "what": text_column(gap.what for gap in ordered),
        "why": text_column(gap.why for gap in ordered),
    }
    return ResultTable("not_evaluated", schema.NOT_EVALUATED, values)


def run_table(record: Mapping[str, str]) -> ResultTable:
    """Return what was recorded of the run, one row per key."""
    values: Values = {"key": text_column(record), "value": text_column(record.values())}
    return ResultTable("run", schema.RUN, values)
