# SPDX-License-Identifier: GPL-2.0-or-later
"""Datums older than CGCS2000: how far they are off, and how a user's parameters bring them over."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from eco_onemap.core.geometry.crs import densified, find_crs
from eco_onemap.core.sites.site_settings import DatumShift
from eco_onemap.core.table import Geometries

_MODERN = (
    "china 2000",
    "china geodetic coordinate system 2000",
    "wgs",
    "world geodetic",
    "international terr",
)
"""Beginnings of the names of datums that equal CGCS2000 within decimetres."""

KNOWN_OFFSETS_M = {"Xian 1980": 130, "Beijing 1954": 110}
"""How far sites can be off without parameters: the largest plane shifts of the technical guide for
bringing existing surveys to CGCS2000 (现有测绘成果转换到2000国家大地坐标系技术指南): −9…+43 m and
+76…+119 m for Xi'an 1980, −62…−29 m and −56…+84 m for Beijing 1954."""


def find_older_datum(crs: CRS) -> str | None:
    """Return the name of a datum that is not CGCS2000 within decimetres, None if it is."""
    geodetic = crs.geodetic_crs
    datum = geodetic.datum if geodetic else None
    name = datum.name if datum else ""
    plain = name.lower().replace("_", " ").removeprefix("d ")
    if not name or plain.startswith(_MODERN):
        return None
    return name


def offset_of(datum: str) -> int | None:
    """Return how many metres a datum may be off without parameters, None where unknown."""
    plain = datum.lower().replace("_", " ").replace("'", "")
    return next((metres for name, metres in KNOWN_OFFSETS_M.items() if name.lower() in plain), None)


def shifted_to_cgcs2000(geometries: Geometries, source: str, shift: DatumShift) -> Geometries:
    """Return geometries of an older datum in CGCS2000 degrees by a user's parameters.

    The ellipsoid's geocentric coordinates are moved as EPSG:9607 says; heights are taken as 0.
    """
    crs = find_crs(source)
    if crs is None or crs.geodetic_crs is None:
        raise ValueError(source)
    to_degrees = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    helmert = Transformer.from_pipeline(_pipeline(crs, shift))

    def moved(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        degrees = to_degrees.transform(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack(helmert.transform(*degrees))

    result: Geometries = shapely.transform(densified(geometries, crs), moved)
    return result


def _pipeline(crs: CRS, shift: DatumShift) -> str:
    ellipsoid = crs.ellipsoid
    if ellipsoid is None or not math.isfinite(ellipsoid.inverse_flattening):
        raise ValueError(crs.name)
    size = f"+a={ellipsoid.semi_major_metre!r} +rf={ellipsoid.inverse_flattening!r}"
    dx, dy, dz = shift.metres
    rx, ry, rz = shift.seconds
    return (
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=cart {size} "
        f"+step +proj=helmert +x={dx!r} +y={dy!r} +z={dz!r} +rx={rx!r} +ry={ry!r} +rz={rz!r} "
        f"+s={shift.ppm!r} +convention=coordinate_frame "
        "+step +inv +proj=cart +ellps=GRS80 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
