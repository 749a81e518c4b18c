# SPDX-License-Identifier: GPL-2.0-or-later
"""How numbers are written: rounding half up (四舍五入), units, compass words, plain decimals."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import repeat
from operator import contains

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.measures.chainage_text import printed_lengths_m
from eco_onemap.core.messages import message

M2_PER_HECTARE = 10_000
MU_PER_HECTARE = 15
"""1 公顷 = 15 亩, so 1 亩 = 2000/3 m²."""

NO_VALUE = "—"
NO_BREAK = "\N{NO-BREAK SPACE}"
_KILOMETRES_FROM_M = 10_000
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""What is no character of XML 1.0."""

_DECIMALS_BY_UNIT = {"m2": 4, "m": 4, "pct": 6, "deg": 6, "share": 6}


def round_half_up(value: float | Decimal, decimals: int) -> Decimal:
    """Return *value*, as its shortest decimal writing shows it, rounded half away from zero."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def largest_remainder(parts: Sequence[float], decimals: int) -> list[Decimal]:
    """Return *parts* rounded so that they add up to the rounded total (面积平差).

    Each part is rounded down, then those with the largest remainders get one last digit more;
    equal remainders are served in order.
    """
    step = Decimal(1).scaleb(-decimals)
    exact = [Decimal(repr(float(part))) for part in parts]
    floors = [part.quantize(step, rounding=ROUND_FLOOR) for part in exact]
    missing = int((round_half_up(sum(exact, Decimal(0)), decimals) - sum(floors)) / step)
    by_remainder = sorted(range(len(exact)), key=lambda i: floors[i] - exact[i])
    for number in by_remainder[:missing]:
        floors[number] += step
    return floors


def decimal_text(value: float | Decimal, decimals: int) -> str:
    """Return *value* with *decimals* places and thousands commas, never a 0 that is not one.

    What would round to zero is written as "<0.01" (or "<0.0001" …); no value as a dash.
    """
    if not math.isfinite(value):
        return NO_VALUE
    rounded = round_half_up(value, decimals)
    if rounded == 0 and value != 0:
        sign = "<" if value > 0 else ">-"
        return f"{sign}{Decimal(1).scaleb(-decimals)}"
    return f"{abs(rounded) if rounded == 0 else rounded:,}"


def square_metres(area_m2: float) -> str:
    """Return an area as "1,234.56 m²"."""
    return _with_unit(area_m2, 2, "m²")


def hectares(area_m2: float, language: str) -> str:
    """Return an area in hectares to 4 decimals, as 用地报批 prints it; tiny ones with their m²."""
    text = _with_unit(area_m2 / M2_PER_HECTARE, 4, message("unit.hectare").text(language))
    return f"{text}{NO_BREAK}({square_metres(area_m2)})" if text.startswith("<") else text


def mu(area_m2: float, language: str) -> str:
    """Return an area in mu (亩) to 2 decimals, 4 below 1 亩."""
    value = area_m2 * MU_PER_HECTARE / M2_PER_HECTARE
    return _with_unit(value, 2 if value >= 1 else 4, message("unit.mu").text(language))


def percent(share_pct: float) -> str:
    """Return a percentage to 2 decimals; less than everything is never written as 100.00 %."""
    text = decimal_text(share_pct, 2)
    if text == "100.00" and share_pct < 100:
        return ">99.99%"
    return text if text == NO_VALUE else f"{text}%"


def metres(distance_m: float) -> str:
    """Return a distance or length: to the centimetre below 10 km, then in km to 10 m."""
    if distance_m < _KILOMETRES_FROM_M:
        return _with_unit(distance_m, 2, "m")
    return _with_unit(distance_m / 1000, 2, "km")


def between_chainages(from_m: float, to_m: float) -> str:
    """Return the length of a stretch of a line: the difference of its chainages as printed.

    In metres, to the millimetre where only that shows it; a dash for a place without a length.
    """
    if to_m == from_m:
        return NO_VALUE
    length = float(printed_lengths_m(np.array([from_m]), np.array([to_m]))[0])
    decimals = 0 if length and length == int(length) else 3
    return _with_unit(length or to_m - from_m, decimals, "m")


def compass(bearing_deg: float, language: str) -> str:
    """Return the compass point (of 16) nearest to a bearing, with its degrees: "西北 (312°)"."""
    if not math.isfinite(bearing_deg):
        return NO_VALUE
    point = int(round_half_up(bearing_deg / 22.5, 0)) % 16
    degrees = int(round_half_up(bearing_deg, 0)) % 360
    return f"{message(f'compass.{point}').text(language)} ({degrees}°)"


def _with_unit(value: float, decimals: int, unit: str) -> str:
    text = decimal_text(value, decimals)
    return text if text == NO_VALUE else f"{text}{NO_BREAK}{unit}"


def plain_decimals(column: str) -> int | None:
    """Return how many decimals a column keeps in a plain table, by the unit in its name.

    4 for metres and m², 6 for percent, degrees and shares, ``None`` (all) for anything else.
    """
    units = (_DECIMALS_BY_UNIT.get(part) for part in column.split("_"))
    return next((decimals for decimals in units if decimals is not None), None)


def plain_numbers(values: NDArray[np.float64], decimals: int | None) -> list[str]:
    """Return numbers for a machine: plain decimals, no exponent, no trailing zeros, "" for NaN."""
    if decimals is None:
        digits = np.array(list(map(repr, (values + 0.0).tolist())), dtype=object)
        powers = np.fromiter(map(contains, digits, repeat("e")), bool, len(digits))
        digits[powers] = [f"{Decimal(text):f}." for text in digits[powers]]
    else:
        visible = np.where(np.abs(values) < 0.5 * 10.0**-decimals, 0.0, values).tolist()
        digits = np.array(list(map(f"%.{decimals}f".__mod__, visible)), dtype=object)
    trimmed = map(str.rstrip, map(str.rstrip, digits, repeat("0")), repeat("."))
    texts = np.array([*trimmed, ""], dtype=object)[:-1]
    texts[np.isnan(values)] = ""
    found: list[str] = texts.tolist()
    return found


def printable(text: str) -> str:
    """Return text without the control characters that no XML and no printer takes."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
