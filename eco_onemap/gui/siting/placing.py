# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of the place of the sites in hand, and what the user states of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.geometry.gauss_kruger import CGCS2000
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.sites.crs_applying import in_degrees, in_order
from eco_onemap.core.sites.crs_candidates import Candidate, family_of
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.core.sites.crs_reasoning import CrsAnswer, reason_crs, reason_numbers
from eco_onemap.core.sites.datums import find_older_datum
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_region import find_region
from eco_onemap.core.sites.site_settings import DatumShift, Origin, SiteSettings
from eco_onemap.core.table import Geometries
from eco_onemap.qgis_bridge.layers import QgisLayers


@dataclass(frozen=True)
class StatedPlace:
    """What the user states: the system, "" for none, the origin, and parameters of an older datum.

    The parameters live as long as the sites are in hand; nothing writes them anywhere.
    """

    crs: str = ""
    origin: Origin = Origin.UNKNOWN
    shift: DatumShift | None = field(default=None, repr=False)


def answer_for(raw: RawSites, stated: StatedPlace, region: Geometries | None) -> CrsAnswer:
    """Return what is known of the sites' system; SiteError where it is none at all."""
    return reason_crs(raw, SiteSettings(crs=stated.crs, region=region))


def is_open(raw: RawSites) -> bool:
    """Return whether a file leaves its system to its numbers, so that the user may choose one."""
    return not (raw.crs and raw.declares_crs)


def datum_of(raw: RawSites, stated: StatedPlace) -> str:
    """Return the national datum that the sites are on as far as is known."""
    family = family_of(stated.crs or raw.crs or "")
    return family.name if family else (raw.evidence and raw.evidence.datum) or CGCS2000.name


def readings_on(raw: RawSites, datum: str, region: Geometries | None) -> CrsAnswer:
    """Return every way to read the numbers on a datum."""
    evidence = replace(raw.evidence or CrsEvidence(), datum=datum)
    return reason_numbers(raw.geometries, evidence, region)


def needs_parameters(crs: str) -> bool:
    """Return whether a system is of a datum older than CGCS2000."""
    known = find_crs(crs) if crs else None
    return known is not None and find_older_datum(known) is not None


def placed_sites(raw: RawSites, used: Candidate, most: int) -> Geometries:
    """Return the first *most* sites as a candidate places them, in CGCS2000 degrees."""
    chosen = np.asarray(raw.geometries[_present(raw)][:most], dtype=object)
    return in_degrees(*in_order(chosen, used), None)


def placed_names(raw: RawSites) -> list[str]:
    """Return what those sites are called, in their order: name, or identifier where it has none."""
    pairs = zip(raw.names[_present(raw)].tolist(), raw.ids[_present(raw)].tolist(), strict=True)
    return [name or site_id for name, site_id in pairs]


def _present(raw: RawSites) -> NDArray[np.bool_]:
    """Return which sites have a geometry, shape (n,)."""
    present: NDArray[np.bool_] = ~(
        shapely.is_missing(raw.geometries) | shapely.is_empty(raw.geometries)
    )
    return present


def region_of(catalogue: str) -> Geometries | None:
    """Return the region of the catalogue in a file, None where it has none or cannot be read."""
    path = Path(catalogue)
    try:
        return _region(path, path.stat().st_mtime_ns) if catalogue else None
    except (OSError, EcoOneMapError):
        return None


@lru_cache(maxsize=4)
def _region(path: Path, _modified_ns: int) -> Geometries | None:
    return find_region(read_catalogue(path), QgisLayers())
