# SPDX-License-Identifier: GPL-2.0-or-later
"""Strip sheets on paper: nothing overlaps or leaves the frame; bars stand where chainages are."""

from __future__ import annotations

from itertools import combinations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from eco_onemap.core.messages import LANGUAGES
from eco_onemap.layout.page_frame import box_polygon
from eco_onemap.layout.paper import PaperSize
from eco_onemap.layout.place_panel import TABLE_SIZE_PT
from eco_onemap.layout.sheet import LegendGroup, View
from eco_onemap.layout.strips.paper import StripPaper
from eco_onemap.layout.strips.place import StripPlacement, place_strip
from eco_onemap.layout.strips.place_bars import ROW_MM, THIN_MM, bars_height_mm, place_bars
from eco_onemap.layout.strips.sheet import Bar, BarRow, Mark, StripSheet
from eco_onemap.layout.strips.windows import Window
from eco_onemap.layout.text_fit import text_width_mm
from tests.layout.sheets import entries, sheet

WORDS = st.text(alphabet="海湾市生态环境保护红线工程 abcWM019,。()-", min_size=1, max_size=300)
WINDOW = Window(2, 1, 12_000.0, 14_000.0, View(0.0, 0.0, 10_000), 30.0)
LINE = shapely.LineString([(20, 80), (270, 80)])
PAPERS = [StripPaper(size, bars_height_mm(rows)) for size in PaperSize for rows in (1, 30)]


def bar(from_m, to_m, name="砂河水源地二级保护区"):
    chainage = f"K{from_m // 1000:g}+{from_m % 1000:03.0f}–K{to_m // 1000:g}+{to_m % 1000:03.0f}"
    return Bar(from_m, to_m, f"{chainage} {name}", chainage, name)


def row(number, *bars, marks=()):
    return BarRow(f"layer{number}", f"环境管控单元（虚构）{number}", tuple(bars), tuple(marks))


def strip(rows=(), table=(), **words) -> StripSheet:
    return StripSheet(
        sheet=sheet(**words),
        place="第 2 幅",
        window=WINDOW,
        matches=(),
        rows=tuple(rows),
        table_head=("桩号", "长度", "图层", "要素"),
        table=tuple(table),
        bars_head="沿线穿越图层",
        key_caption="接图表:第 2 幅,共 8 幅",
        nothing="本幅范围内,线路未穿越、也不邻近已载入的图层",
    )


def blocks(placement: StripPlacement):
    """Every block of text of a placement with its name."""
    holders = [placement, placement.legend, placement.bars, placement.key, placement.table]
    for holder in holders:
        for name, value in vars(holder).items() if holder else ():
            if hasattr(value, "fitted"):
                yield name, value
    for line in placement.bars.rows:
        yield "title", line.title
        yield from (("bar", text) for text in line.texts)
    yield from (("tick", tick.text) for tick in placement.bars.ticks)


def assert_sound(placement: StripPlacement) -> None:
    for (first, a), (second, b) in combinations(placement.boxes().items(), 2):
        assert not a.overlaps(b), (first, second)
    for name, box in placement.boxes().items():
        assert box.within(placement.paper.content), name
    assert placement.north.within(placement.paper.map)
    for name, block in blocks(placement):
        assert block.fitted.height_mm <= block.box.height_mm + 1e-6, name
        for text in block.fitted.text.split("\n"):
            width = text_width_mm(text, block.fitted.size_pt, block.bold)
            assert width <= block.box.width_mm + 1e-6, (name, text)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("count", [0, 1, 4, 40])
def test_sheets_with_few_and_many_layers_are_sound(paper, count):
    rows = [row(n, bar(12_000, 13_000), bar(13_000, 14_000)) for n in range(count)]
    table = [("K12+000–K13+000", "1,000 m", "图层", "要素")] * (3 * count)
    legend = (LegendGroup("项目范围内", entries(max(count, 1))),)
    placement = place_strip(strip(rows, table, legend=legend), paper, LINE)
    assert_sound(placement)
    told = placement.bars.more
    assert (told is None) == (len(placement.bars.rows) == count > 0)
    if told and count:
        assert str(count) in told.fitted.text
    if count:
        assert placement.table is not None
        assert (placement.table.more is None) == (len(placement.table.rows) == len(table))


@given(WORDS, WORDS, WORDS, WORDS, st.sampled_from(PAPERS))
@settings(max_examples=60, deadline=None)
def test_the_longest_words_are_sound(title, subtitle, warning, layer, paper):
    rows = [row(1, bar(12_100, 12_900, layer)), row(2, marks=[Mark(12_500, True, layer)])]
    table = [(layer, layer, layer, layer)]
    words = {"title": title, "subtitle": subtitle, "warnings": warning, "notes": title}
    assert_sound(place_strip(strip(rows, table, **words), paper, LINE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_out_is_counted_in_both_languages(language):
    rows = [row(n, bar(12_000, 14_000)) for n in range(50)]
    placement = place_strip(strip(rows, language=language), StripPaper(), LINE)
    assert "50" in placement.bars.more.fitted.text


BOX = StripPaper().bars


@pytest.mark.parametrize("paper", PAPERS)
def test_columns_are_as_wide_as_their_names_need(paper):
    lines = [
        ("K0+000–K0+037", "37 m", "生态环境管控单元（虚构）", "砂屿区饮用水水源保护区优先保护单元"),
        ("K0+037", "右侧 470.68 m", "生态保护红线（虚构）", "西屏山水土保持生态保护红线"),
    ]
    table = place_strip(strip(table=lines), paper, LINE).table
    assert list(table.rows) == lines
    assert sum(table.widths_mm) == pytest.approx(table.box.width_mm)
    for column, width in zip(zip(*lines, strict=True), table.widths_mm, strict=True):
        assert all(text_width_mm(text, TABLE_SIZE_PT) < width for text in column)


def test_endless_names_share_what_the_chainages_leave():
    lines = [("K0+000–K0+037", "37 m", "图层" * 40, "要素" * 80)]
    table = place_strip(strip(table=lines), PAPERS[0], LINE).table
    assert table.rows[0][:2] == lines[0][:2]
    assert sum(table.widths_mm) == pytest.approx(table.box.width_mm)
    assert table.widths_mm[3] == pytest.approx(2 * table.widths_mm[2], rel=0.05)


def test_bars_begin_and_end_at_their_chainages():
    placed = place_bars(strip([row(1, bar(12_500, 13_000)), row(2, bar(12_000, 14_000))]), BOX)
    axis = placed.axis
    half, whole = placed.rows[0].bars[0].box, placed.rows[1].bars[0].box
    assert (whole.x_mm, whole.right_mm) == pytest.approx((axis.x_mm, axis.right_mm))
    assert half.x_mm == pytest.approx(axis.x_mm + 0.25 * axis.width_mm)
    assert half.right_mm == pytest.approx(axis.x_mm + 0.5 * axis.width_mm)
    assert placed.rows[1].box.y_mm == pytest.approx(placed.rows[0].box.y_mm + ROW_MM)
    texts = [tick.text.fitted.text for tick in placed.ticks]
    assert texts[0] == "K12+000"
    assert texts[-1] == "K14+000"
    for tick in placed.ticks:
        metres = float(tick.text.fitted.text[1:].replace("+", ""))
        assert tick.x_mm == pytest.approx(axis.x_mm + (metres - 12_000) / 2000 * axis.width_mm)


def test_the_shortest_crossing_is_still_seen():
    placed = place_bars(strip([row(1, bar(13_999.9, 14_000.0))]), BOX)
    box = placed.rows[0].bars[0].box
    assert box.width_mm == THIN_MM
    assert box.right_mm <= placed.axis.right_mm + 1e-9


def test_words_stand_in_their_bar_or_right_of_it_and_on_nothing_else():
    rows = [
        row(1, bar(12_000, 13_500)),  # room inside
        row(2, bar(12_000, 12_050)),  # none inside, all on the right
        row(3, bar(12_000, 12_050), bar(12_050, 12_100)),  # the second alone has room beside it
        row(4, marks=[Mark(12_300, False, "K12+300 砂河"), Mark(12_340, True, "旧坂村(右 9 m)")]),
    ]
    inside, beside, crowded, marks = place_bars(strip(rows), BOX).rows
    assert inside.texts[0].box.within(inside.bars[0].box.shrunk(-0.2))
    assert beside.texts[0].box.x_mm >= beside.bars[0].box.right_mm
    assert [text.fitted.text for text in crowded.texts] == [rows[2].bars[1].text]
    for line in (inside, beside, crowded, marks):
        for one, other in combinations([text.box for text in line.texts], 2):
            assert not one.overlaps(other)
        for text in line.texts:
            assert not any(text.box.overlaps(mark.box) for mark in line.marks)


def test_a_bar_with_little_room_tells_its_chainage_alone():
    crowded = row(1, bar(12_000, 12_220, "一个名字很长的环境管控单元"), bar(12_220, 14_000))
    texts = place_bars(strip([crowded]), BOX).rows[0].texts
    assert texts[0].fitted.text == crowded.bars[0].chainage


def test_the_arrow_hides_nothing_of_the_line():
    on = StripPaper().map
    through = shapely.LineString([(on.x_mm, on.y_mm + 10), (on.right_mm, on.y_mm + 10)])
    north = place_strip(strip(), StripPaper(), through).north
    assert not box_polygon(north).intersects(through)
