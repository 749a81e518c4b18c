# SPDX-License-Identifier: GPL-2.0-or-later
"""A world of one site for a sample: what would have been measured of its layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eco_onemap.core.law.rules import Rule
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.raster import RasterStats
from eco_onemap.core.measures.hits import Hits
from eco_onemap.core.measures.measurement import Distances, Features, Measurement
from eco_onemap.core.measures.nearest import Gaps, Nearest, Neighbours
from eco_onemap.core.vocabulary import HitKind, LayerStatus

OVERLAPPING = ("area_m2", "share_pct", "length_m", "count", "feature_pct")
"""Measures of which one above 0 says that a feature meets the site."""

RASTER = ("mean", "min", "max")


def sample_features(sample: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the sample's features; a single one with a count stands for as many."""
    if sample.get("features"):
        return list(sample["features"])
    measurement = sample.get("measurement", {})
    if not measurement:
        return []
    one = {**sample, "kind": sample.get("kind", HitKind.REAL.value)}
    return [one] * int(measurement.get("count", 1))


def build_measurement(rule: Rule, sample: Mapping[str, Any]) -> Measurement:
    """Return the measurement of one site that *sample* states.

    Features that do not meet the site are far away unless they state a distance; those of a
    sample share no ground.
    """
    features, site = sample_features(sample), sample.get("site", {})
    names = {name for feature in features for name in feature["attributes"]}
    ids = _objects([str(number + 1) for number in range(len(features))])
    attributes = {n: _objects([f["attributes"].get(n) for f in features]) for n in names}
    hits = _hits(features)
    mapped = np.array([site.get("mapped_pct", 100.0) / 100.0])
    return Measurement(
        entry=LayerEntry(id="sample", role="sample", title="sample", source=""),
        features=Features(ids, ids, attributes),
        status=_objects([LayerStatus.HIT.value]),
        mapped_share=mapped,
        hits=hits,
        overlap_area_m2=np.array([hits.area_m2.sum()]),
        overlap_planar_m2=np.array([hits.area_m2.sum()]),
        overlap_length_m=np.array([hits.length_m.sum()]),
        overlap_share=np.array([min(hits.share_of_site.sum(), 1.0)]),
        distances=_distances(rule, features, site, mapped),
        raster=_raster(site),
    )


def _measured(features: Sequence[Mapping[str, Any]], key: str) -> Any:
    return np.array([feature["measurement"].get(key, 0.0) for feature in features], dtype=float)


def _meets(feature: Mapping[str, Any]) -> bool:
    """Return whether a feature meets the site: it has a size inside it and no distance to it."""
    measurement = feature["measurement"]
    sized = any(measurement.get(key, 0.0) > 0 for key in OVERLAPPING)
    return sized and not measurement.get("distance_m")


def _hits(features: Sequence[Mapping[str, Any]]) -> Hits:
    met = [
        number
        for number, feature in enumerate(features)
        if _meets(feature) or feature["kind"] == HitKind.TOUCH.value
    ]
    chosen = [features[number] for number in met]
    count = len(met)
    return Hits(
        site=np.zeros(count, dtype=np.intp),
        feature=np.array(met, dtype=np.intp),
        relation=np.full(count, "overlaps", dtype=object),
        kind=_objects([feature["kind"] for feature in chosen]),
        area_m2=_measured(chosen, "area_m2"),
        length_m=_measured(chosen, "length_m"),
        share_of_site=_measured(chosen, "share_pct") / 100.0,
        share_of_feature=_measured(chosen, "feature_pct") / 100.0,
        distance_m=np.zeros(count),
        bearing_deg=np.full(count, np.nan),
        geometries=np.full(count, None, dtype=object),
    )


def _distances(
    rule: Rule, features: Sequence[Mapping[str, Any]], site: Mapping[str, float], mapped: Any
) -> Distances:
    near = [
        (number, feature["measurement"].get("distance_m", 0.0))
        for number, feature in enumerate(features)
        if "distance_m" in feature["measurement"] or _meets(feature)
    ]
    numbers = np.array([number for number, _ in near], dtype=np.intp)
    nothing = np.full(1, np.nan)
    area = np.array([site.get("ring_area_m2", 0.0)])
    return Distances(
        nearest=Nearest(np.full(1, -1), Gaps(nothing, np.zeros((1, 2)), np.zeros((1, 2)))),
        within={},
        ring_area_m2=dict.fromkeys(rule.ring_areas_m, area),
        neighbours=Neighbours(
            np.zeros(len(near), dtype=np.intp), numbers, np.array([gap for _, gap in near])
        ),
        mapped_within={rule.reach_m: mapped},
    )


def _raster(site: Mapping[str, float]) -> RasterStats | None:
    if not any(key in site for key in RASTER):
        return None
    minimum, mean, maximum = (np.array([site.get(key, np.nan)]) for key in ("min", "mean", "max"))
    nothing = np.zeros(0)
    indices = np.zeros(0, dtype=np.intp)
    return RasterStats(minimum, mean, maximum, np.zeros(1), indices, nothing, nothing)


def _objects(items: Sequence[Any]) -> Any:
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array
