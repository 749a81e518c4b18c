# SPDX-License-Identifier: GPL-2.0-or-later
"""A province-sized workload, the same at every run: layers and sites as arrays of geometries.

Everything lies on CGCS2000 longitude and latitude between 117°E 24°N and 120°E 27°N. Boundaries
are fractal: stars whose radius is noise with a 1/f spectrum, and tiles with displaced borders.
"""

from __future__ import annotations

import numpy as np
import shapely

WEST, SOUTH, SIZE = 117.0, 24.0, 3.0
"""Corner and side of the region in degrees."""


def layers() -> dict[str, np.ndarray]:
    """Return the six layers by name, each an array of geometries."""
    return {
        "redline": redline(),
        "units": units(),
        "water": water(),
        "parcels": parcels(),
        "sea": sea(),
        "points": points(),
    }


def star(
    rng: np.random.Generator, x: float, y: float, radius: float, count: int, rough: float = 0.25
) -> np.ndarray:
    """Return a closed ring of *count* vertices around (x, y) with a fractal outline."""
    angle = np.linspace(0.0, 2.0 * np.pi, count, endpoint=False)
    size = radius * np.exp(rough * _noise(rng, count))
    ring = np.column_stack((x + size * np.cos(angle), y + size * np.sin(angle)))
    return np.vstack((ring, ring[:1]))


def _noise(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return periodic noise of zero mean and unit deviation, its spectrum falling as 1/f^1.2."""
    frequency = np.arange(1, count // 2 + 1)
    phase = rng.uniform(0.0, 2.0 * np.pi, len(frequency))
    spectrum = np.concatenate(([0], frequency**-1.2 * np.exp(1j * phase)))
    noise = np.fft.irfft(spectrum, count)
    return noise / noise.std()


def redline() -> np.ndarray:
    """Return 431 multipolygons with holes, about 1.7 million vertices, the largest 383,000.

    Each lies in a cell of its own whose size goes with its number of vertices, so that the
    boundary is equally dense everywhere, as in one survey.
    """
    rng = np.random.default_rng(431)
    share = np.sort(rng.pareto(0.9, 430) + 0.05)[::-1]
    counts = np.minimum(np.maximum(1_400_000 * share / share.sum(), 60), 120_000).astype(int)
    counts = np.concatenate(([383_000], counts))
    cells = _treemap(counts, (WEST, SOUTH, SIZE, SIZE))
    return np.array(
        [_spread(rng, cell, int(count)) for cell, count in zip(cells, counts, strict=True)],
        dtype=object,
    )


Cell = tuple[float, float, float, float]
"""West, south, width and height of a rectangle in degrees."""


def _treemap(counts: np.ndarray, cell: Cell) -> list[Cell]:
    """Return a rectangle for each count, its area in proportion, together filling the cell."""
    if len(counts) == 1:
        return [cell]
    west, south, width, height = cell
    running = np.cumsum(counts)
    cut = min(max(int(np.searchsorted(running, running[-1] / 2)), 1), len(counts) - 1)
    part = running[cut - 1] / running[-1]
    if width >= height:
        first = (west, south, width * part, height)
        second = (west + width * part, south, width * (1 - part), height)
    else:
        first = (west, south, width, height * part)
        second = (west, south + height * part, width, height * (1 - part))
    return _treemap(counts[:cut], first) + _treemap(counts[cut:], second)


def _cell(number: int, side: int) -> tuple[float, float, float]:
    """Return middle and half width of a cell of a grid over the region."""
    half = SIZE / side / 2.0
    return (
        WEST + half * (1 + 2 * (number % side)),
        SOUTH + half * (1 + 2 * (number // side)),
        half,
    )


def _spread(rng: np.random.Generator, cell: Cell, count: int) -> shapely.MultiPolygon:
    """Return a multipolygon in a cell: a large part with a hole, and two small parts."""
    large = _part(rng, 0.0, 0.0, int(0.8 * count))
    small = [_part(rng, x, x, max(count // 10, 16), 0.1) for x in (-0.85, 0.85)]
    west, south, width, height = cell

    def placed(unit: np.ndarray) -> np.ndarray:
        return np.array([west, south]) + (unit * 0.98 + 1.0) * np.array([width, height]) / 2.0

    return shapely.transform(shapely.MultiPolygon([large, *small]), placed)


def _part(
    rng: np.random.Generator, x: float, y: float, count: int, size: float = 1.0
) -> shapely.Polygon:
    """Return a star with a hole around (x, y) that reaches *size* at most."""
    shell = star(rng, 0.0, 0.0, 1.0, max(int(0.85 * count), 12), rough=0.1)
    reach = np.abs(shell).max()
    hole = star(rng, 0.0, 0.0, 1.0, max(int(0.15 * count), 8))
    hole *= 0.4 * np.hypot(*shell.T).min() / np.hypot(*hole.T).max()
    limit = 0.95 * size / reach  # round as it is, it leaves the corners to the small parts
    return shapely.Polygon(shell * limit + (x, y), [hole * limit + (x, y)])


def units(side: int = 71, edge: int = 50) -> np.ndarray:
    """Return 5,041 tiles that cover the region without gaps, about a million vertices."""
    rng = np.random.default_rng(5000)
    step = SIZE / side
    grid = np.stack(np.meshgrid(np.arange(side + 1), np.arange(side + 1), indexing="xy"), -1)
    nodes = np.array([WEST, SOUTH]) + grid * step
    nodes[1:-1, 1:-1] += rng.uniform(-0.2, 0.2, nodes[1:-1, 1:-1].shape) * step
    rows = [[_border(rng, r[i], r[i + 1], edge) for i in range(side)] for r in nodes]
    columns = [
        [_border(rng, nodes[j, i], nodes[j + 1, i], edge) for i in range(side + 1)]
        for j in range(side)
    ]
    tiles = [
        shapely.Polygon(
            np.vstack(
                (
                    rows[j][i][:-1],
                    columns[j][i + 1][:-1],
                    rows[j + 1][i][::-1][:-1],
                    columns[j][i][::-1],
                )
            )
        )
        for j in range(side)
        for i in range(side)
    ]
    return np.array(tiles, dtype=object)


def _border(rng: np.random.Generator, start: np.ndarray, end: np.ndarray, count: int):
    """Return a border between two nodes: a line with a little noise across it."""
    share = np.linspace(0.0, 1.0, count + 1)
    bend = np.sin(np.pi * share) * np.append(_noise(rng, count), 0.0) * 0.03
    along = end - start
    return start + share[:, None] * along + bend[:, None] * np.array([-along[1], along[0]])


def water() -> np.ndarray:
    """Return 1,000 water-source zones, nested in threes, about 300 vertices each."""
    rng = np.random.default_rng(1000)
    zones = []
    while len(zones) < 1000:
        x, y = rng.uniform(0, SIZE, 2) + (WEST, SOUTH)
        ring = star(rng, x, y, 0.006, 300)
        zones += [shapely.Polygon((x, y) + (ring - (x, y)) * scale) for scale in (1.0, 2.5, 5.0)]
    return np.array(zones[:1000], dtype=object)


def parcels() -> np.ndarray:
    """Return 20,000 parcels of 12 vertices, some hundred metres wide."""
    rng = np.random.default_rng(20_000)
    places = rng.uniform(0, SIZE, (20_000, 2)) + (WEST, SOUTH)
    return shapely.polygons(np.stack([star(rng, x, y, 0.0012, 12) for x, y in places]))


def sea() -> np.ndarray:
    """Return 16 sea zones with islands, about half a million vertices."""
    rng = np.random.default_rng(16)
    zones = []
    for number in range(16):
        x, y, half = _cell(number, 4)
        shell = star(rng, x, y, 0.5 * half, 28_000)
        near = 0.25 * half
        islands = [
            star(rng, x + near * np.cos(angle), y + near * np.sin(angle), 0.02 * half, 400)
            for angle in np.linspace(0, 2 * np.pi, 8, endpoint=False)
        ]
        zones.append(shapely.make_valid(shapely.Polygon(shell, islands)))
    return np.array(zones, dtype=object)


def points() -> np.ndarray:
    """Return 200,000 points, half of them in towns."""
    rng = np.random.default_rng(200_000)
    towns = rng.uniform(0, SIZE, (200, 2))
    urban = towns[rng.integers(0, 200, 100_000)] + rng.normal(0, 0.02, (100_000, 2))
    places = np.vstack((rng.uniform(0, SIZE, (100_000, 2)), np.clip(urban, 0, SIZE)))
    return shapely.points(places + (WEST, SOUTH))


def sites(count: int) -> np.ndarray:
    """Return project sites: 90 % polygons of 14 vertices, 6 % lines, 4 % points."""
    rng = np.random.default_rng(14)
    places = rng.uniform(0.02, SIZE - 0.02, (count, 2)) + (WEST, SOUTH)
    kind = rng.uniform(size=count)
    made = [_site(rng, x, y, share) for (x, y), share in zip(places, kind, strict=True)]
    return np.array(made, dtype=object)


def _site(rng: np.random.Generator, x: float, y: float, share: float) -> shapely.Geometry:
    if share < 0.90:
        return shapely.Polygon(star(rng, x, y, float(rng.uniform(0.0005, 0.003)), 14))
    if share < 0.96:
        turns = np.cumsum(rng.normal(0, 0.003, (12, 2)), axis=0)
        return shapely.LineString(turns + (x, y))
    return shapely.Point(x, y)
