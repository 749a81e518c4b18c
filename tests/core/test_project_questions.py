# SPDX-License-Identifier: GPL-2.0-or-later
"""What a form asks of a project is what the rules in use ask, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eco_onemap.core.law.project_questions import ProjectQuestions, find_questions
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.layers.catalogue import AccessListEntry, read_catalogue
from eco_onemap.core.sites.site_facts import NATURES
from eco_onemap.core.zoning.loading import find_clauses
from eco_onemap.paths import resource, sample
from eco_onemap.readers.files import FileLayers

RULE = """\
pack: mine
version: "1"
jurisdiction: here
language: en
rules:
  - id: M1
    title: {en: Own rule}
    roles: [wetland]
    relation: overlaps
    verdict: study
    projects:
      any: [peat, mining]
      all: ["new|expand", "!water_supply"]
      planned_use: [industrial]
    basis: [{law: Own, article: "1", text: No.}]
"""


@pytest.fixture(scope="module")
def national() -> RulePack:
    return read_pack(resource("rules", "cn-national.yaml"))


def own(folder: Path) -> RulePack:
    (folder / "mine.yaml").write_text(RULE, encoding="utf-8")
    return read_pack(folder / "mine.yaml")


def tags_of(questions: ProjectQuestions) -> list[str]:
    return [tag for group in questions.groups for tag in group.tags]


def test_a_rule_asks_what_its_filter_names(tmp_path):
    questions = find_questions([own(tmp_path)])
    assert questions.fields == {"nature", "planned_use"}  # new|expand is asked as the nature
    assert [(group.titles.get("en"), group.tags) for group in questions.groups] == [
        ("What is built", ("mining",)),
        ("Other", ("peat",)),  # a tag of one's own pack
        (None, ("water_supply", "intake")),  # with the kinds that imply it
    ]
    assert questions.count == 6


def test_every_tag_of_the_national_pack_is_asked_once(national):
    questions = find_questions([national])
    asked = {name for rule in national.rules for name in rule.asks}
    found = tags_of(questions)
    assert len(found) == len(set(found))
    assert asked - set(NATURES) - {"stage", "planned_use", "industry"} <= set(found)
    assert "other" not in {group.general for group in questions.groups}
    assert questions.fields == {"nature", "stage", "planned_use"}


def test_rules_on_layers_that_the_map_lacks_ask_nothing(national):
    city = read_catalogue(sample("onemap.yaml"))
    only = replace(
        city,
        layers=tuple(each for each in city.layers if each.role == "nofuel"),
        access_lists=(),
    )
    assert only.layers
    few = find_questions([national], only)
    assert "high_pollution_fuel" in tags_of(few)
    assert "tailings" not in tags_of(few)
    assert few.count < find_questions([national], city).count / 2


def test_access_lists_ask_for_the_industry(national):
    city = read_catalogue(sample("onemap.yaml"))
    with_lists = replace(city, access_lists=city.access_lists or (object(),))
    assert "industry" in find_questions([national], with_lists).fields
    assert "industry" not in find_questions([national], replace(city, access_lists=())).fields


def test_clauses_of_access_lists_ask_for_what_only_they_name(tmp_path, national):
    """A list whose clauses name an activity of its own, and one that is in force no more."""
    (tmp_path / "list.csv").write_text(
        "list_id,level,scope_code,dimension,clause_text,restrict_type,activities,effective_to\n"
        "Q1,省,990000,空间布局约束,禁止养殖。,禁止,ranching,\n"
        "Q2,省,990000,空间布局约束,禁止采石。,禁止,quarrying,2020-12-31\n",
        encoding="utf-8",
    )
    entry = AccessListEntry(id="own", source=str(tmp_path / "list.csv"))
    lost = AccessListEntry(id="lost", source=str(tmp_path / "gone.csv"))
    city = replace(read_catalogue(sample("onemap.yaml")), access_lists=(entry, lost))
    clauses = find_clauses(city, FileLayers(), date(2026, 9, 1))
    assert [clause.clause_id for clause in clauses] == ["Q1"]
    plain, asked = find_questions([national], city), find_questions([national], city, clauses)
    assert set(tags_of(asked)) - set(tags_of(plain)) == {"ranching"}
    assert asked.fields == plain.fields
