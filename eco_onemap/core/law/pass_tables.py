# SPDX-License-Identifier: GPL-2.0-or-later
"""The table ``pass``: every rule that a site passes, by how much, and what lies nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import dtype_of, joined, text_column
from eco_onemap.core.law.conditions import NO, evaluate_where
from eco_onemap.core.law.findings import Findings
from eco_onemap.core.law.projects import Projects
from eco_onemap.core.law.rules import Measure, Relation, Rule
from eco_onemap.core.layers.accuracy import combined_error_m, search_reach_m
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.nearest import Neighbours
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Column, ColumnType, ResultTable

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
TEXT, REAL = ColumnType.TEXT, ColumnType.REAL

EXACT, AT_LEAST, PARTLY_MAPPED = "exact", "at_least", "partly_mapped"
"""Whether a headroom is measured, or the distance up to which nothing was found; and where the
layer is not mapped as far as the rule looks, so that both hold for the mapped part only."""

PASS = (
    Column("site_id", TEXT, "site"),
    Column("rule_id", TEXT, "rule that is for the project and is not met"),
    Column("layer_id", TEXT, "layer"),
    Column("measure", TEXT, "what the rule measures"),
    Column("threshold", REAL, "its limit, in the measure's unit"),
    Column("headroom", REAL, "how far the site is from meeting the rule, in the measure's unit; "
           "rules on any overlap: metres"),
    Column("certainty", TEXT, "exact; at_least: so far nothing was found; "
           "partly_mapped: holds for the mapped part around the site only"),
    Column("nearest_m", REAL, "distance to the nearest feature that the rule is about"),
    Column("nearest_id", TEXT, "that feature; where none is near, the nearest of the layer"),
    Column("nearest_name", TEXT, "its name"),
    Column("error_m", REAL, "combined positional error of the distance"),
)  # fmt: skip


@dataclass(frozen=True)
class Passes:
    """The sites that pass one rule of a layer, arrays of shape (k,); feature: -1 for none."""

    rule: Rule
    layer: Measurement
    site: Indices
    feature: Indices
    distance_m: Floats
    headroom: Floats
    exact: NDArray[np.bool_]
    certainty: NDArray[np.object_]
    error_m: float


def passes_of(
    rule: Rule,
    layer: Measurement,
    projects: Projects,
    findings: Sequence[Findings],
    options: Options,
    rules: Mapping[str, tuple[Rule, ...]],
) -> Passes:
    """Return the sites that the rule is for, where its layer is mapped and it says nothing."""
    meant = projects.applies(rule) != NO
    passed = meant & (layer.mapped_share == 1.0)
    for finding in findings:
        passed[finding.site] = False
    site = np.flatnonzero(passed)
    reach = search_reach_m([r.reach_m for r in rules[layer.entry.id]], layer.entry, options)
    feature, distance, exact = _nearest_meant(rule, layer, options, reach)
    return Passes(
        rule=rule,
        layer=layer,
        site=site,
        feature=feature[site],
        distance_m=distance[site],
        headroom=_headroom(rule, layer, distance)[site],
        exact=exact[site],
        certainty=_certainty(rule, layer, exact)[site],
        error_m=combined_error_m(layer.entry, options),
    )


def _nearest_meant(
    rule: Rule, layer: Measurement, options: Options, reach_m: float
) -> tuple[Indices, Floats, NDArray[np.bool_]]:
    """Return of each site the nearest feature that the rule is about, and its distance.

    Where none is within reach, the nearest feature of the layer stands for it, and the distance
    is the one up to which nothing that the rule is about was found (not exact).
    """
    if layer.distances is None:
        raise ValueError(layer.entry.id)
    matches, unknown = evaluate_where(
        rule.where, layer.features.attributes, options.as_of, len(layer.features)
    )
    is_meant = matches | unknown
    nearest = layer.distances.nearest
    feature, distance = nearest.feature.copy(), nearest.gaps.distance_m.copy()
    exact = (feature >= 0) & np.r_[is_meant, False][feature]
    distance = np.where(exact, distance, np.fmax(distance, reach_m))
    found, at, near = _nearest_of(layer.distances.neighbours, is_meant, len(feature))
    feature[found], distance[found], exact[found] = at, near, True
    return feature, distance, exact


def _nearest_of(
    near: Neighbours, is_meant: NDArray[np.bool_], count: int
) -> tuple[Indices, Indices, Floats]:
    """Return the sites with a feature that is meant within reach, the nearest one, and how far."""
    rows = np.flatnonzero(is_meant[near.feature])
    order = rows[np.lexsort((near.feature[rows], near.distance_m[rows], near.site[rows]))]
    site = near.site[order]
    first = order[np.r_[True, np.diff(site) != 0]] if len(order) else order
    return near.site[first], near.feature[first], near.distance_m[first]


def _certainty(rule: Rule, layer: Measurement, exact: NDArray[np.bool_]) -> NDArray[np.object_]:
    known = np.where(exact, EXACT, AT_LEAST)
    if layer.distances is None or rule.reach_m not in layer.distances.mapped_within:
        return known.astype(object)
    whole = layer.distances.mapped_within[rule.reach_m] == 1.0
    return np.where(whole, known, PARTLY_MAPPED).astype(object)


def _headroom(rule: Rule, layer: Measurement, distance: Floats) -> Floats:
    """Return how far each site is from meeting the rule."""
    if rule.relation is Relation.WITHIN_DISTANCE:
        return distance - rule.threshold
    if rule.relation is not Relation.OVERLAPS:
        return np.full(len(distance), np.nan)
    if rule.threshold == 0:
        return distance
    hits = layer.hits
    values = {
        Measure.AREA: hits.area_m2,
        Measure.LENGTH: hits.length_m,
        Measure.SHARE: 100.0 * hits.share_of_site,
    }.get(rule.measure, np.ones(len(hits)))
    if rule.measure is Measure.COUNT:
        return rule.threshold - np.bincount(hits.site, values, len(distance))
    most = np.zeros(len(distance))
    np.maximum.at(most, hits.site, values)
    return rule.threshold - most


def pass_table(sites: SiteSet, passes: Sequence[Passes]) -> ResultTable:
    """Return one row per site and rule that it passes, by site, then in the order of the packs."""
    blocks = [_values(sites, one) for one in passes]
    order = np.argsort(joined([one.site for one in passes], np.intp), kind="stable")
    values = {
        column.name: joined([block[column.name] for block in blocks], dtype_of(column))[order]
        for column in PASS
    }
    return ResultTable("pass", PASS, values)


def _values(sites: SiteSet, passes: Passes) -> dict[str, NDArray[np.object_] | Floats]:
    rule, features, count = passes.rule, passes.layer.features, len(passes.site)
    ids = np.r_[features.ids, text_column([""])][passes.feature]
    names = np.r_[features.names, text_column([""])][passes.feature]
    return {
        "site_id": sites.ids[passes.site],
        "rule_id": np.full(count, rule.id, dtype=object),
        "layer_id": np.full(count, passes.layer.entry.id, dtype=object),
        "measure": np.full(count, rule.measure.value, dtype=object),
        "threshold": np.full(count, rule.threshold),
        "headroom": passes.headroom,
        "certainty": passes.certainty,
        "nearest_m": np.where(passes.exact, passes.distance_m, np.nan),
        "nearest_id": ids,
        "nearest_name": names,
        "error_m": np.full(count, passes.error_m),
    }
