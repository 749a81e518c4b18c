# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a result that tell of sites: verdicts, findings, gaps, and the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core import schema
from eco_onemap.core.columns import Values, joined, no_values, text_column
from eco_onemap.core.law.findings import Findings
from eco_onemap.core.law.gaps import Gaps
from eco_onemap.core.law.override_wording import override_columns, with_set_aside
from eco_onemap.core.law.setting_aside import finding_prints
from eco_onemap.core.law.verdicts import Verdicts
from eco_onemap.core.layers.prints import site_prints
from eco_onemap.core.measures.measurement import LostLayer, Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.messages import message
from eco_onemap.core.results.wording import (
    VERDICTS,
    Joined,
    Localized,
    cite,
    say_findings,
    say_margins,
)
from eco_onemap.core.sentences import (
    Glued,
    Indices,
    Listed,
    Rows,
    Same,
    Sentences,
    by_kind,
    join_columns,
    one_phrase,
)
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_caps import doubts_of
from eco_onemap.core.table import ResultTable

NOTHING_FOUND = message("reason.clear")

BY_GAP, BY_NOTHING = -1, -2
"""Stand for the number of a finding where a gap, or nothing, decides."""

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
    values: dict[str, Any] = {
        "site_id": sites.ids,
        "name": sites.names,
        "verdict": VERDICTS[verdicts.severity].astype(object),
        "deciding_rule": _deciding_rules(verdicts, findings),
        "reason": with_set_aside(
            _reasons(sites, verdicts, findings), findings, subject.options.overrides
        ),
        "area_ellipsoid_m2": np.where(polygon, sizes.area_m2, np.nan),
        "area_planar_m2": np.where(polygon, sizes.planar_area_m2, np.nan),
        "planar_crs": np.where(polygon, sizes.planar_crs, "").astype(object),
        "declared_area_m2": sites.declared_area_m2,
        "length_m": np.where(line, sizes.length_m, np.nan),
        "unmapped_share": _unmapped_shares(len(sites), needed),
        "repaired": sites.repaired,
        "findings": _finding_counts(len(sites), findings),
        "raw_verdict": VERDICTS[_raw_severity(verdicts, findings)].astype(object),
        "set_aside": _set_aside_counts(len(sites), findings),
        "facts": sites.summaries,
    }
    return ResultTable("site_verdict", schema.SITE_VERDICT, values, sites.geometries)


def _deciding_rules(verdicts: Verdicts, findings: Sequence[Findings]) -> NDArray[np.object_]:
    """Return the id of each site's deciding rule, "" where none decides."""
    ids = text_column([*(found.rule.id for found in findings), ""])
    return ids[verdicts.finding]


def _reasons(sites: SiteSet, verdicts: Verdicts, findings: Sequence[Findings]) -> Sentences:
    """Return why each site has its verdict; at a site in doubt the doubts follow what decides."""
    reasons = _decisions(verdicts, findings)
    doubts = doubts_of(sites)
    if not doubts:
        return reasons
    doubtful = np.array(list(doubts), dtype=np.intp)
    told = np.full(len(sites), "", dtype=object)
    told[doubtful] = text_column(map(Joined, doubts.values(), repeat(" ")))
    silent = np.zeros(len(sites), dtype=bool)
    silent[doubtful] = verdicts.finding[doubtful] < 0

    def say(is_silent: bool, rows: Indices) -> Rows:
        return Same("", len(rows)) if is_silent else reasons[rows]

    return one_phrase(Glued((by_kind(silent, say), Listed(told.tolist())), " "))


def _decisions(verdicts: Verdicts, findings: Sequence[Findings]) -> Sentences:
    """Return why each site has its verdict: the deciding finding, a gap, or nothing found."""

    def say(number: int, sites: Indices) -> Rows:
        if number >= 0:
            return say_findings(findings[number].take(verdicts.row[sites]))
        if number == BY_GAP:
            gaps: Sentences = verdicts.gaps.why[verdicts.gap[sites]]
            return gaps
        return Same(NOTHING_FOUND, len(sites))

    by_nothing = (verdicts.finding < 0) & (verdicts.gap < 0)
    return by_kind(np.where(by_nothing, BY_NOTHING, verdicts.finding), say)


def _unmapped_shares(count: int, needed: Sequence[Need]) -> NDArray[np.float64]:
    """Return the largest unmapped share of each site; lost and unknown count as unmapped."""
    largest = np.zeros(count)
    for layer, at in needed:
        known = 0.0 if isinstance(layer, LostLayer) else np.nan_to_num(layer.mapped_share)
        largest = np.where(at, np.maximum(largest, 1.0 - known), largest)
    return largest


def _finding_counts(count: int, findings: Sequence[Findings]) -> NDArray[np.int64]:
    total = np.zeros(count, dtype=np.int64)
    for finding in findings:
        total += np.bincount(finding.site, minlength=count)
    return total


def _raw_severity(verdicts: Verdicts, findings: Sequence[Findings]) -> NDArray[np.int64]:
    """Return the severity of each site if no finding had been set aside."""
    severity = verdicts.severity.copy()
    for found in findings:
        np.maximum.at(severity, found.site, found.severity)
    return severity


def _set_aside_counts(count: int, findings: Sequence[Findings]) -> NDArray[np.int64]:
    total = np.zeros(count, dtype=np.int64)
    for found in findings:
        total += np.bincount(found.site[found.is_set_aside], minlength=count)
    return total


def finding_table(sites: SiteSet, subject: Subject, findings: Sequence[Findings]) -> ResultTable:
    """Return one row per finding: by site, worst first, then in the order of the packs."""
    site = joined([f.site for f in findings], np.intp)
    severity = joined([f.severity for f in findings], np.int64)
    order = np.lexsort((np.arange(len(site)), -severity, site))
    prints = np.full(len(sites), "", dtype=object)
    told = np.unique(site)
    prints[told] = site_prints(sites.geometries[told])
    blocks = [_finding_values(sites, subject, prints, f) for f in findings]
    values = {
        column.name: join_columns([no_values(column, 0), *(b[column.name] for b in blocks)])[order]
        for column in schema.FINDING
    }
    return ResultTable("finding", schema.FINDING, values)


def _finding_values(
    sites: SiteSet, subject: Subject, prints: NDArray[np.object_], findings: Findings
) -> dict[str, Any]:
    rule, entry, count = findings.rule, findings.measurement.entry, len(findings)
    return {
        "site_id": sites.ids[findings.site],
        "rule_id": np.full(count, rule.id, dtype=object),
        "layer_id": np.full(count, entry.id, dtype=object),
        "feature_id": findings.feature_ids,
        "verdict": VERDICTS[findings.severity].astype(object),
        "message": say_findings(findings),
        "citation": one_phrase(Same(cite(rule, subject.options.as_of), count)),
        "advice": one_phrase(Same(Localized(rule.advice), count)),
        "margin": say_margins(findings),
        "measured": findings.measured,
        "unit": findings.unit,
        "attributes": findings.attribute_texts,
        "kind": findings.kind,
        "doubt": findings.doubt,
        "effective_verdict": VERDICTS[findings.effective].astype(object),
        "print": finding_prints(findings, prints[findings.site]),
        "explanation": np.full(count, "", dtype=object),
        **override_columns(findings, subject.options.overrides),
    }


def not_evaluated_table(sites: SiteSet, gaps: Gaps) -> ResultTable:
    """Return one row per gap: those of all sites first, then by site."""
    order = np.argsort(gaps.site, kind="stable")
    values: dict[str, Any] = {
        "site_id": np.r_[sites.ids, text_column("*")][gaps.site[order]],  # ALL_SITES is the last
        "what": gaps.what[order],
        "why": gaps.why[order],
    }
    return ResultTable("not_evaluated", schema.NOT_EVALUATED, values)


def run_table(record: Mapping[str, Any]) -> ResultTable:
    """Return what was recorded of the run, one row per key."""
    values: Values = {"key": text_column(record), "value": text_column(record.values())}
    return ResultTable("run", schema.RUN, values)
