# SPDX-License-Identifier: GPL-2.0-or-later
"""A list of files that a user adds to, takes from and puts in order."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.qgis_bridge.translation import tr


class FileList(QWidget):
    """Files in an order that means something; drag them, or add and remove by buttons."""

    def __init__(self, title: str, file_filter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._filter = title, file_filter
        self._list = QListWidget()
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setAccessibleName(title)
        add = self._button("symbologyAdd.svg", tr("Add files…"))
        add.clicked.connect(self._choose)
        remove = self._button("symbologyRemove.svg", tr("Remove the selected files from the list"))
        remove.clicked.connect(self._remove_selected)
        buttons = QVBoxLayout()
        buttons.addWidget(add)
        buttons.addWidget(remove)
        buttons.addStretch()
        rows = QHBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._list)
        rows.addLayout(buttons)

    def paths(self) -> tuple[str, ...]:
        """Return the files in their order."""
        return tuple(self._list.item(row).text() for row in range(self._list.count()))

    def set_paths(self, paths: Sequence[str]) -> None:
        """Show these files; each once."""
        self._list.clear()
        self._list.addItems(list(dict.fromkeys(paths)))

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(QgsApplication.getThemeIcon(f"/{icon}"))
        button.setToolTip(tip)
        return button

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self._title, "", self._filter)
        self.set_paths([*self.paths(), *chosen])

    def _remove_selected(self) -> None:
        for item in self._list.selectedItems():
            self._list.takeItem(self._list.row(item))
