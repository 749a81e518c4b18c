# SPDX-License-Identifier: GPL-2.0-or-later
"""Chainages as they are written: rounding hides no crossing, lengths fit what stands beside."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.core.errors import OptionError
from eco_onemap.core.measures.chainage_text import (
    chainage_text,
    parse_chainage,
    printed_lengths_m,
    stretch_texts,
)

from .worlds import quick


def stretch(from_m, to_m):
    return stretch_texts(np.array([from_m]), np.array([to_m]))[0]


def length(from_m, to_m):
    return printed_lengths_m(np.array([from_m]), np.array([to_m]))[0]


@pytest.mark.parametrize(
    ("metres", "text"),
    [(0, "K0+000"), (12_340.4, "K12+340"), (999.5, "K1+000"), (7.49, "K0+007"), (1e6, "K1000+000")],
)
def test_metres_are_rounded_half_up(metres, text):
    assert chainage_text(metres) == text


@pytest.mark.parametrize(
    ("from_m", "to_m", "text", "printed"),
    [
        (12_340.2, 12_909.8, "K12+340–K12+910", 570),  # 569.6 m: the difference as it is printed
        (12_340.4, 12_909.6, "K12+340–K12+910", 570),
        (12_340.1, 12_340.4, "K12+340.1–K12+340.4", 0.3),
        (12_340.11, 12_340.14, "K12+340.11–K12+340.14", 0.03),
        (999.7, 1000.2, "K0+999.7–K1+000.2", 0.5),
        (5.0004, 5.0011, "K0+005.000–K0+005.001", 0.001),
        (600.0, 600.0, "K0+600", 0),
    ],
)
def test_a_crossing_keeps_its_length(from_m, to_m, text, printed):
    assert stretch(from_m, to_m) == text
    assert length(from_m, to_m) == pytest.approx(printed, abs=1e-9)


@quick
@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_what_is_printed_agrees_with_itself(millimetres, more):
    from_m, to_m = millimetres / 1000, (millimetres + more) / 1000
    first, last = (
        Decimal(part.replace("K", "").replace("+", "")) for part in stretch(from_m, to_m).split("–")
    )
    assert last > first
    assert float(last - first) == pytest.approx(length(from_m, to_m), abs=1e-9)
    assert abs(float(last - first) - (to_m - from_m)) <= 1.0


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("K12+340", 12_340),
        ("k0+005.5", 5.5),
        (" DK3 + 7 ", 3007),
        ("12340", 12_340),
        ("8＋100", 8100),
    ],
)
def test_chainages_are_read_as_people_write_them(text, metres):
    assert parse_chainage(text) == metres


@pytest.mark.parametrize("text", ["K12", "K12+3400", "-5", "K1+-3", "start", "K10001+000"])
def test_what_is_no_chainage_is_refused_in_a_sentence(text):
    with pytest.raises(OptionError, match="is no chainage; write it like"):
        parse_chainage(text)
