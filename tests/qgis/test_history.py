# SPDX-License-Identifier: GPL-2.0-or-later
"""The checks of a project: kept beside it, listed, opened again, compared."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtTest import QAbstractItemModelTester
from qgis.PyQt.QtWidgets import QApplication

from eco_onemap.core.errors import OutputError
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.history import kept_checks
from eco_onemap.gui.history.difference_dialog import DifferenceDialog
from eco_onemap.gui.history.history_box import HistoryBox
from eco_onemap.gui.history.history_model import Column, HistoryModel
from eco_onemap.gui.history.kept_checks import KeptChecks, open_check
from eco_onemap.outputs.report.wording import Wording
from tests.qgis.world import make_world, plain_rows


@pytest.fixture(scope="module")
def assessment(tmp_path_factory) -> Assessment:
    return make_world(tmp_path_factory.mktemp("world")).assessment()


@pytest.fixture
def project(tmp_path: Path) -> QgsProject:
    project = QgsProject()
    assert project.write(str(tmp_path / "plan.qgz"))
    return project


def free_of_findings(assessment: Assessment) -> Assessment:
    nothing = np.zeros(0, dtype=np.intp)
    verdicts = assessment.site_verdict
    columns = {column.name: verdicts[column.name].copy() for column in verdicts.columns}
    columns["verdict"][columns["verdict"] == "prohibited"] = "study"
    return replace(
        assessment,
        finding=assessment.finding.take(nothing),
        site_verdict=replace(verdicts, values=columns),
    )


def wait_for(box: HistoryBox) -> None:
    end = time.monotonic() + 20
    while box.is_keeping and time.monotonic() < end:
        QApplication.processEvents()
    assert not box.is_keeping


def test_a_check_is_kept_beside_the_project(assessment, project, tmp_path):
    kept = KeptChecks(project)
    path = kept.keep(assessment, "zh", kept.folder)
    assert path.parent == tmp_path / "plan_checks"
    (check,) = kept.listed()
    assert (check.title, check.as_of, check.sites) == ("小图", "2026-11-23", 3)
    assert dict(check.counts)[Verdict.PROHIBITED] == 1
    opened = open_check(check)
    for name in ("site_verdict", "site_layer", "finding", "not_evaluated"):
        assert plain_rows(getattr(opened, name)) == plain_rows(getattr(assessment, name))


def test_the_newest_stands_on_top_and_the_oldest_goes(assessment, project, monkeypatch):
    monkeypatch.setattr(kept_checks, "MOST_CHECKS", 3)
    kept = KeptChecks(project)
    made = [kept.keep(assessment, "zh", kept.folder) for _ in range(5)]
    listed = [check.path for check in kept.listed()]
    assert listed == made[:1:-1]


def test_an_unsaved_project_keeps_until_it_is_saved(assessment, tmp_path):
    project = QgsProject()
    kept = KeptChecks(project)
    first = kept.keep(assessment, "zh", kept.folder)
    assert first.parent != tmp_path
    assert len(kept.listed()) == 1
    project.write(str(tmp_path / "late.qgs"))
    kept.move_in()
    assert [check.path for check in kept.listed()] == [tmp_path / "late_checks" / first.name]
    assert not first.exists()
    kept.forget_session()
    assert not first.parent.exists()
    assert len(kept.listed()) == 1


def test_a_folder_that_cannot_be_written_is_no_loss(assessment, project, tmp_path):
    (tmp_path / "plan_checks").write_text("a file is in the way")
    kept = KeptChecks(project)
    path = kept.keep(assessment, "zh", kept.folder)
    assert [check.path for check in kept.listed()] == [path]
    kept.forget_session()


def test_files_that_are_no_results_are_passed_over(assessment, project, tmp_path):
    kept = KeptChecks(project)
    kept.keep(assessment, "zh", kept.folder)
    (tmp_path / "plan_checks" / "20260101-000000.gpkg").write_bytes(b"broken")
    (tmp_path / "plan_checks" / "roads.gpkg").write_bytes(b"")
    assert len(kept.listed()) == 1


def test_the_model_keeps_qts_rules(assessment, project):
    kept = KeptChecks(project)
    kept.keep(assessment, "zh", kept.folder)
    model = HistoryModel(Wording("en"))
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    model.show_checks(kept.listed())
    assert "1" in model.index(0, Column.RESULT).data()
    assert model.index(0, Column.MAP).data() == "小图"
    model.show_checks(())
    assert tester


def test_the_box_keeps_lists_and_reopens(assessment):
    box, opened = HistoryBox(), []
    box.reopened.connect(opened.append)
    box.keep(assessment)
    wait_for(box)
    assert box.model.rowCount() == 1
    file = box.file_of(assessment)
    assert box.model.check(0).path == file  # what was kept is not written again
    box.reopen(box.model.index(0, 0))
    assert opened[0].site_verdict["verdict"].tolist() == (
        assessment.site_verdict["verdict"].tolist()
    )
    assert box.file_of(opened[0]) == file
    box.keep(free_of_findings(assessment))
    wait_for(box)
    box.choose(0)
    assert box.difference() is None  # one alone
    box.choose(0, 1)
    dialog = box.difference()
    assert len(dialog.list._model.listing.lines) == 1
    box.stop()
    assert not file.exists()  # the session's own


def test_two_checks_differ_in_what_was_found(assessment):
    before = free_of_findings(assessment)
    dialog = DifferenceDialog(before, assessment)
    (line,) = dialog.list._model.listing.lines
    assert line.target.site_id == "a"
    assert line.cells[3].text.startswith("T1")
    assert "a" in dialog.text
    same = DifferenceDialog(assessment, assessment)
    assert same.text == "Both checks say the same, to the last digit."


def test_very_many_sites_are_not_kept(assessment, monkeypatch):
    monkeypatch.setattr("eco_onemap.gui.history.history_box.MOST_SITES", 2)
    box = HistoryBox()
    box.keep(assessment)
    assert not box.is_keeping
    assert box.model.rowCount() == 0
    box.stop()


def test_a_check_that_cannot_be_kept_is_said_in_the_box(assessment, monkeypatch):
    def refuse(*_args):
        raise OutputError("output.unwritable", path="x.gpkg", cause="disk full")

    monkeypatch.setattr(kept_checks, "write_geopackage", refuse)
    box, said = HistoryBox(), []
    box.refused.connect(said.append)
    box.keep(assessment)
    wait_for(box)
    assert (box.model.rowCount(), said) == (0, [])
    assert "disk full" in box._told.text()
    box.stop()
