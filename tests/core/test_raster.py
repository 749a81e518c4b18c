# SPDX-License-Identifier: GPL-2.0-or-later
"""Rasters at sites against closed-form fractions and fine sampling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import LineString, MultiLineString, MultiPoint, Point, Polygon, box

from eco_onemap.core.errors import Cancelled, LayerError
from eco_onemap.core.law.rules import Rule
from eco_onemap.core.layers import raster as raster_module
from eco_onemap.core.layers.raster import measure_raster
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.options import Options
from eco_onemap.core.progress import NoProgress

from .truth import GEOD, integrated_zone, unprojected
from .worlds import (
    DAY,
    LONLAT,
    PLANE,
    UNKNOWN,
    X0,
    Y0,
    MemoryRaster,
    check,
    degrees,
    entry,
    only,
    quick,
    rule,
    sites,
    verdicts,
)

NAN = np.nan
CELL = 2.0**-10  # degrees, about 100 m: sides of cells are exact numbers
WEST, NORTH = 118.0, 24.5


def grid(values, crs=LONLAT, geotransform=(WEST, CELL, 0.0, NORTH, 0.0, -CELL)):
    values = np.array(values, dtype=float)
    rows, columns = values.shape
    info = RasterInfo(crs, geotransform, columns, rows, None, "risk.tif", "2" * 64)
    return MemoryRaster(values, info)


def cells(column, row, columns=1.0, rows=1.0):
    """The rectangle of some cells, fractions allowed, counted from the upper left corner."""
    west, north = WEST + column * CELL, NORTH - row * CELL
    return box(west, north - rows * CELL, west + columns * CELL, north)


def spot(column, row):
    return WEST + column * CELL, NORTH - row * CELL


def measure(raster, *geometries):
    return measure_raster(degrees(*geometries), raster, NoProgress())


def classes(stats, site=0):
    mine = stats.class_site == site
    return dict(zip(stats.class_value[mine], stats.class_share[mine], strict=True))


RISK = grid([[1, 2, 3], [4, 5, NAN], [7, 8, 9]])


def area_of(column, row, columns=1.0, rows=1.0):
    """Area of cells by quadrature over their zone."""
    north = NORTH - row * CELL
    return integrated_zone(north - rows * CELL, north, columns * CELL)


def test_whole_cells_count_wholly():
    stats = measure(RISK, cells(0, 0), cells(0, 0, 2, 2))
    assert stats.minimum.tolist() == [1, 1]
    assert stats.maximum.tolist() == [1, 5]
    rows = [area_of(0, row) for row in (0, 1)]  # the southern cells are a little larger
    mean = (rows[0] * (1 + 2) + rows[1] * (4 + 5)) / (2 * sum(rows))
    assert stats.mean.tolist() == pytest.approx([1, mean], rel=1e-9)
    assert stats.nodata_share.tolist() == [0, 0]


def test_cells_count_by_the_share_inside_the_site():
    # a quarter of cell 1, three quarters of cell 2 in width, all at half height
    site = cells(0.75, 0.25, 1.0, 0.5)
    stats = measure(RISK, site)
    assert classes(stats) == pytest.approx({1: 0.25, 2: 0.75}, rel=1e-9)
    assert stats.mean[0] == pytest.approx(1.75, rel=1e-9)
    assert (stats.minimum[0], stats.maximum[0]) == (1, 2)


def test_oblique_sides_cut_cells():
    # a triangle below the diagonal of the four western cells: halves of two, the whole of one
    stats = measure(RISK, Polygon([spot(0, 0), spot(0, 2), spot(2, 2)]))
    assert classes(stats) == pytest.approx({1: 0.25, 4: 0.5, 5: 0.25}, rel=1e-4)


def test_holes_take_cells_away():
    stats = measure(RISK, cells(0, 0, 2, 1).difference(cells(0.5, 0.25, 0.5, 0.5)))
    assert classes(stats) == pytest.approx({1: 0.75 / 1.75, 2: 1 / 1.75}, rel=1e-9)


def test_cells_without_a_value_are_a_share_of_the_site():
    # cell 5, and the cell without a value east of it
    stats = measure(RISK, cells(1, 1, 2, 1))
    assert stats.nodata_share[0] == pytest.approx(0.5, rel=1e-9)
    assert (stats.minimum[0], stats.mean[0], stats.maximum[0]) == (5, 5, 5)
    assert classes(stats) == pytest.approx({5: 0.5}, rel=1e-9)
    # only the cell without a value
    empty = measure(RISK, cells(2.2, 1.2, 0.5, 0.5))
    assert empty.nodata_share[0] == 1
    assert np.isnan([empty.minimum[0], empty.mean[0], empty.maximum[0]]).all()
    assert classes(empty) == {}


def test_ground_off_the_raster_has_no_value():
    # a third of the site reaches over the eastern edge; another site lies wholly outside
    stats = measure(RISK, cells(2, 0, 1.5, 1), cells(10, 10), None)
    assert stats.nodata_share[0] == pytest.approx(1 / 3, rel=1e-9)
    assert stats.nodata_share[1] == 1
    assert np.isnan(stats.nodata_share[2])
    assert stats.mean[0] == 3
    assert np.isnan(stats.mean[1:]).all()


def test_lines_count_by_their_length_in_cells():
    # from the middle of cell 1 eastwards to the middle of cell 3, then off the raster
    way = LineString([spot(0.5, 0.5), spot(4.5, 0.5)])
    stats = measure(RISK, way)
    assert classes(stats) == pytest.approx({1: 0.5 / 4, 2: 1 / 4, 3: 1 / 4}, rel=1e-9)
    assert stats.nodata_share[0] == pytest.approx(1.5 / 4, rel=1e-9)
    # the truth of a crooked way: lengths by geodesics of each run inside a cell
    crooked = LineString([spot(0.2, 0.3), spot(1.7, 2.6), spot(2.9, 2.1)])
    found = classes(measure(RISK, crooked))
    whole = GEOD.geometry_length(crooked)
    for value, (column, row) in {1: (0, 0), 4: (0, 1), 5: (1, 1), 8: (1, 2), 9: (2, 2)}.items():
        run = shapely.intersection(crooked, cells(column, row))
        assert found[value] == pytest.approx(GEOD.geometry_length(run) / whole, rel=1e-6)


def test_a_line_on_the_sides_of_cells_is_shared_between_them():
    stats = measure(RISK, LineString([spot(1, 0.2), spot(1, 0.8)]))
    assert classes(stats) == pytest.approx({1: 0.5, 2: 0.5})
    assert stats.mean[0] == pytest.approx(1.5)
    # one of both sides has no value
    stats = measure(RISK, LineString([spot(2, 1.2), spot(2, 1.8)]))
    assert classes(stats) == pytest.approx({5: 0.5})
    assert stats.nodata_share[0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("place", "value"),
    [((0.5, 0.5), 1), ((1, 1), 5), ((1, 0.5), 2), ((0.5, 1), 4), ((0, 0), 1), ((2.999, 2.999), 9)],
    ids=["middle", "corner", "side", "top", "origin", "last"],
)
def test_a_point_has_the_value_of_one_cell(place, value):
    # on a side or corner: the cell to the right and below
    stats = measure(RISK, Point(spot(*place)))
    assert classes(stats) == {value: 1.0}
    assert (stats.minimum[0], stats.mean[0], stats.maximum[0]) == (value, value, value)
    assert stats.nodata_share[0] == 0


def test_points_off_the_raster_or_on_cells_without_a_value():
    stats = measure(RISK, Point(spot(2.5, 1.5)), Point(spot(-0.5, 0.5)), Point(spot(3.5, 0.5)))
    assert stats.nodata_share.tolist() == [1, 1, 1]
    assert np.isnan(stats.mean).all()


def test_several_points_are_parts_of_one_site():
    # two wells on cell 1, one on cell 9, one without a value; nothing lies on the cells between
    wells = MultiPoint([spot(0.2, 0.2), spot(0.4, 0.4), spot(2.5, 2.5), spot(2.5, 1.5)])
    stats = measure(RISK, wells)
    assert classes(stats) == pytest.approx({1: 0.5, 9: 0.25})
    assert stats.nodata_share[0] == pytest.approx(0.25)
    assert stats.mean[0] == pytest.approx(11 / 3)


def sampled(raster, polygon, count=400):
    """Shares of the classes in a polygon by sampling places on a fine lattice."""
    west, south, east, north = polygon.bounds
    x, y = np.meshgrid(
        west + (np.arange(count) + 0.5) / count * (east - west),
        south + (np.arange(count) + 0.5) / count * (north - south),
    )
    inside = shapely.contains_xy(polygon, x.ravel(), y.ravel())
    x, y = x.ravel()[inside], y.ravel()[inside]
    left, width, _, top, _, height = raster.info.geotransform
    column, row = ((x - left) // width).astype(int), ((y - top) // height).astype(int)
    on_raster = (column >= 0) & (row >= 0)
    on_raster &= (column < raster.info.columns) & (row < raster.info.rows)
    values = np.full(len(x), NAN)
    values[on_raster] = raster.values[row[on_raster], column[on_raster]]
    found = {v: float((values == v).mean()) for v in np.unique(values[~np.isnan(values)])}
    return found, float(np.isnan(values).mean())


@quick
@given(
    st.lists(st.floats(0.4, 3.0), min_size=5, max_size=12),
    st.floats(-1, 7),
    st.floats(-1, 7),
    st.integers(0, 5),
)
def test_shares_are_those_of_fine_sampling(radii, column, row, seed):
    values = np.random.default_rng(seed).integers(1, 5, (6, 6)).astype(float)
    values[seed, :2] = NAN
    raster = grid(values)
    angle = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    site = Polygon(
        [
            spot(column + r * np.cos(a), row + r * np.sin(a))
            for r, a in zip(radii, angle, strict=True)
        ]
    )
    truth, nodata = sampled(raster, site, 150)
    stats = measure(raster, site)
    found = classes(stats)
    for value in set(truth) | set(found):
        assert found.get(value, 0) == pytest.approx(truth.get(value, 0), abs=0.02)
    assert stats.nodata_share[0] == pytest.approx(nodata, abs=0.02)
    assert sum(found.values()) + stats.nodata_share[0] == pytest.approx(1, abs=1e-9)
    if found:
        mean = sum(v * s for v, s in found.items()) / sum(found.values())
        assert stats.mean[0] == pytest.approx(mean, rel=1e-9)
        assert (stats.minimum[0], stats.maximum[0]) == (min(found), max(found))


def test_a_projected_raster_is_measured_in_its_plane():
    # cells of 100 m in the plane EPSG:4548; the site is 150 m x 100 m of them
    raster = grid([[1, 2], [3, 4]], PLANE, (X0, 100.0, 0.0, Y0 + 200, 0.0, -100.0))
    surveyed = box(X0, Y0 + 100, X0 + 150, Y0 + 200)
    site = Polygon(unprojected(shapely.segmentize(surveyed, 10).exterior.coords, PLANE))
    stats = measure(raster, site)
    found = classes(stats)
    assert found[1] == pytest.approx(2 / 3, abs=1e-6)
    assert found[2] == pytest.approx(1 / 3, abs=1e-6)
    assert sum(share for value, share in found.items() if value > 2) < 1e-6
    assert stats.nodata_share[0] < 1e-6


def test_a_raster_on_wgs_84_lies_where_cgcs2000_does():
    site = cells(0.75, 0.25, 1.0, 0.5)
    assert classes(measure(grid([[1, 2, 3]], "EPSG:4326"), site)) == pytest.approx(
        {1: 0.25, 2: 0.75}, rel=1e-6
    )


def test_a_grid_with_its_first_row_in_the_south():
    raster = grid([[7, 8], [1, 2]], geotransform=(WEST, CELL, 0.0, NORTH - 2 * CELL, 0.0, CELL))
    assert classes(measure(raster, cells(0, 0))) == pytest.approx({1: 1.0})


@pytest.mark.parametrize(
    ("raster", "key"),
    [
        (grid([[1]], geotransform=(WEST, CELL, 1e-5, NORTH, 0.0, -CELL)), "raster.rotated"),
        (grid([[1]], geotransform=(WEST, CELL, 0.0, NORTH, 1e-5, -CELL)), "raster.rotated"),
        (grid([[1]], crs=None), "layer.unknown_crs"),
        (grid([[1]], crs="EPSG:1"), "layer.unknown_crs"),
    ],
)
def test_rasters_that_cannot_be_used_are_refused(raster, key):
    with pytest.raises(LayerError) as refusal:
        measure(raster, cells(0, 0))
    assert refusal.value.message.key == key
    assert str(refusal.value)


def test_a_raster_that_cannot_be_used_is_lost_and_said_in_one_sentence():
    turned = grid([[1]], geotransform=(WEST, CELL, 1e-5, NORTH, 0.0, -CELL))
    high = rule(roles=("sea_risk_grid",), where={"class": "4"})
    result = risk_check(turned, cells(0, 0), cells(5, 5), rules=(high,))
    assert result.site_layer["status"].tolist() == ["not_loaded"] * 2
    assert verdicts(result) == ["no_data"] * 2
    assert "rotated grid in degrees; warp it" in only(result.not_evaluated)["why"]
    assert turned.reads == ["closed"]


MANY = [
    *(cells(i % 37 + 0.3, i % 23 + 0.6, 2.5, 1.5) for i in range(120)),
    cells(-3, -3, 60, 60),  # larger than the raster
    LineString([spot(-1, 3.3), spot(41, 20.7)]),
    MultiLineString([[spot(1, 1), spot(1, 20)], [spot(5, 7), spot(30, 7)]]),  # on sides of cells
    Point(spot(12.5, 7.5)),
    None,
]


VARIED = np.random.default_rng(5).integers(1, 9, (40, 40)).astype(float)
VARIED[10:15, 5:30] = NAN


def bytes_of(stats, site=None):
    """All numbers of a result, or those of one site, to the last bit."""
    numbers = (stats.minimum, stats.mean, stats.maximum, stats.nodata_share)
    chosen = slice(None) if site is None else slice(site, site + 1)
    mine = slice(None) if site is None else stats.class_site == site
    classes = (stats.class_value[mine], stats.class_share[mine])
    return [array[chosen].tobytes() for array in numbers] + [array.tobytes() for array in classes]


@pytest.mark.parametrize(("most_cells", "most_cuts"), [(1, 1), (1, 300), (400, 1), (900, 50)])
def test_what_is_looked_at_together_changes_no_bit(monkeypatch, most_cells, most_cuts):
    monkeypatch.setattr(raster_module, "TILE", 16)
    usual = bytes_of(measure(grid(VARIED), *MANY))
    monkeypatch.setattr(raster_module, "MAX_CELLS", most_cells)
    monkeypatch.setattr(raster_module, "MAX_CUTS", most_cuts)
    assert bytes_of(measure(grid(VARIED), *MANY)) == usual


def test_each_site_alone_has_the_bits_it_has_in_company(monkeypatch):
    monkeypatch.setattr(raster_module, "TILE", 16)
    together = measure(grid(VARIED), *MANY)
    for number in range(0, len(MANY), 7):
        alone = measure(grid(VARIED), MANY[number])
        assert bytes_of(together, number) == bytes_of(alone), number
    turned = measure(grid(VARIED), *MANY[::-1])
    assert turned.mean[::-1].tobytes() == together.mean.tobytes()


@pytest.mark.parametrize("tile", [5, 16, 512])
def test_tiles_change_no_number(monkeypatch, tile):
    usual = measure(grid(VARIED), *MANY)
    monkeypatch.setattr(raster_module, "TILE", tile)
    stats = measure(grid(VARIED), *MANY)
    for name in ("minimum", "mean", "maximum", "nodata_share", "class_share"):
        same = pytest.approx(getattr(usual, name), rel=1e-12, abs=1e-12, nan_ok=True)
        assert getattr(stats, name) == same, name
    assert stats.class_site.tolist() == usual.class_site.tolist()
    assert stats.class_value.tolist() == usual.class_value.tolist()


def test_many_sites_in_a_tile_read_it_once(monkeypatch):
    monkeypatch.setattr(raster_module, "TILE", 100)
    rng = np.random.default_rng(3)
    raster = grid(rng.integers(1, 9, (200, 200)))
    places = rng.uniform(1, 195, (3000, 2))
    measure(raster, *(cells(x, y, 3.3, 2.2) for x, y in places))
    assert len(raster.reads) == 4  # all four tiles
    assert sum(columns * rows for _, _, columns, rows in raster.reads) <= 200 * 200


def test_what_is_read_is_bounded_however_far_sites_lie_apart(monkeypatch):
    monkeypatch.setattr(raster_module, "TILE", 20)
    raster = grid(np.ones((300, 300)))
    # wells in all corners, a long pipeline, a site larger than a block
    measure(
        raster,
        Point(spot(1, 1)),
        Point(spot(299, 299)),
        Point(spot(1, 299)),
        LineString([spot(0, 150), spot(300, 150.5)]),
        cells(100, 100, 50, 50),
    )
    sizes = [columns * rows for _, _, columns, rows in raster.reads]
    assert max(sizes) <= 20 * 20
    assert sum(sizes) < 3_500  # of 90 000 cells: 2 500 of the site, 600 of the pipeline


def test_values_are_taken_in_double_precision():
    # 16 777 217 and 16 777 219 are one number in single precision
    raster = grid([[0, 0]])
    raster.values = np.array([[16_777_217, 16_777_219]], dtype=np.int32)
    stats = measure(raster, cells(0, 0, 2, 1))
    assert (stats.minimum[0], stats.maximum[0]) == (16_777_217, 16_777_219)
    assert stats.mean[0] == pytest.approx(16_777_218, abs=1e-6)


def test_a_turned_grid_in_a_plane_is_measured_as_it_lies():
    # columns run to the north-east, rows to the south-east; the truth is cut out cell by cell
    turn = np.array([[80.0, 60.0], [60.0, -80.0]])
    raster = grid([[1, 2], [3, 4]], PLANE, (X0, 80.0, 60.0, Y0, 60.0, -80.0))
    surveyed = box(X0 + 20, Y0 - 40, X0 + 190, Y0 + 70)
    truth = {}
    for value, (column, row) in {1: (0, 0), 2: (1, 0), 3: (0, 1), 4: (1, 1)}.items():
        corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) + np.array([column, row])
        cell = Polygon(corners @ turn.T + (X0, Y0))
        truth[value] = surveyed.intersection(cell).area / surveyed.area
    site = Polygon(unprojected(shapely.segmentize(surveyed, 10).exterior.coords, PLANE))
    stats = measure(raster, site)
    assert classes(stats) == pytest.approx(truth, abs=1e-6)
    assert stats.nodata_share[0] == pytest.approx(1 - sum(truth.values()), abs=1e-6)


@pytest.mark.parametrize("crs", ["EPSG:4548", "EPSG:32650", "EPSG:3857"])
def test_a_site_keeps_its_place_on_a_raster_in_another_plane(crs):
    # a parallel of 20 km bows 30 m away from a straight line of the plane; a chessboard row of
    # cells below it would be met if the edge were straight there
    west, south, east, north = 118.0, 24.5, 118.2, 24.51
    site = box(west, south, east, north)
    around = unprojected_back(site, crs)
    x0, y0, x1, y1 = around.bounds
    step = 200.0
    columns, rows = int((x1 - x0) // step) + 3, int((y1 - y0) // step) + 3
    left, top = x0 - step, y1 + step
    values = np.arange(rows * columns, dtype=float).reshape(rows, columns)
    raster = grid(values, crs, (left, step, 0.0, top, 0.0, -step))
    row, column = np.divmod(np.arange(rows * columns), columns)
    boxes = shapely.box(
        left + column * step, top - (row + 1) * step, left + (column + 1) * step, top - row * step
    )
    truth = shapely.area(shapely.intersection(boxes, around)) / around.area
    found = classes(measure(raster, site))
    for value, share in enumerate(truth.tolist()):
        assert found.get(value, 0.0) == pytest.approx(share, abs=1e-9)


def unprojected_back(site, crs):
    """A site in longitude and latitude in a plane, its edges followed in steps of 2 m."""
    move = Transformer.from_crs("EPSG:4490", crs, always_xy=True)
    dense = np.asarray(shapely.segmentize(site, 2e-5).exterior.coords)
    return Polygon(np.column_stack(move.transform(*dense.T)))


@dataclass
class TornRaster(MemoryRaster):
    """A raster whose file is damaged in one column of cells."""

    torn: int = 20

    def read(self, column, row, columns, rows):
        if column <= self.torn < column + columns:
            raise LayerError("reader.damaged", path="risk.tif", cause="LZW error")
        return super().read(column, row, columns, rows)


@pytest.mark.parametrize("block_sites", [1, 3, 1000])
def test_a_damaged_raster_fails_the_sites_on_the_damage_and_no_other(block_sites):
    whole = grid(np.full((40, 40), 4.0))
    torn = TornRaster(whole.values, whole.info)
    layer = entry("risk", "sea_risk_grid", classes=LEVELS, required=True)
    yards = [cells(column, 5, 1.5, 1) for column in (2, 10, 19.5, 30)]
    options = Options(as_of=DAY, block_sites=block_sites)
    result = check(sites(*yards, crs=LONLAT), [], rasters=[(layer, torn)], options=options)
    assert result.site_layer["status"].tolist() == ["hit", "hit", "failed", "hit"]
    assert np.isnan(result.site_layer["raster_mean"]).tolist() == [False, False, True, False]
    assert verdicts(result) == ["clear", "clear", "no_data", "clear"]
    assert "LZW error" in only(result.not_evaluated)["why"]


def test_measuring_stops_when_the_user_stops():
    class Stopped(NoProgress):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        measure_raster(degrees(cells(0, 0)), RISK, Stopped())


LEVELS = {1: "low", 2: "rather low", 3: "rather high", 4: "high"}


def risk_check(raster, *geometries, rules: tuple[Rule, ...] = (), **more):
    layer = entry("risk", "sea_risk_grid", classes=LEVELS, **more)
    return check(sites(*geometries, crs=LONLAT), [], *rules, rasters=[(layer, raster)])


def test_classes_of_a_raster_are_hits_and_rows_of_their_own():
    result = risk_check(grid([[1, 4], [2, NAN]]), cells(0.5, 0.5, 1, 1))
    assert result.hit["feature_id"].tolist() == ["1", "2", "4"]
    assert result.hit["feature_name"].tolist() == ["low", "rather low", "high"]
    assert result.hit["overlap_pct_site"] == pytest.approx([25, 25, 25], rel=1e-4)
    assert result.raster_class["label"].tolist() == ["low", "rather low", "high"]
    quarter = area_of(0.5, 0.5, 0.5, 0.5)
    assert result.raster_class["area_m2"] == pytest.approx([quarter] * 3, rel=1e-4)
    row = only(result.site_layer)
    assert row["raster_nodata_pct"] == pytest.approx(25, rel=1e-4)
    assert (row["raster_min"], row["raster_max"]) == (1, 4)
    assert row["raster_mean"] == pytest.approx(7 / 3, rel=1e-4)
    assert row["within_500_m"] == -1  # distances to rasters are not measured


def test_a_rule_can_ask_for_a_class():
    high = rule(roles=("sea_risk_grid",), where={"class": ["3", "4"]})
    result = risk_check(
        grid([[1, 4], [2, 3]]), cells(0, 0), cells(1, 0), cells(0, 1), rules=(high,)
    )
    assert verdicts(result) == ["clear", "prohibited", "clear"]


def test_ground_without_a_value_is_not_mapped():
    high = rule(roles=("sea_risk_grid",), where={"class": "4"})
    result = risk_check(
        grid([[1, NAN]]), cells(0, 0), cells(0.5, 0), cells(1, 0), cells(9, 9),
        rules=(high,), coverage=UNKNOWN,
    )  # fmt: skip
    assert result.site_layer["mapped_pct"] == pytest.approx([100, 50, 0, 0], abs=1e-4)
    assert verdicts(result) == ["clear", "no_data", "no_data", "no_data"]


def test_a_class_that_a_site_only_grazes_is_to_be_studied():
    # the site reaches 2 cm (0.2 thousandths of a cell of 100 m, 2 m²) or 2 mm into class 4
    high = rule(roles=("sea_risk_grid",), where={"class": "4"})
    metre = 1 / 100.0
    wide, narrow = (cells(0.5, 0, 0.5 + reach * metre, 1) for reach in (0.02, 0.002))
    result = risk_check(grid([[1, 4]]), wide, narrow, rules=(high,))
    assert result.hit.where("feature_id", "4")["kind"].tolist() == ["real", "sliver"]
    assert verdicts(result) == ["prohibited", "study"]
