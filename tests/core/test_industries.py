# SPDX-License-Identifier: GPL-2.0-or-later
"""Industries of GB/T 4754-2017: the list's shape, look-up and search."""

from __future__ import annotations

from collections import Counter

import pytest

from eco_onemap.core.errors import OptionError
from eco_onemap.core.sites.industries import (
    find_industry,
    industries,
    normalized_industry,
    require_industry,
    search_industries,
    similar_industries,
)


def test_the_list_has_all_of_the_standard():
    # 20 sections, 97 divisions, 473 groups, 1,381 classes
    levels = Counter(one.level for one in industries().values())
    assert [levels[level] for level in (1, 2, 3, 4)] == [20, 97, 473, 1381]
    assert sum(levels.values()) == len(industries())
    assert {one.code for one in industries().values() if one.level == 1} == set(
        "ABCDEFGHIJKLMNOPQRST"
    )
    divisions = sorted(one.code[1:] for one in industries().values() if one.level == 2)
    assert divisions == [f"{number:02}" for number in range(1, 98)]


def test_every_class_stands_in_its_group_and_every_group_in_its_division():
    for code, one in industries().items():
        assert one.code == code
        assert one.name == one.name.strip() != ""
        assert [wide.level for wide in one.wider] == list(range(1, one.level))
        assert all(code.startswith(wide.code) for wide in one.wider)
        assert bool(one.narrower) == (one.level < 4)


def test_a_group_of_one_class_is_coded_0_and_named_alike():
    # GB/T 4754-2017, 4.2: a group that is not divided has one class with the last digit 0
    for one in industries().values():
        if one.level == 3:
            ends = [narrow.code[-1] for narrow in one.narrower]
            assert ends == sorted(set(ends))
            assert ends == ["0"] or "0" not in ends
            assert ends != ["0"] or one.narrower[0].name == one.name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("A0313", "猪的饲养"), ("B0912", "铅锌矿采选"), ("C1713", "棉印染精加工"),
        ("C2221", "机制纸及纸板制造"), ("C2511", "原油加工及石油制品制造"), ("C2521", "炼焦"),
        ("C2631", "化学农药制造"), ("C2710", "化学药品原料药制造"), ("C3011", "水泥制造"),
        ("C3110", "炼铁"), ("C3216", "铝冶炼"), ("C3360", "金属表面处理及热处理加工"),
        ("C3843", "铅蓄电池制造"), ("C3973", "集成电路制造"), ("D4417", "生物质能发电"),
        ("D4620", "污水处理及其再生利用"), ("G5942", "危险化学品仓储"), ("N7724", "危险废物治理"),
        ("N7726", "土壤污染治理与修复服务"), ("R9030", "休闲观光活动"), ("T9700", "国际组织"),
    ],
)  # fmt: skip
def test_classes_that_practice_knows(code, name):
    assert industries()[code].name == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C26", "C26"), ("26", "C26"), ("c2614", "C2614"), ("2614", "C2614"), (" C 2614 ", "C2614"),
        ("D", "D"), ("有机化学原料制造", "C2614"), ("教育", "P83"), ("A26", None), ("98", None),
        ("C2699", None), ("2699", None), ("化工", None), ("", None), ("Ｃ２６１４", "C2614"),
        ("C2614 有机化学原料制造", "C2614"), ("2614有机化学原料制造", "C2614"),
        ("C2614-有机化学原料制造", "C2614"), ("C2614（化工）", "C2614"), ("C 制造业", "C"),
        ("C26 有机化学原料制造", "C26"),  # the wider of the two is what the code says
        ("C2614 水泥制造", None),  # one of the two is wrong
        ("羽毛（绒）加工", "C1941"), ("炼铁", "C3110"),
        ("燃气生产和供应业", "D45"),  # also the name of its group 451, a part of it
        ("26 化学原料和化学制品制造业", "C26"), ("24小时便利店", None), ("C2614C", None),
        ("261400", None),
    ],
)  # fmt: skip
def test_look_up(text, code):
    found = find_industry(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C2614 有机化学原料制造", "C2614"), (" 2699 ", "2699"), ("24小时便利店", "24小时便利店"),
        ("化工", "化工"), ("A2614", "A2614"), ("", ""),
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
    assert [one.code for one in search_industries("266")][:2] == ["C266", "C2661"]
    assert [one.code for one in search_industries("2614")] == ["C2614"]
    assert [one.code for one in search_industries("羽毛（绒）")] == ["C194", "C1941", "C1942"]
    assert search_industries("水泥制造")[0].code == "C3011"
    assert search_industries("") == search_industries("没有这个") == []
    assert len(search_industries("制造", limit=7)) == 7
    assert len(search_industries("业", limit=None)) > 20


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("C2699", ["C26", "C261", "C262"]), ("2667x", ["C266", "C2661", "C2662"]),
        ("A2614", ["C261", "C2611", "C2612"]), ("C2614 水泥制造", ["C261", "C2611", "C2612"]),
        ("电池厂", ["C384", "C3841", "C3842"]), ("9999", []), ("", []), ("xyz", []),
    ],
)  # fmt: skip
def test_what_may_be_meant_by_what_is_none(text, near):
    assert [one.code for one in similar_industries(text)] == near


def test_a_stated_industry_must_exist():
    assert require_industry("2614").code == "C2614"
    with pytest.raises(OptionError) as refusal:
        require_industry("C2699")
    assert refusal.value.message.text("en") == (
        "GB/T 4754-2017 has no industry 'C2699'; near it are C26 化学原料和化学制品制造业, "
        "C261 基础化学原料制造, C262 肥料制造. Search its codes and names with: "
        "eco-onemap industries WORD."
    )
    with pytest.raises(OptionError) as refusal:
        require_industry("9999")
    assert refusal.value.message.text("zh") == (
        "GB/T 4754-2017 中没有行业“9999”；可用 eco-onemap industries 关键词 查找代码和名称。"
    )
