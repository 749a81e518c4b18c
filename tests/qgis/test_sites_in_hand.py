# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites gather in the dock, drawn one after another, named, removed; each step can be undone."""

from __future__ import annotations

import pytest
import shapely
from pyproj import Transformer
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY
from qgis.PyQt.QtWidgets import QToolButton

from eco_onemap.core.errors import SiteError
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.gui.siting.place_row import PlaceRow
from eco_onemap.gui.siting.placing import StatedPlace
from eco_onemap.gui.siting.site_choice import SiteChoice
from eco_onemap.qgis_bridge.drawn_sites import add_drawn
from eco_onemap.readers.sites.tables.reading import parse_pasted

PLANE = QgsCoordinateReferenceSystem("EPSG:4548")
DEGREES = QgsCoordinateReferenceSystem("EPSG:4490")


def square(east: float, north: float, side: float = 100.0) -> QgsGeometry:
    return QgsGeometry.fromWkt(shapely.to_wkt(shapely.box(east, north, east + side, north + side)))


@pytest.fixture
def choice() -> SiteChoice:
    return SiteChoice(None, lambda: None)


def draw(choice: SiteChoice, count: int) -> None:
    for number in range(count):
        choice.take_drawn(square(600_000 + 1000 * number, 2_700_000), PLANE)


def names(choice: SiteChoice) -> list[str]:
    return [] if choice.sites is None else choice.sites.names.tolist()


def test_a_drawn_site_joins_those_drawn_before(choice):
    draw(choice, 3)
    assert names(choice) == ["Candidate 1", "Candidate 2", "Candidate 3"]
    assert choice.sites.ids.tolist() == ["D1", "D2", "D3"]
    assert choice.text == "3 sites drawn"
    east = shapely.bounds(choice.sites.geometries)[:, 0].tolist()
    assert east == [600_000.0, 601_000.0, 602_000.0]
    assert choice.list.model.rowCount() == 3


def test_other_sites_take_the_place_and_come_back_by_undo(choice):
    draw(choice, 2)
    QgsApplication.clipboard().setText(
        "118.057999 24.557999\n118.067999 24.557999\n118.067999 24.567999"
    )
    choice.paste()
    assert (len(choice.sites), choice.text) == (1, "One site from the clipboard")
    draw(choice, 1)  # a new series
    assert names(choice) == ["Candidate 1"]
    choice.undo()
    assert choice.text == "One site from the clipboard"
    choice.undo()
    assert names(choice) == ["Candidate 1", "Candidate 2"]
    choice.redo()
    assert choice.text == "One site from the clipboard"


def test_sites_are_named_and_removed_one_by_one_and_all(choice):
    draw(choice, 3)
    choice.name(1, "滨海方案")
    choice.list.choose(0)
    choice.list.remove_chosen()
    assert names(choice) == ["滨海方案", "Candidate 3"]
    choice.take_drawn(square(0, 2_700_000), PLANE)  # never a number that was given before
    assert choice.sites.ids.tolist() == ["D2", "D3", "D4"]
    choice.list.remove_all()
    assert (choice.sites, names(choice)) == (None, [])
    for expected in (3, 2, 3):
        choice.undo()
        assert len(choice.sites) == expected
    choice.undo()
    assert names(choice) == ["Candidate 1", "Candidate 2", "Candidate 3"]
    while choice.edits.next is not None:
        choice.redo()
    assert choice.sites is None


def test_undo_and_redo_are_offered_when_there_is_something(choice):
    buttons = {each.accessibleName(): each for each in choice.list.findChildren(QToolButton)}
    assert not any(button.isVisibleTo(choice) for button in buttons.values())
    draw(choice, 1)
    tips = [b.toolTip() for b in choice.list.findChildren(QToolButton) if b.isEnabled()]
    assert "Undo: draw Candidate 1 (Ctrl+Z)" in tips
    choice.undo()
    tips = [b.toolTip() for b in choice.list.findChildren(QToolButton) if b.isEnabled()]
    assert "Redo: draw Candidate 1 (Ctrl+Shift+Z)" in tips
    choice.undo()  # nothing is left to take back
    assert choice.sites is None
    choice.redo()
    draw(choice, 1)
    assert choice.edits.next is None


def test_each_change_is_told_once(choice):
    told = []
    choice.chosen.connect(lambda: told.append(len(names(choice))))
    draw(choice, 2)
    choice.remove([0])
    choice.undo()
    choice.redo()
    assert told == [1, 2, 1, 2, 1]


def test_a_site_drawn_on_another_map_lies_where_it_was_drawn():
    first = add_drawn(None, square(600_000, 2_700_000), PLANE, str)
    both = add_drawn(first, square(118.05, 24.55, 0.01), DEGREES, str)
    assert both.crs == "EPSG:4548"
    to_plane = Transformer.from_crs("EPSG:4490", "EPSG:4548", always_xy=True)
    corner = both.geometries[1].exterior.coords[0]
    meant = [
        to_plane.transform(x, y)
        for x, y in shapely.box(118.05, 24.55, 118.06, 24.56).exterior.coords
    ]
    assert min(abs(corner[0] - x) + abs(corner[1] - y) for x, y in meant) < 1e-3
    assert build_site_set(both).problems == {}
    assert both.fingerprint not in ("", first.fingerprint)


def test_a_site_without_a_place_in_the_first_ones_system_is_refused():
    first = add_drawn(None, square(600_000, 2_700_000), PLANE, str)
    far = QgsGeometry.fromPointXY(QgsPointXY(27.0, 0.0))
    with pytest.raises(SiteError) as refusal:
        add_drawn(first, far, DEGREES, str)
    assert "4548" in refusal.value.message.text("zh")


def test_what_is_stated_of_a_place_stays_while_sites_are_only_edited():
    row = PlaceRow()
    bare = "\n\n".join(f"{2_716_000 + n}.000\t606000.000" for n in range(2))
    raw = parse_pasted(bare)
    row.look_at(raw, None)
    row.stated = StatedPlace(crs="EPSG:4548")
    row.look_at(raw, None)
    assert (row.stated.crs, row.is_open) == ("EPSG:4548", False)
    row.look_at(parse_pasted(bare.replace("606", "607")), None)  # other sites, nothing is known
    assert (row.stated.crs, row.is_open) == ("", True)
    row.forget()
    assert row.answer is None
