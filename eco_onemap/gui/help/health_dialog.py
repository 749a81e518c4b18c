# SPDX-License-Identifier: GPL-2.0-or-later
"""The health check in the window: what is there, what computes right, what can be read."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.gui.results.wrapping import WrappingDelegate
from eco_onemap.qgis_bridge.health import Health, HealthLine, check_health
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.qgis_bridge.translation import tr
from eco_onemap.readers.compiled_cache import default_folder

SIZE = (760, 560)
THEME_ICONS = {
    Health.GOOD: "/mIconSuccess.svg",
    Health.NOTE: "/mIconWarning.svg",
    Health.WRONG: "/mIconCritical.svg",
}


class HealthDialog(QDialog):
    """Looks at one thing after the other while the window stays alive."""

    def __init__(self, catalogue: Catalogue | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Health check"))
        self.resize(*SIZE)
        self._lines: list[HealthLine] = []
        self._waiting = check_health(default_folder(), catalogue, QgisLayers())
        self._summary = QLabel(tr("Looking…"))
        self._list = QTreeWidget()
        self._list.setRootIsDecorated(False)
        self._list.setWordWrap(True)
        wrapping = WrappingDelegate(self._list)
        wrapping.wraps = True
        self._list.setItemDelegateForColumn(1, wrapping)
        self._list.setHeaderLabels([tr("What"), tr("How it is")])
        header = self._list.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        buttons = button_box(Standard.Close)
        copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._summary, self._list, buttons):
            column.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        self._timer.start(0)

    @property
    def lines(self) -> tuple[HealthLine, ...]:
        """What was looked at so far."""
        return tuple(self._lines)

    @property
    def is_done(self) -> bool:
        """Whether everything was looked at."""
        return not self._timer.isActive()

    def done(self, result: int) -> None:
        """End looking when the dialog is closed."""
        self._timer.stop()
        super().done(result)

    def _next(self) -> None:
        line = _first(self._waiting)
        if line is None:
            self._timer.stop()
            self._sum_up()
            return
        self._lines.append(line)
        item = QTreeWidgetItem([line.name, line.detail])
        item.setIcon(0, QgsApplication.getThemeIcon(THEME_ICONS[line.health]))
        item.setToolTip(1, line.detail)
        self._list.addTopLevelItem(item)
        self._list.scrollToItem(item)

    def _sum_up(self) -> None:
        wrong = sum(line.health is Health.WRONG for line in self._lines)
        if wrong:
            text = tr("Wrong: {wrong} of {count}.")
        else:
            text = tr("Nothing is wrong in {count} things that were looked at.")
        self._summary.setText(text.format(wrong=wrong, count=len(self._lines)))

    def _copy(self) -> None:
        rows = (f"{line.health.value}\t{line.name}\t{line.detail}" for line in self._lines)
        QgsApplication.clipboard().setText("\n".join(rows))


def _first(lines: Iterator[HealthLine]) -> HealthLine | None:
    return next(lines, None)
