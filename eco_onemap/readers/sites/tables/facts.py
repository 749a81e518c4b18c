# SPDX-License-Identifier: GPL-2.0-or-later
"""What a table says beside its coordinates: facts of the sites, and its coordinate system."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.geometry.gauss_kruger import width_of
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.readers.sites.crs_words import find_crs_words
from eco_onemap.readers.sites.tables.coordinates import Placed
from eco_onemap.readers.sites.tables.grouping import Groups
from eco_onemap.readers.sites.tables.headings import Role
from eco_onemap.readers.sites.tables.layout import Layout
from eco_onemap.readers.sites.tables.numbers import parse_coordinate
from eco_onemap.readers.sites.tables.plain_text import cell_text
from eco_onemap.readers.sites.tables.rows import PointRows, role_texts
from eco_onemap.readers.sites.tables.sheets import Sheet
from eco_onemap.readers.sites.zone_prefixes import zone_prefixes


def site_fields(
    rows: PointRows, layout: Layout, groups: Groups
) -> Mapping[str, NDArray[np.object_]]:
    """Return the first text of each site in each column that has no role in its geometry."""
    fields: dict[str, NDArray[np.object_]] = {}
    used = {layout.first, layout.second, *layout.roles.values()}
    for column, name in enumerate(layout.names):
        if column in used or not name or name in fields:
            continue
        first: dict[int, str] = {}
        for group, text in zip(groups.of_row, rows.column(column), strict=True):
            if text and group not in first:
                first[group] = text
        values = [_without_separators(name, first.get(n, "")) for n in range(len(groups.ids))]
        fields[name] = np.array(values, dtype=object)
    return fields


def _without_separators(name: str, text: str) -> str:
    if "面积" not in name and "area" not in name.lower():
        return text
    number = parse_coordinate(text)
    return number.digits if number and number.digits else text


def stated_crs(
    rows: PointRows, layout: Layout, given: str | None
) -> tuple[str | None, list[Message]]:
    """Return the EPSG code that a column names in all rows, else the given CRS."""
    codes = {text.upper().replace(" ", "") for text in role_texts(rows, layout, Role.CRS)}
    code = codes.pop() if len(codes) == 1 else ""
    if not re.fullmatch(r"(?:EPSG:)?\d{4,6}", code, re.ASCII):
        return given, []
    code = f"EPSG:{code.removeprefix('EPSG:')}"
    if find_crs(code) is None:
        return given, []
    if given and find_crs(given) != find_crs(code):
        return code, [message("site_file.note_crs_kept", given=given, crs=code)]
    return code, []


def find_evidence(
    sheet: Sheet, layout: Layout, rows: PointRows, groups: Groups, placed: Placed, path: str
) -> CrsEvidence:
    """Return what titles, headings and coordinates say of the coordinate system.

    Sites may lie in several zones; SiteError where one site does, or some eastings have no zone.
    """
    titles = [cell_text(cell) for row in sheet.rows[: layout.start] for cell in row]
    words = find_crs_words([sheet.name, *titles, *rows.caption.values()])
    lines = [point.line for point in rows.points]
    found = () if placed.angular else zone_prefixes(placed.east, groups.of_row, lines, path)
    widths = set(map(width_of, found))
    return replace(
        words,
        zone=found[0] if len(found) == 1 else words.zone,
        zone_degrees=widths.pop() if len(widths) == 1 else words.zone_degrees,
        angular=placed.angular,
        axis_order=placed.axis_order,
    )
