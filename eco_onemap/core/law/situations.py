# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs of site and feature that a plain rule may be about, with the value that it measures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.rules import Measure, Relation, Rule
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.name_matches import NamedPairs
from eco_onemap.core.vocabulary import HitKind, Verdict

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

BY_NAME = "by_name"
"""The kind of a situation that only names suggest."""

WHOLE = 1.0 - 1e-9
ANY_OVERLAP = (Measure.AREA, Measure.LENGTH, Measure.COUNT)


class Unit(Enum):
    """The unit of a measured value."""

    SQUARE_METRES = "m2"
    METRES = "m"
    PERCENT = "pct"
    COUNT = "count"
    NUMBER = "number"
    POINT = "point"
    NONE = "none"


@dataclass(frozen=True)
class Situations:
    """Pairs of site and feature that a rule may be about, arrays of shape (k,).

    feature: -1 where the rule is about no feature. measured: the value compared with the
    threshold, NaN if unknown, with its unit. kind: values of HitKind, or BY_NAME.
    """

    site: Indices
    feature: Indices
    measured: Floats
    kind: NDArray[np.object_]
    unit: NDArray[np.object_]

    def take(self, rows: Indices) -> Situations:
        """Return the situations with the given numbers, in that order."""
        return Situations(
            self.site[rows],
            self.feature[rows],
            self.measured[rows],
            self.kind[rows],
            self.unit[rows],
        )


def situations_of(rule: Rule, measurement: Measurement) -> Situations:
    """Return all pairs of site and feature that a plain rule may be about."""
    if rule.relation is Relation.WITHIN_DISTANCE:
        return _neighbours(measurement)
    hits = measurement.hits
    value = _measured(rule, measurement)
    every = Situations(hits.site, hits.feature, value, hits.kind, _hit_units(rule, measurement))
    if rule.relation is Relation.CONTAINS:
        every = every.take(np.flatnonzero(hits.share_of_feature >= WHOLE))
    if rule.relation is Relation.COVERS:
        every = every.take(np.flatnonzero(hits.share_of_site >= WHOLE))
    return _with_named(every, measurement.named)


def _hit_units(rule: Rule, measurement: Measurement) -> NDArray[np.object_]:
    """Return the unit of what is measured of each hit: the dimension that both share."""
    hits = measurement.hits
    if rule.measure is Measure.SHARE:
        unit: NDArray[np.object_] = np.full(len(hits), Unit.PERCENT.value, dtype=object)
    elif rule.measure is Measure.COUNT and rule.threshold > 0:
        unit = np.full(len(hits), Unit.COUNT.value, dtype=object)
    else:
        sizes = [hits.area_m2 > 0, hits.length_m > 0]
        names = [Unit.SQUARE_METRES.value, Unit.METRES.value]
        unit = np.select(sizes, names, Unit.POINT.value).astype(object)
    return np.where(hits.kind == HitKind.TOUCH.value, Unit.NONE.value, unit)


def _with_named(hits: Situations, named: NamedPairs) -> Situations:
    """Return the hits, and features without a geometry that bear the site's name."""
    count = len(named.site)
    if not count:
        return hits
    return Situations(
        np.r_[hits.site, named.site],
        np.r_[hits.feature, named.feature],
        np.r_[hits.measured, np.full(count, np.nan)],
        np.concatenate((hits.kind, np.full(count, BY_NAME, dtype=object))),
        np.concatenate((hits.unit, np.full(count, Unit.NONE.value, dtype=object))),
    )


def _neighbours(measurement: Measurement) -> Situations:
    if measurement.distances is None:
        nothing = np.zeros(0, dtype=np.intp)
        texts = np.zeros(0, dtype=object)
        return Situations(nothing, nothing, np.zeros(0), texts, texts)
    near = measurement.distances.neighbours
    kind = np.full(len(near.site), HitKind.REAL.value, dtype=object)
    unit = np.full(len(near.site), Unit.METRES.value, dtype=object)
    return Situations(near.site, near.feature, near.distance_m, kind, unit)


def _measured(rule: Rule, measurement: Measurement) -> Floats:
    """Return the value that the rule's threshold asks of each hit; NaN for a mere touch."""
    hits = measurement.hits
    present = (hits.kind != HitKind.TOUCH.value).astype(float)
    if rule.measure is Measure.SHARE:
        value = 100.0 * hits.share_of_site
    elif rule.threshold == 0 and rule.measure in ANY_OVERLAP:
        value = np.select(
            [hits.area_m2 > 0, hits.length_m > 0], [hits.area_m2, hits.length_m], present
        )
    else:
        value = {Measure.AREA: hits.area_m2, Measure.LENGTH: hits.length_m}.get(
            rule.measure, present
        )
    return np.where(hits.kind == HitKind.TOUCH.value, np.nan, value)


def counted(chosen: Situations, threshold: float) -> Situations:
    """Return one situation per site, its measure the number of features.

    It counts as a sliver where only slivers and touches bring the number over the threshold.
    """
    site, first, number = np.unique(chosen.site, return_index=True, return_inverse=True)
    total = np.bincount(number, minlength=len(site))
    real = np.bincount(number[~_slight(chosen.kind)], minlength=len(site))
    kind = np.where(real > threshold, HitKind.REAL.value, HitKind.SLIVER.value).astype(object)
    unit = np.full(len(site), Unit.COUNT.value, dtype=object)
    return Situations(site, chosen.feature[first], total.astype(float), kind, unit)


def _slight(kind: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which hits lie within digitising error."""
    return np.isin(kind.astype(str), [HitKind.SLIVER.value, HitKind.TOUCH.value, BY_NAME])


def cap_slivers(severity: NDArray[np.int64], kind: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the severities, at most ``study`` for overlaps within digitising error."""
    return np.where(_slight(kind), np.minimum(severity, Verdict.STUDY.severity), severity)


def nearest_of_each_site(chosen: Situations, severity: NDArray[np.int64], said: Indices) -> Indices:
    """Return the rows that tell most of each site: the worst verdict, then the nearest."""
    order = said[np.lexsort((chosen.measured[said], -severity[said], chosen.site[said]))]
    if not len(order):
        return order
    site = chosen.site[order]
    return order[np.r_[True, site[1:] != site[:-1]]]
