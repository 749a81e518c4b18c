# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoPandas: ``overlay(how="intersection")``, which takes frames of one kind of geometry."""

from __future__ import annotations

import numpy as np
import shapely

from engines.sharing import Clock, Parts


def run(sites: np.ndarray, features: np.ndarray, clock: Clock) -> Parts:
    """Return what the sites that are polygons share with the features."""
    import geopandas

    clock.version = f"{geopandas.__version__}, GEOS {shapely.geos_version_string}"
    numbers = np.flatnonzero(shapely.get_dimensions(sites) == 2)
    left = geopandas.GeoDataFrame({"site": numbers}, geometry=sites[numbers], crs=4490)
    right = geopandas.GeoDataFrame(geometry=features, crs=4490)
    shared = clock.working(lambda: left.overlay(right, how="intersection", keep_geom_type=False))
    return Parts(shared["site"].tolist(), shared.geometry.to_wkb().tolist())
