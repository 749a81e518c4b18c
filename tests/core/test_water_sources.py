# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites by source of drinking water: levels, quasi zone, intakes; one sheet per source."""

from __future__ import annotations

import pytest

from eco_onemap.core.law.rules import Measure, Relation
from eco_onemap.core.options import Options
from eco_onemap.outputs.report.blocks import Facts, Heading, Table
from eco_onemap.outputs.report.source_sheets import source_sheets

from .worlds import DAY, check, entry, only, point, rect, rule, sites, table

ZONES = entry("zones", fields={n: n for n in ("id", "name", "level", "source_code", "source_name",
                                               "source_type", "approval_doc")})  # fmt: skip
INTAKES = entry("intakes", "water_intake", fields={n: n for n in ("id", "name", "source_code")})
NEAR = rule("N", relation=Relation.WITHIN_DISTANCE, measure=Measure.DISTANCE, threshold=1000.0,
            roles=("drinking_zone",))  # fmt: skip


def zone(code, x, levels=("1", "二级保护区", "准保护区")):
    """Three zones of a source beside each other, each 100 m wide."""
    shapes = [rect(x + 100 * number, 0, 100, 300) for number in range(len(levels))]
    return [
        (shape, f"{code}-{level}", level, code) for shape, level in zip(shapes, levels, strict=True)
    ]


def world(*shapes):
    rows = zone("A", 0) + zone("B", 5000, ("一级",))
    zones = table(
        [row[0] for row in rows], id=[row[1] for row in rows], name=[row[1] for row in rows],
        level=[row[2] for row in rows], source_code=[row[3] for row in rows],
        source_name=[f"水源{row[3]}" for row in rows], source_type=["湖库"] * len(rows),
        approval_doc=["政函1号"] * len(rows),
    )  # fmt: skip
    intakes = table([point(50, 150), point(5050, 150)], id=["a", "b"], name=["甲", "乙"],
                    source_code=["A", "B"])  # fmt: skip
    return check(
        sites(*shapes), [(ZONES, zones), (INTAKES, intakes)], NEAR, options=Options(as_of=DAY)
    )


@pytest.mark.parametrize(
    ("x", "level", "areas"),
    [
        (50, "1", (50, 50, 0)),  # half in the first, half in the second
        (150, "2", (0, 50, 50)),
        (250, "3", (0, 0, 50)),  # half in the quasi zone, half outside
        (400, "", (0, 0, 0)),
    ],
)
def test_the_strictest_level_and_the_area_in_each(x, level, areas):
    row = only(world(rect(x, 100, 100, 1)).further["site_source"])
    assert (row["source_code"], row["level"]) == ("A", level)
    found = [row[f"overlap_{number}_m2"] for number in "123"]
    assert found == pytest.approx(areas, abs=0.1)


def test_near_sources_are_listed_with_their_distance_and_their_own_intake():
    rows = {
        row["source_code"]: row
        for row in world(rect(500, 100, 10, 10), rect(4500, 100, 10, 10))
        .further["site_source"]
        .rows()
    }
    assert rows["A"]["distance_m"] == pytest.approx(200, abs=0.2)
    assert rows["A"]["intake_m"] == pytest.approx(451.7, abs=0.5)  # 450 m east, 40 m south
    assert (rows["B"]["site_id"], rows["B"]["level"]) == ("s2", "")
    assert rows["B"]["distance_m"] == pytest.approx(490, abs=0.2)


def test_each_source_has_its_sheet():
    result = world(rect(50, 100, 100, 1), rect(4900, 100, 200, 1), rect(700, 0, 9, 9))
    blocks = list(source_sheets(result, "zh"))
    assert [b.text for b in blocks if isinstance(b, Heading)] == ["水源A", "水源B"]
    every, first, *_ = (b for b in blocks if isinstance(b, Table))
    assert [row[0].text for row in every.rows] == ["水源A", "水源B"]
    assert [row[0].text for row in first.rows] == ["s1", "s3"]  # the one inside comes first
    assert first.rows[0][1].text == "一级保护区"
    facts = next(b for b in blocks if isinstance(b, Facts))
    assert [cell.text for _, cell in facts.rows] == ["A", "湖库", "政函1号", "1"]


def test_without_zones_there_are_no_sheets():
    other = entry("red", "eco_redline")
    result = check(
        sites(rect(0, 0, 9, 9)),
        [(other, table([rect(0, 0, 9, 9)], id=["a"], name=["a"], level=["1"]))],
    )
    assert list(source_sheets(result, "en")) == []
