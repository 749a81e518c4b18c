# SPDX-License-Identifier: GPL-2.0-or-later
"""Explanations tell the operands: layer version, condition, measure, facts, law, verdict."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from eco_onemap.core.law.rules import LegalBasis, Measure, ProjectFilter
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict

from .trees import tree
from .worlds import DAY, check, entry, numbered, rect, rule, sites

BARE = Options(as_of=DAY, rings_m=())
YARD = rect(0, 0, 100, 100)
LAW = LegalBasis("Law", "9", effective_from=date(2020, 5, 1), text="…", verified=True)
RULE = rule(
    "R",
    where={"level": "1"},
    measure=Measure.AREA,
    threshold=100.0,
    projects=ProjectFilter(all_tags=("chemical",), none_tags=("water_supply",), stages=("siting",)),
    basis=(LAW,),
    origin="pack 7",
)


def explanations(asked=RULE, features=None, options=BARE, language="en", **facts):
    layer = entry(version="2024", fields={"id": "id", "name": "name", "level": "level"})
    features = features or numbered(rect(0, 0, 50, 100))
    result = check(sites(YARD, **facts), [(layer, features)], asked, options=options)
    assert language == "en"
    return result.finding["explanation"].tolist()


def test_every_step_is_told_with_its_operands():
    (told,) = explanations(tags=["chemical"], stage=["siting"])
    layer, asked, measured, project, law, verdict = told.split("\n")
    assert layer.startswith("Layer: Zones (version 2024, source zones.gpkg, content 000000000000")
    assert "Rule R, Rule R (pack 7): the site overlaps a feature with level = 1" in asked
    assert "(area_m2 > 100 m²)" in asked
    assert "For: each of chemical; unless water_supply; stage siting." in asked
    assert measured.startswith("Measured: f1 [level: 1] – 4,99")
    assert "over the limit of 100 area_m2" in measured
    assert project == "Project: chemical: yes; water_supply: not stated; stage: siting."
    assert law == "Law on 2026-11-23: 《Law》第9条 (in force since 2020-05-01)."
    assert verdict == "Verdict: prohibited."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "facts do not tell whether the rule is for this project"),
        ({}, "needs further study, not prohibited: facts or attributes"),
        ({"features": numbered(rect(0, 0, 50, 100), level=[None])}, "[level: –]"),
        ({"features": numbered(rect(0, 0, 50, 100), level=[None])}, "attributes do not tell"),
        ({"features": numbered(rect(-9, 0, 9.05, 100), level=["1"])}, "is a sliver"),
        ({"features": numbered(rect(-9, 0, 9.05, 100), level=["1"])}, "digitising error"),
        ({"options": dataclasses.replace(BARE, as_of=date(2020, 4, 30))}, "no verified law"),
    ],
)
def test_what_lowers_a_verdict_is_told(change, said):
    asked = dataclasses.replace(RULE, threshold=0.0)
    facts = {} if "facts" in said else {"tags": ["chemical"], "stage": ["siting"]}
    (told,) = explanations(asked, **change, **facts)
    assert said in told


def test_tags_of_the_run_count_as_stated():
    options = dataclasses.replace(BARE, tags=frozenset({"chemical"}))
    (told,) = explanations(options=options, stage=["siting"], not_tags=["water_supply"])
    assert "chemical: yes; water_supply: no; stage: siting." in told


def test_trees_are_told_in_words():
    when = tree(
        "{all: [{any: [{together: {where: {level: ['1', '2']}, share_pct: {ge: 30, lt: 90}}},"
        "{near: {distance_m: 1500}}]}, {not: {project: {any: [water_supply]}}}]}"
    )
    asked = rule("T", Verdict.STUDY, when=when)
    (told,) = explanations(asked, not_tags=["water_supply"])
    assert (
        "all of [any of [features with level one of 1, 2 together overlap the site "
        "(share_pct ≥ 30 %, share_pct < 90 %); a feature lies within 1,500 m of the site]; "
        "not [one of water_supply]]"
    ) in told
    assert "Measured: f1 [level: 1] – 5" in told
    assert "water_supply: no" in told


def test_many_sites_are_explained_when_asked_for():
    few = dataclasses.replace(BARE, explain_sites=0)
    assert explanations(options=few, tags=["chemical"], stage=["siting"]) == [""]
