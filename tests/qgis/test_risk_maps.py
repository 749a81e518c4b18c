# SPDX-License-Identifier: GPL-2.0-or-later
"""Risk maps as they are printed: read back with poppler, measured on paper and in the layout."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import fiona
import numpy as np
import pytest
from qgis.core import (
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QFont, QFontMetricsF, QImage
from shapely.geometry import mapping

from eco_onemap.core.errors import Cancelled, OutputError
from eco_onemap.core.layers.catalogue import CoverageEntry, CoverageKind, LayerEntry
from eco_onemap.core.progress import NoProgress
from eco_onemap.layout.labels import font_family
from eco_onemap.layout.legend_items import legend_size
from eco_onemap.layout.paper import Box, Paper, PaperSize
from eco_onemap.layout.riskmap import build_risk_map, export_risk_image, export_risk_maps
from eco_onemap.layout.sheet_pages import SheetPages
from eco_onemap.layout.text_fit import text_width_mm
from tests.layout.sheets import A4
from tests.layout.town import (
    PLANE,
    SITES,
    Layer,
    assess_town,
    line,
    point,
    rect,
    town_layers,
    write_layer,
    write_town,
)

MM_PER_PIXEL = 25.4 / 200  # pages are looked at with 200 dots per inch


def run(*command) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def text_of(pdf: Path) -> str:
    """All text without blanks and line breaks, full-width punctuation as half-width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", run("pdftotext", "-raw", pdf, "-")))


def words_of(pdf: Path) -> dict[str, float]:
    """Each word's middle in millimetres from the left edge (of its last place)."""
    found = re.findall(
        r'<word xMin="([\d.]+)".*?xMax="([\d.]+)".*?>(.*?)</word>',
        run("pdftotext", "-bbox", pdf, "-"),
    )
    return {word: (float(a) + float(b)) / 2 * 25.4 / 72 for a, b, word in found}


def pixels_of(pdf: Path, folder: Path) -> np.ndarray:
    """The page as an array of red, green, blue."""
    run("pdftoppm", "-r", "200", "-png", "-singlefile", pdf, folder / "page")
    image = QImage(str(folder / "page.png")).convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


@pytest.fixture(scope="module")
def town(tmp_path_factory, qgis_app):
    folder = tmp_path_factory.mktemp("town")
    return assess_town(write_town(folder))


@pytest.fixture(scope="module")
def maps(town, tmp_path_factory):
    return {
        language: export_risk_maps(town, tmp_path_factory.mktemp(language), language, NoProgress())
        for language in ("zh", "en")
    }


@pytest.fixture(scope="module")
def chinese(maps):
    return maps["zh"]["S-1"]


def drawn(assessment, folder, site_id="S-1", language="zh") -> Path:
    folder.mkdir(exist_ok=True)
    return export_risk_maps(assessment, folder, language, NoProgress())[site_id]


def test_each_site_has_its_own_file(maps):
    assert {site: path.name for site, path in maps["zh"].items()} == {
        "S-1": "S-1.pdf",
        "S/2": "S_2.pdf",
    }
    assert all(path.read_bytes().startswith(b"%PDF") for path in maps["en"].values())


def test_a_sheet_is_one_page_of_a4_landscape(chinese):
    info = run("pdfinfo", chinese)
    assert re.search(r"Pages:\s+1\n", info)
    width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+) pts", info).groups())
    assert (width, height) == pytest.approx((841.89, 595.28), abs=1)


def test_the_file_names_no_user(chinese):
    assert not re.search(r"Author:\s*\S", run("pdfinfo", chinese))
    assert str(chinese.parent).encode() not in chinese.read_bytes()


def test_all_text_is_text_in_an_embedded_chinese_font(chinese):
    fonts = run("pdffonts", chinese).splitlines()[2:]
    assert fonts
    for font in fonts:
        assert font.split()[0].endswith(("CJKsc-Regular", "CJKsc-Bold"))
        embedded, _subset, mapped_to_unicode = font.split()[-5:-2]
        assert (embedded, mapped_to_unicode) == ("yes", "yes")


def test_text_is_found_as_it_is_typed(chinese):
    assert not re.search(r"[\u2e80-\u2fdf]", run("pdftotext", chinese, "-"))


def test_the_chinese_sheet_says_all_that_it_must(chinese):
    text = text_of(chinese)
    for wanted in (
        "滨江化工项目选址生态环境风险图",
        "编号S-1",
        "1:25000",
        "禁止",
        "《生态环境法典》第60条",
        "2000国家大地坐标系(CGCS2000)/高斯-克吕格3度带中央经线117°",
        "评价基准日2026-11-23",
        "cn-test2026.11",
        "内部资料注意保存",
        "虚构数据",
        "2024动态更新、2024-06-30、虚构市自然资源局",
        "不替代主管部门",
        "500m",
        "1000m",
        "位置示意图",
    ):
        assert wanted in text


def test_the_english_sheet_speaks_english(maps):
    text = text_of(maps["en"]["S-1"])
    for wanted in (
        "Environmentalriskmapforsiting",
        "Scale1:25000",
        "Prohibited",
        "Legend",
        "Onthesite",
        "FICTIONALDATA",
        "centralmeridian117°",
    ):
        assert wanted in text
    assert "图例" not in text


def test_the_legend_explains_only_what_is_on_the_sheet(town):
    layout = build_risk_map(town, "S-1", "zh")
    legend = next(item for item in layout.items() if isinstance(item, QgsLayoutItemLegend))
    groups = {
        group.name(): {layer.customProperty("legend/title-label") for layer in group.findLayers()}
        for group in legend.model().rootGroup().children()
    }
    assert groups["项目范围内"] == {
        "生态保护红线",
        "环境管控单元 优先保护",
        "环境管控单元 重点管控",
        "海域环境风险 低",
        "行政区划",
    }
    assert groups["图幅内其他"] == {
        "饮用水水源保护区 一级",
        "饮用水水源保护区 二级",
        "环境敏感目标",
        "海岸线 自然岸线",
    }


def test_the_legend_in_print_shows_each_entry_once(chinese):
    text = text_of(chinese)
    assert "环境管控单元优先保护" in text
    assert "一般管控" not in text  # a class far away
    assert "准保护区" not in text  # a class that is nowhere
    assert "海域环境风险高" not in text  # one cell far away


def test_printed_scale_is_the_maps_scale(town):
    layout = build_risk_map(town, "S-1", "zh")
    item = layout.itemById("map")
    assert item.scale() == pytest.approx(25_000, rel=1e-6)
    metres_per_mm = item.extent().width() / item.rect().width()
    assert metres_per_mm * 1000 == pytest.approx(25_000, rel=1e-6)
    assert layout.itemById("scale").text() == "比例尺 1:25000"
    assert f"1:{layout.itemById('detail').scale():.0f}" in layout.itemById("detail_caption").text()


def test_a_known_distance_on_paper_has_the_printed_scale(chinese, tmp_path):
    """The site is 400 m × 300 m: 16 mm × 12 mm, from middle to middle of its outline."""
    left, top = int((A4.map.x_mm + 70) / MM_PER_PIXEL), int((A4.map.y_mm + 55) / MM_PER_PIXEL)
    size = int(40 / MM_PER_PIXEL)  # the middle of the map, away from the insets
    page = pixels_of(chinese, tmp_path)[top : top + size, left : left + size]
    magenta = (np.abs(page - (0xE6, 0x00, 0x7E)) < 40).all(axis=2)
    rows, columns = np.flatnonzero(magenta.any(axis=1)), np.flatnonzero(magenta.any(axis=0))
    outline_mm = 0.6  # drawn half outside
    width = np.ptp(columns) * MM_PER_PIXEL - outline_mm
    height = np.ptp(rows) * MM_PER_PIXEL - outline_mm
    assert width == pytest.approx(16.0, abs=0.4)
    assert height == pytest.approx(12.0, abs=0.4)


def test_the_scale_bar_measures_what_it_says(chinese):
    words = words_of(chinese)
    # 0 to 500 m are 20 mm at 1:25000
    assert words["500"] - words["250"] == pytest.approx(10.0, abs=0.3)
    assert words["750"] - words["250"] == pytest.approx(20.0, abs=0.3)


def test_items_stand_on_the_page_and_apart(town):
    layout = build_risk_map(town, "S-1", "zh")
    names = [
        "title",
        "subtitle",
        "secrecy",
        "fiction",
        "map",
        "verdict_box",
        "table",
        "legend_box",
        "scale",
        "scale_bar",
        "crs_note",
        "sources",
        "notes",
    ]
    boxes = {}
    for name in names:
        item = layout.itemById(name)
        rect_ = item.mapRectToScene(item.rect())
        boxes[name] = Box(rect_.x(), rect_.y(), rect_.width(), rect_.height())
    for name, box in boxes.items():
        assert box.within(A4.page), name
        for other, second in boxes.items():
            assert name == other or not box.overlaps(second), (name, other)


def test_no_name_of_the_map_runs_below_what_stands_on_it(town):
    layout = build_risk_map(town, "S-1", "zh")
    main = layout.referenceMap()
    ground = main.sceneBoundingRect()
    items = [item for item in layout.items() if isinstance(item, QgsLayoutItem)]
    blocking = {item.id() for item in items if main.isLabelBlockingItem(item)}
    assert {"detail", "detail_head", "north_box"} <= blocking
    has_locator = layout.itemById("locator").sceneBoundingRect().intersects(ground)
    assert ("locator" in blocking) == has_locator
    assert all(layout.itemById(name).sceneBoundingRect().intersects(ground) for name in blocking)


def test_the_estimate_of_text_width_is_never_too_small(qgis_app):
    samples = [
        "海湾市滨海新区石化产业园区",
        "Environmental risk map for siting",
        "1:25000",
        "2026-11-23 (CGCS2000) / 12.3456",
        "WWW mmm @@ %%",
        "2 处：ZH9901011",
        "abcxyz",
    ]
    for bold in (False, True):
        font = QFont(font_family())
        font.setPixelSize(1000)  # of one em
        font.setBold(bold)
        for sample in samples:
            drawn_em = QFontMetricsF(font).horizontalAdvance(sample) / 1000
            assert drawn_em * 10 * 25.4 / 72 <= text_width_mm(sample, 10, bold) + 1e-6, sample


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 20, 40, 60])
def test_the_legend_takes_no_more_room_than_it_was_given(count, tmp_path):
    """Layers of a free role around the site, every third with a name of two lines."""
    names = ["图层", "中等长度的图层名称", "海湾市滨海新区陆源入海污染物总量控制与生态补偿试点单元"]
    layers = [
        Layer(
            f"l{n}",
            "own_role",
            f"{names[n % 3]}{n}",
            [(rect(20 * n, 20 * n, 300, 300), {"code": str(n)})],
            {"id": "code"},
        )
        for n in range(count)
    ]
    town = assess_town(write_town(tmp_path, layers))
    layout = build_risk_map(town, "S-1", "zh")
    legend = next(item for item in layout.items() if isinstance(item, QgsLayoutItemLegend))
    size = legend_size(legend)
    assert size.height() <= legend.rect().height() + 0.01
    assert size.width() <= legend.rect().width() + 0.01
    shown = len(legend.model().rootGroup().findLayers())
    more = layout.itemById("legend_more")
    assert (more is None) == (shown == count + 3)  # the risk grid, site, rings
    if more is not None:
        assert str(count + 3) in more.text()


def test_a_damaged_layer_still_gives_a_map_that_says_so(tmp_path):
    town = assess_town(write_town(tmp_path))
    (tmp_path / "redline.gpkg").write_bytes(b"no longer a GeoPackage")
    pdf = drawn(town, tmp_path / "maps")
    assert "未能绘制:生态保护红线" in text_of(pdf)
    assert "环境管控单元优先保护" in text_of(pdf)


def test_a_missing_layer_is_told_in_the_table_too(tmp_path):
    catalogue = write_town(tmp_path)
    (tmp_path / "water.gpkg").unlink()
    pdf = drawn(assess_town(catalogue), tmp_path / "maps")
    assert "未能绘制" in text_of(pdf)
    assert "未能载入" in text_of(pdf)


def test_ground_outside_the_coverage_is_hatched_and_explained(tmp_path):
    # water zones are mapped west of x = 1000 only
    write_layer(
        tmp_path / "mapped.gpkg",
        Layer("mapped", "", "", [(rect(-9000, -9000, 10_000, 18_000), {"code": "1"})]),
    )
    coverage = CoverageEntry(CoverageKind.FILE, str(tmp_path / "mapped.gpkg"))
    layers = [
        replace(layer, more={**layer.more, "coverage": coverage}) if layer.id == "water" else layer
        for layer in town_layers()
    ]
    town = assess_town(write_town(tmp_path, layers))
    layout = build_risk_map(town, "S-1", "zh")
    unmapped = next(
        layer for layer in layout.itemById("map").layers() if layer.name() == "@unmapped"
    )
    assert unmapped.extent().xMinimum() == pytest.approx(601_000, abs=0.5)
    assert "未填图:饮用水水源保护区" in text_of(drawn(town, tmp_path / "maps"))


def test_nearest_lines_are_as_long_as_they_say(town):
    layout = build_risk_map(town, "S-1", "zh")
    layers = {layer.name(): layer for layer in layout.itemById("map").layers()}
    lengths = sorted(f.geometry().length() for f in layers["@nearest"].getFeatures())
    # the school 50 m west, the second-class zone 400 m east, the coast 800 m south
    assert lengths == pytest.approx([50, 400, 800], rel=1e-4)
    labels = {f["label"] for f in layers["@nearest_labels"].getFeatures()}
    assert any(re.search(r"饮用水水源保护区\s*399\.9", label) for label in labels)


@pytest.mark.parametrize(
    ("shape", "kind"), [(point(100, 250), "point"), (line((-300, 100), (900, 400)), "line")]
)
def test_points_and_lines_are_sites_too(shape, kind, tmp_path):
    town = assess_town(write_town(tmp_path), {"P": ("取水泵站", shape)})
    text = text_of(drawn(town, tmp_path / "maps", "P"))
    assert "取水泵站项目选址生态环境风险图" in text
    assert ("长度" in text) == (kind == "line")


def test_without_rings_and_neighbours_the_site_fills_the_map(tmp_path):
    only = [layer for layer in town_layers() if layer.id == "units"]
    town = assess_town(write_town(tmp_path, only), rings=())
    layout = build_risk_map(town, "S-1", "zh")
    assert layout.itemById("map").scale() == pytest.approx(5000)  # 400 m on 180 mm · 0.92
    assert layout.itemById("detail") is None
    assert layout.itemById("locator") is None


def test_attributes_are_found_under_the_sources_own_names(town):
    layout = build_risk_map(town, "S-1", "zh")
    layers = {layer.name(): layer for layer in layout.itemById("map").layers()}
    assert layers["环境管控单元"].renderer().classAttribute() == "FL"
    assert layers["饮用水水源保护区"].renderer().classAttribute() == "JB"


def test_a_layer_without_its_class_attribute_has_one_symbol(tmp_path):
    layers = [
        replace(layer, fields={"id": "code"}) if layer.id == "water" else layer
        for layer in town_layers()
    ]
    layout = build_risk_map(assess_town(write_town(tmp_path, layers)), "S-1", "zh")
    layers = {layer.name(): layer for layer in layout.itemById("map").layers()}
    assert layers["饮用水水源保护区"].renderer().type() == "singleSymbol"


def test_a_layer_of_areas_and_points_is_drawn_as_both(tmp_path):
    catalogue = write_town(tmp_path)
    schema = {"geometry": "Unknown", "properties": {"code": "str", "JD": "str"}}
    rows = [
        (rect(300, 0, 50, 50), {"code": "A", "JD": "修复"}),  # an area on the site
        (point(100, -300), {"code": "B", "JD": "调查"}),  # a point south of it
    ]
    with fiona.open(
        tmp_path / "soil.gpkg", "w", driver="GPKG", crs=PLANE, schema=schema, layer="soil"
    ) as file:
        file.writerecords({"geometry": mapping(shape), "properties": row} for shape, row in rows)
    soil = LayerEntry(
        "soil",
        "soil_register",
        "土壤名录",
        str(tmp_path / "soil.gpkg"),
        layer="soil",
        fields={"id": "code", "name": "code", "stage": "JD"},
        coverage=CoverageEntry(CoverageKind.COMPLETE),
    )
    town = assess_town(replace(catalogue, layers=(*catalogue.layers, soil)))
    layout = build_risk_map(town, "S-1", "zh")
    parts = [layer for layer in layout.itemById("map").layers() if layer.name() == "土壤名录"]
    assert sorted(layer.featureCount() for layer in parts) == [1, 1]
    text = text_of(drawn(town, tmp_path / "maps"))
    assert "土壤名录修复" in text
    assert "土壤名录调查" in text
    assert text.count("土壤名录(1") <= 1  # one layer, one source


def test_the_catalogue_gives_the_crs_that_a_layer_lacks(tmp_path):
    catalogue = write_town(tmp_path)
    schema = {"geometry": "Point", "properties": {"code": "str", "MC": "str"}}
    with fiona.open(
        tmp_path / "new.shp", "w", driver="ESRI Shapefile", schema=schema, encoding="GB18030"
    ) as file:
        place = mapping(point(200, -500))
        file.write({"geometry": place, "properties": {"code": "1", "MC": "无坐标系的学校"}})
    entries = [
        replace(entry, source=str(tmp_path / "new.shp"), layer="", crs=PLANE, encoding="GB18030")
        if entry.id == "schools"
        else entry
        for entry in catalogue.layers
    ]
    town = assess_town(replace(catalogue, layers=tuple(entries)))
    assert "无坐标系的学校" in text_of(drawn(town, tmp_path / "maps"))


def test_the_users_project_and_files_are_left_alone(tmp_path):
    catalogue = write_town(tmp_path)
    town = assess_town(catalogue)
    mine = QgsVectorLayer("Point?crs=EPSG:4490", "mine", "memory")
    QgsProject.instance().addMapLayer(mine)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    target = tmp_path.parent / f"{tmp_path.name}_maps"
    drawn(town, target)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert sorted(path.name for path in target.iterdir()) == ["S-1.pdf", "S_2.pdf"]
    assert list(QgsProject.instance().mapLayers().values()) == [mine]
    assert not QgsProject.instance().layoutManager().layouts()
    QgsProject.instance().removeMapLayer(mine)


def test_a_layout_lives_on_with_its_project(town):
    layout = build_risk_map(town, "S-1", "en")
    gc.collect()
    assert len(layout.itemById("map").layers()) > 6
    assert all(layer.isValid() for layer in layout.itemById("map").layers())
    assert layout.project() is not QgsProject.instance()
    names = {item.id() for item in layout.items() if isinstance(item, QgsLayoutItemLabel)}
    assert {"title", "scale", "notes"} <= names


def test_sheets_of_a_batch_do_not_share_their_overlays(town, tmp_path, monkeypatch):
    seen = []
    real = SheetPages._build_next

    def spying(self):
        if not real(self):
            return False
        seen.append(sorted(layer.name() for layer in self.layout().itemById("map").layers()))
        seen.append(len(self.layout().project().mapLayers()))
        return True

    monkeypatch.setattr(SheetPages, "_build_next", spying)
    export_risk_maps(town, tmp_path, "zh", NoProgress())
    first, first_count, second, second_count = seen
    assert first.count("@site") == second.count("@site") == 1
    assert (first_count, second_count) == (len(first), len(second))


def test_a_missing_folder_is_an_error_in_one_sentence(town, tmp_path):
    with pytest.raises(OutputError):
        export_risk_maps(town, tmp_path / "nowhere", "zh", NoProgress())


def test_a_folder_that_refuses_writing_keeps_nothing_half_written(town, tmp_path):
    (tmp_path / "S-1.pdf").mkdir()  # a folder stands where the file should be
    with pytest.raises(OutputError):
        export_risk_maps(town, tmp_path, "zh", NoProgress())
    assert [path.name for path in tmp_path.iterdir()] == ["S-1.pdf"]
    assert not list((tmp_path / "S-1.pdf").iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder_is_an_output_error(town, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError):
        export_risk_maps(town, tmp_path, "zh", NoProgress())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("result", ["FileError", "PrintError", "MemoryError"])
def test_a_failed_export_keeps_the_old_file(town, tmp_path, monkeypatch, result):
    (tmp_path / "S-1.pdf").write_bytes(b"old")

    def failing(_pages, path, _settings):
        Path(path).write_bytes(b"half a page")
        return getattr(QgsLayoutExporter.ExportResult, result), "no room"

    monkeypatch.setattr(QgsLayoutExporter, "exportToPdf", failing)
    with pytest.raises(OutputError) as caught:
        export_risk_maps(town, tmp_path, "zh", NoProgress())
    assert "S-1.pdf" in caught.value.message.text("zh")
    assert (tmp_path / "S-1.pdf").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["S-1.pdf"]


def test_an_unknown_site_is_an_error(town):
    with pytest.raises(OutputError):
        build_risk_map(town, "nowhere", "zh")


class Watching(NoProgress):
    """Notes each step; cancels when the second sheet begins."""

    def __init__(self, stop_after: int = 99) -> None:
        self.steps, self.stop_after = [], stop_after

    def report(self, share, step):
        self.steps.append((share, step.text("en")))

    def is_cancelled(self):
        return len(self.steps) > self.stop_after


def test_a_cancelled_batch_keeps_what_is_whole(town, tmp_path):
    with pytest.raises(Cancelled):
        export_risk_maps(town, tmp_path, "zh", Watching(stop_after=0))
    assert [path.name for path in tmp_path.iterdir()] == ["S-1.pdf"]


def test_sites_without_geometry_are_left_out_and_told(tmp_path):
    sites = {"S-1": SITES["S-1"], "S-0": ("空", None)}
    town = assess_town(write_town(tmp_path), sites)
    progress = Watching()
    (tmp_path / "maps").mkdir()
    written = export_risk_maps(town, tmp_path / "maps", "zh", progress)
    assert list(written) == ["S-1"]
    assert any("S-0" in step for _, step in progress.steps)


def test_a_sheet_can_be_an_image(town, tmp_path):
    export_risk_image(town, "S-1", tmp_path / "sheet.png", "zh", dpi=100)
    image = QImage(str(tmp_path / "sheet.png"))
    assert (image.width(), image.height()) == pytest.approx((1169, 827), abs=2)
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.png"]


@pytest.mark.parametrize("paper", [Paper(PaperSize.A3), Paper(PaperSize.A4, is_portrait=True)])
def test_a_sheet_of_another_paper_shows_its_map_at_the_printed_scale(town, paper):
    layout = build_risk_map(town, "S-1", "zh", paper)
    page = layout.pageCollection().page(0).pageSize()
    assert (page.width(), page.height()) == (paper.page.width_mm, paper.page.height_mm)
    shown = layout.itemById("map")
    assert shown.rect().width() == pytest.approx(paper.map.width_mm)
    ground = shown.extent()
    assert ground.width() * 1000 / shown.rect().width() == pytest.approx(shown.scale(), rel=1e-3)
