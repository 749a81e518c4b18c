# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer's ground in rings, and which of its features lie on each other, against unions."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Polygon, box

from eco_onemap.core.geometry import cutting
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.geometry.star_building import build_stars
from eco_onemap.core.measures.ring_areas import measure_ground

from .worlds import compiled, degrees, quick

GRID = 0.001


@st.composite
def zones(draw):
    column, row = draw(st.tuples(st.integers(0, 10), st.integers(0, 10)))
    width, height = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    zone = box(118 + GRID * column, 24 + GRID * row, 118 + GRID * (column + width),
               24 + GRID * (row + height))  # fmt: skip
    return zone.difference(zone.centroid.buffer(GRID / 3)) if draw(st.booleans()) else zone


@quick
@given(st.lists(zones(), min_size=1, max_size=6), st.lists(zones(), min_size=1, max_size=4))
def test_ground_counts_once_wherever_features_overlap(features, rings):
    way = LineString([(118, 24), (118.01, 24.01)])  # lines have no ground
    usual, cutting.MAX_VERTICES = cutting.MAX_VERTICES, 16
    try:
        layer = compiled(*features, way, None)
    finally:
        cutting.MAX_VERTICES = usual
    found = measure_ground(build_stars(degrees(*rings, None)), layer.surface)
    united = shapely.union_all(features)
    with np.errstate(invalid="ignore"):  # GEOS 3.11 lets slip a flag of the processor
        truth = areas_m2(shapely.intersection(degrees(*rings), united))
    assert found[:-1] == pytest.approx(truth, abs=1e-3, rel=1e-8)
    assert found[-1] == 0


@quick
@given(st.lists(zones(), min_size=2, max_size=6))
def test_overlapping_features_are_known(features):
    overlapping = np.zeros(len(features), dtype=bool)
    for (i, one), (j, other) in itertools.combinations(enumerate(features), 2):
        with np.errstate(invalid="ignore"):
            shared = shapely.intersection(degrees(one), other)
        if areas_m2(shared)[0] > 0.01:
            overlapping[[i, j]] = True
    found = compiled(*features).overlapping
    assert (found >= overlapping).all()
    # neighbours that only share a border are not taken for overlapping
    west, east = (
        box(118, 24, 118.1, 24.1),
        Polygon([(118.1, 24), (118.2, 24), (118.2, 24.1), (118.1, 24.1), (118.1, 24.033)]),
    )
    assert not compiled(west, east).overlapping.any()
