# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports as they come back: the data inside them, and the text that a reader sees."""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

from eco_onemap.core.dependencies import import_optional
from eco_onemap.core.errors import MissingPackageError, ResultsError

DOSSIER = "{urn:eco-onemap:dossier:1}dossier"
SHEET = "_eco_onemap"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINK = re.compile(r'<a id="dossier"[^>]* href="data:application/zlib;base64,([A-Za-z0-9+/=]+)"')


@dataclass(frozen=True)
class Line:
    """A piece of text that stands by itself, and where it does: a page has no numbers."""

    place: str
    text: str


@dataclass(frozen=True)
class SealedFile:
    """A report as it was read: the data inside, b"" for none, and its lines in order."""

    content: bytes
    lines: tuple[Line, ...]


def read_sealed(path: Path) -> SealedFile:
    """Return what a report in DOCX, XLSX or HTML holds; ResultsError says why it cannot be read."""
    readers = {".docx": _read_docx, ".xlsx": _read_xlsx, ".html": _read_html, ".htm": _read_html}
    reader: Callable[[bytes], SealedFile] | None = readers.get(path.suffix.lower())
    if reader is None:
        raise ResultsError("dossier.unreadable", path=str(path), cause=path.suffix or "?")
    try:
        return reader(path.read_bytes())
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            "document.missing_package", path=str(path), package=error.name
        ) from error
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, ET.ParseError) as error:
        cause = getattr(error, "strerror", "") or str(error)
        raise ResultsError(
            "dossier.unreadable", path=str(path), cause=cause, details=repr(error)
        ) from error


def read_sealed_bytes(content: bytes, ending: str) -> SealedFile:
    """Return what a report that was just written holds; ending: ``docx``, ``xlsx``, ``html``."""
    return {"docx": _read_docx, "xlsx": _read_xlsx, "html": _read_html}[ending](content)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error


def _read_docx(content: bytes) -> SealedFile:
    inside = b""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = ET.fromstring(archive.read("word/document.xml"))
        for name in archive.namelist():
            if re.fullmatch(r"customXml/item\d+\.xml", name):
                root = ET.fromstring(archive.read(name))
                inside = _decoded(root.text or "") if root.tag == DOSSIER else inside
    return SealedFile(inside, tuple(_word_lines(body)))


def _word_lines(body: ET.Element) -> Iterator[Line]:
    """Yield the paragraphs that are not empty, without the contents, whose pages change."""
    heading = ""
    root = body.find(f"{_WORD}body")
    for block in root if root is not None else ():
        if block.tag == f"{_WORD}sdt":
            continue
        for line in block.iter(f"{_WORD}p"):
            text = "".join(_word_text(line)).strip()
            style = line.find(f"{_WORD}pPr/{_WORD}pStyle")
            if style is not None and style.get(f"{_WORD}val", "").startswith("Heading"):
                heading = text
            if text:
                yield Line(heading, text)


def _word_text(line: ET.Element) -> Iterator[str]:
    for part in line.iter():
        if part.tag == f"{_WORD}t":
            yield part.text or ""
        elif part.tag in (f"{_WORD}br", f"{_WORD}tab"):
            yield " "


def _read_xlsx(content: bytes) -> SealedFile:
    openpyxl = import_optional("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    inside, lines = b"", []
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows(values_only=True))
        if sheet.title == SHEET:
            inside = _decoded("".join(str(row[0]) for row in rows[1:]))
            continue
        for number, row in enumerate(rows, start=1):
            lines += [
                Line(f"{sheet.title} {_letters(place)}{number}", _cell_text(value))
                for place, value in enumerate(row)
                if value is not None and str(value).strip()
            ]
    return SealedFile(inside, tuple(lines))


def _cell_text(value: object) -> str:
    """Return a cell's value as text; of a number that a program saved only 15 digits are left."""
    if not isinstance(value, float | int):
        return " ".join(str(value).split())
    return f"{float(f'{value:.15g}'):.12g}"


def _letters(place: int) -> str:
    """Return the letters of a column, from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _read_html(content: bytes) -> SealedFile:
    text = content.decode("utf-8")
    found = _LINK.search(text)
    page = _Page()
    page.feed(text)
    return SealedFile(_decoded(found[1]) if found else b"", tuple(page.lines))


class _Page(HTMLParser):
    """Collects the texts of a page below its headings; figures come and go with their maps."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._open: list[str] = []
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "img", "col", "link"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or {"style", "title"} & set(self._open):
            return
        if self._open and re.fullmatch("h[1-6]", self._open[-1]):
            self._heading = text
        self.lines.append(Line(self._heading, text))
