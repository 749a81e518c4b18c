# SPDX-License-Identifier: GPL-2.0-or-later
"""A report that comes back as a page for the browser: its text, its code and what is inside."""

from __future__ import annotations

import re
from hashlib import sha256
from html.parser import HTMLParser

from eco_onemap.readers.sealed_text import Line, Look, SealedFile, decoded, plain

_LINK = re.compile(r'<a id="dossier"[^>]* href="data:application/zlib;base64,([A-Za-z0-9+/=]+)"')
_IMAGE = re.compile(r"data:image/[a-z]+;base64,(.*)", re.DOTALL)
_EMPTY = ("meta", "img", "col", "link", "br", "hr", "input", "use")
_CELLS, _UNSEEN = ("td", "th"), {"style", "title", "script"}
_OF_FIGURES = ("img", "a", "p")
"""What a figure may be made of: its map comes and goes, and is told by its SHA-256."""

Attributes = list[tuple[str, str | None]]


def read_html(content: bytes) -> SealedFile:
    """Return what a page holds; ValueError for what is no text."""
    text = content.decode("utf-8")
    found = dict.fromkeys(decoded(match) for match in _LINK.findall(text))
    page = _Page()
    page.feed(text)
    look = Look("markup", page.code.hexdigest())
    return SealedFile(tuple(found), tuple(page.lines), looks=(look,), images=frozenset(page.images))


class _Page(HTMLParser):
    """Collects paragraphs and rows below their headings, and a digest of all code between them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.images: set[str] = set()
        self.code = sha256()
        self._open: list[str] = []
        self._heading = ""
        self._heads: tuple[str, ...] = ()
        self._cells: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "img":
            self._see_image(dict(attrs).get("src") or "")
        if "figure" not in self._open or tag not in _OF_FIGURES:
            self._note(tag, *(f"{name}={value}" for name, value in _kept(attrs)))
        if tag not in _EMPTY:
            self._open.append(tag)
        if tag == "table":
            self._heads = ()
        elif tag == "tr":
            self._cells = []
        elif tag in _CELLS and self._cells is not None:
            self._cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._cells is not None:
            texts, self._cells = tuple(plain(cell) for cell in self._cells), None
            if "thead" in self._open and len(texts) > 1:
                self._heads = texts
            if any(texts):
                self.lines.append(Line(self._heading, texts, self._heads))
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        text = plain(data)
        if not text:
            return
        if _UNSEEN & set(self._open):
            self._note(text)
        elif self._cells:
            self._cells[-1] += f" {text}"
        else:
            if self._open and re.fullmatch("h[1-6]", self._open[-1]):
                self._heading = text
            self.lines.append(Line(self._heading, (text,)))

    def _note(self, *parts: str) -> None:
        self.code.update("\n".join((*parts, "\n")).encode())

    def _see_image(self, source: str) -> None:
        found = _IMAGE.fullmatch(source)
        if found:
            self.images.add(sha256(decoded(found[1])).hexdigest())


def _kept(attrs: Attributes) -> Attributes:
    """Return attributes without the data inside the file, which have a digest of their own."""
    if ("id", "dossier") in attrs:
        attrs = [(name, value) for name, value in attrs if name != "href"]
    return sorted(attrs, key=lambda pair: pair[0])
