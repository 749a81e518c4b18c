# SPDX-License-Identifier: GPL-2.0-or-later
"""Point files of CASS (``.dat``): number, code, east, north, height."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites.tables.headings import Heading, Role
from eco_onemap.readers.sites.tables.layout import Layout
from eco_onemap.readers.sites.tables.numbers import parse_coordinate
from eco_onemap.readers.sites.tables.options import TableOptions
from eco_onemap.readers.sites.tables.plain_text import Cell
from eco_onemap.readers.sites.tables.ranges import is_easting, is_northing
from eco_onemap.readers.sites.tables.sheets import Sheet
from eco_onemap.readers.sites.tables.table_sites import sites_of_sheet
from eco_onemap.readers.sites.txt_text import decode, plain_lines

_NO_OPTIONS = TableOptions()
_FRAME = re.compile(r"\d{0,7}|END", re.IGNORECASE)
"""Older versions put the number of points above them and END below."""


def parse_cass(
    content: bytes, path: str, options: TableOptions = _NO_OPTIONS, crs: str | None = None
) -> RawSites:
    """Return the sites of a CASS point file, in which east stands before north.

    Points with the same code form one site, as do points without any. A run of points that
    returns to its first is a polygon; SiteError for one that does not and could as well be single
    points, unless *options* names the shape. Heights are left out. The file never tells its CRS.
    """
    if crs and find_crs(crs) is None:
        raise SiteError("reader.unknown_crs", path=path, crs=crs)
    rows: list[Sequence[Cell]] = []
    lines: list[int] = []
    for number, line in enumerate(plain_lines(decode(content, path, options.encoding)), start=1):
        if not _FRAME.fullmatch(line):
            rows.append(_values(line, number, path))
            lines.append(number)
    if not rows:
        raise SiteError("cass.no_points", path=path)
    return sites_of_sheet(
        Sheet("", rows, lines),
        _layout(rows),
        options,
        source=path,
        fingerprint=hashlib.sha256(content).hexdigest(),
        crs=crs,
        must_close=True,
    )


def _values(line: str, number: int, path: str) -> list[Cell]:
    """Return number, code, east and north; the code may be left out with its comma."""
    values = [value.strip() for value in line.split(",")]
    if len(values) in (3, 4) and _is_grid(values[1]) and _is_grid(values[2]):
        values.insert(1, "")
    if len(values) < 4 or not values[2] or not values[3]:
        raise SiteError("cass.bad_row", path=path, line=number, text=line[:60])
    return list(values[:4])


def _is_grid(text: str) -> bool:
    found = parse_coordinate(text)
    return found is not None and (is_easting(found.value) or is_northing(found.value))


def _layout(rows: Sequence[Sequence[Cell]]) -> Layout:
    roles = {Role.POINT: 0} | ({Role.PARCEL: 1} if any(row[1] for row in rows) else {})
    headings = (Heading(None), Heading(None), Heading(Role.EAST), Heading(Role.NORTH))
    return Layout(-1, 0, 2, 3, roles, headings)
