# SPDX-License-Identifier: GPL-2.0-or-later
"""Applies rules to measurements: which rule says what of which site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.conditions import evaluate_projects, evaluate_where
from eco_onemap.core.judgement import judge_many
from eco_onemap.core.measurement import Measurement
from eco_onemap.core.name_matches import NamedPairs
from eco_onemap.core.options import Options
from eco_onemap.core.rules import Measure, Relation, Rule, RulePack
from eco_onemap.core.site import SiteFacts
from eco_onemap.core.vocabulary import HitKind, Verdict

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

BY_NAME = "by_name"
"""The kind of a situation that only names suggest."""

WITHIN_ERROR = "within_error"
"""The kind of a situation that only a survey can tell from a pass."""

WHOLE = 1.0 - 1e-9
ANY_OVERLAP = (Measure.AREA, Measure.LENGTH, Measure.COUNT)


@dataclass(frozen=True)
class Findings:
    """What one rule says of one layer's features at sites, arrays of shape (k,).

    severity: of the verdict. measured: the value compared with the threshold, NaN if unknown.
    doubtful: whether a sliver, touch or unknown fact lowers the rule's verdict to ``study``.
    uncapped: severity before the doubt about a site's place lowered it, None where none did.
    error_m: combined positional error of the distances; within_error: shape (k,), where a survey
    could change the answer, None where nobody looked.
    """

    rule: Rule
    measurement: Measurement
    site: Indices
    feature: Indices
    severity: NDArray[np.int64]
    measured: Floats
    kind: NDArray[np.object_]
    applies: NDArray[np.int8]
    uncapped: NDArray[np.int64] | None = None
    error_m: float = 0.0
    within_error: NDArray[np.bool_] | None = None

    def is_within_error(self, row: int) -> bool:
        """Return whether a survey could change what is said in a row."""
        return self.within_error is not None and bool(self.within_error[row])

    def __len__(self) -> int:
        return len(self.site)


@dataclass(frozen=True)
class _Situations:
    """Pairs of site and feature that a rule may be about, with the value it measures."""

    site: Indices
    feature: Indices
    measured: Floats
    kind: NDArray[np.object_]

    def take(self, rows: Indices) -> _Situations:
        return _Situations(
            self.site[rows], self.feature[rows], self.measured[rows], self.kind[rows]
        )


def rules_for(packs: Sequence[RulePack], role: str, layer_id: str) -> tuple[Rule, ...]:
    """Return the rules of all packs that are about a layer."""
    return tuple(
        rule
        for pack in packs
        for rule in pack.rules
        if role in rule.roles or layer_id in rule.layers
    )


def apply_rule(
    rule: Rule, measurement: Measurement, facts: Sequence[SiteFacts], options: Options
) -> Findings:
    """Return what *rule* says of the layer at the sites."""
    matches, unknown = evaluate_where(
        rule.where, measurement.features.attributes, options.as_of, len(measurement.features)
    )
    possible = _situations(rule, measurement)
    chosen = possible.take(np.flatnonzero((matches | unknown)[possible.feature]))
    if rule.measure is Measure.COUNT and rule.threshold > 0:
        chosen = _counted(chosen, rule.threshold)
    applies = evaluate_projects(rule.projects, facts, options.tags)[chosen.site]
    severity = judge_many(
        rule,
        matches[chosen.feature],
        unknown[chosen.feature],
        applies,
        chosen.measured,
        options.as_of,
    )
    severity = _cap_slivers(severity, chosen.kind)
    said = np.flatnonzero(severity > 0)
    if rule.relation is Relation.WITHIN_DISTANCE:
        said = _nearest_of_each_site(chosen, severity, said)
    told = chosen.take(said)
    return Findings(
        rule,
        measurement,
        told.site,
        told.feature,
        severity[said],
        told.measured,
        told.kind,
        applies[said],
    )


def _situations(rule: Rule, measurement: Measurement) -> _Situations:
    if rule.relation is Relation.WITHIN_DISTANCE:
        return _neighbours(measurement)
    hits = measurement.hits
    every = _Situations(hits.site, hits.feature, _measured(rule, measurement), hits.kind)
    if rule.relation is Relation.CONTAINS:
        every = every.take(np.flatnonzero(hits.share_of_feature >= WHOLE))
    if rule.relation is Relation.COVERS:
        every = every.take(np.flatnonzero(hits.share_of_site >= WHOLE))
    return _with_named(every, measurement.named)


def _with_named(hits: _Situations, named: NamedPairs) -> _Situations:
    """Return the hits, and features without a geometry that bear the site's name."""
    if not len(named.site):
        return hits
    return _Situations(
        np.r_[hits.site, named.site],
        np.r_[hits.feature, named.feature],
        np.r_[hits.measured, np.full(len(named.site), np.nan)],
        np.concatenate((hits.kind, np.full(len(named.site), BY_NAME, dtype=object))),
    )


def _neighbours(measurement: Measurement) -> _Situations:
    if measurement.distances is None:
        nothing = np.zeros(0, dtype=np.intp)
        return _Situations(nothing, nothing, np.zeros(0), np.zeros(0, dtype=object))
    near = measurement.distances.neighbours
    kind = np.full(len(near.site), HitKind.REAL.value, dtype=object)
    return _Situations(near.site, near.feature, near.distance_m, kind)


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


def _counted(chosen: _Situations, threshold: float) -> _Situations:
    """Return one situation per site, its measure the number of features.

    It counts as a sliver where only slivers and touches bring the number over the threshold.
    """
    site, first, number = np.unique(chosen.site, return_index=True, return_inverse=True)
    total = np.bincount(number, minlength=len(site))
    real = np.bincount(number[~_slight(chosen.kind)], minlength=len(site))
    kind = np.where(real > threshold, HitKind.REAL.value, HitKind.SLIVER.value).astype(object)
    return _Situations(site, chosen.feature[first], total.astype(float), kind)


def _slight(kind: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which hits lie within digitising error."""
    return np.isin(kind.astype(str), [HitKind.SLIVER.value, HitKind.TOUCH.value, BY_NAME])


def _cap_slivers(severity: NDArray[np.int64], kind: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the severities, at most ``study`` for overlaps within digitising error."""
    return np.where(_slight(kind), np.minimum(severity, Verdict.STUDY.severity), severity)


def _nearest_of_each_site(
    chosen: _Situations, severity: NDArray[np.int64], said: Indices
) -> Indices:
    """Return the rows that tell most of each site: the worst verdict, then the nearest."""
    order = said[np.lexsort((chosen.measured[said], -severity[said], chosen.site[said]))]
    if not len(order):
        return order
    site = chosen.site[order]
    return order[np.r_[True, site[1:] != site[:-1]]]
