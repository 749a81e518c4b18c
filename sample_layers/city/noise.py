# SPDX-License-Identifier: GPL-2.0-or-later
"""Fractal gradient noise and the warping of lines by it, the same on every run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LATTICE = 256
"""Nodes of a noise lattice along each axis; it repeats beyond."""

EAST_SCALE = 0.9096
"""Length of a degree of longitude in degrees of latitude at 24.55° N (its cosine)."""


@dataclass(frozen=True)
class Noise:
    """Octaves of gradient noise over longitude and latitude, values roughly -1 to 1.

    wavelength: of the first octave, in degrees of latitude; each octave halves it.
    gain: amplitude of an octave as a share of the one before.
    """

    seed: int
    wavelength: float
    octaves: int
    gain: float = 0.5

    def __call__(self, x: Floats, y: Floats) -> Floats:
        """Return the noise at each longitude *x* and latitude *y* (any equal shapes)."""
        total = np.zeros(np.broadcast(x, y).shape)
        amplitude = 1.0
        for octave in range(self.octaves):
            size = self.wavelength / 2**octave
            total += amplitude * _octave(self.seed * 100 + octave, x, y, size)
            amplitude *= self.gain
        return 1.6 * total


def _octave(seed: int, x: Floats, y: Floats, size: float) -> Floats:
    """Return one octave; its lattice is turned so that no octaves line up."""
    angles = np.random.default_rng(seed).random(LATTICE * LATTICE) * 2 * np.pi
    slopes = np.cos(angles), np.sin(angles)
    turn = 0.6 + 1.1 * (seed % 7)
    u, v = (x - 118.0) * EAST_SCALE / size, (y - 24.0) / size
    u, v = u * np.cos(turn) - v * np.sin(turn), u * np.sin(turn) + v * np.cos(turn)
    column, row = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    u, v = u - column, v - row
    corners = [_corner(slopes, column + i, row + j, u - i, v - j) for j in (0, 1) for i in (0, 1)]
    across, up = _ease(u), _ease(v)
    low = corners[0] + across * (corners[1] - corners[0])
    high = corners[2] + across * (corners[3] - corners[2])
    return low + up * (high - low)


def _corner(
    slopes: tuple[Floats, Floats],
    column: NDArray[np.int64],
    row: NDArray[np.int64],
    u: Floats,
    v: Floats,
) -> Floats:
    node = row % LATTICE * LATTICE + column % LATTICE
    return slopes[0][node] * u + slopes[1][node] * v


def _ease(t: Floats) -> Floats:
    return t * t * t * (t * (t * 6 - 15) + 10)


@dataclass(frozen=True)
class Warp:
    """Moves points by noise: straight edges become natural ones, shared edges stay shared.

    amplitude: in degrees; small against the wavelength, so that no two lines cross.
    """

    seed: int
    amplitude: float
    wavelength: float
    octaves: int = 6
    gain: float = 0.5

    def move(self, points: Floats) -> Floats:
        """Return the points, shape (n, 2), moved."""
        east = Noise(self.seed, self.wavelength, self.octaves, self.gain)
        north = Noise(self.seed + 1, self.wavelength, self.octaves, self.gain)
        x, y = points[:, 0], points[:, 1]
        return np.column_stack(
            [x + self.amplitude / EAST_SCALE * east(x, y), y + self.amplitude * north(x, y)]
        )

    def bend(self, lines: list[shapely.Geometry], step: float = 0.0005) -> list[shapely.Geometry]:
        """Return the lines with vertices every *step* degrees, moved."""
        dense = shapely.segmentize(np.array(lines, dtype=object), step)
        return list(shapely.transform(dense, self.move))
