# SPDX-License-Identifier: GPL-2.0-or-later
"""Typed coordinates, and the question in which coordinate system sites are."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QMimeData, QUrl
from qgis.PyQt.QtTest import QAbstractItemModelTester

from eco_onemap.core.sites.crs_reasoning import Certainty
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import Origin, SiteSettings
from eco_onemap.gui.buttons import Standard
from eco_onemap.gui.siting.candidate_model import CandidateModel, Column
from eco_onemap.gui.siting.place_dialog import PlaceDialog
from eco_onemap.gui.siting.place_row import PlaceRow
from eco_onemap.gui.siting.placing import StatedPlace, answer_for, placed_sites, readings_on
from eco_onemap.gui.siting.site_choice import dropped_file
from eco_onemap.gui.siting.typed_dialog import TypedDialog
from eco_onemap.readers.sites.tables.reading import parse_pasted

LONGITUDE, LATITUDE = 118.05, 24.55
BARE = "\n".join(  # eastings without a zone number: nobody knows the central meridian
    f"{north:.3f}\t{east:.3f}"
    for east, north in (
        (606_000.0, 2_716_000.0),
        (606_100.0, 2_716_000.0),
        (606_100.0, 2_716_100.0),
    )
)
REGION = np.array([shapely.box(117.5, 24.0, 118.5, 25.0)], dtype=object)


@pytest.fixture
def bare() -> RawSites:
    return parse_pasted(BARE)


def test_the_model_keeps_qts_rules(bare):
    model = CandidateModel()
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    model.show_candidates(readings_on(bare, "CGCS2000", None).candidates)
    assert model.rowCount() > 5
    model.show_candidates(())
    assert tester


@pytest.mark.parametrize(
    "written",
    [
        "118.05 24.55\n118.06 24.55\n118.06 24.56",
        "118°03′00.00″E 24°33′00.00″N\n118°03′36″E 24°33′00″N\n118°03′36″E 24°33′36″N",
        "24.55, 118.05\n24.55, 118.06\n24.56, 118.06",
        "点号\t经度\t纬度\nJ1\t118.05\t24.55\nJ2\t118.06\t24.55\nJ3\t118.06\t24.56",
    ],
)
def test_any_notation_gives_the_same_triangle(written):
    dialog = TypedDialog()
    dialog.angle.setCurrentIndex(1)  # decimal degrees: few decimals could be packed minutes
    dialog.text.setPlainText(written)
    dialog.name.setText("甲")
    dialog.accept()
    sites = build_site_set(dialog.sites)
    meant = shapely.Polygon([(118.05, 24.55), (118.06, 24.55), (118.06, 24.56)])
    assert sites.names.tolist() == ["甲"]
    assert shapely.equals_exact(
        shapely.normalize(sites.geometries[0]), shapely.normalize(meant), 1e-9
    )
    assert "EPSG:4490" in dialog.told


def test_what_cannot_be_read_is_said_and_not_taken():
    dialog = TypedDialog()
    assert not dialog._buttons.button(Standard.Ok).isEnabled()
    dialog.text.setPlainText("一些文字")
    dialog.accept()
    assert dialog.sites is None
    assert dialog.result() == 0
    assert "typed" in dialog.told
    QgsApplication.clipboard().setText("118.067999 24.557999")
    dialog.text.clear()
    dialog.paste()
    assert dialog.sites is not None


def test_candidates_show_where_they_lead(bare):
    dialog = PlaceDialog(bare, StatedPlace(), None)
    shown: list[object] = []
    dialog.candidate_shown.connect(shown.append)
    assert dialog.candidate is None
    assert not dialog._buttons.button(Standard.Ok).isEnabled()  # nothing is chosen for the user
    row = next(
        row
        for row in range(dialog.model.rowCount())
        if "EPSG:4548" in dialog.model.index(row, Column.SYSTEM).data()
    )
    dialog.choose(row)
    to_degrees = Transformer.from_crs("EPSG:4548", "EPSG:4490", always_xy=True)
    east, north = to_degrees.transform(606_050.0, 2_716_050.0)
    assert dialog.model.index(row, Column.WHERE).data() == "in China"  # no map, no region
    assert dialog.model.index(row, Column.PLACE).data() == f"{east:.4f}°E  {north:.4f}°N"
    assert [one.name for one in shown] == ["EPSG:4548"]
    middle = shapely.centroid(placed_sites(bare, shown[0], 10)[0])
    assert (middle.x, middle.y) == pytest.approx((east, north), abs=2e-3)
    assert dialog.stated.crs == "EPSG:4548"


def test_the_region_leaves_one(bare):
    answer = answer_for(bare, StatedPlace(), REGION)
    assert answer.certainty is Certainty.LIKELY  # one fits, and nothing confirms it
    dialog = PlaceDialog(bare, StatedPlace(), REGION)
    assert dialog.model.rowCount() == 1
    assert dialog.model.index(0, Column.WHERE).data() == "in the map's region"
    assert dialog.stated.crs == "EPSG:4548"  # proposed; the user still has to say so


def test_another_system_goes_before_the_list(bare):
    dialog = PlaceDialog(bare, StatedPlace(), REGION)
    dialog.other.setCrs(QgsCoordinateReferenceSystem("EPSG:4549"))
    assert dialog.stated.crs == "EPSG:4549"
    dialog.origin.setCurrentIndex(2)
    assert dialog.stated.origin is Origin.GCJ02


def test_parameters_of_an_older_datum_stay_in_memory(bare):
    dialog = PlaceDialog(bare, StatedPlace(), REGION)
    dialog.show()
    assert not dialog.shift.isVisible()
    dialog.datum.setCurrentIndex(dialog.datum.findData("Xian 1980"))
    assert dialog.shift.isVisible()
    dialog.shift.setText("1,2")
    assert not dialog._buttons.button(Standard.Ok).isEnabled()
    assert "1,2" not in dialog._told.text()  # not even an error repeats them
    dialog.shift.setText("10,20,30")
    stated = dialog.stated
    dialog.close()
    assert stated.shift.metres == (10.0, 20.0, 30.0)
    assert "10" not in repr(stated)
    settings = SiteSettings(crs=stated.crs, shift=stated.shift)
    moved = build_site_set(bare, settings).geometries[0]
    still = build_site_set(bare, dataclasses.replace(settings, shift=None)).geometries[0]
    assert shapely.distance(moved.centroid, still.centroid) > 1e-4  # some tens of metres
    assert PlaceDialog(bare, StatedPlace(), REGION).shift.text() == ""


def test_the_line_in_the_dock_says_how_sure_it_is(bare):
    row, placed = PlaceRow(), []
    row.placed.connect(lambda: placed.append(True))
    row.look_at(bare, None)
    assert row.is_open
    assert placed == []
    row.look_at(parse_pasted("118.067999 24.557999"), None)
    assert (row.is_open, placed) == (False, [True])
    assert "EPSG:4490" in row.text


def test_parts_of_a_shapefile_are_dropped_as_one(tmp_path):
    def dragged(*names: str) -> QMimeData:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
        return data

    assert dropped_file(dragged("a.dbf", "a.shp", "a.shp.xml", "a.prj")) == tmp_path / "a.shp"
    assert dropped_file(dragged("a.shp", "b.dbf")) is None
    assert dropped_file(dragged("a.shp", "b.shp")) is None
    assert dropped_file(dragged("a.txt")) == tmp_path / "a.txt"
