# SPDX-License-Identifier: GPL-2.0-or-later
"""The table ``pass``: every rule that a site passes, by how much, and what lies nearest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import Values, dtype_of, joined, text_column
from eco_onemap.core.law.conditions import NO, GroupedFacts
from eco_onemap.core.law.findings import Findings
from eco_onemap.core.law.headroom import (
    Headroom,
    Turning,
    condition_of,
    find_turnings,
    is_by_distance,
    measure_of,
)
from eco_onemap.core.law.projects import Projects
from eco_onemap.core.law.rule_words import say_question
from eco_onemap.core.law.rules import Rule
from eco_onemap.core.law.when import Ask, Question, principal
from eco_onemap.core.layers.accuracy import combined_error_m, search_reach_m
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.nearest import Neighbours
from eco_onemap.core.messages import message
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Column, ColumnType, ResultTable

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]
TEXT, REAL = ColumnType.TEXT, ColumnType.REAL

EXACT, AT_LEAST, PARTLY_MAPPED, NONE = "exact", "at_least", "partly_mapped", "none"
"""Whether a headroom is measured, or the distance up to which nothing was found; where the layer
is not mapped as far as the rule looks, so that both hold for the mapped part only; and where no
single measure would make the rule speak, so that it has no headroom."""

PASS = (
    Column("site_id", TEXT, "site"),
    Column("rule_id", TEXT, "rule that is for the project and is not met"),
    Column("layer_id", TEXT, "layer"),
    Column("condition", TEXT, "of a rule with several conditions: the one that alone would make "
           "it speak; a rule may have several"),
    Column("measure", TEXT, "what the condition measures"),
    Column("threshold", REAL, "its limit, in the measure's unit; empty for none or a range"),
    Column("headroom", REAL, "how far the site is from meeting it; empty where certainty is none"),
    Column("unit", TEXT, "unit of the headroom: m, m2, pct, count or number"),
    Column("certainty", TEXT, "exact; at_least: so far nothing was found; "
           "partly_mapped: holds for the mapped part around the site only; "
           "none: no single measure would make the rule speak"),
    Column("nearest_m", REAL, "distance to the nearest feature that the condition is about"),
    Column("nearest_id", TEXT, "that feature; where none is near, the nearest of the layer"),
    Column("nearest_name", TEXT, "its name, or that there is none"),
    Column("error_m", REAL, "combined positional error of the distance"),
)  # fmt: skip

_UNITS = {
    "area_m2": "m2",
    "length_m": "m",
    "distance_m": "m",
    "share_pct": "pct",
    "feature_pct": "pct",
    "count": "count",
}


@dataclass(frozen=True)
class Near:
    """The nearest feature of each of n sites that a condition is about, -1 for none.

    exact: whether it is one that is meant; else none that is meant was found up to the distance.
    """

    feature: Indices
    distance_m: Floats
    exact: Flags


@dataclass(frozen=True)
class Passes:
    """The sites that pass one condition of a rule on a layer, arrays of shape (k,).

    question: None where the rule has no headroom. near: of all n sites.
    """

    rule: Rule
    layer: Measurement
    question: Question | None
    site: Indices
    headroom: Floats
    near: Near
    certainty: NDArray[np.object_]
    error_m: float


class PassReading:
    """Reads by how much n sites pass the rules of one layer."""

    def __init__(
        self,
        layer: Measurement,
        facts: GroupedFacts,
        projects: Projects,
        options: Options,
        rules: Sequence[Rule],
    ) -> None:
        self._layer, self._facts, self._projects = layer, facts, projects
        self._options, self._rules = options, rules

    def passes(self, rule: Rule, findings: Sequence[Findings]) -> Iterator[Passes]:
        """Yield what turns a rule at the sites that it is for, mapped, and of which it is silent.

        findings: all that the rule says of the layer.
        """
        passed = (self._projects.applies(rule) != NO) & (self._layer.mapped_share == 1.0)
        for finding in findings:
            passed[finding.site] = False
        when = condition_of(rule)
        asked = principal(when) if when is not None else Question(Ask.OVERLAP, "", rule.where)
        if when is not None:
            headroom = Headroom(rule, self._layer, self._facts, self._options)
            answers, turnings = find_turnings(when, headroom)
            passed &= answers == NO  # elsewhere a more local rule stands in its place
            told = [self._of_question(rule, headroom, turning, passed) for turning in turnings]
            yield from told
            passed[joined([one.site for one in told], np.intp)] = False
        yield self._without(rule, asked, passed)

    def _of_question(
        self, rule: Rule, headroom: Headroom, turning: Turning, passed: Flags
    ) -> Passes:
        near = self._nearest(turning.question)
        room = headroom.room(turning, near.distance_m)
        site = np.flatnonzero(passed & turning.turns & ~np.isnan(room))
        by_distance = is_by_distance(turning.question)
        known = np.where(near.exact | (not by_distance), EXACT, AT_LEAST)
        certainty = np.where(self._is_mapped_around(rule, turning.question), known, PARTLY_MAPPED)
        return self._made(rule, turning.question, site, room, near, certainty.astype(object))

    def _without(self, rule: Rule, asked: Question | None, passed: Flags) -> Passes:
        nothing = np.full(len(passed), np.nan)
        certainty = np.full(len(passed), NONE, dtype=object)
        near = self._nearest(asked or Question(Ask.OVERLAP, ""))
        return self._made(rule, None, np.flatnonzero(passed), nothing, near, certainty)

    def _made(
        self,
        rule: Rule,
        question: Question | None,
        site: Indices,
        room: Floats,
        near: Near,
        certainty: NDArray[np.object_],
    ) -> Passes:
        error = combined_error_m(self._layer.entry, self._options)
        return Passes(rule, self._layer, question, site, room[site], near, certainty[site], error)

    def _is_mapped_around(self, rule: Rule, question: Question) -> Flags:
        distances = self._layer.distances
        if distances is None or not question.distance_m:
            return np.ones(len(self._layer.status), dtype=bool)
        around: Flags = distances.mapped_within[rule.reach_m] == 1.0
        return around

    @cached_property
    def _reach_m(self) -> float:
        reaches = [rule.reach_m for rule in self._rules]
        return search_reach_m(reaches, self._layer.entry, self._options)

    def _nearest(self, question: Question) -> Near:
        """Return of each site the nearest feature that a question is about, and its distance.

        Where none is within reach, the nearest feature of the layer stands for it, and the
        distance is the one up to which nothing that the question is about was found (not exact).
        """
        distances, count = self._layer.distances, len(self._layer.status)
        if distances is None:
            nothing = np.full(count, -1, dtype=np.intp)
            return Near(nothing, np.full(count, np.nan), np.zeros(count, dtype=bool))
        matches, unknown = self._layer.features.matches(question.where, self._options.as_of)
        is_meant = matches | unknown
        nearest = distances.nearest
        feature, distance = nearest.feature.copy(), nearest.gaps.distance_m.copy()
        exact = (feature >= 0) & np.r_[is_meant, False][feature]
        distance = np.where(exact, distance, np.fmax(distance, self._reach_m))
        found, at, near = _nearest_of(distances.neighbours, is_meant)
        feature[found], distance[found], exact[found] = at, near, True
        return Near(feature, distance, exact)


def _nearest_of(near: Neighbours, is_meant: Flags) -> tuple[Indices, Indices, Floats]:
    """Return the sites with a feature that is meant within reach, the nearest one, and how far."""
    rows = np.flatnonzero(is_meant[near.feature])
    order = rows[np.lexsort((near.feature[rows], near.distance_m[rows], near.site[rows]))]
    site = near.site[order]
    first = order[np.r_[True, np.diff(site) != 0]] if len(order) else order
    return near.site[first], near.feature[first], near.distance_m[first]


def pass_table(sites: SiteSet, passes: Sequence[Passes]) -> ResultTable:
    """Return one row per site, rule and turning condition, by site, then as the packs stand."""
    blocks = [_values(sites, one) for one in passes]
    order = np.argsort(joined([one.site for one in passes], np.intp), kind="stable")
    values = {
        column.name: joined([block[column.name] for block in blocks], dtype_of(column))[order]
        for column in PASS
    }
    return ResultTable("pass", PASS, values)


def _values(sites: SiteSet, passes: Passes) -> Values:
    features, site = passes.layer.features, passes.site
    feature, exact = passes.near.feature[site], passes.near.exact[site]
    threshold = measure_of(passes.question)[1] if passes.question else np.nan
    lacking = message("pass.raster" if passes.layer.distances is None else "pass.empty")
    constant: Mapping[str, Any] = {
        "rule_id": passes.rule.id,
        "layer_id": passes.layer.entry.id,
        **_measured(passes),
    }
    return {
        **{name: text_column([value] * len(site)) for name, value in constant.items()},
        "site_id": sites.ids[site],
        "threshold": np.full(len(site), threshold),
        "headroom": passes.headroom,
        "certainty": passes.certainty,
        "nearest_m": np.where(exact, passes.near.distance_m[site], np.nan),
        "nearest_id": np.r_[features.ids, text_column([""])][feature],
        "nearest_name": np.r_[features.names, text_column([lacking])][feature],
        "error_m": np.full(len(site), passes.error_m),
    }


def _measured(passes: Passes) -> Mapping[str, Any]:
    """Return what stands in every row: condition, measure and unit."""
    question = passes.question
    if question is None:
        return {"condition": "", "measure": "", "unit": ""}
    measure = measure_of(question)[0]
    return {
        "condition": say_question(question) if passes.rule.when is not None else "",
        "measure": measure,
        "unit": "m" if is_by_distance(question) else _UNITS.get(measure, "number"),
    }
