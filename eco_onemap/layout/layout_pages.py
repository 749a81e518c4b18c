# SPDX-License-Identifier: GPL-2.0-or-later
"""Layouts that QGIS asks for one after another: each is built when its turn comes, then let go."""

from __future__ import annotations

from abc import abstractmethod

from qgis.core import QgsAbstractLayoutIterator, QgsPrintLayout
from qgis.PyQt.QtCore import QCoreApplication, QEvent

from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.page_marks import PageMark


class LayoutPages(QgsAbstractLayoutIterator):  # type: ignore[misc]  # QGIS has no types
    """Layouts of one page, one at a time, so that memory does not grow with them.

    drawn: what stands on the pages so far. An error, or that the user stopped the work, must not
    pass through QGIS: it ends the pages, and :meth:`close` raises it.
    """

    def __init__(self, loaded: LoadedMap, count: int, progress: Progress) -> None:
        super().__init__()
        self._loaded, self._count, self._progress = loaded, count, progress
        self._shared = set(loaded.project.mapLayers())
        self._layout: QgsPrintLayout | None = None
        self._error: Exception | None = None
        self.drawn: list[PageMark] = []

    @abstractmethod
    def _build(self, number: int) -> tuple[QgsPrintLayout, PageMark]:
        """Build the page with a number, from 0; return it and what stands on it."""

    def layout(self) -> QgsPrintLayout | None:
        """Return the present page's layout."""
        return self._layout

    def beginRender(self) -> bool:  # noqa: N802 (the name that QGIS calls)
        """Return that pages can be drawn."""
        return True

    def endRender(self) -> bool:  # noqa: N802
        """Return that all went well; what did not is raised by :meth:`close`."""
        return True

    def count(self) -> int:
        """Return the number of pages."""
        return self._count

    def filePath(self, base: str, extension: str) -> str:  # noqa: N802
        """Return the file of the present page where each has one."""
        return f"{base}_{len(self.drawn)}.{extension}"

    def next(self) -> bool:
        """Build the next page; return whether there is one."""
        try:
            self._let_go()
            return self._build_next()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised outside of QGIS
            self._error = error
            return False

    def close(self) -> None:
        """Let the last page go; raise what ended the pages too early."""
        self._let_go()
        if self._error is not None:
            raise self._error

    def _build_next(self) -> bool:
        number = len(self.drawn)
        if number == self._count:
            return False
        stop_if_cancelled(self._progress)
        self._layout, mark = self._build(number)
        self.drawn.append(mark)
        return True

    def _let_go(self) -> None:
        """Clear the present layout; its overlays leave the shared project."""
        if self._layout is not None:
            self._layout.clear()
            self._layout = None
            # Qt deletes the layout's items when it next waits for events; it does not, meanwhile.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            own = set(self._loaded.project.mapLayers()) - self._shared
            self._loaded.project.removeMapLayers(list(own))
