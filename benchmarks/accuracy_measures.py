# SPDX-License-Identifier: GPL-2.0-or-later
"""What a measured error is, and the places and shapes that errors are measured on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from eco_onemap.core.geometry.crs import gauss_kruger_3_degrees, reproject

SOUTH, NORTH = 18.0, 53.0
"""From Hainan to the Amur."""


@dataclass(frozen=True)
class Measured:
    """Errors of one quantity: what, against which truth, of which sample, and what is allowed.

    errors: shape (n,), in *unit*. bound: what none of them may exceed.
    """

    what: str
    truth: str
    sample: str
    seed: int
    errors: np.ndarray
    unit: str
    bound: float

    @property
    def worst(self) -> float:
        return float(np.max(self.errors))

    @property
    def is_kept(self) -> bool:
        return bool(len(self.errors)) and bool((self.errors <= self.bound).all())


Measure = Callable[[float], Measured]
"""Measures on a sample; the argument scales its size (1 for the document)."""


def number(full: int, scale: float) -> int:
    """Return the size of a sample, at least 10."""
    return max(int(full * scale), 10)


def between(rng: np.random.Generator, low: float, high: float, count: int) -> np.ndarray:
    """Return numbers whose logarithms are evenly spread."""
    return np.exp(rng.uniform(np.log(low), np.log(high), count))


def as_array(geometries) -> np.ndarray:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array


def surveyed(rng: np.random.Generator, edge_m: float) -> tuple[shapely.Polygon, str]:
    """Return a plot with edges of about *edge_m*, straight in the plane of its own 3° zone.

    It lies anywhere in the zone's width and between the latitudes; its corners are kept to a
    millimetre. Also return the zone's CRS.
    """
    meridian = 3.0 * rng.integers(30, 43)
    crs = gauss_kruger_3_degrees(meridian)
    centre = shapely.Point(meridian + rng.uniform(-1.45, 1.45), rng.uniform(SOUTH, NORTH))
    placed = reproject(as_array([centre]), "EPSG:4490", crs)[0]
    count = int(rng.integers(3, 9))
    angle = np.sort(rng.uniform(0, 2 * np.pi / count, count)) + 2 * np.pi / count * np.arange(count)
    radius = edge_m * count / (2 * np.pi) * rng.uniform(0.6, 1.0, count)
    corners = np.column_stack(
        (placed.x + radius * np.cos(angle), placed.y + radius * np.sin(angle))
    )
    return shapely.Polygon(np.round(corners, 3)), crs


def longest_edge(polygon: shapely.Polygon) -> float:
    return float(np.hypot(*np.diff(np.asarray(polygon.exterior.coords), axis=0).T).max())
