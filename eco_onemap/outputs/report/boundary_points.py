# SPDX-License-Identifier: GPL-2.0-or-later
"""The appendix of boundary points (界址点坐标表): each site's vertices, north before east."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from eco_onemap.core.geometry.crs import CGCS2000, transformer
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Heading,
    Notice,
    Paragraph,
    Table,
    TableColumn,
)
from eco_onemap.outputs.report.material import Material

MOST_POINTS = 2000
"""In a report; of a site at most :data:`MOST_OF_SITE`. Files of sites hold them all."""

MOST_OF_SITE = 60
_MILLI_SECONDS = 3_600_000


def points_chapter(material: Material) -> Iterator[Block]:
    """Yield the table of the points of the sites in the report."""
    say = material.say
    rows, left_out = _rows(material)
    yield Heading(say("chapter.points"), anchor="points", new_page=True)
    yield Paragraph(say("points_intro"))
    if left_out:
        told = say("points_left_out", n=left_out, most=MOST_OF_SITE)
        yield Notice(say("left_out_title"), (told,))
    yield Table(
        columns=(
            TableColumn(say("column.site"), 1.3),
            TableColumn(say("column.point"), 0.9),
            TableColumn(say("column.ring"), 0.8, Align.CENTRE),
            TableColumn(say("column.north"), 2, Align.RIGHT),
            TableColumn(say("column.east"), 2.1, Align.RIGHT),
            TableColumn(say("column.longitude"), 2.3, Align.RIGHT),
            TableColumn(say("column.latitude"), 2.2, Align.RIGHT),
            TableColumn(say("column.plane"), 1.7),
        ),
        rows=tuple(rows),
        caption=say("caption.points"),
        empty=say("empty.points"),
    )


def _rows(material: Material) -> tuple[list[tuple[Cell, ...]], int]:
    """Return the rows, and the number of points without room."""
    sites = material.assessment.sites
    place = {site: number for number, site in enumerate(sites.ids.tolist())}
    rows: list[tuple[Cell, ...]] = []
    left_out = 0
    for site in material.sites:
        geometry = sites.geometries[place[site["site_id"]]]
        if geometry is None:
            continue
        points, rings = _points(geometry)
        shown = max(min(MOST_OF_SITE, MOST_POINTS - len(rows)), 0)
        left_out += max(len(points) - shown, 0)
        plane = site["planar_crs"] or material.assessment.catalogue.planar_crs
        rows += _site_rows(site["site_id"], plane, points[:shown], rings[:shown])
    return rows, left_out


def _points(geometry: Any) -> tuple[Any, Any]:
    """Return a geometry's vertices, without the one that closes a ring, and their rings from 1."""
    parts = shapely.get_parts(shapely.get_rings(geometry))
    closed = len(parts) > 0
    parts = parts if closed else shapely.get_parts(geometry)
    lists = [shapely.get_coordinates(part)[: -1 if closed else None] for part in parts]
    rings = [np.full(len(one), number) for number, one in enumerate(lists, start=1)]
    return np.concatenate([np.zeros((0, 2)), *lists]), np.concatenate([np.zeros(0, int), *rings])


def _site_rows(site_id: str, plane: str, points: Any, rings: Any) -> Iterator[tuple[Cell, ...]]:
    east, north = np.full(len(points), np.nan), np.full(len(points), np.nan)
    if plane:
        east, north = transformer(CGCS2000, plane).transform(points[:, 0], points[:, 1])
    for number, (longitude, latitude) in enumerate(points.tolist()):
        yield (
            Cell(site_id),
            Cell(f"J{number + 1}"),
            Cell(str(rings[number])),
            Cell(_metres(north[number])),
            Cell(_metres(east[number])),
            Cell(degrees(longitude)),
            Cell(degrees(latitude)),
            Cell(plane or "—"),
        )


def _metres(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.3f}"


def degrees(value: float) -> str:
    """Return an angle as degrees, minutes and seconds to a thousandth: 118°06′00.000″."""
    whole = round(abs(value) * _MILLI_SECONDS)
    minutes, seconds = divmod(whole, 60_000)
    sign = "−" if value < 0 else ""
    return f"{sign}{minutes // 60}°{minutes % 60:02d}′{seconds / 1000:06.3f}″"
