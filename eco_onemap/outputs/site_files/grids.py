# SPDX-License-Identifier: GPL-2.0-or-later
"""The Gauss-Krüger grid that a CRS is, as the header of a boundary point file names it."""

from __future__ import annotations

from dataclasses import dataclass

from pyproj import CRS

from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.geometry.gauss_kruger import (
    FALSE_EASTING_M,
    FAMILIES,
    MILLION,
    SIX_DEGREES,
    THREE_DEGREES,
    DatumFamily,
    meridian_of,
    width_of,
)

_DATUM_WORDS = {"CGCS2000": ("2000",), "Xian 1980": ("xian",), "Beijing 1954": ("beijing 1954",)}


@dataclass(frozen=True)
class Grid:
    """Datum, zone, and whether the zone stands in front of the easting."""

    family: DatumFamily
    zone: int
    numbered: bool

    @property
    def width(self) -> int:
        """Width of the zone in degrees, 3 or 6."""
        return width_of(self.zone)


def find_grid(crs: str) -> Grid | None:
    """Return the grid that *crs* is, None for one that is no Gauss-Krüger zone of China.

    By the EPSG code, or else by the projection's own numbers, as a ``.prj`` file has them.
    """
    found = find_crs(crs)
    if found is None or not found.is_projected:
        return None
    family = _family(found)
    if family is None:
        return None
    code = f"EPSG:{found.to_epsg(70)}"
    zones = (*THREE_DEGREES, *SIX_DEGREES)
    for zone in zones:
        if code in (family.numbered(zone), family.unnumbered(zone)):
            return Grid(family, zone, code == family.numbered(zone))
    for zone in zones:
        if _is_around(found, zone, FALSE_EASTING_M + zone * MILLION):
            return Grid(family, zone, True)
        if _is_around(found, zone, FALSE_EASTING_M):
            return Grid(family, zone, False)
    return None


def _family(crs: CRS) -> DatumFamily | None:
    geodetic = crs.geodetic_crs
    datum = geodetic.datum if geodetic else None
    plain = (datum.name if datum else "").lower().replace("_", " ").replace("'", "")
    matches = (name for name, words in _DATUM_WORDS.items() if any(word in plain for word in words))
    name = next(matches, None)
    return FAMILIES[name] if name else None


def _is_around(crs: CRS, zone: int, false_easting: float) -> bool:
    operation = crs.coordinate_operation
    if operation is None or "transverse mercator" not in operation.method_name.lower():
        return False
    numbers = {one.name.lower(): one.value for one in operation.params}
    wanted = {
        "longitude of natural origin": float(meridian_of(zone)),
        "latitude of natural origin": 0.0,
        "scale factor at natural origin": 1.0,
        "false easting": false_easting,
        "false northing": 0.0,
    }
    return all(abs(float(numbers.get(name, 1e99)) - value) < 1e-9 for name, value in wanted.items())
