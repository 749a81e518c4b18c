# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock of the siting check: sites in, a task, and the result with its places on the map."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsMessageLog
from qgis.gui import QgsCollapsibleGroupBox, QgsDockWidget, QgsFileWidget
from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.law.overrides import override_of
from eco_onemap.core.stated_options import DEFAULT_RINGS, state_options
from eco_onemap.gui.desk import Desk
from eco_onemap.gui.results.finding_views import FindingView
from eco_onemap.gui.results.listing import Target
from eco_onemap.gui.results.panel import ResultPanel
from eco_onemap.gui.siting.check_task import CheckOutcome, CheckTask
from eco_onemap.gui.siting.drawing import DrawingBar
from eco_onemap.gui.siting.highlight import Highlight, find_site
from eco_onemap.gui.siting.set_aside import FILE_NAME, SetAsideDialog
from eco_onemap.gui.siting.site_choice import SiteChoice
from eco_onemap.outputs.override_files import add_override
from eco_onemap.qgis_bridge.check_request import CheckRequest
from eco_onemap.qgis_bridge.kept_layers import KeptLayers
from eco_onemap.qgis_bridge.notice import TAG
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.compiled_cache import CompiledCache

OBJECT_NAME = "EcoOneMapSitingDock"
DATE_FORMAT = "yyyy-MM-dd"


class SitingDock(QgsDockWidget):
    """Checks sites against the one map that is open.

    checked: an assessment was made. problem_said: the sentence that was shown instead of one.
    """

    checked = pyqtSignal(object)
    problem_said = pyqtSignal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Siting check"), desk.iface.mainWindow())
        self.setObjectName(OBJECT_NAME)
        self._desk = desk
        self._task: CheckTask | None = None
        self.layers = KeptLayers(CompiledCache(max_bytes=read_preferences().cache_bytes))
        self.highlight = Highlight(desk.iface.mapCanvas(), self.layers)
        self.sites = SiteChoice(desk.iface)
        self.sites.chosen.connect(self._refresh)
        self.sites.refused.connect(self._say_problem)
        self.drawing = DrawingBar(desk.iface)
        self.drawing.site_drawn.connect(self.sites.take_drawn)
        self.sites.add_widget(self.drawing)
        self._make_controls()
        self.result = ResultPanel()
        self.result.site_shown.connect(self._show_site)
        self.result.target_chosen.connect(self._show_target)
        self.result.target_opened.connect(self._zoom_to_target)
        self.result.override_wanted.connect(self._set_aside)
        self.setWidget(self._laid_out())
        desk.opened.changed.connect(self._show_map)
        self._show_map()

    @property
    def is_checking(self) -> bool:
        """Whether a check is going on."""
        return self._task is not None

    @property
    def _aside_file(self) -> Path | None:
        """The file of findings that were set aside, None where none is named."""
        text = self._aside.filePath()
        return Path(text) if text else None

    def check(self) -> None:
        """Start a check of the chosen sites, unless one is going on or something is missing."""
        if self.is_checking or self.sites.sites is None:
            return
        try:
            request = self._request()
        except EcoOneMapError as error:
            self._say_problem(error.message.text(user_language()))
            return
        self._say("")
        self._task = CheckTask(request, self.layers, self._end)
        self._task.progressChanged.connect(lambda share: self._bar.setValue(int(share)))
        self._task.stepped.connect(self._bar.setFormat)
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
            task.cancel()
            task.waitForFinished()
        self.drawing.stop()
        self.highlight.clear()
        self._desk.opened.changed.disconnect(self._show_map)

    def _request(self) -> CheckRequest:
        assert self.sites.sites is not None
        aside = self._aside_file
        options = state_options(
            as_of=self._as_of.date().toString(DATE_FORMAT),
            rings=self._rings.text(),
            overrides=aside if aside is not None and aside.exists() else None,
        )
        packs = tuple(read_preferences().pack_paths)
        return CheckRequest(self.sites.sites, Path(self._catalogue.filePath()), packs, options)

    def _end(self, outcome: CheckOutcome) -> None:
        if self._task is None:  # the dock is being taken out
            return
        self._task = None
        self._refresh()
        if outcome.details:
            QgsMessageLog.logMessage(outcome.details, TAG, Qgis.MessageLevel.Critical)
        if outcome.assessment is not None:
            self.result.show_assessment(outcome.assessment)
            self.checked.emit(outcome.assessment)
        else:
            self._say_problem(outcome.problem or tr("The check was stopped."))

    def _show_site(self, site_id: str) -> None:
        assessment = self.result.assessment
        if assessment is not None:
            self.highlight.show_site(assessment, site_id)
            self.highlight.zoom_to([find_site(assessment, site_id)])

    def _show_target(self, target: Target) -> None:
        assessment = self.result.assessment
        if assessment is not None:
            self.highlight.show_target(assessment, target)

    def _zoom_to_target(self, target: Target) -> None:
        assessment = self.result.assessment
        if assessment is not None:
            shown = self.highlight.show_target(assessment, target)
            self.highlight.zoom_to([find_site(assessment, target.site_id), shown])

    def _set_aside(self, view: FindingView) -> None:
        """Ask for the reason, keep it in the file, and check again under it."""
        file = self._aside_file or Path(self._catalogue.filePath()).with_name(FILE_NAME)
        dialog = SetAsideDialog(view, file, self)
        if not dialog.exec():
            return
        entry = override_of(view.row, dialog.reason, dialog.author, date.today())
        try:
            add_override(dialog.file, entry)
        except EcoOneMapError as error:
            self._say_problem(error.message.text(user_language()))
            return
        self._aside.setFilePath(str(dialog.file))
        self.check()

    def _show_map(self) -> None:
        path = self._desk.opened.path
        self._catalogue.setFilePath(str(path) if path else read_preferences().catalogue)
        beside = path.with_name(FILE_NAME) if path else None
        self._aside.setFilePath(str(beside) if beside and beside.is_file() else "")
        self._refresh()

    def _refresh(self) -> None:
        """Offer what can be done now."""
        ready = self.sites.sites is not None and bool(self._catalogue.filePath())
        self._check.setEnabled(ready and not self.is_checking)
        self._check.setVisible(not self.is_checking)
        self._stop.setVisible(self.is_checking)
        self._bar.setVisible(self.is_checking)
        if not self.is_checking:
            self._bar.setValue(0)

    def _say_problem(self, text: str) -> None:
        self._say(text)
        self.problem_said.emit(text)

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _make_controls(self) -> None:
        self._catalogue = QgsFileWidget()
        self._catalogue.setFilter(tr("One map catalogues (*.yaml *.yml)"))
        self._catalogue.fileChanged.connect(self._refresh)
        self._as_of = QDateEdit(QDate.currentDate())
        self._as_of.setDisplayFormat(DATE_FORMAT)
        self._as_of.setCalendarPopup(True)
        self._rings = QLineEdit(DEFAULT_RINGS)
        self._aside = QgsFileWidget()
        self._aside.setFilter(tr("Files of overrides") + " (*.yaml *.yml)")
        self._check = QPushButton(tr("Check"))
        self._check.setObjectName("EcoOneMapCheck")
        self._check.setDefault(True)
        self._check.clicked.connect(self.check)
        self._stop = QPushButton(tr("Stop"))
        self._stop.clicked.connect(self.cancel)
        self._bar = QProgressBar()
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.hide()

    def _laid_out(self) -> QWidget:
        self._inputs = QgsCollapsibleGroupBox(tr("What is checked"))
        form = QFormLayout(self._inputs)
        form.addRow(tr("Sites"), self.sites)
        form.addRow(tr("One map"), self._catalogue)
        form.addRow(tr("Assessment date"), self._as_of)
        form.addRow(tr("Rings (m)"), self._rings)
        form.addRow(tr("Findings set aside"), self._aside)
        run = QHBoxLayout()
        run.addWidget(self._bar, stretch=1)
        run.addStretch()
        run.addWidget(self._stop)
        run.addWidget(self._check)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.addWidget(self._inputs)
        column.addLayout(run)
        column.addWidget(self._said)
        column.addWidget(self.result, stretch=1)
        return holder
