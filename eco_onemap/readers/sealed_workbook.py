# SPDX-License-Identifier: GPL-2.0-or-later
"""A report that comes back as a workbook: the rows of its sheets and what is inside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree as ET

from eco_onemap.core.dependencies import import_optional
from eco_onemap.readers.sealed_text import Line, Look, SealedFile, decoded, plain

SHEET = "_eco_onemap"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SEEN = ("", "visible")
_WHITE = "FFFFFF"
_LEAST = 2.0
"""Points of height, characters of width."""


def read_xlsx(content: bytes) -> SealedFile:
    """Return what a workbook holds; ValueError and the like for what is none."""
    openpyxl = import_optional("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    contents: list[bytes] = []
    lines: list[Line] = []
    looks: dict[tuple[str, str], Look] = {}
    for number, sheet in enumerate(book.worksheets):
        if sheet.title == SHEET:
            rows = list(sheet.iter_rows(values_only=True))
            contents.append(decoded("".join(str(row[0]) for row in rows[1:])))
            continue
        lines.append(Line(sheet.title, (sheet.title,)))
        lines += _lines(sheet, looks, has_heads=number > 0)
    seen = (*looks.values(), *_hidden(content))
    return SealedFile(tuple(contents), tuple(lines), looks=seen)


def _lines(sheet: Any, looks: dict[tuple[str, str], Look], *, has_heads: bool) -> Iterator[Line]:
    """Yield the rows of a sheet; of running text, which has no headings, the cells with words."""
    heads: tuple[str, ...] = ()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        texts = [_cell_text(cell.value) for cell in row]
        for cell, text in zip(row, texts, strict=True):
            if text:
                place = f"{sheet.title} {cell.column_letter}{number}"
                for look in _looks_of(cell, place):
                    looks.setdefault((look.kind, look.what), look)
        if not any(texts):
            continue
        while not texts[-1]:
            texts.pop()
        if not has_heads:
            texts = [text for text in texts if text]
        elif not heads:
            heads = tuple(texts)
        texts += [""] * (len(heads) - len(texts))
        yield Line(f"{sheet.title} {number}", tuple(texts), heads)


def _looks_of(cell: Any, place: str) -> Iterator[Look]:
    """Yield how a cell shows what it holds: the format of numbers, and white type."""
    told = _canonical(cell.number_format)
    yield Look("format", told, place)
    colour = cell.font.color
    if colour is not None and colour.type == "rgb" and str(colour.rgb).endswith(_WHITE):
        yield Look("hidden", place, place)


def _cell_text(value: object) -> str:
    """Return a cell's value as text; of a number that a program saved only 15 digits are left."""
    if value is None:
        return ""
    if not isinstance(value, float | int) or isinstance(value, bool):
        return plain(str(value))
    return f"{float(f'{value:.15g}'):.12g}"


def _canonical(number_format: str) -> str:
    """Return a format as all programs write it: they differ in case, quotes and marks of places."""
    told = re.sub(r"\[\$[^\]]*\]|_.|\\|\"|\s", "", number_format).lower()
    return re.sub(r"\[(=|<)0*([0-9.]+?)\.?0*\]", r"[\1\2]", told)


def _hidden(content: bytes) -> Iterator[Look]:
    """Yield the sheets, rows and columns that nobody sees, and what lies over the cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        for name in archive.namelist():
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name) and len(
                ET.fromstring(archive.read(name))
            ):
                yield Look("floating", name)
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        book = ET.fromstring(archive.read("xl/workbook.xml"))
        for sheet in book.iter(f"{_MAIN}sheet"):
            name = sheet.get("name", "")
            if name == SHEET:
                continue
            if sheet.get("state", "") not in _SEEN:
                yield Look("hidden", name, name)
            path = normpath(join("/xl", targets[sheet.get(_RELATED)])).lstrip("/")
            yield from _hidden_on(name, archive.read(path))


def _hidden_on(name: str, content: bytes) -> Iterator[Look]:
    for _, part in ET.iterparse(io.BytesIO(content)):
        tag = part.tag.removeprefix(_MAIN)
        is_hidden = part.get("hidden") in ("1", "true") or _is_narrow(part)
        if tag == "row" and is_hidden:
            yield Look("hidden", f"{name} {part.get('r')}", f"{name} {part.get('r')}")
        elif tag == "col" and is_hidden:
            place = f"{name} | {part.get('min')}–{part.get('max')}"
            yield Look("hidden", place, place)
        if tag in ("row", "c"):
            part.clear()


def _is_narrow(part: ET.Element) -> bool:
    """Return whether nobody can read what stands in a row or column."""
    sizes = (part.get("ht"), part.get("width"))
    return any(size is not None and float(size) < _LEAST for size in sizes)
