# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the GIS and CAD files of this folder; ``expected.csv`` above it says what they hold.

The places are those of one worked example: corners at 118.10/118.11°E and 24.50/24.51°N with their
coordinates in CGCS2000, 3° zone 39 (EPSG:4527), to a millimetre, and a pond inside. Shapefiles
are written by hand where a part is missing on purpose.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fiona
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box, geometry

HERE = Path(__file__).resolve().parent

DEGREES = [(118.10, 24.50), (118.11, 24.50), (118.11, 24.51), (118.10, 24.51)]
METRES = [
    (39611494.787, 2711113.450),
    (39612508.460, 2711121.558),
    (39612499.557, 2712229.351),
    (39611485.965, 2712221.240),
]
POND = [
    (39611796.235, 2711448.212),
    (39611998.965, 2711449.832),
    (39611997.192, 2711671.390),
    (39611794.466, 2711669.770),
]
"""118.103/118.105°E, 24.503/24.505°N."""

NORTH_30 = 3320113.398
"""The meridian's length from the equator to 30°N on GRS80 (any table of meridian arcs)."""

SQUARE, YARD = Polygon(DEGREES), Polygon(METRES)
WITH_POND = Polygon(METRES, [POND])
FIELDS = {"site_id": "str:20", "name": "str:40"}

Row = tuple[Any, dict[str, Any]]


def rows(*geometries: Any) -> list[Row]:
    return [(one, {"site_id": f"s{n}", "name": f"地块{n}"}) for n, one in enumerate(geometries, 1)]


def write(name: str, found: Sequence[Row], crs: str | None = "EPSG:4490", **more: Any) -> Path:
    """Write a layer with GDAL."""
    path = HERE / name
    schema = {"geometry": more.pop("geometry", "Unknown"), "properties": more.pop("fields", FIELDS)}
    with fiona.open(path, "w", schema=schema, crs=crs, **more) as file:
        for shape, properties in found:
            mapped = None if shape is None else geometry.mapping(shape)
            file.write({"type": "Feature", "geometry": mapped, "properties": properties})
    return path


def gpkg(name: str, found: Sequence[Row], crs: str | None = "EPSG:4490", **more: Any) -> Path:
    return write(name, found, crs, driver="GPKG", **more)


def shp(name: str, found: Sequence[Row], crs: str | None = "EPSG:4490", **more: Any) -> Path:
    options = {"driver": "ESRI Shapefile", "geometry": "Polygon", "encoding": "UTF-8", **more}
    return write(name, found, crs, **options)


def without(path: Path, *endings: str) -> None:
    for ending in endings:
        path.with_suffix(ending).unlink(missing_ok=True)


def geojson(name: str, *geometries: dict[str, Any], **members: Any) -> None:
    features = [
        {"type": "Feature", "properties": {"site_id": f"s{n}", "name": f"地块{n}"}, "geometry": one}
        for n, one in enumerate(geometries, 1)
    ]
    text = json.dumps({"type": "FeatureCollection", **members, "features": features})
    (HERE / name).write_text(text, encoding="utf-8")


def polygon(*rings: Sequence[tuple[float, float]], close: bool = True) -> dict[str, Any]:
    closed = [[*ring, ring[0]] if close else list(ring) for ring in rings]
    return {"type": "Polygon", "coordinates": closed}


def make_geopackages() -> None:
    gpkg("square.gpkg", rows(SQUARE))
    gpkg("plane.gpkg", rows(WITH_POND), "EPSG:4527")
    gpkg("no_crs.gpkg", rows(WITH_POND), None)
    for layer in ("plan", "red_line"):
        gpkg("two_layers.gpkg", rows(SQUARE), layer=layer)
    for layer, shape in (
        ("areas", SQUARE),
        ("lines", LineString(DEGREES[:2])),
        ("points", Point(DEGREES[0])),
    ):
        gpkg("kinds.gpkg", rows(shape), layer=layer)
    gpkg("heights.gpkg", rows(shapely.force_3d(SQUARE, 12.0)), geometry="3D Polygon")
    gpkg("empty.gpkg", [])
    gpkg("table.gpkg", [(None, {"site_id": "a", "name": "b"})], None, geometry="None")
    gpkg("xian80.gpkg", rows(YARD), "EPSG:2363")
    gpkg("declared_wrong.gpkg", rows(YARD))
    fields = {
        "编号": "str:10",
        "项目": "str:40",
        "单位": "str:40",
        "性质": "str:20",
        "行业": "str:60",
        "是否排污": "str:4",
        "阶段": "str:10",
    }
    values = (
        "甲-1",
        "海湾化工二期",
        "海湾化工有限公司",
        "改扩建",
        "有机化学原料制造",
        "是",
        "选址",
    )
    gpkg("facts.gpkg", [(SQUARE, dict(zip(fields, values, strict=True)))], fields=fields)
    (HERE / "notes.gpkg").write_text("these are my notes", encoding="utf-8")


def make_curve() -> None:
    """A half disc of 0.005° as an arc and a chord."""
    path = gpkg("curve.gpkg", rows(Point(0, 0)), SPATIAL_INDEX="NO")
    arc = [(118.11, 24.5), (118.105, 24.505), (118.10, 24.5)]
    parts = _wkb(8, arc) + _wkb(2, [arc[-1], arc[0]])
    ring = b"\x01" + (9).to_bytes(4, "little") + (2).to_bytes(4, "little") + parts
    surface = b"\x01" + (10).to_bytes(4, "little") + (1).to_bytes(4, "little") + ring
    blob = b"GP\x00\x01" + (4490).to_bytes(4, "little") + surface
    with sqlite3.connect(path) as database:
        database.execute("UPDATE curve SET geom = ?", (blob,))
    database.close()


def _wkb(kind: int, points: Sequence[tuple[float, float]]) -> bytes:
    flat = shapely.to_wkb(LineString(points), byte_order=1)
    return b"\x01" + kind.to_bytes(4, "little") + flat[5:]


def make_shapefiles() -> None:
    without(shp("gbk.shp", rows(YARD), "EPSG:4527", encoding="GB18030"), ".cpg")
    without(shp("zone_no_prj.shp", rows(YARD)), ".prj")
    bare = Polygon([(x - 39_000_000, y) for x, y in METRES])
    without(shp("bare_no_prj.shp", rows(bare)), ".prj")
    without(shp("degrees_no_prj.shp", rows(SQUARE)), ".prj")
    without(shp("no_shx.shp", rows(YARD), "EPSG:4527"), ".shx")
    cut = shp("cut_off.shp", rows(YARD), "EPSG:4527")
    cut.write_bytes(cut.read_bytes()[:150])
    make_archives()


def make_archives() -> None:
    folder = HERE / "parts"
    folder.mkdir(exist_ok=True)
    write("parts/parcel.shp", rows(YARD), "EPSG:4527", driver="ESRI Shapefile", geometry="Polygon",
          encoding="GB18030")  # fmt: skip
    names = [file for file in sorted(folder.iterdir()) if file.suffix != ".cpg"]
    # a Chinese Windows writes names in GBK without saying so
    zipped = HERE / "zipped.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for file in names:
            archive.writestr(zipfile.ZipInfo(f"@@@@/####{file.suffix}"), file.read_bytes())
    content = zipped.read_bytes().replace(b"@@@@", "红线".encode("gb18030"))
    zipped.write_bytes(content.replace(b"####", "地块".encode("gb18030")))
    with zipfile.ZipFile(HERE / "zipped_two.zip", "w") as archive:
        for name in ("square.gpkg", "plane.gpkg"):
            archive.write(HERE / name, name)
    with zipfile.ZipFile(HERE / "zipped_photo.zip", "w") as archive:
        archive.writestr("photo.jpg", b"no map")
    with zipfile.ZipFile(HERE / "climbing.zip", "w") as archive:
        for file in names:
            archive.writestr(f"../../climbing/{file.name}", file.read_bytes())
    (HERE / "no_archive.zip").write_bytes(b"PK but nothing more")
    write(
        "parts/square.gdb",
        rows(MultiPolygon([SQUARE])),
        driver="OpenFileGDB",
        geometry="MultiPolygon",
    )
    with zipfile.ZipFile(HERE / "square.gdb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted((folder / "square.gdb").iterdir()):
            archive.write(file, f"square.gdb/{file.name}")
    shutil.rmtree(folder)


def make_geojson() -> None:
    geojson("square.geojson", polygon(DEGREES))
    geojson("metres.geojson", polygon(METRES))
    geojson("swapped.geojson", polygon([(y, x) for x, y in DEGREES]))
    geojson("swapped_metres.geojson", polygon([(y, x) for x, y in METRES]))
    line = {"type": "LineString", "coordinates": DEGREES[:2]}
    point = {"type": "Point", "coordinates": DEGREES[0]}
    members = [polygon(DEGREES), line, point]
    geojson("collection.geojson", {"type": "GeometryCollection", "geometries": members})
    zones = [box(z, NORTH_30, z + 100, NORTH_30 + 100) for z in (39_500_000, 40_500_000)]
    geojson("two_zones.geojson", *(polygon(list(one.exterior.coords)[:-1]) for one in zones))
    geojson("mixed.geojson", polygon(DEGREES), polygon(METRES))
    web = [(x * 111319.490793, 3503549.84 + n) for n, (x, _) in enumerate(DEGREES)]
    geojson("mercator.geojson", polygon(web))
    geojson("nowhere.geojson", polygon([(5.0e7, 1.0), (5.1e7, 1.0), (5.1e7, 9.0)]))
    geojson("berlin.geojson", polygon([(13.3, 52.4), (13.4, 52.4), (13.4, 52.5)]))
    make_faulty()


def make_faulty() -> None:
    a, b, c, d = DEGREES
    inner = [(118.103, 24.503), (118.105, 24.503), (118.105, 24.505), (118.103, 24.505)]
    geojson("bow_tie.geojson", polygon([a, c, b, d]))
    geojson("hole_outside.geojson", polygon(DEGREES, [(x + 0.02, y) for x, y in inner]))
    geojson("hole_around.geojson", polygon(inner, DEGREES))
    geojson("open_ring.geojson", polygon(DEGREES, close=False))
    geojson("spike.geojson", polygon([a, b, (118.12, 24.50), b, c, d]))
    geojson("repeated.geojson", polygon([a, b, b, c, d]))
    geojson("no_area.geojson", polygon([a, b, a]), polygon(DEGREES))
    dust = box(118.2, 24.5, 118.200001, 24.500001)
    geojson("dust.geojson", geometry.mapping(MultiPolygon([SQUARE, dust])))
    geojson("overlap.geojson", polygon(DEGREES), polygon([(x + 0.005, y) for x, y in DEGREES]))


def make_marked_up() -> None:
    placemark = (
        "<Folder><name>{0}</name><Placemark><name>{0}地块</name><Polygon><outerBoundaryIs>"
        "<LinearRing><coordinates>{1}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark></Folder>"
    )
    ring = " ".join(f"{x},{y},0" for x, y in [*DEGREES, DEGREES[0]])
    east = " ".join(f"{x + 0.1},{y},0" for x, y in [*DEGREES, DEGREES[0]])
    body = placemark.format("甲", ring) + placemark.format("乙", east)
    kml = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}{}</Document></kml>'
    (HERE / "folders.kml").write_text(kml.format("", body), encoding="utf-8")
    head = "<description>奥维互动地图导出</description>"
    one = kml.format(head, placemark.format("甲", ring))
    (HERE / "phone.kml").write_text(one, encoding="utf-8")
    amap = kml.format("<description>amap.com</description>", placemark.format("甲", ring))
    (HERE / "amap.kml").write_text(amap, encoding="utf-8")
    with zipfile.ZipFile(HERE / "square.kmz", "w") as archive:
        archive.writestr("doc.kml", kml.format("", placemark.format("甲", ring)))
    (HERE / "walk.gpx").write_text(
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        '<wpt lat="24.5" lon="118.1"><name>取水口</name></wpt><trk><name>管线</name><trkseg>'
        '<trkpt lat="24.5" lon="118.1"/><trkpt lat="24.5" lon="118.11"/></trkseg></trk></gpx>',
        encoding="utf-8",
    )
    write("square.gml", rows(SQUARE), driver="GML", geometry="Polygon")
    (HERE / "square.xsd").unlink(missing_ok=True)
    write("square.tab", rows(SQUARE), "EPSG:4326", driver="MapInfo File", geometry="Polygon",
          encoding="GB18030")  # fmt: skip
    write("square.mif", rows(SQUARE), "EPSG:4326", driver="MapInfo File", geometry="Polygon",
          FORMAT="MIF")  # fmt: skip


def polyline(layer: str, points: Sequence[tuple[float, float]], closed: bool) -> list[str]:
    words = ["0", "LWPOLYLINE", "8", layer, "90", str(len(points)), "70", str(int(closed))]
    for x, y in points:
        words += ["10", repr(x), "20", repr(y)]
    return words


def text(layer: str, at: tuple[float, float], words: str) -> list[str]:
    return ["0", "TEXT", "8", layer, "10", repr(at[0]), "20", repr(at[1]), "40", "2.5", "1", words]


def drawing(name: str, entities: list[str]) -> None:
    """Write a drawing as a Chinese AutoCAD does: code page 936."""
    head = ["0", "SECTION", "2", "HEADER", "9", "$ACADVER", "1", "AC1015"]
    head += ["9", "$DWGCODEPAGE", "3", "ANSI_936", "0", "ENDSEC"]
    head += ["0", "SECTION", "2", "ENTITIES"]
    words = "\n".join([*head, *entities, "0", "ENDSEC", "0", "EOF", ""])
    (HERE / name).write_bytes(words.encode("gbk"))


def make_drawings() -> None:
    outline, pond = polyline("RED", METRES, True), polyline("RED", POND, True)
    label, road = text("RED", METRES[0], "一号地块"), polyline("ROAD", METRES[:3], False)
    drawing("outline.dxf", outline + pond + label + road)
    # ends that meet to half a millimetre close an outline that is not marked as closed
    almost = [*METRES, (METRES[0][0] + 0.0004, METRES[0][1])]
    drawing("almost_closed.dxf", polyline("RED", almost, False))
    other = polyline("用地红线", METRES, True) + polyline(
        "FRAME", [(x + 5e3, y) for x, y in METRES], True
    )
    drawing("two_layers.dxf", other)
    centre = ["10", repr(39611794.466), "20", repr(2711669.770), "40", "100.0"]
    drawing("circle.dxf", ["0", "CIRCLE", "8", "TANK", *centre])
    drawing("road.dxf", road)
    sides = zip(METRES, [*METRES[1:], METRES[0]], strict=True)
    drawing("exploded.dxf", [word for side in sides for word in polyline("RED", side, False)])


def main() -> None:
    """Write all files."""
    for file in HERE.iterdir():
        if file.name not in ("make_corpus.py", "__pycache__"):
            file.unlink()
    make_geopackages()
    make_curve()
    make_shapefiles()
    make_geojson()
    make_marked_up()
    make_drawings()


if __name__ == "__main__":
    main()
