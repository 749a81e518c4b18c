# SPDX-License-Identifier: GPL-2.0-or-later
"""Drags rows of a table with the mouse, as Qt's own drag and drop sees it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QTableView

STEP_MS = 60


def drag_row(table: QTableView, row: int, above: int) -> None:
    """Press on a row, move up or down to the line above another one, let go."""
    start = table.visualRect(table.model().index(row, 1)).center()
    line = table.visualRect(table.model().index(above, 1))
    goal = QPoint(line.center().x(), line.top() + 1)
    kinds = QEvent.Type
    _send(table, kinds.MouseButtonPress, start)
    # Qt's drag begins with the second move and does not come back before the button is let go.
    for number in (1, 2, 3, 4):
        place = start + (goal - start) * number / 4
        QTimer.singleShot(
            number * STEP_MS, lambda place=place: _send(table, kinds.MouseMove, place)
        )
    QTimer.singleShot(5 * STEP_MS, lambda: _send(table, kinds.MouseButtonRelease, goal))
    for times in (1, 2):
        step = QPoint(0, QApplication.startDragDistance() * times + 1)
        _send(table, kinds.MouseMove, start + step)
    QTest.qWait(7 * STEP_MS)


def _send(table: QTableView, kind: QEvent.Type, place: QPoint) -> None:
    """Send an event of the mouse, with its button held; a test's move of Qt holds none."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    event = QMouseEvent(
        kind,
        QPointF(place),
        QPointF(table.viewport().mapToGlobal(place)),
        none if kind == QEvent.Type.MouseMove else left,
        none if kind == QEvent.Type.MouseButtonRelease else left,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(table.viewport(), event)
