# SPDX-License-Identifier: GPL-2.0-or-later
"""The workload as the check takes it: catalogue, rules, layers from the cache, sites."""

from __future__ import annotations

import numpy as np
import shapely
import workload

from eco_onemap.core.law.rules import LegalBasis, Relation, Rule, RulePack
from eco_onemap.core.layers.catalogue import Catalogue, CoverageEntry, CoverageKind, LayerEntry
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.layers.loading import load_compiled
from eco_onemap.core.layers.sources import LayerCache
from eco_onemap.core.progress import NoProgress
from eco_onemap.core.sites.site import SiteFacts, SiteSet
from eco_onemap.core.table import FeatureTable
from eco_onemap.core.vocabulary import Verdict

ROLES = {
    "redline": "eco_redline",
    "units": "control_unit",
    "water": "drinking_zone",
    "parcels": "soil_register",
    "sea": "sea_risk",
    "points": "sensitive",
}
RULED = ("eco_redline", "drinking_zone")


def entry_of(name: str) -> LayerEntry:
    """Return the catalogue's entry for a layer of the workload."""
    coverage = CoverageEntry(CoverageKind.COMPLETE)
    return LayerEntry(name, ROLES[name], name, name, coverage=coverage)


def catalogue() -> Catalogue:
    """Return the six layers, mapped completely within a region."""
    return Catalogue("Benchmark", tuple(map(entry_of, ROLES)), "EPSG:4548", "region")


def pack() -> RulePack:
    """Return two rules: nothing may overlap the red line or a water-source zone."""
    basis = (LegalBasis("Law", "1", verified=True),)
    rules = tuple(
        Rule(f"R{number}", {"en": role}, Verdict.PROHIBITED, Relation.OVERLAPS, basis, (role,))
        for number, role in enumerate(RULED)
    )
    return RulePack("benchmark", "1", "", "en", rules)


def table_of(name: str, geometries: np.ndarray) -> FeatureTable:
    """Return geometries as a reader would."""
    ids = np.arange(len(geometries)).astype(str).astype(object)
    return FeatureTable(geometries, {}, "EPSG:4490", name, ids, f"workload-{name}")


class Workload:
    """The workload's layers as a source; made once, then from the cache."""

    def is_raster(self, entry: LayerEntry) -> bool:
        return False

    def fingerprint(self, entry: LayerEntry) -> str:
        return f"workload-{entry.id}"

    def read_features(self, entry: LayerEntry) -> FeatureTable:
        return table_of(entry.id, getattr(workload, entry.id)())

    def read_polygons(self, path: str) -> FeatureTable:
        west, south, size = workload.WEST, workload.SOUTH, workload.SIZE
        region = shapely.box(west - 1, south - 1, west + size + 1, south + size + 1)
        return table_of(path, np.array([region], dtype=object))


def compiled(name: str, cache: LayerCache) -> CompiledLayer:
    """Return a layer of the workload ready to be checked, its index made."""
    layer = load_compiled(entry_of(name), Workload(), cache, NoProgress())
    assert layer.tree is not None
    return layer


def site_set(count: int) -> SiteSet:
    """Return the workload's sites as they come out of a file."""
    ids = np.array([f"s{number}" for number in range(count)], dtype=object)
    return SiteSet(
        ids=ids,
        names=ids,
        geometries=workload.sites(count),
        facts=(SiteFacts(),) * count,
        declared_area_m2=np.full(count, np.nan),
        repaired=np.full(count, "", dtype=object),
        crs="EPSG:4490",
    )
