# SPDX-License-Identifier: GPL-2.0-or-later
"""Tasks that found no free thread: what waits for them goes on all the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event

import pytest
from qgis.core import QgsApplication, QgsProject, QgsTask
from qgis.PyQt.QtWidgets import QApplication

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.gui.history.history_box import HistoryBox
from eco_onemap.gui.history.kept_checks import KeptChecks
from eco_onemap.gui.siting import check_task
from eco_onemap.gui.siting.check_task import CheckTask
from tests.qgis.world import make_world

MORE_THAN_THREADS = 64


@pytest.fixture(scope="module")
def assessment(tmp_path_factory) -> Assessment:
    return make_world(tmp_path_factory.mktemp("world")).assessment()


@pytest.fixture
def project(tmp_path) -> Iterator[QgsProject]:
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "plan.qgz"))
    yield project
    project.clear()


@pytest.fixture
def busy() -> Iterator[Event]:
    """All of QGIS's threads are taken; the event lets them go."""
    free = Event()
    tasks = [
        QgsTask.fromFunction("busy", lambda _task: free.wait(60)) for _ in range(MORE_THAN_THREADS)
    ]
    over = []
    for task in tasks:
        task.taskCompleted.connect(lambda: over.append(1))
        QgsApplication.taskManager().addTask(task)
    yield free
    free.set()
    end = time.monotonic() + 60
    while len(over) < MORE_THAN_THREADS and time.monotonic() < end:
        QApplication.processEvents()
    assert len(over) == MORE_THAN_THREADS


def test_a_check_is_kept_by_whoever_waits_for_it(assessment, project, busy):
    box = HistoryBox()
    box.keep(assessment)
    QApplication.processEvents()
    assert box.is_keeping  # it stands in the queue
    file = box.file_of(assessment)
    assert file.exists()
    box.stop()
    assert [check.path for check in KeptChecks(project).listed()] == [file]
    busy.set()


def test_a_check_that_waits_is_given_up_at_once_and_never_begins(monkeypatch, busy):
    begun, ended = [], []
    monkeypatch.setattr(check_task, "run_request", lambda *_: begun.append(1))
    task = CheckTask(None, None, ended.append)
    QgsApplication.taskManager().addTask(task)
    task.give_up()
    busy.set()
    end = time.monotonic() + 60
    while QgsApplication.taskManager().countActiveTasks() and time.monotonic() < end:
        QApplication.processEvents()
    assert begun == []
    assert len(ended) == 1


def test_a_check_that_goes_on_is_waited_for(monkeypatch):
    over: list[int] = []
    goes = Event()

    def slow(_request, _cache, task):
        goes.set()
        while not task.is_cancelled():
            time.sleep(0.01)
        time.sleep(0.3)
        over.append(1)

    monkeypatch.setattr(check_task, "run_request", slow)
    task = CheckTask(None, None, lambda _outcome: None)
    QgsApplication.taskManager().addTask(task)
    assert goes.wait(20)
    task.give_up()
    assert over == [1]
    QApplication.processEvents()
