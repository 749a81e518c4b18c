# SPDX-License-Identifier: GPL-2.0-or-later
"""Intakes below a site, along the river as it flows; where the flow is not known, that is said."""

from __future__ import annotations

import pytest

from eco_onemap.core.law.rules import Measure, Relation
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict

from .worlds import DAY, check, entry, line, numbered, only, point, rect, rule, sites, table

RIVERS = entry("rivers", "river_reach", fields={"id": "id", "name": "name", "flow": "flow"})
INTAKES = entry("intakes", "water_intake")
LAW = rule(
    "W5u",
    Verdict.STUDY,
    Relation.WITHIN_DISTANCE,
    roles=("intake_downstream",),
    measure=Measure.DISTANCE,
    threshold=5000.0,
    where={"flow": "known"},
)

# The main river flows east along y = 0, with a bend of 2 km to the north and back at x = 4000;
# a side river comes down from the north and meets it at x = 2000, its mouth drawn 20 m short.
MAIN = line((0, 0), (4000, 0), (4000, 2000), (4400, 2000), (4400, 0), (8000, 0))
SIDE = line((2000, 3000), (2000, 20))
OTHER = line((0, -3000), (8000, -3000))


def rivers(*flows, lines=(MAIN, SIDE, OTHER)):
    names = [f"r{number}" for number in range(len(lines))]
    return table(list(lines), id=names, name=names, flow=list(flows))


DOWN = ("顺向", "顺向", "顺向")


def found(site, courses=None, intakes=None):
    layers = [
        (RIVERS, rivers(*DOWN) if courses is None else courses),
        (INTAKES, intakes or numbered(point(6000, 100))),
    ]
    result = check(sites(site), layers, LAW, options=Options(as_of=DAY))
    row = only(result.further["site_intake"])
    return row["relation"], row["along_m"], {r["verdict"] for r in result.finding.rows()}


@pytest.mark.parametrize(
    ("site", "relation", "along_m", "verdicts"),
    [
        (point(5000, 50), "upstream", 1000, {"study"}),
        (point(7000, 50), "downstream", 1000, set()),
        # round the bend: 1000 m to it, 2000 + 400 + 2000 m along it, 1600 m beyond
        (point(3000, -10), "upstream", 7000, set()),  # further than the rule looks
        (point(4020, 1000), "upstream", 5000, {"study"}),
        # down the side river (980 m), over its mouth, then 4000 + 4400 - 400 m of the main one
        (point(2010, 1000), "upstream", 980 + 8000, set()),
        (point(5000, -2950), "unconnected", None, set()),
        (point(5000, 5000), "off_river", None, set()),
    ],
)
def test_the_way_of_the_water_decides(site, relation, along_m, verdicts):
    said, along, law = found(site)
    assert said == relation
    assert law == verdicts
    if along_m is None:
        assert along != along  # NaN
    else:
        assert along == pytest.approx(along_m, abs=5)


def test_a_river_drawn_against_its_flow_is_turned():
    against = rivers("逆向", "顺向", "顺向", lines=(MAIN.reverse(), SIDE, OTHER))
    assert found(point(5000, 50), against)[0] == "upstream"
    assert found(point(5000, 50), rivers("逆向", "顺向", "顺向"))[0] == "downstream"


@pytest.mark.parametrize("unknown", [None, "", "不详"])
def test_an_unknown_flow_is_said_and_studied(unknown):
    relation, along, law = found(point(5000, 50), rivers(unknown, "顺向", "顺向"))
    assert relation == "unknown_flow"
    assert along != along
    assert law == {"study"}


def test_a_layer_that_tells_no_flow_leaves_all_open():
    silent = entry("rivers", "river_reach", fields={"id": "id", "name": "name"})
    result = check(
        sites(point(7000, 50)),
        [(silent, rivers(*DOWN)), (INTAKES, numbered(point(6000, 100)))],
        LAW,
        options=Options(as_of=DAY),
    )
    assert only(result.further["site_intake"])["relation"] == "unknown_flow"
    assert result.site_verdict["verdict"].tolist() == ["study"]


def test_a_site_on_the_river_begins_where_it_is_nearest():
    relation, along, _ = found(rect(4900, -50, 100, 100))
    assert relation == "upstream"
    assert 995 <= along <= 1105


def test_courses_that_run_in_a_circle_end():
    ring = (line((0, 0), (1000, 0), (1000, 1000)), line((1000, 1000), (0, 1000), (0, 0)))
    relation, along, _ = found(
        point(500, 10), rivers("顺向", "顺向", lines=ring), numbered(point(500, 990))
    )
    assert relation == "upstream"
    assert along == pytest.approx(2000, abs=5)


def test_without_rivers_there_is_no_such_table():
    layers = [(INTAKES, numbered(point(6000, 100)))]
    assert "site_intake" not in check(sites(point(0, 0)), layers, LAW).further
