# SPDX-License-Identifier: GPL-2.0-or-later
"""The builder's first page: the table of layers, and beside it all of the one that is chosen."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSplitter,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.gui.builder import field_model
from eco_onemap.gui.builder.choice_delegate import ChoiceDelegate
from eco_onemap.gui.builder.entry_form import EntryForm
from eco_onemap.gui.builder.field_model import FieldModel
from eco_onemap.gui.builder.layer_model import Column, LayerModel
from eco_onemap.gui.builder.session import BuilderSession
from eco_onemap.qgis_bridge.translation import tr

WIDTHS = {
    Column.USE: 40,
    Column.TITLE: 155,
    Column.ROLE: 135,
    Column.GUESS: 92,
    Column.FIELDS: 44,
    Column.COVERAGE: 92,
    Column.VERSION: 66,
    Column.REQUIRED: 64,
    Column.PROBLEMS: 66,
}
SIZES = (770, 410)
"""Of table and details where the builder is first shown."""

EDITS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.SelectedClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
)


class LayerPage(QSplitter):
    """Table of layers; fields and values of the current one."""

    def __init__(self, session: BuilderSession, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.model = LayerModel(session, self)
        self.table = _table(self.model)
        for column, width in WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.table.setItemDelegateForColumn(Column.ROLE, ChoiceDelegate(self, free=True))
        self.table.setItemDelegateForColumn(Column.COVERAGE, ChoiceDelegate(self, free=True))
        self.fields = FieldModel(session, self)
        self.field_table = _table(self.fields)
        self.field_table.setItemDelegateForColumn(
            field_model.Column.FIELD, ChoiceDelegate(self, free=True)
        )
        self.field_table.setColumnWidth(field_model.Column.ATTRIBUTE, 136)
        self.field_table.setColumnWidth(field_model.Column.FIELD, 80)
        self.field_table.setColumnWidth(field_model.Column.VALUES, 96)
        self.form = EntryForm(session)
        self.addWidget(self.table)
        self.addWidget(self._details())
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes(SIZES)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.model.modelReset.connect(self._choose_first)
        session.changed.connect(self._show_current)
        self._choose_first()

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        self.table.selectRow(row)

    def _details(self) -> QWidget:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        tabs = QTabWidget()
        tabs.addTab(self.field_table, tr("Fields"))
        tabs.addTab(scroll, tr("Details"))
        self.headline = QLabel()
        self.headline.setWordWrap(True)
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.headline)
        column.addWidget(tabs, stretch=1)
        return details

    def _choose_first(self) -> None:
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._show_current()

    def _show_current(self) -> None:
        """Show the current layer's fields and values beside the table."""
        row = self.model.row(self.table.currentIndex())
        self.fields.show_row(row)
        self.form.show_row(row)
        title = str(row.entry.get("title") or "") if row else ""
        if row and row.why:
            self.headline.setText(f"<b>{title}</b><br>{row.why}")
        elif row and not row.is_used:
            text = tr("Not in the catalogue: tick “Use”, or choose its role.")
            self.headline.setText(f"<b>{title}</b><br>{text}")
        else:
            self.headline.setText(f"<b>{title}</b>")


def _table(model: LayerModel | FieldModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(EDITS)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return table
