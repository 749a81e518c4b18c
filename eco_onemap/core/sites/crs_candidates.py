# SPDX-License-Identifier: GPL-2.0-or-later
"""Which coordinate systems numbers can be in, judged by their size alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.chinese_ground import in_china
from eco_onemap.core.geometry.crs import CGCS2000, CHINA, find_crs, transformer
from eco_onemap.core.geometry.gauss_kruger import (
    FAMILIES,
    MILLION,
    THREE_DEGREES,
    DatumFamily,
    are_northings,
    meridian_of,
    width_of,
    zones_of,
)
from eco_onemap.core.table import Geometries

WEB_MERCATOR = "EPSG:3857"
_MERCATOR = (8_100_000.0, 330_000.0, 15_200_000.0, 7_200_000.0)
"""West, south, east, north of China on the web's Mercator map."""

_BESIDE_ZONE_DEG = 1.0
"""How far a site may lie outside of the zone that its eastings name: parcels straddle zones."""

Floats = NDArray[np.float64]


class Form(Enum):
    """What numbers look like."""

    DEGREES = "degrees"
    ZONED = "zoned"
    BARE = "bare"
    OTHER = "other"


@dataclass(frozen=True)
class Readings:
    """Middles of n sites, how their numbers look, and in which order.

    x, y: shape (n,) as the file has them. form: values of Form. swapped: whether only the order
    north before east makes sense. zone: number in front of the easting, 0 for none; last_zone: of
    the easternmost point, another one where a site straddles zones.
    """

    x: Floats
    y: Floats
    form: NDArray[np.object_]
    swapped: NDArray[np.bool_]
    zone: NDArray[np.int64]
    last_zone: NDArray[np.int64]


@dataclass(frozen=True)
class Candidate:
    """A way to read a file: the CRS of each zone number (0: of all), and where that leads.

    longitude, latitude: of the middle of all sites, degrees.
    in_china, in_region: whether all sites would lie there; the region is unknown: True.
    """

    crs_by_zone: dict[int, str]
    swapped: bool
    longitude: float = float("nan")
    latitude: float = float("nan")
    in_china: bool = False
    in_region: bool = True

    @property
    def name(self) -> str:
        """The CRS, as a user would give it."""
        return ", ".join(dict.fromkeys(self.crs_by_zone.values()))

    @property
    def fits(self) -> bool:
        """Whether all sites would lie where sites can lie."""
        return self.in_china and self.in_region

    def __str__(self) -> str:
        order = "x ↔ y, " if self.swapped else ""
        return f"{self.name} ({order}{self.longitude:.4f}°E {self.latitude:.4f}°N)"


def read_numbers(geometries: Geometries) -> Readings:
    """Return how the numbers of the geometries look, one reading per geometry that has any.

    A geometry looks like what all its corners look like: the corners of its bounds are judged.
    """
    bounds = shapely.bounds(geometries)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    low, high = bounds[:, :2], bounds[:, 2:]
    degrees, degrees_swapped = (_degrees(low, high, order) for order in ((0, 1), (1, 0)))
    zone, zone_swapped = (_zones(low, high, order) for order in ((0, 1), (1, 0)))
    straight = degrees | (zone >= 0)
    swapped = ~straight & (degrees_swapped | (zone_swapped >= 0))
    number = np.where(swapped, zone_swapped, zone)
    form = np.select(
        [degrees | degrees_swapped, number > 0, number == 0],
        [Form.DEGREES.value, Form.ZONED.value, Form.BARE.value],
        Form.OTHER.value,
    ).astype(object)
    middle = _middles(low, high, swapped, number > 0)
    last = np.maximum(zones_of(high[np.arange(len(high)), swapped.astype(int)]), 0)
    return Readings(middle[:, 0], middle[:, 1], form, swapped, np.maximum(number, 0), last)


def _middles(
    low: Floats, high: Floats, swapped: NDArray[np.bool_], zoned: NDArray[np.bool_]
) -> Floats:
    """Return the middle of each geometry; where it straddles zones, its first corner."""
    rows = np.arange(len(low))
    first, last = (corner[rows, swapped.astype(int)] // MILLION for corner in (low, high))
    straddles = zoned & (first != last)
    middles: Floats = np.where(straddles[:, None], low, low / 2.0 + high / 2.0)
    return middles


def _degrees(low: Floats, high: Floats, order: tuple[int, int]) -> NDArray[np.bool_]:
    x, y = order
    west, south, east, north = CHINA
    inside: NDArray[np.bool_] = (
        (low[:, x] >= west) & (high[:, x] <= east) & (low[:, y] >= south) & (high[:, y] <= north)
    )
    return inside


def _zones(low: Floats, high: Floats, order: tuple[int, int]) -> NDArray[np.int64]:
    """Return the zone of Gauss-Krüger metres (0: without), -1 where they are none.

    Of a geometry whose corners lie in two zones the first one counts.
    """
    x, y = order
    first, last = zones_of(low[:, x]), zones_of(high[:, x])
    both = (first >= 0) & (last >= 0) & ((first > 0) == (last > 0))
    north = are_northings(low[:, y]) & are_northings(high[:, y])
    return np.where(both & north, first, -1)


def family_of(text: str) -> DatumFamily | None:
    """Return the national datum that a CRS is on, None if it is on another."""
    crs = find_crs(text)
    geographic = crs.geodetic_crs if crs else None
    code = f"EPSG:{geographic.to_epsg()}" if geographic else ""
    return next((one for one in FAMILIES.values() if one.geographic == code), None)


def degrees_candidate(family: DatumFamily, swapped: bool) -> Candidate:
    """Return the reading as longitude and latitude."""
    return Candidate({0: family.geographic}, swapped)


def zoned_candidate(family: DatumFamily, readings: Readings, swapped: bool) -> Candidate:
    """Return the reading as eastings that begin with the number of their zone."""
    numbers = np.unique(np.r_[readings.zone, readings.last_zone]).tolist()
    return Candidate({zone: family.numbered(zone) for zone in numbers}, swapped)


def bare_candidates(family: DatumFamily, swapped: bool) -> list[Candidate]:
    """Return the readings as eastings around 500 km: one for each central meridian."""
    return [Candidate({0: family.unnumbered(zone)}, swapped) for zone in THREE_DEGREES]


def mercator_candidate(readings: Readings) -> Candidate | None:
    """Return the reading as metres on the web's Mercator map, None where they cannot be that."""
    west, south, east, north = _MERCATOR
    inside = (readings.x >= west) & (readings.x <= east)
    inside &= (readings.y >= south) & (readings.y <= north)
    return Candidate({0: WEB_MERCATOR}, swapped=False) if inside.all() else None


def placed(candidate: Candidate, readings: Readings, region: Geometries | None) -> Candidate:
    """Return the candidate with the place on the map that it leads to."""
    longitude, latitude = _places(candidate, readings)
    if not np.isfinite(longitude).all() or not len(longitude):
        return candidate
    beside = _beside_zone(candidate, longitude, readings.zone)
    return replace(
        candidate,
        longitude=float((longitude.min() + longitude.max()) / 2),
        latitude=float((latitude.min() + latitude.max()) / 2),
        in_china=bool(in_china(longitude, latitude).all()) and not beside,
        in_region=_touches(region, longitude, latitude),
    )


def _places(candidate: Candidate, readings: Readings) -> tuple[Floats, Floats]:
    east, north = (readings.y, readings.x) if candidate.swapped else (readings.x, readings.y)
    longitude, latitude = np.empty(len(east)), np.empty(len(east))
    for zone, crs in candidate.crs_by_zone.items():
        here = readings.zone == zone if zone else np.full(len(east), True)
        move = transformer(crs, CGCS2000)
        longitude[here], latitude[here] = move.transform(east[here], north[here])
    return longitude, latitude


def _beside_zone(candidate: Candidate, longitude: Floats, zone: NDArray[np.int64]) -> bool:
    """Return whether a site lies far outside of the zone that its easting names."""
    for number in candidate.crs_by_zone:
        if number:
            reach = width_of(number) / 2 + _BESIDE_ZONE_DEG
            if (np.abs(longitude[zone == number] - meridian_of(number)) > reach).any():
                return True
    return False


def _touches(region: Geometries | None, longitude: Floats, latitude: Floats) -> bool:
    """Return whether any site lies in the region; True where nobody names one."""
    if region is None:
        return True
    tree = shapely.STRtree(region)
    return bool(tree.query(shapely.points(longitude, latitude), predicate="intersects").size)
