# SPDX-License-Identifier: GPL-2.0-or-later
"""Table files and pasted text to sites."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites.tables.layout import Layout, find_layout
from eco_onemap.readers.sites.tables.loose_text import read_loose_text
from eco_onemap.readers.sites.tables.options import TableOptions
from eco_onemap.readers.sites.tables.sheets import Sheet, read_workbook, split_text
from eco_onemap.readers.sites.tables.side_by_side import with_one_list
from eco_onemap.readers.sites.tables.split_angles import with_whole_angles
from eco_onemap.readers.sites.tables.table_sites import sites_of_sheet
from eco_onemap.readers.sites.txt_text import decode

WORKBOOKS = (".xlsx", ".xlsm", ".xls")
TEXT_TABLES = (".csv", ".tsv")
PASTED = "clipboard"
"""What errors and results call text that comes from no file."""

_DELIMITERS = ("\t", ",", ";", "，", "|")
_NO_OPTIONS = TableOptions()


def has_wkt_column(path: Path) -> bool:
    """Return whether a text table has geometries in a column named WKT, which OGR reads."""
    try:
        with path.open("rb") as stream:
            return re.search(rb"(?i)\bwkt\b", stream.readline(10_000)) is not None
    except OSError:  # whoever reads it will say why it cannot be
        return False


def parse_table(
    content: bytes, path: str, options: TableOptions = _NO_OPTIONS, crs: str | None = None
) -> RawSites:
    """Return the sites of a table, whose first bytes tell a workbook from text.

    crs: of the coordinates; None leaves it open, and the result holds what the table says of it.

    The heading is found below titles, the coordinates by it or by their numbers. SiteError
    names file, line, cause and cure: no coordinates, several sheets or columns that could be
    meant, degrees that could be decimal or packed, rows that could be points or corners.
    """
    if path.lower().endswith(WORKBOOKS) or content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        found = _choose(read_workbook(content, path), path, options.sheet)
    else:
        found = _text_sheet(decode(content, path, options.encoding), path)
    return _sites(found, path, hashlib.sha256(content).hexdigest(), options, crs)


def parse_pasted(
    text: str, options: TableOptions = _NO_OPTIONS, crs: str | None = None, source: str = PASTED
) -> RawSites:
    """Return the sites in text that was copied from anywhere; see :func:`parse_table`.

    Rows of a table, or coordinates among words, one point per line or several in a sentence.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _sites(_text_sheet(text, source), source, digest, options, crs)


def _sites(
    found: tuple[Sheet, Layout], path: str, digest: str, options: TableOptions, crs: str | None
) -> RawSites:
    if crs and find_crs(crs) is None:
        raise SiteError("reader.unknown_crs", path=path, crs=crs)
    sheet, layout = found
    return sites_of_sheet(sheet, layout, options, source=path, fingerprint=digest, crs=crs)


def _choose(sheets: Sequence[Sheet], path: str, wanted: str) -> tuple[Sheet, Layout]:
    """Return the sheet to read and its layout; SiteError where it must be named."""
    names = ", ".join(sheet.name for sheet in sheets)
    chosen = [sheet for sheet in sheets if not wanted or sheet.name == wanted]
    if not chosen and sheets:
        raise SiteError("table.missing_sheet", path=path, sheet=wanted, sheets=names)
    plain = [with_one_list(with_whole_angles(sheet), path) for sheet in chosen]
    found = [(sheet, layout) for sheet in plain if (layout := find_layout(sheet))]
    if not found:
        raise SiteError("table.no_coordinates", path=path)
    if len(found) > 1:
        listed = ", ".join(sheet.name for sheet, _ in found)
        raise SiteError("table.several_sheets", path=path, sheets=listed)
    return found[0]


def _text_sheet(text: str, path: str) -> tuple[Sheet, Layout]:
    """Return the rows of a text: by the delimiter that gives coordinates, else by its numbers."""
    parted: tuple[Sheet, Layout] | None = None
    for delimiter in _delimiters(text):
        sheet = with_one_list(with_whole_angles(split_text(text, delimiter)), path)
        layout = find_layout(sheet)
        if layout is not None and layout.heading >= 0:
            return sheet, layout
        if layout is not None and parted is None:
            parted = sheet, layout
    loose = read_loose_text(text, path)
    found = max(filter(None, (parted, loose)), key=_count_of_points, default=None)
    if found is None:
        raise SiteError("table.no_coordinates", path=path)
    return found


def _count_of_points(found: tuple[Sheet, Layout]) -> int:
    """Return how many rows reach the coordinates of a layout."""
    sheet, layout = found
    return sum(len(row) > layout.second for row in sheet.rows[layout.start :])


def _delimiters(text: str) -> list[str]:
    """Return the delimiters in the text, the commonest at line level first."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    counts = {one: sum(one in line for line in lines) for one in _DELIMITERS}
    return sorted((one for one in _DELIMITERS if counts[one]), key=lambda one: -counts[one])
