# SPDX-License-Identifier: GPL-2.0-or-later
"""The builder's tables: rows are chosen, cells edited by a click or the keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import QAbstractItemModel
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from eco_onemap.gui.builder.choice_delegate import ChoiceDelegate
from eco_onemap.gui.builder.mapping_model import Column, MappingModel

EDITS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.SelectedClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
)
NARROW = {Column.ATTRIBUTE: 128, Column.FIELD: 92, Column.GUESS: 90}
WIDE = {Column.ATTRIBUTE: 190, Column.FIELD: 140, Column.GUESS: 150}
"""Widths of columns in a narrow and in a wide place."""


def plain_table(model: QAbstractItemModel, widest: int) -> QTableView:
    """Return a table of rows; the Tab key leaves it, arrows move in it.

    widest: the column that takes what room is left.
    """
    table = QTableView()
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(EDITS)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
    return table


def mapping_table(model: MappingModel, widths: Mapping[Column, int]) -> QTableView:
    """Return a table in which fields are chosen for attributes."""
    table = plain_table(model, Column.VALUES)
    table.setItemDelegateForColumn(Column.FIELD, ChoiceDelegate(table, free=True))
    for column, width in widths.items():
        table.setColumnWidth(column, width)
    return table
