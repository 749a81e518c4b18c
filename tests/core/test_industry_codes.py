# SPDX-License-Identifier: GPL-2.0-or-later
"""Industry codes of GB/T 4754: sections of divisions, and what lies in what."""

from __future__ import annotations

import pytest

from eco_onemap.core.sites.industry_codes import is_of_industry, parse_industry


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("C2614", "C2614"),
        ("2614", "C2614"),
        ("c2614 有机化学原料制造", "C2614"),
        ("Ｃ２６１４有机化学原料制造", "C2614"),
        ("26", "C26"),
        ("C", "C"),
        ("01", "A01"),
        ("0511", "A0511"),
        ("0610", "B0610"),
        ("4310", "C4310"),
        ("4411", "D4411"),
        ("7721", "N7721"),
        ("97", "T97"),
        ("98", ""),
        ("00", ""),
        ("2", ""),
        ("26145", ""),
        ("X26", ""),
        ("化工", ""),
        ("", ""),
    ],
)
def test_codes_get_their_section(written, code):
    assert parse_industry(written) == code


@pytest.mark.parametrize(
    ("written", "beginnings", "expected"),
    [
        ("C2614", ["26"], True),
        ("2614", ["C"], True),
        ("2614", ["C261"], True),
        ("2614", ["D", "2614"], True),
        ("2614", ["25", "D"], False),
        ("26", ["2614"], None),  # wider than what is asked
        ("C", ["26"], None),
        ("D", ["26"], False),
        ("", ["26"], None),
        ("unknown", ["26"], None),
    ],
)
def test_an_industry_lies_in_wider_ones(written, beginnings, expected):
    assert is_of_industry(written, beginnings) is expected
