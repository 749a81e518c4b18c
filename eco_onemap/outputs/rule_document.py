# SPDX-License-Identifier: GPL-2.0-or-later
"""A rule pack as a document to read: each rule with its conditions, law and samples."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.core.rule_words import say_condition, say_projects
from eco_onemap.core.rules import LegalBasis, Rule, RulePack
from eco_onemap.core.wording import say_period
from eco_onemap.outputs.report.blocks import (
    Block,
    Cell,
    Facts,
    Heading,
    Report,
    Table,
    TableColumn,
)
from eco_onemap.outputs.report.wording import Wording, tone_of

FINGERPRINT_DIGITS = 12


def compose_rule_document(pack: RulePack, language: str) -> Report:
    """Return *pack* as a report in *language*: what it is, and a section for each rule."""
    say = Wording(language)
    return Report(
        title=say("rules.title", pack=pack.name, version=pack.version),
        subtitle=pack.jurisdiction,
        language=language,
        mark="",
        footer="",
        blocks=(_facts(pack, say), *(block for r in pack.rules for block in _rule(r, say))),
    )


def _facts(pack: RulePack, say: Wording) -> Facts:
    rows = {
        "level": say.word("rules.level", pack.level.value),
        "count": str(len(pack.rules)),
        "samples": str(sum(len(rule.samples) for rule in pack.rules)),
        "fingerprint": pack.fingerprint[:FINGERPRINT_DIGITS],
    }
    return Facts(tuple((say(f"rules.{name}"), Cell(text)) for name, text in rows.items()))


def _rule(rule: Rule, say: Wording) -> Iterator[Block]:
    language = say.language
    yield Heading(f"{rule.id} {say.spoken(dict(rule.title))}", level=1, anchor=rule.id)
    rows = [
        ("verdict", Cell(say.verdict(rule.verdict.value), tone=tone_of(rule.verdict.value))),
        ("layers", Cell(say.words("role", (*rule.roles, *rule.layers)))),
        ("condition", Cell(say_condition(rule).text(language))),
        ("projects", Cell(say_projects(rule.projects).text(language))),
    ]
    if rule.replaces:
        rows.append(("replaces", Cell(say.listed(rule.replaces))))
    if rule.advice:
        rows.append(("advice", Cell(say.spoken(dict(rule.advice)))))
    rows.append(("samples", Cell(str(len(rule.samples)))))
    yield Facts(tuple((say(f"rules.{name}"), cell) for name, cell in rows))
    yield Table(
        columns=(
            TableColumn(say("rules.basis"), 2),
            TableColumn(say("rules.in_force"), 2),
            TableColumn(say("rules.text"), 5),
        ),
        rows=tuple(_basis(basis, say) for basis in rule.basis),
        empty=say("rules.no_basis"),
    )


def _basis(basis: LegalBasis, say: Wording) -> tuple[Cell, ...]:
    note = "" if basis.verified else say("rules.unverified")
    period = say_period(basis).text(say.language)
    return Cell(basis.citation, note), Cell(period), Cell(basis.text or "–")
