# SPDX-License-Identifier: GPL-2.0-or-later
"""The builder's tables: rows are chosen, cells edited by a click or the keyboard."""

from __future__ import annotations

from qgis.PyQt.QtCore import QAbstractItemModel
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from eco_onemap.gui.builder.choice_delegate import ChoiceDelegate
from eco_onemap.gui.builder.mapping_model import Column, MappingModel

EDITS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.SelectedClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
)
WIDTHS = {Column.ATTRIBUTE: 136, Column.FIELD: 80, Column.VALUES: 96}


def plain_table(model: QAbstractItemModel) -> QTableView:
    """Return a table of rows; the Tab key leaves it, arrows move in it."""
    table = QTableView()
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(EDITS)
    table.setTabKeyNavigation(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return table


def mapping_table(model: MappingModel) -> QTableView:
    """Return a table in which fields are chosen for attributes."""
    table = plain_table(model)
    table.setItemDelegateForColumn(Column.FIELD, ChoiceDelegate(table, free=True))
    for column, width in WIDTHS.items():
        table.setColumnWidth(column, width)
    return table
