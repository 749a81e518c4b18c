# SPDX-License-Identifier: GPL-2.0-or-later
"""Project sites: each shows one situation, and says what the law makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely

from city.plane import ellipsoid_area_m2
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


@dataclass(frozen=True)
class Site:
    """A site, its project's facts, and the verdict that the law asks for, reasoned by hand.

    shape: in degrees, ``None`` for a record without geometry. tags: true of the project.
    unknown: neither stated nor denied; all other tags are denied.
    rule: the rule that decides, as numbered in the project's list of rules, "" for none.
    declared_m2: -1 for the true area, 0 for none.
    """

    site_id: str
    name: str
    shape: shapely.Geometry | None
    tags: str
    situation: str
    verdict: str
    rule: str
    reason: str
    use: str = "industrial"
    stage: str = "siting"
    industry: str = ""
    unknown: str = ""
    declared_m2: float = -1.0

    def row(self) -> Row:
        """Return the site as a row of its layer."""
        stated, unknown = self.tags.split(), self.unknown.split()
        strange = set(stated + unknown) - set(TAGS)
        if strange:
            raise ValueError(f"{self.site_id}: no such tags {sorted(strange)}")
        denied = [tag for tag in TAGS if tag not in stated and tag not in unknown]
        values = (
            self.site_id, self.name, ",".join(stated), ",".join(denied), self.stage, self.use,
            self.industry, self._declared(),
        )  # fmt: skip
        return self.shape, values

    def _declared(self) -> float | None:
        if self.declared_m2 > 0:
            return self.declared_m2
        is_area = self.shape is not None and self.shape.area > 0
        if not is_area or self.declared_m2 == 0 or not self.shape.is_valid:
            return None
        return round(ellipsoid_area_m2(self.shape), 2)


FIELDS = {
    "site_id": "str:12", "name": "str:80", "tags": "str:400", "not_tags": "str:1000",
    "stage": "str:20", "planned_use": "str:20", "industry": "str:60", "declared_area_m2": "float",
}  # fmt: skip


def site_layers(sites: Iterable[Site]) -> list[Layer]:
    """Return the layers ``polygons``, ``lines`` and ``points``, told apart by the identifier."""
    kinds = {
        "P": ("polygons", "MultiPolygon"),
        "L": ("lines", "LineString"),
        "T": ("points", "Point"),
    }
    ordered = sorted(sites, key=lambda site: site.site_id)
    return [
        Layer(name, FIELDS, [site.row() for site in ordered if site.site_id[0] == letter], geometry)
        for letter, (name, geometry) in kinds.items()
    ]


SITUATION_COLUMNS = (
    "site_id",
    "name",
    "situation",
    "expected_verdict",
    "expected_rule",
    "reasoning",
)


def situations(sites: Iterable[Site]) -> list[tuple[str, ...]]:
    """Return a row per site: what it shows and what the law says, written before any check."""
    ordered = sorted(sites, key=lambda site: site.site_id)
    return [
        (site.site_id, site.name, site.situation, site.verdict, site.rule, site.reason)
        for site in ordered
    ]
