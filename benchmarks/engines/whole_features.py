# SPDX-License-Identifier: GPL-2.0-or-later
"""shapely: index, prepared predicates and array intersection on whole features."""

from __future__ import annotations

import numpy as np
import shapely

from engines.sharing import Clock, Parts


def whole_features(sites: np.ndarray, features: np.ndarray) -> np.ndarray:
    """Return each site's part in the features: index, prepared predicates, array intersection."""
    site, shared = _shared(sites, features)
    result = np.full(len(sites), None, dtype=object)
    for number in np.unique(site):
        result[number] = shapely.union_all(shared[site == number])
    return result


def run(sites: np.ndarray, features: np.ndarray, clock: Clock) -> Parts:
    """Return what sites and features share; index and preparing of features are in the work."""
    clock.version = f"{shapely.__version__}, GEOS {shapely.geos_version_string}"
    site, shared = clock.working(lambda: _shared(sites, features))
    return Parts(site.tolist(), shapely.to_wkb(shared).tolist())


def _shared(sites: np.ndarray, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    shapely.prepare(features)
    site, feature = shapely.STRtree(features).query(sites, predicate="intersects")
    shared = shapely.intersection(sites[site], features[feature])
    shapely.destroy_prepared(features)
    return site, shared
