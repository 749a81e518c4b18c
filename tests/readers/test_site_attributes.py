# SPDX-License-Identifier: GPL-2.0-or-later
"""What columns say of projects: natures, industries, yes and no, mapped fields."""

from __future__ import annotations

import numpy as np
import pytest

from eco_onemap.core.errors import OptionError, SiteError
from eco_onemap.core.sites.site_facts import NATURES, build_details, build_facts
from eco_onemap.readers.sites.attributes import (
    NATURES as NATURE_WORDS,
)
from eco_onemap.readers.sites.attributes import (
    check_fields,
    site_columns,
    stated_facts,
)


def column(*values):
    return np.array(values, dtype=object)


def facts_of(stated=None, **columns):
    found, notes = site_columns({name: column(value) for name, value in columns.items()})
    (facts,) = build_facts(found, 1, stated or {})
    return facts, [note.key for note in notes]


@pytest.mark.parametrize(
    ("text", "natures"),
    [
        ("新建", {"new"}), ("新建项目", {"new"}), ("改建", {"rebuild"}), ("扩建", {"expand"}),
        ("改扩建", {"rebuild", "expand"}), ("新建、扩建", {"new", "expand"}),
        ("技改", {"technical_upgrade"}), ("技术改造", {"technical_upgrade"}),
        ("迁建", {"relocate"}),
        ("rebuild", {"rebuild"}), ("New", {"new"}),
    ],
)  # fmt: skip
def test_a_nature_is_a_tag_and_denies_the_others(text, natures):
    facts, notes = facts_of(建设性质=text)
    assert facts.tags == natures
    assert facts.not_tags == set(NATURES) - natures
    assert set(facts.nature.split(",")) == natures
    assert notes == []


@pytest.mark.parametrize("text", ["", "爆破", "?"])
def test_an_unknown_nature_denies_nothing(text):
    facts, notes = facts_of(建设性质=text)
    assert (facts.nature, facts.tags, facts.not_tags) == ("", frozenset(), frozenset())
    assert notes == (["site_file.note_unknown_nature"] if text else [])


def test_stated_tags_go_before_the_denials_of_a_nature():
    # a file may well say both: expansion of a plant that a new workshop belongs to
    facts, _ = facts_of(nature="expand", tags="new,chemical")
    assert facts.tags == {"new", "chemical", "expand"}
    assert "new" not in facts.not_tags


@pytest.mark.parametrize(
    ("text", "tags", "denied", "notes"),
    [
        ("是", {"discharges_pollutants"}, set(), []),
        ("无", set(), {"discharges_pollutants"}, []),
        ("TRUE", {"discharges_pollutants"}, set(), []),
        ("", set(), set(), []),
        ("待定", set(), set(), ["site_file.note_no_answer"]),
    ],
)
def test_yes_and_no(text, tags, denied, notes):
    facts, said = facts_of(是否排污=text)
    assert (facts.tags, facts.not_tags, said) == (tags, denied, notes)


def test_answers_join_the_tags_that_stand_in_their_column():
    facts, _ = facts_of(tags="new", not_tags="mining", 设排污口="否", 危险物质="有")
    assert facts.tags == {"new", "hazardous_substances"}
    assert facts.not_tags == {"mining", "outfall"}


@pytest.mark.parametrize(
    ("text", "code", "notes"),
    [
        ("2614", "C2614", []), ("C26", "C26", []), ("有机化学原料制造", "C2614", []),
        ("C2614 有机化学原料制造", "C2614", []), ("化工", "", ["site_file.note_unknown_industry"]),
        ("C2699", "", ["site_file.note_unknown_industry"]),
    ],
)  # fmt: skip
def test_industries(text, code, notes):
    facts, said = facts_of(行业代码=text)
    assert (facts.industry, said) == (code, notes)


def test_what_the_user_states_fills_what_the_file_leaves_open():
    found, _ = site_columns({"stage": column("", "规划"), "建设单位": column("甲公司", None)})
    stated = stated_facts({"stage": "选址", "developer": "乙公司", "nature": "新建"})
    first, second = build_facts(found, 2, stated)
    assert (first.stage, second.stage) == ("siting", "planning")
    assert first.nature == second.nature == "new"
    assert build_details(found, 2, stated)["developer"].tolist() == ["甲公司", "乙公司"]


@pytest.mark.parametrize("fact", [{"stage": "明天"}, {"nature": "爆破"}, {"industry": "化工"}])
def test_what_the_user_states_must_be_a_term_of_the_rules(fact):
    with pytest.raises(OptionError) as refusal:
        stated_facts(fact)
    assert refusal.value.message.text("zh")


def test_a_mapped_column_goes_before_a_usual_name():
    columns = {"stage": column("规划"), "JD": column("收储"), "MJ": column(2.5)}
    found, _ = site_columns(columns, {"stage": "JD", "declared_area_m2": "MJ"})
    assert found["stage"].tolist() == ["acquisition"]
    assert found["declared_area_m2"].tolist() == [2.5]
    with pytest.raises(SiteError):
        check_fields("a.gpkg", "plan", columns, {"stage": "ZT"})


def test_sites_with_the_same_facts_share_them():
    # many sites have few kinds of projects: rules are asked once for each kind
    found, _ = site_columns({"tags": column(*["new", "mining"] * 500)})
    facts = build_facts(found, 1000, {})
    assert len({id(one) for one in facts}) == 2


def test_every_word_for_a_nature_is_one_that_rules_know():
    assert set(NATURE_WORDS.values()) == set(NATURES)


def test_chainages_and_directions_of_lines_are_read_line_by_line():
    found, notes = site_columns(
        {
            "起点桩号": column("K12+340", "12340", "", "十二公里"),
            "方向": column("反向", "正向", None, "东西向"),
        }
    )
    assert found["start_chainage"].tolist() == ["K12+340", "12340", "", ""]
    assert found["chainage_direction"].tolist() == ["reversed", "as_drawn", "", ""]
    assert ["十二公里" in note.text("zh") for note in notes] == [True, False]
    assert ["东西向" in note.text("zh") for note in notes] == [False, True]
