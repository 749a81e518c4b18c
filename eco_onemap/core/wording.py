# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts findings into sentences: what was found, under which law, by what margin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from eco_onemap.core.conditions import UNKNOWN
from eco_onemap.core.findings import BY_NAME, WITHIN_ERROR, Findings
from eco_onemap.core.messages import Message, message
from eco_onemap.core.rules import LegalBasis, Measure, Relation, Rule
from eco_onemap.core.table import Translatable
from eco_onemap.core.vocabulary import HitKind, Verdict
from eco_onemap.core.zoning.vocabulary import ACCESS_LIST_ROLE


@dataclass(frozen=True)
class Localized:
    """A text that a rule pack gives in one or more languages."""

    texts: Mapping[str, str]

    def text(self, language: str = "en") -> str:
        """Return the text in *language*, or in the first language there is."""
        return self.texts.get(language) or next(iter(self.texts.values()), "")


@dataclass(frozen=True)
class Joined:
    """Several texts one after another."""

    parts: tuple[Translatable, ...]
    separator: str

    def text(self, language: str = "en") -> str:
        """Return the parts in *language*, joined."""
        return self.separator.join(part.text(language) for part in self.parts)


def say_finding(findings: Findings, row: int) -> Message:
    """Return the sentence that tells one finding."""
    rule = findings.rule
    return message(
        _sentence_key(findings, row),
        layer=findings.measurement.entry.title,
        feature=_feature_name(findings, row),
        amount=say_amount(rule, findings, row),
        rule=Localized(rule.title),
        caution=_caution(findings, row),
    )


def _sentence_key(findings: Findings, row: int) -> str:
    if findings.measurement.entry.role == ACCESS_LIST_ROLE:
        return "finding.clause"
    if findings.rule.relation is Relation.WITHIN_DISTANCE or findings.kind[row] == WITHIN_ERROR:
        return "finding.near"
    if findings.kind[row] == BY_NAME:
        return "finding.named"
    if findings.kind[row] == HitKind.TOUCH.value:
        return "finding.touches"
    if findings.rule.relation is Relation.CONTAINS:
        return "finding.contains"
    return "finding.overlaps"


def _feature_name(findings: Findings, row: int) -> str:
    features = findings.measurement.features
    number = int(findings.feature[row])
    return str(features.names[number] or features.ids[number])


def say_amount(rule: Rule, findings: Findings, row: int) -> Message:
    """Return the measured value with its unit."""
    value = findings.measured[row]
    if np.isnan(value):
        return message("amount.none")
    if rule.relation is Relation.WITHIN_DISTANCE or findings.kind[row] == WITHIN_ERROR:
        return message("amount.m", value=f"{value:,.2f}")
    if rule.measure is Measure.SHARE:
        return message("amount.pct", value=f"{value:.2f}")
    if rule.measure is Measure.COUNT and rule.threshold > 0:
        return message("amount.count", value=f"{value:.0f}")
    return _overlap_amount(findings, row, value)


def _overlap_amount(findings: Findings, row: int, value: float) -> Message:
    """Return an overlap in the dimension that site and feature share."""
    hits = findings.measurement.hits
    at = np.flatnonzero((hits.site == findings.site[row]) & (hits.feature == findings.feature[row]))
    if len(at) and hits.area_m2[at[0]] > 0:
        return message("amount.m2", value=f"{value:,.2f}")
    if len(at) and hits.length_m[at[0]] > 0:
        return message("amount.m", value=f"{value:,.2f}")
    return message("amount.point")


def _caution(findings: Findings, row: int) -> Translatable:
    """Return why a finding says less than its rule: a doubtful place, unknown facts, a sliver."""
    if findings.uncapped is not None and findings.uncapped[row] > findings.severity[row]:
        own = verdict_of(int(findings.uncapped[row])).value
        return message("caution.capped", verdict=message(f"verdict.{own}"))
    if findings.kind[row] == HitKind.SLIVER.value:
        return message("caution.sliver")
    if findings.kind[row] == HitKind.TOUCH.value:
        return message("caution.touch")
    if findings.kind[row] == WITHIN_ERROR:
        return message("caution.within_error", error=f"{findings.error_m:g}")
    if findings.applies[row] == UNKNOWN:
        return message("caution.facts")
    return Joined((), "")


def cite(rule: Rule, day: date) -> Translatable:
    """Return the legal bases in force on *day* with their dates, or that there is none."""
    bases = rule.basis_in_force(day)
    if not bases:
        return message("citation.none", day=day.isoformat())
    return Joined(tuple(_citation(basis) for basis in bases), "; ")


def _citation(basis: LegalBasis) -> Message:
    checked = "citation.verified" if basis.verified else "citation.unverified"
    since = basis.effective_from.isoformat() if basis.effective_from else "…"
    if basis.effective_to:
        period = message("citation.until", since=since, until=basis.effective_to.isoformat())
    else:
        period = message("citation.since", since=since)
    return message(checked, article=basis.citation, period=period)


def say_margin(findings: Findings, row: int) -> Message:
    """Return how far the measured value lies from the rule's threshold."""
    rule, value = findings.rule, findings.measured[row]
    if findings.is_within_error(row):
        return message("margin.within_error", amount=say_amount(rule, findings, row),
                       error=f"{findings.error_m:g}")  # fmt: skip
    if np.isnan(value):
        return message("margin.unknown")
    if rule.relation is Relation.WITHIN_DISTANCE:
        return message(
            "margin.inside",
            by=f"{rule.threshold - value:,.2f}",
            limit=f"{rule.threshold:,.0f}",
        )
    if rule.threshold == 0:
        return message("margin.any", amount=say_amount(rule, findings, row))
    over = f"{value - rule.threshold:,.2f}"
    return message("margin.over", by=over, limit=f"{rule.threshold:g} {rule.measure.value}")


def say_cap(findings: Findings, row: int) -> bool:
    """Return whether a finding says less than its rule's own verdict."""
    return bool(findings.severity[row] < findings.rule.verdict.severity)


def verdict_of(severity: int) -> Verdict:
    """Return the verdict with the given severity."""
    return next(verdict for verdict in Verdict if verdict.severity == severity)
