# SPDX-License-Identifier: GPL-2.0-or-later
"""Tells which sides of a rule no sample shows: of thresholds, attributes, filters and days.

A part of a rule is shown from both sides by a sample in which it holds and the rule speaks, and one
in which that part alone fails and the rule is silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from eco_onemap.core.law.answering import Answering
from eco_onemap.core.law.conditions import NO, UNKNOWN, YES, evaluate_projects, evaluate_where
from eco_onemap.core.law.judgement import measured_value, passes_threshold
from eco_onemap.core.law.rule_samples import sample_day, sample_facts
from eco_onemap.core.law.rules import ProjectFilter, Rule
from eco_onemap.core.law.sample_world import build_measurement
from eco_onemap.core.law.when import Ask, Question, questions
from eco_onemap.core.messages import Message, message
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict


@dataclass(frozen=True)
class _Shown:
    """What one sample shows: the answer of each part of the rule, and what the rule says.

    cites: whether the sample states the law in force.
    """

    parts: Mapping[str, int]
    expected: str
    cites: bool
    day: date

    @property
    def speaks(self) -> bool:
        """Whether the rule says something."""
        return self.expected != Verdict.CLEAR.value

    def holds_but(self, part: str) -> bool:
        """Return whether every other part holds."""
        return all(answer == YES for name, answer in self.parts.items() if name != part)


def missing_samples(rule: Rule) -> list[Message]:
    """Return a sentence for each side of a part of *rule* that no sample shows."""
    shown = [_show(rule, sample) for sample in rule.samples]
    return [*_missing_sides(rule, shown), *_missing_days(rule, shown)]


def _missing_sides(rule: Rule, shown: list[_Shown]) -> Iterator[Message]:
    if not any(one.speaks for one in shown):
        yield message("complete.never_speaks", rule=rule.id)
    if all(one.speaks for one in shown):
        yield message("complete.never_silent", rule=rule.id)
    apart = rule.when is None
    for part in dict.fromkeys(name for one in shown for name in one.parts):
        held = any(one.parts[part] == YES and (one.speaks or not apart) for one in shown)
        failed = any(
            one.parts[part] == NO and (not apart or (one.holds_but(part) and not one.speaks))
            for one in shown
        )
        if not held:
            yield message("complete.never_holds", rule=rule.id, part=part)
        if not failed:
            yield message("complete.never_fails", rule=rule.id, part=part)


def _missing_days(rule: Rule, shown: list[_Shown]) -> Iterator[Message]:
    """Yield each day on which the law changes that is not sampled on both sides.

    Where the verdict is the same on both, as it is of rules that say ``study`` with law and
    without, samples show the change only by what they cite.
    """
    for day in rule.change_days:
        sides = (day - timedelta(days=1), day)
        said = [[one for one in shown if one.speaks and one.day == side] for side in sides]
        before, after = ({one.expected for one in some} for some in said)
        for side, some in zip(sides, said, strict=True):
            if not some:
                yield message("complete.day", rule=rule.id, day=side.isoformat())
            elif before == after and not any(one.cites for one in some):
                yield message("complete.cites", rule=rule.id, day=side.isoformat())


def _show(rule: Rule, sample: Mapping[str, Any]) -> _Shown:
    day = sample_day(rule, sample)
    parts = _plain_parts(rule, sample, day) if rule.when is None else _tree_parts(rule, sample, day)
    parts |= _project_parts(rule.projects, sample)
    return _Shown(parts, sample["expect"], sample.get("cites") is not None, day)


def _plain_parts(rule: Rule, sample: Mapping[str, Any], day: date) -> dict[str, int]:
    columns = {name: np.array([v], dtype=object) for name, v in sample["attributes"].items()}
    parts = {}
    for name, written in rule.where.items():
        matches, unknown = evaluate_where({name: written}, columns, day, count=1)
        parts[f"where.{name}"] = UNKNOWN if unknown[0] else int(matches[0])
    value = measured_value(rule, sample["measurement"])
    passed = UNKNOWN if value is None else int(passes_threshold(rule, value))
    return {**parts, f"threshold.{rule.measure.value}": passed}


def _tree_parts(rule: Rule, sample: Mapping[str, Any], day: date) -> dict[str, int]:
    facts = [sample_facts(sample)]
    answering = Answering(rule, build_measurement(rule, sample), facts, Options(as_of=day))
    return {
        name: int(answering.read(asked).answers[0])
        for question in questions(rule.when)
        for name, asked in _bounds(question)
    }


def _bounds(question: Question) -> Iterator[tuple[str, Question]]:
    """Yield the question once for each bound of its limit, by its place in the rule."""
    place = question.place.partition("when")[2].lstrip(".") or "when"
    limit = question.limit
    if limit is None or len(limit.bounds) == 1 or question.ask is Ask.OVERLAP:
        yield place, question
        return
    for bound in limit.bounds:
        one = replace(limit, bounds=(bound,))
        yield f"{place}.{bound[0].value}", replace(question, limit=one)


def _project_parts(projects: ProjectFilter, sample: Mapping[str, Any]) -> dict[str, int]:
    single = {f"projects.all.{item}": ProjectFilter(all_tags=(item,)) for item in projects.all_tags}
    single |= {
        "projects.any": ProjectFilter(any_tags=projects.any_tags),
        "projects.none": ProjectFilter(none_tags=projects.none_tags),
        "projects.stage": ProjectFilter(stages=projects.stages),
        "projects.planned_use": ProjectFilter(planned_uses=projects.planned_uses),
        "projects.industry": ProjectFilter(industries=projects.industries),
    }
    facts = [sample_facts(sample)]
    return {
        name: int(evaluate_projects(part, facts)[0])
        for name, part in single.items()
        if part != ProjectFilter()
    }
