# SPDX-License-Identifier: GPL-2.0-or-later
"""What is dragged within the builder's table of layers, or onto it from a file browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.PyQt.QtCore import QMimeData

from eco_onemap.gui.builder.session import Row

ENTRY_KIND = "application/x-eco-onemap-entry"
FILES_KIND = "text/uri-list"


def packed_entry(number: int) -> QMimeData:
    """Return the number of a catalogue's entry as what is dragged."""
    data = QMimeData()
    data.setData(ENTRY_KIND, str(number).encode("ascii"))
    return data


def entry_in(data: QMimeData) -> int | None:
    """Return the number of the entry that is dragged, None where something else is."""
    held = bytes(data.data(ENTRY_KIND))
    return int(held) if held.isdigit() else None


def files_in(data: QMimeData) -> list[Path]:
    """Return the files and folders that are dragged from a file browser."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def moved_row(before: Sequence[Row], after: Sequence[Row]) -> tuple[int, int] | None:
    """Return from where to where one row was moved, None where that is not all that changed."""
    old, new = ([row.entry for row in rows] for rows in (before, after))
    differing = [n for n, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    if not differing:
        return None
    first, last = differing[0], differing[-1]
    for start, end in ((first, last), (last, first)):
        changed = list(old)
        changed.insert(end, changed.pop(start))
        if changed == new:
            return start, end
    return None
