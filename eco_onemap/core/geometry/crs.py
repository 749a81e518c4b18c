# SPDX-License-Identifier: GPL-2.0-or-later
"""Coordinate reference systems: everything is computed on CGCS2000 longitude and latitude."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from eco_onemap.core.table import Geometries

CGCS2000 = "EPSG:4490"
MAX_PLANE_EDGE_M = 25.0
"""Edges surveyed in a plane are densified to this length before they become longitude and
latitude; what is left of their bow, L²·tan(latitude)/(8 R), is below 0.02 mm at 53°."""

SMALL_PLOT_EDGE = 0.5
"""Of small plots to this share of the root of their area, so that the ground below the bows stays
below a millionth of it (docs/accuracy.md): plots below 2 500 m² get more vertices, none others."""

MIN_PLANE_EDGE_M = 1.0

CHINA = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north of where a Chinese site can lie, territorial sea included."""


@lru_cache(maxsize=256)
def find_crs(text: str) -> CRS | None:
    """Return the CRS that *text* (authority code, WKT or PROJ string) names, None if it is none.

    A system that has no places, or whose places cannot be brought to CGCS2000, is none: one of
    heights, of another planet, of a projection that PROJ does not know.
    """
    try:
        crs = CRS.from_user_input(text)
        transformer(text, CGCS2000)
    except ProjError:  # CRSError among them
        return None
    return crs if crs.is_geographic or crs.is_projected else None


@lru_cache(maxsize=256)
def transformer(source: str, target: str) -> Transformer:
    """Return the transformer between two CRS, east and longitude first on both sides."""
    return Transformer.from_crs(source, target, always_xy=True)


def reproject(geometries: Geometries, source: str, target: str) -> Geometries:
    """Return the geometries in the CRS *target*; coordinates out of range become infinite."""
    if source == target:
        return geometries
    move = transformer(source, target)

    def moved(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(move.transform(coordinates[:, 0], coordinates[:, 1]))

    result: Geometries = shapely.transform(geometries, moved)
    return result


def to_cgcs2000(geometries: Geometries, source: str) -> Geometries:
    """Return the geometries in CGCS2000 longitude and latitude.

    Edges of a projected source stay where they were surveyed: they are densified first. Edges
    of a geographic source are straight in longitude and latitude.
    """
    crs = find_crs(source)
    if crs is None:
        raise ValueError(source)
    if same_as_cgcs2000(crs):
        return geometries
    return reproject(densified(geometries, crs), source, CGCS2000)


def densified(geometries: Geometries, crs: CRS) -> Geometries:
    """Return geometries with short edges only if *crs* is a plane, as they are if it is not."""
    if not crs.is_projected:
        return geometries
    return _densified(geometries, crs.axis_info[0].unit_conversion_factor)


def _densified(geometries: Geometries, metres: float) -> Geometries:
    """Return geometries of a plane, whose unit is so many metres, with short edges only."""
    side = SMALL_PLOT_EDGE * np.sqrt(np.nan_to_num(shapely.area(geometries))) * metres
    longest = np.clip(side, MIN_PLANE_EDGE_M, MAX_PLANE_EDGE_M)
    longest[side == 0.0] = MAX_PLANE_EDGE_M
    dense: Geometries = shapely.segmentize(geometries, longest / metres)
    return dense


def same_as_cgcs2000(crs: CRS) -> bool:
    """Return whether coordinates of *crs* are those of CGCS2000 longitude and latitude."""
    return bool(crs.equals(CRS(CGCS2000), ignore_axis_order=True))


def gauss_kruger_3_degrees(longitude: float) -> str:
    """Return the CGCS2000 3° Gauss-Krüger CRS (false easting 500 km) around *longitude*.

    EPSG:4534 to 4554 are the central meridians 75°E to 135°E; beyond them the outermost is taken.
    """
    meridian = min(max(3 * round(longitude / 3), 75), 135)
    return f"EPSG:{4534 + (meridian - 75) // 3}"


def plane_crs_of(geometries: Geometries, preset: str) -> NDArray[np.object_]:
    """Return for each geometry the CRS of its plane area: *preset*, or its own 3° zone."""
    if preset:
        return np.full(len(geometries), preset, dtype=object)
    bounds = shapely.bounds(geometries)
    middles = np.nan_to_num((bounds[:, 0] + bounds[:, 2]) / 2, nan=117.0)
    return np.array([gauss_kruger_3_degrees(middle) for middle in middles], dtype=object)
