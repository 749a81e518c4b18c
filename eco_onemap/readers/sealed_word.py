# SPDX-License-Identifier: GPL-2.0-or-later
"""A report that comes back as a Word document: its paragraphs and rows, and what is inside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from xml.etree import ElementTree as ET

from eco_onemap.readers.sealed_text import Line, Look, SealedFile, decoded, plain

DOSSIER = "{urn:eco-onemap:dossier:1}dossier"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_PICT, _BOX = f"{_W}pict", f"{_W}txbxContent"
_WHITE, _TINY_HALF_POINTS = "FFFFFF", 6
_CONTENTS = "Table of Contents"


def read_docx(content: bytes) -> SealedFile:
    """Return what a document holds; ValueError and the like for what is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = ET.fromstring(archive.read("word/document.xml"))
        names = archive.namelist()
        unseen = _unseen_styles(archive) if "word/styles.xml" in names else frozenset()
        inside = {}
        for name in names:
            if re.fullmatch(r"customXml/item\d+\.xml", name):
                root = ET.fromstring(archive.read(name))
                if root.tag == DOSSIER:
                    inside[decoded(root.text or "")] = name
        running = [
            ET.fromstring(archive.read(name))
            for name in names
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        ]
        images = (sha256(archive.read(n)).hexdigest() for n in names if n.startswith("word/media/"))
        reader = _Reader(unseen)
        return SealedFile(
            tuple(inside),
            tuple(reader.lines(body)),
            running=frozenset(filter(None, (reader.running(r) for p in running for r in _p(p)))),
            looks=tuple(_floating(body)),
            images=frozenset(images),
        )


def _p(part: ET.Element) -> Iterator[ET.Element]:
    return part.iter(f"{_W}p")


class _Reader:
    """Reads what is seen of a document: styles whose text is not seen are *unseen*."""

    def __init__(self, unseen: frozenset[str]) -> None:
        self._unseen = unseen
        self._heading = ""

    def lines(self, body: ET.Element) -> Iterator[Line]:
        """Yield paragraphs and rows with text, but for the contents, whose pages change."""
        root = body.find(f"{_W}body")
        yield from self._blocks(root if root is not None else ())

    def running(self, line: ET.Element) -> str:
        """Return a line above or below each page; the numbers of pages are all alike."""
        text = plain("".join(self._texts(line)))
        instructions = " ".join(part.text or "" for part in line.iter(f"{_W}instrText"))
        instructions += " ".join(part.get(f"{_W}instr", "") for part in line.iter(f"{_W}fldSimple"))
        return re.sub(r"\d+", "#", text) if "PAGE" in instructions else text

    def _blocks(self, blocks: ET.Element | tuple[()]) -> Iterator[Line]:
        for block in blocks:
            if block.tag == f"{_W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{_W}tbl":
                yield from self._rows(block)
            elif block.tag == f"{_W}sdt" and not _is_contents(block):
                content = block.find(f"{_W}sdtContent")
                yield from self._blocks(content if content is not None else ())
            elif block.tag in (f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
                yield from self._blocks(block)

    def _paragraph(self, block: ET.Element) -> Iterator[Line]:
        text = plain("".join(self._texts(block)))
        style = block.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val", "").startswith("Heading"):
            self._heading = text
        if text:
            yield Line(self._heading, (text,))
        for box in block.iter(_BOX):
            for line in _p(box):
                text = plain("".join(self._texts(line)))
                if text:
                    yield Line(self._heading, (text,))

    def _rows(self, table: ET.Element) -> Iterator[Line]:
        heads: tuple[str, ...] = ()
        for row in table.iter(f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}hidden") is not None:
                continue
            texts = tuple(self._cell(cell) for cell in row.iter(f"{_W}tc"))
            if row.find(f"{_W}trPr/{_W}tblHeader") is not None:
                heads = texts
            if any(texts):
                yield Line(self._heading, texts, heads)

    def _cell(self, cell: ET.Element) -> str:
        return plain(" ".join("".join(self._texts(line)) for line in _p(cell)))

    def _texts(self, part: ET.Element) -> Iterator[str]:
        """Yield what is seen of a paragraph, without boxes, which are lines of their own."""
        if part.tag in (_BOX, _FALLBACK) or (part.tag == f"{_W}r" and self._is_unseen(part)):
            return
        if part.tag == f"{_W}t":
            yield part.text or ""
        elif part.tag in (f"{_W}br", f"{_W}tab"):
            yield " "
        for inner in part:
            yield from self._texts(inner)

    def _is_unseen(self, run: ET.Element) -> bool:
        style = run.find(f"{_W}rPr/{_W}rStyle")
        named = style is not None and style.get(f"{_W}val", "") in self._unseen
        return named or _hides(run.find(f"{_W}rPr"))


def _hides(properties: ET.Element | None) -> bool:
    """Return whether text is hidden, white, or too small to be read."""
    if properties is None:
        return False
    hidden = properties.find(f"{_W}vanish")
    if hidden is not None and hidden.get(f"{_W}val", "1") not in ("0", "false"):
        return True
    colour, size = properties.find(f"{_W}color"), properties.find(f"{_W}sz")
    is_white = colour is not None and colour.get(f"{_W}val", "").upper() == _WHITE
    return is_white or (size is not None and float(size.get(f"{_W}val", "99")) <= _TINY_HALF_POINTS)


def _unseen_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    root = ET.fromstring(archive.read("word/styles.xml"))
    return frozenset(
        style.get(f"{_W}styleId", "")
        for style in root.iter(f"{_W}style")
        if _hides(style.find(f"{_W}rPr"))
    )


def _is_contents(block: ET.Element) -> bool:
    gallery = block.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(f"{_W}val") == _CONTENTS


def _floating(body: ET.Element) -> Iterator[Look]:
    """Yield the pictures and shapes that lie over the text instead of standing in it."""
    parts = [part for part in body.iter() if part.tag in (_ANCHOR, _PICT)]
    yield from (Look("floating", str(number)) for number in range(1, len(parts) + 1))
