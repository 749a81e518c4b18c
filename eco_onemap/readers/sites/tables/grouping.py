# SPDX-License-Identifier: GPL-2.0-or-later
"""Which rows of a table belong to one site, and what they form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import Message, message
from eco_onemap.readers.sites.attributes import NAME_FIELDS, find_field
from eco_onemap.readers.sites.tables.coordinates import Placed
from eco_onemap.readers.sites.tables.headings import Role
from eco_onemap.readers.sites.tables.layout import Layout
from eco_onemap.readers.sites.tables.options import TableOptions
from eco_onemap.readers.sites.tables.rows import PointRows
from eco_onemap.readers.sites.txt_rows import Shape

_POINT_LABEL = re.compile(r"[A-Za-z]{0,3}[-_]?\d{1,6}(?:[-_.]\d{1,4})?", re.ASCII)
_CORNER_LABEL = re.compile(r"[A-Za-z]{1,3}[-_]?\d{1,6}(?:[-_.]\d{1,4})?", re.ASCII)
_NAME_HEADING = re.compile(
    r"(?:名称?|name)$|^(?:企业|单位|项目|管线|管道|线路|道路|河流|矿区|厂区|场地|片区)$",
    re.IGNORECASE,
)
"""Headings beside those of :data:`NAME_FIELDS` that name what rows belong to."""

_FEATURE_NUMBERS = ("id", "fid", "objectid")
_SHAPE_WORDS = {
    "点": Shape.POINT,
    "point": Shape.POINT,
    "线": Shape.LINE,
    "line": Shape.LINE,
    "polyline": Shape.LINE,
    "面": Shape.POLYGON,
    "polygon": Shape.POLYGON,
}
_FEWEST_CORNERS = 3


@dataclass(frozen=True)
class Groups:
    """Sites as runs of rows: for each row its site; for each site its identifier and name.

    one_each: whether each row is a site of its own; bare: whether nothing says that the rows
    are the corners of one polygon.
    """

    of_row: Sequence[int]
    ids: Sequence[str]
    names: Sequence[str]
    one_each: bool = False
    bare: bool = False
    notes: tuple[Message, ...] = ()


def group_rows(rows: PointRows, layout: Layout, options: TableOptions, path: str) -> Groups:
    """Return the sites of a table.

    A column of parcels' identifiers or names tells them apart, blank cells in it repeating what
    stands above; without one, blank rows and captions do. SiteError where a table could as well
    be a list of points as the corners of one polygon.
    """
    key, names = _key_column(rows, layout, options, path)
    if key is not None:
        return _by_key(rows, key, names)
    if len(set(rows.block)) > 1:
        return _by_block(rows)
    return _of_one_block(rows, layout, options, path)


def shape_of_word(word: str) -> Shape | None:
    """Return what a cell of the column of shapes says, None for a word not known."""
    return _SHAPE_WORDS.get(word.strip().lower())


def _key_column(
    rows: PointRows, layout: Layout, options: TableOptions, path: str
) -> tuple[list[str] | None, list[str] | None]:
    """Return the texts that tell sites apart, and their names where a column has them."""
    field = find_field(layout.names, NAME_FIELDS)
    names = None if field is None else rows.column(layout.names.index(field))
    if options.id_field:
        if options.id_field not in layout.names:
            fields = ", ".join(name for name in layout.names if name)
            raise SiteError(
                "table.missing_id_field", path=path, field=options.id_field, fields=fields
            )
        return rows.column(layout.names.index(options.id_field)), names
    if Role.PARCEL in layout.roles:
        return rows.column(layout.roles[Role.PARCEL]), names
    if names is not None:
        return names, names
    if Role.NUMBER in layout.roles:
        numbers = rows.column(layout.roles[Role.NUMBER])
        if numbers[0] and _are_runs(numbers):
            return numbers, names
    return _other_names(rows, layout)


def _other_names(rows: PointRows, layout: Layout) -> tuple[list[str] | None, list[str] | None]:
    """Return the texts of a column whose heading says that it names something, in runs or all."""
    for column, name in enumerate(layout.names):
        if column in layout.roles.values() or not _NAME_HEADING.search(name.strip()):
            continue
        texts = rows.column(column)
        if texts[0] and (_are_runs(texts) or len(set(texts)) == len(texts) > 1):
            return texts, texts
    return None, None


def _are_runs(texts: Sequence[str]) -> bool:
    """Return whether texts stand over several rows each, side by side or above blank cells."""
    runs = [text for text, _ in groupby(texts) if text]
    runs = [text for text, _ in groupby(runs)]  # what stood apart by blank cells only
    return len(set(runs)) == len(runs) < len(texts) - 1


def _by_key(rows: PointRows, key: Sequence[str], names: Sequence[str] | None) -> Groups:
    numbers: dict[tuple[str, int], int] = {}
    of_row, labels, block = [], [], -1
    current = current_name = ""
    for row, text in enumerate(key):
        if rows.block[row] != block:
            block, current = rows.block[row], ""
            current_name = rows.caption.get(block, "")
        current = text or current
        current_name = (names[row] if names else "") or current_name
        place = (current, -1 if current else block)
        if place not in numbers:
            numbers[place] = len(numbers)
            labels.append((current, current_name))
        of_row.append(numbers[place])
    ids = ["" if key is names else one for one, _ in labels]
    each = len(numbers) == len(of_row) > 1
    notes = (message("table.note_points", count=len(of_row)),) if each else ()
    return Groups(of_row, ids, [name for _, name in labels], one_each=each, notes=notes)


def _by_block(rows: PointRows) -> Groups:
    blocks = sorted(set(rows.block))
    number = {block: place for place, block in enumerate(blocks)}
    names = [rows.caption.get(block, "") for block in blocks]
    return Groups([number[block] for block in rows.block], [""] * len(blocks), names)


def _of_one_block(rows: PointRows, layout: Layout, options: TableOptions, path: str) -> Groups:
    """Return one site, or one per row where the only column beside numbers features."""
    count, caption = len(rows.points), rows.caption.get(rows.block[0], "")
    whole = Groups([0] * count, [""], [caption])
    labels, numbers = (_labels(rows, layout, role) for role in (Role.POINT, Role.NUMBER))
    wide = count > 1 and any(_labels(rows, layout, Role.WIDTH))
    stated = options.shape in (Shape.LINE, Shape.POLYGON) or (wide and options.shape is None)
    if stated or _are_corners(count, labels, numbers):
        return whole
    heading = layout.names[layout.roles[Role.NUMBER]].strip().lower() if numbers else ""
    if options.shape is Shape.POINT or heading in _FEATURE_NUMBERS:
        notes = (message("table.note_points", count=count),)
        ids = labels or numbers or [""] * count
        return Groups(range(count), ids, [""] * count, one_each=True, notes=notes)
    if labels or "编号" in heading or count < _FEWEST_CORNERS:
        raise SiteError("table.points_or_corners", path=path, count=count)
    return replace(whole, bare=True, notes=(message("table.note_corners", count=count),))


def _are_corners(count: int, labels: Sequence[str], numbers: Sequence[str]) -> bool:
    """Return whether labels are those of corners (J1, 1 … below 点号), or the row is alone."""
    if count == 1 or (labels and all(map(_POINT_LABEL.fullmatch, labels))):
        return True
    return bool(numbers) and all(map(_CORNER_LABEL.fullmatch, numbers))


def _labels(rows: PointRows, layout: Layout, role: Role) -> list[str]:
    return rows.column(layout.roles[role]) if role in layout.roles else []


def closes(placed: Placed) -> bool:
    """Return whether the last point is the first again."""
    return bool(placed.east[0] == placed.east[-1] and placed.north[0] == placed.north[-1])
