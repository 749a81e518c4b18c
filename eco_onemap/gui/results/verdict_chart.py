# SPDX-License-Identifier: GPL-2.0-or-later
"""How many sites have which verdict, as bars that a click filters by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qgis.PyQt.QtCore import QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QMouseEvent, QPainter, QPaintEvent, QPen
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.results.looks import PATTERNS, verdict_colour, verdict_icon
from eco_onemap.outputs.report.wording import Wording

ROW_PX, ICON_PX, GAP_PX, COUNT_PX = 22, 16, 6, 60
ROUNDING_PX = 2
"""Widths of text are told in whole pixels; a name that is a part of one wider would be cut."""
LARGEST_LABEL = 0.6
"""How much of the width the names of verdicts may take."""
DIMMED = 0.35


class VerdictChart(QWidget):
    """One bar a verdict, worst on top.

    verdict_chosen: the verdict's name whose bar was clicked, "" when it is clicked again.
    """

    verdict_chosen = pyqtSignal(str)

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = Wording(language)
        self._counts: Mapping[Verdict, int] = {}
        self._chosen: Verdict | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_counts(self, counts: Mapping[Verdict, int]) -> None:
        """Show other counts; all verdicts count again."""
        self._counts, self._chosen = counts, None
        told = (f"{self._say.verdict(each.value)} {counts[each]}" for each in counts)
        self.setAccessibleName(self._say.listed(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that shows all bars."""
        return QSize(3 * COUNT_PX + 120, ROW_PX * len(self._counts))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, name, bar and count of each verdict."""
        painter = QPainter(self)
        names = self.shown_names()
        for verdict, bar in self._bars():
            painter.setOpacity(DIMMED if self._chosen not in (None, verdict) else 1.0)
            self._draw(painter, verdict, names[verdict], bar)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the verdict of the row under the mouse, or all again."""
        row = event.pos().y() // ROW_PX
        verdicts = list(self._counts)
        if 0 <= row < len(verdicts):
            self._chosen = None if verdicts[row] is self._chosen else verdicts[row]
            self.update()
            self.verdict_chosen.emit(self._chosen.value if self._chosen else "")

    def _bars(self) -> Iterator[tuple[Verdict, QRectF]]:
        most = max(self._counts.values(), default=0) or 1
        label = self._label_px()
        room = max(self.width() - label - COUNT_PX, 10)
        for row, (verdict, count) in enumerate(self._counts.items()):
            length = room * count / most
            yield verdict, QRectF(label, row * ROW_PX + 3, length, ROW_PX - 6)

    def _label_px(self) -> int:
        """Return where bars begin: right of the longest name, if there is room for it."""
        names = [self._say.verdict(verdict.value) for verdict in self._counts]
        widest = max(map(self.fontMetrics().horizontalAdvance, names), default=0)
        wanted = ICON_PX + 2 * GAP_PX + widest + ROUNDING_PX
        return min(wanted, int(LARGEST_LABEL * self.width()))

    def shown_names(self) -> dict[Verdict, str]:
        """Return the names as they are drawn, those that have no room cut."""
        room = self._label_px() - ICON_PX - 2 * GAP_PX
        names = {verdict: self._say.verdict(verdict.value) for verdict in self._counts}
        cut, metrics = Qt.TextElideMode.ElideRight, self.fontMetrics()
        return {verdict: metrics.elidedText(name, cut, room) for verdict, name in names.items()}

    def _draw(self, painter: QPainter, verdict: Verdict, shown: str, bar: QRectF) -> None:
        top, colour = int(bar.top()) - 3, verdict_colour(verdict)
        verdict_icon(verdict).paint(painter, 2, top + 3, ICON_PX, ICON_PX)
        left = ICON_PX + GAP_PX
        name = QRectF(left, top, bar.left() - left - GAP_PX, ROW_PX)
        ink = QPen(self.palette().text().color())
        painter.setPen(ink)
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(QBrush(colour, PATTERNS[verdict]))
        if bar.width() > 0:
            painter.drawRect(bar)
        painter.setPen(ink)
        count = QRectF(bar.right() + GAP_PX, top, COUNT_PX, ROW_PX)
        painter.drawText(count, int(Qt.AlignmentFlag.AlignVCenter), str(self._counts[verdict]))
