# SPDX-License-Identifier: GPL-2.0-or-later
"""The problems of the catalogue, worst first, with a button for each cure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.core.layers.building.problem import Problem, Weight
from eco_onemap.core.messages import message
from eco_onemap.gui.builder.session import BuilderSession
from eco_onemap.gui.builder.wording import weight_mark
from eco_onemap.gui.rows_model import RowsModel
from eco_onemap.qgis_bridge.translation import tr, user_language

_ORDER = list(Weight)


class ProblemModel(RowsModel):
    """Problems as rows: how bad, which layer, and what."""

    def __init__(self, session: BuilderSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._problems = _sorted(session.problems)
        session.changed.connect(self._refresh)

    def problem(self, row: int) -> Problem:
        """Return a problem by its row."""
        return self._problems[row]

    def rows(self) -> Sequence[Problem]:
        """Return the problems, worst first."""
        return self._problems

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return (tr("Weight"), tr("Layer"), tr("Problem"))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        problem, column = self._problems[index.row()], index.column()
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return weight_mark(problem.weight)
        if role == Qt.ItemDataRole.ToolTipRole:
            return problem.text.text(user_language())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        weight = message(f"problem.weight.{problem.weight.value}").text(user_language())
        return (weight, self._layer(problem), problem.text.text(user_language()))[column]

    def _layer(self, problem: Problem) -> str:
        if problem.layer is None:
            return tr("whole catalogue")
        entry = self._session.catalogue.layers[problem.layer]
        return str(entry.get("title") or entry.get("id") or problem.layer + 1)

    def _refresh(self) -> None:
        self.beginResetModel()
        self._problems = _sorted(self._session.problems)
        self.endResetModel()


class ProblemView(QWidget):
    """The list of problems and, below it, what the chosen one can be cured by.

    chosen: a problem was double-clicked, or entered; the number of its layer.
    """

    chosen = pyqtSignal(int)

    def __init__(self, session: BuilderSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = ProblemModel(session, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setColumnWidth(1, 170)
        self._cures = QWidget()
        self._buttons = QVBoxLayout(self._cures)
        column = QVBoxLayout(self)
        column.addWidget(self.table, stretch=1)
        column.addWidget(self._cures)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._offer(now.row()))
        self.table.activated.connect(self._show_layer)
        self.model.modelReset.connect(self._choose_first)
        self._choose_first()

    def buttons(self) -> list[QPushButton]:
        """Return the buttons of the cures that are offered."""
        found = (self._buttons.itemAt(n).widget() for n in range(self._buttons.count()))
        return [widget for widget in found if isinstance(widget, QPushButton)]

    def _show_layer(self, index: QModelIndex) -> None:
        layer = self.model.problem(index.row()).layer
        if layer is not None:
            self.chosen.emit(layer)

    def _choose_first(self) -> None:
        if self.model.rowCount():
            self.table.selectRow(0)
        self._offer(0 if self.model.rowCount() else -1)

    def _offer(self, row: int) -> None:
        """Show a button for each cure of the chosen problem."""
        while self._buttons.count():
            widget = self._buttons.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        if row < 0:
            self._buttons.addWidget(QLabel(tr("No problem is left.")))
            return
        cures = self.model.problem(row).cures
        if not cures:
            self._buttons.addWidget(QLabel(tr("There is no cure at a click for this one.")))
        for cure in cures:
            button = QPushButton(cure.text.text(user_language()))
            button.clicked.connect(lambda _=False, chosen=cure: self._session.cure(chosen))
            self._buttons.addWidget(button)


def _sorted(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda each: _ORDER.index(each.weight))
