# SPDX-License-Identifier: GPL-2.0-or-later
"""PostGIS on features that ST_Subdivide has cut into pieces of at most 128 vertices."""

from __future__ import annotations

import numpy as np

from engines import postgis
from engines.sharing import Clock, Parts


def run(sites: np.ndarray, features: np.ndarray, clock: Clock) -> Parts:
    """Return what sites and pieces share; cutting is the preparation."""
    return postgis.run(sites, features, clock, subdivided=True)
