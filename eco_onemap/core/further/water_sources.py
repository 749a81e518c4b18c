# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites by source of drinking water (一源一策): in which zone, how near, at which intake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import Values, dtype_of, joined, text_column
from eco_onemap.core.further.attributes import attribute_texts
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.layers.accuracy import INTAKE_ROLE
from eco_onemap.core.layers.loading import LoadedVector
from eco_onemap.core.measures.measurement import Features, Measurement
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.spellings import by_spelling, plain
from eco_onemap.core.table import Column, ColumnType, ResultTable

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
TEXT, REAL = ColumnType.TEXT, ColumnType.REAL

ZONE_ROLE = "drinking_zone"

LEVELS = ("1", "2", "3")
"""First, second and quasi-protection zone; the last lies outside the zone proper (法典 317)."""

_SPELLINGS = {
    "1": ("1", "一级", "一级保护区"),
    "2": ("2", "二级", "二级保护区"),
    "3": ("3", "准", "准保护区", "三级"),
}

SITE_SOURCE = (
    Column("source_code", TEXT, "code of the source, its name where it has none"),
    Column("source_name", TEXT, "its name"),
    Column("source_type", TEXT, "river, lake, groundwater …, as the layer says"),
    Column("approval_doc", TEXT, "document by which its zones were approved"),
    Column("site_id", TEXT, "site in its zones or near them"),
    Column("name", TEXT, "its name"),
    Column("level", TEXT, "strictest zone that the site overlaps; empty outside"),
    Column("overlap_1_m2", REAL, "area in the first-level zone"),
    Column("overlap_2_m2", REAL, "area in the second-level zone"),
    Column("overlap_3_m2", REAL, "area in the quasi-protection zone"),
    Column("distance_m", REAL, "distance to the nearest zone, 0 inside"),
    Column("intake_m", REAL, "straight distance to the source's nearest intake, where one is near"),
)


@dataclass(frozen=True)
class _Sources:
    """The sources of a layer: code number of each feature, and of each code a feature."""

    codes: NDArray[np.object_]
    of_feature: Indices
    example: Indices


def source_table(
    sites: SiteSet, measured: Sequence[Measurement], vectors: Mapping[str, LoadedVector]
) -> ResultTable | None:
    """Return one row per source and site as near as rules look; None without such a layer."""
    roles = {name: loaded.entry.role for name, loaded in vectors.items()}
    if ZONE_ROLE not in roles.values():
        return None
    zones = [layer for layer in measured if roles.get(layer.entry.id) == ZONE_ROLE]
    intakes = [layer for layer in measured if roles.get(layer.entry.id) == INTAKE_ROLE]
    blocks = [_values(sites, layer, intakes) for layer in zones]
    values = {
        column.name: joined([block[column.name] for block in blocks], dtype_of(column))
        for column in SITE_SOURCE
    }
    return ResultTable("site_source", SITE_SOURCE, values)


def _values(sites: SiteSet, layer: Measurement, intakes: Sequence[Measurement]) -> Values:
    sources = _sources(layer.features)
    site, source, distance = _near(layer, sources)
    areas, strictest = _overlaps(layer, sources, site, source)
    example = sources.example[source]
    texts = {
        name: attribute_texts(layer.features, name)[example]
        for name in ("source_name", "source_type", "approval_doc")
    }
    return {
        "source_code": sources.codes[source],
        **texts,
        "site_id": sites.ids[site],
        "name": sites.names[site],
        "level": strictest,
        **{f"overlap_{level}_m2": area for level, area in zip(LEVELS, areas, strict=True)},
        "distance_m": distance,
        "intake_m": _to_intakes(sources.codes[source], site, intakes),
    }


def _sources(features: Features) -> _Sources:
    codes, names = (
        attribute_texts(features, "source_code"),
        attribute_texts(features, "source_name"),
    )
    keys = np.where(codes != "", codes, np.where(names != "", names, features.names))
    found, example, number = np.unique(keys.astype(str), return_index=True, return_inverse=True)
    return _Sources(found.astype(object), number, example)


def _near(layer: Measurement, sources: _Sources) -> tuple[Indices, Indices, Floats]:
    """Return pairs of site and source within reach, and the distance to the nearest zone."""
    nothing = np.zeros(0, dtype=np.intp)
    if layer.distances is None or not len(sources.codes):
        return nothing, nothing, np.zeros(0)
    near, stride = layer.distances.neighbours, len(sources.codes)
    pair, number = np.unique(
        near.site * stride + sources.of_feature[near.feature], return_inverse=True
    )
    distance = np.full(len(pair), np.inf)
    np.minimum.at(distance, number, near.distance_m)
    return pair // stride, pair % stride, distance


def _overlaps(
    layer: Measurement, sources: _Sources, site: Indices, source: Indices
) -> tuple[list[Floats], NDArray[np.object_]]:
    """Return the area of each site in each level of the source, and the strictest it overlaps."""
    hits, stride = layer.hits, len(sources.codes)
    pair = site * stride + source
    hit_pair = hits.site * stride + sources.of_feature[hits.feature]
    levels = _levels(layer.features)[hits.feature]
    strictest = np.full(len(pair), "", dtype=object)
    areas: list[Floats] = []
    for level in reversed(LEVELS):
        rows = np.flatnonzero((levels == level) & (hits.kind != "touch") & np.isin(hit_pair, pair))
        place = np.searchsorted(pair, hit_pair[rows])
        areas.insert(0, sum_by(place, hits.area_m2[rows], len(pair)))
        strictest[place] = level
    return areas, strictest


def _levels(features: Features) -> NDArray[np.object_]:
    known = by_spelling(_SPELLINGS)
    return text_column(
        known.get(plain(text), "") for text in attribute_texts(features, "level").tolist()
    )


def _to_intakes(
    codes: NDArray[np.object_], site: Indices, intakes: Sequence[Measurement]
) -> Floats:
    """Return the distance of each pair to the nearest intake of its source, NaN where none is."""
    found = np.full(len(site), np.nan)
    for layer in intakes:
        if layer.distances is not None:
            near, owners = (
                layer.distances.neighbours,
                attribute_texts(layer.features, "source_code"),
            )
            known, number = np.unique(np.r_[codes, owners].astype(str), return_inverse=True)
            wanted = site * len(known) + number[: len(site)]
            given = near.site * len(known) + number[len(site) :][near.feature]
            order = np.argsort(wanted)
            rows = np.flatnonzero(np.isin(given, wanted))
            place = order[np.searchsorted(wanted, given[rows], sorter=order)]
            np.fmin.at(found, place, near.distance_m[rows])
    return found
