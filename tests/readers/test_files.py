# SPDX-License-Identifier: GPL-2.0-or-later
"""FileLayers: the contract, and what only reading through files can meet."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from eco_onemap.core.layers.sources import LayerSource
from eco_onemap.readers.files import FileLayers

from .layer_source_contract import LayerSourceContract, refusal, sentence
from .sources import ROWS, entry, snapshot, write_layer, write_raster


class TestFileLayers(LayerSourceContract):
    @pytest.fixture
    def layers(self) -> LayerSource:
        return FileLayers()


def chinese_shapefile(path: Path, encoding: str, language_id: int = 0) -> Path:
    """Write a shapefile of Chinese text as old programs do: no .cpg, language id 0 (none)."""
    rows = [("POINT (118 24)", {"名称": "生态红线", "code": "a"})]
    write_layer(
        path,
        rows,
        fields={"名称": "str:20", "code": "str:5"},
        geometry="Point",
        driver="ESRI Shapefile",
        encoding=encoding,
    )
    path.with_suffix(".cpg").unlink()
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = language_id
    path.with_suffix(".dbf").write_bytes(table)
    return path


@pytest.mark.parametrize("encoding", ["GB18030", "UTF-8"])
@pytest.mark.parametrize("language_id", [0, 0x57])
def test_unstated_encoding_is_found_and_told(tmp_path: Path, encoding, language_id) -> None:
    path = chinese_shapefile(tmp_path / "old.shp", encoding, language_id)
    table = FileLayers().read_features(entry(path))
    assert table.columns["名称"].tolist() == ["生态红线"]
    assert [note.key for note in table.notes] == ["reader.note_encoding"]
    assert encoding in table.notes[0].text("zh")


def test_stated_language_id_is_taken(tmp_path: Path) -> None:
    path = chinese_shapefile(tmp_path / "old.shp", "GBK", language_id=0x4D)  # code page 936
    table = FileLayers().read_features(entry(path))
    assert table.columns["名称"].tolist() == ["生态红线"]
    assert table.notes == ()


@pytest.mark.parametrize("field", ["名称", "name"])
def test_wrong_encoding_is_refused(tmp_path: Path, field: str) -> None:
    # once the field's name is beyond ASCII, once only its value
    path = tmp_path / "old.shp"
    rows = [("POINT (118 24)", {field: "生态红线"})]
    options = {"geometry": "Point", "driver": "ESRI Shapefile", "encoding": "GB18030"}
    write_layer(path, rows, fields={field: "str:20"}, **options)
    path.with_suffix(".cpg").unlink()
    told = sentence(FileLayers().read_features, entry(path, encoding="UTF-8"))
    assert "UTF-8" in told
    assert "GB18030" in told


def test_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.gpkg")
    assert "GB18O3O" in sentence(FileLayers().read_features, entry(path, encoding="GB18O3O"))


def test_encoding_of_a_format_that_knows_its_own_does_no_harm(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.gpkg")
    table = FileLayers().read_features(entry(path, encoding="GB18030"))
    assert table.columns["code"].tolist()[:2] == ["红线1", "红线2"]


def shapefile(path: Path, count: int = 50) -> Path:
    rows = [(ROWS[0][0], ROWS[0][1])] * count
    return write_layer(path, rows, geometry="Polygon", driver="ESRI Shapefile")


def test_cut_off_shapefile_is_refused_instead_of_read_as_null_geometries(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "cut.shp")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    error = refusal(FileLayers().read_features, entry(path))
    assert error.message.key == "reader.damaged"
    assert str(path) in str(error)


def test_cut_off_geopackage_is_refused(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "cut.gpkg", ROWS[:1] * 3000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert str(path) in sentence(FileLayers().read_features, entry(path))


def test_shapefile_without_its_index_is_refused(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "half.shp")
    path.with_suffix(".shx").unlink()
    assert ".shx" in sentence(FileLayers().read_features, entry(path))


def test_shapefile_without_prj_needs_a_crs(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "bare.shp")
    path.with_suffix(".prj").unlink()
    assert "crs:" in sentence(FileLayers().read_features, entry(path))
    assert FileLayers().read_features(entry(path, crs="EPSG:4490")).crs == "EPSG:4490"


def test_esri_prj_is_recognised(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "esri.shp", 1)
    path.with_suffix(".prj").write_text(
        'PROJCS["CGCS2000_3_Degree_GK_Zone_39",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
        'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
        'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
        'PARAMETER["False_Easting",39500000.0],PARAMETER["False_Northing",0.0],'
        'PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],'
        'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]',
        encoding="ascii",
    )
    assert FileLayers().read_features(entry(path)).crs == "EPSG:4527"


@pytest.mark.parametrize("srs_id", [0, -1])
def test_undefined_crs_of_a_geopackage_is_none(tmp_path: Path, srs_id: int) -> None:
    path = write_layer(tmp_path / "undefined.gpkg", crs=None, SPATIAL_INDEX="NO")
    with sqlite3.connect(path) as database:
        database.execute("UPDATE gpkg_geometry_columns SET srs_id = ?", (srs_id,))
        database.execute("UPDATE gpkg_contents SET srs_id = ?", (srs_id,))
    database.close()
    assert "crs:" in sentence(FileLayers().read_features, entry(path))


def test_geojson_that_states_wgs84_keeps_it(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "said.geojson", ROWS[:1], driver="GeoJSON", crs="EPSG:4490")
    text = path.read_text(encoding="utf-8").replace("EPSG::4490", "EPSG::4326")
    path.write_text(text, encoding="utf-8")
    assert "EPSG::4326" in text
    assert FileLayers().read_features(entry(path, crs="EPSG:4490")).crs == "EPSG:4326"


@pytest.mark.parametrize("closed", [True, False])
def test_geopackage_in_wal_mode_is_read_without_traces(tmp_path: Path, closed: bool) -> None:
    # as QGIS leaves one: in WAL mode, with (not closed) or without changes still in the -wal file
    path = write_layer(tmp_path / "live.gpkg", ROWS[:1], SPATIAL_INDEX="NO")
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("UPDATE live SET code = 'changed'")
    database.commit()
    if closed:
        database.close()
    before = snapshot(tmp_path)
    table = FileLayers().read_features(entry(path))
    assert table.columns["code"].tolist() == ["changed"]
    assert snapshot(tmp_path) == before
    database.close()


def test_gml_is_read_without_traces(tmp_path: Path) -> None:
    path = tmp_path / "a.gml"
    path.write_text(
        '<c:FeatureCollection xmlns:c="http://ogr.maptools.org/"'
        ' xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><c:a fid="a.0"><c:geom>'
        '<gml:Point srsName="EPSG:4490"><gml:coordinates>118,24</gml:coordinates></gml:Point>'
        "</c:geom></c:a></gml:featureMember></c:FeatureCollection>",
        encoding="utf-8",
    )
    assert FileLayers().read_features(entry(path)).geometries[0].wkt == "POINT (118 24)"
    assert [file.name for file in tmp_path.iterdir()] == ["a.gml"]


def test_raster_inside_a_geopackage_in_wal_mode(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "tiles.gpkg", driver="GPKG", nodata=None)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = WAL")
    database.close()
    before = snapshot(tmp_path)
    source = FileLayers().open_raster(entry(path))
    assert source.read(0, 0, 3, 2)[0].shape == (2, 3)
    source.close()
    assert snapshot(tmp_path) == before


def test_folder_geodatabase(tmp_path: Path) -> None:
    path = tmp_path / "data.gdb"
    write_layer(path, ROWS[1:2], driver="OpenFileGDB", geometry="MultiPolygon", layer="redline")
    before = snapshot(tmp_path)
    table = FileLayers().read_features(entry(path))
    assert table.columns["code"].tolist() == ["红线2"]
    assert snapshot(tmp_path) == before
    copy = shutil.copytree(path, tmp_path / "copy.gdb")
    (copy / "data.lock").write_text("held by a user", encoding="utf-8")
    assert FileLayers().read_features(entry(copy)).fingerprint == table.fingerprint
    (copy / "gdb").write_bytes(b"changed")
    assert FileLayers().is_raster(entry(copy)) is False
