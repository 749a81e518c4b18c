# SPDX-License-Identifier: GPL-2.0-or-later
"""The texts on the sheets of a file of maps, as they travel inside it beside its data."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from eco_onemap.core.errors import ResultsError

KIND = "maps"
"""Of the dossier of a file of maps."""
STRIP = "strip"
"""What strip sheets are about; others are called by their subject."""


@dataclass(frozen=True)
class SheetTexts:
    """What stands on one sheet.

    sheet: its subject. title: how bookmarks call it. texts: name of the item to each of its texts.
    """

    site_id: str
    sheet: str
    title: str
    texts: tuple[tuple[str, str], ...]


def pack_sheets(sheets: Sequence[SheetTexts]) -> bytes:
    """Return sheets as compressed JSON."""
    told = [[one.site_id, one.sheet, one.title, one.texts] for one in sheets]
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack_sheets(content: bytes, path: str) -> list[SheetTexts]:
    """Return what :func:`pack_sheets` made; ResultsError names *path*."""
    try:
        return [
            SheetTexts(site, sheet, title, tuple((str(name), str(text)) for name, text in texts))
            for site, sheet, title, texts in json.loads(zlib.decompress(content))
        ]
    except (ValueError, TypeError, zlib.error) as error:
        raise ResultsError("dossier.damaged", path=path, details=repr(error)) from error
