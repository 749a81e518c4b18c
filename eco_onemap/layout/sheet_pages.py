# SPDX-License-Identifier: GPL-2.0-or-later
"""The sheets of an order as pages, built one after another."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsPrintLayout

from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.sheet_texts import SheetTexts
from eco_onemap.layout.build import build_sheet
from eco_onemap.layout.ground_views import ground_views
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.layout_pages import LayoutPages
from eco_onemap.layout.order import MapOrder, OrderedSheet
from eco_onemap.layout.page_marks import PageMark
from eco_onemap.layout.page_texts import page_texts
from eco_onemap.layout.record import SiteRecord, site_record


class SheetPages(LayoutPages):
    """The layouts of ordered sheets, one at a time; number: of the file, printed on each."""

    def __init__(
        self,
        loaded: LoadedMap,
        assessment: Assessment,
        order: MapOrder,
        sheets: Sequence[OrderedSheet],
        progress: Progress,
        number: str = "",
    ) -> None:
        super().__init__(loaded, len(sheets), progress)
        self._assessment, self._order, self._sheets = assessment, order, sheets
        self._number = number
        self._record: SiteRecord | None = None

    def _build(self, number: int) -> tuple[QgsPrintLayout, PageMark]:
        sheet = self._sheets[number]
        language = self._order.language
        title = sheet.subject.titles[language]
        step = message("layout.drawing", site=sheet.site_id, sheet=title)
        self._progress.report(number / len(self._sheets), step)
        if self._record is None or self._record.site_id != sheet.site_id:
            self._record = site_record(self._assessment, sheet.site_id, language)
        plan = self._order.plan(sheet.subject, self._number)
        layout = build_sheet(self._loaded, self._record, plan)
        name = str(self._record.site["name"] or "")
        told = SheetTexts(sheet.site_id, sheet.subject.name, title, page_texts(layout))
        return layout, PageMark(sheet.site_id, name, title, ground_views(layout), told)
