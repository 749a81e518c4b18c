# SPDX-License-Identifier: GPL-2.0-or-later
"""A sheet of cells to sites."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.crs import find_crs
from eco_onemap.core.crs_evidence import CrsEvidence
from eco_onemap.core.errors import SiteError
from eco_onemap.core.gauss_kruger import width_of, zones_of
from eco_onemap.core.messages import Message, message
from eco_onemap.core.raw_sites import RawSites
from eco_onemap.readers.sites.attributes import site_columns, unique_ids
from eco_onemap.readers.sites.crs_words import find_crs_words
from eco_onemap.readers.sites.tables.coordinates import Placed, place
from eco_onemap.readers.sites.tables.grouping import Groups, closes, group_rows, shape_of_word
from eco_onemap.readers.sites.tables.headings import Role
from eco_onemap.readers.sites.tables.layout import Layout
from eco_onemap.readers.sites.tables.numbers import parse_coordinate
from eco_onemap.readers.sites.tables.options import TableOptions
from eco_onemap.readers.sites.tables.plain_text import cell_text
from eco_onemap.readers.sites.tables.rows import PointRows, collect_rows
from eco_onemap.readers.sites.tables.shaping import build_shapes, sizes
from eco_onemap.readers.sites.tables.sheets import Sheet
from eco_onemap.readers.sites.txt_parting import part_into_rings
from eco_onemap.readers.sites.txt_rings import Built
from eco_onemap.readers.sites.txt_rows import Parcel, ParcelFile, Shape


def sites_of_sheet(
    sheet: Sheet,
    layout: Layout,
    options: TableOptions,
    *,
    source: str,
    fingerprint: str,
    crs: str | None,
    must_close: bool = False,
) -> RawSites:
    """Return the sites of a sheet whose layout is known; SiteError names a line that is wrong.

    must_close: whether corners of a polygon are taken as such only where they return to the first.
    """
    if layout.others:
        raise SiteError("table.several_columns", path=source, columns="; ".join(layout.others))
    rows = collect_rows(sheet, layout, source)
    if not rows.points:
        raise SiteError("table.no_points", path=source)
    headings = layout.heading_of(layout.first), layout.heading_of(layout.second)
    placed = place(rows.points, headings, options.angle, source)
    groups = group_rows(rows, layout, options, source)
    file = _parcel_file(rows, layout, groups, options, placed)
    order = _order(groups)
    widths, radii = (sizes(rows, layout, role)[order] for role in (Role.WIDTH, Role.RADIUS))
    built = build_shapes(file, widths, radii, angular=placed.angular)
    if must_close and options.shape is None:
        _refuse_open(file, source)
    _refuse_doubtful(groups, placed, built, source)
    ids, id_notes = unique_ids(groups.ids)
    columns, column_notes = site_columns(_fields(rows, layout, groups))
    crs, crs_notes = _stated_crs(rows, layout, crs)
    notes = (*crs_notes, *placed.notes, *groups.notes, *built.notes, *_left_out(rows), *id_notes)
    return RawSites(
        geometries=built.geometries,
        crs=crs,
        ids=ids,
        names=np.array(groups.names, dtype=object),
        columns=columns,
        source=source,
        fingerprint=fingerprint,
        problems=built.problems,
        notes=(*notes, *column_notes),
        evidence=_evidence(sheet, layout, rows, placed),
    )


def _parcel_file(
    rows: PointRows, layout: Layout, groups: Groups, options: TableOptions, placed: Placed
) -> ParcelFile:
    """Return the rows as those of a boundary point file, site by site."""
    order = _order(groups).tolist()
    owners = [groups.of_row[row] for row in order]
    rings = _ring_labels(rows, layout)
    points = [(float(placed.east[row]), float(placed.north[row])) for row in order]
    parcels = tuple(_parcels(rows, layout, groups, options))
    lines = {number for number, one in enumerate(parcels) if one.shape is not Shape.POLYGON}
    ring_of, closing = part_into_rings(owners, [rings[row] for row in order], points, lines)
    xy = np.array(points)
    return ParcelFile(
        header={},
        parcels=parcels,
        first=xy[:, 1],
        second=xy[:, 0],
        line_of=np.array([rows.points[row].line for row in order]),
        parcel_of=np.array(owners),
        ring_of=np.array(ring_of),
        closes=np.array(closing),
    )


def _order(groups: Groups) -> NDArray[np.intp]:
    """Return the rows site by site."""
    return np.argsort(np.asarray(groups.of_row), kind="stable")


def _ring_labels(rows: PointRows, layout: Layout) -> list[str]:
    blocks = [str(block) for block in rows.block]
    if Role.RING not in layout.roles:
        return blocks
    written = rows.column(layout.roles[Role.RING])
    return [f"{block}:{ring}" for block, ring in zip(blocks, written, strict=True)]


def _parcels(
    rows: PointRows, layout: Layout, groups: Groups, options: TableOptions
) -> list[Parcel]:
    members: list[list[int]] = [[] for _ in groups.ids]
    for row, group in enumerate(groups.of_row):
        members[group].append(row)
    shapes = _role_texts(rows, layout, Role.SHAPE)
    widths = sizes(rows, layout, Role.WIDTH)
    radii = sizes(rows, layout, Role.RADIUS)
    made = []
    for number, own in enumerate(members):
        words = (shape_of_word(shapes[row]) for row in own)
        stated = options.shape or next(filter(None, words), None)
        shape = stated or _shape_of_size(own, widths, radii)
        line = rows.points[own[0]].line
        label = groups.ids[number], groups.names[number]
        made.append(Parcel(line, None, math.nan, *label, shape, ""))
    return made


def _role_texts(rows: PointRows, layout: Layout, role: Role) -> list[str]:
    if role not in layout.roles:
        return [""] * len(rows.points)
    return rows.column(layout.roles[role])


def _shape_of_size(
    own: Sequence[int], widths: NDArray[np.float64], radii: NDArray[np.float64]
) -> Shape:
    if np.isfinite(radii[own]).any() or len(own) == 1:
        return Shape.POINT
    return Shape.LINE if np.isfinite(widths[own]).any() else Shape.POLYGON


def _refuse_open(file: ParcelFile, path: str) -> None:
    """Raise SiteError where a polygon's ring does not return to its first point."""
    polygonal = np.array([parcel.shape is Shape.POLYGON for parcel in file.parcels])
    closed = set(file.ring_of[file.closes].tolist())
    rows = polygonal[file.parcel_of] & ~np.isin(file.ring_of, list(closed))
    if rows.any():
        raise SiteError("table.points_or_corners", path=path, count=int(rows.sum()))


def _refuse_doubtful(groups: Groups, placed: Placed, built: Built, path: str) -> None:
    """Raise SiteError where bare rows do not close and make no plain polygon either."""
    if not groups.bare or closes(placed):
        return
    (geometry,) = built.geometries
    if geometry is not None and geometry.geom_type == "Polygon" and not geometry.is_valid:
        raise SiteError("table.points_or_corners", path=path, count=len(placed.east))


def _fields(rows: PointRows, layout: Layout, groups: Groups) -> Mapping[str, NDArray[np.object_]]:
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


def _left_out(rows: PointRows) -> list[Message]:
    if not rows.left_out:
        return []
    lines = ", ".join(map(str, rows.left_out[:10]))
    return [message("table.note_left_out", count=len(rows.left_out), lines=lines)]


def _stated_crs(
    rows: PointRows, layout: Layout, given: str | None
) -> tuple[str | None, list[Message]]:
    """Return the EPSG code that a column names in all rows, else the given CRS."""
    codes = {text.upper().replace(" ", "") for text in _role_texts(rows, layout, Role.CRS)}
    code = codes.pop() if len(codes) == 1 else ""
    if not re.fullmatch(r"(?:EPSG:)?\d{4,6}", code, re.ASCII):
        return given, []
    code = f"EPSG:{code.removeprefix('EPSG:')}"
    if find_crs(code) is None:
        return given, []
    if given and find_crs(given) != find_crs(code):
        return code, [message("site_file.note_crs_kept", given=given, crs=code)]
    return code, []


def _evidence(sheet: Sheet, layout: Layout, rows: PointRows, placed: Placed) -> CrsEvidence:
    """Return what titles, headings and coordinates say of the coordinate system."""
    titles = [cell_text(cell) for row in sheet.rows[: layout.start] for cell in row]
    words = find_crs_words([sheet.name, *titles, *rows.caption.values()])
    prefixes = set() if placed.angular else set(zones_of(placed.east).tolist())
    prefix = prefixes.pop() if len(prefixes) == 1 else 0
    return replace(
        words,
        zone=prefix if prefix > 0 else words.zone,
        zone_degrees=width_of(prefix) if prefix > 0 else words.zone_degrees,
        angular=placed.angular,
        axis_order=placed.axis_order,
    )
