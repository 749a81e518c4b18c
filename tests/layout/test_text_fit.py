# SPDX-License-Identifier: GPL-2.0-or-later
"""Wrapping, shrinking and cutting of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.layout.text_fit import (
    cut_text,
    few_lines,
    fit_text,
    max_lines,
    text_height_mm,
    text_width_mm,
    wrap_text,
)

EM_10 = 10 * 25.4 / 72  # one em at 10 points in millimetres


def test_chinese_characters_are_one_em_wide():
    assert text_width_mm("海湾市", 10) == pytest.approx(3 * EM_10)


def test_wrapping_breaks_chinese_anywhere():
    assert wrap_text("生态保护红线", 4 * EM_10, 10) == ["生态保护", "红线"]


def test_wrapping_keeps_latin_words_whole():
    assert wrap_text("drinking water zone", 7 * EM_10, 10) == ["drinking", "water zone"]


def test_no_line_begins_with_closing_punctuation():
    for comma in (",", "\uff0c", "\u3001", "\uff09"):
        text = f"禁止在保护区内建设{comma}违者处罚"
        lines = wrap_text(text, 9 * EM_10, 10)
        assert lines == ["禁止在保护区内建", f"设{comma}违者处罚"]


def test_no_line_ends_with_an_opening_bracket():
    for bracket in ("(", "\uff08", "\u300a"):
        lines = wrap_text(f"饮用水水源{bracket}一级", 6 * EM_10, 10)
        assert lines == ["饮用水水源", f"{bracket}一级"]


def test_given_line_breaks_are_kept():
    assert wrap_text("甲\n乙", 100, 10) == ["甲", "乙"]


def test_a_word_longer_than_the_line_is_broken():
    lines = wrap_text("W" * 30, 10 * EM_10, 10)
    assert "".join(lines) == "W" * 30
    assert len(lines) == 3


def test_cutting_ends_with_an_ellipsis_only_if_something_is_lost():
    assert cut_text("生态保护红线", 6 * EM_10, 10) == "生态保护红线"
    assert cut_text("生态保护红线", 5 * EM_10, 10) == "生态保护…"


def test_two_lines_part_before_a_bracket_or_at_a_space():
    zones, room = "耕地土壤环境质量类别（虚构）", 12 * EM_10
    assert few_lines(zones, room, 10) == "耕地土壤环境质量类别\n（虚构）"
    assert few_lines(f"{zones} 严格管控类", room, 10) == "耕地土壤环境质量类别\n（虚构） 严格管控类"
    assert few_lines(f"{zones} 严格管控类", 14 * EM_10, 10) == f"{zones}\n严格管控类"


def test_a_short_beginning_does_not_stand_alone():
    assert few_lines("2 处：砂河水源地二级保护区", 9 * EM_10, 10) == "2 处：砂河水源地二\n级保护区"


def test_a_single_character_does_not_stand_alone():
    assert few_lines("海域功能区（虚构） class 3", 13 * EM_10, 10) == "海域功能区（虚构）\nclass 3"
    assert few_lines("海域风险栅格（虚构） 低", 10 * EM_10, 10) == "海域风险栅格\n（虚构） 低"


def test_few_lines_are_cut_only_where_the_most_do_not_hold_all():
    name = "澜角外重要渔业水域重要渔业水域生态保护红线"
    whole = "澜角外重要渔业\n水域重要渔业水\n域生态保护红线"
    assert few_lines(name, 7 * EM_10, 10) == whole
    assert few_lines(name, 7 * EM_10, 10, 2) == "澜角外重要渔业\n水域重要渔业…"
    assert few_lines(name, 7 * EM_10, 10, 1) == "澜角外重要渔…"


@pytest.mark.parametrize("amount", ["125.89 m", "3,199.81 m²", "0.32 ha", "12.5 km", "0.32 公顷"])
def test_a_number_and_its_unit_stand_on_one_line(amount):
    for width in range(10, 30):
        lines = wrap_text(f"overlaps the coast by {amount}: ask first", width * EM_10, 10)
        assert any(amount in line for line in lines)


def test_lines_do_not_break_at_a_held_space():
    text = "规则包由\u00a0Eco\u00a0One\u00a0Map\u00a0生成"
    kept = "由\u00a0Eco\u00a0One\u00a0Map\u00a0生成"
    assert wrap_text(text, text_width_mm(kept, 10) + 0.01, 10) == ["规则包", kept]


def test_a_few_characters_in_brackets_stay_together():
    for opened, closed in ("()", "（）"):
        aside = f"{opened}虚构{closed}"
        lines = wrap_text(f"自然保护地{aside}和湿地", 7 * EM_10, 10)
        assert lines == ["自然保护地", f"{aside}和湿地"]


def test_a_word_that_begins_like_a_unit_is_none():
    assert wrap_text("10 metres", 5 * EM_10, 10) == ["10", "metres"]


def test_the_largest_size_that_fits_is_taken():
    assert fit_text("生态保护红线", 6 * EM_10, EM_10 * 1.5, (12, 10, 8)).size_pt == 10


def test_what_fits_at_no_size_is_cut_at_the_last():
    fitted = fit_text("生态保护红线" * 20, 6 * EM_10, 20, (12, 10))
    assert fitted.size_pt == 10
    assert fitted.lines == max_lines(20, 10) == 4
    assert fitted.text.endswith("…")


def test_lines_and_heights_agree():
    for lines in range(1, 9):
        assert max_lines(text_height_mm(lines, 7), 7) == lines
    assert max_lines(1.0, 10) == 0


@given(
    st.text(alphabet="生态,。()abc WM-1", max_size=120),
    st.floats(8, 90),
    st.sampled_from([6.0, 9.0]),
)
def test_lines_keep_all_characters_and_the_width(text, width, size):
    lines = wrap_text(text, width, size)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width_mm(line, size) <= width + 1e-9 or len(line) == 1 for line in lines)
