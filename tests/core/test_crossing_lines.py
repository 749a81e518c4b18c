# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines that cross a linear layer are hits; amounts are those that were measured."""

from __future__ import annotations

import pytest

from eco_onemap.core.law.rules import Measure

from .worlds import check, entry, line, only, rect, rule, sites, table

COAST = entry("coast", "coastline", fields={"id": "id"})


@pytest.mark.parametrize(
    ("pipe", "kind", "verdict"),
    [
        (line((-50, 0), (50, 0)), "real", "prohibited"),  # across the coast
        (line((-50, 0), (0, 0)), "touch", "study"),  # ends on it
        (line((0, -30), (0, 30)), "real", "prohibited"),  # runs along it
    ],
    ids=["crosses", "ends on", "along"],
)
def test_a_line_that_crosses_a_line_overlaps_it(pipe, kind, verdict):
    # a coast that runs north through the origin
    coast = table([line((0, -100), (0, 100))], id=["c"])
    along_coast = rule(roles=("coastline",), measure=Measure.LENGTH)
    result = check(sites(pipe), [(COAST, coast)], along_coast)
    assert only(result.hit)["kind"] == kind
    assert only(result.site_verdict)["verdict"] == verdict


def test_a_small_overlap_is_told_as_small_as_it_is():
    # a corner of 0.5 m² of the site lies in the zone
    zone = table([rect(99.5, 99.0, 50, 50)], id=["z"], name=["z"], level=["1"])
    result = check(sites(rect(0, 0, 100, 100)), [(entry(), zone)], rule())
    assert "by 0.50 m²" in only(result.finding)["message"]
