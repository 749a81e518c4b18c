# SPDX-License-Identifier: GPL-2.0-or-later
"""What every LayerSource must do; each implementation's tests inherit these cases.

A subclass gives a fixture ``layers`` that returns the LayerSource.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from pyproj import CRS

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.raster import measure_raster
from eco_onemap.core.layers.sources import LayerSource
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.progress import NoProgress

from .sources import (
    GRID,
    ROWS,
    entry,
    snapshot,
    write_curve,
    write_layer,
    write_raster,
)


def refusal(call, *args) -> LayerError:
    """Return the LayerError that a call raises; its sentence must exist in each language."""
    with pytest.raises(LayerError) as caught:
        call(*args)
    for language in LANGUAGES:
        assert caught.value.message.text(language)
    return caught.value


def sentence(call, *args) -> str:
    """Return the English sentence with which a call is refused."""
    return str(refusal(call, *args))


class LayerSourceContract:
    """The cases."""

    @pytest.fixture(params=[("GPKG", ".gpkg"), ("GeoJSON", ".geojson")])
    def file(self, request, tmp_path: Path) -> Path:
        driver, ending = request.param
        return write_layer(tmp_path / f"红线{ending}", driver=driver)

    def test_geometries_are_read_as_they_are(self, layers: LayerSource, file: Path) -> None:
        table = layers.read_features(entry(file))
        hole, islands, missing, empty = table.geometries
        assert shapely.equals_identical(hole, shapely.from_wkt(ROWS[0][0]))
        assert shapely.equals_identical(islands, shapely.from_wkt(ROWS[1][0]))
        assert missing is None
        assert empty is None or empty.is_empty  # GeoJSON's is null

    def test_attributes_keep_their_types(self, layers: LayerSource, file: Path) -> None:
        columns = layers.read_features(entry(file)).columns
        assert columns["code"].tolist()[:3] == ["红线1", "红线2", None]
        assert columns["level"].tolist() == [1, 2, 3, 4]
        assert columns["area"].dtype == np.float64
        np.testing.assert_array_equal(columns["area"], [12.5, np.nan, 0.0, -1.0])

    def test_crs_ids_and_fingerprint(self, layers: LayerSource, file: Path) -> None:
        table = layers.read_features(entry(file))
        assert CRS.from_user_input(table.crs).equals(CRS(4490), ignore_axis_order=True)
        assert len(set(table.feature_ids)) == len(table) == 4
        assert all(isinstance(feature_id, str) for feature_id in table.feature_ids)
        assert table.source == str(file)
        assert len(table.fingerprint) == 64

    def test_fingerprint_follows_the_content(self, layers: LayerSource, tmp_path: Path) -> None:
        # two files of the same content under different names, and one that differs in one letter
        rows = [("POINT (118 24)", {"code": "a", "level": 1, "area": 1.0})]
        other = [("POINT (118 24)", {"code": "b", "level": 1, "area": 1.0})]
        first = write_layer(tmp_path / "first.csv", rows, driver="CSV", GEOMETRY="AS_WKT")
        same = tmp_path / "same.csv"
        same.write_bytes(first.read_bytes())
        third = write_layer(tmp_path / "third.csv", other, driver="CSV", GEOMETRY="AS_WKT")
        prints = [
            layers.read_features(entry(path, crs="EPSG:4490")).fingerprint
            for path in (first, same, third)
        ]
        assert prints[0] == prints[1] != prints[2]

    @pytest.mark.parametrize(
        ("where", "codes"),
        [
            ("level = 2", ["红线2"]),
            ("code = '红线1'", ["红线1"]),
            ('"level" >= 1 AND "code" LIKE \'红线%\'', ["红线1", "红线2"]),
            ("level > 99", []),
            ("code = 'a \"quoted\" word'", []),
        ],
    )
    def test_filter_selects(self, layers, file: Path, where: str, codes: list[str]) -> None:
        table = layers.read_features(entry(file, where=where))
        assert table.columns["code"].tolist() == codes
        assert len(table.geometries) == len(table.feature_ids) == len(codes)

    @pytest.mark.parametrize("where", ["level =", "nowhere = 1", '"nowhere" = 1', "level = = 3"])
    def test_bad_filter_is_refused(self, layers: LayerSource, file: Path, where: str) -> None:
        told = sentence(layers.read_features, entry(file, where=where))
        assert str(file) in told
        assert where in told

    def test_missing_file_is_refused(self, layers: LayerSource, tmp_path: Path) -> None:
        path = tmp_path / "nowhere.gpkg"
        assert str(path) in sentence(layers.read_features, entry(path))
        raster = path.with_suffix(".tif")
        assert str(raster) in sentence(layers.open_raster, entry(raster))
        assert str(path) in sentence(layers.read_polygons, str(path))

    @pytest.mark.parametrize("ending", [".gpkg", ".geojson", ".shp", ".kml"])
    def test_text_under_a_wrong_name_is_refused(self, layers, tmp_path: Path, ending) -> None:
        path = tmp_path / f"notes{ending}"
        path.write_text("these are my notes", encoding="utf-8")
        assert str(path) in sentence(layers.read_features, entry(path))

    def test_layers_are_told_apart(self, layers: LayerSource, tmp_path: Path) -> None:
        path = write_layer(tmp_path / "two.gpkg", ROWS[:1], layer="red")
        write_layer(path, ROWS[:2], layer="blue")
        assert len(layers.read_features(entry(path, layer="blue"))) == 2
        told = sentence(layers.read_features, entry(path))
        assert "red" in told
        assert "blue" in told
        told = sentence(layers.read_features, entry(path, layer="green"))
        assert "green" in told
        assert "red, blue" in told

    def test_table_of_styles_is_no_second_layer(self, layers: LayerSource, tmp_path) -> None:
        path = write_layer(tmp_path / "styled.gpkg", ROWS[:1], layer="red")
        write_layer(path, [], layer="layer_styles", geometry="None", crs=None)
        assert layers.read_features(entry(path)).columns["code"].tolist() == ["红线1"]

    def test_missing_field_is_refused(self, layers: LayerSource, file: Path) -> None:
        wanted = {"id": "code", "name": "HJGKDYMC", "kind": "TYPE"}
        told = sentence(layers.read_features, entry(file, fields=wanted))
        assert "HJGKDYMC, TYPE" in told
        assert "code, level, area" in told

    def test_feature_id_can_be_a_field(self, layers: LayerSource, tmp_path: Path) -> None:
        path = write_layer(tmp_path / "ids.gpkg")
        table = layers.read_features(entry(path, fields={"id": "fid"}))
        assert [str(value) for value in table.columns["fid"]] == table.feature_ids.tolist()
        assert table.feature_ids.tolist() == ["1", "2", "3", "4"]

    def test_crs_of_the_entry_counts_only_without_another(self, layers, tmp_path: Path) -> None:
        without = write_layer(tmp_path / "without.gpkg", crs=None)
        told = sentence(layers.read_features, entry(without))
        assert str(without) in told
        assert "crs:" in told
        assert layers.read_features(entry(without, crs="EPSG:4527")).crs == "EPSG:4527"
        stated = write_layer(tmp_path / "stated.gpkg", crs="EPSG:4548")
        assert layers.read_features(entry(stated, crs="EPSG:4527")).crs == "EPSG:4548"

    def test_unknown_crs_is_refused(self, layers: LayerSource, tmp_path: Path) -> None:
        path = write_layer(tmp_path / "without.gpkg", crs=None)
        assert "EPSG:99" in sentence(layers.read_features, entry(path, crs="EPSG:99"))

    def test_geojson_that_names_no_crs_takes_the_entry_s(self, layers, tmp_path: Path) -> None:
        path = tmp_path / "plain.geojson"
        path.write_text('{"type": "Point", "coordinates": [118, 24]}', encoding="utf-8")
        assert CRS.from_user_input(layers.read_features(entry(path)).crs).to_epsg() == 4326
        assert layers.read_features(entry(path, crs="EPSG:4490")).crs == "EPSG:4490"

    def test_empty_layer_has_columns_and_no_rows(self, layers, tmp_path: Path) -> None:
        table = layers.read_features(entry(write_layer(tmp_path / "none.gpkg", [])))
        assert len(table) == 0
        assert set(table.columns) >= {"code", "level", "area"}
        assert all(len(column) == 0 for column in table.columns.values())

    def test_table_without_geometries(self, layers: LayerSource, tmp_path: Path) -> None:
        rows = [(None, properties) for _, properties in ROWS]
        path = write_layer(tmp_path / "table.gpkg", rows, geometry="None", crs=None)
        table = layers.read_features(entry(path))
        assert table.geometries.tolist() == [None] * 4
        assert table.columns["level"].tolist() == [1, 2, 3, 4]

    def test_heights_and_measures_are_dropped(self, layers: LayerSource, tmp_path: Path) -> None:
        rows = [
            (wkt, {"code": "z", "level": 1, "area": 1.0})
            for wkt in (
                "POINT Z (118 24 7)",
                "LINESTRING Z (118 24 7, 119 25 8)",
                "MULTIPOLYGON Z (((118 24 7, 119 24 7, 119 25 7, 118 24 7)))",
                "MULTIPOINT Z ((118 24 7), (119 25 7))",
                "GEOMETRYCOLLECTION Z (POINT Z (118 24 7))",
            )
        ]
        table = layers.read_features(entry(write_layer(tmp_path / "high.gpkg", rows)))
        flat = [shapely.force_2d(shapely.from_wkt(wkt)) for wkt, _ in rows]
        assert not shapely.has_z(table.geometries).any()
        assert shapely.equals_identical(table.geometries, flat).all()

    def test_curves_become_lines(self, layers: LayerSource, tmp_path: Path) -> None:
        table = layers.read_features(entry(write_curve(tmp_path / "curve.gpkg")))
        (half_disc,) = table.geometries
        assert half_disc.geom_type in ("Polygon", "MultiPolygon")
        assert half_disc.area == pytest.approx(np.pi / 2, rel=2e-3)
        assert half_disc.centroid.x == pytest.approx(118)

    def test_names_of_files_may_be_odd(self, layers: LayerSource, tmp_path: Path) -> None:
        folder = tmp_path / "一张图 #1 (新) 100%!"
        folder.mkdir()
        path = write_layer(folder / "red line & co.gpkg", layer="生态 红线")
        table = layers.read_features(entry(path, layer="生态 红线"))
        assert len(table) == 4

    @pytest.mark.parametrize("encoding", ["UTF-8", "GB18030"])
    def test_shapefile_with_a_stated_encoding(self, layers, tmp_path: Path, encoding) -> None:
        rows = [("POINT (118 24)", {"名称": "生态红线"}), ("POINT (118 25)", {"名称": "湿地"})]
        path = write_layer(
            tmp_path / "text.shp",
            rows,
            fields={"名称": "str:20"},
            geometry="Point",
            driver="ESRI Shapefile",
            encoding=encoding,
        )
        path.with_suffix(".cpg").unlink()
        table = layers.read_features(
            entry(path, encoding=encoding, where="\"名称\" = '湿地'", fields={"name": "名称"})
        )
        assert table.columns["名称"].tolist() == ["湿地"]

    def test_reading_leaves_the_folder_as_it_is(self, layers: LayerSource, tmp_path) -> None:
        paths = [
            write_layer(tmp_path / "a.gpkg", ROWS[:1]),
            write_layer(tmp_path / "a.shp", ROWS[:1], geometry="Polygon", driver="ESRI Shapefile"),
            write_layer(tmp_path / "a.geojson", ROWS[:1], driver="GeoJSON"),
        ]
        raster = write_raster(tmp_path / "a.tif")
        before = snapshot(tmp_path)
        for path in paths:
            layers.read_features(entry(path))
        source = layers.open_raster(entry(raster))
        source.read(0, 0, 3, 2)
        source.close()
        assert snapshot(tmp_path) == before

    def test_rasters_are_told_from_vectors(self, layers: LayerSource, tmp_path: Path) -> None:
        assert layers.is_raster(entry(write_raster(tmp_path / "risk.tif")))
        assert layers.is_raster(entry(write_raster(tmp_path / "tiles.gpkg", driver="GPKG")))
        for name, driver in (("a.gpkg", "GPKG"), ("a.geojson", "GeoJSON")):
            assert not layers.is_raster(entry(write_layer(tmp_path / name, driver=driver)))

    def test_raster_says_where_it_lies(self, layers: LayerSource, tmp_path: Path) -> None:
        source = layers.open_raster(entry(write_raster(tmp_path / "risk.tif")))
        info = source.info
        source.close()
        assert CRS.from_user_input(info.crs).equals(CRS(4490), ignore_axis_order=True)
        assert info.geotransform == (118.0, 0.5, 0.0, 25.0, 0.0, -0.5)
        assert (info.columns, info.rows, info.nodata) == (3, 2, 9)
        assert info.source == str(tmp_path / "risk.tif")
        assert len(info.fingerprint) == 64

    def test_raster_is_read_by_windows(self, layers: LayerSource, tmp_path: Path) -> None:
        source = layers.open_raster(entry(write_raster(tmp_path / "risk.tif")))
        values, valid = source.read(1, 0, 2, 2)  # the two right columns
        source.close()
        assert values.tolist() == [[2, 3], [9, 5]]
        assert valid.tolist() == [[True, True], [False, True]]

    def test_nan_is_no_value(self, layers: LayerSource, tmp_path: Path) -> None:
        cells = np.array([[0.5, np.nan], [-9999.0, 2.0]], np.float32)
        for name, nodata in (("a.tif", -9999.0), ("b.tif", np.nan)):
            source = layers.open_raster(entry(write_raster(tmp_path / name, cells, nodata=nodata)))
            _, valid = source.read(0, 0, 2, 2)
            source.close()
            assert valid.tolist() == [[True, False], [bool(np.isnan(nodata)), True]]

    @pytest.mark.parametrize(
        "kind",
        ["uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"],
    )
    def test_any_type_of_values_is_read_and_scaled_in_double_precision(
        self, layers: LayerSource, tmp_path: Path, kind: str
    ) -> None:
        cells = np.array([[1, 2, 250], [3, 0, 4]], kind)
        path = write_raster(tmp_path / "a.tif", cells, nodata=0)
        plain = layers.open_raster(entry(path))
        values, valid = plain.read(0, 0, 3, 2)
        plain.close()
        assert values.tolist() == cells.tolist()
        assert valid.tolist() == [[True] * 3, [True, False, True]]
        with rasterio.open(path, "r+") as file:
            file.scales, file.offsets = (0.001,), (-7.0,)
        scaled = layers.open_raster(entry(path))
        values, valid = scaled.read(0, 0, 3, 2)
        # single, or half, precision would be off in the fourth digit or in the eighth
        upper_cells = np.array([shapely.box(118, 24.5, 119, 25)], dtype=object)  # 1 and 2
        mean = measure_raster(upper_cells, scaled, NoProgress()).mean[0]
        scaled.close()
        assert (scaled.info.scale, scaled.info.offset) == (0.001, -7.0)
        assert mean == pytest.approx(1.5 * 0.001 - 7.0, rel=1e-14)
        assert values.tolist() == cells.tolist()
        assert valid.tolist() == [[True] * 3, [True, False, True]]  # by what is stored

    @pytest.mark.parametrize("kind", ["complex64", "complex128"])
    def test_complex_rasters_are_refused(self, layers, tmp_path: Path, kind: str) -> None:
        path = write_raster(tmp_path / "a.tif", np.array([[1 + 2j]], kind), nodata=None)
        assert "complex" in sentence(layers.open_raster, entry(path))

    def test_a_mask_and_infinity_leave_cells_out(self, layers, tmp_path: Path) -> None:
        cells = np.array([[1.0, np.inf, 3.0], [-np.inf, 5.0, 6.0]], np.float32)
        path = write_raster(tmp_path / "a.tif", cells, nodata=None)
        with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as file:
            file.write_mask(np.array([[255, 255, 0], [255, 255, 255]], np.uint8))
        source = layers.open_raster(entry(path))
        _, valid = source.read(0, 0, 3, 2)
        source.close()
        assert valid.tolist() == [[True, False, False], [False, True, True]]

    def test_raster_without_nodata_is_valid_all_over(self, layers, tmp_path: Path) -> None:
        source = layers.open_raster(entry(write_raster(tmp_path / "a.tif", nodata=None)))
        values, valid = source.read(0, 0, 3, 2)
        source.close()
        assert valid.all()
        np.testing.assert_array_equal(values, GRID)

    def test_raster_without_crs(self, layers: LayerSource, tmp_path: Path) -> None:
        path = write_raster(tmp_path / "a.tif", crs=None)
        assert "crs:" in sentence(layers.open_raster, entry(path))
        source = layers.open_raster(entry(path, crs="EPSG:4527"))
        source.close()
        assert source.info.crs == "EPSG:4527"

    def test_broken_rasters_are_refused(self, layers: LayerSource, tmp_path: Path) -> None:
        text = tmp_path / "text.tif"
        text.write_text("these are my notes", encoding="utf-8")
        assert str(text) in sentence(layers.open_raster, entry(text))
        picture = write_raster(tmp_path / "picture.tif", crs=None, placed=False)
        assert str(picture) in sentence(layers.open_raster, entry(picture, crs="EPSG:4490"))

    def test_cut_off_raster_is_refused(self, layers: LayerSource, tmp_path: Path) -> None:
        cells = np.arange(250_000, dtype=np.uint32).reshape(500, 500)
        path = write_raster(tmp_path / "big.tif", cells, compress="deflate")
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

        def read_all() -> None:
            source = layers.open_raster(entry(path))
            try:
                source.read(0, 0, 500, 500)
            finally:
                source.close()

        assert str(path) in sentence(read_all)

    def test_polygons_of_a_coverage(self, layers: LayerSource, tmp_path: Path) -> None:
        path = write_layer(tmp_path / "coverage.gpkg", ROWS[:3])
        table = layers.read_polygons(str(path))
        assert shapely.area(table.geometries[:2]) == pytest.approx([0.96, 1.0])
        assert CRS.from_user_input(table.crs).to_epsg() == 4490

    @pytest.mark.parametrize("wkt", ["LINESTRING (118 24, 119 24)", None])
    def test_coverage_must_hold_polygons(self, layers, tmp_path: Path, wkt: str | None) -> None:
        rows = [(wkt, {"code": "a", "level": 1, "area": 1.0})]
        path = write_layer(tmp_path / "coverage.gpkg", rows)
        assert str(path) in sentence(layers.read_polygons, str(path))

    def test_coverage_must_name_its_crs(self, layers: LayerSource, tmp_path: Path) -> None:
        path = write_layer(tmp_path / "coverage.gpkg", crs=None)
        assert str(path) in sentence(layers.read_polygons, str(path))
