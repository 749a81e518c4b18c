# SPDX-License-Identifier: GPL-2.0-or-later
"""Kept checks as a table, the newest on top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import Any

from qgis.PyQt.QtCore import QModelIndex, QObject, Qt

from eco_onemap.gui.history.kept_checks import KeptCheck
from eco_onemap.gui.results.looks import verdict_icon
from eco_onemap.gui.rows_model import RowsModel
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.day_text import day_text, moment_text
from eco_onemap.qgis_bridge.translation import tr


class Column(IntEnum):
    """The columns in their order."""

    WHEN = 0
    RESULT = 1
    MAP = 2
    AS_OF = 3


class HistoryModel(RowsModel):
    """Shows kept checks."""

    def __init__(self, say: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._checks: tuple[KeptCheck, ...] = ()

    def show_checks(self, checks: Sequence[KeptCheck]) -> None:
        """Show other checks."""
        self.beginResetModel()
        self._checks = tuple(checks)
        self.endResetModel()

    def check(self, row: int) -> KeptCheck:
        """Return a check by its row."""
        return self._checks[row]

    def rows(self) -> Sequence[KeptCheck]:
        """Return the kept checks."""
        return self._checks

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return (tr("Checked"), tr("Verdicts"), tr("One map"), tr("Assessment date"))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; the worst verdict is an icon."""
        if not index.isValid():
            return None
        check = self._checks[index.row()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == Column.RESULT:
            return verdict_icon(check.counts[0][0]) if check.counts else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(check.path)
        return self._text(check, index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, check: KeptCheck, column: int) -> str:
        if column == Column.WHEN:
            return moment_text(check.when)
        if column == Column.MAP:
            return check.title
        if column == Column.AS_OF:
            return day_text(date.fromisoformat(check.as_of)) if check.as_of else ""
        if check.sites == 1:
            return self._say.verdict(check.counts[0][0].value)
        told = (f"{self._say.verdict(each.value)} {count}" for each, count in check.counts)
        return self._say.listed(told)
