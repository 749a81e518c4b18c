# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock of the siting check: sites in, a task, and the result with its places on the map."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.law.overrides import override_of
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.gui.desk import Desk
from eco_onemap.gui.history.history_box import HistoryBox
from eco_onemap.gui.primary_button import PrimaryButton
from eco_onemap.gui.results.finding_views import FindingView
from eco_onemap.gui.results.panel import ResultPanel
from eco_onemap.gui.siting.check_task import CheckOutcome, CheckTask
from eco_onemap.gui.siting.highlight import Highlight
from eco_onemap.gui.siting.inputs import InputsBox
from eco_onemap.gui.siting.pointing import Pointing
from eco_onemap.gui.siting.result_actions import ResultActions
from eco_onemap.gui.siting.set_aside import FILE_NAME, SetAsideDialog
from eco_onemap.gui.tall_area import TallArea
from eco_onemap.gui.undo_keys import means_redo, means_undo
from eco_onemap.outputs.override_files import add_override
from eco_onemap.qgis_bridge.kept_layers import KeptLayers
from eco_onemap.qgis_bridge.notice import TAG
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.compiled_cache import CompiledCache

OBJECT_NAME = "EcoOneMapSitingDock"


class SitingDock(QgsDockWidget):
    """Checks sites against the one map that is open.

    checked: an assessment was made. problem_said: the sentence that was shown instead of one.
    """

    checked = pyqtSignal(object)
    problem_said = pyqtSignal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Siting check"), desk.iface.mainWindow())
        self.setObjectName(OBJECT_NAME)
        self.setAcceptDrops(True)
        self._desk = desk
        self._task: CheckTask | None = None
        self.layers = KeptLayers(CompiledCache(max_bytes=read_preferences().cache_bytes))
        self.highlight = Highlight(desk.iface.mapCanvas(), self.layers)
        self.inputs = InputsBox(desk.iface)
        self.result = ResultPanel()
        self._pointing = Pointing(self.inputs, self.result, self.highlight)
        self.history = HistoryBox()
        self.actions = ResultActions(
            desk.iface,
            lambda: self.result.assessment,
            self.history.file_of,
            self.inputs.catalogue.filePath,
        )
        self._make_controls()
        self._connect()
        self._area = self._laid_out()
        self.setWidget(self._area)
        desk.opened.changed.connect(self._show_map)
        desk.preferences_changed.connect(self._take_preferences)
        QgsProject.instance().cleared.connect(self.highlight.clear)
        self._show_map()

    @property
    def is_checking(self) -> bool:
        """Whether a check is going on."""
        return self._task is not None

    def check(self) -> None:
        """Start a check of the chosen sites, unless one is going on or something is missing."""
        if self.is_checking or not self.inputs.is_complete or not self.inputs.settle_place():
            return
        try:
            request = self.inputs.request()
        except EcoOneMapError as error:
            self._say_problem(error.message.text(user_language()))
            return
        self.inputs.drawing.stop()  # clicks on the map look at the result now
        self._say("")
        self._task = CheckTask(request, self.layers, self._end)
        self._task.progressChanged.connect(self._show_share)
        self._task.stepped.connect(self._show_step)
        self._refresh()
        QgsApplication.taskManager().addTask(self._task)

    def cancel(self) -> None:
        """Ask the check to stop."""
        if self._task is not None:
            self._task.cancel()

    def close_down(self) -> None:
        """End what is going on and leave nothing on the map."""
        task, self._task = self._task, None
        if task is not None:
            task.give_up()
        self.inputs.stop()
        self.history.stop()
        self.actions.stop()
        self._desk.opened.changed.disconnect(self._show_map)
        QgsProject.instance().cleared.disconnect(self.highlight.clear)
        self.highlight.close_down()

    def _show_share(self, share: float) -> None:
        if self.is_checking:  # else it comes late: the bar may be gone with the dock
            self._bar.setValue(int(share))

    def _show_step(self, step: str) -> None:
        if self.is_checking:
            self._bar.setFormat(step)

    def _end(self, outcome: CheckOutcome) -> None:
        if self._task is None:  # the dock is being taken out
            return
        self._task = None
        self._refresh()
        if outcome.details:
            QgsMessageLog.logMessage(outcome.details, TAG, Qgis.MessageLevel.Critical)
        if outcome.assessment is not None:
            self._show_result(outcome.assessment)
            self.history.keep(outcome.assessment)
            self.checked.emit(outcome.assessment)
        else:
            self._say_problem(outcome.problem or tr("The check was stopped."))

    def event(self, event: QEvent) -> bool:
        """Let the usual keys paste sites, and undo and redo what was done to those in hand."""
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            act = self._meant_by(event)
            if act is not None:
                if event.type() == QEvent.Type.KeyPress:
                    act()
                event.accept()
                return True
        return bool(super().event(event))

    def _meant_by(self, key: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key does that no field of the dock has taken, None for nothing."""
        if key.matches(QKeySequence.StandardKey.Paste):
            return self.inputs.sites.paste
        if means_undo(key):
            return self.inputs.sites.undo
        return self.inputs.sites.redo if means_redo(key) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let a file of sites be dropped anywhere on the dock."""
        self.inputs.sites.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the sites of a dropped file in."""
        self.inputs.sites.dropEvent(event)

    def _show_result(self, assessment: Assessment) -> None:
        self.result.show_assessment(assessment)
        self.actions.refresh()
        if self._area.is_low:  # on small screens there is room for one
            self.inputs.setCollapsed(True)

    def _follow_sites(self) -> None:
        """Leave nothing on the map where no site is in hand, and tell that a result is older."""
        if self.inputs.sites.sites is None:
            self.highlight.clear()
        has_result = self.result.assessment is not None
        self._say(tr("The sites have changed since this check.") if has_result else "")

    def _set_aside(self, view: FindingView) -> None:
        """Ask for the reason, keep it in the file, and check again under it."""
        beside = Path(self.inputs.catalogue.filePath()).with_name(FILE_NAME)
        file = self.inputs.aside_file or beside
        dialog = SetAsideDialog(view, file, self)
        if not dialog.exec():
            return
        entry = override_of(view.row, dialog.reason, dialog.author, date.today())
        try:
            add_override(dialog.file, entry)
        except EcoOneMapError as error:
            self._say_problem(error.message.text(user_language()))
            return
        self.inputs.aside.setFilePath(str(dialog.file))
        self.check()

    def _take_preferences(self) -> None:
        """Go by the settings as they are by now."""
        self.layers.stand_before(CompiledCache(max_bytes=read_preferences().cache_bytes))
        if self._desk.opened.path is None:
            self._show_map()
        self.result.refresh()

    def _show_map(self) -> None:
        path = self._desk.opened.path
        self.inputs.catalogue.setFilePath(str(path) if path else read_preferences().catalogue)
        beside = path.with_name(FILE_NAME) if path else None
        self.inputs.aside.setFilePath(str(beside) if beside and beside.is_file() else "")
        self._refresh()

    def _refresh(self) -> None:
        """Offer what can be done now."""
        self._check.setEnabled(self.inputs.is_complete and not self.is_checking)
        self._check.setVisible(not self.is_checking)
        self._stop.setVisible(self.is_checking)
        self._bar.setVisible(self.is_checking)
        self.actions.refresh(is_busy=self.is_checking)
        if not self.is_checking:
            self._bar.setValue(0)

    def _make_room(self, history_is_shut: bool) -> None:
        """Fold the inputs away while the history is open."""
        self.inputs.setCollapsed(not history_is_shut)

    def _say_problem(self, text: str) -> None:
        self._say(text)
        self.problem_said.emit(text)

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _make_controls(self) -> None:
        self._check = PrimaryButton(tr("Check"))
        self._check.setObjectName("EcoOneMapCheck")
        self._check.clicked.connect(self.check)
        self._stop = QPushButton(tr("Stop"))
        self._stop.clicked.connect(self.cancel)
        self._bar = QProgressBar()
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.hide()

    def _connect(self) -> None:
        self.inputs.changed.connect(self._refresh)
        self.inputs.refused.connect(self._say_problem)
        self.inputs.sites.source_gone.connect(self.highlight.clear)
        self.inputs.sites.chosen.connect(self._follow_sites)
        self.result.override_wanted.connect(self._set_aside)
        self.history.reopened.connect(self._show_result)
        self.history.refused.connect(self._say_problem)
        self.history.collapsedStateChanged.connect(self._make_room)
        self.actions.refused.connect(self._say_problem)

    def _laid_out(self) -> TallArea:
        run = QHBoxLayout()
        run.addWidget(self.actions)
        run.addWidget(self._bar, stretch=1)
        run.addStretch()
        run.addWidget(self._stop)
        run.addWidget(self._check)
        content = QWidget()
        column = QVBoxLayout(content)
        column.addWidget(self.inputs)
        column.addLayout(run)
        column.addWidget(self._said)
        column.addWidget(self.result, stretch=1)
        column.addWidget(self.history)
        return TallArea(content)
