# SPDX-License-Identifier: GPL-2.0-or-later
"""The keys of undo and redo, whichever of them a platform is used to."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent, QKeySequence

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def means_undo(key: QKeyEvent) -> bool:
    """Return whether a key takes back: Ctrl+Z."""
    return bool(key.matches(QKeySequence.StandardKey.Undo))


def means_redo(key: QKeyEvent) -> bool:
    """Return whether a key makes again: Ctrl+Shift+Z or Ctrl+Y."""
    if key.matches(QKeySequence.StandardKey.Redo):
        return True
    pressed = (key.key(), key.modifiers())
    return pressed in ((Qt.Key.Key_Y, CONTROL), (Qt.Key.Key_Z, CONTROL | SHIFT))
