# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers in an older datum may lie elsewhere as a whole: an error of their own, study at most."""

from __future__ import annotations

import math

import numpy as np
import pytest

from eco_onemap.core.law.rules import Measure, Relation
from eco_onemap.core.layers.accuracy import combined_error_m, with_datum
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.options import Options

from .worlds import (
    DAY,
    X0,
    Y0,
    MemoryRaster,
    check,
    entry,
    numbered,
    only,
    rect,
    rule,
    sites,
    table,
    verdicts,
)

XIAN, BEIJING, TOKYO = "EPSG:2384", "EPSG:2436", "EPSG:4301"
"""Gauss-Krüger on 117° in Xi'an 1980 and Beijing 1954; degrees in the Tokyo datum."""

OVER = rule("O")
NEAR = rule("D", relation=Relation.WITHIN_DISTANCE, measure=Measure.DISTANCE, threshold=100.0)
YARD = sites(rect(0, 0, 50, 50))


def beside(gap, crs, *rules, **more):
    """A zone *gap* metres west of a site of 50 m, in a datum."""
    zone = numbered(rect(-400 - gap, -200, 400, 450), crs=crs)
    return check(YARD, [(entry(**more), zone)], *rules)


@pytest.mark.parametrize(
    ("crs", "datum", "metres"),
    [
        (XIAN, "Xian 1980", 130.0),
        ("EPSG:4610", "Xian 1980", 130.0),
        (BEIJING, "Beijing 1954", 110.0),
        ("EPSG:4214", "Beijing 1954", 110.0),
        (TOKYO, "Tokyo", 0.0),  # how far off, nobody tells
        ("EPSG:4490", "", 0.0),
        ("EPSG:4548", "", 0.0),
        ("EPSG:4326", "", 0.0),
        (None, "", 0.0),
    ],
)
def test_the_datum_of_a_source_is_found_with_what_it_may_be_off(crs, datum, metres):
    found = with_datum(entry(accuracy_m=5.0), crs)
    assert (found.datum, found.datum_error_m, found.accuracy_m) == (datum, metres, 5.0)
    # 5 m, the datum's and 12 m of the survey: squares add up
    options = Options(as_of=DAY, site_accuracy_m=12.0)
    assert combined_error_m(found, options) == pytest.approx(math.sqrt(25 + metres**2 + 144))


@pytest.mark.parametrize(
    ("gap", "crs", "verdict"),
    [
        (100.0, "EPSG:4548", "clear"),  # the same place on CGCS2000
        (100.0, XIAN, "study"),
        (160.0, XIAN, "clear"),
        (100.0, BEIJING, "study"),
        (160.0, BEIJING, "clear"),
    ],
)
def test_a_site_nearer_than_the_datum_is_off_needs_a_survey(gap, crs, verdict):
    assert verdicts(beside(gap, crs, OVER)) == [verdict]


@pytest.mark.parametrize(("gap", "verdict"), [(60.0, "study"), (200.0, "study"), (260.0, "clear")])
def test_a_distance_rule_looks_further_by_the_datum(gap, verdict):
    assert verdicts(beside(gap, XIAN, NEAR)) == [verdict]


def test_an_overlap_is_for_study_at_most_and_keeps_its_rule_s_verdict():
    result = beside(-300.0, XIAN, OVER)
    assert verdicts(beside(-300.0, "EPSG:4548", OVER)) == ["prohibited"]
    assert verdicts(result) == ["study"]
    assert 'By itself the rule says "prohibited"' in only(result.finding)["message"]


def test_another_layer_still_forbids():
    old = (entry("old", "one"), numbered(rect(0, 0, 50, 50), crs=XIAN))
    new = (entry("new", "two"), numbered(rect(0, 0, 50, 50)))
    both = [rule("A", roles=("one",)), rule("B", roles=("two",))]
    assert verdicts(check(YARD, [old, new], *both)) == ["prohibited"]


def test_the_run_states_datum_and_error():
    record = {row["key"]: row["value"] for row in beside(900.0, XIAN, OVER).run.rows()}
    assert record["layer.zones.datum"] == "Xian 1980"
    assert record["layer.zones.datum_error_m"] == "130"
    (told,) = beside(900.0, XIAN, OVER).not_evaluated.rows()
    assert (told["site_id"], told["what"]) == ("*", "layer:zones")
    assert "Xian 1980" in told["why"]
    assert "130 m" in told["why"]
    modern = {row["key"] for row in beside(900.0, "EPSG:4548", OVER).run.rows()}
    assert not any("datum" in key for key in modern)


def test_a_datum_that_nobody_knows_lets_no_site_be_clear():
    far = table([rect(0, 0, 1, 1)], crs="EPSG:4548")
    geometry = far.geometries[0].__class__([(118.5, 24.9), (118.6, 24.9), (118.6, 25.0)])
    layer = (entry(), numbered(geometry, crs=TOKYO))
    result = check(YARD, [layer], OVER)
    assert verdicts(result) == ["no_data"]
    record = {row["key"]: row["value"] for row in result.run.rows()}
    assert record["layer.zones.datum_error_m"] == "unknown"


def test_a_raster_in_an_older_datum_is_for_study_at_most():
    info = RasterInfo(
        XIAN, (X0 - 500, 20.0, 0.0, Y0 + 500, 0.0, -20.0), 50, 50, None, "r", "2" * 64
    )
    values = np.ones((50, 50))
    values[:, 30:] = 2.0  # from 100 m east of the site's south-west corner
    grid = entry(classes={1: "low", 2: "high"}, fields={})
    one = {"class": "1"}, {"class": "2"}
    for where, verdict in zip(one, ("study", "study"), strict=True):
        asked = rule(where=where)
        result = check(YARD, [], asked, rasters=[(grid, MemoryRaster(values, info))])
        assert verdicts(result) == [verdict]
