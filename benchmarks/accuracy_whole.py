# SPDX-License-Identifier: GPL-2.0-or-later
"""Errors of whole checks: over several zones, and of a province against its parts."""

from __future__ import annotations

import numpy as np
import shapely
from accuracy_measures import Measured, as_array, number

from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.options import Options
from tests.core.worlds import DAY, check, entry, numbered, sites

LONLAT = "EPSG:4490"
ZONES = np.arange(111.0, 127.0, 3.0)
"""Central meridians of six 3° zones, 109.5° to 127.5° E."""
NUMBERS = (
    "overlap_area_m2",
    "overlap_planar_m2",
    "overlap_pct",
    "nearest_m",
    "within_500_m",
    "ring_500_area_m2",
    "mapped_pct",
)
OPTIONS = Options(as_of=DAY, rings_m=(500.0,))


def _blob(rng: np.random.Generator, x: float, y: float, radius: float, count: int = 12):
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    reach = radius * rng.uniform(0.5, 1.0, count)
    return shapely.Polygon(np.column_stack((x + reach * np.cos(angle), y + reach * np.sin(angle))))


def zones_together(scale: float) -> Measured:
    rng = np.random.default_rng(31)
    count = number(60, scale)
    plots, zones, numbers = [], [], []
    for zone, meridian in enumerate(ZONES):
        x, y = meridian + rng.uniform(-0.5, 0.5, count), rng.uniform(24, 40, count)
        plots += [_blob(rng, *at, 0.003) for at in zip(x, y, strict=True)]
        zones += [_blob(rng, a + 0.002, b, 0.003) for a, b in zip(x, y, strict=True)]
        numbers += [zone] * count
    plots, zones, number_of = as_array(plots), as_array(zones), np.array(numbers)
    whole = _numbers(plots, zones)
    errors = []
    for zone in range(len(ZONES)):
        mine = number_of == zone
        errors.append(np.abs(_numbers(plots[mine], zones[mine]) - whole[:, mine]).ravel())
    return Measured(
        "Areas, plane areas, shares, distances, ring counts and ring areas of sites in six 3° "
        "zones checked in one run",
        "the same sites and features checked zone by zone",
        f"{len(plots):,} sites and as many features, 109.5° to 127.5° E",
        31,
        np.concatenate(errors),
        "m², m, %",
        0.0,
    )


def _numbers(plots: np.ndarray, zones: np.ndarray) -> np.ndarray:
    """All numbers of ``site_layer``, shape (columns, sites); the plane is each site's own zone."""
    result = check(
        sites(*plots, crs=LONLAT),
        [(entry(), numbered(*zones, crs=LONLAT))],
        options=OPTIONS,
        planar_crs="",
    )
    table = result.site_layer
    return np.array([np.asarray(table[name], dtype=float) for name in NUMBERS])


def province_and_parts(scale: float) -> Measured:
    """One site as large as a province, against tiles that cut it at every degree."""
    rng = np.random.default_rng(32)
    errors = []
    count = max(int(3 * scale), 1)
    for _ in range(count):
        province = _blob(rng, rng.uniform(112, 120), rng.uniform(24, 40), 3.0, 2_000)
        west, south, east, north = province.bounds
        columns = np.arange(np.floor(west), east, 1.0)
        rows = np.arange(np.floor(south), north, 1.0)
        x, y = (corner.ravel() for corner in np.meshgrid(columns, rows))
        tiles = shapely.box(x, y, x + 1, y + 1)
        result = check(
            sites(province, crs=LONLAT),
            [(entry(), numbered(*tiles, crs=LONLAT))],
            options=Options(as_of=DAY, rings_m=()),
        )
        whole = areas_m2(as_array([province]))[0]
        parts = areas_m2(shapely.intersection(province, tiles)).sum()
        hits, layer = result.hit, result.site_layer
        errors.append(abs(hits["overlap_area_m2"].sum() / whole - 1))
        errors.append(abs(layer["overlap_area_m2"][0] / whole - 1))
        errors.append(abs(parts / whole - 1))
    return Measured(
        "Overlap of a province of 400 by 500 km in three 3° zones with units that cut it into "
        "parts: the sum of the parts, and the dissolved whole",
        "the area of the province by itself",
        f"{count:,} provinces of 2,000 vertices, units of 1° by 1°",
        32,
        np.array(errors),
        "relative",
        1e-9,
    )
