# SPDX-License-Identifier: GPL-2.0-or-later
"""A step that fails at a site is ``failed`` there: never a zero, never clear, nobody else's."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely.errors import GEOSException

from eco_onemap.core.options import Options

from .worlds import DAY, X0, Y0, check, entry, numbered, only, rect, rule, sites, verdicts

BAD = 2
SIGNATURE = 24
"""Vertices of the bad site, by which it is known in whatever plane it is looked at."""
YARDS = [rect(1_000 * k, 0, 50, 50) for k in range(5)]
YARDS[BAD] = shapely.Polygon(
    [
        (X0 + 2_025 + 25 * np.cos(angle), Y0 + 25 + 25 * np.sin(angle))
        for angle in np.linspace(0, 2 * np.pi, SIGNATURE - 1, endpoint=False)
    ]
)
# two belts over all sites that share a strip, and one 250 m north of them
LAYER = [rect(-20, 20, 5_000, 10), rect(-20, 25, 5_000, 10), rect(-20, 300, 5_000, 20)]

STEPS = {
    "overlap": ("intersection", "intersection_all", "clip_by_rect"),
    "union": ("union_all", "coverage_union_all", "unary_union", "union"),
    "nearest": ("shortest_line", "distance"),
    "index": ("STRtree.query",),
    "ring": ("buffer",),
    "predicate": ("intersects", "covers", "contains_properly", "contains"),
    "frame": ("segmentize",),
}
"""What each step of measuring asks of GEOS; a step may use any of its functions."""


class Fragile:
    """A function of GEOS that fails on whatever lies at the bad site."""

    def __init__(self, whole, place):
        self.whole, self.place, self.failures = whole, place, 0

    def __call__(self, *args, **named):
        given = [a for a in args if isinstance(a, np.ndarray) and a.dtype == object]
        if any(self._lies_there(array) for array in given):
            self.failures += 1
            raise GEOSException("TopologyException: side location conflict")
        return self.whole(*args, **named)

    def _lies_there(self, geometries):
        west, south, east, north = np.moveaxis(shapely.bounds(geometries), -1, 0)
        x, y = self.place
        with np.errstate(invalid="ignore"):
            small = (east - west < 0.002) & (north - south < 0.002)
            near = (abs((west + east) / 2 - x) < 0.002) & (abs((south + north) / 2 - y) < 0.002)
        known = shapely.get_num_coordinates(geometries) == SIGNATURE
        return bool((known | (small & near)).any())


class FragileQuery:
    """The query of an index that fails where the bad site is among those asked about."""

    def __init__(self, whole):
        self.whole, self.failures = whole, 0

    def bound(self):
        def query(tree, geometry, *args, **named):
            if (shapely.get_num_coordinates(geometry) == SIGNATURE).any():
                self.failures += 1
                raise GEOSException("TopologyException: side location conflict")
            return self.whole(tree, geometry, *args, **named)

        return query


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("block_sites", [1, 2, 100])
def test_a_failing_step_of_geos_fails_the_site_and_no_other(monkeypatch, step, block_sites):
    site_set = sites(*YARDS)
    options = Options(as_of=DAY, rings_m=(100.0, 500.0), block_sites=block_sites)
    layers = [(entry(required=True), numbered(*LAYER))]
    given_rule = rule()
    sound = check(site_set, layers, given_rule, options=options)
    place = shapely.get_coordinates(shapely.centroid(site_set.geometries[BAD]))[0]
    fragile = []
    for name in STEPS[step]:
        if name == "STRtree.query":
            fragile.append(FragileQuery(shapely.STRtree.query))
            monkeypatch.setattr(shapely.STRtree, "query", fragile[-1].bound())
        elif hasattr(shapely, name):
            fragile.append(Fragile(getattr(shapely, name), place))
            monkeypatch.setattr(shapely, name, fragile[-1])
    result = check(site_set, layers, given_rule, options=options)
    assert sum(function.failures for function in fragile) > 0  # the step was really asked
    _is_failed(result, sound)


def _is_failed(result, sound):
    status = result.site_layer["status"].tolist()
    assert status == ["hit" if number != BAD else "failed" for number in range(len(YARDS))]
    row = list(result.site_layer.rows())[BAD]
    for column in result.site_layer.columns:
        value = row[column.name]
        if column.name in ("site_id", "layer_id", "role", "status"):
            continue
        assert value in ("", -1) or np.isnan(value), column.name  # nothing was measured
    told = only(result.not_evaluated)
    assert (told["site_id"], told["what"]) == ("s3", "layer:zones")
    assert "side location conflict" in told["why"]
    assert verdicts(result)[BAD] == "no_data"
    others = np.arange(len(YARDS)) != BAD
    for name in ("overlap_area_m2", "nearest_m", "within_500_m", "ring_500_area_m2"):
        assert result.site_layer[name][others].tolist() == sound.site_layer[name][others].tolist()
    assert not result.is_complete
