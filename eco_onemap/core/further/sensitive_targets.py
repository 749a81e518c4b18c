# SPDX-License-Identifier: GPL-2.0-or-later
"""Sensitive targets around sites (环境保护目标): how far away, how many people, which class E.

A target counts within a distance if its nearest edge lies within it, and then with all its people:
the cautious way. Features that share a name and a kind, or an identifier, are one target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.columns import Values, dtype_of, joined
from eco_onemap.core.further.attributes import attribute_texts
from eco_onemap.core.further.target_groups import Targets, group_targets
from eco_onemap.core.geometry.geodesy import bearings_deg
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.layers.accuracy import TARGET_ROLE
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.layers.loading import LoadedVector
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Column, ColumnType, ResultTable

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
TEXT, REAL, INTEGER = ColumnType.TEXT, ColumnType.REAL, ColumnType.INTEGER

DISTANCES_M = (50.0, 500.0, 5000.0)
"""50 m: noise, 500 m: air, in the guideline for environmental impact forms (环办环评〔2020〕33号);
500 m and 5 km: classes of HJ 169-2018. To be compared with the official texts."""

MOST_LISTED = 60
"""Of a site the nearest targets are listed, and all within 500 m; sums are over all of them."""

CLASSES = (("E1", 1_000.0, 50_000.0), ("E2", 500.0, 10_000.0))
"""HJ 169-2018, table D.1, the class of air (大气环境敏感程度): more people than the first number
within 500 m or than the second within 5 km; else E3. To be compared with the official text."""

LEAST_CLASS = "E3"

CLASSES_VERIFIED = False
"""Whether somebody compared :data:`CLASSES` and :data:`DISTANCES_M` with the official texts."""

SITE_TARGET = (
    Column("site_id", TEXT, "site"),
    Column("layer_id", TEXT, "layer of sensitive targets"),
    Column("feature_id", TEXT, "target: its nearest feature"),
    Column("feature_name", TEXT, "its name"),
    Column("target_kind", TEXT, "school, hospital, settlement …, as the layer says"),
    Column("population", REAL, "people, as the layer says"),
    Column("households", REAL, "households, as the layer says"),
    Column("distance_m", REAL, "distance from the site's boundary to the nearest edge"),
    Column("bearing_deg", REAL, "from the middle of the site to the middle of the feature"),
    Column("within_m", REAL, "least of the distances 50, 500 and 5,000 m that it lies within"),
)

SITE_POPULATION = (
    Column("site_id", TEXT, "site"),
    Column("within_m", REAL, "distance from the site's boundary"),
    Column("targets", INTEGER, "number of targets within it"),
    Column("population", REAL, "people of those whose number is known"),
    Column("uncounted", INTEGER, "number of targets whose people are not known"),
    Column("mapped_pct", REAL, "percent of the ground within it that the layers cover"),
    Column("exposure", TEXT, "class E1, E2 or E3 of HJ 169-2018 by the known people, at 5,000 m"),
)


@dataclass(frozen=True)
class _Near:
    """Pairs of a site and a target near it, sorted by site and distance; feature: its nearest."""

    site: Indices
    target: Indices
    feature: Indices
    distance_m: Floats


def target_tables(
    sites: SiteSet,
    subject: Subject,
    measured: Sequence[Measurement],
    vectors: Mapping[str, LoadedVector],
) -> list[ResultTable]:
    """Return the tables of targets and of people; none without such a layer, or where not asked."""
    layers = [m for m in measured if _is_target(m, vectors)]
    if not layers or subject.options.target_reach_m <= 0:
        return []
    targets = [group_targets(layer.features) for layer in layers]
    near = [_near(layer, own) for layer, own in zip(layers, targets, strict=True)]
    blocks, numbers = [], []
    for layer, own, pairs in zip(layers, targets, near, strict=True):
        listed = _listed(pairs)
        compiled = vectors[layer.entry.id].layer
        blocks.append(_values(sites, subject, layer, compiled, own, listed))
        numbers.append(listed.site)
    order = np.argsort(joined(numbers, np.intp), kind="stable")
    values = {
        column.name: joined([block[column.name] for block in blocks], dtype_of(column))[order]
        for column in SITE_TARGET
    }
    mapped = [_mapped(subject, vectors[layer.entry.id]) for layer in layers]
    return [
        ResultTable("site_target", SITE_TARGET, values),
        ResultTable("site_population", SITE_POPULATION, _sums(sites, targets, near, mapped)),
    ]


def exposure_class(within_500_m: Floats, within_5000_m: Floats) -> NDArray[np.object_]:
    """Return the class of HJ 169-2018 from the numbers of people, shape (n,)."""
    found = np.full(len(within_500_m), LEAST_CLASS, dtype=object)
    for name, near, far in reversed(CLASSES):
        found[(within_500_m > near) | (within_5000_m > far)] = name
    return found


def _is_target(layer: Measurement, vectors: Mapping[str, LoadedVector]) -> bool:
    loaded = vectors.get(layer.entry.id)
    return loaded is not None and loaded.entry.role == TARGET_ROLE and layer.distances is not None


def _near(layer: Measurement, targets: Targets) -> _Near:
    """Return each site's targets within reach, nearest first, one row a target."""
    if layer.distances is None:
        raise ValueError(layer.entry.id)
    near = layer.distances.neighbours
    rows = np.flatnonzero(near.distance_m <= DISTANCES_M[-1])
    site, feature, distance = near.site[rows], near.feature[rows], near.distance_m[rows]
    target = targets.of_feature[feature]
    order = np.lexsort((feature, distance, target, site))
    pair = site[order] * (len(targets.people) + 1) + target[order]
    first = order[np.flatnonzero(np.diff(pair, prepend=-1))]
    first = first[np.lexsort((target[first], distance[first], site[first]))]
    return _Near(site[first], target[first], feature[first], distance[first])


def _listed(near: _Near) -> _Near:
    """Return the pairs that are listed: the nearest ones, and all within 500 m."""
    rank = np.arange(len(near.site)) - np.searchsorted(near.site, near.site)
    rows = np.flatnonzero((rank < MOST_LISTED) | (near.distance_m <= DISTANCES_M[1]))
    return _Near(near.site[rows], near.target[rows], near.feature[rows], near.distance_m[rows])


def _values(
    sites: SiteSet,
    subject: Subject,
    layer: Measurement,
    compiled: CompiledLayer,
    targets: Targets,
    near: _Near,
) -> Values:
    features = layer.features
    middles = _middles(compiled)[near.feature]
    steps = np.array(DISTANCES_M)
    return {
        "site_id": sites.ids[near.site],
        "layer_id": np.full(len(near.site), layer.entry.id, dtype=object),
        "feature_id": features.ids[near.feature],
        "feature_name": features.names[near.feature],
        "target_kind": attribute_texts(features, "kind")[near.feature],
        "population": targets.people[near.target],
        "households": targets.households[near.target],
        "distance_m": near.distance_m,
        "bearing_deg": bearings_deg(_boxes_middles(subject.geometries)[near.site], middles),
        "within_m": steps[np.searchsorted(steps, near.distance_m)],
    }


def _middles(layer: CompiledLayer) -> Floats:
    """Return the middle of the box around each feature in degrees, shape (n, 2)."""
    bounds = shapely.bounds(layer.pieces)
    least, most = np.full((len(layer), 2), np.inf), np.full((len(layer), 2), -np.inf)
    np.minimum.at(least, layer.owners, bounds[:, :2])
    np.maximum.at(most, layer.owners, bounds[:, 2:])
    return (least + most) / 2


def _boxes_middles(geometries: NDArray[np.object_]) -> Floats:
    bounds = shapely.bounds(geometries)
    return (bounds[:, :2] + bounds[:, 2:]) / 2


def _mapped(subject: Subject, loaded: LoadedVector) -> list[Floats]:
    """Return for each distance the share of the ground around each site that a layer covers."""
    return [subject.mapped_ring(loaded.coverage, distance) for distance in DISTANCES_M]


def _sums(
    sites: SiteSet,
    targets: Sequence[Targets],
    near: Sequence[_Near],
    mapped: Sequence[Sequence[Floats]],
) -> Values:
    """Return people within each distance, a row a site and distance; layers add up."""
    count = len(sites)
    present = np.flatnonzero(~shapely.is_missing(sites.geometries))
    numbers, people, unknown = (np.zeros((len(DISTANCES_M), count)) for _ in range(3))
    for own, pairs in zip(targets, near, strict=True):
        held = own.people[pairs.target]
        for step, distance in enumerate(DISTANCES_M):
            rows = pairs.distance_m <= distance
            numbers[step] += sum_by(pairs.site[rows], np.ones(rows.sum()), count)
            people[step] += sum_by(pairs.site[rows], np.nan_to_num(held[rows]), count)
            unknown[step] += sum_by(pairs.site[rows], np.isnan(held[rows]).astype(float), count)
    shares = np.min(np.array([list(layer) for layer in mapped]), axis=0)
    exposure = np.full((len(DISTANCES_M), count), "", dtype=object)
    exposure[-1] = exposure_class(people[1], people[2])
    in_rows = {
        "targets": numbers.astype(np.int64),
        "population": people,
        "uncounted": unknown.astype(np.int64),
        "mapped_pct": 100.0 * shares,
        "exposure": exposure,
    }
    return {
        "site_id": np.repeat(sites.ids[present], len(DISTANCES_M)),
        "within_m": np.tile(np.array(DISTANCES_M), len(present)),
        **{name: values[:, present].T.reshape(-1) for name, values in in_rows.items()},
    }
