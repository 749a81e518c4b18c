# SPDX-License-Identifier: GPL-2.0-or-later
"""The Gauss-Krüger grid of a boundary point file: never guessed, and checked against itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.geometry.gauss_kruger import (
    CGCS2000,
    FAMILIES,
    SIX_DEGREES,
    THREE_DEGREES,
    DatumFamily,
    are_northings,
    width_of,
    zone_at,
    zones_of,
)
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.readers.sites.crs_words import datum_of
from eco_onemap.readers.sites.tables.options import AngleNotation
from eco_onemap.readers.sites.txt_degrees import Degrees, find_degrees, says_metres
from eco_onemap.readers.sites.txt_rows import ParcelFile
from eco_onemap.readers.sites.zone_prefixes import zone_prefixes


@dataclass(frozen=True)
class Grid:
    """Coordinates in order, shape (n,) each; their CRS, None if open; what the file says of it.

    angular: whether the coordinates are degrees.
    """

    east: NDArray[np.float64]
    north: NDArray[np.float64]
    crs: str | None
    notes: tuple[Message, ...]
    evidence: CrsEvidence
    angular: bool = False


def choose_grid(
    file: ParcelFile, path: str, given: str | None = None, angle: AngleNotation | None = None
) -> Grid:
    """Return the file's coordinates and their CRS.

    The zone comes from the header (带号, 几度分带, 中央子午线) and from the easting's first two
    digits, which must agree. *given* is taken where both are silent, or where the header names
    a local system. *angle*: how degrees are written. Where nothing tells the zone the CRS stays
    open; SiteError where two things contradict, or where nobody says what a local system is.
    """
    if given and find_crs(given) is None:
        raise SiteError("reader.unknown_crs", path=path, crs=given)
    degrees = find_degrees(file, path, angle)
    if degrees is not None:
        return _in_degrees(file.header, degrees, path, given)
    _check_units(file.header, path)
    north, east, notes = _in_order(file, path)
    evidence = _evidence(file.header, "xy" if notes else "yx")
    datum = _find_datum(file.header)
    if datum is None and not given:
        raise SiteError("txt.unknown_system", path=path, system=evidence.declared)
    prefixes = zone_prefixes(east, file.parcel_of.tolist(), file.line_of.tolist(), path)
    if len(prefixes) > 1:
        return _over_zones(
            file.header, Grid(east, north, None, tuple(notes), evidence), prefixes, path, given
        )
    prefix = prefixes[0] if prefixes and datum else None
    zone, width = _agreed_zone(file.header, prefix, path) if datum else (None, 0)
    if datum is None or zone is None:
        said = [message("txt.note_given", crs=given)] if given else []
        evidence = replace(evidence, zone_degrees=width or None)
        return Grid(east, north, given or None, (*notes, *said), evidence)
    crs = datum.unnumbered(zone) if prefix is None else datum.numbered(zone)
    evidence = replace(evidence, zone=zone, zone_degrees=width)
    notes += _datum_notes(file.header, datum, crs, given)
    return Grid(east, north, crs, tuple(notes), evidence)


def _in_degrees(header: Mapping[str, str], found: Degrees, path: str, given: str | None) -> Grid:
    """Return degrees on the datum that the header names; open where it names none.

    Open as well where the header speaks of metres: one of the two is wrong, so the datum may be.
    """
    metres = says_metres(header)
    evidence = replace(_evidence(header, found.axis_order), angular=not metres)
    place, notes = (found.longitude, found.latitude), found.notes
    datum = _find_datum(header)
    if datum is None and not given:
        raise SiteError("txt.unknown_system", path=path, system=evidence.declared)
    if datum is None:
        notes = (*notes, message("txt.note_given", crs=given))
        return Grid(*place, given, notes, evidence, angular=True)
    if metres or not evidence.declared:
        return Grid(*place, None, notes, evidence, angular=True)
    notes = (*notes, *_datum_notes(header, datum, datum.geographic, given))
    return Grid(*place, datum.geographic, notes, evidence, angular=True)


def _over_zones(
    header: Mapping[str, str], grid: Grid, prefixes: tuple[int, ...], path: str, given: str | None
) -> Grid:
    """Return the grid of parcels in several zones, its CRS open: every easting tells its own.

    SiteError where the header names one zone or another width, or a local system, which has none.
    """
    datum = _find_datum(header)
    if datum is None:
        raise SiteError("txt.unknown_system", path=path, system=grid.evidence.declared)
    widths = {_agreed_zone(header, prefix, path)[1] for prefix in prefixes}
    width = widths.pop() if len(widths) == 1 else None
    codes = ", ".join(map(datum.numbered, prefixes))
    notes = (*grid.notes, *_datum_notes(header, datum, codes, given))
    return replace(grid, notes=notes, evidence=replace(grid.evidence, zone_degrees=width))


def _evidence(header: Mapping[str, str], axis_order: str) -> CrsEvidence:
    declared = header.get("坐标系", "")
    return CrsEvidence(
        declared=declared,
        projection=header.get("投影类型", ""),
        datum=datum_of(declared),
        angular=False,
        axis_order=axis_order,
    )


def _in_order(
    file: ParcelFile, path: str
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[Message]]:
    """Return north and east; where only the other order can be, the columns were swapped."""
    usual = are_northings(file.first) & _are_eastings(file.second)
    if usual.all():
        return file.first, file.second, []
    if (are_northings(file.second) & _are_eastings(file.first)).all():
        return file.second, file.first, [message("txt.note_swapped")]
    row = int(np.argmin(usual))
    raise SiteError(
        "txt.out_of_range",
        path=path,
        line=int(file.line_of[row]),
        first=f"{file.first[row]:.10g}",
        second=f"{file.second[row]:.10g}",
    )


def _are_eastings(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = zones_of(values) >= 0
    return inside


def _agreed_zone(
    header: Mapping[str, str], prefix: int | None, path: str
) -> tuple[int | None, int]:
    """Return zone and zone width in degrees, zone None if neither header nor easting has it."""
    width = _number(header, "几度分带", path, {"三": 3, "六": 6})
    if width not in (None, 3, 6):
        raise _bad_header(path, "几度分带", header)
    stated = _stated_zone(header, width, path)
    if stated is not None and prefix is not None and stated != prefix:
        raise SiteError("txt.zone_conflict", path=path, stated=stated, prefix=prefix)
    zone = prefix if stated is None else stated
    if zone is None:
        return None, width or 0
    found = width_of(zone)
    if width not in (None, found):
        raise SiteError("txt.width_conflict", path=path, stated=width, zone=zone, width=found)
    return zone, found


def _stated_zone(header: Mapping[str, str], width: int | None, path: str) -> int | None:
    """Return the zone that the header states by its number or its central meridian."""
    zone = _number(header, "带号", path)
    if zone is not None and zone not in (*SIX_DEGREES, *THREE_DEGREES):
        raise _bad_header(path, "带号", header)
    meridian = _number(header, "中央子午线", path)
    if meridian is None:
        return zone
    six = width == 6 or zone in SIX_DEGREES
    found = zone_at(meridian, 6 if six else 3)
    if found is None or zone not in (None, found):
        raise _bad_header(path, "中央子午线", header)
    return found


def _number(
    header: Mapping[str, str], key: str, path: str, words: Mapping[str, int] | None = None
) -> int | None:
    """Return the whole number at *key* (``39``, ``39带``, ``117°``), None if nothing is there."""
    text = header.get(key, "")
    for word, number in (words or {}).items():
        if text.startswith(word):
            return number
    if not text:
        return None
    match = re.fullmatch(r"\D{0,3}(\d{1,3})(?:\.0+)?\D*", text, re.ASCII)
    if match is None:
        raise _bad_header(path, key, header)
    return int(match[1])


def _find_datum(header: Mapping[str, str]) -> DatumFamily | None:
    """Return the datum that the header names, CGCS2000 where it names none."""
    system = header.get("坐标系", "")
    return CGCS2000 if not system else FAMILIES.get(datum_of(system))


def _datum_notes(
    header: Mapping[str, str], datum: DatumFamily, crs: str, given: str | None
) -> list[Message]:
    notes = []
    if datum is not CGCS2000:
        notes.append(message("txt.note_older_datum", datum=datum.name, crs=crs))
    if not header.get("坐标系"):
        notes.append(message("txt.note_no_datum", crs=crs))
    if any(_is_parameter(value) for value in header.get("转换参数", "").split(",")):
        notes.append(message("txt.note_parameters"))  # they are secret: no note repeats them
    if given and find_crs(given) != find_crs(crs):
        notes.append(message("site_file.note_crs_kept", given=given, crs=crs))
    return notes


def _is_parameter(value: str) -> bool:
    return bool(value.strip(" 0.+-"))


def _check_units(header: Mapping[str, str], path: str) -> None:
    unit = header.get("计量单位", "")
    if unit and unit.lower() not in ("米", "m", "metre", "meter"):
        raise _bad_header(path, "计量单位", header)
    projection = header.get("投影类型", "")
    if projection and not re.search("高斯|gauss", projection, re.IGNORECASE):
        raise _bad_header(path, "投影类型", header)


def _bad_header(path: str, key: str, header: Mapping[str, Any]) -> SiteError:
    return SiteError("txt.bad_header", path=path, key_name=key, value=header[key])
