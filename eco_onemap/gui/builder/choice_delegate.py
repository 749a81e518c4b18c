# SPDX-License-Identifier: GPL-2.0-or-later
"""Lets a person choose a cell's value from a list, or write one that is not in it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QAbstractItemModel, QEvent, QModelIndex, QRect, Qt, QTimer
from qgis.PyQt.QtGui import QPainter
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOption,
    QStyleOptionViewItem,
    QWidget,
)

CHOICES = Qt.ItemDataRole.UserRole + 2
"""The role of a cell's choices: pairs of value and text for a list to choose from."""

ARROW_PX = 16


class ChoiceDelegate(QStyledItemDelegate):
    """Edits cells that give choices in a combo box, other cells as usual.

    An arrow marks what can be chosen; a click on it opens the list at once.
    free: whether what is not in the list can be written, too.
    """

    def __init__(self, table: QAbstractItemView, *, free: bool = False) -> None:
        super().__init__(table)
        self._table = table
        self._free = free
        self._drops = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the cell, with an arrow where it can be chosen."""
        if not _can_be_chosen(index):
            super().paint(painter, option, index)
            return
        arrow, text = QStyleOption(), QStyleOptionViewItem(option)
        self.initStyleOption(text, index)
        style = self._table.style() or QApplication.style()
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        style.drawPrimitive(panel, text, painter, self._table)  # behind text and arrow
        text.rect = option.rect.adjusted(0, 0, -ARROW_PX, 0)
        super().paint(painter, text, index)
        arrow.initFrom(self._table)
        arrow.rect = _arrow_of(option.rect).adjusted(3, 0, -3, 0)
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorArrowDown, arrow, painter)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        """Open the list of a cell whose arrow is clicked."""
        is_click = event.type() == QEvent.Type.MouseButtonRelease
        if is_click and _can_be_chosen(index) and _arrow_of(option.rect).contains(event.pos()):
            self._drops = True
            self._table.edit(index)
            return True
        return bool(super().editorEvent(event, model, option, index))

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
        if self._drops:
            self._drops = False
            QTimer.singleShot(0, box.showPopup)
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


def _can_be_chosen(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsEditable and index.data(CHOICES))


def _arrow_of(cell: QRect) -> QRect:
    """Return where the arrow of a cell is."""
    return QRect(cell.right() - ARROW_PX, cell.top(), ARROW_PX, cell.height())
