# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines as surveyors draw them, in metres: lots, villages, routes."""

from __future__ import annotations

import zlib

import numpy as np
import shapely

from city.noise import Floats


def randoms(name: str) -> np.random.Generator:
    """Return a source of random numbers that belongs to *name*."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def lot(
    name: str, centre: Floats | tuple[float, float], width_m: float, depth_m: float
) -> shapely.Polygon:
    """Return a building lot: a turned, slightly irregular L or trapeze around *centre*."""
    random = randoms(name)
    notch = 0.15 + 0.2 * random.random()
    corners = np.array([
        (-0.5, -0.5), (0.1, -0.53), (0.5, -0.5), (0.5, 0.5 - notch), (0.5 - notch, 0.5 - notch),
        (0.5 - notch, 0.5), (-0.2, 0.5), (-0.5, 0.46),
    ])  # fmt: skip
    corners = corners + 0.04 * (random.random(corners.shape) - 0.5)
    return shapely.Polygon(_placed(corners * [width_m, depth_m], centre, random.random() * 360))


def village(name: str, centre: Floats, radius_m: float) -> shapely.Polygon:
    """Return an irregular settlement around *centre*."""
    random = randoms(name)
    count = 11 + int(8 * random.random())
    angles = 2 * np.pi * (np.arange(count) + 0.6 * random.random(count)) / count
    reach = radius_m * (0.55 + 0.6 * random.random(count))
    corners = np.column_stack([reach * np.cos(angles), 0.75 * reach * np.sin(angles)])
    return shapely.Polygon(_placed(corners, centre, random.random() * 180))


def route(name: str, stations: list[tuple[float, float]]) -> shapely.LineString:
    """Return a line through *stations* in gentle curves."""
    points = np.array(stations, dtype=float)
    random = randoms(name)
    for _ in range(3):
        ways = np.diff(points, axis=0)
        aside = np.column_stack([-ways[:, 1], ways[:, 0]]) * (random.random((len(ways), 1)) - 0.5)
        middles = points[:-1] + ways / 2 + 0.12 * aside
        points = np.insert(points, np.arange(1, len(points)), middles, axis=0)
    return shapely.LineString(np.round(points, 3))


def _placed(corners: Floats, centre: Floats | tuple[float, float], angle_deg: float) -> Floats:
    """Return corners turned and moved, kept to a millimetre."""
    turn = np.radians(angle_deg)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.round(corners @ matrix + centre, 3)
