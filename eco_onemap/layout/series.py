# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes series of sheets: a file a site, an atlas of all, or images. Main thread only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from eco_onemap.core.progress import Progress, SubProgress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.exporting import export_image, export_pdf
from eco_onemap.layout.file_names import file_names
from eco_onemap.layout.layers import LoadedMap, load_catalogue
from eco_onemap.layout.map_seal import map_seal
from eco_onemap.layout.order import MapFormat, MapOrder, OrderedSheet, order_sheets
from eco_onemap.layout.sheet_pages import SheetPages
from eco_onemap.layout.side_files import no_side_files
from eco_onemap.outputs.replacing import check_folder

ATLAS_NAME = "maps"
ORDERING_SHARE = 0.02
"""How much of the time goes into finding out which sheets there are."""


@dataclass(frozen=True)
class SeriesFiles:
    """What was written: the files of each site (all have the one of an atlas), number of sheets."""

    by_site: Mapping[str, tuple[Path, ...]]
    sheets: int


@no_side_files()
def export_series(
    assessment: Assessment, order: MapOrder, folder: Path, progress: Progress
) -> SeriesFiles:
    """Write the maps of *order* to *folder*; each file appears when it is whole.

    Sites without geometry, or without a theme that is wanted, are left out and told to *progress*.
    Raises OutputError and Cancelled; what was written before stays.
    """
    check_folder(folder)
    sheets = order_sheets(assessment, order, SubProgress(progress, 0.0, ORDERING_SHARE))
    series = _Series(assessment, order, folder, sheets, SubProgress(progress, ORDERING_SHARE, 1.0))
    if not sheets:
        return SeriesFiles({}, 0)
    return SeriesFiles(dict(series.write()), len(sheets))


class _Series:
    """A series while it is written."""

    def __init__(
        self,
        assessment: Assessment,
        order: MapOrder,
        folder: Path,
        sheets: Sequence[OrderedSheet],
        progress: Progress,
    ) -> None:
        self._assessment, self._order, self._folder = assessment, order, folder
        self._sheets, self._progress = sheets, progress
        self._loaded: LoadedMap = load_catalogue(assessment.catalogue, assessment.options.as_of)
        self._names = file_names(dict.fromkeys(sheet.site_id for sheet in sheets))

    def write(self) -> Iterator[tuple[str, tuple[Path, ...]]]:
        """Write the files; yield each site with its own when they are whole."""
        if self._order.format is not MapFormat.PNG and self._order.in_one_file:
            path = self._folder / f"{ATLAS_NAME}.pdf"
            self._write_pdf(path, self._sheets, 0, self._assessment.catalogue.title)
            yield from ((site_id, (path,)) for site_id in self._names)
            return
        first = 0
        for site_id, group in groupby(self._sheets, key=lambda sheet: sheet.site_id):
            sheets = list(group)
            yield site_id, self._write_site(site_id, sheets, first)
            first += len(sheets)

    def _write_site(
        self, site_id: str, sheets: Sequence[OrderedSheet], first: int
    ) -> tuple[Path, ...]:
        if self._order.format is MapFormat.PNG:
            return self._write_images(site_id, sheets, first)
        path = self._folder / f"{self._names[site_id]}.pdf"
        self._write_pdf(path, sheets, first, f"{self._assessment.catalogue.title} {site_id}")
        return (path,)

    def _write_pdf(
        self, path: Path, sheets: Sequence[OrderedSheet], first: int, title: str
    ) -> None:
        with_coordinates = self._order.format is MapFormat.GEOPDF
        about = dict.fromkeys(sheet.site_id for sheet in sheets)
        language = self._order.language
        seal = map_seal(self._assessment, about, language) if self._order.is_sealed else None
        pages = self._pages(sheets, first, seal.number if seal else "")
        export_pdf(pages, path, title, with_coordinates, seal)

    def _write_images(
        self, site_id: str, sheets: Sequence[OrderedSheet], first: int
    ) -> tuple[Path, ...]:
        pages, paths = self._pages(sheets, first), []
        for sheet in sheets:
            if pages.next():
                name = f"{self._names[site_id]}_{sheet.number}_{sheet.subject.name}.png"
                export_image(pages.layout(), self._folder / name)
                paths.append(self._folder / name)
        pages.close()
        return tuple(paths)

    def _pages(self, sheets: Sequence[OrderedSheet], first: int, number: str = "") -> SheetPages:
        total = len(self._sheets)
        part = SubProgress(self._progress, first / total, (first + len(sheets)) / total)
        return SheetPages(self._loaded, self._assessment, self._order, sheets, part, number)
