# SPDX-License-Identifier: GPL-2.0-or-later
"""Adds to a PDF what QGIS leaves out of one with many pages: bookmarks, coordinates, its title."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsPointXY,
)

from eco_onemap import __version__
from eco_onemap.core.dependencies import import_optional
from eco_onemap.core.errors import OutputError
from eco_onemap.layout.paper import Bounds, Box

POINTS_PER_MM = 72.0 / 25.4
EPSG = "EPSG:"


@dataclass(frozen=True)
class GroundView:
    """A map on a page: where it stands, and the ground that it shows, in its CRS."""

    name: str
    box: Box
    ground: Bounds
    crs: QgsCoordinateReferenceSystem


@dataclass(frozen=True)
class PageMark:
    """What one page shows: which site (identifier, name), about what, on which maps."""

    site_id: str
    site_name: str
    title: str
    views: tuple[GroundView, ...]

    @property
    def site(self) -> str:
        """How the site is called in bookmarks."""
        return f"{self.site_id} {self.site_name}".strip()


def marked(pdf: bytes, marks: Sequence[PageMark], title: str, georeferenced: bool) -> bytes:
    """Return *pdf* with a bookmark a page, below one a site where there are several.

    georeferenced: whether each map gets its coordinates (ISO 32000-2, 12.10: geospatial features).
    What is there is kept as it is, the rest is appended. OutputError without pypdf.
    """
    try:
        pypdf = import_optional("pypdf")
    except ModuleNotFoundError as error:
        raise OutputError("layout.no_pypdf", details=repr(error)) from error
    writer = pypdf.PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_metadata({"/Title": title, "/Creator": f"Eco One Map {__version__}"})
    _add_bookmarks(writer, marks)
    if georeferenced:
        for page, mark in zip(writer.pages, marks, strict=True):
            _add_views(pypdf.generic, page, mark.views)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _add_bookmarks(writer: Any, marks: Sequence[PageMark]) -> None:
    sites = [(site, list(pages)) for site, pages in _by_site(marks)]
    for site, pages in sites:
        first = pages[0][0]
        parent = writer.add_outline_item(title=site, page_number=first) if sites[1:] else None
        for number, mark in pages:
            writer.add_outline_item(title=mark.title, page_number=number, parent=parent)


def _by_site(marks: Sequence[PageMark]) -> Iterator[tuple[str, Iterator[tuple[int, PageMark]]]]:
    return groupby(enumerate(marks), key=lambda numbered: numbered[1].site)


def _add_views(generic: Any, page: Any, views: Sequence[GroundView]) -> None:
    """Add the viewports of a page, from the bottom one to the top one."""
    height = float(page.mediabox.height)
    ports = generic.ArrayObject([_viewport(generic, view, height) for view in views])
    page[generic.NameObject("/VP")] = ports


def _viewport(generic: Any, view: GroundView, page_height: float) -> Any:
    def named(pairs: dict[str, Any]) -> Any:
        return generic.DictionaryObject({generic.NameObject(k): v for k, v in pairs.items()})

    def numbers(values: Sequence[float]) -> Any:
        return generic.ArrayObject([generic.FloatObject(repr(value)) for value in values])

    name, text = generic.NameObject, generic.TextStringObject
    system = {"/Type": name("/PROJCS"), "/WKT": text(view.crs.toWkt(Qgis.CrsWktVariant.Wkt1Esri))}
    code = view.crs.authid()
    if code.startswith(EPSG):
        system["/EPSG"] = generic.NumberObject(code.removeprefix(EPSG))
    measure = {
        "/Type": name("/Measure"),
        "/Subtype": name("/GEO"),
        "/Bounds": numbers(_UNIT_SQUARE),
        "/LPTS": numbers(_UNIT_SQUARE),
        "/GPTS": numbers(_latitudes_and_longitudes(view)),
        "/GCS": named(system),
    }
    return named(
        {
            "/Type": name("/Viewport"),
            "/Name": text(view.name),
            "/BBox": numbers(_in_points(view.box, page_height)),
            "/Measure": named(measure),
        }
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
    west, south, east, north = view.ground
    degrees = QgsCoordinateTransform(
        view.crs, view.crs.toGeographicCrs(), QgsCoordinateTransformContext()
    )
    corners = ((west, south), (west, north), (east, north), (east, south))
    points = (degrees.transform(QgsPointXY(*corner)) for corner in corners)
    return [value for point in points for value in (point.y(), point.x())]
