# SPDX-License-Identifier: GPL-2.0-or-later
"""A table of a listing: a filter above it, sorting by headings, copying of what is selected."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QResizeEvent, QShowEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QAction, QLabel, QTreeView, QVBoxLayout, QWidget

from eco_onemap.gui.results.column_widths import share_width
from eco_onemap.gui.results.listing import Line, Listing, tab_separated
from eco_onemap.gui.results.listing_model import ListingModel, ListingProxy
from eco_onemap.gui.results.wrapping import WrappingDelegate
from eco_onemap.outputs.report.blocks import Tone
from eco_onemap.qgis_bridge.translation import tr

FEW = 8
"""A list up to this long needs no filter."""
WIDEST_COLUMN = 320
MEASURED_ROWS = 50
"""Columns are as wide as these lines need, not all of thousands."""
MOST_WRAPPED = 200
"""Lines of longer lists stay one text line high: each row would have to be measured."""
WIDEST_NUMBER = 130
"""Columns of numbers up to this wide are never narrowed."""
PADDING_PX, ICON_PX = 12, 20
"""Around a cell's text, and before it where lines have icons."""
LOWEST_TABLE = 110
"""In pixels: the headings and three lines."""


class ListingView(QWidget):
    """Shows a listing; a line that is chosen by mouse or keyboard is told.

    line_chosen: the line that the user went to. line_opened: one that was double-clicked.
    """

    line_chosen = pyqtSignal(object)
    line_opened = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ListingModel(self)
        self._proxy = ListingProxy(self)
        self._proxy.setSourceModel(self._model)
        self._filter = QgsFilterLineEdit()
        self._filter.setShowSearchIcon(True)
        self._filter.setPlaceholderText(tr("Filter"))
        self._filter.textChanged.connect(self._proxy.filter_by)
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._table = self._make_table()
        self._cells = WrappingDelegate(self._table)
        self._table.setItemDelegate(self._cells)
        self._wanted: list[int] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._filter, self._table, self._empty):
            column.addWidget(widget)

    def show_listing(self, listing: Listing) -> None:
        """Show another listing; the filter is kept."""
        self._proxy.sort(-1)  # first: a new listing is not sorted as the one before was
        self._model.show_listing(listing)
        self._table.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._filter.setVisible(len(listing.lines) > FEW)
        self._table.setVisible(bool(listing.lines))
        self._empty.setText(listing.empty)
        self._empty.setVisible(not listing.lines)
        self._measure()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share another width among the columns."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the width that the list has now that it is seen."""
        super().showEvent(event)
        self._fit()

    def _measure(self) -> None:
        """Find out how wide each column would like to be: its heading, and its first lines."""
        listing, metrics = self._model.listing, self._table.fontMetrics()
        is_flat = not listing.wraps or len(listing.lines) > MOST_WRAPPED
        self._table.setUniformRowHeights(is_flat)
        self._table.setWordWrap(not is_flat)
        first = listing.lines[:MEASURED_ROWS]
        self._wanted = []
        for number, heading in enumerate(listing.headings):
            texts = (*heading.split("\n"), *(line.cells[number].text for line in first))
            widest = max(map(metrics.horizontalAdvance, texts)) + PADDING_PX
            has_icons = number == 0 and any(line.tone is not Tone.PLAIN for line in first)
            width = widest + (ICON_PX if has_icons else 0)
            self._wanted.append(min(width, WIDEST_COLUMN))

    def _fit(self) -> None:
        """Let all columns be seen where they can, long texts wrapped."""
        numeric = self._model.listing.numeric
        fixed = frozenset(each for each in numeric if self._wanted[each] <= WIDEST_NUMBER)
        bar = self._table.verticalScrollBar()
        room = self._table.width() - 2 * self._table.frameWidth() - bar.sizeHint().width()
        for number, width in enumerate(share_width(self._wanted, room, fixed)):
            self._table.setColumnWidth(number, width)
        self._cells.wraps = not self._table.uniformRowHeights()
        if self._cells.wraps:  # else no row's height depends on widths
            self._table.scheduleDelayedItemsLayout()

    def show_tone(self, tone: str) -> None:
        """Show only lines of one verdict, "" for all."""
        self._proxy.filter_by_tone(tone)

    def choose_first(self) -> None:
        """Go to the first line, if there is one."""
        self._table.setCurrentIndex(self._proxy.index(0, 0))

    @property
    def current(self) -> Line | None:
        """The line that the user is at."""
        return self._line(self._table.currentIndex())

    def copied_text(self) -> str:
        """Return the selected lines, or all that are shown, with headings, for a spreadsheet."""
        chosen = self._table.selectionModel().selectedRows()
        rows = chosen or [self._proxy.index(n, 0) for n in range(self._proxy.rowCount())]
        lines = tuple(self._model.line(self._proxy.mapToSource(index).row()) for index in rows)
        return tab_separated(self._model.listing.headings, lines)

    def _make_table(self) -> QTreeView:
        table = QTreeView()
        table.setModel(self._proxy)
        table.setRootIsDecorated(False)
        table.setMinimumHeight(LOWEST_TABLE)
        table.setAlternatingRowColors(True)
        table.setSortingEnabled(True)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.selectionModel().currentChanged.connect(self._tell_chosen)
        table.doubleClicked.connect(self._tell_opened)
        copy = QAction(tr("Copy"), table)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy)
        table.addAction(copy)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return table

    def add_context_action(self, action: QAction) -> None:
        """Offer an action on the line under the mouse."""
        self._table.addAction(action)

    def _line(self, index: QModelIndex) -> Line | None:
        row = self._proxy.mapToSource(index).row()
        return self._model.line(row) if row >= 0 else None

    def _tell_chosen(self, index: QModelIndex) -> None:
        line = self._line(index)
        if line is not None:
            self.line_chosen.emit(line)

    def _tell_opened(self, index: QModelIndex) -> None:
        line = self._line(index)
        if line is not None:
            self.line_opened.emit(line)

    def _copy(self) -> None:
        QgsApplication.clipboard().setText(self.copied_text())
