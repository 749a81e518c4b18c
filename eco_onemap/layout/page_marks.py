# SPDX-License-Identifier: GPL-2.0-or-later
"""Adds to a PDF what QGIS leaves out of one with many pages: bookmarks, coordinates, its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsPointXY,
)

from eco_onemap import __version__
from eco_onemap.core.results.sheet_texts import SheetTexts
from eco_onemap.layout.paper import Box
from eco_onemap.layout.pdf_attachments import attaching_objects
from eco_onemap.layout.pdf_bookmarks import Bookmark, bookmark_objects
from eco_onemap.layout.pdf_file import PdfFile, found, numbers, text_string

POINTS_PER_MM = 72.0 / 25.4
EPSG = "EPSG:"


@dataclass(frozen=True)
class GroundView:
    """A map on a page: where it stands, and the ground at its corners, in its CRS.

    corners: x and y, from the lower left one clockwise; a map may be turned.
    """

    name: str
    box: Box
    corners: Sequence[tuple[float, float]]
    crs: QgsCoordinateReferenceSystem


@dataclass(frozen=True)
class PageMark:
    """What one page shows: which site (identifier, name), about what, on which maps.

    told: the texts on it.
    """

    site_id: str
    site_name: str
    title: str
    views: tuple[GroundView, ...]
    told: SheetTexts | None = None

    @property
    def site(self) -> str:
        """How the site is called in bookmarks."""
        return f"{self.site_id} {self.site_name}".strip()


def marking_objects(
    pdf: PdfFile,
    marks: Sequence[PageMark],
    title: str,
    with_coordinates: bool,
    attached: Mapping[str, bytes],
) -> dict[int, bytes]:
    """Return new content of objects: a bookmark a page, below one a site where there are several.

    with_coordinates: whether each map gets its coordinates (ISO 32000-2, 12.10: geospatial
    features). The title is that of the whole file. attached: files that travel inside it.
    """
    pages, root = pdf.pages(), pdf.reference(b"Root")
    objects, names = attaching_objects(attached, pdf.size)
    outlines = pdf.size + len(objects)
    objects |= bookmark_objects(list(_bookmarks(marks)), pages, outlines)
    opened = b"<< %s /Outlines %d 0 R /PageMode /UseOutlines %s >>"
    objects[root] = opened % (pdf.dictionary(root), outlines, names)
    info = pdf.reference(b"Info")
    objects[info] = _information(pdf.dictionary(info), title)
    if with_coordinates:
        for page, mark in zip(pages, marks, strict=True):
            ports = b"\n".join(_viewport(view, _height(pdf, page)) for view in mark.views)
            objects[page] = b"<< %s\n/VP [%s] >>" % (pdf.dictionary(page), ports)
    return objects


def _bookmarks(marks: Sequence[PageMark]) -> Iterator[Bookmark]:
    groups = groupby(enumerate(marks), key=lambda numbered: numbered[1].site)
    sites = [(site, list(pages)) for site, pages in groups]
    for site, pages in sites:
        below = tuple(Bookmark(mark.title, number) for number, mark in pages)
        if len(sites) == 1:
            yield from below
        else:
            yield Bookmark(site, pages[0][0], below)


def _information(old: bytes, title: str) -> bytes:
    """Return what the file says of itself: title, who wrote it and when, no user."""
    made = b" ".join(re.findall(rb"/CreationDate\s*\([^)]*\)", old))
    creator = text_string(f"Eco One Map {__version__}")
    return b"<< /Title %s /Creator %s %s >>" % (text_string(title), creator, made)


def _height(pdf: PdfFile, page: int) -> float:
    """Return the height of a page in points."""
    box = found(rb"/MediaBox\s*\[(.*?)\]", pdf.dictionary(page))
    return float(box.split()[3])


def _viewport(view: GroundView, page_height: float) -> bytes:
    code = view.crs.authid()
    epsg = b"/EPSG " + code.removeprefix(EPSG).encode() if code.startswith(EPSG) else b""
    wkt = text_string(view.crs.toWkt(Qgis.CrsWktVariant.Wkt1Esri))
    measure = b"/Type /Measure /Subtype /GEO /Bounds %s /LPTS %s /GPTS %s" % (
        numbers(_UNIT_SQUARE),
        numbers(_UNIT_SQUARE),
        numbers(tuple(_latitudes_and_longitudes(view))),
    )
    system = b"/GCS << /Type /PROJCS %s /WKT %s >>" % (epsg, wkt)
    return b"<< /Type /Viewport /Name %s /BBox %s /Measure << %s %s >> >>" % (
        text_string(view.name),
        numbers(_in_points(view.box, page_height)),
        measure,
        system,
    )


_UNIT_SQUARE = (0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0)
"""The corners of a view from the lower left one, clockwise."""


def _in_points(box: Box, page_height: float) -> tuple[float, ...]:
    """Return a box from the page's lower left corner; Qt lays sheets at the upper edge."""
    sides = box.x_mm, -box.bottom_mm, box.right_mm, -box.y_mm
    left, bottom, right, top = (POINTS_PER_MM * side for side in sides)
    return left, page_height + bottom, right, page_height + top


def _latitudes_and_longitudes(view: GroundView) -> list[float]:
    """Return latitude and longitude of the corners, on the datum of the map's own CRS."""
    degrees = QgsCoordinateTransform(
        view.crs, view.crs.toGeographicCrs(), QgsCoordinateTransformContext()
    )
    points = (degrees.transform(QgsPointXY(*corner)) for corner in view.corners)
    return [value for point in points for value in (point.y(), point.x())]
