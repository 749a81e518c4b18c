# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap industries``: the search, and what it says where nothing is found."""

from __future__ import annotations

import pytest

from eco_onemap.cli.main import run


@pytest.mark.parametrize(
    ("words", "language", "heading", "first"),
    [
        (["电池"], "zh", ["代码", "行业", "层级", "属于"], ["C384", "电池制造", "中类", "C38"]),
        (["c38", "锂"], "en", ["code", "industry", "level", "within"],
         ["C3841", "锂离子电池制造", "class", "C384"]),
        (["C"], "en", ["code", "industry", "level", "within"], ["C", "制造业", "section"]),
    ],
)  # fmt: skip
def test_a_search_lists_code_name_level_and_what_it_lies_in(
    words, language, heading, first, capsys
):
    assert run(["industries", *words, "--language", language]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == heading
    assert rows[1][: len(first)] == first


def test_nothing_found_says_what_comes_near(capsys):
    assert run(["industries", "C2699", "--language", "en"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("GB/T 4754-2017 has no industry 'C2699'; near it are C26 ")


def test_a_stated_industry_that_is_none_stops_the_listing(capsys):
    fact = ["--fact", "industry=电池厂", "--language", "zh"]
    assert run(["sites", "no_such_file.txt", *fact]) == 2
    assert "GB/T 4754-2017 中没有行业“电池厂”；相近的有 C384 电池制造" in capsys.readouterr().err
