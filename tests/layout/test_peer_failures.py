# SPDX-License-Identifier: GPL-2.0-or-later
"""Failures seen in other programs that concern the words of maps, each by its number."""

from __future__ import annotations

from datetime import date

import pytest

from eco_onemap.core.errors import LayerError
from eco_onemap.core.law.rules import LegalBasis
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.describe import describe_sheet
from eco_onemap.layout.ground import describe_ground
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import site_record
from eco_onemap.layout.sheet import Sheet, SheetContent
from eco_onemap.layout.subjects import RISK, subject_named
from eco_onemap.layout.themed_record import about
from tests.core.worlds import DAY, check, entry, rect, rule, sites, table
from tests.layout.sheets import A4

LAW = LegalBasis("生态环境法典", "319", effective_from=date(2026, 8, 15), verified=True)
FIRST = rule("W1", basis=(LAW,), roles=("drinking_zone",), where={"level": "1"})
SECOND = rule(
    "W2", Verdict.RESTRICTED, basis=(LAW,), roles=("drinking_zone",), where={"level": "2"}
)
SITE = rect(0, 0, 400, 300)


def zones(*shapes, levels):
    names = [f"{number}号" for number in range(len(shapes))]
    return table(list(shapes), id=names, name=names, level=list(levels))


def sheet(layers, *rules, subject="water", rings=(500.0,)) -> Sheet:
    assessment = check(sites(SITE), layers, *rules, options=Options(as_of=DAY, rings_m=rings))
    plan = SheetPlan(RISK if subject == "risk" else subject_named(subject))
    record = about(site_record(assessment, "s1", "zh"), plan.subject)
    return describe_sheet(record, describe_ground(record, A4), SheetContent(), plan)


def test_peer_failure_01_overlapping_zones_are_not_summed_on_the_sheet():
    """Three zones over the same half of the site: half of it, not one and a half."""
    half = rect(0, 0, 200, 300)
    layer = [(entry("zones"), zones(half, half, half, levels="111"))]
    (row,) = sheet(layer, subject="risk").table
    assert row.measure.startswith("合计 5.998")  # 6 ha of plane
    assert row.measure.endswith("50.00%")
    each = [row.measure for row in sheet(layer).table]
    assert len(each) == 3
    assert all(measure.startswith("5.998") for measure in each)


@pytest.mark.parametrize("rings", [(), (500.0,), (5000.0,)])
def test_peer_failure_02_shares_on_the_sheet_are_of_the_site(rings):
    layer = [(entry("zones"), zones(rect(0, 0, 100, 300), levels="1"))]
    (row,) = sheet(layer, rings=rings).table
    assert row.measure.endswith("25.00%")


def test_peer_failure_03_no_feature_hides_another_on_the_sheet():
    """A site in a zone of the second class and in one of the first: both, the worst decides."""
    layer = [
        (entry("zones"), zones(rect(0, 0, 400, 300), rect(0, 0, 100, 100), levels="21")),
    ]
    told = sheet(layer, FIRST, SECOND)
    assert {(row.mark, row.feature) for row in told.table} == {("限", "0号"), ("禁", "1号")}
    assert told.verdict is Verdict.PROHIBITED


@pytest.mark.parametrize("east_m", [100, 2000, 60_000])
def test_peer_failure_04_the_distance_is_told_however_far(east_m):
    layer = [(entry("zones"), zones(rect(400 + east_m, 0, 100, 100), levels="1"))]
    (row,) = sheet(layer, FIRST).table
    assert row.measure.startswith("距 ")


def test_peer_failure_08_a_layer_that_failed_is_no_green_sheet():
    layers = [
        (entry("zones"), zones(rect(5000, 0, 10, 10), levels="1")),
        (entry("intakes", "water_intake"), LayerError("layer.failed", layer="i", cause="gone")),
    ]
    told = sheet(layers, FIRST)
    assert told.verdict is Verdict.NO_DATA
    assert "Intakes" in told.reason
    assert "缺" in [row.mark for row in told.table]
