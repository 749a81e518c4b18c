# SPDX-License-Identifier: GPL-2.0-or-later
"""Which intakes of drinking water lie downstream of a site, and how far along the river."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import Values, dtype_of, joined, text_column
from eco_onemap.core.further.river_courses import Courses, Places
from eco_onemap.core.layers.accuracy import INTAKE_ROLE
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.layers.loading import Loaded, LoadedVector
from eco_onemap.core.measures.hits import Hits
from eco_onemap.core.measures.measurement import Distances, Features, Measurement
from eco_onemap.core.measures.nearest import Gaps, Nearest, Neighbours
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.core.vocabulary import LayerStatus

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
TEXT, REAL = ColumnType.TEXT, ColumnType.REAL

RIVER_ROLE = "river_reach"
DOWNSTREAM_ROLE = "intake_downstream"
"""The role by which rules speak of intakes along the river: distances are those of the water."""

OFF_RIVER_M = 1000.0
"""From further away a site is not taken to drain into a river, nor an intake to draw from it."""

UPSTREAM, DOWNSTREAM, UNCONNECTED = "upstream", "downstream", "unconnected"
UNKNOWN_FLOW, OFF_RIVER = "unknown_flow", "off_river"
"""How a site lies to an intake: above it, below it, on other water, or not known."""

SITE_INTAKE = (
    Column("site_id", TEXT, "site"),
    Column("layer_id", TEXT, "layer of intakes"),
    Column("feature_id", TEXT, "intake"),
    Column("feature_name", TEXT, "its name"),
    Column("relation", TEXT, "the site lies upstream or downstream of the intake, unconnected; "
           "unknown_flow or off_river: not known"),
    Column("along_m", REAL, "distance along the river"),
    Column("straight_m", REAL, "straight distance"),
    Column("river", TEXT, "river that the site is nearest to"),
    Column("off_river_m", REAL, "distance of the site from that river"),
)  # fmt: skip


@dataclass(frozen=True)
class Intakes:
    """Layers of intakes with their places on the rivers, and the layer that stands for them."""

    entry: LayerEntry
    courses: Courses
    rivers: NDArray[np.object_]
    places: dict[str, Places]

    @property
    def is_known(self) -> bool:
        """Whether the flow of every course is known."""
        return bool(self.courses.known.all())


@dataclass(frozen=True)
class _Pairs:
    """Pairs of a site and an intake within reach; relation and distance along the river."""

    site: Indices
    intake: Indices
    straight_m: Floats
    relation: NDArray[np.object_]
    along_m: Floats


def place_intakes(layers: Sequence[Loaded]) -> Intakes | None:
    """Return the intakes on the rivers; None without a layer of both."""
    vectors = [loaded for loaded in layers if isinstance(loaded, LoadedVector)]
    rivers = [loaded.layer for loaded in vectors if loaded.entry.role == RIVER_ROLE]
    intakes = [loaded for loaded in vectors if loaded.entry.role == INTAKE_ROLE]
    if not rivers or not intakes or not (rivers[0].dimensions == 1).any():
        return None
    courses = Courses(rivers[0])
    return Intakes(
        entry=LayerEntry(DOWNSTREAM_ROLE, DOWNSTREAM_ROLE, intakes[0].entry.title, ""),
        courses=courses,
        rivers=rivers[0].feature_names,
        places={one.entry.id: _place(one.layer, courses) for one in intakes},
    )


def _place(layer: CompiledLayer, courses: Courses) -> Places:
    points = np.full(len(layer), None, dtype=object)
    points[layer.owners[::-1]] = layer.pieces[::-1]  # intakes are points: one piece each
    return courses.place(points, OFF_RIVER_M)


def check_intakes(
    intakes: Intakes, sites: SiteSet, measured: Sequence[Measurement]
) -> tuple[ResultTable, tuple[Measurement, ...]]:
    """Return the table of sites and intakes, and the intakes as layers along the rivers."""
    places = intakes.courses.place(sites.geometries, OFF_RIVER_M)
    rows: list[Values] = []
    derived: list[Measurement] = []
    for layer in measured:
        if layer.entry.id in intakes.places:
            pairs = _pairs(intakes, layer, places)
            rows.append(_values(sites, layer, intakes, places, pairs))
            derived.append(_as_layer(intakes.entry, layer, pairs))
    values = {
        column.name: joined([row[column.name] for row in rows], dtype_of(column))
        for column in SITE_INTAKE
    }
    return ResultTable("site_intake", SITE_INTAKE, values), tuple(derived)


def _pairs(intakes: Intakes, layer: Measurement, places: Places) -> _Pairs:
    if layer.distances is None:
        raise ValueError(layer.entry.id)
    near, targets = layer.distances.neighbours, intakes.places[layer.entry.id]
    here, there = places.course[near.site], targets.course[near.feature]
    at, target = places.position_m[near.site], targets.position_m[near.feature]
    down = intakes.courses.along_m(here, at, there, target)
    up = intakes.courses.along_m(there, target, here, at)
    off = (here < 0) | (there < 0)
    known = intakes.courses.known
    doubtful = ~off & ~(known[here] & known[there] if len(known) else off)
    none = np.isnan(down) & np.isnan(up)
    relation = np.select(
        [off, doubtful | (none & (not intakes.is_known)), ~np.isnan(down), ~np.isnan(up)],
        [OFF_RIVER, UNKNOWN_FLOW, UPSTREAM, DOWNSTREAM],
        UNCONNECTED,
    ).astype(object)
    along = np.where(relation == UPSTREAM, down, np.where(relation == DOWNSTREAM, up, np.nan))
    return _Pairs(near.site, near.feature, near.distance_m, relation, along)


def _values(
    sites: SiteSet, layer: Measurement, intakes: Intakes, places: Places, pairs: _Pairs
) -> Values:
    course = places.course[pairs.site]
    names = np.r_[intakes.rivers[intakes.courses.owner], text_column([""])]
    return {
        "site_id": sites.ids[pairs.site],
        "layer_id": np.full(len(pairs.site), layer.entry.id, dtype=object),
        "feature_id": layer.features.ids[pairs.intake],
        "feature_name": layer.features.names[pairs.intake],
        "relation": pairs.relation,
        "along_m": pairs.along_m,
        "straight_m": pairs.straight_m,
        "river": names[course],
        "off_river_m": places.off_m[pairs.site],
    }


def _as_layer(entry: LayerEntry, layer: Measurement, pairs: _Pairs) -> Measurement:
    """Return the intakes below each site as a layer: distances are those along the river.

    Each intake stands in it twice: with its flow known, and with it unknown and the straight
    distance, of which a rule that asks for the flow can only say ``study``.
    """
    size, count = len(layer.features), len(layer.status)
    above = np.flatnonzero(pairs.relation == UPSTREAM)
    doubtful = np.flatnonzero(pairs.relation == UNKNOWN_FLOW)
    site = np.r_[pairs.site[above], pairs.site[doubtful]]
    feature = np.r_[pairs.intake[above], pairs.intake[doubtful] + size]
    order = np.lexsort((feature, site))
    distance = np.r_[pairs.along_m[above], pairs.straight_m[doubtful]]
    flow = text_column(["known"] * size + [None] * size)
    nowhere = np.full(count, np.nan)
    return Measurement(
        entry=entry,
        features=Features(
            ids=np.tile(layer.features.ids, 2),
            names=np.tile(layer.features.names, 2),
            attributes={"flow": flow},
        ),
        status=np.full(count, LayerStatus.NOT_APPLICABLE.value, dtype=object),
        mapped_share=nowhere,
        hits=_no_hits(),
        overlap_area_m2=nowhere,
        overlap_planar_m2=nowhere,
        overlap_length_m=nowhere,
        overlap_share=nowhere,
        distances=Distances(
            nearest=Nearest(
                np.full(count, -1, dtype=np.intp),
                Gaps(nowhere, np.full((count, 2), np.nan), np.full((count, 2), np.nan)),
            ),
            within={},
            ring_area_m2={},
            neighbours=Neighbours(site[order], feature[order], distance[order]),
            mapped_within={},
        ),
    )


def _no_hits() -> Hits:
    numbers, texts = np.zeros(0), np.zeros(0, dtype=object)
    places = np.zeros(0, dtype=np.intp)
    return Hits(
        places, places, texts, texts, numbers, numbers, numbers, numbers, numbers, numbers, texts
    )
