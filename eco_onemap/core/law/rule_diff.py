# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares two versions of a rule pack, rule by rule, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from eco_onemap.core.law.rule_words import say_condition, say_projects
from eco_onemap.core.law.rules import Rule, RulePack
from eco_onemap.core.law.stacking import is_as_strict
from eco_onemap.core.results.wording import say_period


class Effect(Enum):
    """What a change does to what the rule says."""

    ADDED = "added"
    REMOVED = "removed"
    STRICTER = "stricter"
    LOOSER = "looser"
    OTHER = "other"
    SAME = "same"


@dataclass(frozen=True)
class Difference:
    """One part of a rule that differs: *part* is empty for a rule that came or went."""

    rule: str
    effect: Effect
    part: str
    before: str
    after: str


def compare_packs(old: RulePack, new: RulePack, language: str, day: date) -> list[Difference]:
    """Return what differs, in the order of the new pack, then what is gone.

    Stricter and looser are judged on *day*; ``other`` is a change that is neither for sure, or
    both, and ``same`` one that leaves the verdicts as they are.
    """
    before = {rule.id: rule for rule in old.rules}
    after = {rule.id: rule for rule in new.rules}
    found: list[Difference] = []
    for rule_id, rule in after.items():
        if rule_id not in before:
            found.append(Difference(rule_id, Effect.ADDED, "", "", _title(rule, language)))
        else:
            found += _differences(before[rule_id], rule, language, day)
    gone = [rule for rule_id, rule in before.items() if rule_id not in after]
    found += [Difference(r.id, Effect.REMOVED, "", _title(r, language), "") for r in gone]
    return found


def _differences(old: Rule, new: Rule, language: str, day: date) -> Iterator[Difference]:
    before, after = _parts(old, language), _parts(new, language)
    effect = _effect(old, new, day)
    for part, text in after.items():
        if before[part] != text:
            yield Difference(new.id, effect, part, before[part], text)


def _effect(old: Rule, new: Rule, day: date) -> Effect:
    up, down = is_as_strict(new, old, day), is_as_strict(old, new, day)
    if up and down:
        return Effect.SAME
    if up:
        return Effect.STRICTER
    return Effect.LOOSER if down else Effect.OTHER


def _title(rule: Rule, language: str) -> str:
    return rule.title.get(language) or next(iter(rule.title.values()))


def _parts(rule: Rule, language: str) -> dict[str, str]:
    """Return the parts of a rule as texts, by name."""
    basis = [
        f"{basis.citation} {say_period(basis).text(language)}"
        f"{'' if basis.verified else ' ?'}: {basis.text}"
        for basis in rule.basis
    ]
    return {
        "title": " / ".join(rule.title.values()),
        "layers": ", ".join((*rule.roles, *rule.layers)),
        "condition": say_condition(rule).text(language),
        "projects": say_projects(rule.projects).text(language),
        "verdict": rule.verdict.value,
        "basis": "; ".join(basis),
        "advice": " / ".join(rule.advice.values()),
        "replaces": ", ".join(rule.replaces),
        "samples": str(len(rule.samples)),
    }
