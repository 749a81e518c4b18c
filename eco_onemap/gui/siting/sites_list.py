# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites in hand in the dock: a short list with undo and redo, to rename and to remove."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QHBoxLayout,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.gui.edits import Edit
from eco_onemap.gui.siting.sites_model import Column, SitesModel
from eco_onemap.qgis_bridge.translation import tr

MOST_ROWS = 4
"""So many sites are seen at once; the others are scrolled to."""
SITE_PX = 84
"""The width of the column of identifiers."""


class SitesList(QWidget):
    """Shows the sites in hand and says what a person wants done with them.

    named: a row and its new name. removed: the rows of sites to take out. pointed: the row of a
    site that the user went to. undone, redone: the last edit is to be taken back, or made again.
    """

    named = pyqtSignal(int, str)
    removed = pyqtSignal(list)
    pointed = pyqtSignal(int)
    undone = pyqtSignal()
    redone = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SitesModel(self)
        self.model.named.connect(self.named)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._table = self._make_table()
        self._undo = self._button("mActionUndo.svg", self.undone.emit)
        self._redo = self._button("mActionRedo.svg", self.redone.emit)
        self._remove = self._button("mActionRemove.svg", self.remove_chosen)
        self._clear = self._button("mActionDeleteSelected.svg", self.remove_all)
        _name(self._remove, tr("Remove the chosen sites (Del)"))
        _name(self._clear, tr("Remove all sites"))
        head = QHBoxLayout()
        head.addWidget(self._told, stretch=1)
        for button in (self._undo, self._redo, self._remove, self._clear):
            head.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._table)

    @property
    def text(self) -> str:
        """What is said of the sites."""
        return str(self._told.text())

    @property
    def chosen_rows(self) -> list[int]:
        """The rows of the sites that are selected."""
        return sorted(index.row() for index in self._table.selectionModel().selectedRows())

    def choose(self, *rows: int) -> None:
        """Select sites by their rows."""
        selection = self._table.selectionModel()
        selection.clear()
        for row in rows:
            flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
            selection.select(self.model.index(row, Column.SITE), flags)

    def show_sites(self, sites: RawSites | None, told: str) -> None:
        """Show other sites, with a sentence about them."""
        self._told.setText(told)
        self.model.show_sites(sites)
        count = self.model.rowCount()
        self._table.setVisible(count > 0)
        row_px = self._table.sizeHintForRow(0) if count else 0
        if count:
            self._table.verticalHeader().setDefaultSectionSize(row_px)
        frame = 2 * self._table.frameWidth()
        self._table.setFixedHeight(row_px * min(count, MOST_ROWS) + frame)
        self._clear.setVisible(count > 0)
        self._remove.setVisible(count > 0)
        self._offer()

    def show_edits(self, last: Edit[Any] | None, following: Edit[Any] | None) -> None:
        """Offer to take the last edit back, and to make the one again that was taken back."""
        for button, edit, tip in (
            (self._undo, last, tr("Undo: {edit} (Ctrl+Z)")),
            (self._redo, following, tr("Redo: {edit} (Ctrl+Shift+Z)")),
        ):
            button.setVisible(last is not None or following is not None)
            button.setEnabled(edit is not None)
            _name(button, tip.format(edit=edit.text) if edit else "")

    def remove_chosen(self) -> None:
        """Say that the selected sites are to go."""
        if self.chosen_rows:
            self.removed.emit(self.chosen_rows)

    def remove_all(self) -> None:
        """Say that all sites are to go."""
        self.removed.emit(list(range(self.model.rowCount())))

    def _offer(self, *_: object) -> None:
        self._remove.setEnabled(bool(self.chosen_rows))

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        table.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        table.setColumnWidth(Column.SITE, SITE_PX)
        table.setToolTip(tr("Double-click or F2 changes the name"))
        table.clicked.connect(self._point)
        table.selectionModel().selectionChanged.connect(self._offer)
        delete = QAction(tr("Remove"), table)
        delete.setShortcut(QKeySequence.StandardKey.Delete)
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(self.remove_chosen)
        table.addAction(delete)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return table

    def _point(self, index: QModelIndex) -> None:
        self.pointed.emit(index.row())

    def _button(self, picture: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(QgsApplication.getThemeIcon(f"/{picture}"))
        button.clicked.connect(lambda _pressed: act())
        return button


def _name(button: QToolButton, tip: str) -> None:
    """Say what a button does, to eyes and to readers of screens."""
    button.setToolTip(tip)
    button.setAccessibleName(tip)
