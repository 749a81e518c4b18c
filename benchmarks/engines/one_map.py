# SPDX-License-Identifier: GPL-2.0-or-later
"""Eco One Map itself: a layer compiled once, then overlaps dissolved and per feature."""

from __future__ import annotations

import numpy as np
import shapely

from eco_onemap import __version__
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.compiled import CompiledLayer, compile_layer
from eco_onemap.core.measures.overlap import dissolve, find_overlaps
from eco_onemap.core.table import FeatureTable
from engines.sharing import Areas, Clock


def compiled(features: np.ndarray) -> CompiledLayer:
    """Return the features as a layer cut into indexed pieces."""
    ids = np.arange(len(features)).astype(str).astype(object)
    table = FeatureTable(features, {}, "EPSG:4490", "workload", ids, "workload")
    return compile_layer(table, LayerEntry("layer", "layer", "layer", "workload"))


def run(sites: np.ndarray, features: np.ndarray, clock: Clock) -> Areas:
    """Return the dissolved areas of all sites, on one core."""
    clock.version = f"{__version__}, GEOS {shapely.geos_version_string}"
    with clock.preparing():
        layer = compiled(features)
        layer.tree.query(sites[:1])
    found = clock.working(
        lambda: dissolve(find_overlaps(sites, layer), len(sites), layer.overlapping)
    )
    return Areas(found.area_m2)
