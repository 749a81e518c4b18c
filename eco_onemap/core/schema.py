# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a result: every column with its type, unit and meaning (the fixed contract)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eco_onemap.core.table import Column, ColumnType

TEXT, REAL, INTEGER, BOOLEAN = (
    ColumnType.TEXT,
    ColumnType.REAL,
    ColumnType.INTEGER,
    ColumnType.BOOLEAN,
)

SITE_VERDICT = (
    Column("site_id", TEXT, "identifier of the site, unique in the run"),
    Column("name", TEXT, "name of the site"),
    Column("verdict", TEXT, "worst verdict of all findings"),
    Column("deciding_rule", TEXT, "rule that the verdict comes from"),
    Column("reason", TEXT, "the verdict's reason in one sentence"),
    Column("area_ellipsoid_m2", REAL, "area on the CGCS2000 ellipsoid"),
    Column("area_planar_m2", REAL, "area in the plane of planar_crs"),
    Column("planar_crs", TEXT, "projected CRS of the plane areas"),
    Column("declared_area_m2", REAL, "area that the file of sites declares"),
    Column("length_m", REAL, "geodesic length of a line site"),
    Column("unmapped_share", REAL, "largest share (0 to 1) of the site that a needed layer lacks"),
    Column("repaired", TEXT, "what was repaired in the site's geometry"),
    Column("findings", INTEGER, "number of findings"),
    Column("raw_verdict", TEXT, "the verdict if no finding had been set aside"),
    Column("set_aside", INTEGER, "findings that a person set aside"),
    Column("facts", TEXT, "what is stated of the project"),
)

SITE_LAYER = (
    Column("site_id", TEXT, "site"),
    Column("layer_id", TEXT, "layer"),
    Column("role", TEXT, "role of the layer"),
    Column("status", TEXT, "what is known of the layer at the site"),
    Column("overlap_area_m2", REAL, "dissolved overlap on the ellipsoid"),
    Column("overlap_planar_m2", REAL, "dissolved overlap in the plane of planar_crs"),
    Column("overlap_pct", REAL, "dissolved overlap in percent of the site (area or length)"),
    Column("overlap_length_m", REAL, "geodesic length inside the layer or of its lines inside"),
    Column("hits", INTEGER, "features that the site meets, touching ones included"),
    Column("nearest_m", REAL, "geodesic distance to the nearest feature, 0 when meeting"),
    Column("nearest_id", TEXT, "nearest feature"),
    Column("nearest_name", TEXT, "name of the nearest feature"),
    Column("nearest_bearing_deg", REAL, "azimuth from true north at the site, 0 to 360"),
    Column("mapped_pct", REAL, "percent of the site where the layer is known to be mapped"),
)

RASTER_COLUMNS = (
    Column("raster_min", REAL, "smallest value of the cells that the site meets"),
    Column("raster_mean", REAL, "mean value, cells weighted by the share inside the site"),
    Column("raster_max", REAL, "largest value of the cells that the site meets"),
    Column("raster_nodata_pct", REAL, "percent of the site on cells without a value"),
)

HIT = (
    Column("site_id", TEXT, "site"),
    Column("layer_id", TEXT, "layer"),
    Column("feature_id", TEXT, "feature (raster layers: class value)"),
    Column("feature_name", TEXT, "name of the feature"),
    Column("relation", TEXT, "within, contains, overlaps, crosses or touches (site to feature)"),
    Column("overlap_area_m2", REAL, "overlap on the ellipsoid"),
    Column("overlap_pct_site", REAL, "overlap in percent of the site (area or length)"),
    Column("overlap_pct_feature", REAL, "overlap in percent of the feature (area or length)"),
    Column("overlap_length_m", REAL, "geodesic length of a linear overlap"),
    Column("distance_m", REAL, "0, or the gap to a feature that is merely touched"),
    Column("bearing_deg", REAL, "azimuth from the site's to the overlap's middle"),
    Column("kind", TEXT, "real, narrow, sliver or touch"),
)

FINDING = (
    Column("site_id", TEXT, "site"),
    Column("rule_id", TEXT, "rule"),
    Column("layer_id", TEXT, "layer"),
    Column("feature_id", TEXT, "feature"),
    Column("verdict", TEXT, "what the rule says"),
    Column("message", TEXT, "the finding in one sentence"),
    Column("citation", TEXT, "legal basis in force on the assessment date"),
    Column("advice", TEXT, "what to do"),
    Column("margin", TEXT, "how far the measured value lies from the rule's threshold"),
    Column("measured", REAL, "the value that the rule measures"),
    Column("unit", TEXT, "its unit: m2, m, pct, count, number; point or none without one"),
    Column("attributes", TEXT, "the feature's attributes that the rule asks about"),
    Column("kind", TEXT, "real, narrow, sliver or touch; by_name without a geometry"),
    Column(
        "doubt",
        TEXT,
        "what lowers the verdict: facts, attributes, conditions or law that are not known",
    ),
    Column("effective_verdict", TEXT, "the verdict that counts; clear where it is set aside"),
    Column("override", TEXT, "set_aside, or stale where an override no longer holds"),
    Column("override_reason", TEXT, "why a person set the finding aside"),
    Column("override_author", TEXT, "who did"),
    Column("override_date", TEXT, "and when"),
    Column("print", TEXT, "prints of site, feature and rule, by which an override holds"),
    Column("explanation", TEXT, "the finding step by step"),
)

NOT_EVALUATED = (
    Column("site_id", TEXT, "site, or * for all sites"),
    Column("what", TEXT, "rule or layer, as rule:ID or layer:ID"),
    Column("why", TEXT, "the reason in one sentence"),
)

RUN = (
    Column("key", TEXT, "what is recorded"),
    Column("value", TEXT, "its value"),
)

RASTER_CLASS = (
    Column("site_id", TEXT, "site"),
    Column("layer_id", TEXT, "raster layer"),
    Column("value", REAL, "value of the class"),
    Column("label", TEXT, "name of the class in the catalogue"),
    Column("share_pct", REAL, "percent of the site (area, length or points) in the class"),
    Column("area_m2", REAL, "area of the class inside the site on the ellipsoid"),
)

CONTRACT_TABLES: Mapping[str, tuple[Column, ...]] = {
    "site_verdict": SITE_VERDICT,
    "site_layer": SITE_LAYER,
    "hit": HIT,
    "finding": FINDING,
    "not_evaluated": NOT_EVALUATED,
    "raster_class": RASTER_CLASS,
    "run": RUN,
}
"""The tables that every run has, in the order in which they are written; rings add columns."""


def within_column(ring_m: float) -> str:
    """Return the name of the column that counts features within *ring_m* metres."""
    return f"within_{ring_m:g}_m"


def ring_area_column(ring_m: float) -> str:
    """Return the name of the column with the layer's area within *ring_m* metres."""
    return f"ring_{ring_m:g}_area_m2"


def site_layer_columns(rings_m: Sequence[float]) -> tuple[Column, ...]:
    """Return the columns of ``site_layer`` for the rings of a run."""
    counts = tuple(
        Column(within_column(ring), INTEGER, f"features within {ring:g} m of the site")
        for ring in rings_m
    )
    areas = tuple(
        Column(ring_area_column(ring), REAL, f"layer area within {ring:g} m, the site included")
        for ring in rings_m
    )
    return SITE_LAYER + counts + areas + RASTER_COLUMNS
