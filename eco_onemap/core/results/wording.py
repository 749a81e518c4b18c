# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts findings into sentences: what was found, under which law, by what margin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.error_margins import is_plain
from eco_onemap.core.law.findings import WITHIN_ERROR, Doubt, Findings
from eco_onemap.core.law.rules import LegalBasis, Relation, Rule
from eco_onemap.core.law.situations import BY_NAME, Unit
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sentences import Indices, Numbers, Phrase, Rows, Same, Sentences, by_kind
from eco_onemap.core.table import Translatable
from eco_onemap.core.vocabulary import SEVERITY, HitKind, Verdict
from eco_onemap.core.zoning.vocabulary import ACCESS_LIST_ROLE

CAPPED = "caution.capped"
"""The caution of a finding that a doubtful place lowered."""

VERDICTS = np.array([verdict.value for verdict in sorted(Verdict, key=SEVERITY.__getitem__)])
"""The verdicts by their severity, 0 to 4."""

_DOUBTS = {
    Doubt.FACTS: "caution.facts",
    Doubt.ATTRIBUTES: "caution.attributes",
    Doubt.CONDITIONS: "caution.conditions",
    Doubt.LAW: "caution.law",
}
_AMOUNTS = {
    Unit.SQUARE_METRES.value: ("amount.m2", ",.2f"),
    Unit.METRES.value: ("amount.m", ",.2f"),
    Unit.PERCENT.value: ("amount.pct", ".2f"),
    Unit.COUNT.value: ("amount.count", ".0f"),
    Unit.NUMBER.value: ("amount.number", ",.2f"),
}


@dataclass(frozen=True)
class Localized:
    """A text that a rule pack gives in one or more languages."""

    by_language: Mapping[str, str]

    def text(self, language: str = "en") -> str:
        """Return the text in *language*, or in the first language there is."""
        return self.by_language.get(language) or next(iter(self.by_language.values()), "")


@dataclass(frozen=True)
class Joined:
    """Several texts one after another."""

    parts: tuple[Translatable, ...]
    separator: str

    def text(self, language: str = "en") -> str:
        """Return the parts in *language*, joined."""
        return self.separator.join(part.text(language) for part in self.parts)


def say_findings(findings: Findings) -> Sentences:
    """Return the sentence that tells each finding."""
    keys = _sentence_keys(findings)
    cautions = _caution_keys(findings)
    kinds = np.char.add(np.char.add(keys, "|"), cautions)

    def say(kind: str, rows: Indices) -> Rows:
        key, caution = str(kind).split("|")
        told = findings.take(rows)
        args = {
            "layer": findings.measurement.entry.title,
            "feature": told.feature_names,
            "amount": say_amounts(told),
            "rule": Localized(findings.rule.title),
            "caution": _caution(caution, findings),
        }
        return Phrase(key, args, len(rows))

    return by_kind(kinds, say)


def _sentence_keys(findings: Findings) -> NDArray[np.str_]:
    """Return which sentence tells each finding."""
    if findings.measurement.entry.role == ACCESS_LIST_ROLE:
        return np.full(len(findings), "finding.clause")
    only_error = findings.kind.astype(str) == WITHIN_ERROR
    key = "finding.near" if is_plain(findings.rule, findings.measurement) else "finding.may_hold"
    return np.where(only_error, key, _keys_by_rule(findings))


def _keys_by_rule(findings: Findings) -> NDArray[np.str_]:
    if findings.rule.when is not None:
        bare = findings.unit.astype(str) == Unit.NONE.value
        return np.where(bare, "finding.conditions_bare", "finding.conditions")
    if findings.rule.relation is Relation.WITHIN_DISTANCE:
        return np.where(findings.measured == 0, "finding.meets", "finding.near")
    contains = findings.rule.relation is Relation.CONTAINS
    otherwise = "finding.contains" if contains else "finding.overlaps"
    kind = findings.kind.astype(str)
    named, touches = kind == BY_NAME, kind == HitKind.TOUCH.value
    return np.select([named, touches], ["finding.named", "finding.touches"], otherwise)


def _caution_keys(findings: Findings) -> NDArray[np.str_]:
    """Return why a finding says less than its rule: a doubtful place, a sliver, unknown facts.

    A doubtful place comes with the severity that the finding has without it.
    """
    kind = findings.kind.astype(str)
    conditions = [kind == HitKind.SLIVER.value, kind == HitKind.TOUCH.value, kind == WITHIN_ERROR]
    conditions += [findings.doubt == doubt.value for doubt in _DOUBTS]
    keys = ["caution.sliver", "caution.touch", "caution.within_error", *_DOUBTS.values()]
    cautions = np.select(conditions, keys, "")
    if findings.uncapped is None:
        return cautions
    capped = np.char.add(f"{CAPPED}:", findings.uncapped.astype(str))
    return np.where(findings.is_capped, capped, cautions)


def _caution(key: str, findings: Findings) -> Message | str:
    """Return what a key of :func:`_caution_keys` says, "" for none."""
    name, _, severity = key.partition(":")
    if severity:
        return message(name, verdict=message(f"verdict.{VERDICTS[int(severity)]}"))
    if name == "caution.within_error":
        return message(name, error=f"{findings.error_m:g}")
    return message(name) if name else ""


def say_amounts(findings: Findings) -> Sentences:
    """Return the measured values with their units."""
    return amounts(findings.measured, findings.unit)


def amounts(values: NDArray[np.float64], units: NDArray[np.object_]) -> Sentences:
    """Return values with units of :class:`Unit`, as the language writes them."""

    def say(unit: str, rows: Indices) -> Rows:
        known = _AMOUNTS.get(str(unit))
        if known is None:
            nothing = "amount.point" if unit == Unit.POINT.value else "amount.none"
            return Same(message(nothing), len(rows))
        key, spec = known
        return Phrase(key, {"value": Numbers(values[rows], spec)}, len(rows))

    return by_kind(units.astype(str), say)


def say_margins(findings: Findings) -> Sentences:
    """Return how far each measured value lies from the rule's threshold."""
    rule = findings.rule

    def say(kind: str, rows: Indices) -> Rows:
        told = findings.take(rows)
        if kind == "error":
            args = {"amount": say_amounts(told), "error": f"{findings.error_m:g}"}
            return Phrase("margin.within_error", args, len(rows))
        if kind == "unknown":
            return Same(message("margin.unknown"), len(rows))
        if rule.when is not None:
            return Phrase("margin.conditions", {"amount": say_amounts(told)}, len(rows))
        if rule.relation is Relation.WITHIN_DISTANCE:
            by, limit = Numbers(rule.threshold - told.measured, ",.2f"), f"{rule.threshold:,.0f}"
            return Phrase("margin.inside", {"by": by, "limit": limit}, len(rows))
        if rule.threshold == 0:
            return Phrase("margin.any", {"amount": say_amounts(told)}, len(rows))
        by = Numbers(told.measured - rule.threshold, ",.2f")
        limit = f"{rule.threshold:g} {rule.measure.value}"
        return Phrase("margin.over", {"by": by, "limit": limit}, len(rows))

    kinds = np.where(np.isnan(findings.measured), "unknown", "known")
    return by_kind(np.where(findings.is_within_error, "error", kinds), say)


def cite(rule: Rule, day: date) -> Translatable:
    """Return the legal bases in force on *day* with their dates, or that there is none."""
    bases = rule.basis_in_force(day)
    if not bases:
        return message("citation.none", day=day.isoformat())
    return Joined(tuple(_citation(basis) for basis in bases), "; ")


def _citation(basis: LegalBasis) -> Message:
    checked = "citation.verified" if basis.verified else "citation.unverified"
    return message(checked, article=basis.citation, period=say_period(basis))


def say_period(basis: LegalBasis) -> Message:
    """Return the days on which an article is in force."""
    since = basis.effective_from.isoformat() if basis.effective_from else "…"
    if basis.effective_to:
        return message("citation.until", since=since, until=basis.effective_to.isoformat())
    return message("citation.since", since=since)
