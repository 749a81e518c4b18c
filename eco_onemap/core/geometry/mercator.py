# SPDX-License-Identifier: GPL-2.0-or-later
"""The Mercator map on the ellipsoid: conformal, so that near stays near."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.geodesy import E2, SEMI_MAJOR_M
from eco_onemap.core.geometry.local_frames import MAX_EDGE_DEG
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]


def to_mercator(geometries: Geometries) -> Geometries:
    """Return geometries in longitude and latitude on the ellipsoidal Mercator map, metres."""
    return shapely.transform(shapely.segmentize(geometries, 10 * MAX_EDGE_DEG), _mercator)


def _mercator(points: Floats) -> Floats:
    east, sine = np.radians(points[:, 0]), np.sin(np.radians(points[:, 1]))
    eccentricity = np.sqrt(E2)
    isometric = np.arctanh(sine) - eccentricity * np.arctanh(eccentricity * sine)
    return SEMI_MAJOR_M * np.column_stack((east, isometric))


def from_mercator(points: Floats) -> Floats:
    """Return points on the Mercator map, shape (n, 2), in degrees."""
    isometric, eccentricity = points[:, 1] / SEMI_MAJOR_M, np.sqrt(E2)
    sine = np.tanh(isometric)
    for _ in range(4):  # each round gains two digits; four give a tenth of a millimetre
        sine = np.tanh(isometric + eccentricity * np.arctanh(eccentricity * sine))
    return np.degrees(np.column_stack((points[:, 0] / SEMI_MAJOR_M, np.arcsin(sine))))
