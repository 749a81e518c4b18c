# SPDX-License-Identifier: GPL-2.0-or-later
"""Text broken into lines by Qt, which knows where Chinese and English may break."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QTextLayout, QTextOption

from eco_onemap.layout.pages.looks import Look, font_of, ink_of, worn
from eco_onemap.outputs.dress import Dress
from eco_onemap.outputs.formatting import printable
from eco_onemap.outputs.report.blocks import Align

_LINE_BREAK = "\N{LINE SEPARATOR}"
_SIDES = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
}
_MOST_KEPT = 2000
"""Texts whose lines are kept: words of tables come again and again."""


@dataclass(frozen=True)
class TextLine:
    """A line of a text that Qt has laid out; top and height in dots, top within its box."""

    layout: QTextLayout
    number: int
    ink: str
    top: float
    height: float

    def moved(self, down: float) -> TextLine:
        """Return the line further down."""
        return replace(self, top=self.top + down)

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Draw the line; left and top: of its box."""
        line = self.layout.lineAt(self.number)
        painter.setPen(QColor(f"#{self.ink}"))
        line.draw(painter, QPointF(left, top + self.top - line.y()))


def broken(
    text: str, look: Look, language: str, width: float, align: Align = Align.LEFT
) -> tuple[TextLine, ...]:
    """Return a text as lines that are *width* dots wide, the first at 0."""
    return _broken(text, look, language, width, align, worn())


@lru_cache(maxsize=_MOST_KEPT)
def _broken(
    text: str, look: Look, language: str, width: float, align: Align, _dress: Dress
) -> tuple[TextLine, ...]:
    """Return lines as :func:`broken` does; kept for each dress, which the looks ask for."""
    text = printable(text).replace("\n", _LINE_BREAK).replace("\t", " ")
    layout = QTextLayout(text, font_of(look, language))
    option = QTextOption(_SIDES[align])
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[TextLine] = []
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        height = line.height() * look.line
        line.setPosition(QPointF(0.0, top + (height - line.height()) / 2))
        lines.append(TextLine(layout, len(lines), ink_of(look), line.y(), height))
        top += height
    layout.endLayout()
    return tuple(lines)


def height_of(lines: tuple[TextLine, ...]) -> float:
    """Return the height of lines that stand below each other, in dots."""
    return sum(line.height for line in lines)
