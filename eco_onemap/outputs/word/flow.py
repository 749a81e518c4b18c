# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of a long document, kept as text: a tree of all its elements takes ten times as much.

A document holds a mark where its text belongs; who packs it puts the text there.
"""

from __future__ import annotations

from itertools import count

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from eco_onemap.outputs.office import MARK
from eco_onemap.outputs.word.xml import Element

PART = "word/document.xml"
"""What the text stands in."""

_FIRST_NUMBER = 1001
"""Of images in the text; those above and below it, which a template may have, begin with 1."""


class Flow:
    """Takes the elements of a document's body one after another, and keeps their text."""

    def __init__(self, document: Document) -> None:
        root = document.element
        root.body.sectPr.addprevious(etree.Comment(MARK))
        self._declared = [
            f' xmlns:{prefix}="{address}"'.encode() for prefix, address in root.nsmap.items()
        ]
        self._images = count(_FIRST_NUMBER)
        self.texts: list[bytes] = []

    def append(self, made: Element | bytes) -> None:
        """Add an element or its text; each image gets a number that no other one has."""
        if isinstance(made, bytes):
            self.texts.append(made)
            return
        for image in made.iter(qn("wp:docPr")):
            image.set("id", str(next(self._images)))
        text = etree.tostring(made, encoding="UTF-8")
        tag, end, rest = text.partition(b">")
        for known in self._declared:  # the root has said so
            tag = tag.replace(known, b"")
        self.texts.append(tag + end + rest)
