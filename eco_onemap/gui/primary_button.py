# SPDX-License-Identifier: GPL-2.0-or-later
"""The one button of a panel that leads on: seen at once in every theme of QGIS."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication, QPushButton, QWidget

FILL, INK = QColor("#0b6e4f"), QColor("#ffffff")
"""White on green, 6 to 1; the green of the plugin's icon, light or dark surroundings alike."""
OVER, DOWN = FILL.lighter(125), FILL.darker(125)
STYLE = """
QPushButton {{ background: {fill}; color: {ink}; border: 1px solid {edge}; border-radius: 4px;
    padding: 5px 22px; font-weight: bold; }}
QPushButton:hover {{ background: {over}; }}
QPushButton:pressed {{ background: {down}; }}
QPushButton:focus {{ border: 2px solid {ring}; padding: 4px 21px; }}
QPushButton:disabled {{ background: transparent; color: {faint}; border-color: {faint}; }}
"""


class PrimaryButton(QPushButton):
    """Is filled while it can be pressed and an outline while it cannot."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setDefault(True)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow QGIS into another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        faint = _between(QApplication.palette())  # the button's own changes with its style
        style = STYLE.format(
            fill=FILL.name(),
            ink=INK.name(),
            edge=DOWN.name(),
            over=OVER.name(),
            down=DOWN.name(),
            ring=INK.name(),
            faint=faint.name(),
        )
        if style != self.styleSheet():
            self.setStyleSheet(style)


def _between(palette: QPalette) -> QColor:
    """Return what is half ink, half ground; themes of QGIS give disabled words no colour."""
    active = QPalette.ColorGroup.Active
    ink = palette.color(active, QPalette.ColorRole.WindowText)
    ground = palette.color(active, QPalette.ColorRole.Window)
    mixed = ((a + b) // 2 for a, b in zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True))
    return QColor(*mixed)
