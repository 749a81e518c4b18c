# SPDX-License-Identifier: GPL-2.0-or-later
"""The form of project facts: what it asks, what it remembers, and what a check makes of it."""

from __future__ import annotations

from datetime import date

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QAbstractItemModelTester, QTest

from eco_onemap.core.law.project_questions import ProjectQuestions, TagGroup, find_questions
from eco_onemap.core.messages import sentences
from eco_onemap.core.sites.industries import search_industries
from eco_onemap.core.sites.project_tags import implied_tags
from eco_onemap.gui.buttons import Standard
from eco_onemap.gui.project_facts.dialog import FactsDialog
from eco_onemap.gui.project_facts.industry_chooser import IndustryDialog
from eco_onemap.gui.project_facts.industry_model import IndustryModel
from eco_onemap.gui.project_facts.tag_model import Column, TagModel
from eco_onemap.gui.project_facts.wording import facts_sentence, tag_title
from eco_onemap.gui.siting.facts_row import FactsRow
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.check_request import read_known_pack
from eco_onemap.qgis_bridge.preferences import NATIONAL_PACK
from eco_onemap.qgis_bridge.project_facts import read_facts, write_facts
from eco_onemap.readers.sites.attributes import stated_facts
from tests.qgis.world import make_world

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
GROUPS = (
    TagGroup({"en": "Discharge", "zh": "排污"}, ("outfall", "discharges_pollutants")),
    TagGroup({}, ("water_supply", "intake"), "water_supply"),
)
ASKED = ProjectQuestions(frozenset(("nature", "industry")), GROUPS)


@pytest.fixture
def model() -> TagModel:
    return TagModel(GROUPS, Wording("en"))


def test_models_keep_qts_rules(model):
    found = IndustryModel()
    testers = [QAbstractItemModelTester(model, FATAL), QAbstractItemModelTester(found, FATAL)]
    model.answer(["outfall"], ["intake"])
    found.show_industries(search_industries("化学"))
    found.show_industries(())
    assert testers


def test_an_answer_is_yes_or_no_and_can_be_taken_back(model):
    group = model.index(0, 0)
    yes, no = model.index(0, Column.YES, group), model.index(0, Column.NO, group)
    checked, state = Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
    assert model.setData(yes, checked, state)
    assert (model.stated, model.denied) == ({"outfall"}, frozenset())
    assert model.setData(no, checked, state)  # the other answer goes
    assert (model.stated, model.denied) == (frozenset(), {"outfall"})
    assert model.data(yes, state) == Qt.CheckState.Unchecked
    assert model.setData(no, Qt.CheckState.Unchecked, state)
    assert (model.stated, model.denied) == (frozenset(), frozenset())  # unknown again


def test_a_click_answers(model):
    dialog = FactsDialog(ASKED, {})
    dialog.show()
    tree = dialog._tree
    group = dialog._proxy.index(1, 0)
    box = tree.visualRect(dialog._proxy.index(1, Column.NO, group))
    QTest.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 10, box.center().y())
    )
    assert dialog.facts == {"not_tags": "intake"}
    dialog.close()


def test_only_what_is_asked_is_shown():
    dialog = FactsDialog(ASKED, {})
    dialog.show()
    shown = {name: box.isVisible() for name, box in dialog._choices.items()}
    assert shown == {"nature": True, "stage": False, "planned_use": False}
    assert dialog.industry.isVisible()
    dialog.close()


def test_facts_come_back_as_they_were_stated():
    facts = {
        "project": "某某化工项目",
        "industry": "C2614",
        "nature": "改扩建",
        "stage": "siting",
        "planned_use": "industrial",
        "tags": "chemical,outfall",
        "not_tags": "tailings",  # asked by no rule here, and kept
    }
    dialog = FactsDialog(ASKED, facts)
    assert dialog.facts == facts
    assert stated_facts(facts)["nature"] == "expand,rebuild"
    dialog.show_facts({})
    assert dialog.facts == {}


def test_a_project_remembers_and_another_does_not(tmp_path):
    project, facts = QgsProject(), {"tags": "chemical", "nature": "新建"}
    write_facts(project, facts)
    assert project.write(str(tmp_path / "plan.qgz"))
    read = QgsProject()
    assert read.read(str(tmp_path / "plan.qgz"))
    assert read_facts(read) == facts
    assert read_facts(QgsProject()) == {}
    write_facts(read, {"nature": "新建"})  # unknown again
    assert read_facts(read) == {"nature": "新建"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_fact_of_the_national_pack_has_words(language):
    say = Wording(language)
    groups = find_questions([read_known_pack(NATIONAL_PACK)]).groups
    tags = [tag for group in groups for tag in group.tags]
    assert len(tags) > 40
    known = {tag for tag in tags if f"report.tag.{tag}" in sentences(language)}
    assert set(tags) - known - set(implied_tags()) == set()
    assert [tag for tag in tags if "_" in tag_title(tag, say)] == []
    assert [group for group in groups if not group.titles and not group.general] == []


def test_the_line_in_the_dock_tells_all():
    facts = {"tags": "chemical", "not_tags": "tailings", "stage": "siting"}
    assert facts_sentence(facts, Wording("zh")).endswith("尾矿库")
    assert facts_sentence({}, Wording("en")) == "Nothing is stated."


def test_industries_are_searched_while_one_writes():
    dialog = IndustryDialog()
    assert dialog.model.rowCount() == 20  # the sections
    assert not dialog._buttons.button(Standard.Ok).isEnabled()
    dialog.search.setText("有机化学原料")
    assert dialog.code == "C2614"
    assert dialog._buttons.button(Standard.Ok).isEnabled()
    dialog.search.setText("no such industry")
    assert (dialog.model.rowCount(), dialog.code) == (0, "")


def test_the_dock_asks_what_only_an_access_list_names(tmp_path, monkeypatch):
    """The row of the dock reads the lists of the map in use, on the assessment date."""
    world = make_world(tmp_path)
    (tmp_path / "list.csv").write_text(
        "list_id,level,scope_code,dimension,clause_text,restrict_type,activities,effective_from\n"
        "Q1,省,990000,空间布局约束,禁止养殖。,禁止,ranching,2025-01-01\n",
        encoding="utf-8",
    )
    lists = "access_lists:\n  - {id: own, source: list.csv}\n"
    with world.catalogue.open("a", encoding="utf-8") as catalogue:
        catalogue.write(lists)
    asked = []
    monkeypatch.setattr(FactsDialog, "exec", lambda dialog: asked.append(dialog.model) and False)
    for day in (date(2024, 12, 31), date(2025, 1, 1)):
        row = FactsRow(lambda: str(world.catalogue), lambda day=day: day)
        row.refused.connect(asked.append)
        row.ask()
        row.stop()
    before, since = ({tag for group in model._groups for tag in group.tags} for model in asked)
    assert since - before == {"ranching"}
