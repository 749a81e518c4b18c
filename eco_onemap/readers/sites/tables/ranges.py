# SPDX-License-Identifier: GPL-2.0-or-later
"""Which numbers can be a place in China: degrees, or Gauss-Krüger metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.geometry.crs import CHINA
from eco_onemap.core.geometry.gauss_kruger import (
    EAST_M,
    MILLION,
    NORTH_M,
    SIX_DEGREES,
    THREE_DEGREES,
    are_northings,
    zones_of,
)

Floats = NDArray[np.float64]

_WEST, _SOUTH, _EAST, _NORTH = CHINA
_ZONES = (0, *SIX_DEGREES, *THREE_DEGREES)


def is_longitude(value: float) -> bool:
    """Return whether *value* is a longitude of China in degrees."""
    return _WEST <= value <= _EAST


def is_latitude(value: float) -> bool:
    """Return whether *value* is a latitude of China in degrees; no longitude is."""
    return _SOUTH <= value <= _NORTH


def is_easting(value: float) -> bool:
    """Return whether *value* is a Gauss-Krüger easting in metres, with its zone or without."""
    zone, rest = divmod(value, MILLION)
    return zone in _ZONES and EAST_M[0] <= rest <= EAST_M[1]


def is_northing(value: float) -> bool:
    """Return whether *value* is a northing of China in metres."""
    return NORTH_M[0] <= value <= NORTH_M[1]


def are_places(east: Floats, north: Floats) -> NDArray[np.bool_]:
    """Return which pairs of numbers are a place, the first of them east."""
    degrees = (east >= _WEST) & (east <= _EAST) & (north >= _SOUTH) & (north <= _NORTH)
    metres = (zones_of(east) >= 0) & are_northings(north)
    places: NDArray[np.bool_] = degrees | metres
    return places


def could_be_place(one: float, two: float) -> bool:
    """Return whether two numbers, in either order, could be a place."""
    return any(
        (is_longitude(a) and is_latitude(b)) or (is_easting(a) and is_northing(b))
        for a, b in ((one, two), (two, one))
    )
