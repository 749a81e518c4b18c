# SPDX-License-Identifier: GPL-2.0-or-later
"""Data inside a workbook, on a sheet that no menu shows: every program keeps it."""

from __future__ import annotations

import base64
from typing import Any

from eco_onemap.outputs.report.blocks import Seal

SHEET = "_eco_onemap"
_CHARACTERS = 32_000
"""In a cell, which holds 32,767."""


def attach(book: Any, seal: Seal) -> None:
    """Add the sheet with what a report was made of: the digest, then the data in base64."""
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    text = base64.b64encode(seal.content).decode("ascii")
    sheet.append([seal.digest])
    for start in range(0, len(text), _CHARACTERS):
        sheet.append([text[start : start + _CHARACTERS]])
