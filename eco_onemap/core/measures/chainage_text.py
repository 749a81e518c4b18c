# SPDX-License-Identifier: GPL-2.0-or-later
"""Chainages as they are written: K12+340, with decimals only where metres hide a crossing."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import OptionError

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MOST_DECIMALS = 3
"""Millimetres: nothing in the field is surveyed closer."""
MOST_KM = 10_000
_WRITTEN = re.compile(r"(?:[A-Za-z]?[Kk])?(\d+)\+(\d{1,3}(?:\.\d+)?)|(\d+(?:\.\d+)?)")
_DASH = "–"


def printed_decimals(from_m: Floats, to_m: Floats) -> Counts:
    """Return with how many decimals stretches are printed, shape (n,).

    None, unless both ends of a stretch would be the same metre: as many then as tell them apart.
    """
    decimals = np.zeros(len(from_m), dtype=np.int64)
    for more in range(1, MOST_DECIMALS + 1):
        same = (to_m > from_m) & (_steps(from_m, decimals) == _steps(to_m, decimals))
        decimals[same] = more
    return decimals


def printed_lengths_m(from_m: Floats, to_m: Floats) -> Floats:
    """Return the lengths of stretches as differences of the chainages that are printed."""
    decimals = printed_decimals(from_m, to_m)
    lengths: Floats = (_steps(to_m, decimals) - _steps(from_m, decimals)) / 10.0**decimals
    return lengths


def stretch_texts(from_m: Floats, to_m: Floats) -> NDArray[np.object_]:
    """Return stretches such as ``K12+340–K12+910``; one chainage where both ends are the same."""
    decimals = printed_decimals(from_m, to_m)
    first, last = chainage_texts(from_m, decimals), chainage_texts(to_m, decimals)
    texts: NDArray[np.object_] = np.where(from_m == to_m, first, first + _DASH + last)
    return texts


def chainage_texts(metres: Floats, decimals: Counts) -> NDArray[np.object_]:
    """Return chainages such as ``K12+340``, rounded half up to a number of decimals each."""
    steps = _steps(metres, decimals)
    kilometres, rest = np.divmod(steps, 1000 * 10**decimals)
    texts = np.empty(len(metres), dtype=object)
    widths = np.where(decimals > 0, 4 + decimals, 3)
    texts[:] = [
        f"K{km}+{part:0{width}.{places}f}"
        for km, part, width, places in zip(
            kilometres.tolist(),
            (rest / 10.0**decimals).tolist(),
            widths.tolist(),
            decimals.tolist(),
            strict=True,
        )
    ]
    return texts


def chainage_text(metres: float) -> str:
    """Return one chainage to the metre."""
    return str(chainage_texts(np.array([metres]), np.zeros(1, dtype=np.int64))[0])


def _steps(metres: Floats, decimals: Counts) -> Counts:
    """Return metres as whole numbers of their last decimal, rounded half up (四舍五入)."""
    return np.floor(np.round(metres * 10.0**decimals, 6) + 0.5).astype(np.int64)


def parse_chainage(text: str) -> float:
    """Return the metres of a chainage written as ``K12+340`` or ``12340``."""
    found = _WRITTEN.fullmatch("".join(text.split()).replace("＋", "+"))
    if found is None:
        raise OptionError("option.chainage", value=text)
    kilometres, metres, plain = found.groups()
    value = float(plain) if plain else 1000.0 * int(kilometres) + float(metres)
    if value > 1000.0 * MOST_KM:
        raise OptionError("option.chainage", value=text)
    return value
