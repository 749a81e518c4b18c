# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites to a file of any kind that this project writes, in the system that the file takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import shapely
from pyproj.exceptions import ProjError

from eco_onemap.core.errors import OutputError
from eco_onemap.core.geometry.crs import CGCS2000, find_crs, reproject
from eco_onemap.core.geometry.gauss_kruger import CGCS2000 as CGCS2000_ZONES
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.outputs.site_files.boundary_text import BoundaryTextOptions, write_site_text
from eco_onemap.outputs.site_files.cass_points import write_cass_points
from eco_onemap.outputs.site_files.grids import find_grid
from eco_onemap.outputs.site_files.point_table import write_point_table
from eco_onemap.outputs.site_files.site_layer import write_site_layer

ENDINGS = (".gpkg", ".txt", ".dat", ".csv")


@dataclass(frozen=True)
class WritingOptions:
    """How a file of sites is written.

    crs: system to write in, "" for the sites' own, or for the 3° zone of CGCS2000 around them
    where TXT and CASS files need a plane. encoding, header: of TXT. decimals: of metres.
    """

    crs: str = ""
    encoding: str = "GB18030"
    decimals: int = 3
    header: Mapping[str, str] = field(default_factory=dict)


_USUAL = WritingOptions()


def write_sites(
    path: Path, sites: RawSites, options: WritingOptions = _USUAL
) -> tuple[Message, ...]:
    """Write *sites* to *path*, whose ending says the format; return what had to be decided.

    Vertices are brought to another system one by one; edges stay straight lines between them.
    OutputError for an ending that is not in :data:`ENDINGS`, or for a CRS that the format lacks.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise OutputError("site_output.ending", path=str(path), endings=", ".join(ENDINGS))
    target = options.crs or _crs_for(ending, sites)
    placed = bring_to(sites, target)
    notes = _write(path, ending, placed, options)
    moved = [] if placed is sites else [message("site_output.note_moved", crs=target)]
    return (*moved, *notes)


def bring_to(sites: RawSites, crs: str) -> RawSites:
    """Return the sites with their vertices in *crs*, themselves if they are in it already."""
    source, target = find_crs(sites.crs or ""), find_crs(crs)
    if source is None or target is None:
        raise OutputError("site_output.unknown_crs", crs=crs if source else sites.crs or "?")
    if source == target:
        return sites
    flat = shapely.force_2d(np.asarray(sites.geometries, dtype=object))
    try:
        return replace(sites, geometries=reproject(flat, sites.crs or "", crs), crs=crs)
    except ProjError as error:  # such as a system of another planet
        raise OutputError("site_output.unknown_crs", crs=crs, details=repr(error)) from error


def _crs_for(ending: str, sites: RawSites) -> str:
    """Return the sites' own CRS, or the numbered 3° zone around them where it does not fit."""
    own = sites.crs or ""
    fits = {".txt": find_grid(own) is not None, ".dat": _is_plane(own)}
    if fits.get(ending, True) or find_crs(own) is None:
        return own
    bounds = shapely.total_bounds(reproject(sites.geometries, own, CGCS2000))
    middle = (bounds[0] + bounds[2]) / 2.0
    zone = min(max(round(middle / 3.0), 25), 45) if np.isfinite(middle) else 39
    return CGCS2000_ZONES.numbered(zone)


def _is_plane(crs: str) -> bool:
    found = find_crs(crs)
    return found is not None and found.is_projected


def _write(
    path: Path, ending: str, sites: RawSites, options: WritingOptions
) -> tuple[Message, ...]:
    if ending == ".gpkg":
        return write_site_layer(path, sites)
    if ending == ".dat":
        return write_cass_points(path, sites, options.decimals)
    if ending == ".csv":
        return write_point_table(path, sites, options.decimals)
    text = BoundaryTextOptions(options.encoding, options.decimals, options.header)
    return write_site_text(path, sites, text)
