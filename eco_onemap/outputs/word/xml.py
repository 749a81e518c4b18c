# SPDX-License-Identifier: GPL-2.0-or-later
"""WordprocessingML elements in few words: building by hand is what makes long tables fast."""

from __future__ import annotations

from functools import cache
from typing import Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser

from eco_onemap.outputs.formatting import printable

TWIPS_PER_MM = 1440 / 25.4
_NAMES = {"w": nsmap["w"]}
DECLARED = f' xmlns:w="{_NAMES["w"]}"'
"""What an element alone says of its names."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element = Any
"""An element of lxml, which is not typed."""


def element(tag: str, /, *children: Element | None, **attributes: object) -> Element:
    """Return the element ``w:TAG`` with attributes ``w:NAME`` and all children but ``None``."""
    made = oxml_parser.makeelement(_qualified(tag), nsmap=_NAMES)
    for name, value in attributes.items():
        made.set(_qualified(name), str(value))
    made.extend(child for child in children if child is not None)
    return made


@cache
def _qualified(name: str) -> str:
    return qn(f"w:{name}")


def twips(width_mm: float) -> int:
    """Return a length as Word has it, in twentieths of a point."""
    return round(width_mm * TWIPS_PER_MM)


def text_run(text: str, *properties: Element) -> Element:
    """Return a run of text; line breaks and tabs in it stay what they are."""
    run = element("r", element("rPr", *properties) if properties else None)
    for number, line in enumerate(printable(text).split("\n")):
        if number:
            run.append(element("br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                run.append(element("tab"))
            if part:
                run.append(_text("t", part))
    return run


def _text(tag: str, text: str) -> Element:
    made = element(tag)
    made.text = text
    made.set(_SPACE, "preserve")
    return made


def paragraph(style: str, *content: Element | None, **format_: object) -> Element:
    """Return a paragraph in the style with this id; format_: properties with their ``w:val``."""
    extra = [element(name, val=value) for name, value in format_.items()]
    return element("p", element("pPr", element("pStyle", val=style), *extra), *content)


def field(instruction: str, shown: str, *properties: Element) -> list[Element]:
    """Return the runs of a field with the result that is shown until a program computes it."""
    instruction_run = element("r", _text("instrText", f" {instruction} "))
    return [
        element("r", element("fldChar", fldCharType="begin")),
        instruction_run,
        element("r", element("fldChar", fldCharType="separate")),
        text_run(shown, *properties),
        element("r", element("fldChar", fldCharType="end")),
    ]


def link(bookmark: str, *runs: Element) -> Element:
    """Return runs that lead to a bookmark of the document."""
    return element("hyperlink", *runs, anchor=bookmark, history="1")


def bookmark_name(anchor: str) -> str:
    """Return the name of an anchor's bookmark: Word takes letters, digits and underscores."""
    return "eco_" + "".join(letter if letter.isalnum() else "_" for letter in anchor)


def bookmarked(number: int, name: str, *content: Element) -> list[Element]:
    """Return content within a bookmark; number: unique in the document."""
    start = element("bookmarkStart", id=number, name=name)
    return [start, *content, element("bookmarkEnd", id=number)]
