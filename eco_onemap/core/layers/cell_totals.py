# SPDX-License-Identifier: GPL-2.0-or-later
"""Sums over the cells of many sites, added up tile by tile in the same order for each site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.grouping import sum_by

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

MAX_PAIRS = 1_000_000
"""Pairs of site and class that are kept before equal ones are united."""


@dataclass(frozen=True)
class Cells:
    """Runs of cells and their values, by tile, then by site.

    site, is_new, size, length: shape (k,), of each run: its site, whether it is the first of the
    site in a tile, the size of each of its cells inside the site, and how many cells it has.
    value: of all cells, run after run, NaN where there is none.
    """

    site: Indices
    is_new: NDArray[np.bool_]
    size: Floats
    length: Indices
    value: Floats


def joined(parts: Sequence[Cells]) -> Cells:
    """Return the cells of several tiles, one after another."""
    if len(parts) == 1:
        return parts[0]
    names = [field.name for field in fields(Cells)]
    return Cells(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


class CellTotals:
    """Minimum, maximum, size and weighted values of the cells of n sites.

    minimum, maximum, size, weighted: shape (n,); infinite, or 0, where no cell had a value.
    """

    def __init__(self, count: int) -> None:
        self.minimum = np.full(count, np.inf)
        self.maximum = np.full(count, -np.inf)
        self.size = np.zeros(count)
        self.weighted = np.zeros(count)

    def add(self, cells: Cells) -> None:
        """Add cells, site by site and tile by tile."""
        known = ~np.isnan(cells.value)
        offset = np.cumsum(cells.length) - cells.length
        low = np.minimum.reduceat(np.where(known, cells.value, np.inf), offset)
        high = np.maximum.reduceat(np.where(known, cells.value, -np.inf), offset)
        sums = np.add.reduceat(np.where(known, cells.value, 0.0), offset)
        count = np.add.reduceat(known, offset, dtype=np.int64)
        starts = np.flatnonzero(cells.is_new)
        group, site = np.cumsum(cells.is_new) - 1, cells.site[starts]
        np.minimum.at(self.minimum, site, np.minimum.reduceat(low, starts))
        np.maximum.at(self.maximum, site, np.maximum.reduceat(high, starts))
        np.add.at(self.size, site, sum_by(group, cells.size * count, len(starts)))
        np.add.at(self.weighted, site, sum_by(group, cells.size * sums, len(starts)))


class ClassTotals:
    """Sizes of the cells of sites by value."""

    def __init__(self) -> None:
        self._parts: list[tuple[Indices, Floats, Floats]] = []
        self._kept = 0

    def add(self, cells: Cells) -> None:
        """Add cells, those of each site in each tile first among themselves."""
        known = ~np.isnan(cells.value)
        group, value, size = _united(
            np.repeat(np.cumsum(cells.is_new) - 1, cells.length)[known],
            cells.value[known],
            np.repeat(cells.size, cells.length)[known],
        )
        self._parts.append((cells.site[cells.is_new][group], value, size))
        self._kept += len(group)
        if self._kept > MAX_PAIRS:
            self._parts = [self.sums()]
            self._kept = len(self._parts[0][0])

    def sums(self) -> tuple[Indices, Floats, Floats]:
        """Return site, value and total size of each pair, sorted by both."""
        if not self._parts:
            return np.zeros(0, dtype=np.intp), np.zeros(0), np.zeros(0)
        site, value, size = (np.concatenate(column) for column in zip(*self._parts, strict=True))
        return _united(site, value, size)


def _united(site: Indices, value: Floats, size: Floats) -> tuple[Indices, Floats, Floats]:
    """Return the sums of equal pairs of site and value, each added up in the order given."""
    order = np.lexsort((value, site))
    site, value, size = site[order], value[order], size[order]
    changes = (np.diff(site) != 0) | (np.diff(value) != 0)
    starts = np.flatnonzero(np.r_[True, changes][: len(site)])
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(site)]))
    return site[starts], value[starts], sum_by(group, size, len(starts))
