# SPDX-License-Identifier: GPL-2.0-or-later
"""Placing: nothing overlaps, nothing leaves the frame, nothing is cut without saying so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from eco_onemap.core.messages import LANGUAGES, message
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.paper import Paper, PaperSize
from eco_onemap.layout.place import bar_length_mm, place_sheet, scale_bar_box
from eco_onemap.layout.place_insets import LOCATOR_HEIGHT_MM, LOCATOR_WIDTH_MM
from eco_onemap.layout.place_legend import column_width_mm, line_height_mm
from eco_onemap.layout.placement import Placement
from eco_onemap.layout.scales import SCALES
from eco_onemap.layout.sheet import LayerRow, LegendGroup
from eco_onemap.layout.text_fit import text_height_mm, text_width_mm
from tests.layout.sheets import A4, MIDDLE, drawn_at, entries, rows, sheet

WORDS = st.text(alphabet="海湾市生态环境保护红线工程 abcWM019,。()-", min_size=1, max_size=400)


def text_blocks(placement: Placement):
    """Every block of text of a placement with its name."""
    holders = [placement, placement.verdict, placement.legend]
    holders += [placement.table, placement.detail, placement.locator, *placement.imprint]
    for holder in holders:
        for name, value in vars(holder).items() if holder else ():
            if hasattr(value, "fitted"):
                yield name, value


def assert_sound(placement: Placement) -> None:
    """All items stand in the frame, apart from one another, with text that fits them."""
    for boxes in (placement.boxes(), placement.boxes_on_map()):
        for (first, a), (second, b) in combinations(boxes.items(), 2):
            assert not a.overlaps(b), (first, second)
    for name, box in placement.boxes().items():
        assert box.within(placement.paper.content), name
    for name, box in placement.boxes_on_map().items():
        assert box.within(placement.paper.map), name
    for name, block in text_blocks(placement):
        assert block.fitted.height_mm <= block.box.height_mm + 1e-6, name
        for line in block.fitted.text.split("\n"):
            width = text_width_mm(line, block.fitted.size_pt, block.bold)
            assert width <= block.box.width_mm + 1e-6, (name, line)
    assert_legend_fits(placement)


def assert_legend_fits(placement: Placement) -> None:
    legend = placement.legend
    assert len(legend.columns) <= legend.form.columns
    for column in legend.columns:
        height = sum(line_height_mm(line, legend.form) for line in column)
        assert height <= legend.area.height_mm + 1e-6
    assert legend.form.columns * column_width_mm(legend.area, legend.form) <= legend.area.width_mm


def unspaced(text: str) -> str:
    """A text without its spaces, at which lines may break."""
    return "".join(text.split())


def texts_of(groups: Sequence[LegendGroup]) -> list[str]:
    return [unspaced(entry.text) for group in groups for entry in group.entries]


def legend_texts(placement: Placement) -> list[str]:
    return [
        "".join(line.text.split())
        for column in placement.legend.columns
        for line in column
        if not line.is_heading
    ]


def test_an_ordinary_sheet_is_sound():
    placement = place_sheet(sheet(), A4, MIDDLE, with_locator=True)
    assert_sound(placement)
    assert placement.title.fitted.lines == 1
    assert placement.title.fitted.size_pt == 18
    assert placement.table.more is None
    assert placement.legend.more is None


PAPERS = [Paper(size, portrait) for size in PaperSize for portrait in (False, True)]
every_paper = pytest.mark.parametrize("paper", PAPERS, ids=str)


def test_the_sizes_are_those_of_iso_216():
    sides = [(paper.page.width_mm, paper.page.height_mm) for paper in PAPERS]
    assert sides == [(297, 210), (210, 297), (420, 297), (297, 420)]


@every_paper
def test_the_parts_of_a_paper_stand_inside_the_margins_and_apart(paper):
    parts = {
        "title": paper.title_band,
        "map": paper.map,
        "strip": paper.scale_strip,
        "footer": paper.footer,
        "imprint": paper.imprint,
        **{f"column {number}": box for number, box in enumerate(paper.columns)},
    }
    for (first, a), (second, b) in combinations(parts.items(), 2):
        assert not a.overlaps(b), (first, second)
    for name, box in parts.items():
        assert box.within(paper.content), name
    assert paper.frame.x_mm >= 5
    assert paper.content.within(paper.frame)
    page = paper.page
    assert paper.map.width_mm * paper.map.height_mm > 0.4 * page.width_mm * page.height_mm


@every_paper
@pytest.mark.parametrize("with_locator", [True, False])
def test_the_fullest_sheet_is_sound_on_every_paper(paper, with_locator):
    groups = (LegendGroup("项目范围内", entries(20)), LegendGroup("图幅内其他", entries(20)))
    full = sheet(
        title="海湾市滨海新区石化产业园区第二期扩建工程及其配套公用码头和输油管线项目与生态保护红线位置关系图",
        legend=groups,
        table=rows(30),
        sources=tuple(f"图层{number}(2024 年版,某某市生态环境局)" for number in range(40)),
        reason="R1 该地块占用生态保护红线。" * 12,
        warnings="未能绘制:湿地、滩涂。" * 12,
    )
    wide, high = paper.map.width_mm, paper.map.height_mm
    for size in (4, 20, min(wide, high) - 6):
        for x, y in ((3, 3), ((wide - size) / 2, (high - size) / 2)):
            drawn = drawn_at(x, y, size, size, paper)
            placement = place_sheet(full, paper, drawn, with_locator)
            assert_sound(placement)
            whole = legend_texts(placement) == texts_of(groups)
            assert whole or "40" in placement.legend.more.fitted.text
            assert whole or (paper.size is PaperSize.A4 and with_locator)


def test_the_longest_title_shrinks_and_stays_whole():
    name = "海湾市滨海新区石化产业园区第二期扩建工程及其配套公用码头和输油管线"
    placement = place_sheet(sheet(title=f"{name}项目选址生态环境风险图"), A4, MIDDLE, True)
    assert_sound(placement)
    assert placement.title.fitted.text.replace("\n", "") == f"{name}项目选址生态环境风险图"
    assert 8 <= placement.title.fitted.size_pt < 18


def test_an_endless_title_is_cut_with_an_ellipsis():
    placement = place_sheet(sheet(title="很长" * 200), A4, MIDDLE, True)
    assert_sound(placement)
    assert placement.title.fitted.text.endswith("…")


def test_forty_legend_entries_all_stand():
    groups = (LegendGroup("项目范围内", entries(20)), LegendGroup("图幅内其他", entries(20)))
    placement = place_sheet(sheet(legend=groups), A4, MIDDLE, True)
    assert_sound(placement)
    assert legend_texts(placement) == texts_of(groups)
    assert placement.legend.more is None


def test_more_entries_than_fit_are_cut_and_counted():
    groups = (LegendGroup("图幅内其他", entries(200)),)
    placement = place_sheet(sheet(legend=groups, table=rows(30)), A4, MIDDLE, True)
    assert_sound(placement)
    shown = legend_texts(placement)
    assert 20 < len(shown) < 200
    assert "200" in placement.legend.more.fitted.text


def test_a_heading_never_ends_a_column():
    groups = tuple(LegendGroup(f"组{number}", entries(number % 4 + 1)) for number in range(12))
    placement = place_sheet(sheet(legend=groups, table=rows(12)), A4, MIDDLE, True)
    assert_sound(placement)
    assert len(placement.legend.columns) > 1
    assert not any(column[-1].is_heading for column in placement.legend.columns)


def test_a_long_table_is_cut_and_counted():
    placement = place_sheet(sheet(table=rows(25)), A4, MIDDLE, True)
    assert_sound(placement)
    assert len(placement.table.rows) < 25
    assert "25" in placement.table.more.fitted.text


def test_a_table_with_nothing_below_takes_the_whole_column():
    paper = Paper(is_portrait=True)
    placement = place_sheet(sheet(table=rows(9)), paper, drawn_at(20, 20, 4, 4, paper), True)
    assert_sound(placement)
    assert (len(placement.table.rows), placement.table.more) == (9, None)


@every_paper
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", ["internal", "sensitive"])
def test_the_secrecy_mark_is_never_cut(paper, level, language):
    secrecy = message(f"map.secrecy.{level}").text(language)
    placement = place_sheet(sheet(secrecy=secrecy), paper, drawn_at(20, 20, 4, 4, paper), True)
    assert_sound(placement)
    assert placement.secrecy.fitted.text.split() == secrecy.split()


def named_rows(count: int, title: str) -> tuple[LayerRow, ...]:
    return tuple(LayerRow(Verdict.STUDY, "核", title, "要素", "距 12.00 m") for _ in range(count))


LONG_NAME = "建设用地土壤污染风险管控和修复名录(虚构)"


@every_paper
def test_long_names_in_the_table_stand_whole_on_two_lines(paper):
    drawn = drawn_at(60, 60, 20, 20, paper)
    placement = place_sheet(sheet(table=named_rows(5, LONG_NAME)), paper, drawn, True)
    assert_sound(placement)
    assert len(placement.table.rows) == 5
    for row in placement.table.rows:
        assert row.cells[1].replace("\n", "") == LONG_NAME
        lines = row.cells[1].split("\n")
        room = placement.table.widths_mm[1]
        assert all(text_width_mm(line, placement.table.size_pt) < room for line in lines)
        text_mm = text_height_mm(len(lines), placement.table.size_pt)
        assert row.height_mm > text_mm
    height = placement.table.head_mm + sum(row.height_mm for row in placement.table.rows)
    assert height <= placement.table.box.height_mm


def test_names_are_rather_cut_than_rows_left_out_where_few_would_fit():
    full = sheet(table=named_rows(12, LONG_NAME), legend=(LegendGroup("其他", entries(60)),))
    placement = place_sheet(full, A4, MIDDLE, True)
    assert_sound(placement)
    assert len(placement.table.rows) >= 3
    assert "12" in placement.table.more.fitted.text


def test_fields_left_open_have_a_line_to_write_on():
    imprint = place_sheet(sheet(), A4, MIDDLE, True).imprint
    told, line = [cell.text.fitted.text for cell in imprint], imprint[3].line
    assert told[0] == "制图单位：海湾市环境科学研究院有限公司"
    assert told[3] == "审图号："
    assert [cell.line is None for cell in imprint] == [True, True, True, False]
    assert line.width_mm > 30
    assert line.within(imprint[3].box)


def test_no_layer_concerned_means_no_table():
    placement = place_sheet(sheet(table=()), A4, MIDDLE, True)
    assert_sound(placement)
    assert placement.table is None


def test_many_sources_are_cut_and_counted():
    sources = tuple(f"图层{number}(2024 动态更新,海湾市自然资源局)" for number in range(60))
    placement = place_sheet(sheet(sources=sources), A4, MIDDLE, True)
    assert_sound(placement)
    assert re.search(r"等\s*60\s*项", placement.sources.fitted.text.replace("\n", ""))


def test_public_sheets_without_marks():
    placement = place_sheet(sheet(secrecy="", fiction="", warnings="", basis=""), A4, MIDDLE, True)
    assert_sound(placement)
    assert placement.secrecy is placement.fiction is placement.warnings is None


@pytest.mark.parametrize(
    "place",
    [(0, 0, 20, 20), (160, 0, 20, 20), (0, 124, 20, 20), (160, 124, 20, 20), (80, 60, 5, 5)],
)
def test_insets_never_hide_the_site(place):
    drawn = drawn_at(*place)
    placement = place_sheet(sheet(), A4, drawn, with_locator=True)
    assert_sound(placement)
    for inset in (placement.detail, placement.locator):
        box = inset.box
        assert not shapely.box(box.x_mm, box.y_mm, box.right_mm, box.bottom_mm).intersects(
            drawn.essential
        )


def test_a_site_over_all_of_the_map_sends_the_locator_into_the_panel():
    placement = place_sheet(sheet(detail_caption=""), A4, drawn_at(5, 5, 170, 134), True)
    assert_sound(placement)
    assert placement.detail is None
    assert placement.locator.box.within(A4.columns[0])


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("count", [1, 3])
def test_a_sparse_panel_holds_the_locator_larger_and_the_map_stays_free(paper, count):
    legend = (LegendGroup("项目范围内", entries(count)), LegendGroup("图幅内其他", entries(count)))
    sparse = sheet(table=rows(1), legend=legend)
    placement = place_sheet(sparse, paper, drawn_at(80, 60, 20, 20, paper), with_locator=True)
    assert_sound(placement)
    assert placement.locator is not None
    box, column = placement.locator.box, paper.columns[0]
    assert box.within(column)
    assert box.bottom_mm == pytest.approx(column.bottom_mm)
    on_map = LOCATOR_WIDTH_MM * LOCATOR_HEIGHT_MM
    assert placement.locator.map.width_mm * placement.locator.map.height_mm > 1.5 * on_map
    assert placement.legend.more is placement.table.more is None


def test_the_legend_stays_in_one_column_where_a_locator_still_stands():
    legend = (LegendGroup("项目范围内", entries(5)), LegendGroup("图幅内其他", entries(4)))
    placement = place_sheet(sheet(table=rows(4), legend=legend), A4, MIDDLE, with_locator=True)
    assert_sound(placement)
    assert len(placement.legend.columns) == 1
    assert placement.locator.box.within(A4.columns[0])


@every_paper
def test_a_wide_panel_has_larger_type_where_all_fits(paper):
    placement = place_sheet(sheet(), paper, drawn_at(80, 60, 20, 20, paper), with_locator=True)
    assert_sound(placement)
    sizes = (
        placement.table.size_pt,
        placement.legend.form.size_pt,
        placement.verdict.reason.fitted.size_pt,
        placement.notes.fitted.size_pt,
    )
    usual = (6.5, 7.5, 8.0, 6.5)
    if paper.size is PaperSize.A3:
        assert all(size > known for size, known in zip(sizes, usual, strict=True))
    else:
        assert all(size <= known for size, known in zip(sizes, usual, strict=True))


def test_a_wide_panel_keeps_small_type_rather_than_cut_names():
    paper = Paper(PaperSize.A3)
    for count in (20, 40):
        full = sheet(table=named_rows(count, LONG_NAME))
        placement = place_sheet(full, paper, drawn_at(80, 60, 20, 20, paper), True)
        assert_sound(placement)
        if placement.table.size_pt > 6.5:
            assert placement.table.more is None
            assert len(placement.table.rows) == count


@every_paper
@pytest.mark.parametrize("stroke", ["　｜　", " | "])
def test_no_line_of_the_notes_ends_with_the_stroke_between_two_of_them(paper, stroke):
    notes = stroke.join(
        ["规则包：cn-national 2026.11、haiwan-city 2026.1", "由 Eco One Map 生成"] * 3
    )
    placement = place_sheet(sheet(notes=notes), paper, MIDDLE, with_locator=False)
    lines = placement.notes.fitted.text.split("\n")
    assert len(lines) > 1
    assert not any(line.rstrip().endswith(stroke.strip()) for line in lines)


def test_a_full_panel_leaves_the_locator_on_the_map():
    legend = (LegendGroup("项目范围内", entries(20)), LegendGroup("图幅内其他", entries(20)))
    full = sheet(table=rows(12), legend=legend)
    placement = place_sheet(full, A4, MIDDLE, with_locator=True)
    assert placement.locator.box.within(A4.map)


def test_without_administrative_layer_there_is_no_locator():
    assert place_sheet(sheet(), A4, MIDDLE, with_locator=False).locator is None


@pytest.mark.parametrize("scale", SCALES)
def test_the_scale_bar_fits_its_room_at_every_scale(scale):
    assert 30 <= bar_length_mm(scale) <= scale_bar_box(A4).width_mm - 10


@settings(max_examples=60, deadline=None)
@given(
    title=WORDS,
    reason=WORDS,
    warnings=WORDS,
    on_site=st.integers(0, 40),
    also=st.integers(0, 40),
    concerned=st.integers(0, 30),
    text=st.sampled_from(["生态保护红线", "a very long English layer title that wraps", "W" * 90]),
    x=st.floats(0, 160),
    y=st.floats(0, 124),
    verdict=st.sampled_from(list(Verdict)),
)
def test_whatever_the_words_the_sheet_is_sound(
    title, reason, warnings, on_site, also, concerned, text, x, y, verdict
):
    groups = tuple(
        LegendGroup(name, entries(count, text))
        for name, count in (("项目范围内", on_site), ("图幅内其他", also))
        if count
    )
    made = sheet(
        title=title,
        reason=reason,
        warnings=warnings,
        legend=groups,
        table=rows(concerned),
        verdict=verdict,
    )
    assert_sound(place_sheet(made, A4, drawn_at(x, y, 20, 20), with_locator=True))
