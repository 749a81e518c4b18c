# SPDX-License-Identifier: GPL-2.0-or-later
"""Industries of GB/T 4754-2017: the list's shape, look-up and search."""

from __future__ import annotations

from collections import Counter

import pytest

from eco_onemap.core.sites.industries import (
    find_industry,
    industries,
    normalized_industry,
    search_industries,
)


def test_the_list_has_the_standard_s_sections_divisions_and_groups():
    # the standard's foreword: 20 sections, 97 divisions, 473 groups
    levels = Counter(one.level for one in industries().values())
    assert (levels[1], levels[2], levels[3]) == (20, 97, 473)
    assert {one.code for one in industries().values() if one.level == 1} == set(
        "ABCDEFGHIJKLMNOPQRST"
    )
    divisions = sorted(one.code[1:] for one in industries().values() if one.level == 2)
    assert divisions == [f"{number:02}" for number in range(1, 98)]


def test_every_class_stands_in_its_group_and_every_group_in_its_division():
    for code, one in industries().items():
        assert one.code == code
        assert one.name
        if one.level > 1:
            assert (code[:-1] if one.level > 2 else code[0]) in industries()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C26", "C26"), ("26", "C26"), ("c2614", "C2614"), ("2614", "C2614"), (" C 2614 ", "C2614"),
        ("D", "D"), ("有机化学原料制造", "C2614"), ("教育", "P83"), ("A26", None), ("98", None),
        ("C2699", None), ("化工", None), ("", None),
    ],
)  # fmt: skip
def test_look_up(text, code):
    found = find_industry(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2699", "C2699"),  # of a known division: the list lacks most classes
        ("C2614 有机化学原料制造", "C2614"), ("2614有机化学原料制造", "C2614"),
        ("24小时便利店", "24小时便利店"), ("化工", "化工"), ("A2614", "A2614"), ("", ""),
    ],
)  # fmt: skip
def test_what_files_write_becomes_a_code_or_stays(text, code):
    assert normalized_industry(text) == code


def test_search_by_name_finds_broad_classes_first():
    assert [one.code for one in search_industries("电池")] == [
        "C384", "C3841", "C3842", "C3843", "C3844", "C3849",
    ]  # fmt: skip
    assert [one.code for one in search_industries("铅 冶炼")] == ["C3212"]
    assert [one.code for one in search_industries("c266 助剂")] == ["C2661"]
    assert search_industries("") == []
    assert len(search_industries("制造", limit=7)) == 7
