# SPDX-License-Identifier: GPL-2.0-or-later
"""Small parts of the dock: its area, its lines, and buttons in the plugin's own words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import shapely
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from eco_onemap.core.errors import CatalogueError, OutputError
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.gui.elided_label import ElidedLabel
from eco_onemap.gui.history.kept_checks import KeptChecks
from eco_onemap.gui.siting.result_actions import (
    MAPS,
    REPORT,
    STRIP_FILE,
    STRIP_MAPS,
    ResultActions,
)
from eco_onemap.gui.tall_area import TallArea
from tests.qgis.world import PLANE, SITE_FIELDS, X0, Y0, make_world, write_layer


def test_an_area_is_as_wide_as_its_content_and_as_high_as_there_is_room():
    content = QWidget()
    column = QVBoxLayout(content)
    label = QLabel("x")
    column.addWidget(label)
    area = TallArea(content)
    area.resize(300, 200)
    area.show()
    QApplication.processEvents()
    assert not area.is_low
    label.setMinimumSize(500, 700)
    QApplication.processEvents()
    assert area.minimumSizeHint().width() > 500
    assert area.minimumSizeHint().height() < 200
    assert area.is_low
    area.close()


def test_a_long_line_widens_nothing():
    label = ElidedLabel()
    label.setText("很长的一行说明" * 50)
    assert label.sizeHint().width() < 100
    assert label.minimumSizeHint().height() >= label.fontMetrics().height()


def test_buttons_do_not_depend_on_qts_translation():
    box = button_box(Standard.Ok, Standard.Close)
    assert [box.button(each).text() for each in (Standard.Ok, Standard.Close)] == ["OK", "Close"]


def test_what_the_toolbox_lacks_is_not_offered(processing_module, tmp_path):
    names = {each.id() for each in QgsApplication.processingRegistry().algorithms()}
    assert REPORT in names
    given = object()
    actions = ResultActions(None, lambda: given, lambda _: tmp_path, str)
    assert actions.layers.isEnabled()
    for button, name in ((actions.report, REPORT), (actions.maps, MAPS)):
        assert button.isEnabled() == (name in names)
    empty = ResultActions(None, lambda: None, lambda _: tmp_path, str)
    assert not any(each.isEnabled() for each in empty.findChildren(QPushButton))


def test_a_missing_catalogue_is_named_once(tmp_path):
    path = tmp_path / "gone.yaml"
    with pytest.raises(CatalogueError) as said:
        read_catalogue(path)
    told = str(said.value)
    assert told.count(str(path)) == 1
    assert "Errno" not in told


def test_a_result_that_cannot_be_written_makes_no_report(processing_module, tmp_path):
    def refuse(_assessment):
        raise OutputError("output.unwritable", path="x.gpkg", cause="disk full")

    actions, said = ResultActions(None, object, refuse, str), []
    actions.refused.connect(said.append)
    actions.make(REPORT, tmp_path)
    assert ["disk full" in text for text in said] == [True]
    assert not actions.is_making
    assert list(tmp_path.iterdir()) == []


def test_lines_are_offered_strip_maps_and_other_sites_are_not(processing_module, monkeypatch):
    """A click on “Maps…” asks which maps where a line was checked, and for a folder elsewhere."""

    def result(*texts: str) -> SimpleNamespace:
        shapes = shapely.from_wkt(texts)
        return SimpleNamespace(site_verdict=SimpleNamespace(geometries=shapes))

    area, line = "POLYGON ((0 0, 1 0, 1 1, 0 0))", "LINESTRING (0 0, 1 1)"
    asked: list[str] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: asked.append("menu"))
    for given, kinds in (((area,), ["maps"]), ((area, line), ["menu"])):
        actions = ResultActions(None, lambda given=given: result(*given), None, str)
        monkeypatch.setattr(actions, "_ask_maps", lambda name: asked.append(name.split("make")[1]))
        actions.maps.click()
        assert asked == kinds
        asked.clear()
    names = [action.text() for action in actions._kinds.actions()]
    assert names == ["Risk maps…", "Strip maps of lines…"]
    for action in actions._kinds.actions():
        action.trigger()
    assert asked == ["maps", "stripmaps"]


def test_strip_maps_of_a_line_are_drawn_from_the_dock(processing_module, tmp_path):
    world = make_world(tmp_path)
    line = f"LINESTRING ({X0 - 1500} {Y0 + 50}, {X0 + 1500} {Y0 + 50})"
    row = (line, {"site_id": "road", "name": "公路", "tags": ""})
    world.sites.unlink()
    write_layer(world.sites, [row], crs=PLANE, fields=SITE_FIELDS)
    assessment, kept, bar, said = world.assessment(), KeptChecks(QgsProject()), QgsMessageBar(), []
    actions = ResultActions(
        SimpleNamespace(messageBar=lambda: bar),
        lambda: assessment,
        lambda checked: kept.keep(checked, "en", None),
        lambda: str(world.catalogue),
    )
    actions.refused.connect(said.append)
    actions.make(STRIP_MAPS, tmp_path / "maps")
    kept.forget_session()
    assert said == []
    assert [path.name for path in (tmp_path / "maps").iterdir()] == [STRIP_FILE]
    assert (tmp_path / "maps" / STRIP_FILE).read_bytes().startswith(b"%PDF")
