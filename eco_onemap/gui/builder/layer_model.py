# SPDX-License-Identifier: GPL-2.0-or-later
"""The builder's layers as a table: used or not, title, role, how sure, coverage, version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from qgis.PyQt.QtCore import QMimeData, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFont, QIcon

from eco_onemap.core.layers.building.guess import Certainty
from eco_onemap.core.layers.building.problem import Problem, Weight
from eco_onemap.core.layers.building.vocabulary import RoleTitles, roles
from eco_onemap.core.layers.catalogue_text import LAYERS
from eco_onemap.gui.builder.choice_delegate import CHOICES
from eco_onemap.gui.builder.dragging import (
    ENTRY_KIND,
    FILES_KIND,
    entry_in,
    files_in,
    moved_row,
    packed_entry,
)
from eco_onemap.gui.builder.session import BuilderSession, Row
from eco_onemap.gui.builder.wording import (
    certainty_mark,
    coverage_names,
    shown_guess,
    tip_of_guess,
    weight_mark,
)
from eco_onemap.gui.rows_model import RowsModel
from eco_onemap.qgis_bridge.translation import tr, user_language


class Column(IntEnum):
    """The columns in their order."""

    USE = 0
    TITLE = 1
    ROLE = 2
    GUESS = 3
    COVERAGE = 4
    VERSION = 5
    REQUIRED = 6
    PROBLEMS = 7


_WEIGHTS = list(Weight)
_TOP = QModelIndex()
GREY_PERCENT = 125
CHECKED = (Column.USE, Column.REQUIRED)
KEYS = {
    Column.TITLE: "title",
    Column.ROLE: "role",
    Column.COVERAGE: "coverage",
    Column.VERSION: "version",
    Column.REQUIRED: "required",
}


class LayerModel(RowsModel):
    """Shows a session's rows; what is written into a cell becomes an edit of the session.

    A layer of the catalogue can be dragged to another place in it. files_dropped: files and folders
    were dropped onto the table, as a list of paths.
    """

    files_dropped = pyqtSignal(list)

    def __init__(self, session: BuilderSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows = session.rows
        session.changed.connect(self._refresh)

    def row(self, index: QModelIndex) -> Row | None:
        """Return the layer of a cell."""
        return self._rows[index.row()] if index.isValid() else None

    def rows(self) -> Sequence[Row]:
        """Return the layers."""
        return self._rows

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return _headings()

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # between rows, not onto one
        row, column = self._rows[index.row()], Column(index.column())
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if row.why and not row.is_used:
            return Qt.ItemFlag.ItemIsSelectable
        if row.is_used:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if column in CHECKED and (row.is_used or column is Column.USE):
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if column is Column.ROLE or (column in KEYS and row.is_used and column not in CHECKED):
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, tells or can be chosen from."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        ask = _ANSWERS.get(role)
        return ask(self, row, column) if ask else None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Turn what was written or ticked into an edit; return whether it was one."""
        if not index.isValid() or not self.flags(index) & Qt.ItemFlag.ItemIsEnabled:
            return False
        row, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.CheckStateRole and column in CHECKED:
            ticked = Qt.CheckState(value) == Qt.CheckState.Checked
            if column is Column.USE:
                self._session.use(row, ticked)
            else:
                self._set(row, column, ticked or None)
            return True
        if role != Qt.ItemDataRole.EditRole or column not in KEYS or column in CHECKED:
            return False
        if column is Column.ROLE:
            self._session.set_role(row, str(value).strip())
        else:
            self._set(row, column, str(value).strip())
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that layers are moved, and files taken in."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:
        """Return that a layer is moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped: a layer of the catalogue, files."""
        return [ENTRY_KIND, FILES_KIND]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the layer of the cells that are dragged."""
        return packed_entry(indexes[0].row())

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: QModelIndex
    ) -> bool:
        """Return whether what is dragged fits there: a layer above, between and below others."""
        if entry_in(data) is None:
            return bool(files_in(data))
        count = sum(each.is_used for each in self._rows)
        return not parent.isValid() and row <= count

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: QModelIndex
    ) -> bool:
        """Move the dragged layer before a row (-1: to the end), or take files in."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        number = entry_in(data)
        if number is None:
            self.files_dropped.emit(files_in(data))
            return True
        before = row if row >= 0 else sum(each.is_used for each in self._rows)
        self._session.move(number, before - (before > number))
        return True

    def _set(self, row: Row, column: Column, value: Any) -> None:
        if row.number is not None:
            text = tr("Change {what}").format(what=_headings()[column])
            self._session.edit(text, (LAYERS, row.number, KEYS[column]), value)

    def _refresh(self) -> None:
        """Show the session's rows as they are now; the choice stays where none came or went."""
        rows = self._session.rows
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        moved = moved_row(self._rows, rows)
        if moved is not None:  # the choice goes with the layer
            start, end = moved
            self.beginMoveRows(_TOP, start, start, _TOP, end + (end > start))
            self._rows = rows
            self.endMoveRows()
        self._rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Column) - 1))

    def _shown(self, row: Row, column: Column) -> str | None:
        entry = row.entry
        if column is Column.ROLE:
            return RoleTitles((str(entry.get("role") or ""),)).text(user_language())
        if column is Column.GUESS:
            return shown_guess(row.draft)
        if column is Column.COVERAGE:
            coverage = str(entry.get("coverage") or "unknown")
            return coverage_names().get(coverage, coverage)
        if column is Column.PROBLEMS:
            return self._count_of_problems(row)
        return None if column in CHECKED else str(entry.get(KEYS[column]) or "")

    def _written(self, row: Row, column: Column) -> Any:
        return str(row.entry.get(KEYS[column]) or "") if column in KEYS else None

    def _ticked(self, row: Row, column: Column) -> Qt.CheckState | None:
        if column not in CHECKED:
            return None
        ticked = row.is_used if column is Column.USE else bool(row.entry.get("required"))
        return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked

    def _tip(self, row: Row, column: Column) -> str | None:
        if row.why:
            return row.why
        if column in (Column.ROLE, Column.GUESS):
            return tip_of_guess(row.draft)
        if column is Column.PROBLEMS:
            return "\n".join(p.text.text(user_language()) for p in self._problems(row)) or None
        return str(row.entry.get("source") or "") or None

    def _choices(self, _row: Row, column: Column) -> list[tuple[str, str]] | None:
        if column is Column.ROLE:
            titles = [(role, RoleTitles((role,)).text(user_language())) for role in roles()]
            return titles
        return list(coverage_names().items()) if column is Column.COVERAGE else None

    def _colour(self, row: Row, _column: Column) -> QColor | None:
        """Return the grey of what is not in the catalogue, readable on white and on black."""
        return None if row.is_used else QColor(Qt.GlobalColor.gray).darker(GREY_PERCENT)

    def _font(self, row: Row, _column: Column) -> QFont | None:
        """Return slanted letters for what is not in the catalogue."""
        if row.is_used:
            return None
        font = QFont()
        font.setItalic(True)
        return font

    def _mark(self, row: Row, column: Column) -> QIcon | None:
        if column is Column.PROBLEMS and (found := self._problems(row)):
            return weight_mark(min((each.weight for each in found), key=_WEIGHTS.index))
        if column is not Column.GUESS or row.draft is None or not row.draft.roles:
            return None
        return certainty_mark(_certainty_of(row))

    def _problems(self, row: Row) -> list[Problem]:
        return [p for p in self._session.problems if row.is_used and p.layer == row.number]

    def _count_of_problems(self, row: Row) -> str:
        return str(len(self._problems(row)) or "")


def _certainty_of(row: Row) -> Certainty:
    """Return how sure the role in the catalogue is by what the layer itself tells."""
    if row.draft is None:
        return Certainty.DOUBTFUL
    role = row.draft.role or row.draft.roles[0].role
    found = next((guess for guess in row.draft.roles if guess.role == role), None)
    return found.certainty if found else Certainty.DOUBTFUL


def _headings() -> list[str]:
    return [
        tr("Use"),
        tr("Title"),
        tr("Role"),
        tr("Guess"),
        tr("Coverage"),
        tr("Version"),
        tr("Required"),
        tr("Problems"),
    ]


_ANSWERS: dict[Any, Callable[[LayerModel, Row, Column], Any]] = {
    Qt.ItemDataRole.DisplayRole: LayerModel._shown,
    Qt.ItemDataRole.EditRole: LayerModel._written,
    Qt.ItemDataRole.CheckStateRole: LayerModel._ticked,
    Qt.ItemDataRole.ToolTipRole: LayerModel._tip,
    Qt.ItemDataRole.DecorationRole: LayerModel._mark,
    Qt.ItemDataRole.ForegroundRole: LayerModel._colour,
    Qt.ItemDataRole.FontRole: LayerModel._font,
    CHOICES: LayerModel._choices,
}
