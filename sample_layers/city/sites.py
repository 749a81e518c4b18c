# SPDX-License-Identifier: GPL-2.0-or-later
"""Project sites: what ``sites.yaml`` says of each, put together with its geometry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely
import yaml

from city.plane import ellipsoid_area_m2, to_plane
from city.writing import Layer, Row

TAGS = (
    "new", "rebuild", "expand", "technical_upgrade", "relocate", "chemical", "chemical_park",
    "tailings", "hazardous_waste", "solid_waste_site", "landfill", "discharges_pollutants",
    "heavy_water_pollution", "increases_discharge", "outfall", "industrial_outfall",
    "sewage_outfall", "water_supply", "source_protection", "production_development",
    "limited_activity", "national_major", "soil_pollution_risk", "soil_remediation",
    "groundwater_risk", "building", "reclamation", "aquaculture", "sea_project",
    "coastal_project", "linear", "hazardous_substances", "sensitive_receptor",
    "high_pollution_fuel", "urban_construction", "mining",
)  # fmt: skip
"""What can be said of a project; what is neither said nor denied is unknown."""

Shapes = dict[str, shapely.Geometry | None]
"""Site identifier to geometry in degrees, ``None`` for a record without one."""


@dataclass(frozen=True)
class Site:
    """A site with its project's facts and the verdict that the law asks for.

    tags: true of the project. unknown: neither stated nor denied; all others are denied.
    use: planned land use. declared: "", "plane", "excess" (10 % too much) or square metres.
    verdict, rule, reason: reasoned by hand from the situation, not taken from a check.
    """

    site_id: str
    shape: shapely.Geometry | None
    name: str
    shows: str
    situation: str
    verdict: str
    reason: str
    tags: str
    use: str
    rule: str = ""
    unknown: str = ""
    stage: str = "siting"
    industry: str = ""
    declared: str = ""

    def row(self) -> Row:
        """Return the site as a row of its layer."""
        stated, unknown = self.tags.split(), self.unknown.split()
        strange = set(stated + unknown) - set(TAGS)
        if strange:
            raise ValueError(f"{self.site_id}: no such tags {sorted(strange)}")
        denied = [tag for tag in TAGS if tag not in stated and tag not in unknown]
        values = (
            self.site_id, self.name, ",".join(stated), ",".join(denied), self.stage, self.use,
            self.industry, self._declared_m2(),
        )  # fmt: skip
        return self.shape, values

    def _declared_m2(self) -> float | None:
        """Return the area that the project declares, ``None`` where it declares none."""
        if self.declared.isdigit():
            return float(self.declared)
        if self.shape is None or not self.shape.is_valid or self.shape.area == 0:
            return None
        if self.declared == "plane":
            return round(to_plane(self.shape).area, 2)
        factor = 1.1 if self.declared == "excess" else 1.0
        return round(factor * ellipsoid_area_m2(self.shape), 2)


FIELDS = {
    "site_id": "str:12", "name": "str:80", "tags": "str:400", "not_tags": "str:1000",
    "stage": "str:20", "planned_use": "str:20", "industry": "str:60", "declared_area_m2": "float",
}  # fmt: skip

KINDS = {
    "P": ("polygons", "MultiPolygon"),
    "L": ("lines", "LineString"),
    "T": ("points", "Point"),
}
"""First letter of an identifier to its layer and geometry type."""

SITUATION_COLUMNS = (
    "site_id", "name", "situation", "expected_verdict", "expected_rule", "reasoning",
)  # fmt: skip


def read_sites(shapes: Mapping[str, shapely.Geometry | None]) -> list[Site]:
    """Return the sites in the order of ``sites.yaml``; each must have its shape and facts."""
    text = Path(__file__).with_name("sites.yaml").read_text(encoding="utf-8")
    facts: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.BaseLoader)
    if set(facts) != set(shapes):
        raise ValueError(f"facts without shape or shape without facts: {set(facts) ^ set(shapes)}")
    return [Site(site_id, shapes[site_id], **said) for site_id, said in facts.items()]


def site_layers(sites: Iterable[Site]) -> list[Layer]:
    """Return the layers ``polygons``, ``lines`` and ``points``."""
    listed = list(sites)
    return [
        Layer(name, FIELDS, [site.row() for site in listed if site.site_id[0] == letter], kind)
        for letter, (name, kind) in KINDS.items()
    ]


def situations(sites: Iterable[Site]) -> list[tuple[str, ...]]:
    """Return a row per site: what it shows and what the law says of it."""
    return [
        (site.site_id, site.name, site.situation, site.verdict, site.rule, site.reason)
        for site in sites
    ]
