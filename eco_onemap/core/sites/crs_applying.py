# SPDX-License-Identifier: GPL-2.0-or-later
"""Brings the geometries of a file to CGCS2000 as the reasoner read them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.crs import CGCS2000, find_crs, reproject, to_cgcs2000, transformer
from eco_onemap.core.geometry.gauss_kruger import MILLION
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.crs_candidates import Candidate
from eco_onemap.core.sites.datums import find_older_datum, shifted_to_cgcs2000
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.ring_care import Scale
from eco_onemap.core.sites.site_settings import DatumShift
from eco_onemap.core.table import Geometries

Codes = NDArray[np.object_]


def in_order(geometries: Geometries, used: Candidate) -> tuple[Geometries, Codes]:
    """Return geometries with x = east, each within one zone, and the CRS of each.

    Points of a site that lie in another zone than its first point are brought into that zone, so
    that a site may straddle zones.
    """
    if used.swapped:
        geometries = shapely.transform(geometries, lambda xy: xy[:, ::-1])
    if 0 in used.crs_by_zone:
        return geometries, np.full(len(geometries), used.crs_by_zone[0], dtype=object)
    xy, owner = shapely.get_coordinates(geometries, return_index=True)
    zones = (xy[:, 0] // MILLION).astype(np.int64)
    home = np.zeros(len(geometries), dtype=np.int64)
    home[owner[::-1]] = zones[::-1]  # of the first point: it is written last
    codes = np.array([used.crs_by_zone.get(zone, "") for zone in home.tolist()], dtype=object)
    away = zones != home[owner]
    if away.any():
        geometries = shapely.set_coordinates(
            geometries.copy(), _brought_home(xy, zones, home[owner], used)
        )
    return geometries, codes


def settled(raw: RawSites, used: Candidate) -> tuple[RawSites, tuple[Message, ...]]:
    """Return a file's sites in one CRS with x = east, as a file to write needs them, and notes.

    Sites of several zones are brought, vertex by vertex, into the zone of the first; a note says
    how many were.
    """
    geometries, codes = in_order(np.asarray(raw.geometries, dtype=object), used)
    crs = next(iter(used.crs_by_zone.values()))
    placed = geometries.copy()
    others = sorted(set(codes.tolist()) - {"", crs})
    for code in others:
        placed[codes == code] = reproject(geometries[codes == code], code, crs)
    count, zones = int(np.isin(codes, others).sum()), ", ".join(others)
    notes = (message("site_output.note_zones", count=count, zones=zones, crs=crs),) if count else ()
    return replace(raw, geometries=placed, crs=crs), notes


def _brought_home(
    xy: NDArray[np.float64],
    zones: NDArray[np.int64],
    home: NDArray[np.int64],
    used: Candidate,
) -> NDArray[np.float64]:
    """Return coordinates with those of other zones in the plane of their site's own."""
    moved = xy.copy()
    pairs = np.unique(np.column_stack([zones, home])[zones != home], axis=0)
    for zone, target in pairs.tolist():
        here = (zones == zone) & (home == target)
        move = transformer(used.crs_by_zone[zone], used.crs_by_zone[target])
        moved[here] = np.column_stack(move.transform(*xy[here].T))
    return moved


def scale_of(geometries: Geometries, codes: Codes) -> Scale:
    """Return metres of a unit of each geometry's CRS: of its plane, or of a degree at its place."""
    east, north = np.ones(len(geometries)), np.ones(len(geometries))
    latitude = np.nan_to_num(shapely.bounds(geometries)[:, 1], posinf=0.0, neginf=0.0)
    for code in set(codes.tolist()) - {""}:
        here, crs = codes == code, find_crs(code)
        if crs is not None and crs.is_geographic:
            east[here] = 111_320.0 * np.cos(np.radians(np.clip(latitude[here], -89.0, 89.0)))
            north[here] = 110_574.0
        elif crs is not None:
            east[here] = north[here] = crs.axis_info[0].unit_conversion_factor
    return Scale(east, north)


def in_degrees(geometries: Geometries, codes: Codes, shift: DatumShift | None) -> Geometries:
    """Return the geometries in CGCS2000 degrees; an older datum by the user's parameters."""
    result = np.full(len(geometries), None, dtype=object)
    for code in sorted(set(codes.tolist()) - {""}):
        here, crs = codes == code, find_crs(code)
        if shift is not None and crs is not None and find_older_datum(crs):
            result[here] = shifted_to_cgcs2000(geometries[here], code, shift)
        else:
            result[here] = to_cgcs2000(geometries[here], code)
    return result


def names_of(used: Candidate) -> str:
    """Return the CRS of a file as results name it."""
    return used.name or CGCS2000
