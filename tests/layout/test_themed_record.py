# SPDX-License-Identifier: GPL-2.0-or-later
"""Sheets of one theme: which there are, and what is said on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eco_onemap.core.errors import LayerError
from eco_onemap.core.law.overrides import Override, Overrides
from eco_onemap.core.law.rules import LegalBasis
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.describe import describe_sheet
from eco_onemap.layout.ground import describe_ground
from eco_onemap.layout.imprint import Imprint
from eco_onemap.layout.layer_rows import concerning_rows
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import site_record
from eco_onemap.layout.sheet import SheetContent
from eco_onemap.layout.subjects import (
    BACKGROUND_ROLES,
    OVERVIEW,
    RISK,
    SubjectKind,
    subject_named,
    subjects,
)
from eco_onemap.layout.themed_record import about, themes_concerned
from tests.core.worlds import DAY, check, entry, rect, rule, sites, table
from tests.layout.sheets import A4

LAW = LegalBasis("生态环境法典", "319", effective_from=date(2026, 8, 15), verified=True)
OPTIONS = Options(as_of=DAY, rings_m=(500.0,))
THEMES = [subject for subject in subjects() if subject.kind is SubjectKind.THEME]


def feature(x, y, width, height, name="东溪"):
    return table([rect(x, y, width, height)], id=[name], name=[name], level=["1"])


def record(language="zh", options=OPTIONS):
    """A site of 400 m × 300 m.

    A quarter lies in a drinking-water zone (prohibited); red line 100 m east; farmland 2 km east;
    a wetland that could not be read; a school on the site, of which no rule speaks.
    """
    layers = [
        (entry("zones"), feature(0, 0, 200, 150)),
        (entry("redline", "eco_redline"), feature(500, 0, 10, 10, "北山")),
        (entry("farmland", "pbf"), feature(2400, 0, 10, 10)),
        (entry("wetland", "wetland"), LayerError("layer.failed", layer="wetland", cause="gone")),
        (entry("schools", "sensitive"), feature(300, 200, 20, 20, "一小")),
    ]
    w1 = rule("W1", basis=(LAW,), roles=("drinking_zone",))
    n1 = rule("N1", basis=(LAW,), roles=("eco_redline",))
    k1 = rule("K1", basis=(LAW,), roles=("karst_area",))
    assessment = check(sites(rect(0, 0, 400, 300)), layers, w1, n1, k1, options=options)
    return site_record(assessment, "s1", language)


def sheet(name, language="zh"):
    plan = SheetPlan(subject_named(name), imprint=Imprint("某院", made_on=date(2026, 11, 29)))
    told = about(record(language), plan.subject)
    return describe_sheet(told, describe_ground(told, A4), SheetContent(), plan)


def test_a_series_begins_with_the_overview_and_ends_with_all_together():
    assert subjects()[0] is OVERVIEW
    assert subjects()[-1] is RISK
    assert len(THEMES) == len(subjects()) - 2


@pytest.mark.parametrize(
    "role", ["eco_redline", "pbf", "sea_risk", "sensitive", "own_role", "road"]
)
def test_every_role_stands_on_one_themes_sheet(role):
    assert len([theme for theme in THEMES if theme.concerns(role)]) == 1


def test_administrative_areas_are_behind_every_theme_and_no_theme_of_their_own():
    for role in BACKGROUND_ROLES:
        assert not any(theme.concerns(role) for theme in THEMES)
        assert all(theme.shows(role) for theme in THEMES)


def test_themes_met_near_or_unknown_get_a_sheet():
    found = [theme.name for theme in themes_concerned(record())]
    assert found == ["redline", "nature", "water", "targets"]  # farmland is beyond the rings


def test_titles_follow_the_grammar():
    assert sheet("redline").title == "Site 1项目与生态保护红线位置关系图"
    assert sheet("redline", "en").title == (
        "Site 1 in relation to the ecological protection red line"
    )


@pytest.mark.parametrize(
    ("name", "verdict", "words"),
    [
        ("water", Verdict.PROHIBITED, ["W1", "东溪"]),
        ("redline", Verdict.CLEAR, ["未占用生态保护红线", "最近的为Redline", "99.9"]),
        ("nature", Verdict.NO_DATA, ["Wetland", "未能载入"]),
        ("targets", Verdict.CLEAR, ["项目涉及Schools"]),
        ("sea", Verdict.NO_DATA, ["没有海岸带和海域的图层"]),
    ],
)
def test_a_theme_has_a_verdict_and_a_reason_of_its_own(name, verdict, words):
    told = sheet(name)
    assert told.verdict is verdict
    assert [word for word in words if word not in told.reason] == []


def test_a_theme_never_passes_for_the_whole():
    told = sheet("redline")
    assert told.verdict_word == "生态保护红线：未发现冲突"
    assert "项目总体结论：禁止。" in told.reason
    assert "Overall verdict on the project: Prohibited." in sheet("redline", "en").reason
    assert sheet("water").verdict_word == "饮用水水源与地表水：禁止"
    assert "总体结论" not in sheet("water").reason  # it is the same
    assert sheet("risk").verdict_word == "禁止"


def test_a_theme_is_not_clear_where_one_of_its_rules_was_left_open():
    told = record()
    open_rule = {"site_id": "s1", "what": "rule:N1", "why": "在 500 米范围内未填图。"}
    opened = replace(told, gaps=(*told.gaps, open_rule))
    site = about(opened, subject_named("redline")).site
    assert (site["verdict"], site["reason"]) == ("no_data", "在 500 米范围内未填图。")
    assert about(opened, subject_named("targets")).site["verdict"] == "clear"


def test_where_the_site_itself_is_in_doubt_no_theme_is_clear():
    told = record()
    doubt = {"site_id": "s1", "what": "site", "why": "坐标来源不明。"}
    doubted = replace(told, gaps=(*told.gaps, doubt))
    site = about(doubted, subject_named("redline")).site
    assert (site["verdict"], site["reason"]) == ("study", "坐标来源不明。")


def test_the_law_is_that_of_the_themes_rule():
    assert "319" in sheet("water").basis
    assert sheet("redline").basis == ""


def test_the_table_has_the_themes_layers_only_near_or_far():
    assert [row.title for row in sheet("water").table] == ["Zones"]
    assert [row.title for row in sheet("land").table] == ["Farmland"]
    assert sheet("land").table[0].measure.startswith("距 1,999")


def test_gaps_are_counted_for_their_theme():
    told = record()
    counts = {theme.name: len(about(told, theme).gaps) for theme in THEMES}
    assert counts["water"] == 1  # the rule on karst has no layer
    assert counts["nature"] == 1  # the wetland
    assert counts["redline"] == counts["targets"] == 0


def test_each_feature_that_is_met_has_its_row():
    zones = table(
        [rect(0, 0, 200, 150), rect(200, 0, 100, 150)],
        id=["A", "B"],
        name=["东溪", "西溪"],
        level=["1", "2"],
    )
    w1 = rule("W1", basis=(LAW,), roles=("drinking_zone",), where={"level": "1"})
    assessment = check(sites(rect(0, 0, 400, 300)), [(entry("zones"), zones)], w1, options=OPTIONS)
    told = site_record(assessment, "s1", "zh")
    water = subject_named("water")
    ground = describe_ground(told, A4)
    rows = describe_sheet(about(told, water), ground, SheetContent(), SheetPlan(water)).table
    assert [(row.mark, row.feature) for row in rows] == [("禁", "东溪"), ("", "西溪")]
    assert rows[0].measure.startswith("2.9993")
    (total,) = describe_sheet(told, ground, SheetContent()).table
    assert total.measure.startswith("合计 4.4989")  # 3 ha and 1.5 ha of plane


def test_an_overview_lists_the_themes_with_their_verdicts():
    plan = SheetPlan(OVERVIEW)
    told = record()
    overview = describe_sheet(told, describe_ground(told, A4), SheetContent(), plan)
    assert overview.title == "Site 1项目地理位置图"
    assert overview.verdict is Verdict.PROHIBITED
    assert [(row.mark, row.title, row.feature) for row in overview.table] == [
        ("", "生态保护红线", "Redline"),
        ("缺", "自然保护地与湿地", "Wetland"),
        ("禁", "饮用水水源与地表水", "Zones"),
        ("", "环境敏感目标", "Schools"),
    ]


def test_the_risk_sheet_has_everything():
    told = record()
    assert about(told, RISK) is told
    assert len(sheet("risk").table) == len(concerning_rows(record())) == 4


def test_a_finding_that_was_set_aside_marks_no_row():
    (found,) = [row for row in record().findings if row["rule_id"] == "W1"]
    aside = Override(
        site="s1",
        rule="W1",
        layer="zones",
        feature=found["feature_id"],
        verdict=Verdict.PROHIBITED,
        print=found["print"],
        reason="已撤销",
        author="王工",
        date=date(2026, 11, 20),
    )
    options = Options(as_of=DAY, rings_m=(500.0,), overrides=Overrides((aside,)))
    again = about(record(options=options), subject_named("water"))
    assert again.layer_verdict("zones") is None
    assert again.site["verdict"] == "clear"


def test_the_imprint_says_who_and_when():
    fields = {field.label: field.text for field in sheet("water").imprint}
    assert fields == {"制图单位": "某院", "制图人": "", "制图日期": "2026-11-29", "审图号": ""}
