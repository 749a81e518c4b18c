# SPDX-License-Identifier: GPL-2.0-or-later
"""How far the coordinates of Chinese web maps lie from the true place: a size, never a conversion.

GCJ-02's transformation is secret; what is public are approximations. They serve here to tell a
reader how many metres a site is off, which is more than most legal distances. Nothing is moved.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.sites.site_settings import Origin

_A, _E2 = 6378245.0, 0.00669342162296594323  # Krassovsky 1940, as the public formula has it
_BD_SHIFT_DEG = (0.0065, 0.006)  # what BD-09 adds to GCJ-02, east and north

Floats = NDArray[np.float64]


def offset_m(origin: Origin, longitude: Floats, latitude: Floats) -> Floats:
    """Return about how many metres coordinates of *origin* are off at places in degrees."""
    east, north = _gcj_offset_deg(longitude, latitude)
    if origin is Origin.BD09:
        east, north = east + _BD_SHIFT_DEG[0], north + _BD_SHIFT_DEG[1]
    per_degree = np.radians(1.0) * _A
    metres: Floats = per_degree * np.hypot(east * np.cos(np.radians(latitude)), north)
    return metres


def _gcj_offset_deg(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    x, y = longitude - 105.0, latitude - 35.0
    waves = 20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)
    root = np.sqrt(np.abs(x))
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * root
    north_m += (
        2
        / 3
        * (
            waves
            + 20.0 * np.sin(np.pi * y)
            + 40.0 * np.sin(np.pi / 3 * y)
            + 160.0 * np.sin(np.pi / 12 * y)
            + 320.0 * np.sin(np.pi / 30 * y)
        )
    )
    east_m = 300.0 + x + 2.0 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * root
    east_m += (
        2
        / 3
        * (
            waves
            + 20.0 * np.sin(np.pi * x)
            + 40.0 * np.sin(np.pi / 3 * x)
            + 150.0 * np.sin(np.pi / 12 * x)
            + 300.0 * np.sin(np.pi / 30 * x)
        )
    )
    phi = np.radians(latitude)
    magic = 1.0 - _E2 * np.sin(phi) ** 2
    meridian = _A * (1.0 - _E2) / magic**1.5
    parallel = _A / np.sqrt(magic) * np.cos(phi)
    return np.degrees(east_m / parallel), np.degrees(north_m / meridian)
