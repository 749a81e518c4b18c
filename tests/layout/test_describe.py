# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of a sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import shapely

from eco_onemap.core.errors import LayerError
from eco_onemap.core.law.rules import LegalBasis
from eco_onemap.core.layers.catalogue import Secrecy
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.describe import describe_sheet, metres_or_km
from eco_onemap.layout.ground import describe_ground
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import site_record
from eco_onemap.layout.sheet import LayerContent, NearestLine, SheetContent, Unmapped
from eco_onemap.layout.subjects import subject_named
from eco_onemap.layout.themed_record import about
from tests.core.worlds import DAY, check, entry, line, point, rect, rule, sites, table
from tests.layout.sheets import A4

LAW = LegalBasis("生态环境法典", "319", effective_from=date(2026, 8, 15), verified=True)
OPTIONS = Options(as_of=DAY, rings_m=(500.0,))


def world(title="海湾市一张图", secrecy=Secrecy.INTERNAL, **more):
    """A site of 400 m × 300 m: a quarter in a first-class zone, schools 100 m and 700 m east."""
    zones = table([rect(0, 0, 200, 150)], id=["Z"], name=["东溪"], level=["1"])
    near = table([rect(500, 0, 10, 10)], id=["A"], name=["一小"], level=[""])
    far = table([rect(1100, 0, 10, 10)], id=["B"], name=["二小"], level=[""])
    layers = [
        (entry("zones", secrecy=secrecy, version="2024", **more), zones),
        (entry("near", "sensitive", secrecy=Secrecy.PUBLIC), near),
        (entry("far", "sensitive", secrecy=Secrecy.PUBLIC), far),
        (entry("lost", "wetland"), LayerError("layer.failed", layer="lost", cause="gone")),
    ]
    w1 = rule("W1", basis=(LAW,), roles=("drinking_zone",))
    assessment = check(sites(rect(0, 0, 400, 300)), layers, w1, options=OPTIONS)
    return replace(assessment, catalogue=replace(assessment.catalogue, title=title))


def described(assessment, content=None, language="zh"):
    record = site_record(assessment, "s1", language)
    content = content or SheetContent((LayerContent("zones", {0: "一级"}, frozenset({0})),))
    return describe_sheet(record, describe_ground(record, A4), content)


def test_the_title_names_the_project_as_the_grammar_wants():
    named = world()
    assert described(named).title == "Site 1项目选址生态环境风险图"
    assert described(named, language="en").title == "Environmental risk map for siting: Site 1"


def test_verdict_reason_and_law_come_from_the_deciding_rule():
    sheet = described(world())
    assert sheet.verdict is Verdict.PROHIBITED
    assert sheet.verdict_word == "禁止"
    assert sheet.reason.startswith("W1 ")
    assert "东溪" in sheet.reason
    assert "《生态环境法典》第319条" in sheet.basis


def test_the_table_tells_what_is_met_unknown_and_near_in_this_order():
    rows = described(world()).table
    assert [row.title for row in rows] == ["Zones", "Lost", "Near"]
    assert rows[0].mark == "禁"
    assert rows[0].feature == "东溪"
    assert rows[0].measure.startswith("2.9993")
    assert "25.00" in rows[0].measure
    assert (rows[1].mark, rows[1].measure) == ("缺", "未能载入")
    assert rows[2].feature == "一小"
    assert rows[2].measure.startswith("距 99.9")  # 100 m of plane, 0.012 % less on ground


@pytest.mark.parametrize(
    ("language", "start"), [("zh", "2 处：砂河水源地"), ("en", "2 features: 砂河水源地")]
)
def test_how_many_features_are_met_stands_before_the_name_where_nothing_cuts_it(language, start):
    long_name = "砂河水源地二级保护区" * 4
    zones = table(
        [rect(0, 0, 200, 150), rect(200, 0, 100, 100)],
        id=["Z", "Y"],
        name=[long_name, "准保护区"],
        level=["1", "1"],
    )
    met = check(sites(rect(0, 0, 400, 300)), [(entry("zones"), zones)], options=OPTIONS)
    row = described(met, language=language).table[0]
    assert row.feature.startswith(start)


def test_a_layer_beyond_the_rings_concerns_nobody():
    assert "Far" not in [row.title for row in described(world()).table]


@pytest.mark.parametrize(
    ("secrecy", "mark"),
    [
        (Secrecy.PUBLIC, ""),
        (Secrecy.INTERNAL, "内部资料"),
        (Secrecy.SENSITIVE, "敏感数据"),
    ],
)
def test_the_most_secret_layer_on_the_sheet_gives_the_mark(secrecy, mark):
    content = SheetContent((LayerContent("zones", {0: ""}), LayerContent("near", {0: ""})))
    assert described(world(secrecy=secrecy), content).secrecy.startswith(mark)
    not_drawn = SheetContent((LayerContent("near", {0: ""}),))
    assert described(world(secrecy=secrecy), not_drawn).secrecy.startswith(mark)  # in the table
    targets = SheetPlan(subject_named("targets"))
    record = about(site_record(world(secrecy=secrecy), "s1", "zh"), targets.subject)
    ground = describe_ground(record, A4)
    assert describe_sheet(record, ground, not_drawn, targets).secrecy == ""


@pytest.mark.parametrize(
    ("title", "mark"), [("海湾市一张图(虚构数据)", "虚构数据"), ("厦门市一张图", "")]
)
def test_fiction_is_marked(title, mark):
    assert described(world(title)).fiction == mark


def test_the_crs_is_told_with_its_central_meridian():
    note = described(world()).crs_note
    assert "2000国家大地坐标系" in note
    assert "3度带 中央经线117°" in note
    assert "central meridian 117°" in described(world(), language="en").crs_note


def test_the_legend_has_only_what_is_on_the_sheet_in_its_group():
    content = SheetContent(
        layers=(
            LayerContent("zones", {0: "一级", 2: "准保护区"}, frozenset({0})),
            LayerContent("near", {0: ""}),
        ),
        nearest=(NearestLine("near", "Near 99.97 m", shapely.LineString([(0, 0), (1, 1)])),),
    )
    analysis, on_site, also = described(world(), content).legend
    sources = [entry.source for entry in analysis.entries]
    assert sources == ["@site", "@overlap", "@rings", "@nearest"]
    assert [entry.text for entry in on_site.entries] == ["Zones 一级"]
    assert [(entry.text, entry.symbol) for entry in also.entries] == [
        ("Near", 0),
        ("Zones 准保护区", 2),
    ]


def test_class_names_are_translated():
    on_site = described(world(), language="en").legend[1]
    assert on_site.entries[0].text == "Zones first class"


def test_unmapped_ground_is_explained():
    ground = Unmapped(("Zones", "Near"), rect(0, 0, 1, 1))
    legend = described(world(), SheetContent(unmapped=(ground,))).legend
    assert "Zones、Near" in legend[0].entries[-1].text


def test_ground_outside_the_region_is_explained_apart():
    parts = (Unmapped((), rect(0, 0, 1, 1)), Unmapped(("Zones",), rect(2, 0, 1, 1)))
    told = described(world(), SheetContent(unmapped=parts)).legend[0].entries
    assert [entry.text for entry in told[-2:]] == [
        "未填图：Zones",
        "一张图区域以外：各图层均未填图",
    ]
    (*_, last) = described(world(), SheetContent(unmapped=parts[:1])).legend[0].entries
    assert (last.source, last.text) == ("@unmapped", "一张图区域以外：各图层均未填图")


def test_what_is_not_drawn_or_not_evaluated_is_said():
    content = SheetContent(failed={"lost": "gone"})
    warnings = described(world(), content).warnings
    assert "Lost" in warnings
    assert "1 项" in warnings


def test_only_layers_on_the_sheet_are_named_as_sources():
    sheet = described(world(), SheetContent((LayerContent("zones", {0: ""}),)))
    assert len(sheet.sources) == 1
    assert "Zones" in sheet.sources[0]
    assert "2024" in sheet.sources[0]


def test_the_notes_name_rule_pack_version_and_limits():
    notes = described(world()).notes
    assert "test 1" in notes
    assert "不替代主管部门" in notes


def test_round_distances_take_the_larger_unit():
    assert metres_or_km(500) == "500 m"
    assert metres_or_km(2500) == "2.5 km"


def test_hits_without_size_are_told_by_their_relation():
    """A school as a point inside the site, a river that crosses it, a site that is a point."""
    layers = [
        (
            entry("river", "river_reach"),
            table([line((-100, 100), (900, 100))], id=["R"], name=["R"], level=[""]),
        ),
        (entry("school", "sensitive"), table([point(50, 50)], id=["P"], name=["P"], level=[""])),
    ]
    assessment = check(sites(rect(0, 0, 400, 300)), layers, options=OPTIONS)
    measures = {row.title: row.measure for row in described(assessment, SheetContent()).table}
    assert measures["School"] == "位于项目内"
    assert measures["River"].startswith("399.9")  # metres inside, 400 m of plane

    inside = check(
        sites(point(100, 100)),
        [(entry(), table([rect(0, 0, 200, 200)], id=["Z"], name=["Z"], level=["1"]))],
        options=OPTIONS,
    )
    assert described(inside, SheetContent()).table[0].measure == "在范围内"
