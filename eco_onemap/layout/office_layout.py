# SPDX-License-Identifier: GPL-2.0-or-later
"""An office's own layout of sheets: a template saved by QGIS's layout designer (QPT).

What of it bears the name of an item of ours moves that item and lends it its typeface; what bears
another name (logo, stamp, frame) is added as it is. Maps keep their places: the scale was chosen
for them. Items that a template lacks stay where they were, so that nothing that must be said is
lost.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from qgis.core import (
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsPrintLayout,
    QgsReadWriteContext,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtXml import QDomDocument

from eco_onemap.core.messages import Message, message
from eco_onemap.outputs.house_style import LAYOUT

STRIP_LAYOUT = "layout-strips.qpt"
"""The template of strip sheets, which have another layout."""
_ROOT, _ITEM = "Layout", "LayoutItem"
_OURS = re.compile(
    r"(bars?|mark|match)(_.*)?|crs_note|"
    r"(frame|title|subtitle|secrecy|fiction|verdict|table|legend|north|scale|sources|warnings|notes"
    r"|imprint|map|detail|locator|crossings|key)"
    r"(_(bar|box|head|caption|more|band|icon|word|reason|basis|title|line|\d)\w*)?"
)
"""The names of items of ours, on this sheet or another: a template's own words for them are those
of the sheet that it was saved from."""
BY_LINE = re.compile(r"(bars?|mark|match|crossings|key|legend)(_.*)?")
"""Items of strip sheets that stand where the line and the number of its bars have them."""
_NONE = re.compile(r"(?!)")


def read_office_layout(folder: Path, name: str = LAYOUT) -> tuple[str, Message | None]:
    """Return the template in an office's folder, "" for none, or why it cannot be used."""
    path = folder / name
    if not path.is_file():
        return "", None
    try:
        text = path.read_text(encoding="utf-8-sig")
        root = ET.fromstring(text)
    except (OSError, ValueError, ET.ParseError) as error:
        return "", message("style.layout", path=str(path), cause=str(error))
    if root.tag != _ROOT or root.find(_ITEM) is None:
        return "", message("style.layout", path=str(path), cause=f"<{root.tag}>")
    return text, None


def dress_layout(layout: QgsPrintLayout, template: str, fixed: re.Pattern[str] = _NONE) -> None:
    """Give a sheet the places, typefaces and further items of an office's template.

    fixed: the names of items that stay as they are.
    """
    count = Counter(item.id() for item in _items(layout))
    own = {item.id(): item for item in _items(layout) if item.id() and count[item.id()] == 1}
    office = QgsPrintLayout(layout.project())
    office.loadFromTemplate(_document(template), QgsReadWriteContext())
    for item in _items(office):
        if item.id() in own and not fixed.fullmatch(item.id()):
            _follow(own[item.id()], item)
    layout.loadFromTemplate(_document(_additions(template)), QgsReadWriteContext(), False)


def _items(layout: QgsPrintLayout) -> list[QgsLayoutItem]:
    return [item for item in layout.items() if isinstance(item, QgsLayoutItem)]


def _document(text: str) -> QDomDocument:
    document = QDomDocument()
    document.setContent(text)
    return document


def _follow(item: QgsLayoutItem, office: QgsLayoutItem) -> None:
    """Move an item to where the office has it; a text takes its typeface and colour, too."""
    if isinstance(item, QgsLayoutItemMap):
        return
    size = office.sizeWithUnits()
    item.attemptSetSceneRect(
        QRectF(office.pos().x(), office.pos().y(), size.width(), size.height())
    )
    if isinstance(item, QgsLayoutItemLabel) and isinstance(office, QgsLayoutItemLabel):
        format_, wanted = item.textFormat(), office.textFormat()
        format_.setFont(wanted.font())
        format_.setColor(wanted.color())
        item.setTextFormat(format_)


def _additions(template: str) -> str:
    """Return a template with its further items only: no maps, and none with a name of ours."""
    root = ET.fromstring(template)
    for item in root.findall(_ITEM):
        is_map = item.find("Extent") is not None
        if is_map or _OURS.fullmatch(item.get("id", "")):
            root.remove(item)
    return ET.tostring(root, encoding="unicode")
