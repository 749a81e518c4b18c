# SPDX-License-Identifier: GPL-2.0-or-later
"""Applies rules to measurements: which rule says what of which site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.answering import Answering
from eco_onemap.core.conditions import NO, UNKNOWN, YES, evaluate_projects, evaluate_where
from eco_onemap.core.judgement import judge_many
from eco_onemap.core.measurement import Measurement
from eco_onemap.core.name_matches import NamedPairs
from eco_onemap.core.options import Options
from eco_onemap.core.rules import Measure, Relation, Rule, RulePack
from eco_onemap.core.site import SiteFacts
from eco_onemap.core.vocabulary import HitKind, LayerStatus, Verdict
from eco_onemap.core.when import Ask, Question, principal

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


_UNITS = {
    "area_m2": Unit.SQUARE_METRES,
    "length_m": Unit.METRES,
    "distance_m": Unit.METRES,
    "share_pct": Unit.PERCENT,
    "feature_pct": Unit.PERCENT,
    "count": Unit.COUNT,
}


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


@dataclass(frozen=True)
class Findings:
    """What one rule says of one layer's features at sites, arrays of shape (k,).

    severity: of the verdict, lowered to ``study`` for slivers, touches and unknown facts.
    applies: whether project and conditions are known to be meant (UNKNOWN where not).
    effective: the severity that counts, 0 for a finding that a person set aside.
    override: number of the override that is about the finding, -1 for none.
    """

    rule: Rule
    measurement: Measurement
    situations: Situations
    severity: NDArray[np.int64]
    applies: NDArray[np.int8]
    effective: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    override: Indices = field(default_factory=lambda: np.zeros(0, dtype=np.intp))

    def __len__(self) -> int:
        return len(self.severity)

    @property
    def site(self) -> Indices:
        """The site of each finding."""
        return self.situations.site

    @property
    def feature(self) -> Indices:
        """The feature of each finding, -1 for none."""
        return self.situations.feature

    @property
    def measured(self) -> Floats:
        """The value compared with the threshold, NaN if unknown."""
        return self.situations.measured

    @property
    def kind(self) -> NDArray[np.object_]:
        """The kind of each hit."""
        return self.situations.kind

    @property
    def unit(self) -> NDArray[np.object_]:
        """The unit of each measured value, values of :class:`Unit`."""
        return self.situations.unit

    @property
    def feature_ids(self) -> NDArray[np.object_]:
        """The id of each finding's feature, "" for none."""
        return self.of_features(self.measurement.features.ids)

    @property
    def feature_names(self) -> NDArray[np.object_]:
        """The name of each finding's feature, its id where it has none, "–" for no feature."""
        features = self.measurement.features
        names = np.where(features.names == "", features.ids, features.names)
        return self.of_features(names, nothing="–")

    def of_features(self, values: NDArray[np.object_], nothing: str = "") -> NDArray[np.object_]:
        """Return each feature's value for each finding."""
        padded = np.append(values, np.array([nothing], dtype=object))
        return padded[self.feature]

    def take(self, rows: Indices) -> Findings:
        """Return the findings with the given numbers, in that order."""
        return replace(
            self,
            situations=self.situations.take(rows),
            severity=self.severity[rows],
            applies=self.applies[rows],
            effective=self.effective[rows],
            override=self.override[rows],
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
    if rule.when is not None:
        return _apply_conditions(rule, measurement, facts, options)
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
    return _findings(rule, measurement, chosen.take(said), severity[said], applies[said])


def _findings(
    rule: Rule,
    measurement: Measurement,
    situations: Situations,
    severity: NDArray[np.int64],
    applies: NDArray[np.int8],
) -> Findings:
    """Return findings that nobody set aside yet."""
    nothing = np.full(len(severity), -1, dtype=np.intp)
    return Findings(rule, measurement, situations, severity, applies, severity, nothing)


def _apply_conditions(
    rule: Rule, measurement: Measurement, facts: Sequence[SiteFacts], options: Options
) -> Findings:
    """Return what a rule with a tree of conditions says: one thing of a site."""
    if rule.when is None:
        raise ValueError(rule.id)
    answering = Answering(rule, measurement, facts, options)
    answers = answering.answer(rule.when)
    answers[measurement.status == LayerStatus.FAILED.value] = NO
    applies = evaluate_projects(rule.projects, facts, options.tags)
    yes, unknown = answers == YES, answers == UNKNOWN
    severity = judge_many(rule, yes, unknown, applies, np.ones(len(answers)), options.as_of)
    said = np.flatnonzero(severity)
    asked = principal(rule.when)
    told = _told_of(answering, asked, len(answers)).take(said)
    doubtful = unknown[said] | (applies[said] == UNKNOWN)
    known = np.where(doubtful, UNKNOWN, YES).astype(np.int8)
    return _findings(rule, measurement, told, severity[said], known)


def _told_of(answering: Answering, asked: Question | None, count: int) -> Situations:
    """Return the value and feature that a rule's principal question tells of each site."""
    site, real = np.arange(count), np.full(count, HitKind.REAL.value, dtype=object)
    if asked is None:
        nothing = np.full(count, np.nan)
        unit = np.full(count, Unit.NONE.value, dtype=object)
        return Situations(site, np.full(count, -1, dtype=np.intp), nothing, real, unit)
    reading = answering.read(asked)
    unit = np.full(count, unit_of(asked).value, dtype=object)
    unit[np.isnan(reading.value)] = Unit.NONE.value
    return Situations(site, reading.feature, reading.value, real, unit)


def unit_of(asked: Question) -> Unit:
    """Return the unit of what a question measures."""
    if asked.ask is Ask.NEAR:
        return Unit.METRES
    if asked.ask in (Ask.INSIDE, Ask.COVERED, Ask.CONTAINS):
        return Unit.PERCENT
    return _UNITS.get(asked.limit.measure if asked.limit else "", Unit.NUMBER)


def _situations(rule: Rule, measurement: Measurement) -> Situations:
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


def _counted(chosen: Situations, threshold: float) -> Situations:
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


def _cap_slivers(severity: NDArray[np.int64], kind: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the severities, at most ``study`` for overlaps within digitising error."""
    return np.where(_slight(kind), np.minimum(severity, Verdict.STUDY.severity), severity)


def _nearest_of_each_site(
    chosen: Situations, severity: NDArray[np.int64], said: Indices
) -> Indices:
    """Return the rows that tell most of each site: the worst verdict, then the nearest."""
    order = said[np.lexsort((chosen.measured[said], -severity[said], chosen.site[said]))]
    if not len(order):
        return order
    site = chosen.site[order]
    return order[np.r_[True, site[1:] != site[:-1]]]
