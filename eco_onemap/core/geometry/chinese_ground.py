# SPDX-License-Identifier: GPL-2.0-or-later
"""Roughly where China lies, to tell which reading of coordinates is plausible."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BANDS = (
    # south, north, west, east: degrees, half a degree and more outside of land and sea
    (3.0, 18.0, 105.5, 120.5),
    (18.0, 21.0, 107.0, 122.0),
    (21.0, 24.0, 97.2, 123.5),
    (24.0, 26.5, 97.0, 125.5),
    (26.5, 28.0, 87.5, 126.0),
    (28.0, 30.0, 83.0, 127.0),
    (30.0, 33.0, 77.8, 127.0),
    (33.0, 36.0, 75.5, 127.0),
    (36.0, 41.0, 72.9, 129.0),
    (41.0, 45.0, 75.0, 132.5),
    (45.0, 49.5, 79.0, 135.6),
    (49.5, 54.0, 115.0, 135.6),
)
"""Steps around the country's outline. They hold parts of its neighbours too: being inside proves
nothing, being outside shows that coordinates were read in the wrong system."""


def in_china(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which places (degrees) may lie in China or its sea; NaN and infinity do not."""
    inside = np.zeros(np.shape(longitude), dtype=bool)
    for south, north, west, east in _BANDS:
        inside |= (
            (latitude >= south) & (latitude <= north) & (longitude >= west) & (longitude <= east)
        )
    return inside
