# SPDX-License-Identifier: GPL-2.0-or-later
"""Sums over the cells of many sites, added up tile by tile in the same order for each site."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.grouping import sum_by

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

MAX_PAIRS = 1_000_000
"""Pairs of site and class that are kept before equal ones are united."""


class CellTotals:
    """Minimum, maximum, size and weighted values of the cells of n sites.

    minimum, maximum, size, weighted: shape (n,); infinite, or 0, where no cell had a value.
    """

    def __init__(self, count: int) -> None:
        self.minimum = np.full(count, np.inf)
        self.maximum = np.full(count, -np.inf)
        self.size = np.zeros(count)
        self.weighted = np.zeros(count)

    def add(
        self, site: Indices, size: Floats, value: Floats, offset: Indices, length: Indices
    ) -> None:
        """Add runs of cells, all that each site has in a tile together.

        site, size, offset, length: shape (k,), of runs, by site. value: of their cells, NaN where
        there is none; a run's are from *offset* on.
        """
        is_known = ~np.isnan(value)
        known = np.add.reduceat(is_known, offset, dtype=np.int64)
        some = known > 0
        if not some.any():
            return
        low = np.minimum.reduceat(np.where(is_known, value, np.inf), offset)
        high = np.maximum.reduceat(np.where(is_known, value, -np.inf), offset)
        sums = np.add.reduceat(np.where(is_known, value, 0.0), offset)
        starts = np.flatnonzero(np.r_[True, np.diff(site) != 0])
        sites = site[starts]
        group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(site)]))
        self.minimum[sites] = np.minimum(self.minimum[sites], np.minimum.reduceat(low, starts))
        self.maximum[sites] = np.maximum(self.maximum[sites], np.maximum.reduceat(high, starts))
        self.size[sites] += sum_by(group, size * known, len(starts))
        self.weighted[sites] += sum_by(group, size * sums, len(starts))


class ClassTotals:
    """Sizes of the cells of sites by value."""

    def __init__(self) -> None:
        self._parts: list[tuple[Indices, Floats, Floats]] = []
        self._kept = 0

    def add(self, site: Indices, size: Floats, value: Floats) -> None:
        """Add cells, shape (k,) each, all that a site has in a tile together; NaN is no value."""
        known = ~np.isnan(value)
        found = _united(site[known], value[known], size[known])
        self._parts.append(found)
        self._kept += len(found[0])
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
    """Return the sums of equal pairs; each is added up in the order given."""
    order = np.lexsort((value, site))
    site, value, size = site[order], value[order], size[order]
    changes = (np.diff(site) != 0) | (np.diff(value) != 0)
    starts = np.flatnonzero(np.r_[True, changes][: len(site)])
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(site)]))
    return site[starts], value[starts], sum_by(group, size, len(starts))
