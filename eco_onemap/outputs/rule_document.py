# SPDX-License-Identifier: GPL-2.0-or-later
"""A rule pack as a document to read: each rule with its conditions, law and samples."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.core.law.rule_words import say_condition, say_projects
from eco_onemap.core.law.rules import LegalBasis, Rule, RulePack
from eco_onemap.core.messages import message
from eco_onemap.core.results.wording import say_period
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
    title = message("rulebook.title", pack=pack.name, version=pack.version)
    composer = _Composer(language)
    rules = (block for rule in pack.rules for block in composer.rule(rule))
    return Report(
        title=title.text(language),
        subtitle=pack.jurisdiction,
        language=language,
        mark="",
        footer="",
        blocks=(composer.facts(pack), *rules),
    )


class _Composer:
    """Makes the blocks of a rule pack's document in one language."""

    def __init__(self, language: str) -> None:
        self._language, self._words = language, Wording(language)

    def facts(self, pack: RulePack) -> Facts:
        """Return what the pack is."""
        rows = {
            "level": message(f"rulebook.level.{pack.level.value}").text(self._language),
            "count": str(len(pack.rules)),
            "samples": str(sum(len(rule.samples) for rule in pack.rules)),
            "fingerprint": pack.fingerprint[:FINGERPRINT_DIGITS],
        }
        return Facts(tuple((self._say(name), Cell(text)) for name, text in rows.items()))

    def rule(self, rule: Rule) -> Iterator[Block]:
        """Yield the section of one rule."""
        words, verdict = self._words, rule.verdict.value
        yield Heading(f"{rule.id} {words.spoken(dict(rule.title))}", level=1, anchor=rule.id)
        rows = {
            "verdict": Cell(words.verdict(verdict), tone=tone_of(verdict)),
            "layers": Cell(words.words("role", (*rule.roles, *rule.layers))),
            "condition": Cell(say_condition(rule).text(self._language)),
            "projects": Cell(say_projects(rule.projects).text(self._language)),
            "replaces": Cell(words.listed(rule.replaces)),
            "advice": Cell(words.spoken(dict(rule.advice))),
            "samples": Cell(str(len(rule.samples))),
        }
        yield Facts(tuple((self._say(name), cell) for name, cell in rows.items() if cell.text))
        yield Table(
            columns=(
                TableColumn(self._say("basis"), 2),
                TableColumn(self._say("in_force"), 2),
                TableColumn(self._say("text"), 5),
            ),
            rows=tuple(self._basis(basis) for basis in rule.basis),
            empty=self._say("no_basis"),
        )

    def _basis(self, basis: LegalBasis) -> tuple[Cell, ...]:
        note = "" if basis.verified else self._say("unverified")
        period = say_period(basis).text(self._language)
        return Cell(basis.citation, note), Cell(period), Cell(basis.text or "–")

    def _say(self, name: str) -> str:
        return message(f"rulebook.{name}").text(self._language)
