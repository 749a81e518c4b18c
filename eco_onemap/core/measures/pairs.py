# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs of site and feature that a question is about, and their totals by site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.law.when import Ask, Bound, Limit, Question
from eco_onemap.core.measures.hits import Hits
from eco_onemap.core.measures.overlap import Overlaps, dissolve
from eco_onemap.core.vocabulary import HitKind

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

SNAPPED_M = 1e-5
"""So much of their length lines may lose where their union is snapped: they share nothing."""

_SLIGHT = (HitKind.SLIVER.value, HitKind.TOUCH.value)
_COMPARE: dict[Bound, Callable[[Any, Any], Any]] = {
    Bound.GT: np.greater,
    Bound.GE: np.greater_equal,
    Bound.LT: np.less,
    Bound.LE: np.less_equal,
}


@dataclass(frozen=True)
class Pairs:
    """Pairs that may count, each array of shape (k,); *sure* ones do.

    value: what is measured of the pair, NaN where nothing was.
    """

    site: Indices
    feature: Indices
    value: Floats
    sure: Flags

    def take(self, rows: Flags) -> Pairs:
        """Return the pairs that are flagged."""
        return Pairs(self.site[rows], self.feature[rows], self.value[rows], self.sure[rows])

    def counts(self, count: int, sure_only: bool) -> Floats:
        """Return the number of pairs of each of *count* sites."""
        site = self.site[self.sure] if sure_only else self.site
        return np.bincount(site, minlength=count).astype(np.float64)

    def told(self, count: int, largest: bool) -> tuple[Floats, Indices]:
        """Return the value and feature to tell of each site: sure ones first, then by value.

        Both have shape (count,), NaN and -1 where there is no pair.
        """
        value, feature = np.full(count, np.nan), np.full(count, -1, dtype=np.intp)
        rank = -self.value if largest else self.value
        order = np.lexsort((rank, ~self.sure, self.site))[::-1]  # the last one written stays
        value[self.site[order]] = self.value[order]
        feature[self.site[order]] = self.feature[order]
        return value, feature


NO_PAIRS = Pairs(
    np.zeros(0, dtype=np.intp),
    np.zeros(0, dtype=np.intp),
    np.zeros(0),
    np.zeros(0, dtype=bool),
)


def join_pairs(first: Pairs, second: Pairs) -> Pairs:
    """Return the pairs of both."""
    return Pairs(
        np.r_[first.site, second.site],
        np.r_[first.feature, second.feature],
        np.r_[first.value, second.value],
        np.r_[first.sure, second.sure],
    )


def is_slight(hits: Hits) -> Flags:
    """Return which hits lie within digitising error."""
    return np.isin(hits.kind.astype(str), _SLIGHT)


def keeps(limit: Limit, values: Floats) -> Flags:
    """Return which values keep all bounds of the limit; NaN keeps none."""
    kept = np.ones(len(values), dtype=bool)
    for bound, operand in limit.bounds:
        kept &= _COMPARE[bound](values, operand)
    return kept


def keeps_day(bound: Bound, day: int, operand: int) -> bool:
    """Return whether a day keeps a bound, both as ordinals."""
    return bool(_COMPARE[bound](day, operand))


def hit_values(hits: Hits, question: Question) -> Floats:
    """Return what the question measures of each hit, shape (k,).

    Without a measure it is the area, else the length, else 1 for a point.
    """
    measure = question.limit.measure if question.limit else ""
    if measure == "share_pct" or question.ask in (Ask.INSIDE, Ask.COVERED):
        return 100.0 * hits.share_of_site
    if measure == "feature_pct" or question.ask is Ask.CONTAINS:
        return 100.0 * hits.share_of_feature
    if measure in ("area_m2", "length_m"):
        return {"area_m2": hits.area_m2, "length_m": hits.length_m}[measure]
    present = (hits.kind != HitKind.TOUCH.value).astype(np.float64)
    sizes = [hits.area_m2, hits.length_m]
    return np.select([hits.area_m2 > 0, hits.length_m > 0], sizes, present)


def total(hits: Hits, rows: Indices, measure: str, count: int) -> Floats:
    """Return a measure of the chosen hits at each of *count* sites, shared ground counted once.

    measure: ``area_m2``, ``length_m``, or ``share_pct`` of the site.
    """
    site = hits.site[rows]
    parts = _summed(site, hits.area_m2[rows], count), _summed(site, hits.length_m[rows], count)
    area, length = _dissolved(hits, rows, count, parts)
    if measure == "area_m2":
        return area
    if measure == "length_m":
        return length
    share = _summed(site, hits.share_of_site[rows], count)
    parted, whole = np.where(parts[0] > 0, parts[0], parts[1]), np.where(parts[0] > 0, area, length)
    once = np.divide(whole, parted, out=np.ones(count), where=parted > 0)
    return 100.0 * np.minimum(share * once, 1.0)


def _summed(site: Indices, values: Floats, count: int) -> Floats:
    return np.bincount(site, values, minlength=count).astype(np.float64)


def _dissolved(
    hits: Hits, rows: Indices, count: int, parts: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Return areas and lengths of the union; the classes of a raster share no ground."""
    rows = rows[~shapely.is_missing(hits.geometries[rows])]
    if not len(rows):
        return parts
    chosen = Overlaps(
        hits.site[rows],
        hits.feature[rows],
        hits.area_m2[rows],
        hits.length_m[rows],
        hits.geometries[rows],
        np.arange(len(rows)),
    )
    once = dissolve(chosen, count)
    apart = parts[1] - once.length_m <= SNAPPED_M
    return once.area_m2, np.where(apart, parts[1], once.length_m)
