# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a layer is known to be mapped, so that "nothing found" can be told from "not mapped"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.catalogue import CoverageEntry, CoverageKind
from eco_onemap.core.compiled import CompiledLayer
from eco_onemap.core.geodesy import areas_m2
from eco_onemap.core.overlap import dissolve, find_overlaps
from eco_onemap.core.ring_areas import measure_ground, ring_areas
from eco_onemap.core.site_sizes import SiteSizes
from eco_onemap.core.stars import Stars
from eco_onemap.core.table import Geometries

WHOLE = 1.0 - 1e-9
"""Shares above this are the whole site; the rest is rounding of coordinates."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """A layer's mapped ground; ``None`` where nobody says how far the layer reaches."""

    area: CompiledLayer | None
    assumed: bool = False


def mapped_shares(coverage: Coverage, sites: Geometries, sizes: SiteSizes) -> NDArray[np.float64]:
    """Return the share (0 to 1) of each site on mapped ground, NaN where it is unknown."""
    if coverage.area is None:
        return np.full(len(sites), np.nan)
    overlaps = find_overlaps(sites, coverage.area)
    mapped = dissolve(overlaps, len(sites), coverage.area.overlapping)
    shares = sizes.shares(mapped.area_m2, mapped.length_m, mapped.met)
    shares[shares >= WHOLE] = 1.0
    shares[shapely.is_missing(sites)] = np.nan
    return shares


def mapped_ground(coverage: Coverage, rings: Stars) -> NDArray[np.float64]:
    """Return the share (0 to 1) of each ring on mapped ground, NaN where it is unknown."""
    if coverage.area is None:
        return np.full(rings.count, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = measure_ground(rings, coverage.area.surface) / ring_areas(rings)
    shares[shares >= WHOLE] = 1.0
    return shares


def extent_of(layer: CompiledLayer) -> CompiledLayer | None:
    """Return the bounding rectangle of a layer as mapped ground, None for an empty layer."""
    if not len(layer.pieces):
        return None
    return rectangle(layer.bounds)


def rectangle(bounds: tuple[float, float, float, float]) -> CompiledLayer:
    """Return a rectangle (west, south, east, north) as ground that sites are measured against."""
    names = np.full(1, "", dtype=object)
    pieces = np.array([shapely.box(*bounds)], dtype=object)
    return CompiledLayer(
        layer_id="",
        feature_ids=names,
        feature_names=names,
        attributes={},
        dimensions=np.full(1, 2, dtype=np.int32),
        areas_m2=np.zeros(1),
        lengths_m=np.zeros(1),
        overlapping=np.zeros(1, dtype=bool),
        pieces=pieces,
        owners=np.zeros(1, dtype=np.intp),
        piece_areas_m2=areas_m2(pieces),
        bulges_m2=np.zeros(1),
        dissolved=np.empty(0, dtype=object),
    )


def is_stated(entry: CoverageEntry) -> bool:
    """Return whether somebody stated how far the layer is mapped."""
    return entry.kind in (CoverageKind.COMPLETE, CoverageKind.FILE)
