# SPDX-License-Identifier: GPL-2.0-or-later
"""The language of the user interface."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from functools import cache

from qgis.core import QgsApplication

from eco_onemap.paths import resource

CHINESE = "eco_onemap_zh_Hans.ts"


def tr(text: str) -> str:
    """Return an English source text in the language of QGIS.

    The texts are looked up in the Qt Linguist file itself. An installed ``QTranslator`` would be
    asked by Qt for every text of QGIS, and would have to be taken out again.
    """
    return _chinese().get(text, text) if user_language() == "zh" else text


def user_language() -> str:
    """Return ``zh`` where QGIS speaks Chinese, else ``en``."""
    return "zh" if QgsApplication.locale().startswith("zh") else "en"


@cache
def _chinese() -> Mapping[str, str]:
    """Return all translated texts by their English source."""
    messages = ET.parse(resource("translations", CHINESE)).iter("message")
    pairs = ((each.findtext("source"), each.findtext("translation")) for each in messages)
    return {source: text for source, text in pairs if source and text}
