# SPDX-License-Identifier: GPL-2.0-or-later
"""Stretches of lines in the cells of rasters: by hand, and against places taken metre by metre."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from eco_onemap.core.layers.cells_along import cells_along
from eco_onemap.core.options import Options

from .test_raster import CELL, NAN, NORTH, RISK, WEST, grid, spot
from .truth import GEOD
from .worlds import DAY, LONLAT, PLANE, X0, Y0, check, degrees, entry, rule, sites

GRID = entry("risk", "sea_risk_grid", classes={n: f"class {n}" for n in range(1, 10)})


def edge(*places):
    return degrees(shapely.LineString([spot(*place) for place in places]))


def rows_of(line, raster, layer=GRID, crs=LONLAT, **options):
    known = Options(as_of=DAY, approach_m=0.0)
    given_sites = sites(line, crs=crs)
    result = check(
        given_sites, [], rule(), rasters=[(layer, raster)], options=replace(known, **options)
    )
    return result, list(result.further["crossing"].rows())


def test_an_edge_is_cut_where_it_leaves_a_cell():
    along = cells_along(edge((0.5, 0.5), (2.5, 0.5)), RISK)
    assert along.value.tolist() == [1, 2, 3]
    assert along.first == pytest.approx([0, 0.25, 0.75])
    assert along.last == pytest.approx([0.25, 0.75, 1])


def test_what_runs_along_a_side_is_in_both_cells():
    along = cells_along(edge((0.25, 1.0), (0.75, 1.0)), RISK)
    assert sorted(along.value.tolist()) == [1, 4]
    assert along.first.tolist() == [0, 0]


def test_ground_off_the_raster_is_left_out_and_cells_without_a_value_have_none():
    along = cells_along(edge((2.5, 1.5), (4.5, 1.5)), RISK)
    assert np.isnan(along.value).tolist() == [True]
    assert along.last.tolist() == [0.25]
    assert len(cells_along(edge((5, 5), (6, 6)), RISK).value) == 0


def test_stretches_are_told_by_class_and_by_layer():
    line = shapely.LineString([spot(0.5, 0.5), spot(2.5, 0.5), spot(2.5, 2.5)])
    result, rows = rows_of(line, RISK)
    cell_x, cell_y = (GEOD.inv(WEST, NORTH, *spot(*to))[2] for to in ((1, 0), (0, 1)))
    named = {row["feature_id"]: row for row in rows if row["scope"] == "feature"}
    assert sorted(named) == ["1", "2", "3", "9"]  # no class where the cell below has no value
    assert named["2"]["feature_name"] == "class 2"
    assert named["2"]["length_m"] == pytest.approx(cell_x, abs=0.05)
    assert named["3"]["length_m"] == pytest.approx(0.5 * (cell_x + cell_y), abs=0.05)
    assert {row["passage"] for row in rows} == {"through"}
    first, second = (row for row in rows if row["scope"] == "layer")
    assert first["from_m"] == 0.0
    assert first["to_m"] == pytest.approx(named["3"]["to_m"])
    assert second["from_m"] == pytest.approx(named["9"]["from_m"])
    assert second["to_m"] == pytest.approx(GEOD.geometry_length(line), abs=1e-3)
    shares = {row["value"]: row["share_pct"] for row in result.raster_class.rows()}
    for value, row in named.items():
        share = 100 * row["length_m"] / GEOD.geometry_length(line)
        assert share == pytest.approx(shares[float(value)], abs=1e-6)


def test_cells_of_one_class_side_by_side_are_one_stretch():
    raster = grid([[1, 1, 1, 2, 1]])
    _, rows = rows_of(shapely.LineString([spot(0.5, 0.5), spot(4.5, 0.5)]), raster)
    of_class_1 = [row for row in rows if row["feature_id"] == "1"]
    assert len(of_class_1) == 2
    assert of_class_1[0]["from_m"] == 0.0
    (whole,) = [row for row in rows if row["scope"] == "layer"]
    assert whole["to_m"] == of_class_1[1]["to_m"]


def test_a_raster_without_classes_has_no_stretches():
    plain = entry("risk", "sea_risk_grid")
    _, rows = rows_of(shapely.LineString([spot(0.5, 0.5), spot(2.5, 0.5)]), RISK, plain)
    assert rows == []


@pytest.mark.parametrize("crs", [LONLAT, PLANE])
@given(
    places=st.lists(
        st.tuples(st.integers(-500, 6500), st.integers(-500, 5500)),
        min_size=2,
        max_size=4,
        unique=True,
    ),
    seed=st.integers(0, 10_000),
)
def test_stretches_are_those_of_places_taken_metre_by_metre(crs, places, seed):
    """Brute force: 4000 places along the line, each asked which cell holds it."""
    places = [(x / 1000, y / 1000) for x, y in places]  # of cells
    values = np.random.default_rng(seed).integers(1, 4, (5, 6)).astype(float)
    values[values == 3] = NAN
    if crs == LONLAT:
        raster, to_raster = grid(values), None
    else:
        raster = grid(values, PLANE, (X0, 100.0, 0.0, Y0 + 500, 0.0, -100.0))
        to_raster = Transformer.from_crs(LONLAT, PLANE, always_xy=True)
        back = Transformer.from_crs(PLANE, LONLAT, always_xy=True)
        places = [(X0 + 100 * x, Y0 + 500 - 100 * y) for x, y in places]
        line = shapely.transform(
            shapely.segmentize(shapely.LineString(places), 20.0),
            lambda xy: np.column_stack(back.transform(*xy.T)),
        )
    if crs == LONLAT:
        line = shapely.LineString([spot(*place) for place in places])
    if GEOD.geometry_length(line) < 1.0:
        return
    _, rows = rows_of(line, raster)
    dense = shapely.line_interpolate_point(line, np.linspace(0, 1, 4000), normalized=True)
    xy = shapely.get_coordinates(dense)
    on = xy if to_raster is None else np.column_stack(to_raster.transform(*xy.T))
    x0, width, _, y0, _, height = raster.info.geotransform
    column, row = (on[:, 0] - x0) / width, (on[:, 1] - y0) / height
    inside = (column > 0) & (column < 6) & (row > 0) & (row < 5)
    cell = np.floor(np.where(inside, (column, row), 0)).astype(int)
    held = np.where(inside, values[cell[1], cell[0]], NAN)
    on_side = (np.abs((column, row) - np.round((column, row))) < 1e-6).any(axis=0)  # in both cells
    at = np.r_[0.0, np.cumsum(GEOD.inv(*xy[:-1].T, *xy[1:].T)[2])]
    step = at[-1] / 4000 * 1.5 + 0.02
    for value in (1.0, 2.0):
        spans = [
            (each["from_m"], each["to_m"]) for each in rows if each["feature_id"] == f"{value:.0f}"
        ]
        told = np.zeros(len(at), dtype=bool)
        near_end = on_side.copy()
        for from_m, to_m in spans:
            told |= (at >= from_m) & (at <= to_m)
            near_end |= (np.abs(at - from_m) < step) | (np.abs(at - to_m) < step)
        wrong = (told != (held == value)) & ~near_end
        assert not wrong.any()
        if not spans:
            assert not ((held == value) & ~on_side).any()


def test_each_line_alone_has_the_rows_that_it_has_in_company():
    lines = [
        shapely.LineString([spot(0.1, 0.2), spot(2.9, 2.7)]),
        shapely.LineString([spot(2.5, 0.1), spot(0.2, 2.2)]),
    ]
    known = Options(as_of=DAY, approach_m=0.0)
    both = check(sites(*lines, crs=LONLAT), [], rule(), rasters=[(GRID, RISK)], options=known)
    alone = []
    for number, line in enumerate(lines):
        one = sites(*lines, crs=LONLAT).take(np.array([number]))
        found = check(one, [], rule(), rasters=[(GRID, RISK)], options=known)
        alone += list(found.further["crossing"].rows())
        assert line.length > CELL
    assert repr(list(both.further["crossing"].rows())) == repr(alone)
