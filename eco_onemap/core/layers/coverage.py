# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a layer is known to be mapped, so that "nothing found" can be told from "not mapped"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.geometry.crs import CGCS2000
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.geometry.stars import Stars
from eco_onemap.core.layers.catalogue import CoverageEntry, CoverageKind, LayerEntry
from eco_onemap.core.layers.compiled import CompiledLayer, compile_layer
from eco_onemap.core.measures.overlap import dissolve, find_overlaps
from eco_onemap.core.measures.ring_areas import measure_ground, ring_areas
from eco_onemap.core.measures.site_sizes import SiteSizes
from eco_onemap.core.table import FeatureTable, Geometries

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


def within_bounds(coverage: Coverage, bounds: Bounds | None) -> Coverage:
    """Return what is mapped inside a rectangle outside of which no features were read.

    bounds: in CGCS2000 longitude and latitude, None where all features were read.
    """
    if coverage.area is None or bounds is None:
        return coverage
    with np.errstate(invalid="ignore"):  # GEOS sets the flag where boundaries only touch
        inside = shapely.intersection(coverage.area.pieces, shapely.box(*bounds))
    parts = shapely.get_parts(inside)
    return Coverage(_ground(parts[shapely.area(parts) > 0.0]), coverage.assumed)


def _ground(polygons: Geometries) -> CompiledLayer:
    """Return polygons on CGCS2000 as ground that sites are measured against."""
    names = np.full(len(polygons), "", dtype=object)
    table = FeatureTable(polygons, {}, CGCS2000, "", names, "")
    return compile_layer(table, LayerEntry(id="", role="coverage", title="", source=""))


def rectangle(bounds: Bounds) -> CompiledLayer:
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
