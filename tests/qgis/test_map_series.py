# SPDX-License-Identifier: GPL-2.0-or-later
"""Series of sheets as files: atlas, a file a site, images; read back with other programs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pypdf
import pytest
from qgis.core import QgsLayoutItemMap
from qgis.PyQt.QtGui import QImage

from eco_onemap.core.errors import Cancelled, OutputError
from eco_onemap.core.progress import NoProgress
from eco_onemap.layout import sheet_pages
from eco_onemap.layout.build import build_sheet
from eco_onemap.layout.imprint import Imprint
from eco_onemap.layout.layers import load_catalogue
from eco_onemap.layout.order import MapFormat, MapOrder
from eco_onemap.layout.paper import Paper, PaperSize
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import site_record
from eco_onemap.layout.series import export_series
from eco_onemap.layout.sheet_pages import SheetPages
from eco_onemap.layout.subjects import OVERVIEW, RISK, subject_named
from tests.layout.town import SITES, X0, Y0, assess_town, line, point, write_town
from tests.qgis.pdf_files import (
    bookmarks,
    fonts,
    ground_of,
    page_sizes,
    page_texts,
    pixels_of,
    printed_scales,
)

IMPRINT = Imprint("虚构市环境科学研究院", "王一", date(2026, 11, 29))
ORDER = MapOrder("zh", imprint=IMPRINT, format=MapFormat.GEOPDF, in_one_file=True)
THEMES_OF_S1 = [
    "生态保护红线",
    "饮用水水源与地表水",
    "生态环境管控单元",
    "海岸带与海域",
    "环境敏感目标",
]
THEMES_OF_S2 = ["生态保护红线", "生态环境管控单元", "海岸带与海域"]
PAGES_OF_S1 = ["地理位置图", *THEMES_OF_S1, "风险一张图"]
PAGES_OF_S2 = ["地理位置图", *THEMES_OF_S2, "风险一张图"]
TENTH_MM = 1e-4  # metres on paper


@pytest.fixture(scope="module")
def town(tmp_path_factory, qgis_app):
    return assess_town(write_town(tmp_path_factory.mktemp("town")))


@pytest.fixture(scope="module")
def atlas(town, tmp_path_factory):
    folder = tmp_path_factory.mktemp("atlas")
    written = export_series(town, ORDER, folder, NoProgress())
    assert written.sheets == len(PAGES_OF_S1) + len(PAGES_OF_S2)
    assert [path.name for path in folder.iterdir()] == ["maps.pdf"]
    assert set(written.by_site.values()) == {(folder / "maps.pdf",)}
    return folder / "maps.pdf"


def test_bookmarks_lead_from_each_site_to_its_sheets(atlas):
    expected, page = [], 0
    for site, pages in (("S-1 滨江化工", PAGES_OF_S1), ("S/2 码头", PAGES_OF_S2)):
        expected.append((0, site, page))
        expected += [(1, title, page + number) for number, title in enumerate(pages)]
        page += len(pages)
    assert bookmarks(atlas) == expected


def test_pages_and_their_sites_are_those_of_the_batch(atlas):
    found = [re.search(r"编号(.*?)[|│｜]", text)[1] for text in page_texts(atlas)]
    assert found == ["S-1"] * len(PAGES_OF_S1) + ["S/2"] * len(PAGES_OF_S2)


def test_each_page_has_the_title_of_its_subject(atlas):
    texts = page_texts(atlas)[: len(PAGES_OF_S1)]
    for text, title in zip(
        texts,
        [
            "滨江化工项目地理位置图",
            "滨江化工项目与生态保护红线位置关系图",
            "滨江化工项目与饮用水水源保护区和地表水体位置关系图",
            "滨江化工项目与生态环境管控单元位置关系图",
            "滨江化工项目与海岸带和海域位置关系图",
            "滨江化工项目与环境敏感目标位置关系图",
            "滨江化工项目选址生态环境风险图",
        ],
        strict=True,
    ):
        assert title in text


def test_every_page_says_who_made_it_under_which_rules(atlas):
    for text in page_texts(atlas):
        assert "制图单位:虚构市环境科学研究院" in text
        assert "制图人:王一" in text
        assert "制图日期:2026-11-29" in text
        assert "审图号:" in text
        assert "cn-test2026.11" in text
        assert "不替代主管部门" in text


def test_a_theme_names_its_own_layers_only(atlas):
    redline = page_texts(atlas)[1]
    assert "生态保护红线" in redline
    for other in ("饮用水水源保护区", "环境敏感目标", "海岸线", "环境管控单元"):
        assert other not in redline


def test_text_is_text_in_two_embedded_fonts_for_all_pages(atlas):
    found = fonts(atlas)
    assert len(found) == 2
    assert all(whole and "NotoSansCJKsc" in name for name, whole in found)
    assert not re.search(r"[\u2e80-\u2fdf]", "".join(page_texts(atlas)))


def test_pages_are_a4_landscape(atlas):
    for size in page_sizes(atlas):
        assert size == pytest.approx((297, 210), abs=0.2)


def test_the_file_has_a_title_and_names_no_user(atlas):
    told = pypdf.PdfReader(atlas).metadata
    assert told.title == "虚构市生态环境一张图"
    assert not told.author
    assert str(atlas.parent).encode() not in atlas.read_bytes()


def test_coordinates_of_each_page_are_those_of_its_map(town, atlas):
    loaded = load_catalogue(town.catalogue, town.options.as_of)
    record = site_record(town, "S-1", "zh")
    wanted = [OVERVIEW, *(subject_named(name) for name in ("redline", "water"))]
    for page, subject in enumerate(wanted):
        layout = build_sheet(loaded, record, SheetPlan(subject))
        shown = layout.itemById("map")
        ground = shown.extent()
        _, found = ground_of(atlas, page)
        drawn = ground.xMinimum(), ground.yMinimum(), ground.xMaximum(), ground.yMaximum()
        assert found == pytest.approx(drawn, abs=TENTH_MM * shown.scale())


def test_the_site_lies_where_the_coordinates_say(atlas, tmp_path):
    """The middle of the drawn outline of S-1 is the middle of its 400 m × 300 m, to 0.1 mm."""
    page = len(PAGES_OF_S1) - 1
    dataset, (west, _, east, _) = ground_of(atlas, page)
    scale = (east - west) / 0.180  # the map is 180 mm wide
    pixels = pixels_of(atlas, page, tmp_path)
    x0, width, _, y0, _, height = dataset.GetGeoTransform()
    left, top = int((X0 - 300 - x0) / width), int((Y0 + 500 - y0) / height)
    right, bottom = int((X0 + 700 - x0) / width), int((Y0 - 200 - y0) / height)
    part = pixels[top:bottom, left:right]
    magenta = (np.abs(part - (0xE6, 0x00, 0x7E)) < 40).all(axis=2)
    rows, columns = np.flatnonzero(magenta.any(axis=1)), np.flatnonzero(magenta.any(axis=0))
    x = x0 + width * (left + (columns[0] + columns[-1] + 1) / 2)
    y = y0 + height * (top + (rows[0] + rows[-1] + 1) / 2)
    assert x == pytest.approx(X0 + 200, abs=TENTH_MM * scale)
    assert y == pytest.approx(Y0 + 150, abs=TENTH_MM * scale)


def test_the_printed_scale_is_the_measured_one(atlas):
    for page, printed in enumerate(printed_scales(atlas)):
        _, (west, _, east, _) = ground_of(atlas, page)
        assert (east - west) / 0.180 == pytest.approx(printed, rel=1e-4)


def test_every_map_of_a_page_has_its_coordinates(atlas):
    last = pypdf.PdfReader(atlas).pages[len(PAGES_OF_S1) - 1]
    assert [str(port["/Name"]) for port in last["/VP"]] == ["map", "detail", "locator"]


def test_a_file_a_site_has_bookmarks_of_its_sheets(town, tmp_path):
    order = replace(ORDER, in_one_file=False, format=MapFormat.PDF, wanted=(OVERVIEW, RISK))
    written = export_series(town, order, tmp_path, NoProgress())
    assert {site: [path.name for path in paths] for site, paths in written.by_site.items()} == {
        "S-1": ["S-1.pdf"],
        "S/2": ["S_2.pdf"],
    }
    first = tmp_path / "S-1.pdf"
    assert bookmarks(first) == [(0, "地理位置图", 0), (0, "风险一张图", 1)]
    assert "/VP" not in pypdf.PdfReader(first).pages[0]
    assert pypdf.PdfReader(first).metadata.title == "虚构市生态环境一张图 S-1"


def test_images_have_300_dots_an_inch_and_are_a_file_a_sheet(town, tmp_path):
    order = replace(ORDER, format=MapFormat.PNG, wanted=(subject_named("redline"), RISK))
    written = export_series(town, order, tmp_path, NoProgress())
    names = [path.name for paths in written.by_site.values() for path in paths]
    assert names == ["S-1_1_redline.png", "S-1_2_risk.png", "S_2_1_redline.png", "S_2_2_risk.png"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    image = QImage(str(tmp_path / names[0]))
    assert (image.width(), image.height()) == pytest.approx((3508, 2480), abs=1)
    assert image.dotsPerMeterX() == pytest.approx(300 / 0.0254, abs=1)


def test_english_sheets_on_a3_portrait(town, tmp_path):
    order = replace(
        ORDER, language="en", paper=Paper(PaperSize.A3, is_portrait=True), wanted=(OVERVIEW, RISK)
    )
    english = replace(order, wanted=(OVERVIEW, subject_named("redline")))
    export_series(town, english, tmp_path, NoProgress())
    assert page_sizes(tmp_path / "maps.pdf")[0] == pytest.approx((297, 420), abs=0.2)
    texts = page_texts(tmp_path / "maps.pdf")
    assert "Locationof滨江化工" in texts[0]
    assert "inrelationtotheecologicalprotectionredline" in texts[1]
    assert [title for _, title, _ in bookmarks(tmp_path / "maps.pdf")][:3] == [
        "S-1 滨江化工",
        "Location",
        "Ecological protection red line",
    ]


def test_an_overview_shows_the_administrative_area_of_the_site(town):
    loaded = load_catalogue(town.catalogue, town.options.as_of)
    layout = build_sheet(loaded, site_record(town, "S/2", "zh"), SheetPlan(OVERVIEW))
    shown = layout.itemById("map").extent()
    # the eastern district: x from 100 to 10000, y from -7000 to 8000
    assert shown.xMinimum() <= X0 + 100
    assert shown.xMaximum() >= X0 + 10_000
    assert shown.yMinimum() <= Y0 - 7000
    assert shown.yMaximum() >= Y0 + 8000
    assert layout.itemById("locator") is None
    names = {layer.name() for layer in layout.itemById("map").layers()}
    assert {"行政区划", "生态保护红线", "饮用水水源保护区", "@site"} <= names
    assert "环境敏感目标" not in names


@pytest.mark.parametrize("shape", [point(200, 100), line((200, 0), (200, 300))])
def test_points_and_upright_lines_have_a_whole_series(town, tmp_path, shape):
    """Their bounds have no area."""
    thin = assess_town(town.catalogue, {"P": ("取水泵站", shape)})
    written = export_series(thin, ORDER, tmp_path, NoProgress())
    assert written.sheets == len(bookmarks(tmp_path / "maps.pdf")) >= 4


class Stopping(NoProgress):
    """Is cancelled when a sheet of number *at* begins (from 1)."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, []

    def report(self, share, step):
        self.steps.append(share)

    def is_cancelled(self):
        return len(self.steps) >= self.at


def test_a_stopped_atlas_leaves_nothing(town, tmp_path):
    (tmp_path / "maps.pdf").write_bytes(b"old")
    with pytest.raises(Cancelled):
        export_series(town, ORDER, tmp_path, Stopping(3))
    assert (tmp_path / "maps.pdf").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["maps.pdf"]


def test_a_stopped_series_keeps_whole_sites_only(town, tmp_path):
    order = replace(ORDER, in_one_file=False, wanted=(OVERVIEW, RISK))
    with pytest.raises(Cancelled):
        export_series(town, order, tmp_path, Stopping(3))
    assert [path.name for path in tmp_path.iterdir()] == ["S-1.pdf"]
    assert len(pypdf.PdfReader(tmp_path / "S-1.pdf").pages) == 2


def test_progress_grows_page_by_page(town, tmp_path):
    progress = Stopping(99)
    order = replace(ORDER, wanted=(OVERVIEW, RISK))
    export_series(town, order, tmp_path, progress)
    assert progress.steps == sorted(progress.steps)
    assert len(progress.steps) == 4


def test_an_error_in_a_sheet_reaches_the_caller_and_leaves_nothing(town, tmp_path, monkeypatch):
    real = sheet_pages.build_sheet

    def failing(loaded, record, plan):
        if record.site_id == "S/2":
            raise OutputError("layout.unknown_site", site="S/2")
        return real(loaded, record, plan)

    monkeypatch.setattr(sheet_pages, "build_sheet", failing)
    with pytest.raises(OutputError, match="S/2"):
        export_series(town, replace(ORDER, wanted=(RISK,)), tmp_path, NoProgress())
    assert list(tmp_path.iterdir()) == []


def test_sheets_let_go_of_their_layers_and_maps(town, tmp_path, monkeypatch):
    """However many sheets: the project holds the catalogue's layers and those of one sheet."""
    layers, maps = [], []
    real = SheetPages._build_next

    def counting(self):
        more = real(self)
        layers.append(len(self._loaded.project.mapLayers()))
        if more:
            maps.append(sum(isinstance(i, QgsLayoutItemMap) for i in self.layout().items()))
        return more

    monkeypatch.setattr(SheetPages, "_build_next", counting)
    export_series(town, ORDER, tmp_path, NoProgress())
    shared = len(load_catalogue(town.catalogue, town.options.as_of).layers)
    assert max(layers) <= shared + 8  # eight overlays at most
    assert layers[-1] == shared
    assert max(maps) <= 3


def test_sites_that_no_wanted_theme_concerns_are_told(town, tmp_path):
    told = []
    progress = NoProgress()
    progress.report = lambda _share, step: told.append(step.text("zh"))
    order = replace(ORDER, wanted=(subject_named("water"),))
    written = export_series(town, order, tmp_path, progress)
    assert list(written.by_site) == ["S-1"]
    assert any("S/2" in text and "不涉及" in text for text in told)


def test_nothing_to_draw_writes_nothing(tmp_path, town):
    order = replace(ORDER, wanted=(subject_named("soil"),))
    written = export_series(town, order, tmp_path, NoProgress())
    assert (written.sheets, dict(written.by_site)) == (0, {})
    assert list(tmp_path.iterdir()) == []


def test_a_series_of_one_site_is_the_same_alone_and_in_a_batch(town, atlas, tmp_path):
    alone = assess_town(town.catalogue, {"S/2": SITES["S/2"]})
    export_series(alone, ORDER, tmp_path, NoProgress())
    found, wanted = page_texts(tmp_path / "maps.pdf"), page_texts(atlas)[len(PAGES_OF_S1) :]
    number = re.compile(r"校验编号[0-9A-F-]{23}")  # of what the file is about: one site, or two
    assert [number.sub("", text) for text in found] == [number.sub("", text) for text in wanted]
