# SPDX-License-Identifier: GPL-2.0-or-later
"""What is measured of one layer at all sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.conditions import evaluate_where
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.prints import FeaturePrints
from eco_onemap.core.layers.raster import RasterStats
from eco_onemap.core.measures.hits import Hits
from eco_onemap.core.measures.name_matches import NO_PAIRS, NamedPairs
from eco_onemap.core.measures.nearest import Nearest, Neighbours
from eco_onemap.core.messages import Message

CLASS_ATTRIBUTES = ("class", "id", "name")
"""What rules can ask of the classes of a raster."""

Floats = NDArray[np.float64]
Matches = tuple[NDArray[np.bool_], NDArray[np.bool_]]


@dataclass(frozen=True)
class Features:
    """The features of a layer as rules see them; a classified raster's are its classes.

    known: which features fit which conditions, kept between blocks of sites.
    """

    ids: NDArray[np.object_]
    names: NDArray[np.object_]
    attributes: Mapping[str, NDArray[Any]]
    prints: FeaturePrints = field(default_factory=lambda: FeaturePrints(None))
    known: dict[str, Matches] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def matches(self, where: Mapping[str, Any], day: date) -> Matches:
        """Return which features fit *where* on *day*, and of which that is unknown."""
        key = f"{day} {where!r}"
        if key not in self.known:
            self.known[key] = evaluate_where(where, self.attributes, day, len(self))
        return self.known[key]


@dataclass(frozen=True)
class Distances:
    """Distances from sites to a vector layer.

    nearest: of each site. within: ring to the number of features within it, shape (n,).
    ring_area_m2: ring to the layer's area within it, shape (n,), empty for layers without polygons.
    neighbours: all features within the largest distance that a rule asks for.
    mapped_within: each distance that a rule asks for to the share (0 to 1) of the ground within it
        on which the layer is mapped, shape (n,), NaN where that is unknown.
    """

    nearest: Nearest
    within: Mapping[float, NDArray[np.int64]]
    ring_area_m2: Mapping[float, Floats]
    neighbours: Neighbours
    mapped_within: Mapping[float, Floats]


@dataclass(frozen=True)
class Measurement:
    """One layer at n sites, each array of shape (n,).

    status: values of LayerStatus. mapped_share: 0 to 1, NaN where unknown.
    overlap_area_m2, overlap_planar_m2, overlap_length_m: dissolved. overlap_share: 0 to 1 of the
    site. named: features without a geometry whose name or address a site
    bears.
    """

    entry: LayerEntry
    features: Features
    status: NDArray[np.object_]
    mapped_share: Floats
    hits: Hits
    overlap_area_m2: Floats
    overlap_planar_m2: Floats
    overlap_length_m: Floats
    overlap_share: Floats
    named: NamedPairs = NO_PAIRS
    distances: Distances | None = None
    raster: RasterStats | None = None


@dataclass(frozen=True)
class LostLayer:
    """A layer that could not be measured: not read (not_loaded), failed, or not in force."""

    entry: LayerEntry
    status: str
    problem: Message


def hit_counts(hits: Hits, count: int) -> NDArray[np.int64]:
    """Return the number of features that each of *count* sites meets."""
    return np.bincount(hits.site, minlength=count).astype(np.int64)
