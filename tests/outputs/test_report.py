# SPDX-License-Identifier: GPL-2.0-or-later
"""What a batch report says, in both languages, and what it must never say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from eco_onemap.core.messages import LANGUAGES, Message
from eco_onemap.core.options import Options
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.outputs.report import (
    Block,
    Cell,
    Facts,
    Figure,
    Heading,
    Items,
    Notice,
    Paragraph,
    Report,
    Table,
    Tally,
    Tone,
    compose_batch_report,
)
from eco_onemap.outputs.report.sources import file_name
from eco_onemap.outputs.report.themes import theme_of

from .builders import AS_OF, CATALOGUE, NAMES, RINGS, SITE_IDS, build_assessment, entry

LISTS = {
    "zh": ("涉及的图层（", "不涉及的图层（", "无数据、未评价的图层（"),
    "en": ("Layers concerned (", "Layers not concerned (", "No data or not evaluated ("),
}


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return build_assessment()


@pytest.fixture(params=LANGUAGES)
def report(request: pytest.FixtureRequest, assessment: Assessment) -> Report:
    return compose_batch_report(assessment, request.param, {})


def in_chinese(assessment: Assessment, **more: int) -> Report:
    return compose_batch_report(assessment, "zh", {}, **more)


def texts(block: Block) -> Iterator[str]:
    """Yield all text of a block."""
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Items():
            yield from block.lines
        case Notice():
            yield from (block.title, *block.lines)
        case Figure():
            yield block.caption
        case Tally():
            yield from (part for cell in block.cells for part in (cell.text, cell.note))
        case Facts():
            cells = [cell for _, cell in block.rows] + ([block.title] if block.title else [])
            yield from (name for name, _ in block.rows)
            yield from (part for cell in cells for part in (cell.text, cell.note))
        case Table():
            yield from (block.caption, block.empty, *(column.title for column in block.columns))
            yield from (
                part for row in block.rows for cell in row for part in (cell.text, cell.note)
            )


def whole_text(report: Report) -> str:
    parts = [report.title, report.subtitle, report.mark, report.footer]
    return "\n".join([*parts, *(text for block in report.blocks for text in texts(block))])


def section(report: Report, number: int) -> list[Block]:
    """Return the blocks of one site's section."""
    anchors = [b.anchor if isinstance(b, Heading) else "" for b in report.blocks]
    start = anchors.index(f"site-{number}")
    after = [i for i in range(start + 1, len(anchors)) if anchors[i]]
    return list(report.blocks[start : after[0]])


def section_text(report: Report, number: int) -> str:
    return "\n".join(text for block in section(report, number) for text in texts(block))


def tables(blocks: list[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def test_first_page_says_what_was_not_checked_before_any_conclusion(report: Report) -> None:
    kinds = [type(block) for block in report.blocks]
    warning = next(b for b in report.blocks if isinstance(b, Notice))
    assert kinds.index(Notice) < kinds.index(Table)
    assert warning.tone is Tone.NO_DATA
    told = "\n".join(warning.lines)
    assert "outfall.gpkg" in told  # the layer that was not loaded
    assert "永久基本农田" in told  # the layer without coverage
    assert Message("report.not_checked.rules", {"n": 1}).text(report.language) in warning.lines
    assert (
        Message("report.not_checked.outside_catalogue").text(report.language) == warning.lines[-1]
    )


def test_conclusions_come_first_and_worst_first(report: Report) -> None:
    conclusions = tables(list(report.blocks))[0]
    assert [row[1].note for row in conclusions.rows] == list(SITE_IDS)
    tones = [row[2].tone for row in conclusions.rows]
    assert tones == [Tone.PROHIBITED, Tone.RESTRICTED, Tone.STUDY, Tone.NO_DATA, Tone.CLEAR]
    first = conclusions.rows[0]
    assert "52,340.12" in first[3].text
    assert "W1" in first[3].note
    assert first[4].text == "《生态环境法典》第319条"
    assert "2026-11-23" in conclusions.rows[2][4].text  # no article is in force: that is said
    assert conclusions.rows[4][4].text == "—"


def test_worst_sites_lead_whatever_their_order(assessment: Assessment) -> None:
    turned = replace(assessment, site_verdict=assessment.site_verdict.take(np.arange(4, -1, -1)))
    rows = tables(list(in_chinese(turned).blocks))[0].rows
    assert [row[1].note for row in rows] == list(SITE_IDS)


def test_counts_by_verdict_add_up(assessment: Assessment) -> None:
    three = replace(assessment, site_verdict=assessment.site_verdict.take(np.array([0, 0, 4])))
    tally = next(b for b in in_chinese(three).blocks if isinstance(b, Tally))
    assert [cell.text for cell in tally.cells] == ["2", "0", "0", "0", "1"]
    shares = [re.findall(r"[\d.]+%", cell.note)[-1] for cell in tally.cells]
    assert shares == ["66.7%", "0.0%", "0.0%", "0.0%", "33.3%"]


def test_verdict_words(assessment: Assessment) -> None:
    tally = next(b for b in in_chinese(assessment).blocks if isinstance(b, Tally))
    words = [cell.note for cell in tally.cells]
    expected = ("禁止", "限制·需论证", "需进一步核实", "无数据", "未发现冲突（在已加载数据范围内）")
    assert all(note.startswith(word) for note, word in zip(words, expected, strict=True))


def test_never_says_that_a_site_is_approved(report: Report) -> None:
    forbidden = ("合格", "可以建设", "准予", "符合要求", "approved", "compliant", "may be built")
    assert not [word for word in forbidden if word in whole_text(report)]


def test_no_placeholder_and_no_object_is_left_in_the_text(report: Report) -> None:
    text = whole_text(report)
    assert not re.findall(r"\{\w*\}|<[\w.]+ object|nan\b|None", text)


def listing(report: Report, number: int, kind: int) -> dict[str, tuple[Cell, ...]]:
    """Return the rows of one of the three kinds of lists in a site's section, by layer."""
    words = LISTS[report.language][kind]
    found = [table for table in tables(section(report, number)) if table.caption.startswith(words)]
    for table in found:
        assert re.findall(r"\d+", table.caption)[0] == str(len(table.rows)), table.caption
    return {row[0].text: row for table in found for row in table.rows}


def test_every_layer_stands_in_exactly_one_list_below_its_theme(report: Report) -> None:
    for number in range(1, len(SITE_IDS) + 1):
        listed = [name for kind in range(3) for name in listing(report, number, kind)]
        assert sorted(listed) == sorted(layer.title for layer in CATALOGUE.layers)
    theme = ""
    for block in section(report, 1):
        if isinstance(block, Heading):
            theme = block.text
        elif isinstance(block, Table) and block.caption.startswith(LISTS[report.language]):
            roles = {layer.role for layer in CATALOGUE.layers for row in block.rows
                     if layer.title == row[0].text}  # fmt: skip
            assert {theme_of(role).title[report.language] for role in roles} == {theme}


def test_concerned_layers_name_features_area_share_and_kind(assessment: Assessment) -> None:
    rows = listing(in_chinese(assessment), 1, 0)
    water = rows["饮用水水源保护区"]
    assert water[1].text == "东溪水源一级区、东溪水源二级区"
    assert [water[2].text, water[2].note] == ["52,340.12\xa0m²", "5.2340\xa0公顷 · 78.51\xa0亩"]
    assert water[3].text == "4.66%"
    assert water[4].text == "实质重叠、狭长"
    coast = rows["海岸线"]
    assert [coast[2].text, coast[3].text] == ["230.46\xa0m", "—"]


def test_tiny_overlaps_are_never_printed_as_nothing(assessment: Assessment) -> None:
    rows = listing(in_chinese(assessment), 1, 0)
    redline = rows["生态保护红线"]
    assert redline[2].text == "0.38\xa0m²"
    assert redline[2].note.startswith("<0.0001\xa0公顷\xa0(0.38\xa0m²)")
    assert redline[3].text == "<0.01%"
    assert (redline[4].text, redline[4].tone) == ("碎屑", Tone.STUDY)


def test_layers_not_concerned_say_how_near_it_was(assessment: Assessment) -> None:
    rows = listing(in_chinese(assessment), 5, 1)
    cells = [cell.text for cell in rows["生态保护红线"]]
    assert cells == ["生态保护红线", "最近的对象", "1,234.57\xa0m", "西北 (312°)", "0 / 2"]


def test_layers_without_data_say_why(assessment: Assessment) -> None:
    rows = listing(in_chinese(assessment), 4, 2)
    partly = rows["生态保护红线"]
    assert partly[0].note == "必需图层"
    assert (partly[1].text, partly[2].text) == ("部分填图", "62.50%")
    assert "37.50 %" in partly[3].text
    assert "88.00\xa0m" in partly[3].note
    assert "文件不存在" in rows["入海排污口"][3].text


def test_findings_cite_the_law_in_force_with_its_text(assessment: Assessment) -> None:
    now = section_text(in_chinese(assessment), 1)
    assert "《生态环境法典》第319条 禁止在饮用水水源一级保护区内新建" in now
    assert "水污染防治法" not in now
    options = Options(as_of=date(2026, 8, 14), rings_m=RINGS)
    earlier = section_text(in_chinese(replace(assessment, options=options)), 1)
    assert "《水污染防治法》第65条 旧条文。" in earlier
    assert "2018-01-01 至 2026-08-14 有效" in earlier


def test_findings_come_worst_first_with_advice_in_the_language(report: Report) -> None:
    cards = [block for block in section(report, 1) if isinstance(block, Facts) and block.title]
    assert [card.title.tone for card in cards if card.title] == [Tone.PROHIBITED, Tone.STUDY]
    advice = {"zh": "避让一级保护区", "en": "Keep out of the first-class zone"}
    assert cards[0].rows[-1][1].text.startswith(advice[report.language])


def test_unverified_law_and_missing_law_are_said(assessment: Assessment) -> None:
    report = in_chinese(assessment)
    assert "条文尚未与正式文本核对" in section_text(report, 2)
    assert "2026-11-23 无有效依据" in section_text(report, 3)
    limits = [line for block in report.blocks if isinstance(block, Items) for line in block.lines]
    assert any("正式文本" in line and "R2" in line for line in limits)
    assert any("无有效依据" in line and "C1" in line for line in limits)


def test_disclaimers_fit_what_happened(assessment: Assessment) -> None:
    def keys(chosen: Assessment) -> list[str]:
        items = [block for block in in_chinese(chosen).blocks if isinstance(block, Items)]
        return list(items[-1].lines)

    here = "\n".join(keys(assessment))
    assert "未能载入" in here
    assert "碎屑" in here
    assert "海岸线" in here  # its extent was assumed to be mapped
    assert "生态保护红线 ± 5 米" in here
    # a check in which nothing went wrong says less
    sound = replace(
        assessment,
        site_verdict=assessment.site_verdict.take(np.array([4])),
        site_layer=assessment.site_layer.where("status", "no_hit"),
        hit=assessment.hit.where("kind", "real"),
        finding=assessment.finding.take(np.array([], dtype=int)),
        catalogue=replace(CATALOGUE, layers=(entry("a", "pbf", "甲"),)),
    )
    assert len(keys(sound)) == 3


def test_declared_area_is_compared_with_the_measured(assessment: Assessment) -> None:
    assert "申报减量算：−617.63\xa0m²（−0.06%）" in section_text(in_chinese(assessment), 1)
    assert "申报减量算：+382.37\xa0m²（+0.03%）" in section_text(in_chinese(assessment), 5)


@pytest.mark.parametrize(
    ("declared", "told"), [(10_000.001, "<0.01\xa0m²（<0.01%）"), (10_000.0, "0.00\xa0m²（0.00%）")]
)
def test_a_difference_too_small_to_write_has_no_sign(assessment, declared, told) -> None:
    sizes = {"declared_area_m2": declared, "area_ellipsoid_m2": 10_000.0}
    values = {**assessment.site_verdict.values}
    for name, value in sizes.items():
        values[name] = np.full(len(assessment.site_verdict), value)
    changed = replace(assessment, site_verdict=replace(assessment.site_verdict, values=values))
    assert f"申报减量算：{told}" in section_text(in_chinese(changed), 1)


def test_plane_area_is_compared_with_that_on_the_ellipsoid(assessment: Assessment) -> None:
    assert "平面减椭球：+347.70\xa0m²（+0.03%）" in section_text(in_chinese(assessment), 1)


def test_project_facts_are_in_words(assessment: Assessment) -> None:
    text = section_text(in_chinese(assessment), 1)
    assert "化工项目、新建" in text
    assert "供水设施" in text
    assert "未说明（" in section_text(in_chinese(assessment), 3)


def test_raster_classes_add_up_to_the_whole(assessment: Assessment) -> None:
    found = tables(section(in_chinese(assessment), 3))
    (classes,) = [table for table in found if table.columns[0].title == "等级"]
    assert [row[0].text for row in classes.rows] == ["低", "较低", "较高"]
    assert [row[1].text for row in classes.rows] == ["33.34%", "33.33%", "33.33%"]


def test_sources_state_version_validity_coverage_and_fingerprint(assessment: Assessment) -> None:
    sources = next(
        t
        for t in tables(list(in_chinese(assessment).blocks))
        if t.caption.startswith("“一张图”图层")
    )
    assert len(sources.rows) == len(CATALOGUE.layers)
    text = [part for cell in sources.rows[0] for part in (cell.text, cell.note)]
    assert "2024 动态更新" in text
    assert "海湾市自然资源局、2024-06-30 发布" in text
    assert "2024-07-01 至 —" in text
    assert {"覆盖全域", "± 5 米", "内部", "431", "0123456789abcdef", "redline.gpkg"} <= set(text)


def test_no_folder_of_this_computer_is_printed(report: Report) -> None:
    assert not re.search(r"/data/|/home/", whole_text(report))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/data/city/redline.gpkg", "redline.gpkg"),
        (
            "postgresql://planner:secret@db.local:5432/city?table=redline",
            "postgresql://db.local:5432/city",
        ),
    ],
)
def test_sources_are_named_without_folders_and_passwords(source: str, name: str) -> None:
    assert file_name(source) == name


def test_method_names_date_tolerances_and_packs(report: Report) -> None:
    text = whole_text(report)
    for named in ("TD/T 1055-2019", "EPSG:4490", "EPSG:4527", "0.001", AS_OF.isoformat()):
        assert named in text
    packs = next(t for t in tables(list(report.blocks)) if t.rows[0][0].text == "cn-national")
    assert [cell.text for cell in packs.rows[0]][1:4] == ["2026.11", "中华人民共和国", "3"]


def test_maps_stand_in_their_sites_sections(assessment: Assessment) -> None:
    report = compose_batch_report(assessment, "zh", {"S-02": Path("maps/S-02.png")})
    figures = [[b for b in section(report, n) if isinstance(b, Figure)] for n in (1, 2)]
    assert not figures[0]
    assert figures[1][0].path == Path("maps/S-02.png")
    assert NAMES[1] in figures[1][0].caption


def test_what_is_left_out_is_said(assessment: Assessment) -> None:
    report = in_chinese(assessment, most_sites=2)
    tally = next(b for b in report.blocks if isinstance(b, Tally))
    assert sum(int(cell.text) for cell in tally.cells) == 5
    assert len(tables(list(report.blocks))[0].rows) == 2
    assert any("其余 3 个地块" in text for text in texts_of_notices(report))
    assert not any("其余" in text for text in texts_of_notices(in_chinese(assessment)))


def texts_of_notices(report: Report) -> list[str]:
    return [line for b in report.blocks if isinstance(b, Notice) for line in b.lines]


def test_sites_that_could_not_be_checked_are_named(assessment: Assessment) -> None:
    sites = replace(assessment.sites, problems={2: Message("site.empty")})
    report = in_chinese(replace(assessment, sites=sites))
    assert "1 个地块完全未能核查，见“未评价的规则与图层”一章。" in texts_of_notices(report)
    why = Message("site.empty").text("zh")
    assert any(row[1].text == why for t in tables(list(report.blocks)) for row in t.rows)


def test_what_lacks_the_same_shares_a_row(assessment: Assessment) -> None:
    gaps = assessment.not_evaluated.take(np.array([1, 1, 1]))
    gaps.values["what"][:] = ["rule:R7", "rule:R8", "rule:R8"]
    report = in_chinese(replace(assessment, not_evaluated=gaps))
    listed = next(t for t in tables(list(report.blocks)) if t.caption == "未能评价的规则与图层")
    assert [row[0].text for row in listed.rows] == ["规则 R7；规则 R8"]


def test_internal_layers_mark_the_report(assessment: Assessment) -> None:
    assert "内部资料" in in_chinese(assessment).mark
    public = [layer for layer in CATALOGUE.layers if layer.id == "units"]
    catalogue = replace(CATALOGUE, layers=tuple(public))
    assert in_chinese(replace(assessment, catalogue=catalogue)).mark == ""


def test_both_languages_tell_the_same(assessment: Assessment) -> None:
    zh, en = (compose_batch_report(assessment, language, {}) for language in LANGUAGES)
    assert [type(block) for block in zh.blocks] == [type(block) for block in en.blocks]
    numbers = [
        [
            re.findall(r"\d[\d,.]*\d", text)
            for b in r.blocks
            if isinstance(b, Table)
            for text in texts(b)
        ]
        for r in (zh, en)
    ]
    assert numbers[0][:40] == numbers[1][:40]


def test_an_assessment_without_hits_and_findings_can_be_told(assessment: Assessment) -> None:
    none = np.array([], dtype=int)
    bare = replace(
        assessment,
        hit=assessment.hit.take(none),
        finding=assessment.finding.take(none),
        not_evaluated=assessment.not_evaluated.take(none),
        raster_class=assessment.raster_class.take(none),
        packs=(),
    )
    text = whole_text(in_chinese(bare))
    assert "没有地块与图斑相交。" in text
    assert "未采用规则包，只量算距离与重叠。" in text
