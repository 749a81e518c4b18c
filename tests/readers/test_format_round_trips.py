# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites that GDAL writes in each GIS and CAD format come back from it within half a millimetre."""

from __future__ import annotations

import zipfile
from pathlib import Path

import fiona
import fiona.drvsupport
import pytest
import shapely
from shapely import geometry

from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.readers.sites import read_sites

# fiona flushes a layer once more when it goes, and complains that it is closed
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

HALF_MM = 0.5e-3
HALF_MM_DEG = 4.5e-9

OUTER = [(39611494.787, 2711113.450), (39612508.460, 2711121.558), (39612499.557, 2712229.351),
         (39611485.965, 2712221.240)]  # fmt: skip
POND = [(39611796.235, 2711448.212), (39611998.965, 2711449.832), (39611997.192, 2711671.390),
        (39611794.466, 2711669.770)]  # fmt: skip
IN_PLANE = shapely.Polygon(OUTER, [POND])
IN_DEGREES = shapely.Polygon(
    [(118.1, 24.5), (118.11, 24.5), (118.11, 24.51), (118.1, 24.51)],
    [[(118.103, 24.503), (118.105, 24.503), (118.105, 24.505), (118.103, 24.505)]],
)
LINE = shapely.LineString([(118.1, 24.5), (118.11, 24.505), (118.12, 24.5)])


@pytest.fixture(autouse=True)
def kml_is_written(monkeypatch) -> None:
    monkeypatch.setitem(fiona.drvsupport.supported_drivers, "KML", "rw")  # fiona only reads it


def written(path: Path, driver: str, shape: shapely.Geometry, crs: str, **options) -> Path:
    schema = {"geometry": shape.geom_type, "properties": {"name": "str:40"}}
    if driver in ("DXF", "GPX"):
        schema["properties"] = {} if driver == "DXF" else {"name": "str"}
    if driver == "ESRI Shapefile":
        options["encoding"] = "UTF-8"
    with fiona.open(path, "w", driver=driver, schema=schema, crs=crs, **options) as file:
        properties = dict.fromkeys(schema["properties"], "一号地块")
        file.write({"geometry": geometry.mapping(shape), "properties": properties})
    return path


def zipped(path: Path) -> Path:
    archive = path.with_name("archive.zip")
    with zipfile.ZipFile(archive, "w") as file:
        for one in path.parent.glob(f"{path.stem}.*"):
            file.write(one, one.name)
    return archive


def same(found: shapely.Geometry, expected: shapely.Geometry, tolerance: float) -> bool:
    one, two = shapely.normalize(found), shapely.normalize(expected)
    single = shapely.get_num_geometries(one) == shapely.get_num_geometries(two) == 1
    return single and shapely.get_geometry(one, 0).equals_exact(two, tolerance)


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("a.gpkg", "GPKG"), ("a.shp", "ESRI Shapefile"), ("a.gdb", "OpenFileGDB"),
        ("a.fgb", "FlatGeobuf"), ("a.gml", "GML"), ("a.mif", "MapInfo File"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("crs", ["EPSG:4527", "EPSG:4490"])
def test_polygons_in_the_plane_and_in_degrees(tmp_path: Path, name: str, driver: str, crs: str):
    plane = crs == "EPSG:4527"
    shape, tolerance = (IN_PLANE, HALF_MM) if plane else (IN_DEGREES, HALF_MM_DEG)
    sites = read_sites(written(tmp_path / name, driver, shape, crs), crs=crs)
    assert len(sites) == 1
    assert same(sites.geometries[0], shape, tolerance)
    assert sites.names.tolist() == ["一号地块"]
    assert build_site_set(sites, SiteSettings(crs=crs)).problems == {}


@pytest.mark.parametrize(
    ("name", "driver"), [("a.geojson", "GeoJSON"), ("a.kml", "KML"), ("a.tab", "MapInfo File")]
)
def test_polygons_of_formats_of_the_world(tmp_path: Path, name: str, driver: str):
    # a MapInfo table keeps whole steps of its bounds, here of half a micrometre
    options = {"BOUNDS": "118,24,119,25"} if driver == "MapInfo File" else {}
    sites = read_sites(written(tmp_path / name, driver, IN_DEGREES, "EPSG:4326", **options))
    assert same(sites.geometries[0], IN_DEGREES, HALF_MM_DEG)
    assert sites.names.tolist() == ["一号地块"]


def test_a_zipped_shapefile(tmp_path: Path):
    archive = zipped(written(tmp_path / "a.shp", "ESRI Shapefile", IN_PLANE, "EPSG:4527"))
    (found,) = read_sites(archive).geometries
    assert same(found, IN_PLANE, HALF_MM)


def test_a_kmz(tmp_path: Path):
    kml = written(tmp_path / "doc.kml", "KML", IN_DEGREES, "EPSG:4326")
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as file:
        file.write(kml, "doc.kml")
    (found,) = read_sites(tmp_path / "a.kmz").geometries
    assert same(found, IN_DEGREES, HALF_MM_DEG)


def test_lines_of_gpx(tmp_path: Path):
    path = written(tmp_path / "a.gpx", "GPX", LINE, "EPSG:4326", layer="routes")
    (found,) = read_sites(path).geometries
    assert same(found, LINE, HALF_MM_DEG)


def test_closed_lines_of_a_drawing_are_the_polygon(tmp_path: Path):
    rings = shapely.MultiLineString([IN_PLANE.exterior, *IN_PLANE.interiors])
    (found,) = read_sites(written(tmp_path / "a.dxf", "DXF", rings, "EPSG:4527")).geometries
    assert same(found, IN_PLANE, HALF_MM)
