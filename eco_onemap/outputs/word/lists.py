# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists of a Word document: bullets, and numbers that begin with 1 in each list."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import qn

from eco_onemap.outputs.word.xml import Element, element, paragraph, text_run

_HANGING_TWIPS = 360


class Lists:
    """The numberings of a document; each list of numbers has one of its own."""

    def __init__(self, document: Document) -> None:
        self._numbering = document.part.numbering_part.element
        self._numbers = self._add_format("decimal", "%1.")
        self.bullets = self._add_list(self._add_format("bullet", "•"))

    def new_numbers(self) -> int:
        """Return the id of a numbering that begins with 1."""
        return self._add_list(self._numbers, restart=True)

    def line(self, style: str, numbering: int, text: str) -> Element:
        """Return a line of the list with this id."""
        made = paragraph(style, text_run(text))
        number = element("numPr", element("ilvl", val=0), element("numId", val=numbering))
        made[0].append(number)
        return made

    def _add_format(self, kind: str, text: str) -> int:
        """Add what numbers or bullets look like; formats stand before all lists."""
        number = self._next("abstractNum", "abstractNumId")
        indent = element("ind", left=_HANGING_TWIPS, hanging=_HANGING_TWIPS)
        level = element(
            "lvl",
            element("start", val=1),
            element("numFmt", val=kind),
            element("lvlText", val=text),
            element("lvlJc", val="left"),
            element("pPr", indent),
            ilvl=0,
        )
        kind_of_levels = element("multiLevelType", val="singleLevel")
        made = element("abstractNum", kind_of_levels, level, abstractNumId=number)
        first_list = self._numbering.find(qn("w:num"))
        if first_list is None:
            self._numbering.append(made)
        else:
            first_list.addprevious(made)
        return number

    def _add_list(self, format_: int, *, restart: bool = False) -> int:
        number = self._next("num", "numId")
        override = element("lvlOverride", element("startOverride", val=1), ilvl=0)
        reference = element("abstractNumId", val=format_)
        self._numbering.append(
            element("num", reference, override if restart else None, numId=number)
        )
        return number

    def _next(self, tag: str, attribute: str) -> int:
        name = qn(f"w:{attribute}")
        used = [int(found.get(name)) for found in self._numbering.findall(qn(f"w:{tag}"))]
        return max(used, default=0) + 1
