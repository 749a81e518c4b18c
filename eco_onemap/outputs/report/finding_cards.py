# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as cards: one per rule, with the objects it is about and the law in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from eco_onemap.core.law.rules import LegalBasis
from eco_onemap.core.law.setting_aside import SET_ASIDE
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.outputs.report.blocks import Cell, Facts
from eco_onemap.outputs.report.material import Material, Row
from eco_onemap.outputs.report.theme_summary import layer_theme
from eco_onemap.outputs.report.themes import Theme
from eco_onemap.outputs.report.wording import Wording, tone_of

_MOST_OBJECTS = 5


def finding_cards(material: Material, site_id: str) -> dict[Theme, list[Facts]]:
    """Return the cards of the rules that applied to a site, by theme, worst first in each.

    A rule on layers of several themes has a card in each, with what it found there.
    """
    found: defaultdict[Theme, dict[str, list[Row]]] = defaultdict(dict)
    for row in material.findings.get(site_id, []):
        found[layer_theme(material, row["layer_id"])].setdefault(row["rule_id"], []).append(row)
    return {theme: list(_cards(material, rules)) for theme, rules in found.items()}


def _cards(material: Material, rules: dict[str, list[Row]]) -> Iterator[Facts]:
    worst = {rule_id: max(map(_severity, rows)) for rule_id, rows in rules.items()}
    for rule_id in sorted(rules, key=lambda rule_id: (-worst[rule_id], rule_id)):
        yield _card(material, rule_id, rules[rule_id])


def _severity(row: Row) -> int:
    return SEVERITY[Verdict(row["verdict"])]


def _card(material: Material, rule_id: str, findings: list[Row]) -> Facts:
    say = material.say
    findings = sorted(findings, key=lambda row: -_severity(row))
    worst = findings[0]
    rows = [(say("fact.finding"), Cell(line)) for line in _told(material, findings)]
    rows += _law(material, rule_id, worst)
    advice = _advice(material, rule_id, worst)
    if advice:
        rows.append((say("fact.advice"), Cell(advice)))
    title = Cell(
        material.rule_title(rule_id), say.verdict(worst["verdict"]), tone_of(worst["verdict"])
    )
    return Facts(tuple(rows), title, to_fill=(say("column.judgement"),))


def _told(material: Material, findings: list[Row]) -> Iterator[str]:
    """Yield the findings' own sentences, each with its margin."""
    say = material.say
    for row in findings[:_MOST_OBJECTS]:
        margin = say("margin", text=row["margin"]) if row["margin"] else ""
        yield f"{row['message']}{margin}{_aside(say, row)}"
    if len(findings) > _MOST_OBJECTS:
        yield say("more_objects", n=len(findings) - _MOST_OBJECTS)


def _aside(say: Wording, row: Row) -> str:
    """Return that a person set the finding aside, "" where nobody did."""
    if row["override"] != SET_ASIDE:
        return ""
    told = {"author": row["override_author"], "day": row["override_date"]}
    return " " + say("set_aside", why=row["override_reason"], **told)


def _law(material: Material, rule_id: str, worst: Row) -> Iterator[tuple[str, Cell]]:
    """Yield the articles in force on the assessment date with their text."""
    say, bases = material.say, material.in_force(rule_id)
    for basis in bases:
        yield say("fact.law"), Cell(f"{basis.citation} {basis.text}".strip(), validity(say, basis))
    if not bases:
        yield say("fact.law"), Cell(worst["citation"] or say("no_basis"))


def validity(say: Wording, basis: LegalBasis) -> str:
    """Return since when, and until when, a basis is in force, and whether it was compared."""
    since = say.day(basis.effective_from)
    text = (
        say("in_force_until", since=since, until=basis.effective_to.isoformat())
        if basis.effective_to
        else say("in_force_since", since=since)
    )
    return text if basis.verified else f"{text} {say('unverified')}"


def _advice(material: Material, rule_id: str, worst: Row) -> str:
    rule = material.rules.get(rule_id)
    told = rule.advice.get(material.say.language) if rule else None
    return told or worst["advice"]
