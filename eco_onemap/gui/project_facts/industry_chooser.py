# SPDX-License-Identifier: GPL-2.0-or-later
"""An industry of GB/T 4754-2017 (国民经济行业分类), found by words of its name or by its code."""

from __future__ import annotations

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.core.sites.industries import industries, search_industries
from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.gui.project_facts.industry_model import CODE, IndustryModel
from eco_onemap.gui.project_facts.wording import industry_title
from eco_onemap.qgis_bridge.translation import tr

SIZE = (520, 480)
MOST = 200
"""More are scrolled through by nobody: one word more finds fewer."""


class IndustryDialog(QDialog):
    """Searches while the user writes; without a word the sections are shown."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Industry (GB/T 4754-2017)"))
        self.resize(*SIZE)
        self.model = IndustryModel(self)
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(tr("Words of the name, or the beginning of the code"))
        self.search.textChanged.connect(self._find)
        self._list = QListView()
        self._list.setModel(self.model)
        self._list.setUniformItemSizes(True)
        self._list.selectionModel().currentChanged.connect(self._refresh)
        self._list.doubleClicked.connect(self.accept)
        self._told = QLabel()
        self._buttons = button_box(Standard.Ok, Standard.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.search, self._list, self._told, self._buttons):
            column.addWidget(widget)
        self.search.setText(words)
        self._find(words)

    @property
    def code(self) -> str:
        """The industry that the user is at, "" for none."""
        index = self._list.currentIndex()
        return str(index.data(CODE)) if index.isValid() else ""

    def choose(self, row: int) -> None:
        """Go to an industry of the list."""
        self._list.setCurrentIndex(self.model.index(row))

    def _find(self, words: str) -> None:
        sections = [one for one in industries().values() if one.level == 1]
        found = search_industries(words, MOST) if words.strip() else sections
        self.model.show_industries(found)
        if not found:
            told = tr("No industry is called so.")
        elif len(found) == MOST:
            told = tr("The first {count}; one word more finds fewer.").format(count=MOST)
        else:
            told = tr("Industries found: {count}").format(count=len(found))
        self._told.setText(told)
        self._refresh()
        if len(found) == 1:
            self.choose(0)

    def _refresh(self, _index: QModelIndex | None = None) -> None:
        self._buttons.button(Standard.Ok).setEnabled(bool(self.code))


class IndustryChooser(QWidget):
    """A line that shows the industry, with buttons to search for one and to forget it."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = ""
        self._shown = QLineEdit()
        self._shown.setReadOnly(True)
        self._shown.setPlaceholderText(tr("unknown"))
        search = QPushButton(tr("Search…"))
        search.clicked.connect(self._search)
        self._forget = QPushButton(tr("Unknown"))
        self._forget.clicked.connect(lambda: self.set_code(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._shown, stretch=1)
        row.addWidget(search)
        row.addWidget(self._forget)
        self.set_code("")

    @property
    def code(self) -> str:
        """The code with its section's letter, "" where unknown."""
        return self._code

    def set_code(self, code: str) -> None:
        """Show another industry, "" for an unknown one."""
        self._code = code
        self._shown.setText(industry_title(code))
        self._forget.setEnabled(bool(code))
        self.changed.emit()

    def _search(self) -> None:
        dialog = IndustryDialog(self._code, self)
        if dialog.exec():
            self.set_code(dialog.code)
