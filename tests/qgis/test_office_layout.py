# SPDX-License-Identifier: GPL-2.0-or-later
"""An office's layout template: items move and gain its typeface, others are added, maps stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsLayoutItemLabel, QgsPrintLayout, QgsReadWriteContext
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor

from eco_onemap.core.messages import LANGUAGES
from eco_onemap.layout.build import build_sheet
from eco_onemap.layout.labels import MAIN_MAP
from eco_onemap.layout.layers import load_catalogue
from eco_onemap.layout.office_layout import read_office_layout
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import site_record
from tests.qgis.world import World, make_world


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


def sheet(world: World, template: str = "") -> QgsPrintLayout:
    """A site's sheet, whose project lives as long as it."""
    assessment = world.assessment()
    loaded = load_catalogue(assessment.catalogue, assessment.options.as_of)
    site = str(assessment.sites.ids[0])
    record = site_record(assessment.in_language("zh"), site, "zh")
    layout = build_sheet(loaded, record, SheetPlan(template=template))
    loaded.project.setParent(layout)
    return layout


def place(layout: QgsPrintLayout, name: str) -> tuple[float, ...]:
    item = layout.itemById(name)
    size = item.sizeWithUnits()
    return tuple(round(v, 2) for v in (item.pos().x(), item.pos().y(), size.width(), size.height()))


@pytest.fixture
def office(world: World, tmp_path: Path) -> Path:
    """A folder with a template in which a planner moved the title and the map, and put a stamp."""
    layout = sheet(world)
    layout.itemById("title").attemptSetSceneRect(QRectF(20, 12, 150, 9))
    format_ = layout.itemById("title").textFormat()
    format_.setColor(QColor("#123456"))
    layout.itemById("title").setTextFormat(format_)
    layout.itemById("title").setText("Words of another site")
    layout.itemById(MAIN_MAP).attemptSetSceneRect(QRectF(0, 0, 30, 30))
    layout.removeLayoutItem(layout.itemById("notes"))
    stamp = QgsLayoutItemLabel(layout)
    stamp.setText("某某设计院")
    stamp.setId("stamp")
    layout.addLayoutItem(stamp)
    stamp.attemptSetSceneRect(QRectF(200, 5, 40, 8))
    assert layout.saveAsTemplate(str(tmp_path / "layout.qpt"), QgsReadWriteContext())
    return tmp_path


def test_a_template_moves_lends_and_adds_and_maps_stay(world: World, office: Path) -> None:
    template, problem = read_office_layout(office)
    assert problem is None
    plain, dressed = sheet(world), sheet(world, template)
    assert place(dressed, "title") == (20, 12, 150, 9)
    assert dressed.itemById("title").textFormat().color() == QColor("#123456")
    assert dressed.itemById("title").text() == plain.itemById("title").text()
    assert dressed.itemById("stamp").text() == "某某设计院"
    assert place(dressed, "stamp") == (200, 5, 40, 8)
    assert place(dressed, MAIN_MAP) == place(plain, MAIN_MAP)
    assert dressed.itemById(MAIN_MAP).scale() == pytest.approx(plain.itemById(MAIN_MAP).scale())
    assert place(dressed, "notes") == place(plain, "notes")  # what must be said is not lost
    names = [item.id() for item in dressed.items() if hasattr(item, "id") and item.id()]
    assert sorted(names) == sorted(
        [*(i.id() for i in plain.items() if hasattr(i, "id") and i.id()), "stamp"]
    )


def test_words_of_the_sheet_that_a_template_was_saved_from_stay_behind(world, tmp_path) -> None:
    """A sheet without warnings gets none from the sheet of another site, nor its second mark."""
    layout = sheet(world)
    for name in ("warnings", "fiction", "table_more", "imprint_9"):
        foreign = QgsLayoutItemLabel(layout)
        foreign.setText("Words of another site")
        foreign.setId(name)
        layout.addLayoutItem(foreign)
    assert layout.saveAsTemplate(str(tmp_path / "layout.qpt"), QgsReadWriteContext())
    template, _ = read_office_layout(tmp_path)
    dressed = sheet(world, template)
    texts = [i.text() for i in dressed.items() if isinstance(i, QgsLayoutItemLabel)]
    assert "Words of another site" not in texts


@pytest.mark.parametrize(
    "content", [b"", b"no xml", b"<qgis/>", b"<Layout/>", b"\xff\xfe broken", b"<Layout><Layout"]
)
def test_a_broken_template_is_said_and_the_built_in_one_used(content, tmp_path: Path) -> None:
    (tmp_path / "layout.qpt").write_bytes(content)
    template, problem = read_office_layout(tmp_path)
    assert template == ""
    assert problem is not None
    for language in LANGUAGES:
        assert "layout.qpt" in problem.text(language)


def test_an_office_without_a_template_is_no_problem(tmp_path: Path) -> None:
    assert read_office_layout(tmp_path) == ("", None)
