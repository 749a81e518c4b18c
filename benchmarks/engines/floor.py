# SPDX-License-Identifier: GPL-2.0-or-later
"""The floor: what GEOS itself cannot avoid."""

from __future__ import annotations

import numpy as np
import shapely

from eco_onemap.core.layers.compiled import CompiledLayer
from engines.one_map import compiled
from engines.sharing import Areas, Clock


def floor(sites: np.ndarray, layer: CompiledLayer) -> np.ndarray:
    """Intersect only what really crosses, on compiled pieces: what GEOS itself cannot avoid."""
    site, piece = layer.tree.query(sites, predicate="intersects")
    met, parts = sites[site], layer.pieces[piece]
    crossing = ~shapely.covers(parts, met) & ~shapely.covers(met, parts)
    return shapely.intersection(met[crossing], parts[crossing])


def run(sites: np.ndarray, features: np.ndarray, clock: Clock) -> Areas:
    """Return no areas: only the time is of interest."""
    clock.version = f"GEOS {shapely.geos_version_string}"
    with clock.preparing():
        layer = compiled(features)
        layer.tree.query(sites[:1])
    clock.working(lambda: floor(sites, layer))
    return Areas(np.full(len(sites), np.nan))
