# SPDX-License-Identifier: GPL-2.0-or-later
"""The strip sheets of lines as pages, built one after another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsPrintLayout

from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.sheet_texts import STRIP, SheetTexts
from eco_onemap.layout.exporting import export_image
from eco_onemap.layout.ground_views import ground_views
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.layout_pages import LayoutPages
from eco_onemap.layout.page_marks import PageMark
from eco_onemap.layout.page_texts import page_texts
from eco_onemap.layout.strips.build import build_page
from eco_onemap.layout.strips.routes import Route, find_page


class StripPages(LayoutPages):
    """The layouts of all sheets of several lines, one at a time.

    images: the path of a PDF beside which each sheet is written as a PNG too, None for none;
    pictures: those that have been written. number: of the file, printed on each sheet.
    """

    def __init__(
        self,
        loaded: LoadedMap,
        routes: Sequence[Route],
        progress: Progress,
        images: Path | None = None,
        number: str = "",
    ) -> None:
        self._sheets = [(route, window) for route in routes for window in route.windows]
        super().__init__(loaded, len(self._sheets), progress)
        self._images, self._number = images, number
        self.pictures: list[Path] = []

    def _build(self, number: int) -> tuple[QgsPrintLayout, PageMark]:
        route, window = self._sheets[number]
        record, count = route.record, len(route.windows)
        step = message("strips.drawing", site=record.site_id, number=window.number, count=count)
        self._progress.report(number / len(self._sheets), step)
        page = find_page(self._loaded, route, window, self._number)
        layout = build_page(self._loaded, record, page)
        if self._images is not None:
            picture = self._images.with_name(f"{self._images.stem}_{number + 1:03d}.png")
            export_image(layout, picture)
            self.pictures.append(picture)
        name = str(record.site["name"] or "")
        told = SheetTexts(record.site_id, STRIP, page.strip.place, page_texts(layout))
        return layout, PageMark(record.site_id, name, page.strip.place, ground_views(layout), told)
