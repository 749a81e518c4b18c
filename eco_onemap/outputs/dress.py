# SPDX-License-Identifier: GPL-2.0-or-later
"""Typefaces and colours of an office's template, for the files that are not Word documents."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN, _LATIN = "eastAsia", "ascii"
_HEX = frozenset("0123456789ABCDEF")


@dataclass(frozen=True)
class Dress:
    """What a template says of running text and of headings, "" for what it leaves open.

    body, head: typefaces for Latin letters and for Chinese ones. ink: colour of running text,
    accent: of headings, both as RRGGBB.
    """

    body: tuple[str, str] = ("", "")
    head: tuple[str, str] = ("", "")
    ink: str = ""
    accent: str = ""


PLAIN = Dress()


def read_dress(template: bytes) -> Dress:
    """Return what the styles *Normal* and *Heading 1* of a Word template say, own or inherited.

    Raises whatever python-docx raises for a broken template.
    """
    from docx import Document  # noqa: PLC0415 - not every Python has python-docx

    document = Document(io.BytesIO(template))
    theme = _theme(document)
    normal = list(_properties(document, "Normal"))
    heading = list(_properties(document, "Heading 1"))
    return Dress(
        body=(_typeface(normal, _LATIN, theme), _typeface(normal, _HAN, theme)),
        head=(_typeface(heading, _LATIN, theme), _typeface(heading, _HAN, theme)),
        ink=_colour(normal),
        accent=_colour(heading),
    )


def _properties(document: Any, name: str) -> Iterator[Any]:
    """Yield what decides on the letters of a style, the nearest first."""
    style = next((one for one in document.styles if one.name == name), None)
    while style is not None:
        yield from style.element.findall(f"{_W}rPr")
        style = style.base_style
    yield from document.styles.element.findall(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")


def _typeface(properties: list[Any], letters: str, theme: Any) -> str:
    """Return the nearest typeface for *letters*; a name of the theme wins over one beside it."""
    for one in properties:
        fonts = one.find(f"{_W}rFonts")
        if fonts is None:
            continue
        of_theme, own = fonts.get(f"{_W}{letters}Theme"), fonts.get(f"{_W}{letters}")
        if of_theme:
            return _of_theme(theme, of_theme, letters)
        if own:
            return str(own)
    return ""


def _of_theme(theme: Any, name: str, letters: str) -> str:
    kind = "majorFont" if name.startswith("major") else "minorFont"
    fonts = None if theme is None else theme.find(f".//{_A}{kind}")
    if fonts is None:
        return ""
    if letters == _LATIN:
        return str(fonts.find(f"{_A}latin").get("typeface", ""))
    chinese = fonts.find(f"{_A}font[@script='Hans']")
    return str(
        fonts.find(f"{_A}ea").get("typeface") or "" if chinese is None else chinese.get("typeface")
    )


def _theme(document: Any) -> Any:
    """Return the root of the document's theme, ``None`` without one."""
    from lxml import etree  # noqa: PLC0415 - comes with python-docx

    parts = [
        one.target_part for one in document.part.rels.values() if one.reltype.endswith("/theme")
    ]
    return etree.fromstring(parts[0].blob) if parts else None


def _colour(properties: list[Any]) -> str:
    for one in properties:
        told = one.find(f"{_W}color")
        if told is not None:
            value = str(told.get(f"{_W}val", "")).upper()
            return value if len(value) == 6 and set(value) <= _HEX else ""
    return ""
