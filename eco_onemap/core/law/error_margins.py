# SPDX-License-Identifier: GPL-2.0-or-later
"""What a survey could change where an answer is no plain distance: shares, counts, whole features.

Plain distances and overlaps are compared with the error in :mod:`.margins`; all else is answered
once more for sites that may lie up to the error elsewhere (:mod:`.error_answering`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.answering import Reading
from eco_onemap.core.law.conditions import NO, UNKNOWN, GroupedFacts
from eco_onemap.core.law.error_answering import ErrorAnswering
from eco_onemap.core.law.findings import WITHIN_ERROR, Doubt, Findings, unit_of, yields_at
from eco_onemap.core.law.projects import Projects
from eco_onemap.core.law.rules import Measure, Relation, Rule
from eco_onemap.core.law.situations import Situations, Unit
from eco_onemap.core.law.when import principal
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.vicinity import Vicinity
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteFacts
from eco_onemap.core.vocabulary import LayerStatus, Verdict

Indices = NDArray[np.intp]

_UNITS = {
    Measure.AREA: Unit.SQUARE_METRES,
    Measure.LENGTH: Unit.METRES,
    Measure.SHARE: Unit.PERCENT,
    Measure.COUNT: Unit.COUNT,
}
_OWN_DOUBTS = (Doubt.ATTRIBUTES.value, Doubt.CONDITIONS.value)
"""Doubts of findings that are open for another reason than the error."""


@dataclass(frozen=True)
class ErrorGround:
    """What the answers within the error of one layer rest on."""

    vicinity: Vicinity
    facts: Sequence[SiteFacts] | GroupedFacts
    projects: Projects
    options: Options

    @property
    def layer(self) -> Measurement:
        """The layer, with all features that sites may meet."""
        return self.vicinity.layer


def is_plain(rule: Rule, layer: Measurement) -> bool:
    """Return whether the distance to one feature decides the rule."""
    if rule.when is not None or layer.distances is None:
        return False
    near = rule.relation is Relation.WITHIN_DISTANCE
    return near or (rule.relation is Relation.OVERLAPS and rule.threshold == 0)


def answer_within_error(
    rule: Rule, known: Findings | None, ground: ErrorGround
) -> tuple[Findings | None, Findings | None]:
    """Return the known findings marked where a survey could change them, and what else may be."""
    reading = _read(rule, ground)
    return _marked(known, reading, ground), _added(rule, known, reading, ground)


def _read(rule: Rule, ground: ErrorGround) -> Reading:
    layer = ground.layer
    asked = (ground.projects.applies(rule) != NO) & (layer.status != LayerStatus.FAILED.value)
    answering = ErrorAnswering(rule, layer, ground.facts, ground.options, ground.vicinity, asked)
    if rule.when is None:
        reading = answering.answer_plain(rule)
    else:
        answers, told = answering.answer(rule.when), principal(rule.when)
        nothing = np.full(len(answers), np.nan), np.full(len(answers), -1, dtype=np.intp)
        reading = answering.read(told) if told is not None else Reading(answers, *nothing)
        reading = replace(reading, answers=answers)
    return replace(reading, answers=np.where(asked, reading.answers, NO).astype(np.int8))


def _marked(known: Findings | None, reading: Reading, ground: ErrorGround) -> Findings | None:
    if known is None:
        return None
    close = (reading.answers[known.site] == UNKNOWN) & ~np.isin(known.doubt, _OWN_DOUBTS)
    return replace(known, error_m=ground.vicinity.error_m, within_error=close)


def _added(
    rule: Rule, known: Findings | None, reading: Reading, ground: ErrorGround
) -> Findings | None:
    """Return a finding at ``study`` for each site of which only the error makes the rule speak."""
    may = reading.answers != NO
    if known is not None:
        may[known.site] = False
    told = _situations(rule, reading, np.flatnonzero(may))
    if rule.yields_to:
        yielded = yields_at(rule, ground.layer, ground.facts, ground.options, told)
        told = told.take(np.flatnonzero(~yielded))
    if not len(told.site):
        return None
    applies = ground.projects.applies(rule)[told.site]
    severity = np.full(len(told.site), Verdict.STUDY.severity, dtype=np.int64)
    return Findings(
        rule=rule,
        measurement=ground.layer,
        situations=told,
        severity=severity,
        doubt=np.where(applies == UNKNOWN, Doubt.FACTS.value, "").astype(object),
        effective=severity,
        override=np.full(len(severity), -1, dtype=np.intp),
        error_m=ground.vicinity.error_m,
        within_error=np.ones(len(severity), dtype=bool),
    )


def _situations(rule: Rule, reading: Reading, site: Indices) -> Situations:
    value = reading.value[site]
    asked = principal(rule.when) if rule.when is not None else None
    unit = unit_of(asked) if asked else _UNITS.get(rule.measure, Unit.NUMBER)
    if rule.when is None and rule.threshold == 0:
        unit = Unit.PERCENT if rule.relation is not Relation.OVERLAPS else Unit.NONE
    units = np.where(np.isnan(value), Unit.NONE.value, unit.value).astype(object)
    kind = np.full(len(site), WITHIN_ERROR, dtype=object)
    return Situations(site, reading.feature[site], value, kind, units)
