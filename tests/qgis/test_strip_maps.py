# SPDX-License-Identifier: GPL-2.0-or-later
"""Strip maps as they are printed: read back with poppler, and measured in the layout."""

from __future__ import annotations

import html
import re
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdf
import pytest
import shapely
from osgeo import gdal
from pyproj import Geod
from qgis.core import (
    QgsDistanceArea,
    QgsFeature,
    QgsGeometry,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsProcessingException,
    QgsReadWriteContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QImage

from eco_onemap.cli.main import run as run_cli
from eco_onemap.core.assess import assess
from eco_onemap.core.errors import Cancelled, OutputError
from eco_onemap.core.progress import NoProgress
from eco_onemap.core.results.inputs import inputs_of, inputs_table
from eco_onemap.layout.office_layout import STRIP_LAYOUT, read_office_layout
from eco_onemap.layout.page_texts import page_texts
from eco_onemap.layout.paper import PaperSize
from eco_onemap.layout.record import site_record
from eco_onemap.layout.strips import strip_pages
from eco_onemap.layout.strips.routes import StripPlan
from eco_onemap.layout.strips.stripmap import build_strip_sheets, export_strip_maps
from eco_onemap.layout.strips.windows import BEYOND_MM
from eco_onemap.outputs.geopackage import write_geopackage
from eco_onemap.readers.files import FileLayers
from tests.layout.town import assess_town, line, rect, write_town
from tests.qgis.pdf_files import pixels_of

GEOD = Geod(a=6378137.0, rf=298.257222101)

# 6 km, from the west through the red line (y 200 to 900, x -600 to 1000), to the north-east
ROAD = line((-1500, 100), (-200, 500), (600, 550), (2500, 1800), (3200, 3600))
LINES = {"L-1": ("滨江公路", ROAD), "S-1": ("滨江化工", rect(0, 0, 400, 300))}


def run(*command) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def text_of(pdf: Path, page: int) -> str:
    """All text of a page without blanks and line breaks, full-width punctuation as half-width."""
    raw = run("pdftotext", "-raw", "-f", str(page), "-l", str(page), pdf, "-")
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", raw))


@pytest.fixture(scope="module")
def town(tmp_path_factory, qgis_app):
    return assess_town(write_town(tmp_path_factory.mktemp("town")), LINES)


@pytest.fixture(scope="module")
def made(town, tmp_path_factory):
    path = tmp_path_factory.mktemp("strips") / "strips.pdf"
    return export_strip_maps(town, path, "zh", NoProgress(), StripPlan(scale=10_000), images=True)


@pytest.fixture(scope="module")
def layouts(town):
    """The layouts of the road's sheets at 1:10000 on A4."""
    return build_strip_sheets(town, "L-1", "zh", StripPlan(scale=10_000))


def test_every_sheet_is_a_page_of_one_file(made):
    info = run("pdfinfo", made.pdf)
    assert f"Pages:           {made.sheets}\n" in info
    assert made.sheets == 3  # of 6 km at 2.4 km a sheet; the area beside it has none
    width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+) pts", info).groups())
    assert (width, height) == pytest.approx((841.89, 595.28), abs=1)
    assert [image.name for image in made.images] == [f"strips_00{n}.png" for n in (1, 2, 3)]
    assert all(QImage(str(image)).width() == int(297 / 25.4 * 300) for image in made.images)


def test_bookmarks_lead_to_each_sheet(made):
    told = run("pdftohtml", "-xml", "-i", "-stdout", made.pdf)
    items = re.findall(r'<item page="(\d+)">(.*?)</item>', told)
    marks = [(int(page), html.unescape(title)) for page, title in items]
    assert [page for page, _ in marks] == [1, 2, 3]
    assert marks[0][1].startswith("第 1 幅，共 3 幅：K0+000–K")


def test_all_text_is_text_in_an_embedded_font(made):
    fonts = run("pdffonts", made.pdf).splitlines()[2:]
    assert fonts
    for font in fonts:
        embedded, _subset, mapped_to_unicode = font.split()[-5:-2]
        assert (embedded, mapped_to_unicode) == ("yes", "yes")


def test_sheets_say_where_they_are_and_what_the_line_crosses(made, town):
    first, last = text_of(made.pdf, 1), text_of(made.pdf, 3)
    for wanted in (
        "滨江公路沿线生态环境带状图",
        "第1幅,共3幅",
        "比例尺1:10000",
        "接图线K",
        "接第2幅",
    ):
        assert wanted in first
    assert "接第2幅" in last
    assert "接第4幅" not in last
    (row,) = [
        row
        for row in town.further["crossing"].rows()
        if (row["site_id"], row["layer_id"], row["scope"]) == ("L-1", "redline", "feature")
    ]
    assert row["chainage"] in first  # with the dash as it is typed
    assert "北山水源涵养红线" in first
    assert "北山水源涵养红线" not in last


def test_the_english_sheet_speaks_english(town, tmp_path):
    path = tmp_path / "en.pdf"
    made = export_strip_maps(town, path, "en", NoProgress(), StripPlan(PaperSize.A3, 10_000))
    text = text_of(path, 1)
    assert made.sheets == 2
    for wanted in ("Environmentalstripmap:", "Sheet1of2", "MatchlineK", "Keymap", "Legend"):
        assert wanted in text
    assert "图例" not in text


def test_the_printed_scale_is_the_maps(layouts):
    for item in named(layouts, "map"):
        assert item.scale() == pytest.approx(10_000, rel=1e-6)


def named(layouts, name):
    """The items with a name, sheet by sheet."""
    items = [item for layout in layouts for item in layout.items()]
    return [item for item in items if isinstance(item, QgsLayoutItem) and item.id() == name]


def test_the_line_runs_along_each_map_between_its_match_lines(town, layouts):
    """By QGIS's own turning of the map: where on the page the chainages of the title lie."""
    whole = GEOD.geometry_length(site_record(town, "L-1", "zh").geometry)
    for item, title in zip(named(layouts, "map"), named(layouts, "subtitle"), strict=True):
        spans = re.findall(r"K(\d+)\+(\d+)", title.text())
        assert len(spans) == 2
        ends = [
            ROAD.interpolate((1000 * int(km) + int(metres)) / whole * ROAD.length)
            for km, metres in spans
        ]
        to_page = item.layoutToMapCoordsTransform().inverted()[0]
        first, last = (to_page.map(end.x, end.y) for end in ends)
        box = item.mapRectToScene(item.rect())
        assert first[1] == pytest.approx(last[1], abs=0.3)  # level
        assert box.left() + BEYOND_MM - 0.3 <= first[0] < last[0] <= box.right() - BEYOND_MM + 0.3


def test_the_arrow_is_turned_with_the_map(layouts):
    for arrow, item in zip(named(layouts, "north"), named(layouts, "map"), strict=True):
        # true north is 0.4° off grid north here, 98 km east of the central meridian
        off = (arrow.pictureRotation() - item.mapRotation() + 180) % 360 - 180
        assert off == pytest.approx(0, abs=0.6)
        assert abs(item.mapRotation()) > 10


def test_words_at_match_lines_stand_upright_in_the_map(layouts):
    matches = named(layouts, "match")
    assert len(matches) == 4  # two between three sheets, each on both
    for item in matches:
        assert item.itemRotation() == 270
        around = item.mapRectToScene(item.rect())
        main = item.layout().itemById("map")
        assert main.mapRectToScene(main.rect()).contains(around)


def test_chainages_agree_with_qgis(processing_module, town):
    """Where QGIS's native:lineintersections crosses the red line's border, how far along?"""
    degrees = site_record(town, "L-1", "zh").geometry
    entry = next(e for e in town.catalogue.layers if e.id == "redline")
    road = memory_layer("LineString", degrees)
    zone = QgsVectorLayer(f"{entry.source}|layername=redline", "redline", "ogr")
    moved = processing_module.run(
        "native:reprojectlayer",
        {"INPUT": zone, "TARGET_CRS": "EPSG:4490", "OUTPUT": "memory:"},
    )["OUTPUT"]
    borders = processing_module.run(
        "native:polygonstolines", {"INPUT": moved, "OUTPUT": "memory:"}
    )["OUTPUT"]
    crossed = processing_module.run(
        "native:lineintersections",
        {"INPUT": road, "INTERSECT": borders, "OUTPUT": "memory:"},
    )["OUTPUT"]
    measure = QgsDistanceArea()
    measure.setEllipsoid("PARAMETER:6378137:6356752.314140356")
    line_ = QgsGeometry.fromWkt(degrees.wkt)
    found = []
    for feature in crossed.getFeatures():
        part = processing_module.run(
            "native:linesubstring",
            {
                "INPUT": road,
                "START_DISTANCE": 0.0,
                "END_DISTANCE": line_.lineLocatePoint(feature.geometry()),
                "OUTPUT": "memory:",
            },
        )["OUTPUT"]
        found += [measure.measureLength(one.geometry()) for one in part.getFeatures()]
    (row,) = [
        row
        for row in town.further["crossing"].rows()
        if (row["site_id"], row["layer_id"], row["scope"]) == ("L-1", "redline", "layer")
    ]
    # the zone's long edges are straight in the plane there and densified here: millimetres
    assert sorted(found) == pytest.approx([row["from_m"], row["to_m"]], abs=0.05)


def memory_layer(kind, geometry):
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:4490", "memory", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(geometry.wkt))
    layer.dataProvider().addFeatures([feature])
    return layer


@pytest.fixture(scope="module")
def geopdf(town, tmp_path_factory):
    """The road at 1:10000 on A4, its maps with coordinates."""
    path = tmp_path_factory.mktemp("geopdf") / "strips.pdf"
    plan = StripPlan(scale=10_000, with_coordinates=True)
    export_strip_maps(town, path, "zh", NoProgress(), plan)
    return path


def corners_of(pdf, page):
    """The corners of the ground of a page's main map as GDAL reads them, and its pixels' places."""
    dataset = gdal.OpenEx(f"PDF:{page + 1}:{pdf}", open_options=["DPI=300"])
    return shapely.from_wkt(dataset.GetMetadataItem("NEATLINE")), dataset.GetGeoTransform()


def test_corners_of_turned_maps_lie_where_qgis_shows_them(geopdf, layouts):
    tenth_mm = 1e-4 * 10_000
    for page, item in enumerate(named(layouts, "map")):
        found, _ = corners_of(geopdf, page)
        wanted = {(point.x(), point.y()) for point in item.visibleExtentPolygon()}
        assert len(wanted) == 4
        places = shapely.get_coordinates(found)
        for corner in wanted:
            assert np.hypot(*(places - corner).T).min() < tenth_mm


def test_the_scale_measured_on_a_printed_sheet_is_the_printed_one(geopdf):
    """Ground between the corners of the map, over the millimetres of its frame on the page."""
    for page, sheet in enumerate(pypdf.PdfReader(geopdf).pages):
        found, _ = corners_of(geopdf, page)
        ground = np.hypot(*np.diff(shapely.get_coordinates(found), axis=0).T)
        left, low, right, up = map(float, sheet["/VP"][0]["/BBox"])
        paper = np.array([right - left, up - low]) * 0.0254 / 72
        assert ground.max() / paper.max() == pytest.approx(10_000, rel=1e-4)
        assert ground.min() / paper.min() == pytest.approx(10_000, rel=1e-4)
        assert "比例尺1:10000" in text_of(geopdf, page + 1)


def test_the_line_is_drawn_where_the_coordinates_say(geopdf, tmp_path):
    """Its middle, of the magenta pixels around a place of the line, to 0.1 mm."""
    _, (x0, x_column, x_row, y0, y_column, y_row) = corners_of(geopdf, 0)
    to_ground = np.array([[x_column, x_row], [y_column, y_row]])
    pixels = pixels_of(geopdf, 0, tmp_path)
    magenta = (np.abs(pixels - (0xE6, 0x00, 0x7E)) < 40).all(axis=2)
    start, end = (np.array(ROAD.coords[n]) for n in (0, 1))
    along = np.linalg.solve(to_ground, end - start)
    across = np.array([-along[1], along[0]]) / np.hypot(*along)
    for share in (0.35, 0.55):  # clear of labels of the chainage
        place = np.linalg.solve(to_ground, start + share * (end - start) - (x0, y0))
        column, row = map(int, place)
        rows, columns = np.nonzero(magenta[row - 12 : row + 13, column - 12 : column + 13])
        assert len(rows) > 50
        middle = np.array([columns.mean() + column - 11.5, rows.mean() + row - 11.5])
        assert abs((middle - place) @ across) < 300 / 25.4 * 0.1


def test_each_map_of_a_strip_sheet_has_its_coordinates(geopdf, made):
    pages = pypdf.PdfReader(geopdf).pages
    assert [[str(port["/Name"]) for port in page["/VP"]] for page in pages] == [
        ["map", "locator"]
    ] * 3
    assert not any("/VP" in page for page in pypdf.PdfReader(made.pdf).pages)


def test_an_office_lays_out_strip_sheets(town, tmp_path):
    """What is moved moves on every sheet, a logo is added once, what the line places stays."""
    (first, *_) = build_strip_sheets(town, "L-1", "zh", StripPlan(scale=10_000))
    first.itemById("notes").attemptSetSceneRect(QRectF(20, 190, 100, 6))
    bars = [item for item in first.items() if getattr(item, "id", str)().startswith("bar_")]
    assert bars
    for item in bars:
        item.attemptSetSceneRect(QRectF(0, 0, 5, 5))
    first.itemById("match").attemptSetSceneRect(QRectF(0, 0, 5, 5))
    stamp = QgsLayoutItemLabel(first)
    stamp.setText("某某设计院")
    stamp.setId("stamp")
    first.addLayoutItem(stamp)
    stamp.attemptSetSceneRect(QRectF(240, 9, 40, 8))
    assert first.saveAsTemplate(str(tmp_path / STRIP_LAYOUT), QgsReadWriteContext())
    template, problem = read_office_layout(tmp_path, STRIP_LAYOUT)
    assert problem is None
    plain = build_strip_sheets(town, "L-1", "zh", StripPlan(scale=10_000))
    dressed = build_strip_sheets(town, "L-1", "zh", StripPlan(scale=10_000, template=template))
    assert len(dressed) == len(plain) == 3
    for one, other in zip(plain, dressed, strict=True):
        assert (other.itemById("notes").pos().x(), other.itemById("notes").pos().y()) == (20, 190)
        assert other.itemById("notes").text() == one.itemById("notes").text()
        assert other.itemById("map").scale() == pytest.approx(10_000)
        places = [sorted(map(place_of, layout_items(layout))) for layout in (one, other)]
        moved = [place for place in places[1] if place not in places[0]]
        assert sorted(name for name, *_ in moved) == ["notes", "stamp"]


def layout_items(layout):
    return [item for item in layout.items() if isinstance(item, QgsLayoutItem) and item.id()]


def place_of(item):
    place = item.pos()
    return item.id(), round(place.x(), 2), round(place.y(), 2)


def test_a_line_begins_at_the_chainage_that_its_file_states(town):
    """And runs the other way, on sheets as in the table; the grid of labels follows."""
    details = {
        **town.sites.details,
        "start_chainage": np.array(["K12+340", ""], dtype=object),
        "chainage_direction": np.array(["reversed", ""], dtype=object),
    }
    stated = replace(town.sites, details=details)
    again = assess(stated, town.catalogue, town.packs, town.options, FileLayers())
    first, *_, last = build_strip_sheets(again, "L-1", "zh", StripPlan(scale=10_000))
    whole = GEOD.geometry_length(site_record(town, "L-1", "zh").geometry)
    assert "K12+340–" in first.itemById("subtitle").text()
    km, metres = divmod(round(12_340 + whole), 1000)
    assert f"–K{km}+{metres:03d}" in last.itemById("subtitle").text()
    assert (
        "桩号与" in first.itemById("warnings").text() or "相反" in first.itemById("warnings").text()
    )


def test_classes_of_a_raster_stand_on_the_sheets_where_the_line_meets_them(town):
    """The cell of high risk lies in the north-west corner; the line leaves it southwards."""
    south = assess_town(town.catalogue, {"L": ("北线", line((-9800, 9700), (-9800, 2000)))})
    first, *_, last = build_strip_sheets(south, "L", "zh", StripPlan(scale=10_000))
    legends = [
        {text for name, text in page_texts(layout) if name == "legend"} for layout in (first, last)
    ]
    assert {"海域环境风险 高", "海域环境风险 低"} <= legends[0]
    assert "海域环境风险 低" in legends[1]
    assert "海域环境风险 高" not in legends[1]
    bars = [item for item in first.items() if getattr(item, "id", str)() == "bar_risk"]
    edges = {bar.symbol().symbolLayer(0).strokeColor().name() for bar in bars}
    raster = next(one for one in first.itemById("map").layers() if hasattr(one, "bandCount"))
    colours = {one.color.name() for one in raster.renderer().classes() if one.value in (1, 4)}
    assert edges == colours
    tables = [text for name, text in page_texts(first) if name == "crossings"]
    assert "高" in tables


def test_strip_sheets_verify_themselves(town, tmp_path, monkeypatch, capsys):
    path = tmp_path / "strips.pdf"
    plan = StripPlan(scale=10_000)
    export_strip_maps(town, path, "zh", NoProgress(), plan)
    assert run_cli(["verify", str(path), "--language", "en"]) == 0
    assert "Its text is as it was made." in capsys.readouterr().out
    (row,) = [
        row
        for row in town.further["crossing"].rows()
        if (row["site_id"], row["layer_id"], row["scope"]) == ("L-1", "redline", "feature")
    ]
    stretch = row["chainage"]
    other = stretch.replace("+", "+9", 1)

    def then_edited(layout):
        told = page_texts(layout)
        for item in layout.items():
            if isinstance(item, QgsLayoutItemLabel) and stretch in item.text():
                item.setText(item.text().replace(stretch, other))
        return told

    monkeypatch.setattr(strip_pages, "page_texts", then_edited)
    export_strip_maps(town, path, "zh", NoProgress(), plan)
    assert run_cli(["verify", str(path), "--language", "en"]) == 1
    told = capsys.readouterr().out
    changes = [line.split("stands where") for line in told.splitlines() if "stands where" in line]
    assert len(changes) == 2  # in its bar, on both sheets that it runs over
    for found, expected in changes:
        assert other.replace("–", "-") in found
        assert stretch in expected


def test_without_lines_there_is_nothing_to_draw(town, tmp_path):
    areas = assess_town(town.catalogue, {"S-1": LINES["S-1"]})
    with pytest.raises(OutputError, match="no line to draw"):
        export_strip_maps(areas, tmp_path / "none.pdf", "en", NoProgress())
    assert list(tmp_path.iterdir()) == []


def test_results_without_the_table_are_refused(town, tmp_path):
    old = replace(town, further={})
    with pytest.raises(OutputError, match="no table 'crossing'"):
        export_strip_maps(old, tmp_path / "none.pdf", "en", NoProgress())


@pytest.mark.parametrize("scale", [100, 2_000_000])
def test_no_usual_scale_is_refused(scale):
    with pytest.raises(OutputError, match=f"1:{scale} is too"):
        StripPlan(scale=scale)


def test_too_many_sheets_are_refused_with_their_number(town, tmp_path):
    long = assess_town(town.catalogue, {"L": ("长线", line((0, 0), (60_000, 0)))})
    with pytest.raises(OutputError, match="more than 200; give a smaller scale"):
        export_strip_maps(long, tmp_path / "long.pdf", "en", NoProgress(), StripPlan(scale=500))


def test_a_stop_leaves_the_file_as_it_was(town, tmp_path):
    class Stop(NoProgress):
        asked = 0

        def is_cancelled(self):
            self.asked += 1
            return self.asked > 2

    path = tmp_path / "strips.pdf"
    path.write_bytes(b"before")
    with pytest.raises(Cancelled):
        export_strip_maps(town, path, "zh", Stop(), StripPlan(scale=10_000))
    assert path.read_bytes() == b"before"


def test_the_algorithm_draws_stored_results(processing_module, town, tmp_path):
    results = tmp_path / "results.gpkg"
    told = town.in_language("zh")
    tables = (*told.tables, inputs_table(inputs_of(told)))
    write_geopackage(results, tables, "town")
    catalogue = tmp_path / "onemap.yaml"
    catalogue.write_text(catalogue_text(town), encoding="utf-8")
    parameters = {
        "RESULTS": str(results),
        "CATALOGUE": str(catalogue),
        "SIZE": "A4",
        "SCALE": 10_000,
        "OUTPUT": str(tmp_path / "new" / "strips.pdf"),
    }
    result = processing_module.run("ecoonemap:makestripmaps", parameters)
    assert result["SHEETS"] == 3
    assert "北山水源涵养红线" in text_of(Path(result["OUTPUT"]), 1)
    with pytest.raises(QgsProcessingException, match="onemap"):
        processing_module.run(
            "ecoonemap:makestripmaps", {**parameters, "CATALOGUE": str(tmp_path / "no_onemap.yaml")}
        )


def catalogue_text(town) -> str:
    """The town's catalogue as a file, its layers by their whole paths."""
    lines = ["onemap: 1", f"title: {town.catalogue.title}", "layers:"]
    for entry in town.catalogue.layers:
        fields = ", ".join(f"{name}: {field}" for name, field in entry.fields.items())
        lines += [
            f"  - id: {entry.id}",
            f"    role: {entry.role}",
            f"    title: {entry.title}",
            f"    source: {entry.source}",
            f"    fields: {{{fields}}}",
            "    coverage: complete",
        ]
    return "\n".join(lines) + "\n"
