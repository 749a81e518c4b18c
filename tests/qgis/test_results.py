# SPDX-License-Identifier: GPL-2.0-or-later
"""The result panel shows what stands in the tables of the check."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QItemSelectionModel, QPoint, Qt
from qgis.PyQt.QtTest import QAbstractItemModelTester, QTest
from qgis.PyQt.QtWidgets import QApplication

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.results.areas import AreaColumns
from eco_onemap.gui.results.layer_listings import concerned, lacking, not_concerned
from eco_onemap.gui.results.listing import Entry, Line, Listing, Target
from eco_onemap.gui.results.listing_model import ORDER, ListingModel, ListingProxy
from eco_onemap.gui.results.listing_view import ListingView
from eco_onemap.gui.results.panel import ResultPanel
from eco_onemap.gui.results.site_listing import verdict_counts
from eco_onemap.gui.results.site_part import site_material
from eco_onemap.gui.results.verdict_chart import ROW_PX, VerdictChart
from eco_onemap.outputs.report.blocks import Tone
from eco_onemap.outputs.report.wording import Wording
from tests.qgis.world import make_world

DOCK_PX = 490
"""The chart where the dock is 500 pixels wide."""


@pytest.fixture(scope="module")
def assessment(tmp_path_factory):
    return make_world(tmp_path_factory.mktemp("world")).assessment()


def numbers(*values: float) -> Listing:
    lines = tuple(
        Line((Entry(f"{value:,.0f} m²", value), Entry(f"n{value:g}", f"n{value:g}")), Target("s"))
        for value in values
    )
    return Listing(("Area", "Name"), lines, numeric=frozenset((0,)))


def test_models_keep_qts_rules():
    model, proxy = ListingModel(), ListingProxy()
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode)]
    proxy.setSourceModel(model)
    testers.append(QAbstractItemModelTester(proxy, mode))
    for values in ((), (3, 1, 2), (5,), ()):
        model.show_listing(numbers(*values))
        proxy.filter_by("n")
        proxy.sort(0)
    assert testers


def test_numbers_sort_as_numbers():
    model, proxy = ListingModel(), ListingProxy()
    proxy.setSourceModel(model)
    model.show_listing(numbers(1000, 9, 200))
    proxy.sort(0, Qt.SortOrder.AscendingOrder)
    assert [proxy.index(row, 0).data(ORDER) for row in range(3)] == [9, 200, 1000]
    assert proxy.index(2, 0).data() == "1,000 m²"


def test_every_word_of_the_filter_must_occur():
    view = ListingView()
    view.show_listing(numbers(1000, 9, 200, *range(10, 18)))
    view._filter.setText("N2 200")
    assert view.copied_text() == "Area\tName\n200 m²\tn200"


def test_the_three_lists_hold_each_layer_once(assessment):
    for site in assessment.site_verdict["site_id"].tolist():
        material = site_material(assessment, site, "en")
        lists = (
            concerned(material, site, AreaColumns()),
            not_concerned(material, site),
            lacking(material, site),
        )
        shown = [line.target.layer_id for listing in lists for line in listing.lines]
        layers = [layer for layer in shown if layer]
        expected = assessment.site_layer.where("site_id", site)["layer_id"].tolist()
        assert sorted(layers) == sorted(expected)


def test_areas_are_those_of_the_table_in_three_units(assessment):
    found = 0
    for row in assessment.site_layer.rows():
        if row["status"] != "hit" or not row["overlap_area_m2"] > 0:
            continue
        material = site_material(assessment, row["site_id"], "en")
        lines = concerned(material, row["site_id"], AreaColumns()).lines
        line = next(line for line in lines if line.target.layer_id == row["layer_id"])
        area = row["overlap_area_m2"]
        assert [line.cells[n].order for n in (3, 4, 5)] == pytest.approx(
            [area, area / 10_000, area / 10_000 * 15], rel=1e-12
        )
        found += 1
    assert found


def test_the_panel_begins_with_the_worst_site(assessment):
    panel = ResultPanel()
    panel.show_assessment(assessment)
    verdicts = dict(
        zip(assessment.site_verdict["site_id"], assessment.site_verdict["verdict"], strict=True)
    )
    assert verdicts[panel.site_id] == "prohibited"
    assert panel.banner_text.startswith("Prohibited")
    assert "测试法" in panel.banner_text
    for site, verdict in verdicts.items():
        panel.show_site(site)
        first = panel.banner_text.splitlines()[0]
        assert {"prohibited": "Prohibited", "clear": "No conflict", "no_data": "No data"}[
            verdict
        ] in first


def test_going_to_a_finding_tells_its_place_and_law(assessment):
    panel, told = ResultPanel(), []
    panel.target_chosen.connect(told.append)
    panel.show_assessment(assessment)
    panel.findings.choose_first()
    row = next(assessment.finding.where("site_id", panel.site_id).rows())
    assert told[-1] == Target(panel.site_id, row["layer_id"], row["feature_id"])
    assert "不得建设。" in panel.findings.details
    assert "2020-01-01" in panel.findings.details


def test_the_wording_of_laws_opens_and_shuts(assessment):
    panel = ResultPanel()
    panel.show_assessment(assessment)
    findings = panel.findings
    assert "不得建设。" in findings.details
    findings.turn_law()
    assert "不得建设。" not in findings.details
    assert "2020-01-01" in findings.details  # law and dates stay
    findings.choose_first()
    assert "不得建设。" not in findings.details
    findings.turn_law()
    assert "不得建设。" in findings.details


def test_the_filter_finds_what_tips_say(assessment):
    panel = ResultPanel()
    panel.show_assessment(assessment)
    view = panel.findings._list
    layer = next(assessment.finding.where("site_id", panel.site_id).rows())["layer_id"]
    title = next(each.title for each in assessment.catalogue.layers if each.id == layer)
    assert title not in view.copied_text()
    view._filter.setText(title)
    assert view._proxy.rowCount() >= 1
    view._filter.setText(f"{title} xyz")
    assert view._proxy.rowCount() == 0


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("points", [8, 9, 10])
def test_the_chart_cuts_no_name_at_the_docks_first_width(language: str, points: int) -> None:
    chart = VerdictChart(language)
    font = chart.font()
    font.setPointSize(points)
    chart.setFont(font)
    chart.resize(DOCK_PX, 200)
    chart.show_counts(dict.fromkeys(Verdict, 1))
    names = chart.shown_names()
    assert names == {each: Wording(language).verdict(each.value) for each in Verdict}
    narrow = VerdictChart(language)
    narrow.show_counts(dict.fromkeys(Verdict, 1))
    narrow.resize(120, 200)
    assert any(name.endswith("…") for name in narrow.shown_names().values())


def test_a_click_on_a_bar_filters_by_its_verdict(assessment):
    chart, told = VerdictChart("en"), []
    counts = verdict_counts(assessment)
    assert sum(counts.values()) == len(assessment.site_verdict)
    chart.show_counts(counts)
    chart.resize(chart.sizeHint())
    chart.verdict_chosen.connect(told.append)
    row = list(counts).index(Verdict.CLEAR)
    for _ in range(2):
        QTest.mouseClick(
            chart, Qt.MouseButton.LeftButton, pos=QPoint(20, row * ROW_PX + ROW_PX // 2)
        )
    assert told == ["clear", ""]


def test_copying_takes_the_selected_lines():
    view = ListingView()
    view.show_listing(numbers(3, 1, 2))
    index = view._proxy.index(1, 0)
    flags = QItemSelectionModel.SelectionFlag
    view._table.selectionModel().select(index, flags.ClearAndSelect | flags.Rows)
    view._copy()
    assert QApplication.clipboard().text() == "Area\tName\n1 m²\tn1"


def test_a_line_without_verdict_has_no_icon():
    model = ListingModel()
    line = Line((Entry("a"),), Target("s"), Tone.PROHIBITED)
    model.show_listing(Listing(("A",), (line, Line((Entry("b"),), Target("s")))))
    role = Qt.ItemDataRole.DecorationRole
    assert not model.index(0, 0).data(role).isNull()
    assert model.index(1, 0).data(role) is None
