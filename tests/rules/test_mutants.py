# SPDX-License-Identifier: GPL-2.0-or-later
"""Samples fix every part of a rule: whatever is changed in one, a sample of it comes out wrong.

For each rule of the national pack and of the sample city each attribute, filter, threshold, date,
verdict and mark of verification is changed in turn; a change that all samples survive would be a
part that no sample shows.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from eco_onemap.core.law.judgement import strongest_verdict
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.law.rule_samples import check_samples
from eco_onemap.core.law.rules import ProjectFilter, Relation
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.paths import resource, sample

PACK = read_pack(resource("rules", "cn-national.yaml"))
CITY = read_pack(sample("rules-haiwan.yaml"))
EVERY = [pytest.param(rule, id=rule.id) for rule in (*PACK.rules, *CITY.rules)]
DAY = timedelta(days=1)
VERDICTS = (Verdict.PROHIBITED, Verdict.RESTRICTED, Verdict.STUDY)


def failed_samples(rule):
    return check_samples(replace(PACK, rules=(rule,)))


def without(items, item):
    return tuple(one for one in items if one != item)


def changed_filters(projects: ProjectFilter):
    """Filters that let through other projects, each with what was changed."""
    for item in projects.all_tags:
        yield f"all {item}", replace(projects, all_tags=without(projects.all_tags, item))
    for name in ("any_tags", "none_tags", "stages", "planned_uses", "industries"):
        if getattr(projects, name):
            yield name, replace(projects, **{name: ()})


def changed_bases(rule):
    """Bases in force a day longer or shorter, or with the other mark of verification."""
    for number, basis in enumerate(rule.basis):
        for name in ("effective_from", "effective_to"):
            day = getattr(basis, name)
            for by in (-DAY, DAY) if day else ():
                moved = replace(basis, **{name: day + by})
                yield f"basis {number} {name} {by.days:+}", number, moved
        if rule.verdict is not Verdict.STUDY:
            yield f"basis {number} verified", number, replace(basis, verified=not basis.verified)


def mutants(rule):
    """The rule with one part changed, each with what was changed."""
    for name in rule.where:
        yield (
            f"where {name}",
            replace(rule, where={key: value for key, value in rule.where.items() if key != name}),
        )
    for what, projects in changed_filters(rule.projects):
        yield what, replace(rule, projects=projects)
    if rule.when is None:
        near = rule.relation is Relation.WITHIN_DISTANCE
        yield "always", replace(rule, threshold=math.inf if near else -1.0)
        yield "never", replace(rule, threshold=-1.0 if near else math.inf)
    for verdict in VERDICTS:
        mutant = replace(rule, verdict=verdict)
        if differs(rule, mutant):
            yield verdict.value, mutant


def differs(rule, mutant):
    """Whether the law makes one of them say something else on a day around a change of law.

    What is not verified says study whatever its verdict; its dates show in what is cited.
    """
    days = {day + by for one in (rule, mutant) for day in one.change_days for by in (-DAY, 0 * DAY)}
    return any(strongest_verdict(rule, day) != strongest_verdict(mutant, day) for day in days)


@pytest.mark.parametrize("rule", EVERY)
def test_no_part_can_change_unseen(rule):
    assert failed_samples(rule) == []
    assert [what for what, mutant in mutants(rule) if not failed_samples(mutant)] == []


@pytest.mark.parametrize("rule", EVERY)
def test_no_date_can_change_unseen(rule):
    unseen = []
    for what, number, basis in changed_bases(rule):
        bases = (*rule.basis[:number], basis, *rule.basis[number + 1 :])
        mutant = replace(rule, basis=bases)
        told = not what.endswith("verified") or differs(rule, mutant)
        if told and not failed_samples(mutant):
            unseen.append(what)
    assert unseen == []
