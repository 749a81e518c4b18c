# SPDX-License-Identifier: GPL-2.0-or-later
"""What repair keeps of broken outlines, what it changes, and how results tell of it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from eco_onemap.core.geometry.repair import RepairRecord, repair
from eco_onemap.core.layers.catalogue import CoverageEntry, CoverageKind
from eco_onemap.core.layers.compiled import compile_layer
from eco_onemap.core.layers.loading import load_compiled
from eco_onemap.core.progress import NoProgress
from eco_onemap.readers.compiled_cache import CompiledCache

from .worlds import (
    X0,
    Y0,
    MemorySource,
    check,
    degrees,
    entry,
    numbered,
    objects,
    only,
    quick,
    rect,
    rule,
    sites,
    table,
    verdicts,
)


def outline(*places):
    return Polygon([(X0 + x, Y0 + y) for x, y in places])


TIE = outline((0, 0), (100, 100), (100, 0), (0, 100))  # two triangles of 2 500 m²
SPIKE = outline((0, 0), (100, 0), (100, 100), (100, 150), (100, 100), (0, 100))  # no area
BROKEN = outline((0, 0), (100, np.nan), (100, 100))
FLAT = outline((0, 0), (100, 0), (50, 0))  # a polygon without ground
TWICE = MultiPolygon([rect(0, 0, 100, 100), rect(50, 0, 100, 100)])  # 5 000 m² drawn twice


def record_of(*geometries) -> RepairRecord:
    return compile_layer(numbered(*geometries), entry()).repair


def winds_around(ring, points):
    """Whether a ring winds around each point: edges crossed upwards less those downwards."""
    turns = np.zeros(len(points), dtype=int)
    for (x0, y0), (x1, y1) in pairwise(ring):
        left = (x1 - x0) * (points[:, 1] - y0) - (points[:, 0] - x0) * (y1 - y0)
        turns += (y0 <= points[:, 1]) & (y1 > points[:, 1]) & (left > 0)
        turns -= (y1 <= points[:, 1]) & (y0 > points[:, 1]) & (left < 0)
    return turns != 0


@quick
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=9, unique=True)
)
def test_repair_keeps_all_ground_that_an_outline_winds_around_and_no_other(corners):
    ring = np.array([*corners, corners[0]], dtype=float)
    x, y = np.meshgrid(np.arange(0, 9.5, 0.31) + 0.017, np.arange(0, 9.5, 0.29) + 0.013)
    lattice = np.column_stack((x.ravel(), y.ravel()))
    kept = repair(degrees(Polygon(ring))).geometries[0]
    away = shapely.distance(shapely.LineString(ring), shapely.points(lattice)) > 1e-9
    inside = shapely.contains_xy(kept, *lattice.T)
    assert (inside == winds_around(ring, lattice))[away].all()


@pytest.mark.parametrize(
    ("drawn", "area"),
    [
        (TWICE, 15_000),
        (MultiPolygon([rect(0, 0, 100, 100), rect(20, 20, 50, 50)]), 10_000),
        # holes that reach over the side and over each other take away what they cover
        (Polygon(rect(0, 0, 100, 100).exterior, [rect(50, 50, 100, 20).exterior]), 9_000),
        (
            Polygon(
                rect(0, 0, 100, 100).exterior,
                [rect(10, 10, 40, 40).exterior, rect(30, 30, 40, 40).exterior],
            ),
            10_000 - 2 * 1_600 + 400,
        ),
    ],
    ids=["overlapping parts", "nested parts", "hole over the side", "overlapping holes"],
)
def test_repair_of_parts_and_holes(drawn, area):
    assert not drawn.is_valid
    assert repair(degrees(drawn)).geometries[0].area == pytest.approx(area, rel=1e-12)


def test_the_record_tells_number_change_and_the_worst_feature():
    good = rect(500, 0, 100, 100)
    record = record_of(good, TWICE, TIE, SPIKE)
    assert (record.repaired, record.lost) == (3, 0)
    # drawn, TWICE encloses 20 000 m² and keeps 15 000; the halves of the bow-tie cancel out and
    # become 5 000; the spike has no area. On the ellipsoid a m² of this plane is 0.99976.
    assert record.change_m2 == pytest.approx(10_000, rel=1e-3)
    assert (record.largest_share, record.largest_id) == (pytest.approx(1.0), "3")
    alone = record_of(good, TWICE)
    assert (alone.largest_share, alone.largest_id) == (pytest.approx(0.25, rel=1e-6), "2")
    spike = record_of(SPIKE)
    assert spike.repaired == 1
    assert spike.change_m2 == pytest.approx(0, abs=1e-3)
    assert not spike.is_large
    assert record_of(good) == RepairRecord()


def run_of(result, name):
    return {row["key"]: row["value"] for row in result.run.rows()}.get(f"layer.zones.{name}")


def test_a_large_change_is_told_and_blocks_nothing():
    far = sites(rect(1_000, 0, 50, 50))
    result = check(far, [(entry(required=True), numbered(TIE))], rule())
    told = only(result.not_evaluated)
    assert (told["site_id"], told["what"]) == ("*", "layer:zones")
    assert "100 %" in told["why"]
    assert verdicts(result) == ["clear"]
    assert run_of(result, "repaired_features") == "1"
    assert float(run_of(result, "repair_change_m2")) == pytest.approx(5_000, rel=1e-3)
    assert float(run_of(result, "repair_largest_pct")) == pytest.approx(100)
    assert run_of(result, "repair_largest_feature") == "1"


@pytest.mark.parametrize(("reach", "told"), [(0.15, 0), (0.25, 1)])
def test_a_change_counts_as_large_above_a_thousandth(reach, told):
    # two parts of 100 m share a strip: 0.15 m make 15 m² of 20 000, 0.25 m make 25 m²
    drawn = MultiPolygon([rect(0, 0, 100, 100), rect(100 - reach, 0, 100, 100)])
    result = check(sites(rect(1_000, 0, 50, 50)), [(entry(), numbered(drawn))], rule())
    assert len(result.not_evaluated) == told
    share = float(run_of(result, "repair_largest_pct"))
    assert share == pytest.approx(100 * reach / 200, rel=1e-4)


@pytest.mark.parametrize("broken", [BROKEN, FLAT], ids=["coordinate", "no ground"])
def test_a_layer_with_broken_features_lets_no_site_be_clear(broken):
    yards = sites(rect(0, 0, 50, 50), rect(1_000, 0, 50, 50))
    layer = numbered(rect(0, 0, 10, 10), broken)
    for needed, given_rules in ((False, (rule(),)), (True, ())):
        result = check(yards, [(entry(required=needed), layer)], *given_rules)
        told = only(result.not_evaluated, site_id="*", what="layer:zones")
        assert "1 features" in told["why"]
        assert "(the first is 2)" in told["why"]
        assert verdicts(result)[1] == "no_data"
        assert run_of(result, "lost_features") == "1"
    assert verdicts(check(yards, [(entry(), layer)], rule())) == ["prohibited", "no_data"]
    # a layer that nothing asks for keeps nobody from being clear of the others
    others = [(entry("other", "one", empty=True), numbered()), (entry(), layer)]
    result = check(yards, others, rule(roles=("one",)))
    assert verdicts(result) == ["clear", "clear"]
    assert only(result.not_evaluated, what="layer:zones")["site_id"] == "*"
    assert not result.is_complete


def test_rows_that_were_never_drawn_are_still_compared_by_name():
    yards = sites(rect(1_000, 0, 50, 50))
    result = check(yards, [(entry(), numbered(rect(0, 0, 10, 10), None, Polygon()))], rule())
    assert "2 rows" in only(result.not_evaluated)["why"]
    assert verdicts(result) == ["clear"]
    assert run_of(result, "lost_features") == "0"
    assert result.is_complete


def test_a_broken_coverage_is_told():
    mapped = "/data/mapped.gpkg"
    layer = entry(coverage=CoverageEntry(CoverageKind.FILE, mapped), required=True, empty=True)
    result = check(
        sites(rect(45, 60, 10, 10), rect(45, 20, 10, 10)),
        [(layer, numbered())],
        files={mapped: table([outline((0, 0), (100, 0), (0, 50), (100, 50))])},
    )
    assert verdicts(result) == ["no_data", "no_data"]  # outside, and where the halves meet
    told = only(result.not_evaluated, site_id="*")
    assert "changed the area of one (1) by 100 %" in told["why"]


class Files(MemorySource):
    def fingerprint(self, entry):
        return "0" * 64


def test_the_record_survives_the_cache(tmp_path):
    cache = CompiledCache(tmp_path)
    source = Files({"zones": table([TIE, TWICE, BROKEN], id=objects(["a", "b", "c"]))})
    first = load_compiled(entry(), source, cache, NoProgress())
    found = cache.find(entry(), "0" * 64)
    assert found is not None
    assert found.repair == first.repair
    assert (found.repair.repaired, found.repair.lost, found.repair.first_lost) == (2, 1, "3")
    told = [note.text("zh") for note in found.notes]
    assert told == [note.text("zh") for note in first.notes]
    assert len(told) == 2


def test_box_is_left_alone():
    mended = repair(degrees(box(118, 24, 119, 25), None))
    assert not mended.repaired.any()
