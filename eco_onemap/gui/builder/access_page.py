# SPDX-License-Identifier: GPL-2.0-or-later
"""The builder's page of access lists (准入清单): which tables, which columns, what is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QSplitter,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.core.errors import CatalogueError, EcoOneMapError
from eco_onemap.core.layers.building.draft import new_id, relative_source
from eco_onemap.core.layers.catalogue import AccessListEntry, access_list_entry
from eco_onemap.core.layers.catalogue_text import ACCESS_LISTS, CatalogueText
from eco_onemap.core.reading import Section
from eco_onemap.core.zoning.vocabulary import Level, find_term, list_tables
from eco_onemap.gui.builder.list_column_model import ListColumnModel
from eco_onemap.gui.builder.list_reader import ListReader
from eco_onemap.gui.builder.moving import add_moves
from eco_onemap.gui.builder.session import BuilderSession
from eco_onemap.gui.builder.tables import WIDE, mapping_table
from eco_onemap.gui.builder.values_form import ValuesForm
from eco_onemap.gui.buttons import let_tab_reach
from eco_onemap.gui.tall_area import TallArea
from eco_onemap.qgis_bridge.translation import tr, user_language

KEYS = (
    *("title", "level", "scope", "version", "issued", "valid_from", "valid_to", "authority"),
    *("secrecy", "encoding", "sheet", "id", "source"),
)
SIZES = (320, 860)


class AccessForm(ValuesForm):
    """Shows the values of an access list; its source is told, its level chosen."""

    def __init__(self, session: BuilderSession, parent: QWidget | None = None) -> None:
        super().__init__(session, KEYS, parent)

    def special(self) -> Mapping[str, QWidget]:
        """Return the source and the choice of a level."""
        self.source = QLabel()
        self.source.setWordWrap(True)
        self.level = QComboBox()
        self.level.addItem("", "")
        for level in Level:
            english, chinese = list_tables()["levels"][level.value][:2]
            self.level.addItem(chinese if user_language() == "zh" else english, level.value)
        self.level.activated.connect(lambda _: self._take_level(self.level.currentData()))
        return {"source": self.source, "level": self.level}

    def show_values(self, entry: Mapping[str, Any]) -> None:
        """Put the values of an entry into the widgets."""
        super().show_values(entry)
        self.source.setText(str(entry.get("source", "")))
        level = find_term("levels", str(entry.get("level", "")))
        self.level.setCurrentIndex(max(0, self.level.findData(level)))

    def _take_level(self, level: str) -> None:
        """Write the word that Chinese lists have for a level."""
        self.take("level", list_tables()["levels"][level][1] if level else "")


class AccessPage(QSplitter):
    """The list of access lists; of the current one columns, values and what a check reads."""

    def __init__(self, session: BuilderSession, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.names = QListWidget()
        self.form = AccessForm(session)
        self.columns = ListColumnModel(session, self)
        self.column_table = mapping_table(self.columns, WIDE)
        self._reader = ListReader()
        self.preview = QLabel()
        self.preview.setWordWrap(True)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.addWidget(self._lists())
        self.addWidget(self._details())
        self.setSizes(SIZES)
        self.names.currentRowChanged.connect(self._show_current)
        session.changed.connect(self._refresh)
        self._refresh()

    def add_files(self, paths: list[str]) -> None:
        """Put tables into the catalogue as access lists."""
        for path in paths:
            taken = [str(each.get("id")) for each in self._entries()]
            entry = {
                "id": new_id(Path(path).stem, taken),
                "source": relative_source(path, self._session.folder),
                "title": Path(path).stem,
                "secrecy": "internal",
            }
            self._session.change(tr("Add access list"), partial(_with_list, entry=entry))
        self.names.setCurrentRow(self.names.count() - 1)

    def remove_current(self) -> None:
        """Take the current access list out of the catalogue; its file stays."""
        row = self.names.currentRow()
        if row >= 0:
            self._session.change(
                tr("Take out access list"), lambda text: text.without_entry(row, ACCESS_LISTS)
            )

    def move_current(self, step: int) -> None:
        """Move the current access list up (-1) or down (1); it stays the current one."""
        row = self.names.currentRow()
        to = row + step
        if row >= 0 and 0 <= to < self.names.count():
            self._session.move(row, to, ACCESS_LISTS)
            self.names.setCurrentRow(to)

    def _lists(self) -> QWidget:
        bar = QToolBar()
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar.addAction(tr("Add files…")).triggered.connect(self._choose)
        self._remove = bar.addAction(tr("Take out"))
        self._remove.triggered.connect(self.remove_current)
        bar.addSeparator()
        add_moves(bar, self, self.move_current)
        let_tab_reach(bar)
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(bar)
        column.addWidget(self.names)
        return lists

    def _details(self) -> QWidget:
        tabs = QTabWidget()
        tabs.addTab(self.column_table, tr("Columns"))
        tabs.addTab(TallArea(self.form), tr("Details"))
        details = QWidget()
        column = QVBoxLayout(details)
        column.addWidget(self.preview)
        column.addWidget(tabs, stretch=1)
        return details

    def _choose(self) -> None:
        folder, kinds = str(self._session.folder), tr("Tables (*.csv *.xlsx)")
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Add access list"), folder, kinds)
        self.add_files(paths)

    def _entries(self) -> list[dict[str, Any]]:
        return self._session.catalogue.entries(ACCESS_LISTS)

    def _refresh(self) -> None:
        """Show the lists as they are now; the current one stays the current one."""
        names = [str(e.get("title") or e.get("source") or "") for e in self._entries()]
        row = self.names.currentRow()
        self.names.blockSignals(True)
        self.names.clear()
        self.names.addItems(names)
        self.names.setCurrentRow(min(max(row, 0), len(names) - 1))
        self.names.blockSignals(False)
        self._show_current()

    def _show_current(self, _row: int = 0) -> None:
        row, entries = self.names.currentRow(), self._entries()
        self._remove.setEnabled(row >= 0)
        if row < 0:
            self.form.show_entry(None, {})
            self.columns.show_list(None, None, None)
            self.preview.setText(tr("No access list yet: add a table of clauses (CSV or XLSX)."))
            return
        place = (ACCESS_LISTS, row)
        self.form.show_entry(place, entries[row])
        try:
            entry = self._entry(row)
        except EcoOneMapError as error:
            self.columns.show_list(None, None, None)
            self.preview.setText(error.message.text(user_language()))
            return
        rows, told = self._reader.look(entry)
        self.columns.show_list(place, entry, rows)
        self.preview.setText(told)

    def _entry(self, row: int) -> AccessListEntry:
        """Return a list as a check reads it from the catalogue; CatalogueError where it cannot."""
        path = self._session.catalogue.path or "onemap.yaml"
        section = Section(self._entries()[row], path, f"{ACCESS_LISTS}[{row}]", CatalogueError)
        return access_list_entry(section, row, self._session.folder)


def _with_list(text: CatalogueText, entry: Mapping[str, Any]) -> CatalogueText:
    return text.with_entry(entry, ACCESS_LISTS)
