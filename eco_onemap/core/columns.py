# SPDX-License-Identifier: GPL-2.0-or-later
"""Small steps that the makers of result tables share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from operator import is_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.table import NO_COUNT, Column, ColumnType

Values = dict[str, NDArray[Any]]
"""Columns of a table by name."""


def text_column(values: Any) -> NDArray[np.object_]:
    """Return the values as a column of texts or messages."""
    items = list(values)
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def missing(values: Sequence[Any] | NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which values are ``None``, shape (n,)."""
    return np.fromiter(map(is_, values, repeat(None)), dtype=bool, count=len(values))


def joined(arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    """Return arrays one after another; an empty one where there are none."""
    return np.concatenate([np.zeros(0, dtype=dtype), *arrays]).astype(dtype)


def dtype_of(column: Column) -> Any:
    """Return what numpy calls the type of a column."""
    return {ColumnType.TEXT: object, ColumnType.REAL: np.float64, ColumnType.INTEGER: np.int64}[
        column.type
    ]


def no_values(column: Column, count: int) -> NDArray[Any]:
    """Return a column of *count* rows without a value."""
    if column.type is ColumnType.TEXT:
        return np.full(count, "", dtype=object)
    if column.type is ColumnType.INTEGER:
        return np.full(count, NO_COUNT, dtype=np.int64)
    return np.full(count, np.nan)


def blanked(values: NDArray[Any], where: NDArray[np.bool_]) -> NDArray[Any]:
    """Return the values with "no value" at sites that could not be checked."""
    if values.dtype.kind == "f":
        return np.where(where, np.nan, values)
    if values.dtype.kind == "i":
        return np.where(where, NO_COUNT, values)
    return values
