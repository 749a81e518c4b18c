# SPDX-License-Identifier: GPL-2.0-or-later
"""Round scales and the views that show given ground at them. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.layout.paper import Box
from eco_onemap.layout.sheet import View

SCALES = (500, 1000, 2000, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)
"""Scales in use for site figures, then those of the national map series (GB/T 13989)."""

DETAIL_MM = 46.0
FILLED_SHARE = 0.96
"""What must be seen takes at most this share of a map's width or height."""
DETAIL_SHARE = 0.9
SMALL_SITE_MM = 30.0
"""A site shorter than this on the main map gets a map of its own."""


def bounds_of(geometry: BaseGeometry) -> Bounds:
    """Return x and y minimum and maximum of a geometry."""
    west, south, east, north = geometry.bounds
    return west, south, east, north


def main_view(site: Bounds, shown: Sequence[Bounds], on: Box) -> View:
    """Return the view that holds all of *shown*, with the site in its middle if there is room.

    on: where the map stands on the paper.
    """
    together = union_bounds([site, *shown])
    view = fitting_view(together, on.width_mm, on.height_mm)
    centred = View((site[0] + site[2]) / 2, (site[1] + site[3]) / 2, view.scale)
    room = centred.bounds(on.width_mm * FILLED_SHARE, on.height_mm * FILLED_SHARE)
    return centred if union_bounds([room, together]) == room else view


def shifted_view(view: View, held: Bounds, wished: Bounds, on: Box) -> View:
    """Return the view moved so that it shows as much of *wished* as it can and still *held*.

    on: where the map stands on the paper.
    """
    width, height = (side * view.scale / 2000 for side in (on.width_mm, on.height_mm))
    return View(
        _shifted(view.x, (held[0], held[2]), (wished[0], wished[2]), width),
        _shifted(view.y, (held[1], held[3]), (wished[1], wished[3]), height),
        view.scale,
    )


def _shifted(
    middle: float, held: tuple[float, float], wished: tuple[float, float], half: float
) -> float:
    """Return the middle of a view, half as wide as told, along one axis."""
    low, high = sorted((wished[0] + half, wished[1] - half))
    towards = np.clip(middle, low, high)
    within = half * FILLED_SHARE
    nearest, farthest = held[1] - within, held[0] + within
    return float(np.clip(towards, nearest, farthest)) if nearest <= farthest else middle


def detail_view(site: Bounds, main: View) -> View | None:
    """Return the view of the site alone, None for points and sites that *main* shows well."""
    if not 0 < max(site[2] - site[0], site[3] - site[1]) * 1000 / main.scale <= SMALL_SITE_MM:
        return None
    view = fitting_view(site, DETAIL_MM, DETAIL_MM, DETAIL_SHARE)
    return view if view.scale < main.scale else None


def union_bounds(bounds: Sequence[Bounds]) -> Bounds:
    """Return the bounds that hold all of these."""
    lows, highs = np.min(bounds, axis=0), np.max(bounds, axis=0)
    return float(lows[0]), float(lows[1]), float(highs[2]), float(highs[3])


def fitting_view(
    bounds: Bounds, width_mm: float, height_mm: float, share: float = FILLED_SHARE
) -> View:
    """Return the view of the largest round scale at which *bounds* fill at most *share* of it."""
    west, south, east, north = bounds
    needed = 1000 / share * max((east - west) / width_mm, (north - south) / height_mm)
    return View((west + east) / 2, (south + north) / 2, round_scale(needed))


def round_scale(denominator: float) -> int:
    """Return the first scale in use that shows as much ground; beyond them 1, 2, 5 · 10ⁿ."""
    for scale in SCALES:
        if scale >= denominator:
            return scale
    power = 10 ** math.floor(math.log10(denominator))
    return next(int(step * power) for step in (1, 2, 5, 10) if step * power >= denominator)


def round_interval(scale: int, wanted_mm: float) -> float:
    """Return 1, 2 or 5 · 10ⁿ metres that are about *wanted_mm* on paper."""
    metres = wanted_mm * scale / 1000
    power = 10.0 ** math.floor(math.log10(metres))
    return min((power, 2 * power, 5 * power, 10 * power), key=lambda step: abs(step - metres))


def bar_segment(scale: int, wanted_mm: float) -> float:
    """Return the length in metres of one of a scale bar's parts, round and about *wanted_mm*."""
    metres = wanted_mm * scale / 1000
    power = 10.0 ** math.floor(math.log10(metres))
    steps = (power, 2 * power, 2.5 * power, 5 * power, 10 * power)
    return min(steps, key=lambda step: abs(step - metres))
