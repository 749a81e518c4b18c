# SPDX-License-Identifier: GPL-2.0-or-later
"""Small worlds for tests: layers in memory, sites from WKT, rules in a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import shapely
from hypothesis import settings

from eco_onemap.core.assess import assess
from eco_onemap.core.errors import LayerError
from eco_onemap.core.law.rules import LegalBasis, Relation, Rule, RulePack
from eco_onemap.core.layers.catalogue import Catalogue, CoverageEntry, CoverageKind, LayerEntry
from eco_onemap.core.layers.compiled import compile_layer
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.options import Options
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.table import FeatureTable
from eco_onemap.core.vocabulary import Verdict

DAY = date(2026, 11, 23)
PLANE = "EPSG:4548"  # CGCS2000, 3° zone, central meridian 117°E
LONLAT = "EPSG:4490"
COMPLETE = CoverageEntry(CoverageKind.COMPLETE)
UNKNOWN = CoverageEntry(CoverageKind.UNKNOWN)
X0, Y0 = 600_000.0, 2_711_000.0  # a place in that plane, near 118°E 24.5°N


quick = settings(max_examples=40, deadline=None, derandomize=True)
"""For properties of small worlds: the same cases each time."""


def objects(items):
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def degrees(*geometries):
    """Geometries in longitude and latitude as the core works on them."""
    return objects(geometries)


def compiled(*geometries):
    """A layer of geometries in longitude and latitude."""
    return compile_layer(table(geometries, crs=LONLAT), entry())


def rect(x, y, width, height):
    """A rectangle in metres from the place (X0, Y0) of the plane."""
    return shapely.box(X0 + x, Y0 + y, X0 + x + width, Y0 + y + height)


def point(x, y):
    return shapely.Point(X0 + x, Y0 + y)


def line(*places):
    return shapely.LineString([(X0 + x, Y0 + y) for x, y in places])


def table(geometries, crs=PLANE, **columns):
    count = len(geometries)
    return FeatureTable(
        geometries=objects(geometries),
        columns={name: objects(values) for name, values in columns.items()},
        crs=crs,
        source="memory",
        feature_ids=objects([str(number + 1) for number in range(count)]),
        fingerprint="0" * 64,
    )


@dataclass
class MemoryRaster:
    """A raster in memory: values with NaN for nodata."""

    values: np.ndarray
    info: RasterInfo
    reads: list = field(default_factory=list)

    def read(self, column, row, columns, rows):
        self.reads.append((column, row, columns, rows))
        window = self.values[row : row + rows, column : column + columns]
        return window, ~np.isnan(window)

    def close(self):
        self.reads.append("closed")


@dataclass
class MemorySource:
    """Layers by id; an exception in place of a table is raised when the layer is read."""

    tables: dict
    rasters: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)

    def is_raster(self, entry):
        return entry.id in self.rasters

    def read_features(self, entry):
        found = self.tables[entry.id]
        if isinstance(found, Exception):
            raise found
        return found

    def open_raster(self, entry):
        return self.rasters[entry.id]

    def read_polygons(self, path):
        if path not in self.files:
            raise LayerError("layer.unknown_crs", layer=path, path=path)
        return self.files[path]


def entry(layer_id="zones", role="drinking_zone", coverage=COMPLETE, **more):
    fields = more.pop("fields", {"id": "id", "name": "name", "level": "level"})
    return LayerEntry(
        id=layer_id,
        role=role,
        title=layer_id.title(),
        source=f"/data/{layer_id}.gpkg",
        coverage=coverage,
        fields=fields,
        **more,
    )


REGION = "/data/region.gpkg"
AROUND = shapely.box(115, 20, 121, 30)
"""The region of most worlds, in degrees."""


def catalogue(*entries, region=REGION, planar_crs=PLANE):
    return Catalogue("Test", tuple(entries), planar_crs, region, "/data/onemap.yaml")


def sites(*geometries, crs=PLANE, **columns) -> SiteSet:
    """Sites s1, s2 … from geometries."""
    count = len(geometries)
    raw = RawSites(
        geometries=objects(geometries),
        crs=crs,
        ids=objects([f"s{number + 1}" for number in range(count)]),
        names=objects([f"Site {number + 1}" for number in range(count)]),
        columns={name: objects(values) for name, values in columns.items()},
        source="memory",
        fingerprint="1" * 64,
        problems={},
        notes=(),
    )
    return build_site_set(raw)


def rule(rule_id="R", verdict=Verdict.PROHIBITED, relation=Relation.OVERLAPS, **more) -> Rule:
    basis = more.pop("basis", (LegalBasis("Law", "1", verified=True),))
    roles = more.pop("roles", ("drinking_zone",))
    return Rule(rule_id, {"en": f"Rule {rule_id}"}, verdict, relation, basis, roles, **more)


def pack(*rules) -> RulePack:
    return RulePack("test", "1", "nowhere", "en", tuple(rules))


def check(
    site_set,
    layers,
    *rules,
    rasters=(),
    files=None,
    options=None,
    region=None,
    planar_crs=PLANE,
    language="en",
):
    """Check sites against layers, pairs of (entry, table), under rules."""
    ground = table([region]) if region else table([AROUND], crs=LONLAT)
    source = MemorySource(
        {item.id: found for item, found in layers},
        {item.id: found for item, found in rasters},
        {REGION: ground, **(files or {})},
    )
    entries = [item for item, _ in (*layers, *rasters)]
    options = options or Options(as_of=DAY)
    result: Assessment = assess(
        site_set, catalogue(*entries, planar_crs=planar_crs), [pack(*rules)], options, source
    )
    return result.in_language(language)


def numbered(*geometries, crs=PLANE, **columns):
    """A table of features with ids f1, f2 …, names of their own, and level 1 unless told."""
    count = len(geometries)
    columns.setdefault("level", ["1"] * count)
    ids = [f"f{number + 1}" for number in range(count)]
    return table(geometries, crs, id=ids, name=[f"Zone {name}" for name in ids], **columns)


def verdicts(assessment):
    """The verdict of each site, in order."""
    return assessment.site_verdict["verdict"].tolist()


def only(table_, **values):
    """The one row of a table with the given values."""
    rows = [
        row for row in table_.rows() if all(row[name] == value for name, value in values.items())
    ]
    assert len(rows) == 1, rows
    return rows[0]
