# SPDX-License-Identifier: GPL-2.0-or-later
"""Bounds of distances hold for sites and features of every size, near and far, north and south."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import LineString, box

from eco_onemap.core.geometry.runs import EDGES, runs_of_vertices
from eco_onemap.core.geometry.spots import Spots
from eco_onemap.core.geometry.vertices import vertices_of

from .truth import nearest_by_force
from .worlds import degrees

SIZES_DEG = (1e-4, 3e-3, 5e-2, 0.5)


def pairs(rng, latitude, distance_m, count):
    """Sites of all sizes, and lines of all lengths about *distance_m* from them."""
    made = []
    while len(made) < count:
        size = rng.choice(SIZES_DEG)
        x, y = rng.uniform(100, 120), latitude
        site = box(x - size, y - 0.7 * size, x + size, y + 0.7 * size)
        away, azimuth = distance_m / 111e3 + 1.5 * size, rng.uniform(0, 2 * np.pi)
        start = x + away * np.sin(azimuth) / np.cos(np.radians(y)), y + away * np.cos(azimuth)
        steps = rng.normal(0, rng.choice([1e-4, 2e-3, 3e-2]), (9, 2))
        line = LineString(np.cumsum(steps, axis=0) + start)
        if not line.intersects(site):
            made.append((site, line))
    return made


@pytest.mark.parametrize("latitude", [0.1, 18.0, 26.0, 40.0, 53.0])
@pytest.mark.parametrize("distance_m", [10.0, 500.0, 3e3, 2e4, 1e5, 5e5])
def test_distances_lie_between_their_bounds(latitude, distance_m):
    rng = np.random.default_rng(int(latitude * 10 + distance_m))
    made = pairs(rng, latitude, distance_m, 30)
    truth = np.array([nearest_by_force(site, line)[0] for site, line in made])
    spots = Spots(degrees(*[site for site, _ in made]))
    runs = runs_of_vertices(vertices_of(degrees(*[line for _, line in made])))
    number = np.arange(len(made))
    least, most = spots.between_m(number, runs, number)
    slack = 0.002 + 1e-7 * truth  # of the truth itself, which samples boundaries
    assert (least <= truth + slack).all()
    assert (most >= truth - slack).all()
    assert (spots.least_m(number, runs, number) <= truth + slack).all()
    x, y = runs.vertices.x[runs.first], runs.vertices.y[runs.first]
    assert (spots.most_m(number, x, y) >= truth - slack).all()
    if distance_m <= 3e3:  # and they are of use where rings are asked for
        heights = np.array([shape[3] - shape[1] for shape in (line.bounds for _, line in made)])
        small = (heights < 0.01) & np.array([site.area < 1e-4 for site, _ in made])
        assert (most - least)[small].max() < 5.0


def test_runs_hold_all_edges_once():
    hole = box(118.01, 24.01, 118.02, 24.02)
    rng = np.random.default_rng(1)
    coast = LineString(rng.uniform((118, 24), (119, 25), (3 * EDGES + 5, 2)))
    pieces = degrees(box(118, 24, 118.1, 24.1).difference(hole), coast, shapely.Point(118, 24))
    runs = runs_of_vertices(vertices_of(pieces))
    lines = runs.geometries(np.arange(len(runs)))
    assert [line.geom_type for line in lines] == ["LineString"] * 6 + ["Point"]
    assert runs.start.tolist() == [0, 2, 6, 7]
    rings = shapely.boundary(pieces[0])
    assert shapely.hausdorff_distance(shapely.union_all(lines[:2]), rings) < 1e-12
    assert shapely.get_coordinates(lines[2:6])[[0, -1]].round(12).tolist() == [
        list(np.round(coast.coords[0], 12)),
        list(np.round(coast.coords[-1], 12)),
    ]
    assert sum(shapely.length(lines[2:6])) == pytest.approx(coast.length, rel=1e-12)
    assert runs.follows.tolist() == [False, False, False, True, True, True, False]
