# SPDX-License-Identifier: GPL-2.0-or-later
"""A check that a user of the window asks for, as plain data that any thread can work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.layers.sources import LayerCache
from eco_onemap.core.options import Options
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_region import find_region
from eco_onemap.core.sites.site_settings import DatumShift, Origin, SiteSettings
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.readers.sites.attributes import stated_facts


@dataclass(frozen=True)
class CheckRequest:
    """What is checked against what.

    sites: as they were read or drawn. catalogue, packs: files, read anew for each check.
    crs, origin, shift, facts: what the user states of the sites, as in
    :class:`~eco_onemap.core.sites.site_settings.SiteSettings`.
    """

    sites: RawSites
    catalogue: Path
    packs: tuple[Path, ...]
    options: Options
    crs: str = ""
    origin: Origin = Origin.UNKNOWN
    shift: DatumShift | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def run_request(request: CheckRequest, cache: LayerCache, progress: Progress) -> Assessment:
    """Return the assessment; InputError says what cannot be used, and Cancelled goes through."""
    catalogue = read_catalogue(request.catalogue)
    packs = [read_known_pack(path) for path in request.packs]
    layers = QgisLayers()
    settings = SiteSettings(
        crs=request.crs,
        origin=request.origin,
        shift=request.shift,
        region=find_region(catalogue, layers),
        facts=stated_facts(request.facts),
    )
    sites = build_site_set(request.sites, settings)
    return assess(sites, catalogue, packs, request.options, layers, progress, cache)


def read_known_pack(path: Path) -> RulePack:
    """Return a rule pack, read again only if its file has changed; RulePackError as read_pack."""
    try:
        state = path.stat()
    except OSError:
        return read_pack(path)  # which says what is wrong
    return _read_pack(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _read_pack(path: Path, _modified_ns: int, _size: int) -> RulePack:
    return read_pack(path)
