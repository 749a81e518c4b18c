# SPDX-License-Identifier: GPL-2.0-or-later
"""Gauss-Krüger zones of China: numbers, central meridians, EPSG codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

MILLION = 1_000_000
FALSE_EASTING_M = 500_000.0
SIX_DEGREES = range(13, 24)
"""6° zones with central meridians 75°E to 135°E; 24 is neither a 6° nor a 3° zone of China."""
THREE_DEGREES = range(25, 46)
"""3° zones with central meridians 75°E to 135°E: the numbers of the two kinds never meet."""

NORTH_M = (300_000.0, 6_000_000.0)
"""Northings of 3°N to 54°N, China with its sea."""
EAST_M = (100_000.0, 900_000.0)
"""Eastings less their zone: a 6° zone reaches 333 km to both sides of 500 km at 3°N."""


@dataclass(frozen=True)
class DatumFamily:
    """The EPSG codes of one datum: geographic, and code less zone number by zone width."""

    name: str
    geographic: str
    with_zone: Mapping[int, int]
    without_zone: Mapping[int, int]

    def numbered(self, zone: int) -> str:
        """Return the CRS of eastings that begin with *zone*."""
        return f"EPSG:{self.with_zone[width_of(zone)] + zone}"

    def unnumbered(self, zone: int) -> str:
        """Return the CRS of eastings around 500 km in *zone*."""
        return f"EPSG:{self.without_zone[width_of(zone)] + zone}"


CGCS2000 = DatumFamily("CGCS2000", "EPSG:4490", {3: 4488, 6: 4478}, {3: 4509, 6: 4489})
XIAN_1980 = DatumFamily("Xian 1980", "EPSG:4610", {3: 2324, 6: 2314}, {3: 2345, 6: 2325})
BEIJING_1954 = DatumFamily("Beijing 1954", "EPSG:4214", {3: 2376, 6: 21400}, {3: 2397, 6: 21440})
FAMILIES = {family.name: family for family in (CGCS2000, XIAN_1980, BEIJING_1954)}


def width_of(zone: int) -> int:
    """Return the width in degrees of the zone with this number, 3 or 6."""
    return 3 if zone in THREE_DEGREES else 6


def meridian_of(zone: int) -> int:
    """Return the central meridian of a zone in degrees east."""
    return 3 * zone if zone in THREE_DEGREES else 6 * zone - 3


def zone_at(meridian: float, width: int) -> int | None:
    """Return the number of the zone of this width around a central meridian, None if none is."""
    zones = THREE_DEGREES if width == 3 else SIX_DEGREES
    return next((zone for zone in zones if meridian_of(zone) == meridian), None)


def zones_of(eastings: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the zone number in front of each easting (0: none written, -1: not an easting)."""
    zones, rest = np.divmod(eastings, MILLION)
    known = np.isin(zones, (0, *SIX_DEGREES, *THREE_DEGREES))
    inside = known & (rest >= EAST_M[0]) & (rest <= EAST_M[1])
    return np.where(inside, zones, -1).astype(np.int64)


def zone_in(crs: CRS) -> int | None:
    """Return the zone number with which the eastings of *crs* begin, None where none is written."""
    operation = crs.coordinate_operation
    values = {each.name: each.value for each in operation.params} if operation else {}
    easting = float(values.get("False easting", 0.0))
    zone, rest = divmod(easting, MILLION)
    return int(zone) if rest == FALSE_EASTING_M and zone > 0 else None


def are_northings(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which values can be northings of a place in China."""
    inside: NDArray[np.bool_] = (values >= NORTH_M[0]) & (values <= NORTH_M[1])
    return inside
