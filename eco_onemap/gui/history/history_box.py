# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of a project's checks in the dock: one reopens by a double-click, two are compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from qgis.core import QgsApplication, QgsProject, QgsTask
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.gui.history.difference_dialog import DifferenceDialog
from eco_onemap.gui.history.history_model import Column, HistoryModel
from eco_onemap.gui.history.kept_checks import MOST_SITES, KeptCheck, KeptChecks, open_check
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.translation import tr, user_language

LOWEST_LIST, HIGHEST_LIST = 90, 140


class KeepTask(QgsTask):
    """Writes a check into the project's history while the window goes on."""

    def __init__(
        self,
        kept: KeptChecks,
        assessment: Assessment,
        ended: Callable[[Path | None, str], None],
    ) -> None:
        super().__init__(tr("Keeping a check"), QgsTask.Flag.Silent)
        self._kept, self._assessment, self._ended = kept, assessment, ended
        self._language, self._folder = user_language(), kept.folder
        self._path: Path | None = None
        self._problem = ""
        self._writing, self._is_written = Lock(), False

    @property
    def path(self) -> Path | None:
        """Where the check is, None before it was written."""
        return self._path

    @property
    def assessment(self) -> Assessment:
        """What is written."""
        return self._assessment

    def run(self) -> bool:
        """Write; on a thread of its own."""
        self.settle()
        return self._path is not None

    def settle(self) -> None:
        """Return when the check is written or refused; whoever comes first writes.

        QGIS's own wait never ends for a task that has found no free thread yet.
        """
        with self._writing:
            if self._is_written:
                return
            self._is_written = True
            try:
                self._path = self._kept.keep(self._assessment, self._language, self._folder)
            except EcoOneMapError as error:
                self._problem = error.message.text(self._language)

    def finished(self, _result: bool) -> None:
        """Tell where it is, or why it is not; on the main thread."""
        self._ended(self._path, self._problem)


class HistoryBox(QgsCollapsibleGroupBox):
    """Keeps checks and lists them.

    reopened: an assessment that was kept. refused: the sentence that says what cannot be read.
    """

    reopened = pyqtSignal(object)
    refused = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Checks of this project"), parent)
        self._project = QgsProject.instance()
        self.kept = KeptChecks(self._project)
        self._tasks: list[KeepTask] = []
        self._last: tuple[Assessment, Path] | None = None
        self.model = HistoryModel(Wording(user_language()), self)
        self._list = self._make_list()
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._compare = QPushButton(tr("Difference of two…"))
        self._compare.clicked.connect(self.compare_chosen)
        foot = QHBoxLayout()
        foot.addWidget(self._told, stretch=1)
        foot.addWidget(self._compare)
        column = QVBoxLayout(self)
        column.addWidget(self._list)
        column.addLayout(foot)
        self.setCollapsed(True)
        self._project.readProject.connect(self.refresh)
        self._project.cleared.connect(self._forget)
        self._project.projectSaved.connect(self._move_in)
        self.refresh()

    @property
    def is_keeping(self) -> bool:
        """Whether a check is being written."""
        return bool(self._tasks)

    def keep(self, assessment: Assessment) -> None:
        """Write a check into the history, unless it is of too many sites."""
        if len(assessment.sites) > MOST_SITES:
            told = tr("Checks of more than {most} sites are not kept.").format(most=MOST_SITES)
            self._told.setText(told)
            return
        task = KeepTask(self.kept, assessment, lambda path, why: self._end(task, path, why))
        self._tasks.append(task)
        QgsApplication.taskManager().addTask(task)

    def file_of(self, assessment: Assessment) -> Path:
        """Return the file that holds a check, written now where none does; OutputError."""
        for task in self._tasks:
            task.settle()
            if task.path is not None:
                self._last = task.assessment, task.path
        if self._last is None or self._last[0] is not assessment or not self._last[1].exists():
            path = self.kept.keep(assessment, user_language(), None)
            self._last = assessment, path
        return self._last[1]

    def refresh(self, *_: object) -> None:
        """List what is there."""
        checks = self.kept.listed()
        self.model.show_checks(checks)
        self.setTitle(tr("Checks of this project ({count})").format(count=len(checks)))
        folder = self.kept.folder
        self._told.setText(
            tr("Kept in {folder}").format(folder=folder.name)
            if folder is not None
            else tr("Kept for this session; save the project to keep them beside it.")
        )
        self._told.setToolTip(str(folder or ""))
        self._refresh_button()

    def choose(self, *rows: int) -> None:
        """Select checks by their rows."""
        self._list.clearSelection()
        selection = self._list.selectionModel()
        for row in rows:
            flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
            selection.select(self.model.index(row, Column.WHEN), flags)

    def reopen(self, index: QModelIndex) -> None:
        """Show a kept check again."""
        check = self.model.check(index.row())
        assessment = self._opened(check)
        if assessment is not None:
            self._last = assessment, check.path
            self.reopened.emit(assessment)

    def difference(self) -> DifferenceDialog | None:
        """Return the dialog on the difference of two chosen checks, None if not two are."""
        rows = sorted(index.row() for index in self._list.selectionModel().selectedRows())
        if len(rows) != 2:
            return None
        now, before = (self._opened(self.model.check(row)) for row in rows)
        if before is None or now is None:
            return None
        return DifferenceDialog(before, now, self.window())

    def compare_chosen(self) -> None:
        """Show the difference of the two chosen checks."""
        dialog = self.difference()
        if dialog is not None:
            dialog.exec()

    def stop(self) -> None:
        """Stop following the project; what is being written is waited for."""
        for task in tuple(self._tasks):
            task.settle()
        self._tasks.clear()
        self._project.readProject.disconnect(self.refresh)
        self._project.cleared.disconnect(self._forget)
        self._project.projectSaved.disconnect(self._move_in)
        self.kept.forget_session()

    def _opened(self, check: KeptCheck) -> Assessment | None:
        try:
            return open_check(check)
        except EcoOneMapError as error:
            self.refused.emit(error.message.text(user_language()))
            return None

    def _end(self, task: KeepTask, path: Path | None, problem: str) -> None:
        if task not in self._tasks:  # the dock is being taken out
            return
        self._tasks.remove(task)
        if path is not None:
            self._last = task.assessment, path
        self.refresh()
        if path is None:  # the check itself is none the worse for it
            self._told.setText(tr("The last check could not be kept: {why}").format(why=problem))
        elif self.kept.folder not in (None, path.parent):
            self._told.setText(tr("The project's folder cannot be written: kept for this session."))

    def _move_in(self, *_: object) -> None:
        self.kept.move_in()
        self.refresh()

    def _forget(self) -> None:
        self.kept.forget_session()
        self.refresh()

    def _make_list(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self.model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAlternatingRowColors(True)
        view.setMinimumHeight(LOWEST_LIST)
        view.setMaximumHeight(HIGHEST_LIST)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.MAP, QHeaderView.ResizeMode.Stretch)  # gives way
        view.doubleClicked.connect(self.reopen)
        view.selectionModel().selectionChanged.connect(self._refresh_button)
        return view

    def _refresh_button(self, *_: object) -> None:
        self._compare.setEnabled(len(self._list.selectionModel().selectedRows()) == 2)
