# SPDX-License-Identifier: GPL-2.0-or-later
"""Ways to tamper with zipped files that the libraries which write them do not offer."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Edit = Callable[[bytes], bytes]


def rewrite(path: Path, edits: Mapping[str, Edit], more: Mapping[str, bytes] | None = None) -> None:
    """Write a zipped file anew, some members edited, *more* added."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, edit in edits.items():
        changed = edit(members[name])
        assert changed != members[name], name
        members[name] = changed
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members | dict(more or {})).items():
            archive.writestr(name, content)


def in_xml(edit: Callable[[etree._Element], None]) -> Edit:
    """Return an edit of a tree of XML."""

    def apply(content: bytes) -> bytes:
        root = etree.fromstring(content)
        edit(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return apply


def text_with(root: etree._Element, text: str) -> etree._Element:
    """Return the first element of a Word document that holds a text."""
    return next(t for t in root.iter(f"{W}t") if text in (t.text or ""))


def word(name: str, *children: etree._Element, **attributes: str) -> etree._Element:
    """Return an element of WordprocessingML."""
    made = etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})
    made.extend(children)
    return made
