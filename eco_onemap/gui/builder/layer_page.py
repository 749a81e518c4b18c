# SPDX-License-Identifier: GPL-2.0-or-later
"""The builder's first page: the table of layers, and beside it all of the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLabel,
    QSplitter,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.gui.builder.choice_delegate import ChoiceDelegate
from eco_onemap.gui.builder.entry_form import EntryForm
from eco_onemap.gui.builder.field_model import FieldModel
from eco_onemap.gui.builder.layer_model import Column, LayerModel
from eco_onemap.gui.builder.moving import add_moves
from eco_onemap.gui.builder.session import BuilderSession
from eco_onemap.gui.builder.tables import NARROW, mapping_table, plain_table
from eco_onemap.gui.buttons import let_tab_reach
from eco_onemap.gui.tall_area import TallArea
from eco_onemap.qgis_bridge.project_layers import describe_files
from eco_onemap.qgis_bridge.translation import tr
from eco_onemap.readers.looking import LAYER_ENDINGS

WIDTHS = {
    Column.USE: 40,
    Column.ROLE: 150,
    Column.GUESS: 80,
    Column.COVERAGE: 100,
    Column.VERSION: 88,
    Column.REQUIRED: 48,
    Column.PROBLEMS: 48,
}
SIZES = (806, 443)
"""Of table and details where the builder is first shown."""


class LayerPage(QSplitter):
    """Table of layers; fields and values of the current one.

    look_wanted: the project's layers of now are to be at hand.
    """

    look_wanted = pyqtSignal()

    def __init__(self, session: BuilderSession, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.model = LayerModel(session, self)
        self.table = plain_table(self.model, Column.TITLE)
        self.table.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.table.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.table.setDragDropOverwriteMode(False)  # dropped between rows, not onto cells
        header = self.table.horizontalHeader()
        for column, width in WIDTHS.items():
            self.table.setColumnWidth(column, max(width, header.sectionSizeHint(column)))
        self.table.setItemDelegateForColumn(Column.ROLE, ChoiceDelegate(self.table, free=True))
        self.table.setItemDelegateForColumn(Column.COVERAGE, ChoiceDelegate(self.table, free=True))
        self.fields = FieldModel(session, self)
        self.field_table = mapping_table(self.fields, NARROW)
        self.form = EntryForm(session)
        self.addWidget(self._layers())
        self.addWidget(self._details())
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes(SIZES)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.model.modelReset.connect(self._choose_first)
        self.model.files_dropped.connect(self.add_files)
        session.changed.connect(self._show_current)
        self._choose_first()

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        self.table.selectRow(row)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Put layers of files, or of the files in a folder, into the catalogue."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            layers = describe_files(paths)
        finally:
            QApplication.restoreOverrideCursor()
        self._session.add_files(layers)

    def move_current(self, step: int) -> None:
        """Move the current layer up (-1) or down (1) in the catalogue; it stays the current one."""
        row = self.model.row(self.table.currentIndex())
        if row is not None and row.number is not None:
            self._session.move(row.number, row.number + step)

    def _layers(self) -> QWidget:
        bar = QToolBar()
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar.addAction(tr("Add files…")).triggered.connect(self._choose_files)
        bar.addAction(tr("Add folder…")).triggered.connect(self._choose_folder)
        look = bar.addAction(tr("Look at the project"))
        look.setToolTip(tr("Have the layers at hand that were opened in QGIS meanwhile"))
        look.triggered.connect(self.look_wanted)
        bar.addSeparator()
        add_moves(bar, self, self.move_current)
        let_tab_reach(bar)
        layers = QWidget()
        column = QVBoxLayout(layers)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(bar)
        column.addWidget(self.table)
        return layers

    def _choose_files(self) -> None:
        kinds = " ".join(f"*{ending}" for ending in sorted(LAYER_ENDINGS))
        title, shown = tr("Add files…"), f"{tr('Layers')} ({kinds})"
        folder = str(self._session.folder)
        paths, _ = QFileDialog.getOpenFileNames(self, title, folder, shown)
        self.add_files([Path(path) for path in paths])

    def _choose_folder(self) -> None:
        folder = str(self._session.folder)
        path = QFileDialog.getExistingDirectory(self, tr("Add folder…"), folder)
        if path:
            self.add_files([Path(path)])

    def _details(self) -> QWidget:
        tabs = QTabWidget()
        tabs.addTab(self.field_table, tr("Fields"))
        tabs.addTab(TallArea(self.form), tr("Details"))
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
        title = escape(str(row.entry.get("title") or "")) if row else ""
        if row is None:
            self.headline.setText(
                tr("No layer yet: open layers in QGIS and take them in, or add files.")
            )
        elif row.why:
            self.headline.setText(f"<b>{title}</b><br>{escape(row.why)}")
        elif not row.is_used:
            text = tr("Not in the catalogue: tick “Use”, or choose its role.")
            self.headline.setText(f"<b>{title}</b><br>{text}")
        else:
            self.headline.setText(f"<b>{title}</b>")
