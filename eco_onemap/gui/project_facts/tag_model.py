# SPDX-License-Identifier: GPL-2.0-or-later
"""Yes, no or unknown for each tag that rules ask about, in groups, one click an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from eco_onemap.core.law.project_questions import TagGroup
from eco_onemap.gui.project_facts.wording import group_title, tag_title
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.translation import tr

NOWHERE = QModelIndex()
_IS_GROUP = 0
"""The internal number of a group's index; that of a tag is the row of its group plus one."""


class Column(IntEnum):
    """The columns in their order."""

    FACT = 0
    YES = 1
    NO = 2


class TagModel(QAbstractItemModel):
    """A tree of groups and tags; where neither yes nor no is checked, nothing is known."""

    def __init__(self, groups: Sequence[TagGroup], say: Wording, parent: QObject | None = None):
        super().__init__(parent)
        self._groups, self._say = tuple(groups), say
        self._answers: dict[str, bool] = {}

    @property
    def stated(self) -> frozenset[str]:
        """The tags that were answered with yes."""
        return frozenset(tag for tag, answer in self._answers.items() if answer)

    @property
    def denied(self) -> frozenset[str]:
        """The tags that were answered with no."""
        return frozenset(tag for tag, answer in self._answers.items() if not answer)

    def answer(self, stated: Iterable[str], denied: Iterable[str]) -> None:
        """Take answers in place of all that were there, of tags that are not asked, too."""
        self.beginResetModel()
        self._answers = dict.fromkeys(denied, False) | dict.fromkeys(stated, True)
        self.endResetModel()

    def index(self, row: int, column: int, parent: QModelIndex = NOWHERE) -> QModelIndex:
        """Return the place of a group, or of a tag below a group."""
        if not self.hasIndex(row, column, parent):
            return NOWHERE
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _IS_GROUP)

    def parent(self, index: QModelIndex) -> QModelIndex:
        """Return the group of a tag."""
        number = index.internalId() if index.isValid() else _IS_GROUP
        if number == _IS_GROUP:
            return NOWHERE
        return self.createIndex(number - 1, Column.FACT, _IS_GROUP)

    def rowCount(self, parent: QModelIndex = NOWHERE) -> int:
        """Return the number of groups, or of a group's tags."""
        if not parent.isValid():
            return len(self._groups)
        is_group = parent.internalId() == _IS_GROUP and parent.column() == Column.FACT
        return len(self._groups[parent.row()].tags) if is_group else 0

    def columnCount(self, _parent: QModelIndex = NOWHERE) -> int:
        """Return the number of columns."""
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("The project"), tr("Yes"), tr("No"))[section]

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Let answers be clicked and ticked with the keyboard."""
        flags = super().flags(index)
        is_answer = self._tag(index) and index.column() != Column.FACT
        return flags | Qt.ItemFlag.ItemIsUserCheckable if is_answer else flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a title or whether an answer was given."""
        if not index.isValid():
            return None
        tag = self._tag(index)
        if index.column() == Column.FACT:
            is_text = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return self._title(index, tag) if is_text else None
        if tag and role == Qt.ItemDataRole.CheckStateRole:
            is_given = self._answers.get(tag) is (index.column() == Column.YES)
            return Qt.CheckState.Checked if is_given else Qt.CheckState.Unchecked
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take an answer; unticking it makes the tag unknown again."""
        tag = self._tag(index)
        if not tag or role != Qt.ItemDataRole.CheckStateRole or index.column() == Column.FACT:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._answers[tag] = index.column() == Column.YES
        else:
            self._answers.pop(tag, None)
        self.dataChanged.emit(index.siblingAtColumn(Column.YES), index.siblingAtColumn(Column.NO))
        return True

    def _tag(self, index: QModelIndex) -> str:
        """Return the tag of a row, "" for a group."""
        number = index.internalId() if index.isValid() else _IS_GROUP
        return self._groups[number - 1].tags[index.row()] if number else ""

    def _title(self, index: QModelIndex, tag: str) -> str:
        if not tag:
            return group_title(self._groups[index.row()], self._say)
        group = self._groups[index.internalId() - 1]
        if tag == group.general:
            return tr("of this kind, whichever")
        return tag_title(tag, self._say)
