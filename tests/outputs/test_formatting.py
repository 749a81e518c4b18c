# SPDX-License-Identifier: GPL-2.0-or-later
"""Rounding and units as a Chinese office prints them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.outputs import formatting as f

SPACE = "\N{NO-BREAK SPACE}"
areas = st.floats(0, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.125, 2, "0.13"),  # a banker would say 0.12
        (2.675, 2, "2.68"),  # binary 2.67499999999999982
        (-0.125, 2, "-0.13"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (1e-7, 4, "0.0000"),
    ],
)
def test_rounds_half_away_from_zero(value: float, decimals: int, text: str) -> None:
    assert str(f.round_half_up(value, decimals)) == text


@given(st.decimals(-1000000, 1000000, places=5), st.integers(0, 4))
def test_rounding_is_the_nearest(value: Decimal, decimals: int) -> None:
    rounded = Fraction(f.round_half_up(value, decimals))
    assert abs(rounded - Fraction(value)) * 2 <= Fraction(1, 10**decimals)


@given(st.lists(areas, max_size=12), st.integers(0, 4))
def test_parts_add_up_to_the_rounded_total(parts: list[float], decimals: int) -> None:
    rounded = f.largest_remainder(parts, decimals)
    total = sum((Decimal(repr(part)) for part in parts), Decimal(0))
    assert sum(rounded, Decimal(0)) == f.round_half_up(total, decimals)
    for part, whole in zip(parts, rounded, strict=True):
        assert abs(Fraction(whole) - Fraction(repr(part))) < Fraction(1, 10**decimals)


def test_largest_remainders_get_the_last_digit() -> None:
    # three thirds of 100 to two decimals: one of them takes the last hundredth
    assert list(map(str, f.largest_remainder([100 / 3] * 3, 2))) == ["33.34", "33.33", "33.33"]
    assert list(map(str, f.largest_remainder([0.4, 0.8, 0.8], 0))) == ["0", "1", "1"]
    assert f.largest_remainder([], 2) == []


@pytest.mark.parametrize(
    ("area_m2", "hectares", "mu"),
    [
        (10_000.0, "1.0000 公顷", "15.00 亩"),
        (2000 / 3, "0.0667 公顷", "1.00 亩"),
        (66.0, "0.0066 公顷", "0.0990 亩"),
        (0.38, "<0.0001 公顷 (0.38 m²)", "0.0006 亩"),
        (0.001, "<0.0001 公顷 (<0.01 m²)", "<0.0001 亩"),
        (0.0, "0.0000 公顷", "0.0000 亩"),
        (float("nan"), "—", "—"),
        (123_456_789.0, "12,345.6789 公顷", "185,185.18 亩"),
    ],
)
def test_land_units(area_m2: float, hectares: str, mu: str) -> None:
    assert f.hectares(area_m2, "zh").replace(SPACE, " ") == hectares
    assert f.mu(area_m2, "zh").replace(SPACE, " ") == mu


def test_units_speak_english_too() -> None:
    assert f.hectares(25_000.0, "en").replace(SPACE, " ") == "2.5000 ha"
    assert f.mu(25_000.0, "en").replace(SPACE, " ") == "37.50 mu"


@given(st.floats(1e-12, 1e12))
def test_something_is_never_printed_as_nothing(value: float) -> None:
    for text in (f.decimal_text(value, 2), f.percent(value), f.square_metres(value)):
        assert text.startswith("<") or any(digit in text for digit in "123456789")


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (4.6623, "4.66%"),
        (100.0, "100.00%"),
        (99.9999, ">99.99%"),
        (0.001, "<0.01%"),
        (0.0, "0.00%"),
    ],
)
def test_percent(share: float, text: str) -> None:
    assert f.percent(share) == text


@pytest.mark.parametrize(
    ("distance", "text"),
    [(0.0, "0.00 m"), (0.004, "<0.01 m"), (999.995, "1,000.00 m"), (12_345.0, "12.35 km")],
)
def test_metres(distance: float, text: str) -> None:
    assert f.metres(distance).replace(SPACE, " ") == text


@pytest.mark.parametrize(
    ("bearing", "zh", "en"),
    [
        (0.0, "北 (0°)", "N (0°)"),
        (359.7, "北 (0°)", "N (0°)"),
        (11.25, "北东北 (11°)", "NNE (11°)"),
        (90.0, "东 (90°)", "E (90°)"),
        (225.0, "西南 (225°)", "SW (225°)"),
        (348.0, "北西北 (348°)", "NNW (348°)"),
        (float("nan"), "—", "—"),
    ],
)
def test_compass(bearing: float, zh: str, en: str) -> None:
    assert f.compass(bearing, "zh") == zh
    assert f.compass(bearing, "en") == en


@pytest.mark.parametrize(
    ("column", "decimals"),
    [
        ("overlap_area_m2", 4),
        ("nearest_m", 4),
        ("ring_500_area_m2", 4),
        ("overlap_pct_site", 6),
        ("bearing_deg", 6),
        ("unmapped_share", 6),
        ("raster_mean", None),
    ],
)
def test_decimals_follow_the_unit_in_the_name(column: str, decimals: int | None) -> None:
    assert f.plain_decimals(column) == decimals


def test_plain_numbers_have_no_exponent() -> None:
    values = np.array([1e-5, 1e22, 0.1, -0.0, 3.0, float("nan")])
    expected = ["0.00001", "10000000000000000000000", "0.1", "0", "3", ""]
    assert f.plain_numbers(values, None) == expected
    assert f.plain_numbers(np.array([10.0, -1e-9, 20.25]), 4) == ["10", "0", "20.25"]


@given(st.lists(st.floats(-1e9, 1e9), max_size=20))
def test_plain_numbers_read_back(values: list[float]) -> None:
    exact = f.plain_numbers(np.array(values, dtype=float), None)
    assert [float(text) for text in exact] == values
    rounded = f.plain_numbers(np.array(values, dtype=float), 4)
    assert [float(text) for text in rounded] == pytest.approx(values, abs=5.1e-5)
