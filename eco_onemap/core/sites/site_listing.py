# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as tables of their own: what was read, and what was found in their geometries."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from eco_onemap.core.columns import Values, text_column
from eco_onemap.core.geometry.geodesy import areas_m2, lengths_m
from eco_onemap.core.results.wording import Joined
from eco_onemap.core.sites.site import SiteFacts, SiteSet
from eco_onemap.core.sites.site_caps import doubts_of
from eco_onemap.core.table import Column, ColumnType, ResultTable, Translatable

TEXT, REAL, INTEGER = ColumnType.TEXT, ColumnType.REAL, ColumnType.INTEGER

SITE_COLUMNS = (
    Column("site_id", TEXT, "identifier of the site, unique in the file"),
    Column("name", TEXT, "name of the site"),
    Column("project", TEXT, "name of the project"),
    Column("developer", TEXT, "who builds"),
    Column("industry", TEXT, "code of GB/T 4754-2017"),
    Column("nature", TEXT, "new, rebuild, expand, technical_upgrade or relocate"),
    Column("planned_use", TEXT, "planned land use"),
    Column("stage", TEXT, "planning, acquisition, supply or siting"),
    Column("tags", TEXT, "what the project is stated to be"),
    Column("not_tags", TEXT, "what the project is stated not to be"),
    Column("declared_area_m2", REAL, "area that the file declares"),
    Column("area_ellipsoid_m2", REAL, "area on the CGCS2000 ellipsoid"),
    Column("length_m", REAL, "geodesic length of a line site"),
    Column("repaired", TEXT, "what was repaired in the site's geometry"),
    Column("doubts", TEXT, "why verdicts on the site stay at further study"),
    Column("problem", TEXT, "why the site cannot be checked"),
)

CARE_COLUMNS = (
    Column("site_id", TEXT, "site"),
    Column("kind", TEXT, "what was found"),
    Column("ring", INTEGER, "ring, from 1 in the file's order; 0 for the whole site"),
    Column("point", INTEGER, "point of the ring, from 1; 0 for none"),
    Column("x", REAL, "easting or longitude as the file has it (overlap, partly_outside: degrees)"),
    Column("y", REAL, "northing or latitude as the file has it (overlap, partly_outside: degrees)"),
    Column("what", TEXT, "what was found and done in one sentence"),
)


def site_table(sites: SiteSet) -> ResultTable:
    """Return one row per site with its geometry in CGCS2000 degrees, as the readers know it."""
    area, length = areas_m2(sites.geometries), lengths_m(sites.geometries)
    none = np.full(len(sites), "", dtype=object)
    values: Values = {
        "site_id": sites.ids,
        "name": sites.names,
        "project": sites.details.get("project", none),
        "developer": sites.details.get("developer", none),
        **{name: text_column(_fact(one, name) for one in sites.facts) for name in _FACT_TEXTS},
        "declared_area_m2": sites.declared_area_m2,
        "area_ellipsoid_m2": np.where(area > 0, area, np.nan),
        "length_m": np.where(length > 0, length, np.nan),
        "repaired": sites.repaired,
        "doubts": text_column(_doubts(sites)),
        "problem": text_column(sites.problems.get(site, "") for site in range(len(sites))),
    }
    return ResultTable("sites", SITE_COLUMNS, values, sites.geometries)


_FACT_TEXTS = ("industry", "nature", "planned_use", "stage", "tags", "not_tags")


def _fact(facts: SiteFacts, name: str) -> str:
    value = getattr(facts, name)
    return ",".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _doubts(sites: SiteSet) -> Iterator[Translatable | str]:
    doubts = doubts_of(sites)
    return (Joined(doubts[site], " ") if site in doubts else "" for site in range(len(sites)))


def care_table(sites: SiteSet) -> ResultTable:
    """Return one row per place at which something was found in a site's geometry."""
    log = sites.care
    values: Values = {
        "site_id": text_column(sites.ids[entry.site] for entry in log),
        "kind": text_column(entry.kind.value for entry in log),
        "ring": np.array([entry.ring for entry in log], dtype=np.int64),
        "point": np.array([entry.point for entry in log], dtype=np.int64),
        "x": np.array([entry.x for entry in log], dtype=np.float64),
        "y": np.array([entry.y for entry in log], dtype=np.float64),
        "what": text_column(entry.say() for entry in log),
    }
    return ResultTable("care", CARE_COLUMNS, values)
