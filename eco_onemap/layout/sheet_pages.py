# SPDX-License-Identifier: GPL-2.0-or-later
"""Sheets that QGIS asks for one after another: each is built when its turn comes, then let go."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsAbstractLayoutIterator, QgsLayoutItemMap, QgsPrintLayout

from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.build import build_sheet
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.order import MapOrder, OrderedSheet
from eco_onemap.layout.page_marks import GroundView, PageMark
from eco_onemap.layout.paper import Box
from eco_onemap.layout.record import SiteRecord, site_record


class SheetPages(QgsAbstractLayoutIterator):  # type: ignore[misc]  # QGIS has no types
    """The layouts of ordered sheets, one at a time, so that memory does not grow with them.

    drawn: what stands on the pages so far. An error, or that the user stopped the work, must not
    pass through QGIS: it ends the pages, and :meth:`close` raises it.
    """

    def __init__(
        self,
        loaded: LoadedMap,
        assessment: Assessment,
        order: MapOrder,
        sheets: Sequence[OrderedSheet],
        progress: Progress,
    ) -> None:
        super().__init__()
        self._loaded, self._assessment, self._order = loaded, assessment, order
        self._sheets, self._progress = sheets, progress
        self._shared = set(loaded.project.mapLayers())
        self._layout: QgsPrintLayout | None = None
        self._record: SiteRecord | None = None
        self._error: Exception | None = None
        self.drawn: list[PageMark] = []

    def layout(self) -> QgsPrintLayout | None:
        """Return the present sheet's layout."""
        return self._layout

    def beginRender(self) -> bool:  # noqa: N802 (the name that QGIS calls)
        """Return that sheets can be drawn."""
        return True

    def endRender(self) -> bool:  # noqa: N802
        """Return that all went well; what did not is raised by :meth:`close`."""
        return True

    def count(self) -> int:
        """Return the number of sheets."""
        return len(self._sheets)

    def filePath(self, base: str, extension: str) -> str:  # noqa: N802
        """Return the file of the present sheet where each has one."""
        return f"{base}_{len(self.drawn)}.{extension}"

    def next(self) -> bool:
        """Build the next sheet; return whether there is one."""
        try:
            self._let_go()
            return self._build_next()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised outside of QGIS
            self._error = error
            return False

    def close(self) -> None:
        """Let the last sheet go; raise what ended the pages too early."""
        self._let_go()
        if self._error is not None:
            raise self._error

    def _build_next(self) -> bool:
        number = len(self.drawn)
        if number == len(self._sheets):
            return False
        stop_if_cancelled(self._progress)
        sheet = self._sheets[number]
        language = self._order.language
        title = sheet.subject.titles[language]
        step = message("layout.drawing", site=sheet.site_id, sheet=title)
        self._progress.report(number / len(self._sheets), step)
        if self._record is None or self._record.site_id != sheet.site_id:
            self._record = site_record(self._assessment, sheet.site_id, language)
        plan = self._order.plan(sheet.subject)
        self._layout = build_sheet(self._loaded, self._record, plan)
        name = str(self._record.site["name"] or "")
        self.drawn.append(PageMark(sheet.site_id, name, title, _views(self._layout)))
        return True

    def _let_go(self) -> None:
        """Clear the present layout; its overlays leave the shared project."""
        if self._layout is not None:
            self._layout.clear()
            self._layout = None
            own = set(self._loaded.project.mapLayers()) - self._shared
            self._loaded.project.removeMapLayers(list(own))


def _views(layout: QgsPrintLayout) -> tuple[GroundView, ...]:
    """Return what of the ground each map of a layout shows, the bottom one first."""
    maps = (item for item in layout.items() if isinstance(item, QgsLayoutItemMap))
    return tuple(map(_view, sorted(maps, key=QgsLayoutItemMap.zValue)))


def _view(item: QgsLayoutItemMap) -> GroundView:
    ground = item.extent()
    box = Box(item.pos().x(), item.pos().y(), item.rect().width(), item.rect().height())
    corners = ground.xMinimum(), ground.yMinimum(), ground.xMaximum(), ground.yMaximum()
    return GroundView(item.id(), box, corners, item.crs())
