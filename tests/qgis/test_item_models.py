# SPDX-License-Identifier: GPL-2.0-or-later
"""Every item model of the plugin keeps Qt's rules, by Qt's own tester; none is left out."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt
from qgis.PyQt.QtTest import QAbstractItemModelTester

import eco_onemap.gui
from eco_onemap.core.law.project_questions import TagGroup
from eco_onemap.core.sites.industries import search_industries
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.builder.dialog import BuilderDialog
from eco_onemap.gui.builder.field_model import FieldModel
from eco_onemap.gui.builder.layer_model import LayerModel
from eco_onemap.gui.builder.list_column_model import ListColumnModel
from eco_onemap.gui.builder.mapping_model import MappingModel
from eco_onemap.gui.builder.problem_view import ProblemModel
from eco_onemap.gui.history.history_model import HistoryModel
from eco_onemap.gui.history.kept_checks import KeptCheck
from eco_onemap.gui.project_facts.industry_model import IndustryModel
from eco_onemap.gui.project_facts.tag_model import TagModel
from eco_onemap.gui.results.listing import Entry, Line, Listing, Target
from eco_onemap.gui.results.listing_model import ListingModel, ListingProxy
from eco_onemap.gui.rows_model import RowsModel
from eco_onemap.gui.siting.candidate_model import CandidateModel
from eco_onemap.gui.siting.placing import readings_on
from eco_onemap.gui.siting.sites_model import SitesModel
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.paths import sample
from eco_onemap.readers.sites.tables.reading import parse_pasted
from tests.qgis.conftest import KEPT

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def modules() -> Iterator[str]:
    """Yield the names of all modules of the window."""
    for found in pkgutil.walk_packages(eco_onemap.gui.__path__, "eco_onemap.gui."):
        yield found.name


def model_classes() -> list[type[QAbstractItemModel]]:
    """Return each class of the window that is an item model, not what they are made from."""
    found = set()
    for name in modules():
        for each in vars(importlib.import_module(name)).values():
            if isinstance(each, type) and each.__module__ == name:
                found |= {each} if issubclass(each, QAbstractItemModel) else set()
    return sorted(found - {RowsModel, MappingModel}, key=lambda each: each.__name__)


Exercise = Iterator[QAbstractItemModel]
"""Yields the model, and yields it again each time when something was done to it."""


def lines(*texts: str) -> Listing:
    """Return a listing with a line for each text."""
    made = (Line((Entry(text, text), Entry(text.upper(), text)), Target("s")) for text in texts)
    return Listing(("Name", "Upper"), tuple(made))


def listings() -> Exercise:
    """Show listings of several lengths, none included."""
    model = ListingModel()
    for texts in (("c", "a", "b"), ("d",), ()):
        yield model
        model.show_listing(lines(*texts))
    yield model


def sorted_listings() -> Exercise:
    """Sort and filter while other listings are shown below."""
    source, proxy = ListingModel(), ListingProxy()
    proxy.setSourceModel(source)
    for texts in (("c", "a", "b"), ("ab", "b"), ()):
        yield proxy
        source.show_listing(lines(*texts))
        yield proxy
        proxy.sort(0, Qt.SortOrder.DescendingOrder)
        proxy.filter_by("a")
        yield proxy
        proxy.filter_by_tone("clear")
        yield proxy
        proxy.filter_by_tone("")
        proxy.filter_by("")
    KEPT.append(source)
    yield proxy


def candidates() -> Exercise:
    """Show the readings of coordinates without a system, then none."""
    model = CandidateModel()
    written = "2716000.000\t606000.000\n2716000.000\t606100.000\n2716100.000\t606100.000"
    yield model
    model.show_candidates(readings_on(parse_pasted(written), "CGCS2000", None).candidates)
    yield model
    model.show_candidates(())
    yield model


def sites() -> Exercise:
    """Show sites, change a name, show none."""
    model, told = SitesModel(), []
    model.named.connect(lambda row, name: told.append((row, name)))
    written = parse_pasted("118.057999 24.557999\n118.067999 24.557999\n118.067999 24.567999")
    yield model
    model.show_sites(written)
    yield model
    name = model.index(0, 1)
    assert model.setData(name, " 甲 ", Qt.ItemDataRole.EditRole)
    assert not model.setData(name, " ", Qt.ItemDataRole.EditRole)
    assert told == [(0, "甲")]
    yield model
    model.show_sites(None)
    yield model


def checks() -> Exercise:
    """List a kept check, then none."""
    model = HistoryModel(Wording("en"))
    kept = KeptCheck(Path("a.gpkg"), datetime(2026, 1, 2), "A", "2026-01-02", ((Verdict.CLEAR, 2),))
    yield model
    model.show_checks((kept, kept))
    yield model
    model.show_checks(())
    yield model


def industries_found() -> Exercise:
    """Show what searches find."""
    model = IndustryModel()
    for text in ("化学", "C26", "no such industry"):
        yield model
        model.show_industries(search_industries(text))
    yield model


def tags() -> Exercise:
    """Answer questions one by one, then all anew."""
    groups = (TagGroup({"en": "A"}, ("chemical", "new")), TagGroup({"en": "B"}, ("port",)))
    model = TagModel(groups, Wording("en"))
    yield model
    group = model.index(0, 0)
    for column in (1, 2):
        place = model.index(1, column, group)
        assert model.setData(place, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
        yield model
    model.answer(("port",), ("new",))
    yield model


def builder(part: Callable[[BuilderDialog], QAbstractItemModel]) -> Callable[[], Exercise]:
    """Return an exercise in a model of the catalogue builder."""

    def exercise() -> Exercise:
        project = QgsProject()
        for name in ("redline", "wetlands"):
            layer = QgsVectorLayer(str(sample(f"{name}.gpkg")), name, "ogr")
            assert project.addMapLayer(layer)
        dialog = BuilderDialog(project, lambda _path: None)
        KEPT.extend((dialog, project))
        yield part(dialog)
        dialog.look_at_project()
        yield part(dialog)
        dialog.session.start_new()
        for row in range(dialog.layers.model.rowCount()):
            dialog.layers.choose(row)
            yield part(dialog)
        dialog.session.use(dialog.session.rows[0], False)
        yield part(dialog)
        dialog.session.undo()
        yield part(dialog)
        dialog.session.open(sample("onemap.yaml"))
        dialog.layers.choose(0)
        yield part(dialog)

    return exercise


EXERCISES: dict[type, Callable[[], Exercise]] = {
    CandidateModel: candidates,
    FieldModel: builder(lambda dialog: dialog.layers.fields),
    HistoryModel: checks,
    IndustryModel: industries_found,
    LayerModel: builder(lambda dialog: dialog.layers.model),
    ListColumnModel: builder(lambda dialog: dialog.access.columns),
    ListingModel: listings,
    ListingProxy: sorted_listings,
    ProblemModel: builder(lambda dialog: dialog.problems.model),
    SitesModel: sites,
    TagModel: tags,
}


def texts(model: QAbstractItemModel, parent: QModelIndex) -> list[str]:
    """Return the words, numbers and ticks of all cells, in all roles."""
    found = []
    for row in range(model.rowCount(parent)):
        column = 0
        while (index := model.index(row, column, parent)).isValid():
            found += [index.data(role) for role in range(Qt.ItemDataRole.UserRole + 3)]
            column += 1
        found += texts(model, model.index(row, 0, parent))
    return [str(datum) for datum in found if isinstance(datum, str | int)]


def test_every_model_has_its_exercise() -> None:
    assert set(model_classes()) == set(EXERCISES)


@pytest.mark.parametrize("kind", list(EXERCISES), ids=lambda kind: kind.__name__)
def test_models_keep_qts_rules(kind: type[QAbstractItemModel]) -> None:
    steps = EXERCISES[kind]()
    model = next(steps)
    assert type(model) is kind
    KEPT.append(QAbstractItemModelTester(model, FATAL))
    shown = [texts(model, QModelIndex()) for _ in steps]
    assert any(shown)
    assert len({tuple(each) for each in shown}) > 1  # the exercise changed what is shown
