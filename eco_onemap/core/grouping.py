# SPDX-License-Identifier: GPL-2.0-or-later
"""Sums over groups that arrays of indices name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def sum_by(
    index: NDArray[np.intp], weights: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """Return the sum of the weights of each index from 0 to *count* - 1, 0 where there are none."""
    sums: NDArray[np.float64] = np.bincount(index, weights, count).astype(np.float64)
    return sums


def rows_by_value(values: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Return the row numbers of each distinct value, by value, rows in their order."""
    if not len(values):
        return []
    order = np.argsort(values, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(values[order])) + 1)
