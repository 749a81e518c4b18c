# SPDX-License-Identifier: GPL-2.0-or-later
"""Lets a person choose a cell's value from a list, or write one that is not in it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

CHOICES = Qt.ItemDataRole.UserRole + 2
"""The role of a cell's choices: pairs of value and text for a list to choose from."""


class ChoiceDelegate(QStyledItemDelegate):
    """Edits cells that give choices in a combo box, other cells as usual.

    free: whether what is not in the list can be written, too.
    """

    def __init__(self, parent: QObject | None = None, *, free: bool = False) -> None:
        super().__init__(parent)
        self._free = free

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        """Return a combo box with the cell's choices, or the usual editor."""
        choices = index.data(CHOICES)
        if not choices:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.setEditable(self._free)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for value, text in choices:
            box.addItem(text, value)
        box.activated.connect(lambda _: self._finish(box))
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        """Show the cell's value in the combo box."""
        if not isinstance(editor, QComboBox):
            super().setEditorData(editor, index)
            return
        value = index.data(Qt.ItemDataRole.EditRole)
        position = editor.findData(value)
        editor.setCurrentIndex(position)
        if position < 0 and self._free:
            editor.setEditText(value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:
        """Write the chosen value, or the written one, into the cell if it is another one."""
        if not isinstance(editor, QComboBox):
            super().setModelData(editor, model, index)
            return
        position = editor.findText(editor.currentText())
        value = editor.itemData(position) if position >= 0 else editor.currentText()
        if value != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, value)

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)
