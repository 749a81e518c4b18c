# SPDX-License-Identifier: GPL-2.0-or-later
"""Strips: what goes across a page and stays in one piece, such as a row of a table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qgis.PyQt.QtCore import QLineF, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen

from eco_onemap.layout.pages.looks import dots
from eco_onemap.layout.pages.text_lines import TextLine

EDGE = dots(1.2)
"""Width of the thick line at the left of a box that has a tone."""

_HAIR = dots(0.18)


@dataclass(frozen=True)
class Box:
    """Lines of text beside others; left and width in dots from the left margin.

    ground, edge: colours of the area and of a thick line on its left, "" for none.
    """

    left: float
    width: float
    lines: tuple[TextLine, ...] = ()
    padding: float = 0.0
    ground: str = ""
    edge: str = ""

    @property
    def height(self) -> float:
        """What the lines take, with the padding above and below."""
        bottom = max((line.top + line.height for line in self.lines), default=0.0)
        return bottom + 2 * self.padding


@dataclass(frozen=True)
class Bookmark:
    """A heading, to be found by the reader: its level and text, and the number of its block."""

    level: int
    text: str
    block: int


@dataclass(frozen=True)
class Strip:
    """What stays on one page; all measures in dots.

    before: room above it, which falls away at the top of a page. after: room below. with_next: not
    to be parted from what follows. frame: colour of the lines around its boxes, "" for none.
    head: what stands again above it where it begins a page. leads_to: the block that a line of the
    contents is about.
    """

    boxes: tuple[Box, ...]
    height: float
    before: float = 0.0
    after: float = 0.0
    with_next: bool = False
    new_page: bool = False
    frame: str = ""
    head: Strip | None = None
    image: QImage | None = None
    bookmark: Bookmark | None = None
    leads_to: int | None = None

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Draw the strip; left: of the margin."""
        for box in self.boxes:
            self._paint_box(painter, box, left + box.left, top)
        for box in self.boxes:
            for line in box.lines:
                line.paint(painter, left + box.left + box.padding, top + box.padding)
        if self.image is not None:
            box = self.boxes[0]
            where = QRectF(left + box.left, top, box.width, self.height)
            painter.drawImage(where, self.image)

    def _paint_box(self, painter: QPainter, box: Box, left: float, top: float) -> None:
        area = QRectF(left, top, box.width, self.height)
        if box.ground:
            painter.fillRect(area, QColor(f"#{box.ground}"))
        if self.frame:
            painter.setPen(QPen(QColor(f"#{self.frame}"), _HAIR))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)
        if box.edge:
            pen = QPen(QColor(f"#{box.edge}"), EDGE)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            middle = left + EDGE / 2
            painter.drawLine(QLineF(QPointF(middle, top), QPointF(middle, top + self.height)))

    def split(self, room: float) -> tuple[Strip, Strip | None]:
        """Return what of the strip fits into *room* dots, at least a line a box, and the rest."""
        parts = [_split(box, room) for box in self.boxes]
        if self.image is not None or not any(rest.lines for _, rest in parts):
            return self, None
        first = tuple(fitting for fitting, _ in parts)
        others = tuple(rest for _, rest in parts)
        return (
            replace(self, boxes=first, height=max(box.height for box in first), after=0.0),
            replace(self, boxes=others, height=max(box.height for box in others), before=0.0),
        )


def _split(box: Box, room: float) -> tuple[Box, Box]:
    bottom = room - 2 * box.padding
    fitting = [line for line in box.lines if line.top + line.height <= bottom]
    number = max(len(fitting), 1)
    rest = box.lines[number:]
    up = -rest[0].top if rest else 0.0
    moved = tuple(line.moved(up) for line in rest)
    return replace(box, lines=box.lines[:number]), replace(box, lines=moved)


def strip_of(*boxes: Box, least: float = 0.0, **more: object) -> Strip:
    """Return boxes beside each other as a strip as high as the highest of them."""
    height = max([least, *(box.height for box in boxes)])
    return Strip(boxes, height, **more)  # type: ignore[arg-type]
