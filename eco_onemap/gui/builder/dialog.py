# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue builder's window: layers, problems with cures, and the text that is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import Qgis, QgsProject
from qgis.gui import QgsGui, QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QCloseEvent, QFontDatabase, QKeySequence
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QDialog,
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.layers.building.problem import Weight
from eco_onemap.gui.builder.access_page import AccessPage
from eco_onemap.gui.builder.general_form import GeneralForm
from eco_onemap.gui.builder.layer_page import LayerPage
from eco_onemap.gui.builder.problem_view import ProblemView
from eco_onemap.gui.builder.session import BuilderSession
from eco_onemap.gui.buttons import Answer, ask, let_tab_reach
from eco_onemap.qgis_bridge.project_layers import describe_project
from eco_onemap.qgis_bridge.translation import tr, user_language

START_SIZE = (1264, 720)
NAME = "EcoOneMapBuilder"
FILE_NAME = "onemap.yaml"


class BuilderDialog(QDialog):
    """Builds or edits a catalogue beside QGIS's window, which stays usable.

    open_map: opens a saved catalogue as the one map of the window.
    """

    def __init__(
        self, project: QgsProject, open_map: Callable[[Path], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        self.resize(*START_SIZE)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self._project, self._open_map = project, open_map
        self.session = BuilderSession(Path(project.homePath() or Path.home()), self)
        self.bar = QgsMessageBar()
        self.general = GeneralForm(self.session)
        self.layers = LayerPage(self.session)
        self.access = AccessPage(self.session)
        self.problems = ProblemView(self.session)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.tabs = QTabWidget()
        for page, title in (
            (self.layers, tr("Layers")),
            (self.access, tr("Access lists")),
            (self.problems, tr("Problems")),
            (self.preview, tr("Text")),
        ):
            self.tabs.addTab(page, title)
        column = QVBoxLayout(self)
        for widget in (self._toolbar(), self.bar, self.general):
            column.addWidget(widget)
        column.addWidget(self.tabs, stretch=1)
        self.layers.look_wanted.connect(self.look_at_project)
        self.problems.chosen.connect(self._show_layer)
        self.session.changed.connect(self._refresh)
        self.session.refused.connect(self._warn)
        QgsGui.enableAutoGeometryRestore(self, NAME)
        self.layers.table.setFocus()
        self._refresh()

    def look_at_project(self) -> None:
        """Have the layers of the project at hand, in the order of its tree."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            order = self._project.layerTreeRoot().layerOrder()
            self.session.offer(describe_project(order))
        finally:
            QApplication.restoreOverrideCursor()

    def start_new(self) -> None:
        """Begin a catalogue with the layers of the project."""
        if self._may_leave():
            self.look_at_project()
            self.session.start_new()

    def open_path(self, path: Path) -> None:
        """Edit the catalogue in *path*; says why it cannot be read."""
        self._said(lambda: self.session.open(path))

    def save_path(self, path: Path) -> bool:
        """Save to *path* and offer to open the map; return whether it was saved."""
        if self.session.is_changed_elsewhere(path) and not self._may_replace(path):
            return False
        if not self._said(lambda: self.session.save(path)):
            return False
        item = self.bar.createMessage(tr("Saved as {path}.").format(path=path))
        button = QPushButton(tr("Open this map"))
        button.clicked.connect(lambda: self._open_saved(path))
        item.layout().addWidget(button)
        self.bar.clearWidgets()
        self.bar.pushWidget(item, Qgis.MessageLevel.Success)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before edits are lost."""
        if self._may_leave():
            event.accept()
        else:
            event.ignore()

    def reject(self) -> None:
        """Close as the window's cross does: Escape loses no edits either."""
        self.close()

    def _toolbar(self) -> QToolBar:
        bar = QToolBar()
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.new_action = self._action(bar, tr("New from the project"), self.start_new)
        self.open_action = self._action(bar, tr("Open…"), self._choose_and_open)
        bar.addSeparator()
        self.undo_action = self._action(bar, tr("Undo"), self.session.undo)
        self.redo_action = self._action(bar, tr("Redo"), self.session.redo)
        bar.addSeparator()
        self.save_action = self._action(bar, tr("Save"), self._save)
        save_as = self._action(bar, tr("Save as…"), self._save_as)
        keys = QKeySequence.StandardKey
        for action, key in (
            (self.new_action, keys.New),
            (self.open_action, keys.Open),
            (self.undo_action, keys.Undo),
            (self.redo_action, keys.Redo),
            (self.save_action, keys.Save),
            (save_as, keys.SaveAs),
        ):
            action.setShortcut(key)
        let_tab_reach(bar)
        return bar

    def _action(self, bar: QToolBar, text: str, run: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _=False: run())
        bar.addAction(action)
        return action

    def _refresh(self) -> None:
        session, history = self.session, self.session.history
        path = session.path.name if session.path else tr("new catalogue")
        mark = "" if session.is_saved else " *"
        self.setWindowTitle(tr("Catalogue builder – {name}").format(name=path) + mark)
        self.undo_action.setEnabled(history.last is not None)
        self.undo_action.setToolTip(history.last.text if history.last else "")
        self.redo_action.setEnabled(history.next is not None)
        self.redo_action.setToolTip(history.next.text if history.next else "")
        serious = [p for p in session.problems if p.weight is not Weight.HINT]
        page = self.tabs.indexOf(self.problems)
        self.tabs.setTabText(page, tr("Problems ({count})").format(count=len(serious)))
        self.preview.setPlainText(session.catalogue.text)

    def _show_layer(self, number: int) -> None:
        """Show the layer that a problem is about."""
        self.tabs.setCurrentWidget(self.layers)
        self.layers.choose(number)
        self.layers.table.setFocus()

    def _choose_and_open(self) -> None:
        if not self._may_leave():
            return
        title, kinds = tr("Open a catalogue"), tr("One map catalogues (*.yaml *.yml)")
        path, _ = QFileDialog.getOpenFileName(self, title, str(self.session.folder), kinds)
        if path:
            self.open_path(Path(path))

    def _save(self) -> bool:
        path = self.session.path
        return self.save_path(path) if path else self._save_as()

    def _save_as(self) -> bool:
        start = self.session.path or self.session.folder / FILE_NAME
        title, kinds = tr("Save the catalogue"), tr("One map catalogues (*.yaml *.yml)")
        path, _ = QFileDialog.getSaveFileName(self, title, str(start), kinds)
        return bool(path) and self.save_path(Path(path))

    def _open_saved(self, path: Path) -> None:
        if self._said(lambda: self._open_map(path)):
            self.bar.clearWidgets()

    def _may_leave(self) -> bool:
        """Return whether unsaved edits may go: there are none, they are saved, or given up."""
        if self.session.is_saved or not self.session.catalogue.layers:
            return True
        answer = ask(
            self,
            tr("Unsaved catalogue"),
            tr("The catalogue has edits that are not saved. Save them?"),
            {Answer.Save: tr("Save"), Answer.Discard: tr("Discard")},
        )
        return self._save() if answer == Answer.Save else bool(answer == Answer.Discard)

    def _may_replace(self, path: Path) -> bool:
        """Ask whether what another program wrote to the file may be replaced."""
        text = tr(
            "{path} was changed by another program since it was opened here. Replace it? "
            "What it holds now is kept as a backup (.bak)."
        )
        answers = {Answer.Yes: tr("Replace")}
        return bool(ask(self, tr("Changed file"), text.format(path=path), answers) == Answer.Yes)

    def _said(self, work: Callable[[], object]) -> bool:
        """Do some work; where it cannot be done, say why in one sentence."""
        try:
            work()
        except EcoOneMapError as error:
            self._warn(error.message.text(user_language()))
            return False
        return True

    def _warn(self, text: str) -> None:
        self.bar.pushMessage(text, Qgis.MessageLevel.Warning)
