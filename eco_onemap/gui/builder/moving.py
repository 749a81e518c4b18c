# SPDX-License-Identifier: GPL-2.0-or-later
"""The actions that move an entry of the builder up and down its list."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QToolBar, QWidget

from eco_onemap.qgis_bridge.translation import tr

NATIVE = QKeySequence.SequenceFormat.NativeText
MOVES = (("Ctrl+Shift+Up", -1), ("Ctrl+Shift+Down", 1))
"""Alt with an arrow opens drop-downs everywhere."""


def add_moves(bar: QToolBar, page: QWidget, move: Callable[[int], None]) -> None:
    """Add up and down to a bar; their keys work wherever the focus is in *page*.

    move: moves the current entry up (-1) or down (1).
    """
    for text, (keys, step) in zip((tr("Up"), tr("Down")), MOVES, strict=True):
        action = bar.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(f"{text} ({QKeySequence(keys).toString(NATIVE)})")
        action.triggered.connect(lambda _=False, step=step: move(step))
        page.addAction(action)
