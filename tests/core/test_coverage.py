# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of a layer at a site: hit, no hit, partly or not mapped, lost."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
from shapely.errors import GEOSException

from eco_onemap.core.errors import LayerError
from eco_onemap.core.law.rules import Relation
from eco_onemap.core.layers.catalogue import FULL_COVERAGE_ROLES, CoverageEntry, CoverageKind

from .worlds import (
    LONLAT,
    UNKNOWN,
    check,
    entry,
    line,
    numbered,
    only,
    point,
    rect,
    rule,
    sites,
    table,
    verdicts,
)

YARD = rect(0, 0, 100, 100)
FAR = rect(500, 500, 10, 10)  # a feature that no site here meets
MAPPED = "/data/mapped.gpkg"
BY_FILE = CoverageEntry(CoverageKind.FILE, MAPPED)


def mapped_on(*grounds):
    return {MAPPED: table(grounds)}


def layer_row(result, layer_id="zones"):
    return only(result.site_layer, layer_id=layer_id)


@pytest.mark.parametrize(
    ("ground", "status", "mapped_pct"),
    [
        ([rect(-50, -50, 200, 200)], "no_hit", 100),
        ([rect(-50, -50, 100, 200)], "partly_mapped", 50),
        ([rect(-50, -50, 100, 200), rect(20, -50, 30, 200)], "partly_mapped", 50),  # twice over
        ([rect(-50, -50, 200, 200).difference(rect(40, 40, 10, 10))], "partly_mapped", 99),
        ([rect(200, 200, 50, 50)], "not_mapped", 0),
        ([rect(100, 0, 50, 100)], "not_mapped", 0),  # mapped up to the site's side
    ],
    ids=["whole", "half", "half twice", "hole", "elsewhere", "beside"],
)
def test_a_coverage_file_says_how_much_is_mapped(ground, status, mapped_pct):
    result = check(
        sites(YARD),
        [(entry(coverage=BY_FILE), numbered(FAR, rect(-40, -40, 5, 5)))],
        rule(),
        files=mapped_on(*ground),
    )
    row = layer_row(result)
    assert row["status"] == status
    assert row["mapped_pct"] == pytest.approx(mapped_pct, abs=0.01)
    clear = status == "no_hit"
    assert verdicts(result) == ["clear" if clear else "no_data"]
    unmapped = only(result.site_verdict)["unmapped_share"]
    assert unmapped == pytest.approx(1 - mapped_pct / 100, abs=1e-4)
    assert [row["what"] for row in result.not_evaluated.rows()] == [] if clear else ["layer:zones"]


@pytest.mark.parametrize(
    ("site", "mapped_pct"),
    [(line((-50, 50), (50, 50)), 50), (point(10, 10), 100), (point(-10, 10), 0)],
    ids=["pipeline", "well", "well outside"],
)
def test_lines_are_mapped_by_length_and_points_wholly(site, mapped_pct):
    # two files' worth of ground over each other: what is mapped twice counts once
    ground = mapped_on(rect(0, 0, 100, 100), rect(-1, 20, 60, 60).intersection(YARD))
    result = check(sites(site), [(entry(coverage=BY_FILE), numbered(FAR))], files=ground)
    assert layer_row(result)["mapped_pct"] == pytest.approx(mapped_pct, abs=0.01)


def test_rounding_of_coordinates_unmaps_nothing():
    # the site is one of the coverage's own parcels, surveyed with other vertices
    dense = shapely.segmentize(YARD, 7)
    result = check(
        sites(YARD), [(entry(coverage=BY_FILE), numbered(FAR))], rule(), files=mapped_on(dense)
    )
    assert layer_row(result)["mapped_pct"] > 99.9999


@pytest.mark.parametrize(
    ("coverage", "status"),
    [
        (CoverageEntry(CoverageKind.COMPLETE), "no_hit"),
        (CoverageEntry(CoverageKind.EXTENT), "not_mapped"),  # the layer's extent is far away
        (UNKNOWN, "not_mapped"),
        (CoverageEntry(CoverageKind.FILE, "/data/lost.gpkg"), "not_loaded"),
    ],
    ids=["complete", "extent", "unknown", "file lost"],
)
def test_kinds_of_coverage(coverage, status):
    result = check(sites(YARD), [(entry(coverage=coverage), numbered(FAR))], rule())
    assert layer_row(result)["status"] == status
    assert verdicts(result) == ["clear" if status == "no_hit" else "no_data"]


def test_complete_means_the_region():
    # the region ends in the middle of the yard
    result = check(
        sites(YARD),
        [(entry(), numbered(FAR))],
        rule(),
        region=rect(-1000, -1000, 1050, 2000),
    )
    assert layer_row(result)["status"] == "partly_mapped"
    assert verdicts(result) == ["no_data"]


def test_a_layer_without_features_is_mapped_only_where_it_is_said():
    extent = {"coverage": CoverageEntry(CoverageKind.EXTENT)}
    for stated, verdict in ((extent, "no_data"), ({}, "no_data"), ({"empty": True}, "clear")):
        result = check(sites(YARD), [(entry(**stated), numbered())], rule())
        assert verdicts(result) == [verdict]


ELSEWHERE = rect(400_000, 0, 10, 10)  # outside of a region of 4 km


@pytest.mark.parametrize(
    ("zones", "more", "key", "verdict"),
    [
        ([], {}, "has no features", "no_data"),
        ([], {"where": "a = 1"}, "The filter where: a = 1 leaves", "no_data"),
        ([], {"empty": True}, "", "clear"),
        (
            [],
            {"bounds": (117.0, 24.0, 119.0, 25.0)},
            "",
            "clear",
        ),  # others of them are in no rectangle
        ([ELSEWHERE], {}, "outside the ground that it is said to map", "no_data"),
        ([ELSEWHERE], {"empty": True}, "", "clear"),
        ([ELSEWHERE, FAR], {}, "", "clear"),
    ],
)
def test_a_layer_with_nothing_on_its_ground_lets_no_site_be_clear(zones, more, key, verdict):
    layer = [(entry(**more), numbered(*zones))]
    result = check(sites(YARD), layer, rule(), region=rect(-2000, -2000, 4000, 4000))
    assert verdicts(result) == [verdict]
    told = [row["why"] for row in result.not_evaluated.rows()]
    assert ([key in why for why in told] == [True]) if key else (told == [])
    # a layer that nothing asks for keeps nobody from being clear
    assert verdicts(check(sites(YARD), layer, rule(roles=("wetland",)))) == ["clear"]


@pytest.mark.parametrize("hit_elsewhere", [True, False], ids=["other zone", "no zone"])
def test_nobody_knows_where_an_unbounded_layer_is_mapped(hit_elsewhere):
    # a zone that no rule is about lies in the yard: that says nothing of the rest of it
    zone = rect(40, 40, 20, 20) if hit_elsewhere else FAR
    first_class = rule(where={"level": "1"})
    layer = [(entry(coverage=UNKNOWN), numbered(zone, level=["3"]))]
    result = check(sites(YARD), layer, first_class)
    assert verdicts(result) == ["no_data"]
    assert only(result.not_evaluated)["what"] == "layer:zones"


def test_a_partly_mapped_layer_with_a_hit_says_both():
    ground = mapped_on(rect(-50, -50, 100, 200))  # the western half
    layer = [(entry(coverage=BY_FILE), numbered(rect(10, 10, 20, 20), level=["3"]))]
    result = check(sites(YARD), layer, rule(where={"level": "1"}), files=ground)
    assert layer_row(result)["status"] == "hit"
    assert layer_row(result)["mapped_pct"] == pytest.approx(50, abs=0.01)
    assert verdicts(result) == ["no_data"]


@pytest.mark.parametrize("role", sorted(FULL_COVERAGE_ROLES))
@pytest.mark.parametrize(
    ("unit", "is_covered"),
    [
        (rect(-50, -50, 200, 200), True),
        (rect(300, 0, 100, 100), False),  # elsewhere
        (rect(100, 0, 100, 100), False),  # shares a side with the yard
        (rect(100.0005, 0, 100, 100), False),  # half a millimetre away
        (rect(50, -50, 200, 200), False),  # covers its eastern half only
    ],
    ids=["covered", "elsewhere", "beside", "nearly beside", "half"],
)
def test_units_that_tile_the_region_must_cover_the_site(role, unit, is_covered):
    units = entry("units", role, required=True)
    result = check(sites(YARD), [(units, numbered(unit))])
    assert verdicts(result) == ["clear" if is_covered else "no_data"]
    assert bool(len(result.not_evaluated)) != is_covered


def test_units_that_share_a_site_cover_it_together():
    # two units that meet in the middle of the yard
    units = numbered(rect(-50, -50, 100, 200), rect(50, -50, 100, 200))
    result = check(sites(YARD), [(entry("units", "control_unit", required=True), units)])
    assert verdicts(result) == ["clear"]
    assert layer_row(result, "units")["hits"] == 2


def two_layers(west, east, **more):
    """Units of the land and of the sea, in layers of their own."""
    return [(entry("land", "control_unit", **more), numbered(*west)),
            (entry("sea", "control_unit", **more), numbered(*east))]  # fmt: skip


@pytest.mark.parametrize(
    ("west", "east", "verdict"),
    [
        ([rect(-50, -50, 200, 200)], [rect(900, 0, 9, 9)], "clear"),  # on land only
        ([rect(-900, 0, 9, 9)], [rect(-50, -50, 200, 200)], "clear"),
        ([rect(-50, -50, 100, 200)], [rect(50, -50, 100, 200)], "clear"),  # across the coast
        ([rect(-50, -50, 100, 200)], [rect(60, -50, 100, 200)], "no_data"),  # a gap of 10 m
        ([rect(-50, -50, 100, 200)], [rect(-50, -50, 100, 200)], "no_data"),  # one half twice
        ([rect(-900, 0, 9, 9)], [rect(900, 0, 9, 9)], "no_data"),
    ],
)
def test_units_of_land_and_sea_tile_the_region_together(west, east, verdict):
    layers = two_layers(west, east)
    assert verdicts(check(sites(YARD), layers)) == [verdict]
    assert verdicts(check(sites(YARD), layers[::-1])) == [verdict]


@pytest.mark.parametrize("shape", [YARD, line((-40, 50), (140, 50)), point(50, 50)])
def test_lines_and_points_across_units_of_both_layers_lack_nothing(shape):
    layers = two_layers([rect(-50, -50, 100, 200)], [rect(50, -50, 100, 200)])
    result = check(sites(shape), layers)
    assert verdicts(result) == ["clear"]
    assert result.site_layer["mapped_pct"].tolist() == pytest.approx([100.0, 100.0])


def test_a_site_outside_all_units_is_no_data_under_any_rules():
    assert verdicts(check(sites(YARD), [(entry("u", "control_unit"), numbered(FAR))])) == [
        "no_data"
    ]
    lost = (entry("u", "control_unit"), NEVER)
    assert verdicts(check(sites(YARD), [lost])) == ["no_data"]


NEVER = LayerError("layer.unknown_crs", layer="zones", path="zones.gpkg")


@pytest.mark.parametrize(
    ("found", "more", "status"),
    [
        (NEVER, {}, "not_loaded"),
        (GEOSException("TopologyException"), {}, "failed"),
        (numbered(FAR), {"valid_to": date(2025, 12, 31)}, "not_applicable"),
        (numbered(FAR), {"valid_from": date(2027, 1, 1)}, "not_applicable"),
        (table([FAR], crs=None), {}, "not_loaded"),
        (table([FAR], crs="EPSG:1"), {}, "not_loaded"),
        (table([FAR], crs=LONLAT), {}, "not_loaded"),  # metres read as degrees: no place on Earth
        (table([shapely.box(24, 80, 25, 81)], crs=LONLAT), {}, "not_loaded"),  # axes swapped
    ],
    ids=[
        "unreadable",
        "failed",
        "expired",
        "not yet",
        "no crs",
        "unknown crs",
        "metres",
        "swapped",
    ],
)
@pytest.mark.parametrize("needed_by", ["rule", "required"])
def test_a_lost_layer_is_never_clear(found, more, status, needed_by):
    rules = [rule()] if needed_by == "rule" else []
    layer = entry(required=needed_by == "required", **more)
    result = check(sites(YARD), [(layer, found)], *rules)
    assert layer_row(result)["status"] == status
    assert layer_row(result)["hits"] == -1  # not counted, which is not 0
    assert np.isnan(layer_row(result)["overlap_area_m2"])
    assert verdicts(result) == ["no_data"]
    assert only(result.not_evaluated)["what"] == "layer:zones"


def test_a_lost_layer_leaves_the_whole_site_unmapped():
    result = check(sites(YARD), [(entry(), NEVER)], rule())
    assert only(result.site_verdict)["unmapped_share"] == 1.0


def test_a_register_without_any_boundary_is_mapped_nowhere():
    result = check(sites(YARD), [(entry(), numbered(None, None))], rule())
    assert layer_row(result)["status"] == "not_mapped"
    assert np.isnan(layer_row(result)["overlap_area_m2"])  # not 0: nobody could look
    assert verdicts(result) == ["no_data"]


def test_rows_without_a_shape_are_told():
    result = check(sites(YARD), [(entry(), numbered(None, FAR))], rule())
    notes = only(result.run, key="layer.zones.notes")["value"]
    assert "1 rows of the layer zones have no geometry" in notes


def test_a_site_that_cannot_be_checked_has_failed_everywhere():
    result = check(sites(None, YARD), [(entry(), numbered(FAR))], rule())
    lost, found = result.site_layer.rows()
    assert (lost["status"], found["status"]) == ("failed", "no_hit")
    assert lost["hits"] == -1
    assert lost["within_500_m"] == -1
    assert np.isnan([lost[name] for name in ("overlap_area_m2", "nearest_m", "mapped_pct")]).all()
    assert verdicts(result) == ["no_data", "clear"]
    assert only(result.not_evaluated)["what"] == "site"
    assert not result.is_complete


def test_a_distance_rule_needs_the_layer_as_a_hit_does():
    near = rule(relation=Relation.WITHIN_DISTANCE, threshold=1_000.0)
    layer = [(entry(coverage=UNKNOWN), numbered(rect(5_000, 0, 10, 10)))]
    assert verdicts(check(sites(YARD), layer, near)) == ["no_data"]
