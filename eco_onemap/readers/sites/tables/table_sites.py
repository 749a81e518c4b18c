# SPDX-License-Identifier: GPL-2.0-or-later
"""A sheet of cells to sites."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import message
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites.attributes import check_fields, site_columns, unique_ids
from eco_onemap.readers.sites.tables.coordinates import Placed, place
from eco_onemap.readers.sites.tables.facts import find_evidence, site_fields, stated_crs
from eco_onemap.readers.sites.tables.grouping import Groups, closes, group_rows, shape_of_word
from eco_onemap.readers.sites.tables.headings import Role
from eco_onemap.readers.sites.tables.layout import Layout
from eco_onemap.readers.sites.tables.options import TableOptions
from eco_onemap.readers.sites.tables.ring_starts import ring_labels
from eco_onemap.readers.sites.tables.rows import (
    PointRows,
    collect_rows,
    refuse_other_places,
    role_texts,
)
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
    rows = _rows(sheet, layout, source)
    headings = layout.heading_of(layout.first), layout.heading_of(layout.second)
    placed = place(rows.points, headings, options.angle, source)
    groups = group_rows(rows, layout, options, source)
    file, built = _built(rows, layout, groups, options, placed)
    if must_close and options.shape is None:
        _refuse_open(file, source)
    _refuse_doubtful(groups, placed, built, source)
    ids, id_notes = unique_ids(groups.ids)
    fields = site_fields(rows, layout, groups)
    check_fields(source, "", fields, options.fields)
    columns, column_notes = site_columns(fields, options.fields)
    crs, crs_notes = stated_crs(rows, layout, crs)
    notes = (*sheet.notes, *crs_notes, *placed.notes, *groups.notes, *built.notes, *rows.notes())
    return RawSites(
        geometries=built.geometries,
        crs=crs,
        ids=ids,
        names=np.array(groups.names, dtype=object),
        columns=columns,
        source=source,
        fingerprint=fingerprint,
        problems=built.problems,
        notes=(*notes, *id_notes, *column_notes),
        evidence=find_evidence(sheet, layout, rows, groups, placed, source),
    )


def _rows(sheet: Sheet, layout: Layout, path: str) -> PointRows:
    """Return the rows of points; SiteError where there are none, or columns to choose from."""
    if layout.others:
        raise SiteError("table.several_columns", path=path, columns="; ".join(layout.others))
    rows = collect_rows(sheet, layout, path)
    if not rows.points:
        raise SiteError("table.no_points", path=path)
    refuse_other_places(rows, layout, path)
    return rows


def _built(
    rows: PointRows, layout: Layout, groups: Groups, options: TableOptions, placed: Placed
) -> tuple[ParcelFile, Built]:
    """Return the rows site by site, and the geometries that they form."""
    order = np.argsort(np.asarray(groups.of_row), kind="stable")
    rings, begun = ring_labels(rows, layout, groups, placed)
    file = _parcel_file(rows, layout, groups, options, placed, rings, order.tolist())
    widths, radii = (sizes(rows, layout, role)[order] for role in (Role.WIDTH, Role.RADIUS))
    built = build_shapes(file, widths, radii, angular=placed.angular)
    note = (message("table.note_rings_begun", count=begun),) if begun else ()
    return file, replace(built, notes=(*note, *built.notes))


def _parcel_file(
    rows: PointRows,
    layout: Layout,
    groups: Groups,
    options: TableOptions,
    placed: Placed,
    rings: Sequence[str],
    order: Sequence[int],
) -> ParcelFile:
    """Return the rows in *order* as those of a boundary point file; rings: a label for each row."""
    owners = [groups.of_row[row] for row in order]
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


def _parcels(
    rows: PointRows, layout: Layout, groups: Groups, options: TableOptions
) -> list[Parcel]:
    members: list[list[int]] = [[] for _ in groups.ids]
    for row, group in enumerate(groups.of_row):
        members[group].append(row)
    shapes = role_texts(rows, layout, Role.SHAPE)
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
