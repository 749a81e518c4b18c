# SPDX-License-Identifier: GPL-2.0-or-later
"""Applies rules to measurements: which rule says what of which site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.answering import Answering
from eco_onemap.core.law.conditions import (
    NO,
    UNKNOWN,
    YES,
    GroupedFacts,
    evaluate_projects,
    plain_text,
)
from eco_onemap.core.law.judgement import judge_many, strongest_verdict
from eco_onemap.core.law.rules import Measure, Relation, Rule, RulePack
from eco_onemap.core.law.situations import (
    Situations,
    Unit,
    cap_slivers,
    counted,
    nearest_of_each_site,
    situations_of,
)
from eco_onemap.core.law.when import Ask, Question, principal
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteFacts
from eco_onemap.core.vocabulary import HitKind, LayerStatus

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

_UNITS = {
    "area_m2": Unit.SQUARE_METRES,
    "length_m": Unit.METRES,
    "distance_m": Unit.METRES,
    "share_pct": Unit.PERCENT,
    "feature_pct": Unit.PERCENT,
    "count": Unit.COUNT,
}

WITHIN_ERROR = "within_error"
"""The kind of a situation that only a survey can tell from a pass."""


class Doubt(Enum):
    """What is not known where a rule says less than it would; LAW: none verified is in force."""

    FACTS = "facts"
    ATTRIBUTES = "attributes"
    CONDITIONS = "conditions"
    LAW = "law"


@dataclass(frozen=True)
class Findings:
    """What one rule says of one layer's features at sites, arrays of shape (k,).

    severity: of the verdict, lowered to ``study`` for slivers, touches and unknown facts.
    doubt: what is not known and lowers a finding: values of :class:`Doubt`, "" for nothing.
    effective: the severity that counts, 0 for a finding that a person set aside.
    override: number of the override that is about the finding, -1 for none.
    uncapped: severity before the doubt about a site's place lowered it, None where none did.
    error_m: combined positional error of the distances; within_error: shape (k,), where a survey
    could change the answer, None where nobody looked.
    """

    rule: Rule
    measurement: Measurement
    situations: Situations
    severity: NDArray[np.int64]
    doubt: NDArray[np.object_]
    effective: NDArray[np.int64]
    override: Indices
    uncapped: NDArray[np.int64] | None = None
    error_m: float = 0.0
    within_error: NDArray[np.bool_] | None = None

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
    def is_within_error(self) -> NDArray[np.bool_]:
        """Which findings a survey could change."""
        if self.within_error is None:
            return np.zeros(len(self), dtype=bool)
        return self.within_error

    @property
    def is_capped(self) -> NDArray[np.bool_]:
        """Which findings the doubt about a site's place lowered."""
        if self.uncapped is None:
            return np.zeros(len(self), dtype=bool)
        capped: NDArray[np.bool_] = self.uncapped > self.severity
        return capped

    @property
    def is_set_aside(self) -> NDArray[np.bool_]:
        """Which findings a person set aside."""
        return (self.override >= 0) & (self.effective == 0)

    @property
    def feature_ids(self) -> NDArray[np.object_]:
        """The id of each finding's feature, "" for none."""
        return self.of_features(self.measurement.features.ids)

    @property
    def feature_names(self) -> NDArray[np.object_]:
        """The name of each finding's feature, its id where it has none, "–" for no feature."""
        names = self.of_features(self.measurement.features.names)
        named = np.where(names == "", self.feature_ids, names)
        return np.where(self.feature < 0, "–", named).astype(object)

    @property
    def attribute_texts(self) -> NDArray[np.object_]:
        """What the rule asks of each finding's feature, as ``level: 1; kind: –``."""
        names = dict.fromkeys(name for where in self.rule.wheres for name in where)
        distinct, numbers = np.unique(self.feature, return_inverse=True)
        columns = [self.measurement.features.attributes.get(name) for name in names]
        texts = [
            "; ".join(
                f"{name}: {plain_text(None if column is None else column[feature]) or '–'}"
                for name, column in zip(names, columns, strict=True)
                if feature >= 0
            )
            for feature in distinct.tolist()
        ]
        return np.array([*texts, ""], dtype=object)[numbers]

    def of_features(self, values: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return the value of each finding's feature, "" for no feature."""
        found: NDArray[np.object_] = np.full(len(self), "", dtype=object)
        known = self.feature >= 0
        found[known] = values[self.feature[known]]
        return found

    def take(self, rows: Indices) -> Findings:
        """Return the findings with the given numbers, in that order."""
        return replace(
            self,
            situations=self.situations.take(rows),
            severity=self.severity[rows],
            doubt=self.doubt[rows],
            effective=self.effective[rows],
            override=self.override[rows],
            uncapped=None if self.uncapped is None else self.uncapped[rows],
            within_error=None if self.within_error is None else self.within_error[rows],
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
    rule: Rule,
    measurement: Measurement,
    facts: Sequence[SiteFacts] | GroupedFacts,
    options: Options,
) -> Findings:
    """Return what *rule* says of the layer at the sites."""
    if rule.when is not None:
        return _apply_conditions(rule, measurement, facts, options)
    matches, unknown = measurement.features.matches(rule.where, options.as_of)
    possible = situations_of(rule, measurement)
    chosen = possible.take(np.flatnonzero((matches | unknown)[possible.feature]))
    if rule.measure is Measure.COUNT and rule.threshold > 0:
        chosen = counted(chosen, rule.threshold)
    applies = evaluate_projects(rule.projects, facts, options.tags)[chosen.site]
    if rule.yields_to:
        applies[yields_at(rule, measurement, facts, options, chosen)] = NO
    severity = judge_many(
        rule,
        matches[chosen.feature],
        unknown[chosen.feature],
        applies,
        chosen.measured,
        options.as_of,
    )
    severity = cap_slivers(severity, chosen.kind)
    said = np.flatnonzero(severity > 0)
    if rule.relation is Relation.WITHIN_DISTANCE:
        said = nearest_of_each_site(chosen, severity, said)
    lawless = strongest_verdict(rule, options.as_of) is not rule.verdict
    doubt = _doubts(unknown[chosen.feature], Doubt.ATTRIBUTES, applies, lawless)
    return _findings(rule, measurement, chosen.take(said), severity[said], doubt[said])


def _doubts(
    unknown: NDArray[np.bool_], source: Doubt, applies: NDArray[np.int8], lawless: bool
) -> NDArray[np.object_]:
    """Return what is in doubt: what *source* names where *unknown*, the facts, or the law."""
    choices = [source.value, Doubt.FACTS.value]
    otherwise = Doubt.LAW.value if lawless else ""
    return np.select([unknown, applies == UNKNOWN], choices, otherwise).astype(object)


def _findings(
    rule: Rule,
    measurement: Measurement,
    situations: Situations,
    severity: NDArray[np.int64],
    doubt: NDArray[np.object_],
) -> Findings:
    """Return findings that nobody set aside yet."""
    nothing = np.full(len(severity), -1, dtype=np.intp)
    return Findings(rule, measurement, situations, severity, doubt, severity, nothing)


def _apply_conditions(
    rule: Rule,
    measurement: Measurement,
    facts: Sequence[SiteFacts] | GroupedFacts,
    options: Options,
) -> Findings:
    """Return what a rule with a tree of conditions says: one thing of a site."""
    if rule.when is None:
        raise ValueError(rule.id)
    answering = Answering(rule, measurement, facts, options)
    answers = answering.answer(rule.when)
    answers[measurement.status == LayerStatus.FAILED.value] = NO
    applies = evaluate_projects(rule.projects, facts, options.tags)
    asked = principal(rule.when)
    told = _told_of(answering, asked, len(answers))
    if rule.yields_to:
        applies[yields_at(rule, measurement, facts, options, told)] = NO
    yes, unknown = answers == YES, answers == UNKNOWN
    severity = judge_many(rule, yes, unknown, applies, np.ones(len(answers)), options.as_of)
    said = np.flatnonzero(severity)
    lawless = strongest_verdict(rule, options.as_of) is not rule.verdict
    doubt = _doubts(unknown, Doubt.CONDITIONS, applies, lawless)
    return _findings(rule, measurement, told.take(said), severity[said], doubt[said])


def yields_at(
    rule: Rule,
    measurement: Measurement,
    facts: Sequence[SiteFacts] | GroupedFacts,
    options: Options,
    chosen: Situations,
) -> NDArray[np.bool_]:
    """Return where a rule of a more local pack stands in the place of *rule*.

    That is so where the local rule is surely for the project and surely about the feature.
    """
    role, layer_id = measurement.entry.role, measurement.entry.id
    yielded = np.zeros(len(chosen.site), dtype=bool)
    for local in rule.yields_to:
        if role not in local.roles and layer_id not in local.layers:
            continue
        meant = (evaluate_projects(local.projects, facts, options.tags) == YES)[chosen.site]
        if local.when is not None:
            answers = Answering(local, measurement, facts, options).answer(local.when)
            yielded |= meant & (answers == YES)[chosen.site]
            continue
        matches, _ = measurement.features.matches(local.where, options.as_of)
        yielded |= meant & np.append(matches, not local.where)[chosen.feature]
    return yielded


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
