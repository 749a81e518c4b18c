# SPDX-License-Identifier: GPL-2.0-or-later
"""Shares of cells against plain intersections, one cell at a time, and numbers by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, MultiPolygon, Point, Polygon, box
from shapely.affinity import affine_transform

from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.layers.cell_shares import find_spans
from eco_onemap.core.layers.grid import grid_of
from eco_onemap.core.layers.sources import RasterInfo

from .truth import GEOD, integrated_zone
from .worlds import LONLAT, PLANE, degrees, quick

COLUMNS, ROWS = 9, 7
UPRIGHT = (600_000.0, 30.0, 0.0, 2_711_000.0, 0.0, -30.0)
TURNED = (600_000.0, 24.0, 18.0, 2_711_000.0, 10.0, -27.0)  # columns and rows at an angle
FLIPPED = (600_000.0, -30.0, 0.0, 2_711_000.0, 0.0, 20.0)  # west and south first
IN_DEGREES = (118.0, 0.003, 0.0, 24.5, 0.0, -0.002)


def grid(geotransform=UPRIGHT, crs=PLANE):
    return grid_of(RasterInfo(crs, geotransform, COLUMNS, ROWS, None, "grid", ""))


def on_earth(geometry, geotransform):
    """A geometry in columns and rows in the raster's CRS."""
    x, a, b, y, d, e = geotransform
    return affine_transform(geometry, [a, b, d, e, x, y])


def shares(geometry, cells, geotransform=UPRIGHT):
    """Size in each cell as an array of rows and columns, of a geometry in columns and rows."""
    placed = degrees(on_earth(geometry, geotransform))
    spans = find_spans(cells.to_cells(placed), cells.sizes(placed), cells)
    found = np.zeros((ROWS, COLUMNS))
    for row, first, end, size in zip(spans.row, spans.first, spans.end, spans.size, strict=True):
        found[row, first:end] += size
    return found


def by_cell(geometry, geotransform, measure):
    """The same, by intersecting the geometry with every cell."""
    placed = on_earth(geometry, geotransform)
    return np.array(
        [
            [
                measure(
                    shapely.intersection(placed, on_earth(box(x, y, x + 1, y + 1), geotransform))
                )
                for x in range(COLUMNS)
            ]
            for y in range(ROWS)
        ]
    )


def ring(x, y, radii, turn=0.0):
    angle = turn + np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    return np.column_stack((x + np.cos(angle) * radii, y + np.sin(angle) * radii))


def test_hand_numbers():
    # from the middle of the cell in column 1, row 1 over two and a half columns, half a row high
    found = shares(box(1.5, 1.25, 4.0, 1.75), grid())
    assert found[1] == pytest.approx([0, 225, 450, 450, 0, 0, 0, 0, 0], rel=1e-9)
    assert found.sum() == pytest.approx(1125, rel=1e-9)
    # below the diagonal of cell 2, 2; then a hole of a ninth of cell 0, 0
    assert shares(Polygon([(2, 2), (2, 3), (3, 3)]), grid())[2, 2] == pytest.approx(450, rel=1e-9)
    third = box(0, 0, 1, 1).difference(box(1 / 3, 1 / 3, 2 / 3, 2 / 3))
    assert shares(third, grid())[0, 0] == pytest.approx(800, rel=1e-9)


def test_cells_between_are_whole_and_come_as_one_run():
    placed = degrees(on_earth(box(0.5, 0.5, 8.5, 6.5), UPRIGHT))
    cells = grid()
    spans = find_spans(cells.to_cells(placed), cells.sizes(placed), cells)
    inner = spans.take(spans.row == 3)
    assert list(zip(inner.first, inner.end, inner.size, strict=True)) == [
        (0, 1, pytest.approx(450)),
        (1, 8, pytest.approx(900, rel=1e-15)),
        (8, 9, pytest.approx(450)),
    ]


radii = st.lists(st.floats(0.05, 4.0), min_size=3, max_size=10)
places = st.floats(-2, 10)


@quick
@given(radii, radii, places, places, st.booleans(), st.sampled_from([UPRIGHT, TURNED, FLIPPED]))
def test_areas_in_a_plane_are_those_of_intersections(outer, other, x, y, reverse, geotransform):
    whole = Polygon(ring(x, y, outer)[:: -1 if reverse else 1])
    hole = Polygon(ring(x, y, 0.4 * np.array(outer), 0.1))
    holed = whole.difference(hole)  # a ring that touches, or several parts, or what is left
    site = MultiPolygon(
        [
            part
            for item in (holed, Polygon(ring(x + 5, y + 2, other)).difference(whole))
            for part in shapely.get_parts(item)
            if part.geom_type == "Polygon"
        ]
    )
    truth = by_cell(site, geotransform, shapely.area)
    found = shares(site, grid(geotransform), geotransform)
    assert found == pytest.approx(truth, rel=1e-7, abs=2e-6)  # m²; 3e-9 of a cell


@quick
@given(radii, places, places)
def test_areas_in_degrees_are_those_on_the_ellipsoid(outer, x, y):
    site = Polygon(ring(x, y, outer))
    truth = by_cell(site, IN_DEGREES, lambda part: areas_m2(degrees(part))[0])
    found = shares(site, grid(IN_DEGREES, LONLAT), IN_DEGREES)
    assert found == pytest.approx(truth, rel=1e-7, abs=2e-4)  # m²; 3e-9 of a cell


def test_whole_cells_in_degrees_have_the_area_of_their_zone():
    found = shares(box(-1, -1, 20, 20), grid(IN_DEGREES, LONLAT), IN_DEGREES)
    for row in range(ROWS):
        north = 24.5 - 0.002 * row
        truth = integrated_zone(north - 0.002, north, 0.003)
        assert found[row] == pytest.approx([truth] * COLUMNS, rel=1e-9)


off_sides = st.tuples(places, places).map(lambda place: (place[0] + 0.123, place[1] + 0.123))


@quick
@given(st.lists(off_sides, min_size=2, max_size=6, unique=True))
def test_lengths_are_those_of_intersections(turns):
    way = LineString(turns)
    runs = [LineString(run) for run in pairwise(turns)]  # a way may return on itself
    plane = sum(by_cell(run, UPRIGHT, shapely.length) for run in runs)
    assert shares(way, grid()) == pytest.approx(plane, abs=1e-5)
    geodesic = sum(by_cell(run, IN_DEGREES, GEOD.geometry_length) for run in runs)
    assert shares(way, grid(IN_DEGREES, LONLAT), IN_DEGREES) == pytest.approx(geodesic, abs=1e-4)


def test_a_way_along_the_sides_of_cells_is_shared_unless_the_raster_ends():
    along = shares(LineString([(2, 0.5), (2, 2.5)]), grid())
    # 15, 30 and 15 m in three rows, half of it in the cells on either side
    assert along[:3, 1] == pytest.approx([7.5, 15, 7.5], rel=1e-9)
    assert along[:3, 2] == pytest.approx([7.5, 15, 7.5], rel=1e-9)
    border = shares(LineString([(0, 0.5), (0, 2.5)]), grid())
    assert border[:3, 0] == pytest.approx([15, 30, 15], rel=1e-9)
    foot = shares(LineString([(0, ROWS), (2, ROWS)]), grid())
    assert foot[ROWS - 1, :2] == pytest.approx([30, 30], rel=1e-9)


def test_points_count_in_the_cell_right_and_below():
    found = shares(MultiPoint([(1, 1), (1.5, 1.5), (0, 0), (9, 3), (-0.1, 3)]), grid())
    assert found[1, 1] == 2
    assert found[0, 0] == 1
    assert found.sum() == 3


@pytest.mark.parametrize("side", [1e-4, 1e-2, 1.0])
def test_a_site_much_smaller_than_a_cell_is_met(side):
    # from a few millimetres to a cell, in the middle and across a corner of cells
    for x in (3.3, 4 - side / 2):
        found = shares(box(x, x, x + side, x + side), grid())
        assert found.sum() == pytest.approx((30 * side) ** 2, rel=1e-5)


def test_a_side_within_rounding_of_the_cells_adds_no_cell():
    # a square whose sides were computed: off the sides of cells by a part in 1e12
    found = shares(box(2 - 1e-12, 2 - 1e-12, 3 + 1e-12, 3 + 1e-12), grid())
    assert np.count_nonzero(found) == 1
    assert found[2, 2] == pytest.approx(900)


def test_no_sites_have_no_cells():
    assert len(find_spans(degrees(), np.zeros(0), grid())) == 0
    assert len(find_spans(degrees(Point(-5, -5)), np.ones(1), grid())) == 0
