# SPDX-License-Identifier: GPL-2.0-or-later
"""Edges cut at the sides of cells, so that each part lies in one of them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Edges:
    """Parts of edges in columns and rows, each of shape (k,).

    owner: the number of the line or ring that an edge is of.
    """

    owner: Indices
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats

    def take(self, chosen: Indices | NDArray[np.bool_]) -> Edges:
        """Return the chosen parts."""
        return Edges(*(getattr(self, field.name)[chosen] for field in fields(self)))


def edges_of(lines: Geometries) -> Edges:
    """Return the edges of lines or rings, by the number of the line."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    inside = np.flatnonzero(line[1:] == line[:-1])
    x, y = points.T
    return Edges(line[inside], x[inside], y[inside], x[inside + 1], y[inside + 1])


def cut_rows(edges: Edges, rows: int) -> tuple[Edges, Indices]:
    """Return the edges cut at the sides of rows, and the row of each part."""
    number, row, y0, y1 = _cut(edges.y0, edges.y1, rows)
    whole = edges.take(number)
    x0, x1 = _across(whole.y0, whole.y1, whole.x0, whole.x1, y0, y1)
    return Edges(whole.owner, x0, y0, x1, y1), row


def cut_columns(edges: Edges, columns: int) -> tuple[Edges, tuple[Indices, Indices]]:
    """Return the edges cut at the sides of columns; the edge and the column of each part."""
    number, column, x0, x1 = _cut(edges.x0, edges.x1, columns)
    whole = edges.take(number)
    y0, y1 = _across(whole.x0, whole.x1, whole.y0, whole.y1, x0, x1)
    return Edges(whole.owner, x0, y0, x1, y1), (number, column)


def _cut(start: Floats, end: Floats, count: int) -> tuple[Indices, Indices, Floats, Floats]:
    """Cut spans at the whole numbers from 0 to *count*.

    Return for each part the number of its span, its strip (-1 below 0, *count* above) and where
    it starts and ends, in the direction of the span. Cuts are exact whole numbers.
    """
    falling = end < start
    first = np.where(falling, np.ceil(start) - 1, np.floor(start))
    last = np.where(falling, np.floor(end), np.maximum(np.ceil(end) - 1, first))
    first, last = np.clip(first, -1, count), np.clip(last, -1, count)
    parts = np.abs(last - first).astype(np.intp) + 1
    number = np.repeat(np.arange(len(start)), parts)
    step = np.arange(len(number)) - np.repeat(np.cumsum(parts) - parts, parts)
    strip = first[number] + np.where(falling[number], -step, step)
    enters = strip + falling[number]
    leaves = strip + ~falling[number]
    begins = np.where(step == 0, start[number], enters)
    finishes = np.where(step == parts[number] - 1, end[number], leaves)
    return number, strip.astype(np.intp), begins, finishes


def _across(
    start: Floats, end: Floats, from_: Floats, to: Floats, first: Floats, second: Floats
) -> tuple[Floats, Floats]:
    """Return the other coordinate where parts of edges start and end; ends of edges are exact."""
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (to - from_) / (end - start)
        low, high = np.minimum(from_, to), np.maximum(from_, to)
        begins = np.clip(from_ + (first - start) * slope, low, high)
        finishes = np.clip(from_ + (second - start) * slope, low, high)
    return np.where(first == start, from_, begins), np.where(second == end, to, finishes)
