# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the samples of a rule pack: one situation each, judged as the check judges it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from eco_onemap.core.law.conditions import evaluate_projects, evaluate_where
from eco_onemap.core.law.findings import apply_rule
from eco_onemap.core.law.judgement import judge, measured_value
from eco_onemap.core.law.rules import Rule, RulePack
from eco_onemap.core.law.sample_world import build_measurement
from eco_onemap.core.messages import Message, message
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteFacts
from eco_onemap.core.vocabulary import Verdict, worst


@dataclass(frozen=True)
class SampleFailure:
    """A sample that came out otherwise than the pack expects; *number* counts from 1."""

    rule_id: str
    number: int
    expected: str
    found: str

    @property
    def message(self) -> Message:
        """The failure in one sentence."""
        return message(
            "rule.sample_failed",
            rule=self.rule_id,
            number=self.number,
            expected=self.expected,
            found=self.found,
        )


def check_samples(pack: RulePack) -> list[SampleFailure]:
    """Return the samples of *pack* that fail."""
    failures = []
    for rule in pack.rules:
        for number, sample in enumerate(rule.samples, start=1):
            day = sample_day(rule, sample)
            expected = _in_words(sample["expect"], sample.get("cites"))
            stated = sample.get("cites") is not None
            cited = [basis.citation for basis in rule.basis_in_force(day)] if stated else None
            found = _in_words(judge_sample(rule, sample, day).value, cited)
            if found != expected:
                failures.append(SampleFailure(rule.id, number, expected, found))
    return failures


def sample_day(rule: Rule, sample: Mapping[str, Any]) -> date:
    """Return the assessment date of a sample.

    One without ``as_of`` is judged on the day on which the rule's newest law begins, so that it
    comes out the same whenever it is run; today where the rule cites no day.
    """
    begins = [basis.effective_from for basis in rule.basis if basis.effective_from]
    day: date = sample.get("as_of") or max(begins, default=date.today())
    return day


def sample_facts(sample: Mapping[str, Any]) -> SiteFacts:
    """Return what a sample states of the project."""
    return SiteFacts(
        tags=frozenset(sample.get("tags", ())),
        not_tags=frozenset(sample.get("not_tags", ())),
        stage=sample.get("stage", ""),
        planned_use=sample.get("planned_use", ""),
        industry=sample.get("industry", ""),
    )


def judge_sample(rule: Rule, sample: Mapping[str, Any], day: date) -> Verdict:
    """Return what *rule* says of the situation in *sample* on *day*, ``clear`` for nothing.

    An attribute that the sample does not name is missing from the layer; null is an empty value.
    """
    facts = sample_facts(sample)
    if rule.when is not None:
        found = apply_rule(rule, build_measurement(rule, sample), [facts], Options(as_of=day))
        return worst(found.severity)
    attributes = {
        name: np.array([value], dtype=object)
        for name, value in sample.get("attributes", {}).items()
    }
    matches, unknown = evaluate_where(rule.where, attributes, day, count=1)
    matched = None if unknown[0] else bool(matches[0])
    applies = int(evaluate_projects(rule.projects, [facts])[0])
    measured = measured_value(rule, sample["measurement"])
    return judge(rule, matched, applies, measured, day) or Verdict.CLEAR


def _in_words(verdict: str, cited: Collection[str] | None) -> str:
    """Return a verdict with the citations that stand beside it, for comparison and for reading.

    cited: empty where no law is in force; None where the sample does not say what is cited.
    """
    if cited is None:
        return verdict
    return f"{verdict} [{'; '.join(sorted(cited)) or '–'}]"
