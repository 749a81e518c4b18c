# SPDX-License-Identifier: GPL-2.0-or-later
"""How far each answer lies from the other one: what only a survey tells, headroom of passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import perimeters_m
from eco_onemap.core.law.conditions import NO, UNKNOWN, evaluate_where, group_facts
from eco_onemap.core.law.error_margins import ErrorGround, answer_within_error, is_plain
from eco_onemap.core.law.findings import WITHIN_ERROR, Doubt, Findings
from eco_onemap.core.law.pass_tables import Passes, PassReading, pass_table
from eco_onemap.core.law.projects import Projects
from eco_onemap.core.law.rules import Relation, Rule
from eco_onemap.core.law.situations import Situations, Unit
from eco_onemap.core.layers.accuracy import combined_error_m
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.measures.vicinity import Vicinities
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import ResultTable
from eco_onemap.core.vocabulary import Verdict

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

LONGEST_DEGREE_M = 112_000.0
"""No degree of longitude or latitude is longer: bounds a perimeter before it is measured."""


@dataclass(frozen=True)
class Margins:
    """The findings with what a survey could change, those that only the error makes added last.

    tables: ``pass``, where passes are listed.
    """

    findings: list[Findings]
    tables: tuple[ResultTable, ...]


def check_margins(
    findings: Sequence[Findings],
    measured: Sequence[Measurement],
    rules: Mapping[str, tuple[Rule, ...]],
    sites: SiteSet,
    lists_passes: bool,
    subject: Subject,
    vicinities: Vicinities,
) -> Margins:
    """Return the findings, completed by those within the positional error, and the passes.

    vicinities: of the layers that have a positional error, by their ids.
    """
    facts = group_facts(sites.facts)
    projects = Projects.of(sites.facts, subject.options.tags)
    said = {(id(f.rule), id(f.measurement)): f for f in findings}
    added: list[Findings] = []
    passes: list[Passes] = []
    for layer in measured:
        vicinity = vicinities.get(layer.entry.id)
        ground = None
        if vicinity is not None and rules[layer.entry.id]:
            ground = ErrorGround(vicinity, facts, projects, subject.options)
        reading = PassReading(layer, facts, projects, subject.options, rules[layer.entry.id])
        for rule in rules[layer.entry.id]:
            key = id(rule), id(layer)  # names may be given twice
            known, doubtful = _look(rule, said.get(key), ground)
            if known is not None:
                said[key] = known
            if doubtful is not None and len(doubtful):
                added.append(doubtful)
            if lists_passes:
                told = [f for f in (known, doubtful) if f is not None]
                passes += reading.passes(rule, told)
    tables = (pass_table(sites, passes),) if lists_passes else ()
    return Margins([*said.values(), *added], tables)


def _look(
    rule: Rule, known: Findings | None, ground: ErrorGround | None
) -> tuple[Findings | None, Findings | None]:
    """Return what is known of a rule with what a survey could change, and what only it could."""
    if ground is None:
        return known, None
    if not is_plain(rule, ground.layer):
        return answer_within_error(rule, known, ground)
    marked = known and _mark(known, ground.options)
    return marked, within_error(rule, ground.layer, ground.projects, known, ground.options)


def within_error(
    rule: Rule,
    layer: Measurement,
    projects: Projects,
    known: Findings | None,
    options: Options,
) -> Findings:
    """Return a finding at ``study`` for each site that passes the rule by less than the error.

    For plain rules (:func:`.error_margins.is_plain`): a site passes one on distances by how much
    further away a feature is than its threshold, and one on any overlap by how far away it is.
    Sites of which the rule says something are left.
    """
    error = combined_error_m(layer.entry, options)
    site, feature, measured = _near_passes(rule, layer, error)
    if known is not None and len(site):
        site, feature, measured = _only(~np.isin(site, known.site), site, feature, measured)
    if not len(site):
        return _findings(rule, layer, error, (site, feature, measured), np.zeros(0, dtype=np.int8))
    matches, unknown = evaluate_where(
        rule.where, layer.features.attributes, options.as_of, len(layer.features)
    )
    applies = projects.applies(rule)
    chosen = (matches | unknown)[feature] & (applies[site] != NO)
    site, feature, measured = _only(chosen, site, feature, measured)
    site, feature, measured = _only(
        _first_of_each(site, measured, feature), site, feature, measured
    )
    return _findings(rule, layer, error, (site, feature, measured), applies[site])


def _near_passes(rule: Rule, layer: Measurement, error: float) -> tuple[Indices, Indices, Floats]:
    """Return pairs of site and feature that pass by no more than *error* metres, with a value."""
    nothing = np.zeros(0, dtype=np.intp)
    if error <= 0 or layer.distances is None:
        return nothing, nothing, np.zeros(0)
    near = layer.distances.neighbours
    if rule.relation is Relation.WITHIN_DISTANCE:
        beyond = near.distance_m - rule.threshold
        return _only((beyond > 0) & (beyond <= error), near.site, near.feature, near.distance_m)
    apart = (near.distance_m > 0) & (near.distance_m <= error)
    return _only(apart, near.site, near.feature, near.distance_m)


def _mark(findings: Findings, options: Options) -> Findings:
    """Return the findings with the rows marked that a survey could turn into passes."""
    error = combined_error_m(findings.measurement.entry, options)
    if findings.rule.relation is Relation.WITHIN_DISTANCE:
        gap = findings.rule.threshold - findings.measured
        close = (gap >= 0) & (gap <= error)
    else:
        close = _of_hits(findings, _thin_hits(findings.measurement, error))
    return replace(findings, error_m=error, within_error=close)


def _thin_hits(layer: Measurement, error: float) -> NDArray[np.bool_]:
    """Return which overlaps (areas or lines) are no wider than the error: 2 · area / perimeter."""
    hits = layer.hits
    areal = hits.area_m2 > 0
    thin = ~areal & (hits.length_m > 0) & (hits.length_m <= error)
    longest = np.nan_to_num(shapely.length(hits.geometries)) * LONGEST_DEGREE_M
    open_rows = np.flatnonzero(areal & (2 * hits.area_m2 <= error * longest))
    width = 2 * hits.area_m2[open_rows] / perimeters_m(hits.geometries[open_rows])
    thin[open_rows] = width <= error
    return thin


def _of_hits(findings: Findings, said: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return what is said of the hit that each finding is about, False where it is about none."""
    hits, found = findings.measurement.hits, np.zeros(len(findings), dtype=bool)
    stride = len(findings.measurement.features) + 1
    pair, wanted = (item.site * stride + item.feature for item in (hits, findings))
    known = np.isin(wanted, pair)
    found[known] = said[np.searchsorted(pair, wanted[known])]
    return found


def _first_of_each(site: Indices, measured: Floats, feature: Indices) -> Indices:
    """Return the rows of the nearest feature of each site, the first of equals."""
    order = np.lexsort((feature, measured, site))
    return order[np.r_[True, np.diff(site[order]) != 0]] if len(order) else order


def _only(
    chosen: NDArray[np.bool_] | Indices, site: Indices, feature: Indices, measured: Floats
) -> tuple[Indices, Indices, Floats]:
    return site[chosen], feature[chosen], measured[chosen]


def _findings(
    rule: Rule,
    layer: Measurement,
    error: float,
    rows: tuple[Indices, Indices, Floats],
    applies: NDArray[np.int8],
) -> Findings:
    site, feature, measured = rows
    severity = np.full(len(site), Verdict.STUDY.severity, dtype=np.int64)
    situations = Situations(
        site=site,
        feature=feature,
        measured=measured,
        kind=np.full(len(site), WITHIN_ERROR, dtype=object),
        unit=np.full(len(site), Unit.METRES.value, dtype=object),
    )
    return Findings(
        rule=rule,
        measurement=layer,
        situations=situations,
        severity=severity,
        doubt=np.where(applies == UNKNOWN, Doubt.FACTS.value, "").astype(object),
        effective=severity,
        override=np.full(len(site), -1, dtype=np.intp),
        error_m=error,
        within_error=np.ones(len(site), dtype=bool),
    )
