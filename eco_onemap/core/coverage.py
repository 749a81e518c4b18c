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
from eco_onemap.core.ring_areas import measure_ground
from eco_onemap.core.site_sizes import SiteSizes
from eco_onemap.core.sources import Bounds
from eco_onemap.core.table import Geometries

WHOLE = 1.0 - 1e-9
"""Shares above this are the whole site; the rest is rounding of coordinates."""


@dataclass(frozen=True)
class Coverage:
    """A layer's mapped ground; ``None`` where nobody says how far the layer reaches."""

    area: CompiledLayer | None
    assumed: bool = False


def mapped_shares(coverage: Coverage, sites: Geometries, sizes: SiteSizes) -> NDArray[np.float64]:
    """Return the share (0 to 1) of each site on mapped ground, NaN where it is unknown."""
    if coverage.area is None:
        return np.full(len(sites), np.nan)
    mapped = dissolve(find_overlaps(sites, coverage.area), len(sites))
    shares = sizes.shares(mapped.area_m2, mapped.length_m, ~shapely.is_missing(mapped.geometries))
    shares[shares >= WHOLE] = 1.0
    shares[shapely.is_missing(sites)] = np.nan
    return shares


def mapped_ground(coverage: Coverage, rings: Geometries) -> NDArray[np.float64]:
    """Return the share (0 to 1) of each ring on mapped ground, NaN where it is unknown."""
    if coverage.area is None:
        return np.full(len(rings), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = measure_ground(rings, coverage.area) / areas_m2(rings)
    shares[shares >= WHOLE] = 1.0
    return shares


def extent_of(layer: CompiledLayer) -> CompiledLayer | None:
    """Return the bounding rectangle of a layer as mapped ground, None for an empty layer."""
    if not len(layer.pieces):
        return None
    return ground(np.array([shapely.box(*layer.bounds)], dtype=object))


def within_bounds(coverage: Coverage, bounds: Bounds | None) -> Coverage:
    """Return what is mapped inside a rectangle outside of which no features were read.

    bounds: in CGCS2000 longitude and latitude, None where all features were read.
    """
    if coverage.area is None or bounds is None:
        return coverage
    with np.errstate(invalid="ignore"):  # GEOS sets the flag where boundaries only touch
        inside = shapely.intersection(coverage.area.pieces, shapely.box(*bounds))
    parts = shapely.get_parts(inside)
    polygons = parts[shapely.area(parts) > 0.0]
    return Coverage(ground(polygons), coverage.assumed)


def ground(polygons: Geometries) -> CompiledLayer:
    """Return polygons as ground that sites can be measured against."""
    count = len(polygons)
    names = np.full(count, "", dtype=object)
    return CompiledLayer(
        layer_id="",
        feature_ids=names,
        feature_names=names,
        attributes={},
        dimensions=shapely.get_dimensions(polygons),
        areas_m2=np.zeros(count),
        lengths_m=np.zeros(count),
        overlapping=np.ones(count, dtype=bool),
        pieces=polygons,
        owners=np.arange(count),
    )


def is_stated(entry: CoverageEntry) -> bool:
    """Return whether somebody stated how far the layer is mapped."""
    return entry.kind in (CoverageKind.COMPLETE, CoverageKind.FILE)
